"""A planted gap between expectation and delivery lies in its interval as often as is said; kept promises too."""

from __future__ import annotations

import numpy as np
import pytest

from desirepath.events.feedback.answers import Asked, Feedback, Words
from desirepath.events.feedback.scales import SCALES
from desirepath.events.sequences import Sequences
from desirepath.evidence.measure import measure_map
from desirepath.maps.claims import Claim, TimeClaim
from desirepath.maps.model import EventPattern, JourneyMap, Stage, Statement, Step

pytestmark = pytest.mark.truth

WORLDS, CUSTOMERS = 200, 150
LEVELS = np.arange(1.0, 6.0)
HOPED = np.array([0.0, 0.1, 0.2, 0.4, 0.3])
# what comes is one step worse for four in ten, else as expected
WORSE = 0.4
GAP = -WORSE
KEPT = 0.8
HOUR_US = 3_600_000_000


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20_260_505)


def orders(rng: np.random.Generator) -> Sequences:
    """Ask and get: within a day in 80 % of the cases, else a day later."""
    keys = np.arange(1, CUSTOMERS + 1, dtype=np.int64)
    late = rng.random(CUSTOMERS) >= KEPT
    begin = keys * HOUR_US
    end = begin + np.where(late, 36, 12) * HOUR_US
    return Sequences(
        activities=("ask", "get"),
        channels=("", ""),
        offsets=np.arange(0, 2 * CUSTOMERS + 1, 2, dtype=np.int64),
        codes=np.tile(np.array([0, 1], dtype=np.uint16), CUSTOMERS),
        times_us=np.stack([begin, end], axis=1).ravel(),
        case_keys=keys,
        customers=keys,
        end_us=10**5 * HOUR_US,
    )


def survey(rng: np.random.Generator, log: Sequences, *, is_paired: bool) -> Feedback:
    """Both answers of every customer, or of each only one."""
    hoped = rng.choice(LEVELS, CUSTOMERS, p=HOPED)
    found = hoped - (rng.random(CUSTOMERS) < WORSE)
    first = np.ones(CUSTOMERS, np.bool_) if is_paired else rng.random(CUSTOMERS) < 0.5
    second = np.ones(CUSTOMERS, np.bool_) if is_paired else ~first
    who = np.concatenate([log.case_keys[first], log.case_keys[second]])
    count = len(who)
    none = Words(("",), np.zeros(count, dtype=np.int64))
    questions = (
        Asked("Expected?", SCALES["csat-5"], "expectation"),
        Asked("How was it?", SCALES["csat-5"], "score"),
    )
    return Feedback(
        customers=who,
        cases=who,
        responses=np.arange(count, dtype=np.int64),
        times_us=np.full(count, 10**4 * HOUR_US, dtype=np.int64),
        questions=questions,
        asked=np.repeat([0, 1], [int(first.sum()), int(second.sum())]),
        scores=np.concatenate([hoped[first], found[second]]),
        texts=np.full(count, "", dtype=object),
        hints=none,
        channels=none,
        languages=none,
    )


def plan() -> JourneyMap:
    claim = Claim(time=TimeClaim(to="get", typical_at_most="1d"))
    said = Statement(id="day", lane="promise", text="Within a day", claim=claim)
    steps = (
        Step(id="ask", name="I ask", events=(EventPattern(activity="ask"),), statements=(said,)),
        Step(id="get", name="I get it", events=(EventPattern(activity="get"),)),
    )  # fmt: skip
    return JourneyMap(id="truth", title="Truth", stages=(Stage(id="all", name="All", steps=steps),))  # fmt: skip


@pytest.mark.parametrize(("is_paired", "target"), [(True, "paired"), (False, "unpaired")])  # fmt: skip
def test_gaps_and_kept_promises_lie_in_their_intervals(
    rng: np.random.Generator, *, is_paired: bool, target: str
) -> None:
    journey = plan()
    gaps = promises = 0
    for _ in range(WORLDS):
        log = orders(rng)
        feedback = survey(rng, log, is_paired=is_paired)
        evidence = measure_map(journey, log, feedback=feedback)
        gap = evidence.find("map", "expectation_gap", target=target)
        kept = evidence.find("step:ask", "promise_kept")
        assert gap is not None
        assert kept is not None
        gaps += (gap.low or 0) <= GAP <= (gap.high or 0)
        promises += (kept.low or 0) <= KEPT <= (kept.high or 0)
    assert 0.91 * WORLDS <= gaps <= 0.99 * WORLDS
    assert 0.91 * WORLDS <= promises <= 0.99 * WORLDS
