"""What `analyze` finds in real and published data."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.real_data import source

import desirepath

pytestmark = pytest.mark.data
ECOMMERCE = Path(__file__).with_name("ecommerce.yaml")


def test_the_payment_incident_of_the_shop_is_found_without_being_told() -> None:
    # published: a payment gateway failed from 19 May to 7 June 2024
    journey = desirepath.read_map(ECOMMERCE)
    evidence = desirepath.measure_map(
        journey,
        desirepath.read_events(source("rete-ecom/ecom.csv.gz")),
        feedback=desirepath.read_feedback(source("rete-ecom-feedback/survey.csv")),
        every="week",
    )
    report = desirepath.analyze_map(journey, evidence)
    bad = report.section("bad_times").findings
    at_pay = [one for one in bad if one.subject == "step:pay"]
    assert [one.words for one in at_pay] == [
        "From 2024-05-13 to 2024-06-10, 47 % of those at “I choose how to pay” reach the goal; at other times 85 %."
    ]
    assert {one.subject for one in bad} >= {"step:pay", "step:shipping"}
    assert "step:pay" in {one.subject for one in report.first()}
    first = next(one for one in report.first() if one.subject == "step:pay")
    said = " ".join(one.words for one in report.also(first))
    assert "payment_error" in said
