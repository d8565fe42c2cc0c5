"""Planted changes are found and named, and two halves of one period show nothing.

Measuring is slow and comparing quick, so some sides are compared with several others.
The smallest change that matters: 5 points of a share, 20 % of a time; 2 000 cases on each side.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from desirepath.events.sequences import Sequences
from desirepath.events.simulate import World, null_world, simulate_journey
from desirepath.evidence.facts import Evidence
from desirepath.evidence.measure import measure_map
from desirepath.maps.model import EventPattern, Goal, JourneyMap, Stage, Step
from desirepath.track.compare import compare_evidence
from desirepath.track.report import Comparison, FactChange
from desirepath.track.sides import split_on, two_windows

pytestmark = pytest.mark.truth

CASES = 2_000
NULL_LOGS, PARTNERS, PLANTED_WORLDS = 30, 6, 40
FEWER_WORLDS = 16
HALF = dt.date(2024, 2, 15)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20_260_601)


def plan(world: World) -> JourneyMap:
    steps = tuple(
        Step(
            id=step.activity.replace(" ", "-"),
            name=step.activity,
            events=(EventPattern(activity=step.activity),),
        )
        for step in world.steps
    )
    return JourneyMap(
        id="truth",
        title="Truth",
        goal=Goal(text="All done", success=world.steps[-1].activity),
        stages=(
            Stage(id="first", name="First", steps=steps[:3]),
            Stage(id="last", name="Last", steps=steps[3:]),
        ),
    )


def changed(world: World, place: int, **fields: float) -> World:
    """The world with other fields of one step."""
    steps = list(world.steps)
    steps[place] = replace(steps[place], **fields)  # type: ignore[arg-type]
    return replace(world, steps=tuple(steps))


def draw(world: World, rng: np.random.Generator, cases: int = CASES) -> Sequences:
    return simulate_journey(world, cases, rng).sequences


def measured(world: World, rng: np.random.Generator) -> Evidence:
    """Facts about 2 000 cases of a world."""
    return measure_map(plan(world), draw(world, rng), segments=())


@pytest.fixture(scope="module")
def before() -> list[Evidence]:
    """First sides of planted changes, all of the same world."""
    rng = np.random.default_rng(20_260_602)
    return [measured(null_world(), rng) for _ in range(PLANTED_WORLDS)]


def reports(
    before: list[Evidence], world: World, rng: np.random.Generator
) -> list[Comparison]:
    """Comparisons of first sides with as many sides of a changed world."""
    return [compare_evidence(one, measured(world, rng)) for one in before]


def words(found: list[Comparison], subject: str, measure: str) -> Counter[str]:
    """Verdicts on one fact."""
    facts = [(one.subject, one.measure) for one in found[0].changes]
    place = facts.index((subject, measure))
    return Counter(report.changes[place].verdict for report in found)


def shown(found: Comparison) -> set[tuple[str, str]]:
    return {(one.subject, one.measure) for one in found.changes if one.is_shown}


def halves(
    world: World, rng: np.random.Generator, logs: int
) -> tuple[list[Evidence], list[Evidence]]:
    """Facts about both halves of some logs."""
    journey = plan(world)
    parts = [two_windows(draw(world, rng), *split_on(HALF)) for _ in range(logs)]
    return (
        [measure_map(journey, part.before, segments=()) for part in parts],
        [measure_map(journey, part.after, segments=()) for part in parts],
    )


def silence(first: list[Evidence], second: list[Evidence]) -> float:
    """Share of the comparisons of first and second halves that show nothing."""
    quiet = [
        not shown(compare_evidence(one, second[(place + step) % len(second)]))
        for place, one in enumerate(first)
        for step in range(PARTNERS)
    ]
    return float(np.mean(quiet))


def test_two_halves_of_one_period_are_silent(rng: np.random.Generator) -> None:
    # customers with several cases, some still under way at the end
    world = null_world(cases_per_customer=1.5, correlation=0.5, is_censored=True)
    first, second = halves(world, rng, NULL_LOGS)
    assert silence(first, second) >= 0.95


def test_five_points_are_found_and_named_with_their_direction(
    before: list[Evidence], rng: np.random.Generator
) -> None:
    # of those who saw the ad fewer go on
    found = reports(before, changed(null_world(), 1, go_on=0.75), rng)
    assert words(found, "step:sees-ad", "drop_off")["worse"] >= 0.8 * PLANTED_WORLDS
    wrong = sum(one.count("better") for one in found)
    assert wrong <= 0.05 * sum(len(shown(one)) for one in found)


def test_ten_points_are_nearly_always_found(
    before: list[Evidence], rng: np.random.Generator
) -> None:
    found = reports(before, changed(null_world(), 2, go_on=0.7), rng)
    better = words(found, "step:puts-in-basket", "reach")["better"]
    assert better >= 0.95 * PLANTED_WORLDS


def test_a_longer_wait_is_found(
    before: list[Evidence], rng: np.random.Generator
) -> None:
    found = reports(before, changed(null_world(), 1, typical_s=3600 * 1.2), rng)
    worse = words(found, "transition:sees-ad>searches", "time")["worse"]
    assert worse >= 0.95 * PLANTED_WORLDS


def mixture(rng: np.random.Generator, new: float, old_goes_on: float) -> Sequences:
    """New customers of whom 40 % go on from the search, old ones of whom others do."""
    worlds = {
        "new": changed(null_world(segments={}), 2, go_on=0.4),
        "old": changed(null_world(segments={}), 2, go_on=old_goes_on),
    }
    shares = {"new": new, "old": 1 - new}
    return simulate_journey(worlds, CASES, rng, segment="kind", shares=shares).sequences


def crossed(
    rng: np.random.Generator, one: tuple[float, float], two: tuple[float, float]
) -> list[FactChange]:
    """The reach of the basket, each first side compared with several second ones."""
    journey = plan(null_world())
    first, second = (
        [measure_map(journey, mixture(rng, *kind)) for _ in range(FEWER_WORLDS)]
        for kind in (one, two)
    )
    found = [
        compare_evidence(side, second[(place + step) % FEWER_WORLDS])
        for place, side in enumerate(first)
        for step in range(PARTNERS)
    ]
    changes = [report.of("step:puts-in-basket", "reach") for report in found]
    return [change for change in changes if change is not None]


def test_other_customers_are_named_as_mix(rng: np.random.Generator) -> None:
    found = crossed(rng, (0.3, 0.8), (0.7, 0.8))
    assert all(change.verdict == "worse" for change in found)
    mixes = [part for one in found for part in one.mixes if part.segment == "kind"]
    silent = sum(mix.low <= 0 <= mix.high for mix in mixes)
    assert silent >= 0.9 * len(found)
    assert sum(mix.is_explained for mix in mixes) >= 0.9 * len(found)


def test_a_change_within_is_not_blamed_on_other_customers(
    rng: np.random.Generator,
) -> None:
    found = crossed(rng, (0.5, 0.8), (0.5, 0.5))
    assert all(change.verdict == "worse" for change in found)
    blamed = sum(any(mix.is_explained for mix in one.mixes) for one in found)
    assert blamed <= 0.05 * len(found)


@pytest.mark.nightly
def test_what_befell_the_control_group_too_is_not_counted(
    rng: np.random.Generator,
) -> None:
    # everybody leaves more often in the second half; the change is no one's doing
    early, late = null_world(), changed(null_world(), 3, go_on=0.55)
    first = [measured(early, rng) for _ in range(2 * FEWER_WORLDS)]
    second = [measured(late, rng) for _ in range(2 * FEWER_WORLDS)]
    loud = pairs = 0
    for place in range(FEWER_WORLDS):
        for step in range(PARTNERS):
            other = FEWER_WORLDS + (place + step) % FEWER_WORLDS
            control = first[other], second[other]
            found = compare_evidence(first[place], second[place], control=control)
            loud += bool(shown(found))
            pairs += 1
    assert loud <= 0.05 * pairs


@pytest.mark.nightly
def test_long_journeys_near_the_end_do_not_look_worse(
    rng: np.random.Generator,
) -> None:
    # half of the parcels take longer than ten of the ninety days
    plain = null_world(is_censored=True, segments={})
    world = changed(plain, 4, typical_s=864_000.0)
    first, second = halves(world, rng, FEWER_WORLDS)
    assert silence(first, second) >= 0.95
