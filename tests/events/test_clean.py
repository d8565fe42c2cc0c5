"""Order, duplicates, bots and clock errors."""

from __future__ import annotations

import numpy as np

from desirepath.events import clean
from desirepath.events.sequences import IntArray


def longs(*values: int) -> IntArray:
    """int64 array."""
    return np.array(values, dtype=np.int64)


def stream(keys: IntArray, times: IntArray, rows: IntArray) -> clean.Stream:
    """Stream in which every event has the same activity."""
    return clean.Stream(keys, times, rows, np.zeros(len(keys), dtype=np.uint16))


def test_a_source_with_the_newest_events_first_is_turned_around_within_a_moment() -> (
    None
):
    given = stream(longs(1, 1, 1, 1), longs(10, 20, 20, 30), longs(9, 5, 6, 1))
    turned, is_newest_first = clean.oldest_first(given)
    assert is_newest_first
    assert turned.rows.tolist() == [9, 6, 5, 1]


def test_a_source_in_order_is_left_alone() -> None:
    given = stream(longs(1, 1, 1, 1), longs(10, 20, 20, 30), longs(1, 2, 3, 4))
    same, is_newest_first = clean.oldest_first(given)
    assert not is_newest_first
    assert same.rows.tolist() == [1, 2, 3, 4]


def test_duplicates_need_the_whole_row_to_be_equal() -> None:
    given = stream(longs(1, 1, 1, 2), longs(10, 10, 10, 10), longs(1, 2, 3, 4))
    likely = clean.likely_duplicates(given)
    hashes = np.array([7, 8, 7], dtype=np.uint64)
    gone = clean.repeated(given, likely, hashes)
    assert likely.tolist() == [0, 1, 2]
    assert gone.tolist() == [False, False, True, False]


def test_backward_rows_and_ties_are_counted_within_cases_only() -> None:
    given = stream(longs(1, 1, 1, 2, 2), longs(10, 20, 20, 5, 6), longs(4, 3, 5, 9, 8))
    assert clean.backward_count(given) == 2
    assert clean.tie_count(given) == 1


def test_a_case_of_inhuman_speed_is_a_bot() -> None:
    offsets = np.concatenate([np.arange(0, 500, 5), [500, 800]]).astype(np.int64)
    slow = np.tile(np.arange(5) * 60_000_000, 100)
    fast = np.arange(300) * 1000
    times = np.concatenate([slow, fast]).astype(np.int64)
    assert np.flatnonzero(clean.bots(offsets, times, has_times=True)).tolist() == [100]


def test_an_ordinary_long_case_is_no_bot() -> None:
    offsets = np.concatenate([np.arange(0, 500, 5), [500, 620]]).astype(np.int64)
    times = np.arange(620, dtype=np.int64) * 60_000_000
    assert not clean.bots(offsets, times, has_times=True).any()


def test_an_implausible_time_is_counted_and_makes_no_silence() -> None:
    day = clean.DAY_US
    start = 19_000 * day
    pauses = clean.silence(longs(-8000 * day, start, start + day, start + 4 * day))
    assert pauses == clean.Silence(3 * 86_400.0, start + day, 2, 1)


def test_one_event_has_no_silence() -> None:
    assert clean.silence(longs(5 * 10**14 + 2 * 10**14)) == clean.Silence(
        None, None, 0, 0
    )
