"""The ledger: every event is on a map or in a line that says why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import write_log

from desirepath.discover.draft import discover_maps
from desirepath.discover.ledger import Ledger, Line
from desirepath.events.sequences import Sequences
from desirepath.events.simulate import simulate_shop

Log = Callable[..., Sequences]
DAY = 86_400


def assert_balanced(ledger: Ledger, log: Sequences) -> None:
    """Events in are events on the map and events in the lines."""
    assert (ledger.cases, ledger.events) == (log.case_count, log.event_count)
    assert ledger.events == ledger.shown_events + sum(
        line.events for line in ledger.lines
    )
    assert all(0 < line.cases <= ledger.cases for line in ledger.lines)
    assert all(line.cases <= line.events for line in ledger.lines)
    assert all(line.events == 0 or line.what == "family" for line in ledger.merges)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from("abcdef"), min_size=1, max_size=8),
        min_size=2,
        max_size=40,
    ),
    st.sampled_from([None, "a", "b > c", "[ab]", "f"]),
    st.sampled_from([None, 1, 2, 5]),
    st.sampled_from([(), ("e",), ("e", "f")]),
)
def test_no_event_is_lost_or_counted_twice(
    cases: list[list[str]],
    goal: str | None,
    maps: int | None,
    backstage: tuple[str, ...],
) -> None:
    log = write_log(*(" ".join(case) for case in cases))
    try:
        found = discover_maps(log, goal=goal, maps=maps, backstage=backstage)
    except Exception as error:  # noqa: BLE001 - whatever it is, it must be one of ours
        assert getattr(error, "code", "") in {"E410", "E411", "E415"}  # noqa: PT017
        return
    assert_balanced(found.ledger, log)


def test_each_reason_has_its_line(log: Log) -> None:
    shop = log(
        *["look look basket look clerk pay thanks"] * 60,
        *["look basket"] * 50,
        *["look odd basket pay"],
        f"look:{40 * DAY} basket pay",
    )
    found = discover_maps(
        shop,
        goal="basket > pay",
        backstage=["clerk"],
        until=dt.date(2024, 1, 19),
        maps=1,
    )
    assert found.ledger.lines == (
        Line("window", "", 1, 3),
        Line("goal", "", 50, 100),
        Line("after", "", 60, 60),
        Line("backstage", "clerk", 60, 60),
        Line("rare", "odd", 1, 1),
        Line("repeat", "look", 60, 60),
        Line("return", "look", 60, 60),
    )
    assert (found.ledger.shown_cases, found.ledger.shown_events) == (61, 183)
    assert found.ledger.notes == ("files: by hand",)
    assert_balanced(found.ledger, shop)


def test_kinds_that_were_joined_are_named(log: Log) -> None:
    shop = log(*["a b c d"] * 30, *["a b c d x"] * 10, *["a b c d y"] * 10)
    joined = discover_maps(shop, maps=1).ledger.of("kind")
    assert [(line.name, line.cases) for line in joined] == [
        ("a > b > c > d", 30),
        ("a > b > c > d > x", 10),
        ("a > b > c > d > y", 10),
    ]
    ways = discover_maps(shop, maps=3)
    same = ways.ledger.of("way")
    assert sum(line.cases for line in same) in (0, 40, 50)


def test_the_ledger_of_the_shop_is_whole() -> None:
    shop = simulate_shop(2_000, np.random.default_rng(1)).sequences()
    for goal in (None, "order_paid"):
        found = discover_maps(shop, goal=goal)
        assert_balanced(found.ledger, shop)
        data = found.to_dict()["ledger"]
        assert data["events"] == data["shown_events"] + sum(
            line["events"] for line in data["lines"]
        )


@pytest.mark.parametrize("what", ["repeat", "return"])
def test_lines_are_sorted_by_events(what: str) -> None:
    shop = simulate_shop(1_000, np.random.default_rng(2)).sequences()
    ledger = discover_maps(shop).ledger
    events = [line.events for line in ledger.lines if line.what == what]
    assert events == sorted(events, reverse=True)
