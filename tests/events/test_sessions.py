"""Waits of customers, and the silence that parts one visit from the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.real_data import source

from desirepath.errors import EventsError
from desirepath.events.read import read_events
from desirepath.events.schema import Columns
from desirepath.events.sequences import Sequences
from desirepath.events.sessions import (
    GAPS,
    choose_gap,
    customer_waits_s,
    find_valley,
    nearest_gap,
    wait_bars,
)
from desirepath.events.times import duration_us

Log = Callable[..., Sequences]


def two_hills(
    short_s: float, long_s: float, seed: int = 1, spread: float = 1.0
) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    within = rng.lognormal(np.log(short_s), spread, 4000)
    between = rng.lognormal(np.log(long_s), spread, 1000)
    return np.asarray(np.maximum(np.concatenate([within, between]), 1.0))


def test_waits_are_those_of_a_customer_over_all_cases(log: Log) -> None:
    shop = log("a:0 b:60", "c:3600 d:3660", "a:5 b:15", customers=[1, 1, 2])
    assert sorted(customer_waits_s(shop).tolist()) == [10.0, 60.0, 60.0, 3540.0]


def test_waits_below_a_second_say_nothing(log: Log) -> None:
    assert customer_waits_s(log("a:0 b:0 c:0.5 d:2")).tolist() == [1.5]


def test_the_valley_lies_between_the_two_hills() -> None:
    valley = find_valley(two_hills(30, 5 * 86400))
    assert valley is not None
    assert 600 <= valley.gap_s <= 3 * 3600
    assert valley.depth_share > 0.8
    assert valley.longer_share == pytest.approx(0.2, abs=0.01)


def test_one_hill_has_no_valley() -> None:
    rng = np.random.default_rng(2)
    for spread in (0.5, 1.0, 2.0):
        assert find_valley(np.maximum(rng.lognormal(8, spread, 5000), 1)) is None


def test_few_waits_have_no_valley() -> None:
    assert find_valley(two_hills(30, 5 * 86400)[-40:]) is None
    assert find_valley(np.zeros(0)) is None


def test_a_pause_of_seconds_ends_no_case() -> None:
    assert find_valley(two_hills(1.5, 25, spread=0.3)) is None


@settings(max_examples=25, deadline=None)
@given(
    short_s=st.floats(10, 300),
    ratio=st.floats(300, 5000),
    seed=st.integers(0, 10**6),
)
def test_the_gap_follows_the_hills(short_s: float, ratio: float, seed: int) -> None:
    valley = find_valley(two_hills(short_s, short_s * ratio, seed))
    assert valley is not None
    assert short_s * 2 < valley.gap_s < short_s * ratio / 2


def test_a_gap_is_named_as_a_person_would() -> None:
    assert [nearest_gap(duration_us(gap) / 1e6) for gap in GAPS] == list(GAPS)


def test_bars_hold_every_wait_once_and_mark_the_valley() -> None:
    waits_s = two_hills(30, 5 * 86400)
    bars = wait_bars(waits_s, 1800)
    assert sum(bar.count for bar in bars) == len(waits_s)
    assert [bar.from_s for bar in bars[1:]] == [bar.to_s for bar in bars[:-1]]
    (marked,) = [bar for bar in bars if bar.is_valley]
    assert marked.from_s <= 1800 < marked.to_s
    assert wait_bars(np.zeros(0), None) == ()


def test_no_gap_is_guessed_where_waits_are_all_alike(log: Log) -> None:
    with pytest.raises(EventsError) as error:
        choose_gap(log("a b c d"))
    assert str(error.value) == (
        "no gap can be chosen: the 3 waits of customers show no valley between short and long ones [E282]\n"
        "  Look at them with desirepath events cases, and give a gap such as --gap 30m."
    )


def test_a_gap_needs_times(log: Log) -> None:
    with pytest.raises(EventsError) as error:
        choose_gap(log("a b", has_times=False))
    assert error.value.code == "E280"


def visits(seed: int = 3, customers: int = 60) -> dict[str, NDArray[Any]]:
    """Rows of customers with several visits of some minutes, days apart."""
    rng = np.random.default_rng(seed)
    rows = []
    for customer in range(customers):
        clock = 1.7e9 + rng.random() * 1e6
        for visit in range(4):
            clock += 86400 * (1 + rng.exponential(3))
            for _ in range(5):
                clock += 5 + rng.exponential(60)
                rows.append((f"u{customer}", f"u{customer}-{visit}", int(clock)))
    users, sessions, times = zip(*rows, strict=True)
    return {
        "user_id": np.array(users),
        "session_id": np.array(sessions),
        "event": rng.choice(["home", "search", "buy"], len(rows)),
        "timestamp": np.array(times),
    }


def test_auto_finds_the_visits_and_says_which_gap() -> None:
    rows = visits()
    found = read_events(rows, gap="auto")
    assert found.case_count == len(set(rows["session_id"]))
    gap = found.source["gap"]
    assert gap.endswith(" (auto: the valley of the customers' waits)")
    assert gap.split()[0] in GAPS


def test_auto_does_what_the_gap_it_names_does() -> None:
    rows = visits(4)
    auto = read_events(rows, gap="auto")
    named = read_events(rows, gap=auto.source["gap"].split()[0])
    np.testing.assert_array_equal(auto.offsets, named.offsets)


@pytest.mark.data
def test_the_valley_of_a_real_shop_gives_back_its_sessions() -> None:
    file = source("rete-ecom/ecom.csv.gz")
    sessions = read_events(file)
    cut = read_events(file, columns=Columns(case="user_id"), gap="auto")
    assert sessions.case_count == 3_605
    assert sorted(cut.lengths.tolist()) == sorted(sessions.lengths.tolist())
