"""Expected, delivered and promised, counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from tests.evidence.answers import answers

from desirepath.events.feedback.answers import Asked
from desirepath.events.feedback.columns import words_of
from desirepath.events.feedback.scales import SCALES
from desirepath.events.sequences import Sequences
from desirepath.evidence.measure import measure_map
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.claims import Claim, OrderClaim, TimeClaim
from desirepath.maps.model import Goal, JourneyMap, Statement

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]
START_US = 1_704_067_200_000_000
HOPED = Asked("What did you expect?", SCALES["csat-5"], "expectation")
FOUND = Asked("How was it?", SCALES["csat-5"], "score")
WOULD = Asked("Would you recommend us?", SCALES["nps"], "score")


def test_who_gave_both_is_compared_with_themselves(log: Log, plan: Plan) -> None:
    cases = log(*["look:0"] * 12)
    hoped, found = [4, 5, 3, 4, 5, 5, 4, 3, 5, 4, 4], [3, 3, 3, 4, 2, 4, 4, 2, 3, 4, 1]
    who = list(range(1, 12))
    feedback = answers([*who, *who, 12], [HOPED] * 11 + [FOUND] * 12, [*hoped, *found, 5])  # fmt: skip
    evidence = measure_map(plan("look"), cases, feedback=feedback)
    gap = evidence.find("step:look", "expectation_gap")
    assert gap is not None
    assert (gap.target, gap.n, gap.unit, gap.source) == ("paired", 11, "emotion", "feedback")  # fmt: skip
    assert gap.value == pytest.approx(np.mean(np.array(found) - hoped))
    delivery = evidence.find("step:look", "delivery")
    expectation = evidence.find("step:look", "expectation")
    assert delivery is not None
    assert expectation is not None
    assert delivery.value == pytest.approx(np.mean([*found, 5]) - 3)
    assert expectation.value == pytest.approx(np.mean(hoped) - 3)
    assert {"map", "stage:1", "step:look"} == {
        fact.subject for fact in evidence.select(measure="expectation_gap")
    }


def test_two_groups_are_compared_after_welch(log: Log, plan: Plan) -> None:
    cases = log(*["look:0"] * 20)
    hoped, found = [5, 4, 4, 5, 3, 5, 4, 4], [2, 3, 4, 1, 2, 3, 5, 2, 3, 2, 1, 3]
    feedback = answers(range(1, 21), [HOPED] * 8 + [FOUND] * 12, [*hoped, *found])
    gap = measure_map(plan("look"), cases, feedback=feedback).find(
        "step:look", "expectation_gap"
    )
    assert gap is not None
    truth = stats.ttest_ind(found, hoped, equal_var=False).confidence_interval()
    assert gap.target == "unpaired"
    assert (gap.low, gap.high) == pytest.approx((truth.low, truth.high))
    assert gap.n == 8


def test_expectations_are_not_compared_with_another_scale(log: Log, plan: Plan) -> None:
    cases = log("look:0", "look:0", "look:0")
    feedback = answers([1, 2, 1, 2, 3], [HOPED, HOPED, FOUND, FOUND, WOULD], [5, 4, 3, 4, 10])  # fmt: skip
    delivery = measure_map(plan("look"), cases, feedback=feedback).find(
        "step:look", "delivery"
    )
    assert delivery is not None
    assert (delivery.value, delivery.n) == (0.5, 2)


def test_without_expectations_there_is_no_gap(log: Log, plan: Plan) -> None:
    feedback = answers([1, 2], [FOUND, FOUND], [5, 4])
    evidence = measure_map(plan("look"), log("look", "look"), feedback=feedback)
    assert list(evidence.select(measure="delivery")) == []


def test_touchpoints_have_the_answers_that_name_them(log: Log, plan: Plan) -> None:
    cases = log(*["look:0 pay:5"] * 6)
    feedback = answers(
        [1, 2, 3, 1, 2, 3], [HOPED] * 3 + [FOUND] * 3, [5, 4, 5, 3, 4, 3]
    )
    feedback = replace(feedback, hints=words_of(["The till"] * 6))
    journey = plan("look pay")
    steps = tuple(
        step.model_copy(update={"touchpoints": ("till", "app")})
        for step in journey.steps()
    )
    stages = (journey.stages[0].model_copy(update={"steps": steps}),)
    touchpoints = (Touchpoint(id="till", name="The till"), Touchpoint(id="app", name="App"))  # fmt: skip
    journey = journey.model_copy(update={"stages": stages, "touchpoints": touchpoints})
    evidence = measure_map(journey, cases, feedback=feedback)
    found = [
        (fact.subject, fact.measure, round(fact.value or 0, 2))
        for fact in evidence.facts
        if fact.subject.startswith("touchpoint:")
    ]
    assert found == [
        ("touchpoint:till", "expectation", 1.67),
        ("touchpoint:till", "delivery", 0.33),
        ("touchpoint:till", "expectation_gap", -1.33),
    ]


def promise(claim: Claim, lane: str = "promise") -> Statement:
    return Statement(id="p", lane=lane, text="It comes soon", claim=claim)


WITHIN_10_S = Claim(time=TimeClaim(to="come", typical_at_most="10s"))


def test_a_promise_of_a_time_is_kept_in_the_cases_that_got_there_in_time(
    log: Log, plan: Plan
) -> None:
    cases = log(
        "ask:0 come:5",
        "ask:0 come:10",
        "ask:0 come:11",
        "ask:0",  # never came: broken
        "ask:0 cancel:2",  # cancelled: not asked
        "ask:0 cancel:2 come:4",  # came all the same
        "ask:95",  # not due before the end of the log
        end_s=100,
    )
    journey = plan("ask come", claims={"ask": [promise(WITHIN_10_S)]})
    journey = journey.model_copy(update={"goal": Goal(text="I have it", success="come", failure="cancel")})  # fmt: skip
    fact = measure_map(journey, cases).find("step:ask", "promise_kept")
    assert fact is not None
    assert (fact.hits, fact.cases, fact.unit, fact.target) == (3, 5, "share", "p")
    there = measure_map(journey, cases).find("step:ask", "promise_reached")
    assert there is not None
    assert (there.hits, there.cases) == (4, 5)


def test_who_had_it_before_the_promise_is_not_asked(log: Log, plan: Plan) -> None:
    cases = log(
        "ask:0 come:5",
        "ask:0",  # never came: broken
        "come:0 ask:5",  # had it: nothing was left to keep
        "come:0 ask:5 come:7",  # had it, and got it once more: no more asked than the one above
        "come:95 ask:96",  # not due before the end of the log
        end_s=100,
    )
    journey = plan("ask come", claims={"ask": [promise(WITHIN_10_S)]})
    evidence = measure_map(journey, cases)
    found = {
        measure: (fact.hits, fact.cases)
        for measure in ("promise_kept", "promise_reached", "promise_before")
        if (fact := evidence.find("step:ask", measure, target="p"))
    }
    assert found == {
        "promise_kept": (1, 2),
        "promise_reached": (1, 2),
        "promise_before": (2, 4),
    }


def test_a_promise_of_a_moment_is_kept_in_the_cases_that_were_done_before(
    log: Log, plan: Plan
) -> None:
    cases = log(
        "buy:0 come:5 due:9",
        "buy:0 due:9 come:12",
        "buy:0 due:9",
        "buy:0 come:5 due:500",  # the moment has not come yet
        end_s=1000,
    )
    claim = Claim(order=OrderClaim(after="come"))
    journey = plan("buy come due", claims={"due": [promise(claim, "expectations")]})
    fact = measure_map(journey, cases).find("step:due", "promise_kept")
    assert fact is not None
    assert (fact.hits, fact.cases) == (1, 3)


def test_a_claim_in_another_lane_is_no_promise(log: Log, plan: Plan) -> None:
    journey = plan("ask come", claims={"ask": [promise(WITHIN_10_S, "pains")]})
    evidence = measure_map(journey, log("ask:0 come:5"))
    assert list(evidence.select(measure="promise_kept")) == []
