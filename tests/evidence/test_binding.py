"""Binding: which events mean which step."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from desirepath.events.sequences import Sequences
from desirepath.evidence.binding import bind, steps_of_events
from desirepath.maps.claims import Claim, ShareClaim, TimeClaim
from desirepath.maps.model import Goal, JourneyMap

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]


def bound(journey_map: JourneyMap, sequences: Sequences) -> list[str]:
    """Step id of each event, "-" for none."""
    binding = bind(journey_map, sequences)
    ids = [*binding.step_ids, "-"]
    return [ids[step] for step in steps_of_events(binding, sequences)]


def test_an_event_means_the_step_whose_pattern_it_matches(log: Log, plan: Plan) -> None:
    shop = log("search_empty look pay", "search other")
    assert bound(plan("find=search*", "look pay"), shop) == [
        "find",
        "look",
        "pay",
        "find",
        "-",
    ]


def test_a_channel_narrows_a_pattern(log: Log, plan: Plan) -> None:
    shop = log("pay@web pay@app pay")
    assert bound(plan("pay=pay@web|pay@phone"), shop) == ["pay", "-", "-"]
    assert bound(plan("pay=pay@*"), shop) == ["pay", "pay", "pay"]


def test_order_decides_where_several_steps_share_an_activity(
    log: Log, plan: Plan
) -> None:
    shop = log("call look call call call", "call look", "look")
    journey = plan("ask=call look remind=call complain=call")
    assert bound(journey, shop) == [
        *("ask", "look", "remind", "complain", "complain"),
        *("ask", "look"),
        "look",
    ]


def test_channels_of_one_activity_are_counted_together(log: Log, plan: Plan) -> None:
    journey = plan("ask=call@phone|call@chat remind=call")
    assert bound(journey, log("call@phone call@chat call@phone")) == [
        "ask",
        "remind",
        "remind",
    ]
    # by mail only the second step is meant
    assert bound(journey, log("call@mail call@phone")) == ["remind", "remind"]


def test_a_step_without_events_is_bound_to_nothing(log: Log, plan: Plan) -> None:
    binding = bind(plan("think= look buy"), log("look"))
    assert binding.is_bound.tolist() == [False, True, False]
    assert not binding.is_goal_known


def test_a_map_without_steps_binds_nothing(log: Log) -> None:
    empty = JourneyMap(id="shop", title="Shop")
    assert bound(empty, log("look pay")) == ["-", "-"]


@pytest.mark.parametrize(
    ("goal", "known"), [("pay", True), (("buy", "p*"), True), ("buy", False)]
)
def test_the_goal_is_known_where_its_events_occur(
    log: Log, plan: Plan, goal: str | tuple[str, ...], *, known: bool
) -> None:
    assert bind(plan("look", goal=goal), log("look pay")).is_goal_known is known


def test_what_the_goal_or_a_claim_names_is_named(log: Log, plan: Plan) -> None:
    share = Claim(share=ShareClaim(activity="err*", at_most="5%"))
    time = Claim(time=TimeClaim(to="reply", typical_at_most="2d"))
    late = Claim(time=TimeClaim(to="late", typical_at_most="2d"))
    journey = plan("look", claims={"look": [share], "stage:1": [time]})
    goal = Goal(text="done", success="pay", failure="leave", claim=late)
    journey = journey.model_copy(update={"goal": goal})
    shop = log("look pay leave error reply late other")
    binding = bind(journey, shop)
    named = {shop.activities[code] for code in np.flatnonzero(binding.named)}
    assert named == {"pay", "leave", "error", "reply", "late"}
