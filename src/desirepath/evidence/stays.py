"""Stays: cases as runs of stops, repeats folded and rare stops left out. Arrays in, arrays out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray, Sequences

NOWHERE = -1
MAX_SHORT = 1 << 16


@dataclass(frozen=True, slots=True)
class Stays:
    """Where cases stay, in order; moves lie between two stays of one case.

    Attributes:
        stops: int64[k], number of the stop.
        cases: int64[k], index of the case, never falling.
        first_events: int64[k], index of the first event of the stay.
        last_events: int64[k], index of its last event.
        again: int64[m], pairs stop * case_count + case in which an activity comes twice in one stay;
            distinct. Two activities of one step, each once, are no repeat.
        case_count: Cases of the log, with those that stay nowhere.
    """

    stops: IntArray
    cases: IntArray
    first_events: IntArray
    last_events: IntArray
    again: IntArray
    case_count: int

    @property
    def is_first(self) -> BoolArray:
        """bool[k], True for the first stay of each case."""
        found = np.ones(len(self.cases), dtype=np.bool_)
        found[1:] = self.cases[1:] != self.cases[:-1]
        return found

    @property
    def is_last(self) -> BoolArray:
        """bool[k], True for the last stay of each case."""
        found = np.ones(len(self.cases), dtype=np.bool_)
        found[:-1] = self.cases[1:] != self.cases[:-1]
        return found

    @property
    def moves(self) -> IntArray:
        """int64[m], index of each stay that another follows."""
        return np.flatnonzero(~self.is_last)


def stays_of(stop_of_event: IntArray, sequences: Sequences) -> Stays:
    """Stays of all cases.

    Args:
        stop_of_event: int64[n_events], number of the stop each event means, -1 for none.
        sequences: The cases.
    """
    events = np.flatnonzero(stop_of_event != NOWHERE)
    stops = stop_of_event[events].astype(np.int64)
    return stays_among(events, stops, sequences.case_index()[events], sequences)


def stays_among(
    events: IntArray, stops: IntArray, cases: IntArray, sequences: Sequences
) -> Stays:
    """Stays of some events.

    Args:
        events: int64[k], index of each event, rising.
        stops: int64[k], number of its stop.
        cases: int64[k], index of its case.
        sequences: The cases.
    """
    is_new = np.ones(len(events), dtype=np.bool_)
    is_new[1:] = (stops[1:] != stops[:-1]) | (cases[1:] != cases[:-1])
    starts = np.flatnonzero(is_new)
    ends = np.append(starts[1:], len(events)) - 1 if len(starts) else starts
    size = max(sequences.case_count, 1)
    again = starts[_with_repeats(is_new, events, sequences)]
    return Stays(
        stops[starts],
        cases[starts],
        events[starts],
        events[ends],
        kernels.distinct(stops[again] * size + cases[again]),
        sequences.case_count,
    )


def _with_repeats(
    is_new: BoolArray, events: IntArray, sequences: Sequences
) -> IntArray:
    """Numbers of the stays in which an activity comes twice.

    Args:
        is_new: bool[k], True where a stay begins.
        events: int64[k], index of each event.
        sequences: The cases.
    """
    is_alone = is_new.copy()
    is_alone[:-1] &= is_new[1:]
    several = np.flatnonzero(~is_alone)
    names, numbers = np.unique(np.array(sequences.activities), return_inverse=True)
    stay = (np.cumsum(is_new) - 1)[several]
    keys = np.sort(stay * len(names) + numbers[sequences.codes[events[several]]])
    again: IntArray = keys[1:][keys[1:] == keys[:-1]] // max(len(names), 1)
    return again


def gathered(numbers: IntArray, count: int) -> tuple[IntArray, IntArray]:
    """Places of each number, in rising order: those of number k are ``order[bounds[k] : bounds[k + 1]]``.

    Args:
        numbers: int[n], 0 to count - 1.
        count: How many numbers there are.

    Examples:
        >>> [part.tolist() for part in gathered(np.array([1, 0, 1]), 2)]
        [[1, 0, 2], [0, 1, 3]]
    """
    # sixteen bits are sorted by their digits, several times faster
    small = numbers.astype(np.uint16) if count <= MAX_SHORT else numbers
    order = np.argsort(small, kind="stable")
    bounds = np.concatenate([[0], np.cumsum(np.bincount(numbers, minlength=count))])
    return order, bounds


def is_first_of_run(keys: IntArray) -> BoolArray:
    """bool[n], True where a key differs from the one before.

    Examples:
        >>> is_first_of_run(np.array([3, 3, 5])).tolist()
        [True, False, True]
    """
    found = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=found[1:])
    return found


def first_places(
    stays: Stays, firsts: IntArray, stop_count: int
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """float64[n_stops], mean place of the first stay at each stop, 0 (start of the case) to 1.

    Only cases with two stays or more tell a place; stops of no such case are in the middle.

    Args:
        stays: Stays of all cases.
        firsts: int64[k], the first stay of each case at each stop.
        stop_count: Number of stops.
    """
    counts = np.bincount(stays.cases, minlength=stays.case_count)
    starts = np.concatenate([[0], np.cumsum(counts)])
    firsts = firsts[counts[stays.cases[firsts]] > 1]
    cases, stops = stays.cases[firsts], stays.stops[firsts]
    found = np.bincount(stops, minlength=stop_count)
    place = (firsts - starts[cases]) / (counts[cases] - 1)
    total = np.bincount(stops, weights=place, minlength=stop_count)
    return np.where(found > 0, total / np.maximum(found, 1), 0.5)
