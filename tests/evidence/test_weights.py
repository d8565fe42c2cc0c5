"""Who answered against who was there, by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from desirepath.check.verdicts import check_map
from desirepath.events.feedback.answers import Asked, Feedback
from desirepath.events.feedback.columns import words_of
from desirepath.events.feedback.scales import SCALES
from desirepath.events.sequences import Sequences
from desirepath.evidence.measure import measure_map
from desirepath.maps.claims import Claim, ScoreClaim
from desirepath.maps.model import JourneyMap, Statement

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]


def answers(
    cases: list[int], scores: list[float], scale: str = "csat-5", hint: str = ""
) -> Feedback:
    """Answers about cases by their keys, without times; -1 for nameless ones."""
    count = len(cases)
    none = words_of([""] * count)
    return Feedback(
        customers=np.array(cases, dtype=np.int64),
        cases=np.array(cases, dtype=np.int64),
        responses=np.arange(count, dtype=np.int64),
        times_us=np.full(count, 1_704_067_200_000_001, dtype=np.int64),
        questions=(Asked("How was it?", SCALES[scale], "score"),),
        asked=np.zeros(count, dtype=np.int64),
        scores=np.array(scores, dtype=float),
        texts=np.full(count, "", dtype=object),
        hints=words_of([hint] * count),
        channels=none,
        languages=none,
    )


@pytest.fixture
def hundred(log: Log) -> Sequences:
    """80 customers of the web, then 20 of the app."""
    return log(*["look:0"] * 100, segments={"platform": ["web"] * 80 + ["app"] * 20})


APP, WEB = list(range(81, 101)), list(range(1, 21))


def test_each_platform_counts_as_much_as_it_has_customers(
    hundred: Sequences, plan: Plan
) -> None:
    # all 20 of the app answer 5, 20 of 80 of the web answer 3: (20 × 2 + 80 × 0) / 100
    feedback = answers(APP + WEB, [5.0] * 20 + [3.0] * 20)
    evidence = measure_map(plan("look"), hundred, feedback=feedback)
    fact = evidence.find("step:look", "score_weighted", target="emotion")
    assert fact is not None
    assert fact.value == pytest.approx(0.4)
    assert fact.source == "feedback, weighted by platform"
    # weights 0.4 and 1.6: 40² / (20 × 0.16 + 20 × 2.56)
    assert fact.n == 29
    assert evidence.sources["who answered"] == (
        "those who answered were 2.5 × as often platform=app as those who were there "
        "(50 % against 20 %); scores are weighted by platform, so that 40 answers count as 29"
    )


def test_a_net_promoter_score_is_weighted_too(hundred: Sequences, plan: Plan) -> None:
    feedback = answers(APP + WEB, [10.0] * 20 + [5.0] * 20, "nps")
    evidence = measure_map(plan("look"), hundred, feedback=feedback)
    fact = evidence.find("map", "score_weighted", target="nps")
    assert fact is not None
    assert fact.unit == "nps"
    assert fact.value == pytest.approx(-60)


def test_a_verdict_stands_on_the_weighted_score_and_says_so(
    log: Log, plan: Plan
) -> None:
    cases = log(*["look:0"] * 400, segments={"platform": ["web"] * 360 + ["app"] * 40})
    rng = np.random.default_rng(2)
    app, web = rng.integers(3, 6, 40), rng.integers(2, 5, 60)
    feedback = answers([*range(361, 401), *range(1, 61)], [*app.tolist(), *web.tolist()])  # fmt: skip
    said = Statement(id="low", lane="gains", text="Well", claim=Claim(score=ScoreClaim(at_most=1.9)))  # fmt: skip
    journey = plan("look", claims={"look": [said]})
    evidence = measure_map(journey, cases, feedback=feedback)
    report = check_map(journey, evidence)
    (verdict,) = report.of("statement:low")
    fact = evidence.find("statement:low", "score_weighted")
    assert fact is not None
    assert verdict.value == fact.value
    assert "weighted for who answered, by platform" in verdict.reason
    assert any(note.startswith("Who answered: those who") for note in report.notes)


def test_without_bias_few_answers_or_names_nothing_is_weighted(
    hundred: Sequences, plan: Plan
) -> None:
    even = answers([*range(1, 33), *range(81, 89)], [4.0] * 40)
    few = answers(APP, [5.0] * 20)
    nameless = answers([*APP, *WEB, *[-1] * 30], [4.0] * 70, hint="look")
    for feedback in (even, few, nameless):
        evidence = measure_map(plan("look"), hundred, feedback=feedback)
        assert list(evidence.select(measure="score_weighted")) == []
        assert "who answered" not in evidence.sources


def test_who_answers_often_counts_once(hundred: Sequences, plan: Plan) -> None:
    often = answers(APP * 3 + WEB, [5.0] * 60 + [3.0] * 20)
    evidence = measure_map(plan("look"), hundred, feedback=often)
    fact = evidence.find("step:look", "score_weighted", target="emotion")
    assert fact is not None
    assert fact.value == pytest.approx(0.4)
