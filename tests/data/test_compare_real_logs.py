"""Comparisons of published logs: planted incidents are found, and random halves are silent."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.real_data import source

import desirepath
from desirepath.events.sequences import Segment
from desirepath.maps.model import EventPattern, Goal, JourneyMap, Stage, Step
from desirepath.track.sided import compare_segments, compare_windows

pytestmark = pytest.mark.data
ECOMMERCE = Path(__file__).with_name("ecommerce.yaml")
PAGES = ("home_page", "search_page", "payment_page", "payment_confirmation")
HALVINGS = 20


def test_the_payment_incident_of_the_shop_is_found_where_it_was_planted() -> None:
    shop = desirepath.read_map(ECOMMERCE)
    events = desirepath.read_events(source("rete-ecom/ecom.csv.gz"))
    found = compare_windows(
        shop, events, "2024-04-01..2024-05-18", "2024-05-19..2024-06-07"
    )
    paid = found.of("step:pay", "goal")
    assert paid is not None
    assert paid.change is not None
    assert (paid.verdict, paid.change < -0.4) == ("worse", True)
    assert paid.log == ()
    reach = found.of("map", "goal")
    assert reach is not None
    assert reach.verdict == "worse"


def test_the_break_in_march_is_found_in_its_device(tmp_path: Path) -> None:
    with source("funnel-90k/user_table.csv").open(encoding="utf-8") as file:
        users = {row["user_id"]: row for row in csv.DictReader(file)}
    events = tmp_path / "events.csv"
    with events.open("w", encoding="utf-8") as file:
        file.write("case,activity,time,device\n")
        for minute, page in enumerate(PAGES):
            table = source(f"funnel-90k/{page.removesuffix('_table')}_table.csv")
            with table.open(encoding="utf-8") as rows:
                for row in csv.DictReader(rows):
                    user = users[row["user_id"]]
                    file.write(
                        f"{row['user_id']},{page},{user['date']} 10:0{minute}:00,{user['device']}\n"
                    )
    steps = tuple(
        Step(id=page, name=page, events=(EventPattern(activity=page),))
        for page in PAGES
    )
    funnel = JourneyMap(
        id="funnel",
        title="Funnel",
        goal=Goal(text="Paid", success=PAGES[-1]),
        stages=(Stage(id="all", name="All", steps=steps),),
    )
    log = desirepath.read_events(events)
    whole = compare_windows(funnel, log, "..2015-02-28", "2015-03-01..")
    verdicts = {page: whole.of(f"step:{page}", "reach") for page in PAGES[1:]}
    assert {one.verdict for one in verdicts.values() if one} == {"worse"}
    # mobile search falls from 80 % to 20 %, desktop search not at all
    beyond = compare_windows(
        funnel, log, "..2015-02-28", "2015-03-01..", control="device=Desktop"
    )
    search = beyond.of("step:search_page", "reach")
    assert search is not None
    assert search.control is not None
    assert search.control.beyond == pytest.approx(-0.59, abs=0.01)


def test_random_halves_of_real_logs_are_silent() -> None:
    events = desirepath.read_events(source("helpdesk-it/helpdesk.xes.gz"))
    draft = desirepath.discover_maps(events).best
    rng = np.random.default_rng(20_260_601)
    loud = 0
    for _ in range(HALVINGS):
        half = rng.integers(1, 3, events.case_count).astype(np.uint16)
        split = replace(events, segments={"half": Segment(("", "one", "two"), half)})
        found = compare_segments(draft, split, "half=one", "half=two")
        loud += any(one.is_shown for one in found.changes)
    assert loud <= 0.1 * HALVINGS
