"""Array work on sequences: arrays in, arrays out. Knows no map, no file and no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

IntArray: TypeAlias = NDArray[np.signedinteger[Any]]
CodeArray: TypeAlias = NDArray[np.unsignedinteger[Any]]
BoolArray: TypeAlias = NDArray[np.bool_]

MAX_DENSE_PAIRS = 1 << 22
MAX_TABLE = 1 << 18  # numbers that stay near the processor
NOT_THERE = np.int64(-1)


@dataclass(frozen=True, slots=True)
class Transitions:
    """Moves from one activity to the next within a case, in order of (from, to).

    Attributes:
        from_codes: int64[n], code left.
        to_codes: int64[n], code entered.
        counts: int64[n], how often.
    """

    from_codes: IntArray
    to_codes: IntArray
    counts: IntArray


@dataclass(frozen=True, slots=True)
class TransitionTimes:
    """Time of each move of `Transitions`, nearest rank, microseconds.

    Attributes:
        median_us: int64[n].
        p90_us: int64[n].
        p95_us: int64[n].
    """

    median_us: IntArray
    p90_us: IntArray
    p95_us: IntArray


@dataclass(frozen=True, slots=True)
class Variants:
    """Distinct sequences, the most frequent first, ties in order of first appearance.

    Attributes:
        first_case: int64[n], a case that shows it.
        counts: int64[n], cases that show it.
        of_case: int64[n_cases], its number for each case.
    """

    first_case: IntArray
    counts: IntArray
    of_case: IntArray


def cut(offsets: IntArray, is_start: BoolArray) -> IntArray:
    """Offsets of cases after cutting them before the events marked.

    Args:
        offsets: int64[n_cases + 1].
        is_start: bool[n_events], True where a new case begins; changed in place at `offsets`.

    Examples:
        >>> cut(np.array([0, 4]), np.array([False, False, True, False])).tolist()
        [0, 2, 4]
    """
    is_start[offsets[:-1]] = True
    return np.concatenate([np.flatnonzero(is_start), offsets[-1:]])


def gap_starts(times_us: IntArray, gap_us: int) -> BoolArray:
    """bool[n_events], True where more than `gap_us` passed since the event before."""
    starts = np.zeros(len(times_us), dtype=np.bool_)
    np.greater(times_us[1:] - times_us[:-1], gap_us, out=starts[1:])
    return starts


def positions(offsets: IntArray) -> IntArray:
    """int64[n_events], position of each event within its case, from 0."""
    lengths = np.diff(offsets)
    return np.arange(offsets[-1], dtype=np.int64) - np.repeat(offsets[:-1], lengths)


def any_in_case(is_hit: BoolArray, offsets: IntArray) -> BoolArray:
    """bool[n_cases], True where any event of the case is a hit.

    Examples:
        >>> any_in_case(np.array([True, False, False]), np.array([0, 2, 3])).tolist()
        [True, False]
    """
    if len(offsets) == 1:
        return np.zeros(0, dtype=np.bool_)
    return np.logical_or.reduceat(is_hit, offsets[:-1])


def first_in_case(is_hit: BoolArray, offsets: IntArray) -> IntArray:
    """int64[n_cases], index of the first event of the case that is a hit, -1 where there is none.

    Examples:
        >>> first_in_case(np.array([False, True, True, False]), np.array([0, 3, 4])).tolist()
        [1, -1]
    """
    hits = np.flatnonzero(is_hit)
    at = np.searchsorted(hits, offsets[:-1])
    found = np.append(hits, np.iinfo(np.int64).max)[at]
    return np.where(found < offsets[1:], found, NOT_THERE)


def last_in_case(is_hit: BoolArray, offsets: IntArray) -> IntArray:
    """int64[n_cases], index of the last event of the case that is a hit, -1 where there is none.

    Examples:
        >>> last_in_case(np.array([False, True, True, False]), np.array([0, 3, 4])).tolist()
        [2, -1]
    """
    hits = np.flatnonzero(is_hit)
    at = np.searchsorted(hits, offsets[1:])
    found = np.concatenate([[NOT_THERE], hits])[at]
    return np.where(found >= offsets[:-1], found, NOT_THERE)


def first_after(is_hit: BoolArray, after: IntArray, offsets: IntArray) -> IntArray:
    """int64[n_cases], index of the first hit later in the case than event `after`, -1 where there is none.

    Args:
        is_hit: bool[n_events].
        after: int64[n_cases], index of an event of the case, or -1: then the answer is -1.
        offsets: int64[n_cases + 1].
    """
    hits = np.flatnonzero(is_hit)
    at = np.searchsorted(hits, after, side="right")
    found = np.append(hits, np.iinfo(np.int64).max)[at]
    return np.where((after >= 0) & (found < offsets[1:]), found, NOT_THERE)


def keep(is_kept: BoolArray, offsets: IntArray) -> tuple[IntArray, IntArray]:
    """Offsets after dropping events, and the cases that still have any.

    Returns:
        int64[k + 1] offsets over the kept events and int64[k] indices of the cases that remain.

    Examples:
        >>> [part.tolist() for part in keep(np.array([True, False, False]), np.array([0, 2, 3]))]
        [[0, 1], [0]]
    """
    total = np.concatenate([[0], np.cumsum(is_kept)])
    bounds = total[offsets]
    cases = np.flatnonzero(np.diff(bounds))
    return np.concatenate([bounds[:-1][cases], bounds[-1:]]), cases


def is_repeat(codes: CodeArray | IntArray, offsets: IntArray) -> BoolArray:
    """bool[n_events], True where the event before in the same case has the same code."""
    same = np.zeros(len(codes), dtype=np.bool_)
    np.equal(codes[1:], codes[:-1], out=same[1:])
    same[offsets[:-1]] = False
    return same


def transitions(
    codes: CodeArray | IntArray, offsets: IntArray, code_count: int
) -> Transitions:
    """Moves between successive events of a case and how often they happen.

    Examples:
        >>> transitions(np.array([0, 1, 1]), np.array([0, 3]), 2).counts.tolist()
        [1, 1]
    """
    pairs = _pairs(codes, offsets, code_count)
    found, counts = _count(pairs, code_count * code_count)
    return Transitions(found // code_count, found % code_count, counts)


def transition_times(
    codes: CodeArray | IntArray, times_us: IntArray, offsets: IntArray, code_count: int
) -> TransitionTimes:
    """Median, 90th and 95th percentile of the time of each move, in the order of `transitions`.

    Nearest rank, so that every value is one that was seen. Times above 12 days are kept to the
    second, shorter ones to the microsecond: pair and time share one sortable 64-bit key.
    """
    across = (
        offsets[1:-1] - 1
    )  # from the last event of a case to the first of the next: no move
    waits = times_us[1:] - times_us[:-1]
    waits[across] = 0
    bits = 63 - max(int(code_count * code_count).bit_length(), 1)
    shift = np.int64(max(int(waits.max(initial=0)).bit_length() - bits, 0))
    keys = _pairs(codes, offsets, code_count)
    keys <<= np.int64(bits)
    keys |= waits >> shift
    keys.sort()
    starts, counts = _runs(keys[: len(keys) - len(across)], bits, code_count)
    mask = np.int64((1 << bits) - 1)
    median = keys[starts + (counts - 1) // 2] & mask
    p90 = keys[starts + np.maximum(-(-counts * 9 // 10) - 1, 0)] & mask
    p95 = keys[starts + np.maximum(-(-counts * 19 // 20) - 1, 0)] & mask
    return TransitionTimes(median << shift, p90 << shift, p95 << shift)


def variants(codes: CodeArray | IntArray, offsets: IntArray) -> Variants:
    """Distinct sequences of codes and how many cases show each.

    Sequences are compared by a 64-bit fingerprint, the sum of one pseudo-random number per
    (position, code); two different ones among a million share one with probability 3e-8.
    """
    if len(offsets) == 1:
        none = np.zeros(0, dtype=np.int64)
        return Variants(none, none, none)
    prints = fingerprints(codes, offsets)
    order = np.argsort(prints)
    ordered = prints[order]
    is_new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
    starts = np.flatnonzero(is_new)
    counts = np.diff(np.append(starts, len(ordered)))
    first = np.minimum.reduceat(order, starts)  # the sort is not stable
    ranked = np.lexsort((first, -counts))
    rank = np.empty_like(ranked)
    rank[ranked] = np.arange(len(ranked))
    of_case = np.empty_like(order)
    of_case[order] = np.repeat(rank, counts)
    return Variants(first[ranked], counts[ranked], of_case)


def fingerprints(codes: CodeArray | IntArray, offsets: IntArray) -> NDArray[np.uint64]:
    """uint64[n_cases], equal for equal sequences and practically never for others.

    An order that does not depend on the order of the cases: sort by it where ties must not matter.
    """
    if len(offsets) == 1:
        return np.zeros(0, dtype=np.uint64)
    longest = int(np.diff(offsets).max())
    width = int(codes.max()) + 1
    if longest * width > MAX_TABLE:
        numbers = _scatter(codes, positions(offsets))
    else:  # the same numbers, looked up instead of made anew for each event
        table = _scatter(
            np.tile(np.arange(width), longest), np.repeat(np.arange(longest), width)
        )
        cells = positions(offsets)
        cells *= width
        cells += codes
        numbers = table.take(cells)
    return np.add.reduceat(numbers, offsets[:-1])


def occurrence(
    codes: CodeArray | IntArray, offsets: IntArray, code_count: int
) -> IntArray:
    """int64[n_events], how many earlier events of the case have the same code.

    Examples:
        >>> occurrence(np.array([0, 1, 0]), np.array([0, 3]), 2).tolist()
        [0, 0, 1]
    """
    case = np.repeat(np.arange(len(offsets) - 1, dtype=np.int64), np.diff(offsets))
    key = case * code_count + codes
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    is_first = np.ones(len(key), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    starts = np.flatnonzero(is_first)
    rank = np.arange(len(key)) - np.repeat(starts, np.diff(np.append(starts, len(key))))
    out = np.empty(len(key), dtype=np.int64)
    out[order] = rank
    return out


def distinct(keys: IntArray) -> IntArray:
    """Distinct keys in rising order.

    Sorting is several times faster here than the hashing of `np.unique` (NumPy 2.3 to 2.5) when
    most of a million keys differ.

    Examples:
        >>> distinct(np.array([3, 1, 3])).tolist()
        [1, 3]
    """
    ordered = np.sort(keys)
    is_new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
    return ordered[is_new]


def distinct_per_case(
    codes: CodeArray | IntArray, cases: IntArray, case_count: int, code_count: int
) -> IntArray:
    """int64[n_cases], number of distinct codes among the given events of each case."""
    seen = distinct(cases * code_count + codes)
    return np.bincount(seen // code_count, minlength=case_count).astype(np.int64)


def case_counts(
    codes: CodeArray | IntArray, cases: IntArray, code_count: int
) -> IntArray:
    """int64[n_codes], number of cases that show each code.

    Examples:
        >>> case_counts(np.array([0, 0, 1]), np.array([0, 0, 1]), 3).tolist()
        [1, 1, 0]
    """
    seen = distinct(cases * code_count + codes)
    return np.bincount(seen % code_count, minlength=code_count).astype(np.int64)


def row_kinds(rows: IntArray) -> tuple[IntArray, IntArray]:
    """Distinct rows of a table of small numbers, by fingerprint.

    Args:
        rows: int[n, k].

    Returns:
        int64[m] index of a row of each kind, and int64[n] the kind of each row.

    Examples:
        >>> first, kind = row_kinds(np.array([[1, 2], [3, 4], [1, 2]]))
        >>> len(first), kind[0] == kind[2]
        (2, np.True_)
    """
    prints = np.zeros(len(rows), dtype=np.uint64)
    for place in range(rows.shape[1]):
        prints += _scatter(rows[:, place], np.full(len(rows), place))
    _, first, kind = np.unique(prints, return_index=True, return_inverse=True)
    return first, kind


def _runs(keys: IntArray, bits: int, code_count: int) -> tuple[IntArray, IntArray]:
    """Start and length of each run of sorted keys that have the same pair above `bits`."""
    if code_count * code_count <= len(keys):
        pairs = np.arange(code_count * code_count + 1, dtype=np.int64)
        bounds = np.searchsorted(keys, pairs << np.int64(bits))
        counts = np.diff(bounds)
        return bounds[:-1][counts > 0], counts[counts > 0]
    pairs = keys >> np.int64(bits)
    is_first = np.ones(len(pairs), dtype=np.bool_)
    np.not_equal(pairs[1:], pairs[:-1], out=is_first[1:])
    starts = np.flatnonzero(is_first)
    return starts, np.diff(np.append(starts, len(pairs)))


def _pairs(codes: CodeArray | IntArray, offsets: IntArray, code_count: int) -> IntArray:
    """int64[n_events - 1], code left and code entered as one number.

    From the last event of a case to the first of the next there is no move: the number is then
    ``code_count ** 2``, which sorts behind every move.
    """
    pairs = codes[:-1].astype(np.int64)
    pairs *= code_count
    pairs += codes[1:]
    pairs[offsets[1:-1] - 1] = code_count * code_count
    return pairs


def _count(pairs: IntArray, no_move: int) -> tuple[IntArray, IntArray]:
    """Distinct pairs in order and their counts; dense counting while the table is small."""
    if no_move <= MAX_DENSE_PAIRS:
        dense = np.bincount(pairs, minlength=no_move)[:no_move]
        found = np.flatnonzero(dense)
        return found, dense[found]
    found, counts = np.unique(pairs, return_counts=True)
    is_move = found < no_move
    return found[is_move], counts[is_move]


def _scatter(codes: CodeArray | IntArray, places: IntArray) -> NDArray[np.uint64]:
    """uint64[n_events], a pseudo-random number per (position, code): splitmix64 of both.

    References:
        Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators".
    """
    with np.errstate(over="ignore"):
        mixed = (
            codes.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
            + (places.astype(np.uint64) << np.uint64(32))
            + np.uint64(1)
        )
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))
