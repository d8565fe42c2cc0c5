"""A bad time of one kind of customer is found; a kind that is always worse and weeks bad for all are not taken for one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from desirepath.analyze.bad_times import bad_times
from desirepath.analyze.finding import Finding
from desirepath.analyze.reading import corrected
from desirepath.events.sequences import BoolArray, Sequences
from desirepath.events.simulate import PlantedStep, Shown, World, simulate_journey
from desirepath.evidence.measure import measure_map
from desirepath.maps.model import EventPattern, Goal, JourneyMap, Stage, Step

pytestmark = pytest.mark.truth

STEPS = ("look", "basket", "address", "pay", "done")
OF_SOME = {"A1703", "A1704"}
DAY_US = 86_400_000_000
FIRST_DAY, LAST_DAY = 35, 63  # of 91
FROM, UNTIL = np.datetime64("2024-02-05"), np.datetime64("2024-03-04")


def shop(phone: float = 0.85) -> dict[str, World]:
    """Phones and desks that go on from step to step at rates of their own; errors are drawn for all."""
    worlds = {}
    for name, go_on in (("phone", phone), ("desk", 0.85)):
        steps = [
            PlantedStep(
                step,
                go_on=go_on if number else 1.0,
                shows=(Shown("form_error", 0.5),) if step == "address" else (),
            )
            for number, step in enumerate(STEPS)
        ]
        worlds[name] = World(
            tuple(steps), segments={"region": {"n": 0.4, "s": 0.6}}, window_days=91
        )
    return worlds


def shop_map() -> JourneyMap:
    steps = tuple(
        Step(id=name, name=name, events=(EventPattern(activity=name),))
        for name in STEPS
    )
    stage = Stage(id="all", name="All", steps=steps)
    goal = Goal(text="done", success="done")
    return JourneyMap(id="truth", title="Truth", goal=goal, stages=(stage,))


def on_phone(log: Sequences) -> BoolArray:
    segment = log.segments["device"]
    return np.asarray(np.array(segment.values)[segment.codes] == "phone")


def in_the_weeks(log: Sequences) -> BoolArray:
    day = (log.starts_us - log.starts_us.min()) // DAY_US
    return np.asarray((day >= FIRST_DAY) & (day < LAST_DAY))


def without_errors(
    log: Sequences, broken: BoolArray, rng: np.random.Generator
) -> Sequences:
    """The log in which one in two of the broken cases at the step meets the error, and one in 50 of the others."""
    is_error = (np.array(log.activities) == "form_error")[log.codes]
    stays = rng.random(log.case_count) < np.where(broken, 1.0, 0.04)
    return log.keep(~is_error | stays[log.case_index()])


def cut_after(
    log: Sequences, step: str, cut: BoolArray, rng: np.random.Generator, share: float
) -> Sequences:
    """The log in which a share of the cases that go on from a step does not."""
    later = np.isin(np.array(log.activities), STEPS[STEPS.index(step) + 1 :])
    stops = cut & (rng.random(log.case_count) < share)
    return log.keep(~(later[log.codes] & stops[log.case_index()]))


def of_some(log: Sequences) -> tuple[Finding, ...]:
    journey = shop_map()
    section = bad_times(journey, measure_map(journey, log, every="week"))
    (shown,), tested, _ = corrected([section], 0.05)
    assert tested > 10
    return tuple(one for one in shown.findings if one.code in OF_SOME)


def drawn(phone: float, rng: np.random.Generator) -> Sequences:
    return simulate_journey(shop(phone), 4_000, rng, segment="device").sequences


def test_who_gets_no_further_for_four_weeks_is_named_with_the_weeks(
    fewest: Callable[[int, float], int],
) -> None:
    rng, worlds, found = np.random.default_rng(1), 15, 0
    for _ in range(worlds):
        log = drawn(0.85, rng)
        broken = on_phone(log) & in_the_weeks(log)
        log = without_errors(log, np.zeros(log.case_count, dtype=np.bool_), rng)
        for one in of_some(cut_after(log, "address", broken, rng, 0.4)):
            is_it = "device phone" in one.words and one.subject == "step:address"
            first = np.datetime64(one.words[5:15])
            until = np.datetime64(one.words[19:29])
            near = abs((first - FROM).astype(int)) + abs((until - UNTIL).astype(int))
            found += is_it and near <= 14
    assert found >= fewest(worlds, 0.95)


def test_an_error_of_one_kind_of_customer_for_four_weeks_is_named(
    fewest: Callable[[int, float], int],
) -> None:
    rng, worlds, found = np.random.default_rng(2), 15, 0
    for _ in range(worlds):
        log = drawn(0.85, rng)
        log = without_errors(log, on_phone(log) & in_the_weeks(log), rng)
        words = [one.words for one in of_some(log) if one.code == "A1704"]
        found += any("device phone" in one and "form_error" in one for one in words)
    assert found >= fewest(worlds, 0.95)


@pytest.mark.parametrize("phone", [0.85, 0.6])
def test_a_kind_that_is_always_worse_and_weeks_bad_for_all_are_no_bad_time_of_some(
    phone: float, most: Callable[[int, float], int]
) -> None:
    rng, worlds, wrong = np.random.default_rng(3), 20, 0
    for _ in range(worlds):
        log = drawn(phone, rng)
        log = without_errors(log, in_the_weeks(log), rng)
        log = cut_after(log, "address", in_the_weeks(log), rng, 0.4)
        wrong += bool(of_some(log))
    assert wrong <= most(worlds, 0.05)
