"""Measures: ten cases, counted by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.measure import measure_map
from desirepath.maps.claims import (
    ChannelClaim,
    Claim,
    EffectClaim,
    GoalClaim,
    NextClaim,
    OrderClaim,
    ReachClaim,
    ScoreClaim,
    ShareClaim,
    TimeClaim,
)
from desirepath.maps.model import JourneyMap
from desirepath.stats.intervals import newcombe_difference, wilson

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]

# search, basket, pay; six pay; two search again; one pays before the basket; one only reads
TEN = (
    "search@web basket pay",
    "search@web basket pay",
    "search@web basket search@app basket pay",
    "search@web error search@web basket pay",
    "search@app pay basket",
    "search@app basket read pay",
    "search@app basket error",
    "search@web basket",
    "search@web",
    "read",
)


@pytest.fixture
def ten(log: Log) -> Sequences:
    return log(*TEN)


@pytest.fixture
def shop(plan: Plan) -> JourneyMap:
    return plan("search", "basket pay", goal="pay")


def fact(
    evidence: Evidence, subject: str, measure: str, target: str | None = None
) -> Fact:
    found = evidence.find(subject, measure, target=target)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("subject", "measure", "target", "hits", "cases"),
    [
        ("map", "goal", "", 6, 10),
        ("stage:1", "reach", "", 9, 10),
        ("stage:1", "goal", "", 6, 9),
        ("stage:1", "drop_off", "", 1, 9),
        ("stage:2", "reach", "", 8, 10),
        ("stage:2", "goal", "", 6, 8),
        ("step:search", "reach", "", 9, 10),
        ("step:search", "goal", "", 6, 9),
        ("step:search", "drop_off", "", 1, 9),
        ("step:search", "repeat", "", 1, 9),
        ("step:search", "channel", "web", 6, 9),
        ("step:search", "channel", "app", 4, 9),
        ("step:basket", "reach", "", 8, 10),
        ("step:basket", "drop_off", "", 2, 8),
        ("step:basket", "repeat", "", 1, 8),
        ("step:pay", "reach", "", 6, 10),
        ("transition:search>basket", "order", "search", 8, 8),
        ("transition:basket>pay", "order", "basket", 5, 6),
        # 9 moves leave search: 8 to the basket, 1 to paying
        ("transition:search>basket", "next", "basket", 8, 9),
        ("transition:search>pay", "next", "pay", 1, 9),
        # 6 moves leave the basket: 5 to paying, 1 back
        ("transition:basket>pay", "next", "pay", 5, 6),
        ("transition:basket>search", "next", "search", 1, 6),
        ("transition:search>pay", "move_elsewhere", "pay", 1, 10),
        ("transition:basket>search", "move_elsewhere", "search", 1, 10),
        ("transition:pay>basket", "move_elsewhere", "basket", 1, 10),
        ("map", "elsewhere", "error", 2, 10),
        ("map", "elsewhere", "read", 2, 10),
    ],
)
def test_shares_are_counted_as_by_hand(
    ten: Sequences,
    shop: JourneyMap,
    subject: str,
    measure: str,
    target: str,
    hits: int,
    cases: int,
) -> None:
    found = fact(measure_map(shop, ten), subject, measure, target)
    assert (found.hits, found.cases, found.unit) == (hits, cases, "share")
    assert found.value == pytest.approx(hits / cases)


def test_one_case_one_customer_gives_wilsons_interval(
    ten: Sequences, shop: JourneyMap
) -> None:
    found = fact(measure_map(shop, ten), "map", "goal")
    interval = wilson(6, 10)
    assert found.n == 10
    assert (found.low, found.high) == (float(interval.low), float(interval.high))


def test_what_the_whole_says(ten: Sequences, shop: JourneyMap) -> None:
    evidence = measure_map(shop, ten)
    assert (evidence.map_id, evidence.cases, evidence.events) == ("shop", 10, 30)
    assert (evidence.customers, evidence.open_cases) == (10, 0)
    assert (evidence.window_from, evidence.window_to) == ("2024-01-01", "2024-01-01")
    assert evidence.unbound_steps == ()
    assert evidence.sources == {"files": "by hand"}
    # along: 2; a return each 0.25/3: 1; elsewhere 1/4: 2; early 1/3; 2/4; 1/3; 2/3; 4/4
    assert evidence.deviation_median == pytest.approx(
        np.median([0, 0, 0.5 / 3, 1 / 4, 1 / 3, 1 / 4, 2 / 4, 1 / 3, 2 / 3, 1])
    )


def test_steps_without_events_are_named_and_not_measured(log: Log, plan: Plan) -> None:
    evidence = measure_map(plan("look think= dream"), log("look"))
    assert evidence.unbound_steps == ("think", "dream")
    assert evidence.find("step:think", "reach") is None
    assert fact(evidence, "step:dream", "reach").hits == 0
    assert evidence.find("step:dream", "goal") is None
    # nobody has both, and that is said
    assert fact(evidence, "transition:look>dream", "order").value is None


def test_a_stage_of_which_nothing_is_known_is_left_out(log: Log, plan: Plan) -> None:
    evidence = measure_map(plan("look", "think="), log("look"))
    assert {one.subject for one in evidence.facts} == {
        "stage:1",
        "step:look",
        "map",
    }


def test_a_goal_without_events_is_not_measured(log: Log, plan: Plan) -> None:
    evidence = measure_map(plan("look buy", goal="never"), log("look buy", "look"))
    assert not list(evidence.select(measure="goal"))
    assert fact(evidence, "step:look", "drop_off").hits == 1


def test_a_skipped_step_is_not_a_lost_customer(log: Log, plan: Plan) -> None:
    shop = log("look buy", "look pay", "look")
    evidence = measure_map(plan("look buy pay"), shop)
    assert fact(evidence, "step:look", "drop_off").hits == 1
    assert fact(evidence, "step:buy", "drop_off").hits == 1


def test_who_reached_the_goal_did_not_drop_off(log: Log, plan: Plan) -> None:
    evidence = measure_map(plan("look buy", goal="call"), log("look call", "look"))
    assert fact(evidence, "step:look", "drop_off").hits == 1


def test_open_cases_have_not_dropped_off(log: Log, plan: Plan) -> None:
    shop = log("look:0 buy:60", "look:0", "look:950", end_s=1000)
    evidence = measure_map(plan("look buy"), shop)
    found = fact(evidence, "step:look", "drop_off")
    assert (found.hits, found.cases, evidence.open_cases) == (1, 2, 1)


def test_a_map_that_begins_in_the_middle_counts_returns(log: Log, plan: Plan) -> None:
    evidence = measure_map(plan("look buy"), log("x look x look", "look buy look"))
    assert fact(evidence, "step:look", "repeat").hits == 1


def test_the_time_is_that_of_those_who_get_there(log: Log, plan: Plan) -> None:
    cases = [f"look:0 buy:{wait}" for wait in (10, 20, 30, 40, 50, 60, 70, 80)]
    # some are still under way and one left for good: neither has a time
    for others in ([], ["look:955", "look:0"]):
        shop = log(*cases, *others, end_s=1000)
        found = fact(measure_map(plan("look buy"), shop), "transition:look>buy", "time")
        assert (found.hits, found.cases, found.n, found.unit) == (8, 8, 8, "s")
        assert found.value == 40


def test_slow_customers_who_started_late_are_made_up_for(log: Log, plan: Plan) -> None:
    # half are slow, but only those who started early enough have been seen to arrive
    early = ["look:0 buy:10", "look:0 buy:500"] * 5
    late = ["look:600 buy:610"] * 5 + ["look:600"] * 5
    shop = log(*early, *late, end_s=1000)
    claim = Claim(time=TimeClaim(to="buy", typical_at_most="60s"))
    journey = plan("look buy", claims={"look": [claim]})
    within = fact(measure_map(journey, shop), "statement:look-1", "time_within")
    assert within.value == pytest.approx(0.5)
    assert (within.hits, within.cases) == (10, 15)


def test_a_time_longer_than_anybody_was_followed_cannot_be_told(
    log: Log, plan: Plan
) -> None:
    shop = log(*["look:0 buy:60"] * 20, end_s=100)
    claims = [
        Claim(time=TimeClaim(to="buy", typical_at_most=limit))
        for limit in ("99s", "2h")
    ]
    evidence = measure_map(plan("look buy", claims={"look": claims}), shop)
    assert fact(evidence, "statement:look-1", "time_within").value == 1
    late = fact(evidence, "statement:look-2", "time_within")
    assert (late.value, late.low, late.high) == (None, 0, 1)


def test_a_time_nobody_was_seen_to_take_cannot_be_told(log: Log, plan: Plan) -> None:
    shop = log("look", "buy look", customers=[1, 1])
    found = fact(measure_map(plan("look buy"), shop), "transition:look>buy", "time")
    assert (found.value, found.low, found.high) == (None, 0, None)
    assert (found.n, found.cases) == (0, 0)


def test_time_runs_from_the_first_step_to_the_first_target_after_it(
    log: Log, plan: Plan
) -> None:
    shop = log("buy:0 look:10 look:20 buy:40 buy:90")
    evidence = measure_map(plan("look buy"), shop)
    assert fact(evidence, "transition:look>buy", "time", "buy").value == 30


def test_time_to_the_goal_runs_from_the_first_event(log: Log, plan: Plan) -> None:
    evidence = measure_map(plan("look", goal="pay"), log("read:0 look:10 pay:25"))
    assert fact(evidence, "map", "time", "goal").value == 25


def test_without_times_there_are_no_times(log: Log, plan: Plan) -> None:
    time = Claim(time=TimeClaim(to="buy", typical_at_most="2d"))
    shop = log(*TEN, has_times=False)
    evidence = measure_map(
        plan("search", "basket pay", goal="pay", claims={"search": [time]}), shop
    )
    assert not list(evidence.select(measure="time"))
    assert not list(evidence.select(measure="time_within"))
    assert (evidence.window_from, evidence.window_to) == ("", "")
    assert fact(evidence, "map", "goal").hits == 6
    assert evidence.open_cases == 0


ASKED = (
    (Claim(reach=ReachClaim(at_least="1%")), "reach", "", 8, 10),
    (Claim(goal=GoalClaim(at_least="1%")), "goal", "", 6, 8),
    (Claim(order=OrderClaim(after="pay")), "order", "pay", 1, 6),
    (Claim(next=NextClaim(step="pay", at_least="1%")), "next", "pay", 5, 6),
    (Claim(share=ShareClaim(activity="e*", at_least="1%")), "share", "e*", 2, 8),
    (Claim(share=ShareClaim(activity="*", channel="app", at_least="1%")), "share", "*", 4, 8),
    (Claim(channel=ChannelClaim(channel="web", at_least="1%")), "channel", "web", 0, 8),
)  # fmt: skip


@pytest.mark.parametrize(("claim", "measure", "target", "hits", "cases"), ASKED)
def test_what_a_claim_asks_is_counted_at_its_step(
    ten: Sequences,
    plan: Plan,
    claim: Claim,
    measure: str,
    target: str,
    hits: int,
    cases: int,
) -> None:
    journey = plan("search", "basket pay", goal="pay", claims={"basket": [claim]})
    found = fact(measure_map(journey, ten), "statement:basket-1", measure, target)
    assert (found.hits, found.cases) == (hits, cases)


def test_a_claim_of_a_stage_is_about_who_reaches_any_of_its_steps(
    ten: Sequences, plan: Plan
) -> None:
    claims = {
        "stage:1": [
            Claim(share=ShareClaim(activity="error", at_least="1%")),
            Claim(channel=ChannelClaim(channel="web", at_least="1%")),
            Claim(order=OrderClaim(after="pay")),
            Claim(next=NextClaim(step="pay", at_least="1%")),
        ],
        "map": [
            Claim(share=ShareClaim(activity="error", at_least="1%")),
            Claim(reach=ReachClaim(at_least="1%")),
        ],
    }
    evidence = measure_map(plan("search basket", "pay", claims=claims), ten)
    assert fact(evidence, "statement:stage-1-1", "share").cases == 9
    assert fact(evidence, "statement:stage-1-2", "channel").hits == 6
    # order and moves are about one step
    assert evidence.find("statement:stage-1-3", "order") is None
    assert evidence.find("statement:stage-1-4", "next") is None
    assert fact(evidence, "statement:map-1", "share").cases == 10
    assert fact(evidence, "statement:map-2", "reach").hits == 10


def test_a_claim_of_a_stage_with_one_step_is_about_that_step(
    ten: Sequences, plan: Plan
) -> None:
    claims = {"stage:2": [Claim(order=OrderClaim(after="basket"))]}
    evidence = measure_map(plan("search basket", "pay", claims=claims), ten)
    assert fact(evidence, "statement:stage-2-1", "order", "basket").hits == 5


@pytest.mark.parametrize(
    "claim",
    [
        Claim(order=OrderClaim(after="moon")),
        Claim(next=NextClaim(step="moon", at_least="1%")),
        Claim(time=TimeClaim(to="moon", typical_at_most="2d")),
        Claim(score=ScoreClaim(at_least=1)),
        Claim(effect=EffectClaim(goal="more")),
    ],
)
def test_what_events_cannot_answer_is_not_asked(
    ten: Sequences, plan: Plan, claim: Claim
) -> None:
    journey = plan("search basket pay", claims={"basket": [claim]})
    assert not list(measure_map(journey, ten).select("statement:basket-1"))


def test_a_claim_where_nothing_is_bound_is_not_asked(
    ten: Sequences, plan: Plan
) -> None:
    reach = Claim(reach=ReachClaim(at_least="1%"))
    journey = plan("search think=", claims={"think": [reach]})
    assert not list(measure_map(journey, ten).select("statement:think-1"))


def test_channels_are_not_asked_where_none_is_known(log: Log, plan: Plan) -> None:
    claim = Claim(channel=ChannelClaim(channel="web", at_least="1%"))
    journey = plan("look", claims={"look": [claim]})
    assert measure_map(journey, log("look")).find("statement:look-1", "channel") is None


def test_a_goal_claim_is_answered_once(ten: Sequences, plan: Plan) -> None:
    claim = Claim(goal=GoalClaim(at_least="50%"))
    evidence = measure_map(plan("search", goal="pay", goal_claim=claim), ten)
    assert len(list(evidence.select("map", "goal"))) == 1
    other = Claim(share=ShareClaim(activity="error", at_least="50%"))
    evidence = measure_map(plan("search", goal="pay", goal_claim=other), ten)
    assert fact(evidence, "map", "share", "error").hits == 2


@pytest.mark.parametrize(
    ("limit", "measure", "value", "within"),
    [
        ({"typical_at_most": "30s"}, "time", 40, 0.3),
        ({"typical_at_least": "80s"}, "time", 40, 1.0),
        ({"p90_at_most": "45s"}, "time_p90", 80, 0.5),
        ({"p90_at_least": "5s"}, "time_p90", 80, 0.1),
    ],
)
def test_a_claimed_time_gives_the_time_and_the_share_within_it(
    log: Log,
    plan: Plan,
    limit: dict[str, str],
    measure: str,
    value: float,
    within: float,
) -> None:
    waits = [5, 10, 20, 35, 40, 50, 60, 70, 80, 80]
    shop = log(*(f"look:0 reply:{wait}" for wait in waits))
    claim = Claim(time=TimeClaim(to="re*", **limit))
    evidence = measure_map(plan("look", claims={"look": [claim]}), shop)
    typical = fact(evidence, "statement:look-1", measure, "re*")
    assert (typical.value, typical.unit, typical.cases) == (value, "s", 10)
    share = fact(evidence, "statement:look-1", "time_within", "re*")
    assert share.value == pytest.approx(within)
    assert (share.hits, share.n, share.cases) == (round(within * 10), 10, 10)


def test_a_claimed_time_may_run_to_a_step(log: Log, plan: Plan) -> None:
    claim = Claim(time=TimeClaim(to="buy", typical_at_most="30s"))
    journey = plan("look", "buy=pay", claims={"look": [claim], "stage:1": [claim]})
    evidence = measure_map(journey, log("look:0 pay:20", "x pay"))
    assert fact(evidence, "statement:look-1", "time", "buy").value == 20
    assert fact(evidence, "statement:stage-1-1", "time", "buy").value == 20


def test_what_is_elsewhere_says_where_and_how_it_goes_with_the_goal(
    ten: Sequences, shop: JourneyMap
) -> None:
    evidence = measure_map(shop, ten)
    # once after the search, once after the basket: the earlier step is named
    assert fact(evidence, "map", "elsewhere", "error").after == "search"
    difference = fact(evidence, "map", "goal_difference", "error")
    interval = newcombe_difference(1, 2, 5, 8)
    assert difference.value == pytest.approx(1 / 2 - 5 / 8)
    assert (difference.low, difference.high) == (
        float(interval.low),
        float(interval.high),
    )
    assert (difference.hits, difference.cases, difference.n) == (1, 2, 2)


def test_what_mostly_comes_first_comes_after_no_step(log: Log, plan: Plan) -> None:
    shop = log("x look", "x look", "look x")
    assert fact(measure_map(plan("look"), shop), "map", "elsewhere").after == ""


def test_what_everybody_does_has_no_difference(log: Log, plan: Plan) -> None:
    evidence = measure_map(plan("look", goal="pay"), log("look x pay", "look x"))
    found = fact(evidence, "map", "goal_difference", "x")
    assert (found.value, found.low, found.high) == (None, -1.0, 1.0)


def test_what_fewer_than_one_in_a_hundred_do_is_left_out(log: Log, plan: Plan) -> None:
    shop = log("look rare@fax", *["look"] * 100)
    evidence = measure_map(plan("look"), shop)
    assert not list(evidence.select(measure="elsewhere"))
    assert not list(evidence.select(measure="channel_elsewhere"))


def test_a_channel_that_no_step_uses_is_named(log: Log, plan: Plan) -> None:
    shop = log("look@web x@phone", "look@web x@web", "look@app")
    evidence = measure_map(plan("look"), shop)
    found = [one.target for one in evidence.select(measure="channel_elsewhere")]
    assert found == ["phone"]
    assert fact(evidence, "map", "channel_elsewhere", "phone").hits == 1
