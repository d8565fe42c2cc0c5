"""Answers placed at steps and averaged there, counted by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from desirepath.events.feedback.answers import NO_TIME_US, Asked, Aspect, Feedback
from desirepath.events.feedback.columns import words_of
from desirepath.events.feedback.scales import SCALES
from desirepath.events.sequences import Sequences
from desirepath.evidence.align import align
from desirepath.evidence.facts import Evidence, read_evidence, write_evidence
from desirepath.evidence.heard import Heard, events_before, hear
from desirepath.evidence.laid import Laid
from desirepath.evidence.measure import measure_map
from desirepath.evidence.scores import PLACED_BY_TIME
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.claims import Claim, ScoreClaim
from desirepath.maps.model import JourneyMap, Statement

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]
START_US = 1_704_067_200_000_000


def said(
    cases: Sequence[int],
    seconds: Sequence[float | None],
    scores: Sequence[float],
    *,
    hints: Sequence[str] = (),
    scale: str = "csat-5",
    aspect: Aspect = "score",
    texts: Sequence[str] = (),
) -> Feedback:
    """Answers about cases by their keys (-1 for nameless ones)."""
    count = len(cases)
    empty = words_of([""] * count)
    times = [NO_TIME_US if at is None else START_US + int(at * 1e6) for at in seconds]
    return Feedback(
        customers=np.full(count, -1, dtype=np.int64),
        cases=np.array(cases, dtype=np.int64),
        responses=np.arange(count, dtype=np.int64),
        times_us=np.array(times, dtype=np.int64),
        questions=(Asked("How was it?", SCALES[scale], aspect),),
        asked=np.zeros(count, dtype=np.int64),
        scores=np.array(scores, dtype=float),
        texts=np.array(texts or [""] * count, dtype=object),
        hints=words_of(hints or [""] * count),
        channels=empty,
        languages=empty,
    )


def heard(journey: JourneyMap, sequences: Sequences, feedback: Feedback) -> Heard:
    laid = Laid(journey, align(journey, sequences), sequences)
    return hear(feedback, laid, limit_days=30)


def with_touchpoints(journey: JourneyMap) -> JourneyMap:
    """The map with one touchpoint at look and pay and another at pay only."""
    places = {"look": ("shop",), "pay": ("shop", "till")}
    stages = tuple(
        stage.model_copy(
            update={
                "steps": tuple(
                    step.model_copy(update={"touchpoints": places.get(step.id, ())})
                    for step in stage.steps
                )
            }
        )
        for stage in journey.stages
    )
    touchpoints = (Touchpoint(id="shop", name="Web shop"), Touchpoint(id="till", name="The till"))  # fmt: skip
    return journey.model_copy(update={"stages": stages, "touchpoints": touchpoints})


def test_without_a_hint_the_last_step_before_the_answer_is_meant(
    log: Log, plan: Plan
) -> None:
    cases = log("look:0 other:5 pay:10 post:20", "other:0 look:10")
    feedback = said([1, 1, 1, 1, 2, 2, 1], [-1, 0, 7, 99, 5, 11, None], [4] * 7)
    found = heard(plan("look pay", "post"), cases, feedback)
    assert found.step.tolist() == [-1, 0, 0, 2, -1, 0, -1]
    assert found.words() == (
        "4 of 7 answers placed at a step: 4 at the last step before the answer; "
        "not placed: 3 come before any step, or have no time or no case"
    )


def test_what_an_answer_names_goes_before_its_time(log: Log, plan: Plan) -> None:
    cases = log("look:0 pay:10 look:20 post:30")
    hints = ["pay", "The Till", "web-shop", "shop", "SHOP", "post*", "wow", "1"]
    times = [99, 0, 15, 25, -5, 0, 99, 99]
    journey = with_touchpoints(plan("look pay", "post"))
    found = heard(journey, cases, said([1] * 8, times, [4] * 8, hints=hints))
    # the shop is at two steps: the last of them before the answer; nothing came before the fifth
    assert found.step.tolist() == [1, 1, 1, 0, -1, 2, -1, 0]
    assert found.words() == (
        "6 of 8 answers placed at a step: 6 by what they name; not placed: "
        '1 name "SHOP", which several steps have, and none of them came before, '
        '1 name what the map does not have ("wow")'
    )


def test_events_before_are_found_case_by_case(log: Log) -> None:
    cases = log("a:0 b:10 c:20", "a:5", "a:0 b:0 c:0")
    times = START_US + np.array([-1, 0, 10, 19, 99, 4, 5, 0]) * 1_000_000
    case = np.array([0, 0, 0, 0, 0, 1, 1, 2])
    assert events_before(times, case, cases).tolist() == [-1, 0, 1, 1, 2, -1, 3, 6]


def test_scores_are_means_of_customers_on_the_emotion_scale(
    log: Log, plan: Plan
) -> None:
    cases = log("look:0", "look:0", "look:0 pay:5", customers=[7, 7, 8])
    # customer 7 says 5 and 3, customer 8 says 1: (1 + -2) / 2
    feedback = said([1, 2, 3], [1, 1, 1], [5, 3, 1])
    evidence = measure_map(plan("look pay"), cases, feedback=feedback)
    fact = evidence.find("step:look", "score", target="emotion")
    assert fact is not None
    assert (fact.value, fact.unit, fact.n, fact.cases, fact.source) == (-0.5, "emotion", 2, 3, "feedback")  # fmt: skip
    assert fact.spread == pytest.approx(np.std([1, -2], ddof=1))
    assert fact.low == -2  # never beyond the scale
    assert evidence.find("step:pay", "score") is None


def test_counts_of_each_answer_are_kept(log: Log, plan: Plan) -> None:
    feedback = said([1, 2, 3], [1, 1, 1], [5, 5, 2])
    evidence = measure_map(plan("look"), log("look", "look", "look"), feedback=feedback)
    assert {
        fact.target: (fact.value, fact.cases)
        for fact in evidence.select("step:look", "answers")
    } == {"csat-5=2": (1, 3), "csat-5=5": (2, 3)}


def test_the_net_promoter_score_comes_from_counts(log: Log, plan: Plan) -> None:
    answers = [10, 9, 9, 8, 7, 6, 0, 10, 10, 3]
    cases = log(*["look"] * 10)
    feedback = said(range(1, 11), [1] * 10, answers, scale="nps")
    evidence = measure_map(plan("look"), cases, feedback=feedback)
    for subject in ("map", "step:look"):
        fact = evidence.find(subject, "score", target="nps")
        assert fact is not None
        assert fact.value == pytest.approx(20)
        assert (fact.unit, fact.n) == ("nps", 10)
        assert fact.spread == pytest.approx(100 * np.sqrt(0.8 - 0.04))


def test_who_answered_is_held_against_who_was_there(log: Log, plan: Plan) -> None:
    cases = log("look", "look", "look pay", "look pay")
    evidence = measure_map(
        plan("look pay"), cases, feedback=said([1, 3, 4], [1, 61, 61], [4, 4, 4])
    )
    shares = {
        subject: (fact.hits, fact.cases)
        for subject in ("map", "step:look", "step:pay")
        for fact in evidence.select(subject, "answered")
    }
    assert shares == {"map": (3, 4), "step:look": (1, 4), "step:pay": (2, 2)}


def test_segments_and_windows_have_scores_of_their_own(log: Log, plan: Plan) -> None:
    size = 40
    cases = log(
        *["look:0"] * size, *["look:9000000"] * size,
        segments={"device": ["app"] * size + ["web"] * size},
    )  # fmt: skip
    scores = [5, 4] * (size // 2) + [1, 2] * (size // 2)
    times = [1.0] * size + [9_000_001.0] * size
    feedback = said(range(1, 2 * size + 1), times, scores)
    evidence = measure_map(plan("look"), cases, feedback=feedback, every="quarter")
    found = [
        (fact.segment, fact.window_from, fact.window_to, fact.value)
        for fact in evidence.select("step:look", "score", target="emotion")
    ]
    assert found == [
        ("", "2024-01-01", "2024-04-14", 0.0),
        ("device=app", "2024-01-01", "2024-01-01", 1.5),
        ("device=web", "2024-04-14", "2024-04-14", -1.5),
        ("", "2024-01-01", "2024-01-01", 1.5),
        ("", "2024-04-14", "2024-04-14", -1.5),
    ]


def test_small_segments_have_no_score(log: Log, plan: Plan) -> None:
    cases = log(*["look"] * 60, segments={"device": ["app"] * 30 + ["web"] * 30})
    feedback = said(range(1, 50), [1] * 49, [4] * 49)  # 30 of the app, 19 of the web
    evidence = measure_map(plan("look"), cases, feedback=feedback)
    found = evidence.select("step:look", "score", target="emotion")
    assert [fact.segment for fact in found] == ["", "device=app"]


def test_answers_of_strangers_are_left_out_and_nameless_ones_are_not(
    log: Log, plan: Plan
) -> None:
    feedback = said([99, -1, -1], [1, None, None], [1, 5, 4], hints=["look"] * 3)
    evidence = measure_map(plan("look"), log("look"), feedback=feedback)
    fact = evidence.find("step:look", "score", target="emotion")
    assert fact is not None
    assert (fact.value, fact.n) == (1.5, 2)
    answered = evidence.find("step:look", "answered")
    assert answered is not None
    assert answered.hits == 0


def test_expectations_are_no_scores(log: Log, plan: Plan) -> None:
    feedback = said([1, 2], [1, 1], [5, 4], aspect="expectation")
    evidence = measure_map(plan("look"), log("look", "look"), feedback=feedback)
    assert evidence.find("step:look", "score") is None
    fact = evidence.find("step:look", "expectation")
    assert fact is not None
    assert fact.value == 1.5


def test_claims_on_a_scale_use_it_and_never_mix_two(log: Log, plan: Plan) -> None:
    claims = {
        "look": [
            Statement(id=name, lane="pains", claim=Claim(score=ScoreClaim(measure=name, at_least=3)))
            for name in ("csat", "csat-5", "nps")
        ]
    }  # fmt: skip
    journey = plan("look", claims=claims)
    evidence = measure_map(
        journey, log("look", "look"), feedback=said([1, 2], [1, 1], [5, 4])
    )
    found = {
        name: evidence.find(f"statement:{name}", "score")
        for name in ("csat", "csat-5", "nps")
    }
    assert [fact.value if fact else None for fact in found.values()] == [4.5, 4.5, None]


def test_what_customers_wrote_stays_out_of_evidence(
    log: Log, plan: Plan, tmp_path: object
) -> None:
    feedback = said([1, 2], [1, 1], [5, 4], texts=["call me: 555-1234", "Jana"])
    evidence = measure_map(plan("look"), log("look", "look"), feedback=feedback)
    path = write_evidence(evidence, f"{tmp_path}/evidence.json")
    text = path.read_text(encoding="utf-8")
    assert "555" not in text
    assert "Jana" not in text
    assert isinstance(read_evidence(path), Evidence)
    assert read_evidence(path) == evidence
    assert evidence.sources["scores as emotions (a convention)"] == "csat-5: e = s - 3"
    assert evidence.sources["feedback joined"].startswith("2 of 2 answers joined")


def test_the_same_answers_give_the_same_interval(log: Log, plan: Plan) -> None:
    feedback = said([1, 2, 3], [1, 1, 1], [5, 4, 1])
    cases = log("look", "look", "look")
    first = measure_map(plan("look"), cases, feedback=feedback)
    assert first == measure_map(plan("look"), cases, feedback=feedback)


def test_steps_told_by_the_time_of_the_answer_are_named(log: Log, plan: Plan) -> None:
    shop = log("look:0 pay:60", "look:0 pay:60")
    named = said([1, 2], [120, 120], [5, 4], hints=["pay", "pay"])
    unnamed = said([1, 2], [120, 120], [5, 4])
    told = [
        measure_map(plan("look pay"), shop, feedback=one).sources.get(PLACED_BY_TIME)
        for one in (named, unnamed)
    ]
    assert told == [None, "pay"]
