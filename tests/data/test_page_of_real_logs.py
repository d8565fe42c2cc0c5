"""The page of a real log: every number can be looked up, for every segment and week."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.real_data import source

import desirepath
from desirepath.evidence.quotes import choose_quotes

pytestmark = pytest.mark.data
MAX_BYTES = 1_500_000


@pytest.mark.nightly
def test_the_page_of_a_shop_holds_the_numbers_of_every_segment_and_week(
    tmp_path: Path,
) -> None:
    journey = desirepath.read_map(Path(__file__).with_name("ecommerce.yaml"))
    log = desirepath.read_events(source("rete-ecom/ecom.csv.gz"))
    feedback = desirepath.read_feedback(source("rete-ecom-feedback/survey.csv"))
    evidence = desirepath.measure_map(journey, log, feedback=feedback, every="week")
    quotes = choose_quotes(journey, log, feedback).quotes
    page = desirepath.draw_map(
        journey,
        tmp_path / "page.html",
        report=desirepath.check_map(journey, evidence),
        evidence=evidence,
        quotes=quotes,
        analysis=desirepath.analyze_map(journey, evidence, quotes=quotes),
    )
    text = page.read_text("utf-8")
    assert len(text.encode()) < MAX_BYTES
    groups = re.findall(r'<option value="([^"]+)"', text)
    assert {"platform=mobile", "user_lifecycle=new"} <= set(groups)
    weeks = [one for one in groups if ".." in one]
    assert len(weeks) == 26
    looked_up = set(re.findall(r'data-row="(\w+)"', text))
    rows = re.findall(r'<tr id="(\w+)"', text)
    assert looked_up <= set(rows)
    assert len(rows) == len(set(rows))
    # counted by hand: sessions of the file with a payment page, of all of them
    assert "632 of 3,605" in text
