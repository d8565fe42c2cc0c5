"""Changes of channel, from facts written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.analyze.facts_by_hand import evidence, only, share

from desirepath.analyze.channel_switches import channel_transitions
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Fact
from desirepath.maps.model import JourneyMap

Log = Callable[..., Sequences]


def rank(measure: str, value: float, n: int, target: str) -> Fact:
    spread = 12**-0.5  # of places between 0 and 1
    return Fact(
        "step:pay", measure, value, "share", n, None, None, target=target, spread=spread
    )


def test_a_change_of_channel_that_costs_is_told(shop: JourneyMap) -> None:
    target = "switch:web>phone"
    facts = evidence(
        share("step:pay", "has", 100, 400, target),
        share("step:pay", "goal_if", 20, 100, target),
        share("step:pay", "goal_else", 200, 300, target),
        Fact(
            "step:pay",
            "time",
            600.0,
            "s",
            100,
            500.0,
            700.0,
            target=f"wait_if:{target}",
        ),
        Fact(
            "step:pay", "time", 60.0, "s", 300, 50.0, 70.0, target=f"wait_else:{target}"
        ),
        rank("wait_rank_if", 0.7, 100, target),
        rank("wait_rank_else", 0.43, 300, target),
    )
    section = channel_transitions(shop, facts)
    assert only(section, "A401").words == (
        "At “Pay”, 25 % change from web to phone; 20 % of them reach the goal, "
        "against 67 % of those who stay (-47 points)."
    )
    wait = only(section, "A403")
    assert wait.value == 540.0
    assert wait.severity == pytest.approx(0.09)
    assert (wait.p or 0.0) < 1e-10


def test_typical_waits_that_differ_by_chance_prove_nothing(shop: JourneyMap) -> None:
    # the intervals of the medians are narrow, because a few waits of seconds decide them
    target = "switch:web>phone"
    facts = evidence(
        share("step:pay", "has", 100, 400, target),
        Fact("step:pay", "time", 60.0, "s", 100, 59.0, 61.0, target=f"wait_if:{target}"),
        Fact("step:pay", "time", 1.0, "s", 300, 1.0, 1.0, target=f"wait_else:{target}"),
        rank("wait_rank_if", 0.52, 100, target),
        rank("wait_rank_else", 0.49, 300, target),
    )  # fmt: skip
    assert (only(channel_transitions(shop, facts), "A403").p or 0.0) > 0.3
