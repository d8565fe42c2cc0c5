"""Kernels: small arrays that can be counted by hand; the laws are in the property tests."""

from __future__ import annotations

import numpy as np
import pytest

from desirepath.events import kernels

# three cases: A B A A | C | B A C
CODES = np.array([0, 1, 0, 0, 2, 1, 0, 2])
OFFSETS = np.array([0, 4, 5, 8])
NONE = np.zeros(0, dtype=np.int64)
NO_CASES = np.zeros(1, dtype=np.int64)


def test_cutting_keeps_the_bounds_that_are_there() -> None:
    starts = np.zeros(8, dtype=np.bool_)
    starts[[2, 5]] = True
    assert kernels.cut(OFFSETS, starts).tolist() == [0, 2, 4, 5, 8]


def test_a_wait_of_exactly_the_gap_is_no_start() -> None:
    times = np.array([0, 10, 21, 21])
    assert kernels.gap_starts(times, 10).tolist() == [False, False, True, False]


def test_positions_start_again_in_every_case() -> None:
    assert kernels.positions(OFFSETS).tolist() == [0, 1, 2, 3, 0, 0, 1, 2]


def test_first_last_and_any_hit_of_each_case() -> None:
    is_a = CODES == 0
    assert kernels.any_in_case(is_a, OFFSETS).tolist() == [True, False, True]
    assert kernels.first_in_case(is_a, OFFSETS).tolist() == [0, -1, 6]
    assert kernels.last_in_case(is_a, OFFSETS).tolist() == [3, -1, 6]


def test_the_first_hit_after_an_event_is_later_and_in_the_same_case() -> None:
    is_a = CODES == 0
    after = np.array([0, 4, -1])
    assert kernels.first_after(is_a, after, OFFSETS).tolist() == [2, -1, -1]
    assert kernels.first_after(is_a, np.array([3, 4, 5]), OFFSETS).tolist() == [
        -1,
        -1,
        6,
    ]


def test_a_repeat_across_the_bound_of_a_case_is_none() -> None:
    codes, offsets = np.array([1, 1, 1]), np.array([0, 2, 3])
    assert kernels.is_repeat(codes, offsets).tolist() == [False, True, False]


def test_moves_are_counted_within_cases() -> None:
    found = kernels.transitions(CODES, OFFSETS, 3)
    rows = zip(found.from_codes, found.to_codes, found.counts, strict=True)
    assert [tuple(map(int, row)) for row in rows] == [
        (0, 0, 1),
        (0, 1, 1),
        (0, 2, 1),
        (1, 0, 2),
    ]


def test_very_many_codes_are_counted_without_a_table() -> None:
    count = 1 << 12
    codes = np.array([0, count - 1, 0, count - 1])
    found = kernels.transitions(codes, np.array([0, 4]), count)
    assert found.from_codes.tolist() == [0, count - 1]
    assert found.counts.tolist() == [2, 1]


def test_times_of_moves_are_times_that_were_seen() -> None:
    codes = np.tile([0, 1], 10)
    offsets = np.arange(0, 21, 2)
    waits = np.array([3, 1, 2, 4, 5, 6, 7, 8, 10, 9])
    times = np.column_stack([np.zeros(10, dtype=np.int64), waits]).ravel()
    found = kernels.transition_times(codes, times, offsets, 2)
    assert (found.median_us.tolist(), found.p90_us.tolist()) == ([5], [9])


def test_times_longer_than_the_key_lose_only_their_last_digits() -> None:
    years = 40 * 365 * 86_400 * 1_000_000
    codes, offsets = np.array([0, 60_000]), np.array([0, 2])
    found = kernels.transition_times(codes, np.array([0, years]), offsets, 60_001)
    assert 0 <= years - int(found.median_us[0]) < 2_000_000


def test_frequent_sequences_come_first_and_ties_as_they_appear() -> None:
    codes = np.array([2, 1, 0, 1, 1, 0])  # C | B | A B | B | A
    found = kernels.variants(codes, np.array([0, 1, 2, 4, 5, 6]))
    assert found.first_case.tolist() == [1, 0, 2, 4]
    assert found.counts.tolist() == [2, 1, 1, 1]
    assert found.of_case.tolist() == [1, 0, 2, 0, 3]


def test_a_sequence_is_not_its_reverse() -> None:
    codes = np.array([0, 1, 1, 0])
    assert len(kernels.variants(codes, np.array([0, 2, 4])).counts) == 2


def test_dropped_cases_are_left_out_of_the_offsets() -> None:
    offsets, cases = kernels.keep(CODES != 2, OFFSETS)
    assert (offsets.tolist(), cases.tolist()) == ([0, 4, 6], [0, 2])


def test_distinct_codes_are_counted_per_case() -> None:
    found = kernels.distinct_per_case(
        np.array([0, 0, 1, 1]), np.array([0, 0, 0, 2]), 3, 2
    )
    assert found.tolist() == [2, 0, 1]


@pytest.mark.parametrize(
    "found",
    [
        kernels.cut(NO_CASES, np.zeros(0, dtype=np.bool_))[:-1],
        kernels.gap_starts(NONE, 1),
        kernels.positions(NO_CASES),
        kernels.any_in_case(NONE > 0, NO_CASES),
        kernels.first_in_case(NONE > 0, NO_CASES),
        kernels.last_in_case(NONE > 0, NO_CASES),
        kernels.first_after(NONE > 0, NONE, NO_CASES),
        kernels.keep(NONE > 0, NO_CASES)[1],
        kernels.is_repeat(NONE, NO_CASES),
        kernels.transitions(NONE, NO_CASES, 2).counts,
        kernels.transition_times(NONE, NONE, NO_CASES, 2).median_us,
        kernels.variants(NONE, NO_CASES).counts,
        kernels.occurrence(NONE, NO_CASES, 2),
        kernels.distinct_per_case(NONE, NONE, 0, 2),
    ],
)
def test_no_cases_give_nothing(found: np.ndarray) -> None:
    assert found.tolist() == []
