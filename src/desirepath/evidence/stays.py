"""Stays: cases as runs of stops, repeats folded and rare stops left out. Arrays in, arrays out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray, Sequences

NOWHERE = -1


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
    cases = sequences.case_index()[events]
    is_new = np.ones(len(events), dtype=np.bool_)
    is_new[1:] = (stops[1:] != stops[:-1]) | (cases[1:] != cases[:-1])
    starts = np.flatnonzero(is_new)
    ends = np.append(starts[1:], len(events)) - 1 if len(starts) else starts
    size = max(sequences.case_count, 1)
    is_again = _repeats(is_new, events, sequences)
    again = kernels.distinct((stops * size + cases)[is_again])
    return Stays(
        stops[starts],
        cases[starts],
        events[starts],
        events[ends],
        again,
        sequences.case_count,
    )


def _repeats(is_new: BoolArray, events: IntArray, sequences: Sequences) -> BoolArray:
    """bool[k], events whose activity was there before in the same stay.

    Args:
        is_new: bool[k], True where a stay begins.
        events: int64[k], index of each event.
        sequences: The cases.
    """
    found = np.zeros(len(events), dtype=np.bool_)
    is_alone = is_new.copy()
    is_alone[:-1] &= is_new[1:]
    several = np.flatnonzero(~is_alone)
    names, numbers = np.unique(np.array(sequences.activities), return_inverse=True)
    stay = np.cumsum(is_new)[several]
    keys = stay * len(names) + numbers[sequences.codes[events[several]]]
    _, first = np.unique(keys, return_index=True)
    found[several] = True
    found[several[first]] = False
    return found


def without(stop_of_event: IntArray, is_kept: BoolArray) -> tuple[IntArray, IntArray]:
    """Only some stops, numbered anew; the others lead nowhere.

    Args:
        stop_of_event: int64[n_events], -1 for none.
        is_kept: bool[n_stops].

    Returns:
        int64[n_events] new numbers, and int64[k] the old number of each new one.

    Examples:
        >>> new, old = without(np.array([0, 1, -1, 2]), np.array([True, False, True]))
        >>> new.tolist(), old.tolist()
        ([0, -1, -1, 1], [0, 2])
    """
    old = np.flatnonzero(is_kept)
    table = np.full(len(is_kept) + 1, NOWHERE, dtype=np.int64)
    table[old] = np.arange(len(old))
    return table[stop_of_event], old


def first_places(
    stays: Stays, stop_count: int
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """float64[n_stops], mean place of the first stay at each stop, 0 (start of the case) to 1.

    Only cases with two stays or more tell a place; stops of no such case are in the middle.
    """
    counts = np.bincount(stays.cases, minlength=stays.case_count)
    starts = np.concatenate([[0], np.cumsum(counts)])[stays.cases]
    place = np.arange(len(stays.cases)) - starts
    last = np.maximum(counts[stays.cases] - 1, 1)
    keys = stays.stops * max(stays.case_count, 1) + stays.cases
    _, first = np.unique(keys, return_index=True)
    first = first[counts[stays.cases[first]] > 1]
    found = np.bincount(stays.stops[first], minlength=stop_count)
    total = np.bincount(
        stays.stops[first], weights=place[first] / last[first], minlength=stop_count
    )
    return np.where(found > 0, total / np.maximum(found, 1), 0.5)
