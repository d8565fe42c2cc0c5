"""Promise, expectation and delivery of touchpoints, counted by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from tests.evidence.answers import answers

from desirepath.events.feedback.answers import Asked
from desirepath.events.feedback.scales import SCALES
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence
from desirepath.evidence.measure import measure_map
from desirepath.evidence.touchpoints import touchpoint_numbers
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.claims import (
    Claim,
    GoalClaim,
    OrderClaim,
    ScoreClaim,
    ShareClaim,
    TimeClaim,
)
from desirepath.maps.entry import Entry
from desirepath.maps.model import Goal, JourneyMap

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]
START_US = 1_704_067_200_000_000
HOPED = Asked("What did you expect?", SCALES["csat-5"], "expectation")
FOUND = Asked("How was it?", SCALES["csat-5"], "score")
WITHIN_10_S = Claim(time=TimeClaim(to="come", typical_at_most="10s"))


def shop(
    plan: Plan, stage: str, uses: Sequence[str], *touchpoints: Touchpoint
) -> JourneyMap:
    """Map of one stage whose steps use touchpoints: ``"web phone"`` for two of them."""
    journey = plan(stage)
    steps = tuple(
        step.model_copy(update={"touchpoints": tuple(used.split())})
        for step, used in zip(journey.steps(), uses, strict=True)
    )
    stages = (journey.stages[0].model_copy(update={"steps": steps}),)
    return journey.model_copy(update={"stages": stages, "touchpoints": touchpoints})


def desk(claim: Claim | None, channel: str | None = None) -> Touchpoint:
    promise = Entry(text="It comes soon", claim=claim)
    return Touchpoint(id="desk", name="The desk", channel=channel, promise=promise)


def counts(evidence: Evidence, measure: str) -> tuple[int, int] | None:
    fact = evidence.find("touchpoint:desk", measure)
    return (fact.hits, fact.cases) if fact else None


def test_a_promise_of_a_time_counts_from_the_first_event_at_the_touchpoint(
    log: Log, plan: Plan
) -> None:
    cases = log(
        "ask:0 come:5",
        "look:0 ask:8 come:17",  # late by the first event at the desk: kept from "ask" on only
        "ask:0 come:11",
        "ask:0",
        "come:0 ask:1",  # had it before
        "other:0 come:1",  # never at the desk
        end_s=100,
    )
    journey = shop(plan, "look ask come other", ["", "desk", "", ""], desk(WITHIN_10_S))
    evidence = measure_map(journey, cases)
    assert counts(evidence, "promise_made") == (5, 6)
    assert counts(evidence, "promise_kept") == (2, 4)
    assert counts(evidence, "promise_before") == (1, 5)
    both = shop(
        plan, "look ask come other", ["desk", "desk", "", ""], desk(WITHIN_10_S)
    )
    assert counts(measure_map(both, cases), "promise_kept") == (1, 4)


def test_of_several_touchpoints_of_a_step_the_channel_tells(
    log: Log, plan: Plan
) -> None:
    cases = log("ask@phone:0 come:5", "ask@web:0 come:50", "ask@phone:0", end_s=100)
    web = Touchpoint(id="web", name="Web", channel="web")
    uses = ["desk web", ""]
    by_phone = shop(plan, "ask come", uses, desk(WITHIN_10_S, "Phone"), web)
    evidence = measure_map(by_phone, cases)
    assert counts(evidence, "promise_made") == (2, 3)
    assert counts(evidence, "promise_kept") == (1, 2)
    for channel in (None, "web"):  # no channel, or that of the other one
        same = shop(plan, "ask come", uses, desk(WITHIN_10_S, channel), web)
        assert counts(measure_map(same, cases), "promise_made") is None
        assert counts(measure_map(same, cases), "promise_kept") is None


@pytest.mark.parametrize(
    ("claim", "kept"),
    [
        (Claim(share=ShareClaim(activity="empty", at_most="5%")), (2, 3)),
        (Claim(share=ShareClaim(activity="empty", at_least="5%")), (1, 2)),
        (Claim(goal=GoalClaim(at_least="50%")), (1, 3)),
        (Claim(order=OrderClaim(after="empty")), (0, 2)),
    ],
    ids=["shown not", "shown", "goal", "moment"],
)
def test_other_promises_are_kept_case_by_case(
    log: Log, plan: Plan, claim: Claim, kept: tuple[int, int]
) -> None:
    cases = log(
        "ask:0 empty:5 other:20",
        "ask:0 buy:5",
        "ask:0 cancel:5",  # a failure: nothing was left to show
        "ask:99999",  # may still go on
        end_s=100_000,
    )
    journey = shop(plan, "ask empty other", ["desk", "", ""], desk(claim))
    journey = journey.model_copy(update={"goal": Goal(text="Mine", success="buy", failure="cancel")})  # fmt: skip
    assert counts(measure_map(journey, cases), "promise_kept") == kept


def test_three_numbers_stand_side_by_side(log: Log, plan: Plan) -> None:
    cases = log(*["ask:0 come:5"] * 12, *["ask:0"] * 3, end_s=100)
    journey = shop(plan, "ask come", ["desk", ""], desk(WITHIN_10_S))
    who = list(range(1, 13))
    feedback = answers(
        [*who, *who], [HOPED] * 12 + [FOUND] * 12, [5] * 12 + [3, 4] * 6, "The desk"
    )
    evidence = measure_map(journey, cases, feedback=feedback)
    (one,) = touchpoint_numbers(journey, evidence)
    assert (one.ref, one.name, one.promise) == ("touchpoint:desk", "The desk", "It comes soon")  # fmt: skip
    numbers = (one.made, one.kept, one.expected, one.delivered, one.gap)
    assert [round(fact.value or 0, 2) if fact else None for fact in numbers] == [
        1.0,
        0.8,
        2.0,
        0.5,
        -1.5,
    ]
    assert [fact.n if fact else None for fact in numbers] == [15, 15, 12, 12, 12]
    assert all(fact and fact.low is not None for fact in numbers)


def test_what_was_delivered_is_told_where_nobody_was_asked_what_they_expected(
    log: Log, plan: Plan
) -> None:
    cases = log(*["ask:0 come:5"] * 3, end_s=100)
    plain = Touchpoint(id="desk", name="The desk", promise="It comes soon")
    journey = shop(plan, "ask come", ["desk", ""], plain)
    (nobody,) = touchpoint_numbers(journey, measure_map(journey, cases))
    assert not nobody.is_asked
    assert nobody.made is not None
    assert nobody.kept is None
    feedback = answers([1, 2, 3], [FOUND] * 3, [3, 4, 5], "The desk")
    evidence = measure_map(journey, cases, feedback=feedback)
    (one,) = touchpoint_numbers(journey, evidence)
    assert (one.expected, one.gap) == (None, None)
    assert one.delivered is not None
    assert (one.delivered.value, one.delivered.n) == (1.0, 3)


def test_a_promise_of_a_score_is_measured_by_answers_about_the_touchpoint(
    log: Log, plan: Plan
) -> None:
    cases = log(*["ask:0 come:5"] * 12, end_s=100)
    claim = Claim(score=ScoreClaim(measure="csat", at_least=4))
    journey = shop(plan, "ask come", ["desk", ""], desk(claim))
    feedback = answers(range(1, 13), [FOUND] * 12, [3, 4] * 6, "The desk")
    evidence = measure_map(journey, cases, feedback=feedback)
    fact = evidence.find("touchpoint:desk", "score", target="csat")
    assert fact is not None
    assert (fact.value, fact.n) == (3.5, 12)
