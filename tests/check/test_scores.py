"""Verdicts on scores, on evidence made by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desirepath.check.report import Verdict
from desirepath.check.verdicts import check_map
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.claims import Claim, ScoreClaim
from desirepath.maps.model import JourneyMap, Statement

Plan = Callable[..., JourneyMap]
WINDOW = ("2024-01-01", "2024-03-31")
MOOD = Statement(id="mood", lane="emotion", score=1)


def score(
    value: float, n: int, *, spread: float = 1.0, target: str = "emotion", segment: str = "", unit: str = "emotion"
) -> Fact:  # fmt: skip
    half = 1.96 * spread / n**0.5
    return Fact(
        "statement:mood", "score", value, unit, n, value - half, value + half, n, n,
        target, segment, *WINDOW, source="feedback", spread=spread if n > 1 else None,
    )  # fmt: skip


def verdict_on(plan: Plan, statement: Statement, *facts: Fact) -> Verdict:
    evidence = Evidence(
        "shop", facts, 900, 2000, 900, *WINDOW, sources={"feedback": "survey.csv"}
    )
    journey = plan("look", "pay", claims={"pay": [statement]})
    (verdict,) = check_map(journey, evidence).of("statement:mood")
    return verdict


@pytest.mark.parametrize(
    ("value", "word"),
    [(1.0, "confirmed"), (1.3, "confirmed"), (1.5, "unknown"), (1.8, "refuted"), (-1, "refuted")],
)  # fmt: skip
def test_a_feeling_is_held_against_answers(plan: Plan, value: float, word: str) -> None:
    verdict = verdict_on(plan, MOOD, score(value, 400))
    assert (verdict.verdict, verdict.unit, verdict.value) == (word, "emotion", value)


def test_a_claim_has_the_limits_it_names(plan: Plan) -> None:
    for claim, words, word in (
        (ScoreClaim(at_least=1), "the feeling here is at least 1", "confirmed"),
        (ScoreClaim(at_most=1), "the feeling here is at most 1", "refuted"),
        (ScoreClaim(at_least=1, at_most=2), "the feeling here is between 1 and 2", "confirmed"),
        (ScoreClaim(about=0), "the feeling here is +0 ± 0.5", "refuted"),
    ):  # fmt: skip
        statement = Statement(id="mood", lane="pains", claim=Claim(score=claim))
        verdict = verdict_on(plan, statement, score(1.4, 400))
        assert (verdict.claim, verdict.verdict) == (words, word)


def test_a_net_promoter_score_is_about_ten_points_wide(plan: Plan) -> None:
    claim = Claim(score=ScoreClaim(measure="nps", about=30))
    statement = Statement(id="mood", lane="pains", claim=claim)
    fact = score(32, 2000, spread=70, target="nps", unit="nps")
    verdict = verdict_on(plan, statement, fact)
    assert (verdict.claim, verdict.verdict) == ("nps is +30 ± 10", "confirmed")


def test_a_claim_without_a_limit_says_so(plan: Plan) -> None:
    statement = Statement(id="mood", lane="pains", claim=Claim(score=ScoreClaim()))
    verdict = verdict_on(plan, statement, score(1, 400))
    assert (verdict.verdict, verdict.reason) == (
        "unknown",
        "it names no limit: write at_least, at_most or about",
    )


def test_few_answers_settle_nothing_and_say_how_many_would(plan: Plan) -> None:
    few = verdict_on(plan, MOOD, score(-1, 9, spread=0.1))
    assert few.verdict == "unknown"
    assert few.reason == "only 9 customers answered; fewer than 10 settle nothing"
    one = verdict_on(plan, MOOD, score(-1, 1))
    assert one.reason == "only 1 customer answered; fewer than 10 settle nothing"
    some = verdict_on(plan, MOOD, score(1.3, 40))
    assert some.verdict == "unknown"
    assert some.further_cases is not None
    assert some.reason == (
        f"too little evidence: about {some.further_cases} further answers would settle it"
    )
    edge = verdict_on(plan, MOOD, score(1.5, 400))
    assert edge.reason == (
        "the value is so near the limit that no number of answers would settle it"
    )


def test_further_answers_are_as_many_as_needed(plan: Plan) -> None:
    some = verdict_on(plan, MOOD, score(1.2, 40))
    assert some.further_cases is not None
    later = verdict_on(plan, MOOD, score(1.2, 40 + 2 * some.further_cases))
    assert later.verdict == "confirmed"


def test_answers_that_are_all_alike_are_no_proof_of_their_own(plan: Plan) -> None:
    assert verdict_on(plan, MOOD, score(1.4, 10, spread=0.0)).verdict == "unknown"
    assert verdict_on(plan, MOOD, score(-2.0, 10, spread=0.0)).verdict == "refuted"


def test_segments_that_feel_differently_are_said_to_disagree(plan: Plan) -> None:
    verdict = verdict_on(
        plan,
        MOOD,
        score(0.5, 400),
        score(1.0, 200, segment="device=app"),
        score(0.0, 200, segment="device=web"),
    )
    assert verdict.verdict == "mixed"
    assert verdict.segments == (
        ("device=app", "confirmed"),
        ("device=web", "refuted"),
    )


def test_a_step_nobody_answered_at_is_unknown(plan: Plan) -> None:
    verdict = verdict_on(plan, MOOD)
    assert (verdict.verdict, verdict.reason) == (
        "unknown",
        "no answer on this scale is about this place",
    )


def test_the_report_says_how_scores_became_emotions(plan: Plan) -> None:
    sources = {
        "feedback": "survey.csv",
        "feedback joined": "9 of 9 answers joined to cases (100 %)",
        "scores as emotions (a convention)": "csat-5: e = s - 3",
    }
    evidence = Evidence("shop", (), 9, 9, 9, *WINDOW, sources=sources)
    assert check_map(plan("look"), evidence).notes == (
        "Feedback joined: 9 of 9 answers joined to cases (100 %).",
        "Scores as emotions (a convention): csat-5: e = s - 3.",
    )
