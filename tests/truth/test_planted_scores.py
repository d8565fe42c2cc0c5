"""Planted scores are settled rightly, and what is not there is not found.

The smallest effect that matters is 0.3 on the emotion scale; 400 customers answer at each step.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from desirepath.check.verdicts import check_map
from desirepath.events.feedback.answers import Asked, Feedback, Words
from desirepath.events.feedback.scales import SCALES
from desirepath.events.sequences import Segment, Sequences
from desirepath.evidence.measure import measure_map
from desirepath.maps.claims import Claim, ScoreClaim
from desirepath.maps.model import EventPattern, JourneyMap, Stage, Statement, Step

pytestmark = pytest.mark.truth

WORLDS, ANSWERS = 200, 400
MATTERS = 0.3
ANSWER_SHARES = np.array([0.08, 0.12, 0.2, 0.35, 0.25])  # of 1 to 5
TRUE = float((ANSWER_SHARES * (np.arange(1, 6) - 3)).sum())
MINUTE_US = 60_000_000


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20_260_501)


def sequences(count: int, rng: np.random.Generator, cases_each: int = 1) -> Sequences:
    """Cases of a single event; two segments that mean nothing."""
    keys = np.arange(1, count + 1, dtype=np.int64)
    customers = (keys - 1) // cases_each + 1
    return Sequences(
        activities=("pay",),
        channels=("",),
        offsets=np.arange(count + 1, dtype=np.int64),
        codes=np.zeros(count, dtype=np.uint16),
        times_us=keys * MINUTE_US,
        case_keys=keys,
        customers=customers,
        segments={
            "half": Segment(("", "a", "b"), rng.integers(1, 3, count).astype(np.uint16))
        },
        end_us=10**12 * 60,
    )


def feedback(
    log: Sequences, scores: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> Feedback:
    """One answer about each case, at the moment it happens."""
    count = len(scores)
    none = Words(("",), np.zeros(count, dtype=np.int64))
    return Feedback(
        customers=log.customers,
        cases=log.case_keys,
        responses=np.arange(count, dtype=np.int64),
        times_us=log.times_us,
        questions=(Asked("How was it?", SCALES["csat-5"], "score"),),
        asked=np.zeros(count, dtype=np.int64),
        scores=scores,
        texts=np.full(count, "", dtype=object),
        hints=none,
        channels=none,
        languages=none,
    )


def plan(claims: dict[str, ScoreClaim]) -> JourneyMap:
    statements = tuple(
        Statement(id=name, lane="pains", claim=Claim(score=claim))
        for name, claim in claims.items()
    )
    step = Step(
        id="pay",
        name="I pay",
        events=(EventPattern(activity="pay"),),
        statements=statements,
    )
    return JourneyMap(
        id="truth", title="Truth", stages=(Stage(id="all", name="All", steps=(step,)),)
    )


CLAIMS = {
    "low-true": ScoreClaim(at_least=TRUE - MATTERS),
    "high-true": ScoreClaim(at_most=TRUE + MATTERS),
    "about-true": ScoreClaim(about=TRUE + 0.5 - MATTERS),
    "low-false": ScoreClaim(at_least=TRUE + MATTERS),
    "high-false": ScoreClaim(at_most=TRUE - MATTERS),
    "about-false": ScoreClaim(about=TRUE + 0.5 + MATTERS),
}


def answers(
    count: int, rng: np.random.Generator
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return rng.choice(np.arange(1.0, 6.0), size=count, p=ANSWER_SHARES)


def test_planted_scores_are_settled_rightly(rng: np.random.Generator) -> None:
    journey = plan(CLAIMS)
    found: Counter[tuple[str, str]] = Counter()
    held = 0
    for _ in range(WORLDS):
        log = sequences(ANSWERS, rng)
        evidence = measure_map(
            journey, log, feedback=feedback(log, answers(ANSWERS, rng))
        )
        fact = evidence.find("step:pay", "score", target="emotion")
        assert fact is not None
        assert fact.low is not None
        assert fact.high is not None
        held += fact.low <= TRUE <= fact.high
        report = check_map(journey, evidence)
        for name in CLAIMS:
            (verdict,) = report.of(f"statement:{name}")
            found[name, verdict.verdict] += 1
    for name in CLAIMS:
        right, wrong = ("confirmed", "refuted") if name.endswith("true") else ("refuted", "confirmed")  # fmt: skip
        assert found[name, right] >= 0.95 * WORLDS, name
        assert found[name, wrong] <= 0.025 * WORLDS, name
    assert 0.91 <= held / WORLDS <= 0.99


def test_a_score_exactly_at_the_border_stays_unknown(rng: np.random.Generator) -> None:
    journey = plan(
        {"low": ScoreClaim(at_least=TRUE), "about": ScoreClaim(about=TRUE + 0.5)}
    )
    settled = disagree = 0
    for _ in range(WORLDS):
        log = sequences(ANSWERS, rng)
        report = check_map(
            journey,
            measure_map(journey, log, feedback=feedback(log, answers(ANSWERS, rng))),
        )
        words = [report.of(f"statement:{name}")[0].verdict for name in ("low", "about")]
        settled += any(word in ("confirmed", "refuted") for word in words)
        disagree += "mixed" in words
    assert settled <= 0.1 * WORLDS
    assert disagree <= 0.05 * WORLDS


def test_many_answers_of_the_same_customers_settle_no_more_than_their_customers(
    rng: np.random.Generator,
) -> None:
    # 100 customers who answer alike four times; the claim lies on the border
    journey = plan({"low": ScoreClaim(at_least=TRUE)})
    settled = 0
    for _ in range(WORLDS):
        log = sequences(ANSWERS, rng, cases_each=4)
        scores = np.repeat(answers(ANSWERS // 4, rng), 4)
        evidence = measure_map(journey, log, feedback=feedback(log, scores))
        (verdict,) = check_map(journey, evidence).of("statement:low")
        assert verdict.n == ANSWERS // 4
        settled += verdict.verdict in ("confirmed", "refuted")
    assert settled <= 0.1 * WORLDS
