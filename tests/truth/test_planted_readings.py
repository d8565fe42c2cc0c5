"""What is planted in the shop comes to the top of its section; where nothing is planted, nothing is said.

The sizes fit a quick test; longer runs are told in docs/explanation/readings.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from importlib.resources import as_file, files

import numpy as np
import pytest

from desirepath.analyze.effectiveness import effectiveness
from desirepath.analyze.finding import Finding, Section
from desirepath.analyze.reading import ANALYSES, analyze_map, corrected
from desirepath.events.feedback.answers import Asked, Feedback, Words
from desirepath.events.feedback.scales import SCALES
from desirepath.events.sequences import IntArray
from desirepath.events.simulate import (
    PlantedStep,
    ShopWorld,
    Shown,
    World,
    simulate_journey,
    simulate_shop,
)
from desirepath.evidence.measure import measure_map
from desirepath.maps.files import read_map
from desirepath.maps.model import EventPattern, Goal, JourneyMap, Stage, Step

pytestmark = pytest.mark.truth

TOP = 3


@pytest.fixture(scope="module")
def believed() -> JourneyMap:
    shipped = files("desirepath.cli").joinpath("demo_project/maps/assumed.yaml")
    with as_file(shipped) as path:
        return read_map(path)


def survey(shop: ShopWorld, customers: IntArray) -> Feedback:
    """What the customers of a shop answered, as reading its survey gives it."""
    columns = shop.columns
    answered = [
        one for one, (name, _) in enumerate(columns.pairs) if name == "survey_answered"
    ]
    events = np.isin(columns.pair, answered)
    who = columns.customer[events]
    count = len(who)
    none = Words(("",), np.zeros(count, dtype=np.int64))
    return Feedback(
        customers=customers[who],
        cases=np.full(count, -1, dtype=np.int64),
        responses=np.arange(count, dtype=np.int64),
        times_us=columns.times_us[events],
        questions=(Asked("Would you recommend us?", SCALES["nps"], "score"),),
        asked=np.zeros(count, dtype=np.int64),
        scores=columns.score[who].astype(np.float64),
        texts=np.full(count, "", dtype=object),
        hints=none,
        channels=none,
        languages=none,
    )


def top(section: Section, kind: str) -> tuple[Finding, ...]:
    return tuple(one for one in section.findings if one.kind == kind)[:TOP]


def test_the_three_planted_things_are_among_the_first_of_their_section(
    believed: JourneyMap,
) -> None:
    worlds = 12
    found: Counter[str] = Counter()
    for seed in range(worlds):
        shop = simulate_shop(4_000, np.random.default_rng(seed))
        log = shop.sequences()
        evidence = measure_map(believed, log, feedback=survey(shop, log.customers))
        report = analyze_map(believed, evidence)
        lost = top(report.section("content"), "fix")
        flaws = top(report.section("service_flaws"), "fix")
        waits = top(report.section("time_spent"), "fix")
        loved = top(report.section("high_points"), "keep")
        found["payment loses"] += any("pay_failed" in one.words for one in lost)
        found["payment has an owner"] += any("accounting" in one.words for one in flaws)
        found["late"] += any(one.subject == "transition:wait>unpack" for one in waits)
        found["call"] += any(one.subject == "step:call" for one in loved)
        first = {one.subject for one in report.first()}
        found["payment first"] += "step:pay-web" in first
    assert min(found.values()) >= 0.95 * worlds, found


CHANNELS = {"app": 0.4, "web": 0.6}
STEPS = ("look", "choose", "basket", "pay", "done")


def nothing_differs() -> World:
    """Every step loses one in five, in every channel, week and segment, whatever else is met."""
    steps = [
        PlantedStep(
            name,
            go_on=0.8 if number else 1.0,
            channels=CHANNELS,
            shows=(Shown(f"page {number}", 0.3),) if name != "done" else (),
            repeat=0.2 if name != "done" else 0.0,
        )
        for number, name in enumerate(STEPS)
    ]
    return World(
        tuple(steps),
        segments={"group": {"a": 0.5, "b": 0.5}, "region": {"n": 0.3, "s": 0.7}},
    )


def plain_map() -> JourneyMap:
    steps = tuple(
        Step(id=name, name=name, events=(EventPattern(activity=name),))
        for name in STEPS
    )
    goal = Goal(text="done", success="done")
    stage = Stage(id="all", name="All", steps=steps)
    return JourneyMap(id="truth", title="Truth", goal=goal, stages=(stage,))


@pytest.mark.nightly
def test_where_nothing_differs_hardly_any_report_says_so(
    most: Callable[[int, float], int],
) -> None:
    # that whoever pays reaches the goal more often is no accident: effectiveness has its own proof
    asked = [one for one in ANALYSES if one is not effectiveness]
    worlds, wrong = 24, 0
    rng = np.random.default_rng(2)
    journey = plain_map()
    for _ in range(worlds):
        log = simulate_journey(nothing_differs(), 1_000, rng).sequences
        evidence = measure_map(journey, log, every="week")
        sections = [one(journey, evidence) for one in asked]
        shown, tested, _ = corrected(sections, 0.05)
        assert tested > 50
        wrong += any(one.is_difference for part in shown for one in part.findings)
    # a program wrong in 5 % of its reports fails this once in a thousand times
    assert wrong <= most(worlds, 0.05)
