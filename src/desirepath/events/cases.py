"""Where a case ends and the next begins: after a silence, or at the goal. Never drops an event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from desirepath.errors import EventsError, Problem, names_here
from desirepath.events import kernels
from desirepath.events.patterns import matching_codes
from desirepath.events.sequences import BoolArray, IntArray, Segment, Sequences

US_PER_S = 1_000_000
KEY_BITS = np.int64((1 << 60) - 1)


def cut_by_gap(sequences: Sequences, gap_s: float) -> Sequences:
    """Sequences whose cases end where more than `gap_s` seconds pass without an event.

    Raises:
        EventsError: E280 if the source has no times.

    Examples:
        >>> from desirepath.events.sequences import Sequences
        >>> one = np.array([7])
        >>> log = Sequences(("a",), ("",), np.array([0, 3]), np.zeros(3, np.uint16), np.array([0, 1, 99]) * 10**6, one, one)
        >>> cut_by_gap(log, 30).offsets.tolist()
        [0, 2, 3]
    """
    if not sequences.has_times:
        raise EventsError(
            Problem(
                "E280",
                "cases cannot be cut by a gap: the events have no times",
                hint="Cut by a column or at a goal instead.",
            )
        )
    return _recut(
        sequences, kernels.gap_starts(sequences.times_us, round(gap_s * US_PER_S))
    )


def cut_at(sequences: Sequences, patterns: Iterable[str]) -> Sequences:
    """Sequences whose cases end with an event that matches one of the activity patterns.

    What comes after the goal belongs to the customer's next case.

    Raises:
        EventsError: E281 if no activity matches.
    """
    wanted = tuple(patterns)
    is_end = np.zeros(len(sequences.activities), dtype=np.bool_)
    for pattern in wanted:
        is_end |= matching_codes(sequences.activities, sequences.channels, pattern)
    if not is_end.any():
        raise no_such_activity(wanted, sequences)
    starts = np.zeros(sequences.event_count, dtype=np.bool_)
    starts[1:] = is_end[sequences.codes[:-1]]
    return _recut(sequences, starts)


def no_such_activity(wanted: Iterable[str], sequences: Sequences) -> EventsError:
    """E281, with activities that there are."""
    return unknown_activity(wanted, sequences.activities)


def unknown_activity(wanted: Iterable[str], activities: Iterable[str]) -> EventsError:
    """E281, with activities that there are."""
    asked = ", ".join(wanted)
    return EventsError(
        Problem(
            "E281",
            f'no activity matches "{asked}"',
            hint=f"Activities here: {names_here(activities, asked)}.",
        )
    )


def cut_before(sequences: Sequences, is_start: BoolArray) -> Sequences:
    """Sequences whose cases begin where they did, and before the events marked.

    Args:
        sequences: To be cut.
        is_start: bool[n_events].
    """
    return _recut(sequences, is_start.copy())


def by_customer(sequences: Sequences) -> Sequences:
    """Sequences in which everything a customer did is one case.

    Events of one moment keep the order of the cases. A property is that of the customer's first case.

    Examples:
        >>> from desirepath.events.sequences import Sequences
        >>> log = Sequences(("a", "b"), ("", ""), np.array([0, 1, 2]), np.array([0, 1], np.uint16), np.array([9, 5]), np.array([1, 2]), np.array([7, 7]))
        >>> by_customer(log).codes.tolist()
        [1, 0]
    """
    cases = np.argsort(sequences.customers, kind="stable")
    log = sequences.take(cases)
    is_first = np.ones(log.case_count, dtype=np.bool_)
    np.not_equal(log.customers[1:], log.customers[:-1], out=is_first[1:])
    first = np.flatnonzero(is_first)
    offsets = np.append(log.offsets[first], log.offsets[-1:])
    codes, times_us = log.codes, log.times_us
    if log.has_times and len(first) < log.case_count:
        customer = np.repeat(np.arange(len(first)), np.diff(offsets))
        order = np.lexsort((times_us, customer))
        codes, times_us = codes[order], times_us[order]
    elif len(first) < log.case_count:
        times_us = kernels.positions(offsets)
    return replace(
        log,
        offsets=offsets,
        codes=codes,
        times_us=times_us,
        case_keys=log.customers[first],
        customers=log.customers[first],
        segments={
            name: Segment(part.values, part.codes[first])
            for name, part in log.segments.items()
        },
    )


def _recut(sequences: Sequences, starts: BoolArray) -> Sequences:
    offsets = kernels.cut(sequences.offsets, starts)
    parent = np.searchsorted(sequences.offsets, offsets[:-1], side="right") - 1
    return replace(
        sequences,
        offsets=offsets,
        case_keys=_part_keys(sequences.case_keys, parent),
        customers=sequences.customers[parent],
        segments={
            name: Segment(part.values, part.codes[parent])
            for name, part in sequences.segments.items()
        },
    )


def _part_keys(keys: IntArray, parent: IntArray) -> IntArray:
    """Key of each part: that of the case for the first part, mixed with the part number after it."""
    is_new = np.ones(len(parent), dtype=np.bool_)
    np.not_equal(parent[1:], parent[:-1], out=is_new[1:])
    starts = np.flatnonzero(is_new)
    part = np.arange(len(parent)) - np.repeat(
        starts, np.diff(np.append(starts, len(parent)))
    )
    with np.errstate(over="ignore"):
        mixed = keys[parent] ^ (part.astype(np.int64) * np.int64(0x1E3779B97F4A7C15))
    return mixed & KEY_BITS
