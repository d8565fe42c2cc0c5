"""Planted effects are found at the rates promised, confounded ones are not believed, and null worlds stay silent.

Customers of one segment both meet the optional step more often and reach the goal more often, so that the
plain difference is wrong by a known amount.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.special import expit

from desirepath.analyze.effectiveness import effectiveness
from desirepath.analyze.moments_of_truth import moments_of_truth
from desirepath.analyze.reading import corrected
from desirepath.check.verdicts import check_map
from desirepath.events.sequences import Segment, Sequences
from desirepath.evidence.align import align
from desirepath.evidence.effects import effect_facts
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.groups import groups_of
from desirepath.evidence.laid import Laid
from desirepath.evidence.measure import measure_map
from desirepath.maps.claims import Claim, EffectClaim
from desirepath.maps.model import EventPattern, Goal, JourneyMap, Stage, Statement, Step
from desirepath.stats.clusters import number_clusters
from desirepath.stats.equivalence import equivalent

pytestmark = pytest.mark.truth

WORLDS, CHECKS = 200, 20
NAMES = ("start", "helper", "form", "buy")
Bound = Callable[[int, float], int]
START_US, DAY_US = 1_704_067_200_000_000, 86_400_000_000


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20_261_122)


def world(
    effect: float,
    cases: int,
    rng: np.random.Generator,
    each: int = 1,
    *,
    is_odds: bool = False,
) -> Sequences:
    """Cases that start, perhaps meet the helper, see the form, perhaps buy.

    Args:
        effect: Difference in the share that buys, helper or not.
        cases: Number of cases.
        rng: Generator.
        each: Cases of each customer, who are alike in how ready they are to buy.
        is_odds: The effect is one of log odds, the same for everybody.
    """
    customers = np.arange(cases) // each
    loyal = rng.random(customers.max() + 1)[customers] < 0.5
    ready = rng.normal(0, 0.05, customers.max() + 1)[customers] * (each > 1)
    helped = rng.random(cases) < np.where(loyal, 0.6, 0.2)
    base = np.where(loyal, 0.5, 0.2)
    share = expit(np.log(base / (1 - base)) + effect * helped) if is_odds else base + effect * helped  # fmt: skip
    buys = rng.random(cases) < share + ready
    there = np.column_stack([np.ones(cases, bool), helped, np.ones(cases, bool), buys])
    lengths = there.sum(axis=1)
    codes = np.tile(np.arange(4), (cases, 1))[there]
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    starts = START_US + rng.integers(0, 80, cases) * DAY_US
    place = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
    keys = np.arange(1, cases + 1)
    return Sequences(
        activities=NAMES,
        channels=("",) * 4,
        offsets=offsets.astype(np.int64),
        codes=codes.astype(np.uint16),
        times_us=np.repeat(starts, lengths) + place * 60_000_000,
        case_keys=keys,
        customers=customers + 1,
        segments={
            "kind": Segment(("", "loyal", "new"), np.where(loyal, 1, 2).astype(np.uint16)),
            "half": Segment(("", "a", "b"), rng.integers(1, 3, cases).astype(np.uint16)),
        },
        end_us=START_US + 200 * DAY_US,
    )  # fmt: skip


def plan(*claims: EffectClaim) -> JourneyMap:
    statements = tuple(
        Statement(id=f"claim-{number}", lane="pains", claim=Claim(effect=claim))
        for number, claim in enumerate(claims)
    )
    steps = tuple(
        Step(
            id=name,
            name=name,
            events=(EventPattern(activity=name),),
            statements=statements if name == "helper" else (),
        )
        for name in NAMES
    )
    return JourneyMap(
        id="truth",
        title="Truth",
        goal=Goal(text="bought", success="buy"),
        stages=(Stage(id="all", name="All", steps=steps),),
    )


def facts_of(journey: JourneyMap, log: Sequences) -> dict[tuple[str, str], Fact]:
    laid = Laid(journey, align(journey, log), log)
    found = effect_facts(
        laid, None, number_clusters(log.customers), groups_of(log, (), None)[0]
    )
    return {(one.subject, one.measure): one for one in found}


def holds(fact: Fact, truth: float) -> bool:
    assert fact.low is not None
    assert fact.high is not None
    return fact.low <= truth <= fact.high


@pytest.mark.parametrize(("effect", "each"), [(0.1, 1), (0.0, 1), (0.1, 4)])
def test_adjusted_intervals_hold_the_planted_effect_and_plain_ones_do_not(
    effect: float, each: int, rng: np.random.Generator, fewest: Bound, most: Bound
) -> None:
    held = dict.fromkeys(("effect", "effect_weighted", "effect_raw"), 0)
    for _ in range(WORLDS):
        facts = facts_of(plan(), world(effect, 1_500, rng, each))
        for measure in held:
            held[measure] += holds(facts["step:helper", measure], effect)
    # bounds that a right program fails once in a thousand times
    assert fewest(WORLDS, 0.95) <= held["effect"] <= most(WORLDS, 0.95)
    assert held["effect_weighted"] >= fewest(WORLDS, 0.95)
    assert held["effect_raw"] / WORLDS <= 0.1


def test_claims_about_effects_are_settled_rightly(
    rng: np.random.Generator, fewest: Bound, most: Bound
) -> None:
    journey = plan(EffectClaim(goal="more"), EffectClaim(goal="less"))
    right = wrong = 0
    for _ in range(CHECKS):
        report = check_map(journey, measure_map(journey, world(0.1, 2_000, rng)))
        more, less = (report.of(f"statement:claim-{one}")[0].verdict for one in (0, 1))
        right += (more == "confirmed") + (less == "refuted")
        wrong += (more == "refuted") + (less == "confirmed")
    assert right >= fewest(2 * CHECKS, 0.95)
    assert wrong <= most(2 * CHECKS, 0.025)


@pytest.mark.nightly
def test_an_effect_that_matters_is_seldom_called_too_small_to_matter(
    rng: np.random.Generator, most: Bound
) -> None:
    missed, found, worlds = 0, 0, WORLDS
    for _ in range(worlds):
        for truth in (0.05, 0.0):
            fact = facts_of(plan(), world(truth, 3_000, rng))["step:helper", "effect"]
            assert fact.value is not None
            assert fact.spread is not None
            error = fact.spread / np.sqrt(fact.n)
            is_small = equivalent(fact.value, error, fact.n - 1, 0.05) <= 0.05
            if truth:
                missed += bool(is_small)
            else:
                found += bool(is_small)
    assert missed <= most(worlds, 0.05)
    assert found >= 0.6 * worlds


ROAMED = ("a", "b", "c", "d", "free one", "free two")


def roaming(
    cases: int, rng: np.random.Generator, harm: float = 0.0
) -> tuple[JourneyMap, Sequences]:
    """Cases that do anything in any order until they buy or leave; nothing they do changes which.

    Who stays longer does more, and buyers stop early: comparing those who did something with all others
    would find much.

    Args:
        cases: Number of cases.
        rng: Generator.
        harm: Share of the cases that stop at their first "free two" without buying.
    """
    longest, buy = 40, len(ROAMED)
    segment = rng.integers(1, 3, cases)
    doing = rng.integers(0, buy, (cases, longest))
    hazard = np.where(segment == 1, 0.12, 0.05)[:, None]
    drawn = rng.random((cases, longest))
    drawn[:, 0] = 0.5  # everybody does one thing
    doing = np.where(drawn < hazard, buy, doing)
    leaves = (drawn > 0.88) | (doing == buy)
    leaves |= (doing == buy - 1) & (rng.random((cases, longest)) < harm)
    ended = np.cumsum(leaves, axis=1)
    is_left = drawn > 0.88
    is_there = (ended == 0) | ((ended == 1) & leaves & ~is_left)
    lengths = is_there.sum(axis=1)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    place = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
    starts = START_US + rng.integers(0, 80, cases) * DAY_US
    keys = np.arange(1, cases + 1)
    log = Sequences(
        activities=(*ROAMED, "buy"),
        channels=("",) * 7,
        offsets=offsets.astype(np.int64),
        codes=doing[is_there].astype(np.uint16),
        times_us=np.repeat(starts, lengths) + place * 60_000_000,
        case_keys=keys,
        customers=keys,
        segments={"kind": Segment(("", "x", "y"), segment.astype(np.uint16))},
        end_us=START_US + 200 * DAY_US,
    )
    steps = tuple(
        Step(id=name, name=name, events=(EventPattern(activity=name),))
        for name in ROAMED[:4]
    )
    journey = JourneyMap(
        id="null",
        title="Null",
        goal=Goal(text="bought", success="buy"),
        stages=(Stage(id="all", name="All", steps=steps),),
    )
    return journey, log


def effects_in(journey: JourneyMap, log: Sequences) -> Evidence:
    """Effects on the goal, and nothing else."""
    laid = Laid(journey, align(journey, log), log)
    group = groups_of(log, (), None)[0]
    facts = tuple(effect_facts(laid, None, number_clusters(log.customers), group))
    return Evidence(
        journey.id,
        facts,
        log.case_count,
        log.event_count,
        log.case_count,
        group.window_from,
        group.window_to,
    )


def found_in(journey: JourneyMap, log: Sequences) -> list[tuple[str, str]]:
    """Differences reported, by kind and place."""
    evidence = effects_in(journey, log)
    sections = [one(journey, evidence) for one in (effectiveness, moments_of_truth)]
    kept, tested, _ = corrected(sections, 0.05)
    assert tested >= 8
    return [
        (one.subject, one.evidence[0][2])
        for section in kept
        for one in section.findings
        if one.p is not None
    ]


def test_where_nothing_matters_nothing_is_reported(rng: np.random.Generator) -> None:
    worlds = 100
    loud = sum(bool(found_in(*roaming(2_000, rng))) for _ in range(worlds))
    # 5 %, and what 100 worlds may show by chance: a program right in 95 % fails in 3 of 100 tries
    assert loud <= 0.09 * worlds


def test_what_makes_customers_stop_is_reported(rng: np.random.Generator) -> None:
    worlds = 20
    seen = sum(
        ("map", "free two") in found_in(*roaming(2_000, rng, harm=0.6))
        for _ in range(worlds)
    )
    assert seen >= 0.95 * worlds
