"""A bug of some customers in some weeks, found in published data without being told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import desirepath

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(
        not os.environ.get("DESIREPATH_DATA"), reason="DESIREPATH_DATA is not set"
    ),
]


def test_the_checkout_bug_of_mobile_customers_is_found_with_its_weeks() -> None:
    # published: the checkout failed on mobiles from 9 April to 9 May 2024
    journey = desirepath.read_map(Path(__file__).with_name("ecommerce.yaml"))
    data = Path(os.environ["DESIREPATH_DATA"])
    log = desirepath.read_events(data / "rete-ecom" / "ecom.csv.gz")
    evidence = desirepath.measure_map(journey, log, every="week")
    report = desirepath.analyze_map(journey, evidence)
    found = [one for one in report.section("bad_times").findings if one.code == "A1704"]
    assert len(found) == 1
    assert found[0].words.startswith(
        "From 2024-04-08 to 2024-05-13, 31 % of those with platform mobile at “I put it into the cart” "
        "meet “checkout_bug”, and 0.5 % of the others;"
    )
    assert (found[0].p_adjusted or 1.0) < 1e-6
    assert found[0] in report.times()
