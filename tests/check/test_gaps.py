"""What the map misses and what nobody does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desirepath.check.gaps import MAX_GAPS, dead_steps, missing_from
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.measure import measure_map
from desirepath.maps.model import JourneyMap

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]


def fact(
    measure: str,
    target: str,
    value: float,
    low: float | None,
    hits: int,
    subject: str = "map",
) -> Fact:
    high = None if low is None else 2 * value - low
    return Fact(subject, measure, value, "share", 1_000, low, high, hits, 1_000, target)


def evidence_of(*facts: Fact) -> Evidence:
    return Evidence("shop", facts, 1_000, 5_000, 1_000, "", "")


def test_what_many_do_and_goes_with_the_goal_comes_first(plan: Plan) -> None:
    evidence = evidence_of(
        fact("elsewhere", "reads", 0.5, 0.45, 500),
        fact("goal_difference", "reads", 0.0, -0.05, 10),
        fact("elsewhere", "fails", 0.1, 0.08, 100),
        fact("goal_difference", "fails", -0.4, -0.5, 10),
        fact("elsewhere", "asks", 0.2, 0.18, 200),
        fact("channel_elsewhere", "phone", 0.3, 0.25, 300),
        fact("move_elsewhere", "look", 0.3, 0.25, 300, "transition:pay>look"),
    )
    found = missing_from(plan("look pay"), evidence)
    rows = [(gap.kind, gap.name, gap.cases, gap.after) for gap in found]
    assert rows == [
        ("activity", "fails", 100, ""),
        ("activity", "reads", 500, ""),
        ("move", "Pay > Look", 300, "pay"),
        ("channel", "phone", 300, ""),
        ("activity", "asks", 200, ""),
    ]
    assert (found[0].goal_difference, found[0].goal_low, found[0].goal_high) == (
        -0.4,
        -0.5,
        2 * -0.4 + 0.5,
    )
    assert found[4].goal_difference is None


def test_a_theme_weighs_by_those_who_wrote_of_it(plan: Plan) -> None:
    evidence = evidence_of(
        fact("elsewhere", "reads", 0.3, 0.25, 300),
        fact("goal_difference", "reads", -0.05, -0.1, 10),
        # of the few who write, many
        fact("mentions", "price", 0.6, 0.5, 30),
        fact("mentions", "kept_promise", 0.9, 0.8, 45),
        fact("move_elsewhere", "look", 0.3, 0.25, 300, "transition:pay>look"),
    )
    found = missing_from(plan("look pay"), evidence)
    assert [gap.name for gap in found] == [
        "reads",
        "price",  # a complaint of 30 of 1,000, a quarter of a customer lost each
        "Pay > Look",
        "kept_promise",
    ]


def test_a_theme_is_named_once_however_many_windows_were_measured(plan: Plan) -> None:
    whole = fact("mentions", "waiting", 0.3, 0.25, 300)
    part = replace(
        fact("mentions", "waiting", 0.4, 0.35, 150),
        window_from="2024-04-01",
        window_to="2024-06-30",
    )
    found = missing_from(plan("look pay"), evidence_of(whole, part))
    assert [(gap.name, gap.cases) for gap in found] == [("waiting", 300)]


def test_what_may_be_done_by_fewer_than_two_in_a_hundred_is_no_gap(plan: Plan) -> None:
    evidence = evidence_of(
        fact("elsewhere", "just", 0.03, 0.02, 30),
        fact("elsewhere", "rare", 0.03, 0.019, 30),
        fact("elsewhere", "unsure", 0.5, None, 1),
        fact("channel_elsewhere", "fax", 0.03, 0.019, 30),
        fact("move_elsewhere", "look", 0.03, 0.019, 30, "transition:pay>look"),
    )
    assert [gap.name for gap in missing_from(plan("look pay"), evidence)] == ["just"]


def test_at_most_thirty_gaps_are_named(plan: Plan) -> None:
    facts = [fact("elsewhere", f"x{i}", 0.5, 0.4, i) for i in range(40)]
    found = missing_from(plan("look"), evidence_of(*facts))
    assert len(found) == MAX_GAPS
    assert found[0].name == "x39"


def test_a_step_is_dead_when_surely_fewer_than_one_in_a_hundred_do_it(
    log: Log, plan: Plan
) -> None:
    shop = log(*["look"] * 999, "look pay")
    journey = plan("look pay dream think=")
    evidence = measure_map(journey, shop)
    dead = dead_steps(journey, evidence)
    assert [(step, cases) for step, cases, _ in dead] == [("pay", 1), ("dream", 0)]
    assert all(high < 0.01 for _, _, high in dead)
    # 50 cases do not show that nobody does it
    few = measure_map(journey, log(*["look"] * 50))
    assert dead_steps(journey, few) == ()


def test_windows_do_not_name_a_gap_twice(log: Log, plan: Plan) -> None:
    day = 86_400
    shop = log(*(f"look:{start * day} pay look x" for start in range(60)))
    journey = plan("look pay")
    evidence = measure_map(journey, shop, every="month")
    found = missing_from(journey, evidence)
    assert sorted((gap.name, gap.cases) for gap in found) == [
        ("Pay > Look", 60),
        ("x", 60),
    ]
