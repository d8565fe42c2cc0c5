"""Alignment: what each case costs, counted by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from desirepath.errors import EvidenceError
from desirepath.events.sequences import Sequences
from desirepath.evidence.align import Alignment, align, open_cases
from desirepath.maps.claims import Claim, ShareClaim
from desirepath.maps.model import JourneyMap

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]


def counts(aligned: Alignment) -> list[tuple[int, ...]]:
    """On, skipped, out of order, repeated and elsewhere of each case."""
    columns = (
        aligned.on,
        aligned.skipped,
        aligned.out_of_order,
        aligned.repeated,
        aligned.elsewhere,
    )
    return [tuple(int(one) for one in row) for row in zip(*columns, strict=True)]


@pytest.mark.parametrize(
    ("case", "expected", "deviation"),
    [
        ("a b c d", (4, 0, 0, 0, 0), 0),
        ("a c d", (3, 1, 0, 0, 0), 1 / 4),
        ("a a b b b c d", (4, 0, 0, 0, 0), 0),
        ("a b a c d", (4, 0, 0, 1, 0), 0.25 / 4),
        ("a b a b a b c d", (4, 0, 0, 4, 0), 1 / 4),
        ("a c b d", (3, 0, 1, 0, 0), 1 / 4),
        ("d c b a", (1, 0, 3, 0, 0), 3 / 4),
        ("b c d a", (3, 0, 1, 0, 0), 1 / 4),
        ("a x b y x c d", (4, 0, 0, 0, 2), 2 / 6),
        ("a x b x@web c d", (4, 0, 0, 0, 1), 1 / 5),
        ("x y", (0, 4, 0, 0, 2), 1),
        ("x", (0, 4, 0, 0, 1), 1),
        ("d", (1, 3, 0, 0, 0), 3 / 4),
        ("a b d c a b c d a b c d", (3, 0, 1, 8, 0), 3 / 4),
    ],
)
def test_what_a_case_costs(
    log: Log,
    plan: Plan,
    case: str,
    expected: tuple[int, ...],
    deviation: float,
) -> None:
    aligned = align(plan("a b", "c d"), log(case, "a b c d x y x@web"))
    assert counts(aligned)[0] == expected
    assert aligned.deviation[0] == pytest.approx(deviation)


def test_a_declared_way_around_a_step_makes_it_optional(log: Log, plan: Plan) -> None:
    shop = log("a c d", "a d", "a b c d")
    journey = plan("a b c d", ways={"a": ["c"]})
    assert align(journey, shop).skipped.tolist() == [0, 1, 0]


def test_returns_within_a_declared_loop_cost_nothing(log: Log, plan: Plan) -> None:
    shop = log("a b c b c d", "a b a b c d")
    journey = plan("a b c d", ways={"c": ["b"]})
    # back to "a" lies outside the loop from c to b
    assert align(journey, shop).repeated.tolist() == [0, 1]


def test_a_way_to_nowhere_declares_nothing(log: Log, plan: Plan) -> None:
    journey = plan("a b", ways={"a": ["moon"]})
    assert align(journey, log("a", "a b")).skipped.tolist() == [1, 0]


def test_a_step_that_no_event_could_show_is_not_skipped(log: Log, plan: Plan) -> None:
    aligned = align(plan("a think= b"), log("a b", "a"))
    assert aligned.skipped.tolist() == [0, 1]
    assert aligned.deviation.tolist() == [0, 0.5]


def test_a_step_whose_events_never_occur_is_skipped_by_everybody(
    log: Log, plan: Plan
) -> None:
    assert align(plan("a b"), log("a")).deviation.tolist() == [0.5]


def test_what_the_map_names_is_not_elsewhere(log: Log, plan: Plan) -> None:
    share = Claim(share=ShareClaim(activity="err*", at_most="5%"))
    journey = plan("a", goal="pay", claims={"a": [share]})
    assert align(journey, log("a error pay x")).elsewhere.tolist() == [1]


def test_first_and_last_events_of_each_step(log: Log, plan: Plan) -> None:
    aligned = align(plan("a b c"), log("a b a", "x b"))
    assert aligned.first.tolist() == [[0, 1, -1], [-1, 4, -1]]
    assert aligned.last.tolist() == [[2, 1, -1], [-1, 4, -1]]
    assert aligned.is_reached.tolist() == [[True, True, False], [False, True, False]]
    assert aligned.earliest.tolist() == [0, 4]


def test_the_first_event_that_shows_the_goal_counts(log: Log, plan: Plan) -> None:
    aligned = align(plan("a", goal="pay*"), log("a pay pay_again", "a", "x pay"))
    assert aligned.goal.tolist() == [1, -1, 5]


def test_a_case_is_open_while_its_next_event_may_come(log: Log) -> None:
    # all waits are 60 s, so a last event up to 59 s before the end may be followed by more
    shop = log("a:0 b:60", "a:100 b:160", "a:141", "a:140", end_s=200)
    assert open_cases(shop).tolist() == [False, True, True, False]


def test_nothing_is_open_where_no_wait_or_no_time_is_known(log: Log) -> None:
    assert open_cases(log("a:0", "b:5", end_s=5)).tolist() == [False, False]
    assert open_cases(log("a b", has_times=False)).tolist() == [False]


def test_without_cases_there_is_nothing_to_measure(log: Log, plan: Plan) -> None:
    none = log("a").take(np.zeros(1, dtype=np.bool_))
    with pytest.raises(EvidenceError) as error:
        align(plan("a"), none)
    assert str(error.value) == (
        "there are no cases to measure [E301]\n  Choose a wider window or another segment."
    )


def test_a_map_that_no_event_means_is_named(log: Log, plan: Plan) -> None:
    with pytest.raises(EvidenceError) as error:
        align(plan("buy"), log("pay look"))
    assert str(error.value) == (
        "shop: no step is bound to an event that occurs [E302]\n"
        "  Write events: [{activity: …}] under the steps. Activities here: look, pay."
    )
