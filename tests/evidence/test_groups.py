"""Segments, windows and customers: the same facts of some cases."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from desirepath.errors import EvidenceError
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.groups import Span
from desirepath.evidence.measure import measure_map
from desirepath.maps.model import JourneyMap

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]


def fact(
    evidence: Evidence, subject: str, measure: str, target: str | None = None
) -> Fact:
    found = evidence.find(subject, measure, target=target)
    assert found is not None
    return found


def test_every_segment_with_enough_cases_is_measured(log: Log, plan: Plan) -> None:
    cities = ["Graz"] * 40 + ["Linz"] * 30 + ["Wien"] * 29 + [""] * 31
    shop = log(
        *(["look buy"] * 40 + ["look"] * 90),
        segments={"city": cities, "half": ["a", "b"] * 65},
    )
    evidence = measure_map(plan("look buy"), shop)
    rows = evidence.select("step:buy", "reach")
    assert [(one.segment, one.hits, one.cases) for one in rows] == [
        ("", 40, 130),
        ("city=Graz", 40, 40),
        ("city=Linz", 0, 30),
        ("half=a", 20, 65),
        ("half=b", 20, 65),
    ]
    # of Linz nobody buys: too few cases to say anything about what comes then
    assert evidence.find("step:buy", "repeat", segment="city=Linz") is None
    assert evidence.find("transition:look>buy", "time", segment="city=Linz") is None
    only = measure_map(plan("look buy"), shop, segments=["half"])
    assert {one.segment for one in only.facts} == {"", "half=a", "half=b"}
    assert {
        one.segment for one in measure_map(plan("look"), shop, segments=()).facts
    } == {""}


def test_at_most_the_dozen_largest_values_of_a_segment_are_measured(
    log: Log, plan: Plan
) -> None:
    values = [f"{place:02d}" for place in range(14) for _ in range(30 + place)]
    shop = log(*["look"] * len(values), segments={"shop": values})
    evidence = measure_map(plan("look"), shop)
    found = [one.segment for one in evidence.select("step:look", "reach")]
    assert found == ["", *(f"shop={place:02d}" for place in range(2, 14))]


DAY_S = 86_400


@pytest.mark.parametrize(
    ("every", "days", "windows"),
    [
        ("day", [0, 0, 1], [("2024-01-01", 2), ("2024-01-02", 1)]),
        # 2024-01-01 is a Monday
        ("week", [0, 6, 7], [("2024-01-01", 2), ("2024-01-08", 1)]),
        ("month", [30, 31, 40], [("2024-01-31", 1), ("2024-02-01", 2)]),
        ("quarter", [0, 90, 91], [("2024-01-01", 2), ("2024-04-01", 1)]),
        ("month", [0, 30, 15], []),
    ],
)
def test_windows_begin_where_the_calendar_says(
    log: Log,
    plan: Plan,
    every: Span,
    days: list[int],
    windows: list[tuple[str, int]],
) -> None:
    shop = log(*(f"look:{day * DAY_S}" for day in days))
    evidence = measure_map(plan("look"), shop, every=every)
    whole, *parts = evidence.select("step:look", "reach")
    assert whole.cases == 3
    assert [(one.window_from, one.cases) for one in parts] == windows


def test_a_window_ends_with_the_last_event_of_its_cases(log: Log, plan: Plan) -> None:
    shop = log(f"look:0 buy:{40 * DAY_S}", f"look:{35 * DAY_S}")
    evidence = measure_map(plan("look buy"), shop, every="month")
    rows = evidence.select("step:look", "reach")
    assert [(one.window_from, one.window_to) for one in rows] == [
        ("2024-01-01", "2024-02-10"),
        ("2024-01-01", "2024-02-10"),
        ("2024-02-05", "2024-02-05"),
    ]


def test_windows_of_nobody_at_a_step_say_nothing(log: Log, plan: Plan) -> None:
    shop = log("look:0 buy:60", f"look:{35 * DAY_S}")
    evidence = measure_map(plan("look buy"), shop, every="month")
    values = [one.value for one in evidence.select("step:buy", "repeat")]
    assert values == [0, 0, None]


def test_customers_with_several_cases_widen_the_interval(log: Log, plan: Plan) -> None:
    cases = ["look buy"] * 20 + ["look"] * 20
    alone = measure_map(
        plan("look buy", goal="buy"), log(*cases, "look x", "look x buy")
    )
    alike = measure_map(
        plan("look buy", goal="buy"),
        log(*cases, "look x", "look x buy", customers=[*np.repeat(range(10), 4), 7, 7]),
    )
    for subject, measure in (
        ("step:buy", "reach"),
        ("map", "goal"),
        ("map", "elsewhere"),
        ("map", "goal_difference"),
    ):
        one, other = fact(alone, subject, measure), fact(alike, subject, measure)
        assert one.value == other.value
        assert other.n <= one.n
        assert None not in (one.low, one.high, other.low, other.high)
        assert (other.high or 0) - (other.low or 0) > (one.high or 0) - (one.low or 0)
    time, wide = (
        fact(part, "transition:look>buy", "time", "buy") for part in (alone, alike)
    )
    assert time.value == wide.value
    assert wide.n <= time.n
    assert (alike.customers, alike.cases) == (10, 42)


def test_moves_of_one_case_are_not_independent(log: Log, plan: Plan) -> None:
    shop = log("look buy look buy look buy look buy", "look x", "look pay")
    found = fact(measure_map(plan("look buy pay"), shop), "transition:look>buy", "next")
    assert (found.hits, found.cases) == (4, 5)
    assert found.n < 5


def test_an_unknown_segment_is_named(log: Log, plan: Plan) -> None:
    shop = log("look", segments={"city": ["Graz"]})
    with pytest.raises(EvidenceError) as error:
        measure_map(plan("look"), shop, segments=["town"])
    assert str(error.value) == (
        'no segment is called "town" [E303]\n  Known segments: city.'
    )
    with pytest.raises(EvidenceError, match="Known segments: none"):
        measure_map(plan("look"), log("look"), segments=["town"])


def test_windows_need_times(log: Log, plan: Plan) -> None:
    with pytest.raises(EvidenceError) as error:
        measure_map(plan("look"), log("look", has_times=False), every="month")
    assert str(error.value) == (
        "there are no windows: the events have no times [E304]\n  Measure without --every."
    )
