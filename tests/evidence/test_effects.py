"""Effects, credit and drivers of small worlds in which the answer can be seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from desirepath.events.feedback.answers import Asked, Feedback, Words
from desirepath.events.feedback.scales import SCALES
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.measure import measure_map
from desirepath.maps.claims import Claim, EffectClaim
from desirepath.maps.model import EventPattern, Goal, JourneyMap, Stage, Statement, Step

NAMES = ("look", "help", "pay", "error", "buy")
STEPS = ("look", "help", "pay", "buy")
MINUTE_US = 60_000_000


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20_261_124)


def log_of(ways: Sequence[tuple[str, int]]) -> Sequences:
    """Cases as words: each way ("look pay buy") as often as said."""
    cases = [way.split() for way, count in ways for _ in range(count)]
    lengths = np.array([len(case) for case in cases])
    keys = np.arange(1, len(cases) + 1)
    return Sequences(
        activities=NAMES,
        channels=("",) * len(NAMES),
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        codes=np.array([NAMES.index(one) for case in cases for one in case], np.uint16),
        times_us=np.arange(lengths.sum()) * MINUTE_US,
        case_keys=keys,
        customers=keys,
        end_us=int(lengths.sum() + 10_000) * MINUTE_US,
    )


def plan(success: str = "buy", *statements: Statement) -> JourneyMap:
    steps = tuple(
        Step(
            id=name,
            name=name.title(),
            events=(EventPattern(activity=name),),
            statements=statements if name == "pay" else (),
        )
        for name in STEPS
    )
    return JourneyMap(
        id="shop",
        title="Shop",
        goal=Goal(text="bought", success=success),
        stages=(Stage(id="all", name="All", steps=steps),),
    )


HELPED = [
    ("look help pay buy", 60),
    ("look help pay", 40),
    ("look pay buy", 40),
    ("look pay", 60),
]


def fact(evidence: Evidence, subject: str, measure: str, target: str = "goal") -> Fact:
    found = evidence.find(subject, measure, target=target)
    assert found is not None
    return found


def test_a_step_that_sixty_instead_of_forty_percent_buy_after_adds_twenty_points() -> (
    None
):
    evidence = measure_map(plan(), log_of(HELPED))
    effect = fact(evidence, "step:help", "effect")
    assert effect.value == pytest.approx(0.2, abs=0.001)
    assert effect.low is not None
    assert effect.high is not None
    assert effect.low < 0.1
    assert effect.high > 0.3
    assert (effect.hits, effect.cases, effect.n) == (100, 200, 200)
    assert fact(evidence, "step:help", "effect_without").value == pytest.approx(
        0.4, abs=0.001
    )
    for measure in ("effect_raw", "effect_weighted"):
        assert fact(evidence, "step:help", measure).value == pytest.approx(
            0.2, abs=0.002
        )
    assert evidence.sources["effects on the goal"] == (
        "associations, not causes: adjusted for events so far, steps reached before;"
        " compared with cases that were still there"
    )


def test_neither_what_all_do_nor_the_goal_itself_has_an_effect() -> None:
    evidence = measure_map(plan(), log_of(HELPED))
    for step in ("step:look", "step:buy"):
        assert evidence.find(step, "effect", target="goal") is None


def test_a_step_that_all_goals_pass_is_told_without_a_model() -> None:
    ways = [("look pay buy", 50), ("look pay", 50), ("look", 60), ("look help", 40)]
    effect = fact(measure_map(plan(), log_of(ways)), "step:pay", "effect")
    assert effect.source == "events, not adjusted: cases without it all end alike"
    assert effect.value == pytest.approx(0.5)


def test_an_event_that_no_step_binds_is_compared_at_the_step_before_it() -> None:
    ways = [
        ("look pay error", 45),
        ("look pay error buy", 5),
        ("look pay help", 20),
        ("look pay buy", 80),
    ]
    evidence = measure_map(plan(), log_of(ways))
    effect = fact(evidence, "step:pay", "shown_effect", "error")
    assert effect.value is not None
    assert effect.value == pytest.approx(0.1 - 0.8, abs=0.01)
    after = fact(evidence, "step:pay", "shown_goal", "error")
    assert (after.hits, after.cases) == (5, 50)


def test_a_claim_may_name_an_activity() -> None:
    claim = Claim(effect=EffectClaim(goal="less", activity="error"))
    journey = plan("buy", Statement(id="s", lane="pains", claim=claim))
    ways = [("look pay error", 40), ("look pay buy", 80), ("look pay", 40)]
    evidence = measure_map(journey, log_of([*ways, ("look pay error buy", 2)]))
    named = fact(evidence, "statement:s", "effect")
    assert named.value == pytest.approx(2 / 42 - 80 / 120, abs=0.01)


def test_without_a_goal_the_reason_is_told() -> None:
    evidence = measure_map(plan("never"), log_of(HELPED))
    assert evidence.sources["effects on the goal"] == (
        "not measured, no event shows the goal"
    )
    measures = {one.measure for one in evidence.facts}
    assert not measures & {"effect", "removal_effect", "shown_effect"}


def test_goals_are_credited_to_the_steps_before_them() -> None:
    evidence = measure_map(plan(), log_of(HELPED))
    first = fact(evidence, "step:look", "credit_first")
    last = fact(evidence, "step:pay", "credit_last")
    assert (first.value, last.value) == (1.0, 1.0)
    assert fact(evidence, "step:help", "credit_linear").value == pytest.approx(
        60 / 100 / 3
    )
    assert fact(evidence, "step:pay", "removal_effect").value == pytest.approx(1)
    assert evidence.find("step:buy", "credit_last", target="goal") is None


def answers(log: Sequences, scores: Sequence[tuple[int, str, float]]) -> Feedback:
    """Answers as (case, step, score from 1 to 5); "" is about the whole."""
    cases = np.array([case for case, _, _ in scores])
    hints = ["", *sorted({hint for _, hint, _ in scores} - {""})]
    none = Words(("",), np.zeros(len(scores), np.int64))
    return Feedback(
        customers=log.customers[cases],
        cases=log.case_keys[cases],
        responses=np.arange(len(scores)),
        times_us=log.times_us[log.offsets[1:][cases] - 1],
        questions=(Asked("How was it?", SCALES["csat-5"], "score"),),
        asked=np.zeros(len(scores), np.int64),
        scores=np.array([score for _, _, score in scores]),
        texts=np.full(len(scores), "", dtype=object),
        hints=Words(
            tuple(hints), np.array([hints.index(hint) for _, hint, _ in scores])
        ),
        channels=none,
        languages=none,
    )


def test_the_step_that_decides_how_the_whole_was_is_its_driver(
    rng: np.random.Generator,
) -> None:
    log = log_of(HELPED)
    look, pay = rng.integers(1, 6, (2, 200)).astype(float)
    whole = np.clip(np.minimum(pay, 3) + 1 + rng.integers(0, 2, 200), 1, 5)
    told = [
        row
        for case in range(200)
        for row in (
            (case, "look", look[case]),
            (case, "pay", pay[case]),
            (case, "", whole[case]),
        )
    ]
    evidence = measure_map(plan(), log, feedback=answers(log, told))
    pays = fact(evidence, "step:pay", "driver", "overall score")
    looks = fact(evidence, "step:look", "driver", "overall score")
    assert pays.value is not None
    assert looks.value is not None
    assert pays.value > 0.5
    assert looks.value < 0.05
    assert pays.source == "feedback, all steps together (LMG)"
    penalty = fact(evidence, "step:pay", "penalty", "overall score")
    reward = fact(evidence, "step:pay", "reward", "overall score")
    assert penalty.high is not None
    assert penalty.high < -1
    assert reward.low is not None
    assert reward.high is not None
    assert reward.low < 0 < reward.high
