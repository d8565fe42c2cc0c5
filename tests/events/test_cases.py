"""Cutting cases: every event stays, in order, and belongs to one case."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from desirepath.errors import EventsError
from desirepath.events.cases import cut_at, cut_by_gap
from desirepath.events.sequences import Sequences

Log = Callable[..., Sequences]


def words(sequences: Sequences) -> list[list[str]]:
    names = [sequences.activities[code] for code in sequences.codes]
    bounds = sequences.offsets
    return [
        names[bounds[case] : bounds[case + 1]] for case in range(sequences.case_count)
    ]


def test_a_silence_longer_than_the_gap_ends_a_case(log: Log) -> None:
    shop = log("a:0 b:30 c:61", "d:61 e:92 f:93 g:200")
    assert words(cut_by_gap(shop, 30)) == [
        ["a", "b"],
        ["c"],
        ["d"],
        ["e", "f"],
        ["g"],
    ]


def test_a_silence_as_long_as_the_gap_does_not(log: Log) -> None:
    assert words(cut_by_gap(log("a:0 b:30"), 30)) == [["a", "b"]]
    assert words(cut_by_gap(log("a:0 b:30.5"), 30)) == [["a"], ["b"]]


def test_what_comes_after_the_goal_is_the_next_case(log: Log) -> None:
    shop = log("look pay look pay pay", "look", "pay look")
    assert words(cut_at(shop, ["pay"])) == [
        ["look", "pay"],
        ["look", "pay"],
        ["pay"],
        ["look"],
        ["pay"],
        ["look"],
    ]


def test_several_patterns_end_a_case(log: Log) -> None:
    shop = log("look pay@app look cancel look")
    assert words(cut_at(shop, ["p*", "cancel"])) == [
        ["look", "pay"],
        ["look", "cancel"],
        ["look"],
    ]


def test_the_parts_of_a_case_belong_to_its_customer_and_segment(log: Log) -> None:
    shop = log("pay pay", "look", customers=[5, 9], segments={"city": ["Graz", "Linz"]})
    cut = cut_at(shop, ["pay"])
    assert cut.customers.tolist() == [5, 5, 9]
    assert cut.segments["city"].codes.tolist() == [1, 1, 2]
    assert (cut.has_times, cut.end_us, cut.source) == (
        shop.has_times,
        shop.end_us,
        shop.source,
    )


def test_the_first_part_keeps_the_key_and_no_two_parts_share_one(log: Log) -> None:
    cut = cut_at(log("pay pay pay", "pay look"), ["pay"])
    assert cut.case_keys[[0, 3]].tolist() == [1, 2]
    assert len(set(cut.case_keys.tolist())) == 5
    assert (cut.case_keys >= 0).all()
    assert (cut.case_keys < 2**60).all()


def test_cutting_what_is_cut_changes_nothing(log: Log) -> None:
    once = cut_at(log("look pay look"), ["pay"])
    twice = cut_at(once, ["pay"])
    np.testing.assert_array_equal(once.offsets, twice.offsets)
    np.testing.assert_array_equal(once.case_keys, twice.case_keys)


def test_a_gap_needs_times(log: Log) -> None:
    with pytest.raises(EventsError) as error:
        cut_by_gap(log("a b", has_times=False), 30)
    assert str(error.value) == (
        "cases cannot be cut by a gap: the events have no times [E280]\n"
        "  Cut by a column or at a goal instead."
    )


def test_a_goal_that_never_happens_cuts_nothing(log: Log) -> None:
    with pytest.raises(EventsError) as error:
        cut_at(log("look@web look@app pay"), ["buy", "order*"])
    assert str(error.value) == (
        'no activity matches "buy, order*" [E281]\n  Activities here: look, pay.'
    )


def test_a_log_without_cases_stays_empty(log: Log) -> None:
    none = log("look pay").take(np.zeros(1, dtype=np.bool_))
    assert cut_by_gap(none, 1).case_count == 0
    assert cut_at(none, ["pay"]).case_count == 0
