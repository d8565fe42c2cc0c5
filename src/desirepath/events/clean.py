"""Order, duplicates, bots and clock errors in the stream that an engine gives. Array work only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirepath.events.engine.contract import NO_TIME_US
from desirepath.events.sequences import BoolArray, CodeArray, IntArray

DAY_US = 86_400_000_000
PLAUSIBLE_FROM_US = 631_152_000_000_000  # 1990
PLAUSIBLE_SPAN_US = round(5 * 365.25 * DAY_US)
NEWEST_FIRST_SHARE = 0.9
BOT_FACTOR = 50
BOT_RATE_PER_S = 5.0
BOT_EVENTS = 100


@dataclass(frozen=True, slots=True)
class Stream:
    """Events of all cases, ordered by case, time and the order of the source.

    Attributes:
        keys: int64[n_events], key of the case.
        times_us: int64[n_events].
        rows: int64[n_events], row in the source.
        codes: uint16 or uint32[n_events].
        sequence: int64[n_events] where the source numbers its events, else None.
    """

    keys: IntArray
    times_us: IntArray
    rows: IntArray
    codes: CodeArray
    sequence: IntArray | None = None

    def take(self, chosen: IntArray | BoolArray) -> Stream:
        """Some events, in the order given."""
        return Stream(
            self.keys[chosen],
            self.times_us[chosen],
            self.rows[chosen],
            self.codes[chosen],
            None if self.sequence is None else self.sequence[chosen],
        )


def starts_of(keys: IntArray) -> BoolArray:
    """bool[n], True where a value differs from the one before it.

    Examples:
        >>> starts_of(np.array([3, 3, 5])).tolist()
        [True, False, True]
    """
    if not len(keys):
        return np.zeros(0, dtype=np.bool_)
    return np.concatenate([[True], keys[1:] != keys[:-1]])


def union_of(one: IntArray, other: IntArray) -> IntArray:
    """int64[n], values of two rising arrays without doubles, rising.

    Examples:
        >>> union_of(np.array([1, 3]), np.array([2, 3])).tolist()
        [1, 2, 3]
    """
    # the stable sort of NumPy merges two runs that are in order in one pass
    both: IntArray = np.sort(np.concatenate([one, other]), kind="stable")
    return both[starts_of(both)]


def sorted_order(cases: IntArray, times_us: IntArray, keys: list[IntArray]) -> IntArray:
    """int64[n], positions by case, time, and further keys of which the last one decides first.

    Examples:
        >>> one = np.array([0, 0, 1, 0])
        >>> sorted_order(one, np.array([5, 5, 1, 2]), [np.array([2, 1, 0, 0])]).tolist()
        [3, 1, 0, 2]
    """
    if not len(cases):
        return np.zeros(0, dtype=np.int64)
    begin, end = int(times_us.min()), int(times_us.max())
    span = end - begin + 1
    if (int(cases.max()) + 1) * span > np.iinfo(np.int64).max:
        return np.lexsort([*keys, times_us, cases]).astype(np.int64)
    # one number in place of two; events known before and new ones are two runs in order
    moment = cases * span + (times_us - begin)
    order = np.argsort(moment, kind="stable").astype(np.int64)
    ordered = moment[order]
    same = ordered[1:] == ordered[:-1]
    if same.any():
        tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
        few = order[tied]
        order[tied] = few[np.lexsort([*(key[few] for key in keys), moment[few]])]
    return order


def without_time(stream: Stream) -> tuple[Stream, int]:
    """The events that have a time, and how many have none."""
    known = stream.times_us != NO_TIME_US
    missing = int(len(known) - np.count_nonzero(known))
    return (stream.take(known), missing) if missing else (stream, 0)


def later_counts(stream: Stream) -> tuple[int, int]:
    """Events later than the one before them in their case, and those of them that stand before it in the source."""
    inside = ~starts_of(stream.keys)[1:]
    later = inside & (stream.times_us[1:] > stream.times_us[:-1])
    down = np.count_nonzero(later & (stream.rows[1:] < stream.rows[:-1]))
    return int(np.count_nonzero(later)), int(down)


def lists_newest_first(later: int, down: int, *, has_sequence: bool) -> bool:
    """True for a source that lists newest events first.

    Args:
        later: Events later than the one before them in their case.
        down: Those of them that stand before it in the source.
        has_sequence: The source numbers its events.

    Examples:
        >>> lists_newest_first(10, 9, has_sequence=False), lists_newest_first(0, 0, has_sequence=False)
        (True, False)
    """
    return not has_sequence and bool(later) and down >= NEWEST_FIRST_SHARE * later


def oldest_first(stream: Stream) -> tuple[Stream, bool]:
    """Events of one moment in the order in which they happened, and whether the source was turned around.

    Exports that list the newest event first give the events of one moment backwards, too.
    """
    later, down = later_counts(stream)
    has_sequence = stream.sequence is not None
    if not lists_newest_first(later, down, has_sequence=has_sequence):
        return stream, False
    order = np.lexsort((-stream.rows, stream.times_us, stream.keys))
    return stream.take(order), True


def likely_duplicates(stream: Stream) -> IntArray:
    """int64[n], positions of events that share case, time and activity with another."""
    order = np.lexsort((stream.codes, stream.times_us, stream.keys))
    keys, times, codes = stream.keys[order], stream.times_us[order], stream.codes[order]
    same = (
        (keys[1:] == keys[:-1]) & (times[1:] == times[:-1]) & (codes[1:] == codes[:-1])
    )
    either = np.concatenate([[False], same]) | np.concatenate([same, [False]])
    return np.sort(order[either]).astype(np.int64)


def has_likely_duplicates(stream: Stream) -> bool:
    """False if no two events of a case share their time, so that the dear search can be left out."""
    same = (stream.keys[1:] == stream.keys[:-1]) & (
        stream.times_us[1:] == stream.times_us[:-1]
    )
    return bool(same.any())


def repeated(
    stream: Stream, likely: IntArray, row_hashes: NDArray[np.uint64]
) -> BoolArray:
    """bool[n_events], True for the second and further occurrences of a whole row within a case.

    Args:
        stream: Events.
        likely: Positions from `likely_duplicates`.
        row_hashes: uint64[len(likely)], hash over all columns of the row of each.
    """
    few = stream.take(likely)
    order = np.lexsort((row_hashes, few.codes, few.times_us, few.keys))
    same = np.ones(max(len(order) - 1, 0), dtype=np.bool_)
    for part in (few.keys, few.times_us, few.codes, row_hashes):
        same &= part[order][1:] == part[order][:-1]
    gone = np.zeros(len(stream.keys), dtype=np.bool_)
    gone[likely[order[1:][same]]] = True
    return gone


def repeated_neighbors(stream: Stream) -> BoolArray:
    """bool[n_events], True for events equal to the one before; for sources whose rows have no number.

    Examples:
        >>> one = np.array([1, 1, 1])
        >>> repeated_neighbors(Stream(one, one, np.arange(3), np.array([4, 4, 5], dtype=np.uint16))).tolist()
        [False, True, False]
    """
    parts = [stream.keys, stream.times_us, stream.codes.astype(np.int64)]
    if stream.sequence is not None:
        parts.append(stream.sequence)
    new = np.zeros(len(stream.keys), dtype=np.bool_)
    for part in parts:
        new |= starts_of(part)
    return np.asarray(~new, dtype=np.bool_)


def case_offsets(keys: IntArray) -> IntArray:
    """int64[n_cases + 1], where each case begins."""
    return np.concatenate([np.flatnonzero(starts_of(keys)), [len(keys)]]).astype(
        np.int64
    )


def backward_count(stream: Stream) -> int:
    """Events that stand in the source before an earlier event of their case."""
    inside = ~starts_of(stream.keys)[1:]
    return int(
        np.count_nonzero(
            inside
            & (stream.times_us[1:] > stream.times_us[:-1])
            & (stream.rows[1:] < stream.rows[:-1])
        )
    )


def tie_count(stream: Stream) -> int:
    """Events at the same time as the event before them in their case."""
    inside = ~starts_of(stream.keys)[1:]
    return int(np.count_nonzero(inside & (stream.times_us[1:] == stream.times_us[:-1])))


def bots(offsets: IntArray, times_us: IntArray, *, has_times: bool) -> BoolArray:
    """bool[n_cases], True for cases no person can have made.

    That is more than 50 times the events of the 99th percentile, or at least 100 events at more
    than 5 a second over the whole case.
    """
    lengths = np.diff(offsets)
    if not len(lengths):
        return np.zeros(0, dtype=np.bool_)
    many = lengths > BOT_FACTOR * max(float(np.percentile(lengths, 99)), 1.0)
    if not has_times:
        return np.asarray(many, dtype=np.bool_)
    span_s = (times_us[offsets[1:] - 1] - times_us[offsets[:-1]]) / 1e6
    fast = (lengths >= BOT_EVENTS) & (
        lengths > BOT_RATE_PER_S * np.maximum(span_s, 1.0)
    )
    return np.asarray(many | fast, dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Silence:
    """Stretches without events over all cases.

    Attributes:
        longest_s: Longest time without any event; None for fewer than two events.
        from_us: Start of it.
        empty_day_count: Days (UTC) without an event between the first and the last.
        implausible_count: Events before 1990 or more than five years after the middle event.
    """

    longest_s: float | None
    from_us: int | None
    empty_day_count: int
    implausible_count: int


def silence(times_us: IntArray) -> Silence:
    """Silence and implausible times of a stream, in any order.

    Implausible times are counted and left out of the silence, which they would make absurd.
    """
    if not len(times_us):
        return Silence(None, None, 0, 0)
    middle = float(np.median(times_us))
    odd = (times_us < PLAUSIBLE_FROM_US) | (times_us > middle + PLAUSIBLE_SPAN_US)
    times = np.sort(times_us[~odd])
    result = Silence(None, None, 0, int(np.count_nonzero(odd)))
    if len(times) < 2:  # noqa: PLR2004 - a silence lies between two events
        return result
    pauses = np.diff(times)
    longest = int(np.argmax(pauses))
    days = np.unique(times // DAY_US)
    return replace(
        result,
        longest_s=float(pauses[longest]) / 1e6,
        from_us=int(times[longest]),
        empty_day_count=int(days[-1] - days[0] + 1 - len(days)),
    )


def aligned(
    wanted: IntArray, known: IntArray, columns: Mapping[str, NDArray[np.int64]]
) -> Mapping[str, NDArray[np.int64]]:
    """Columns of a table with sorted keys, in the order of the wanted keys, all of which are known.

    Examples:
        >>> aligned(np.array([2, 5]), np.array([2, 3, 5]), {"u": np.array([7, 8, 9])})["u"].tolist()
        [7, 9]
    """
    if len(wanted) == len(known):
        return columns
    at = np.searchsorted(known, wanted)
    return {name: values[at] for name, values in columns.items()}


def plain(column: NDArray[Any]) -> IntArray:
    """A column of whole numbers without holes."""
    return np.ascontiguousarray(column, dtype=np.int64)
