"""Changing the channel: who does it where, how long it takes, what is done again after it. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.contrasts import Contrast
from desirepath.evidence.heard import Heard
from desirepath.evidence.places import MIN_CASES, Places
from desirepath.evidence.question import Question, ShareQuestion

SWITCH = "switch:"
AGAIN_IF, AGAIN_ELSE = "again_if", "again_else"
WAIT_IF, WAIT_ELSE = "wait_if", "wait_else"
MIN_SHARE = 0.005
MAX_SWITCHES = 40


def switch_questions(places: Places, heard: Heard | None) -> Iterator[Question]:
    """For each step and each change of channel there: how many change, and how they fare.

    Those who change are compared with those who go on in the same channel from the same step and
    never change it there; who does nothing more is neither. Events without a channel are looked through.
    """
    moves = _Moves(places)
    laid = places.laid
    ids = laid.map.step_ids()
    size = laid.sequences.case_count
    count = 0
    again = _again_after(places)
    for key, cases in moves.switches():
        step, start, end = key
        if count >= MAX_SWITCHES or len(cases) < max(MIN_CASES, MIN_SHARE * size):
            break
        stays = moves.stay(step, start)
        has = np.zeros(size, dtype=np.bool_)
        has[cases] = True
        at = moves.at_event(step, start, end)
        here = (stays | has) & places.before_goal(laid.aligned.first[:, step])
        target = f"{SWITCH}{moves.names[start]}>{moves.names[end]}"
        contrast = Contrast(f"step:{ids[step]}", target, here, here & has, step)
        if not contrast.is_large:
            continue
        count += 1
        yield from contrast.questions(places, heard)
        events = (at, moves.last_event(step, start))
        yield from _after(places, contrast, events, again)


def _after(
    places: Places,
    contrast: Contrast,
    events: tuple[IntArray, IntArray],
    again: BoolArray,
) -> Iterator[Question]:
    """How long until the next event, and whether a step that was done is done again."""
    laid = places.laid
    sides = (
        (contrast.here & contrast.has, events[0], WAIT_IF, AGAIN_IF),
        (contrast.here & ~contrast.has, events[1], WAIT_ELSE, AGAIN_ELSE),
    )
    for side, event, wait, repeat in sides:
        known = side & (event >= 0)
        following = np.maximum(event, 0) + 1
        goes_on = known & (following < laid.sequences.offsets[1:])
        hits = goes_on & again[np.minimum(following, len(again) - 1)]
        yield ShareQuestion(contrast.subject, repeat, known, hits, contrast.target)
        if laid.sequences.has_times:
            start = np.where(goes_on, event, UNBOUND)
            target = np.where(goes_on, following, UNBOUND)
            named = f"{wait}:{contrast.target}"
            yield laid.waits(contrast.subject, start, target, named)


def _again_after(places: Places) -> BoolArray:
    """bool[n_events], from this event on the case does a step anew that it had done before it."""
    laid = places.laid
    steps = laid.aligned.step_of_event
    first = laid.aligned.first
    is_old = np.zeros(len(steps), dtype=np.bool_)
    bound = np.flatnonzero(steps != UNBOUND)
    # a stay at a step the case has been at before, begun by this event
    begins = np.ones(len(bound), dtype=np.bool_)
    case = places.case[bound]
    begins[1:] = (steps[bound][1:] != steps[bound][:-1]) | (case[1:] != case[:-1])
    is_old[bound] = (first[case, steps[bound]] < bound) & begins
    # looked at from the end: any such event later in the case
    total = np.concatenate([[0], np.cumsum(is_old)])
    ends = laid.sequences.offsets[1:][places.case]
    return np.asarray(total[ends] - total[:-1] > 0)


class _Moves:
    """Changes of channel with the step at which they happen."""

    def __init__(self, places: Places) -> None:
        sequences = places.laid.sequences
        self.names = sorted(set(sequences.channels) - {""})
        code = np.array(
            [self.names.index(one) if one else UNBOUND for one in sequences.channels],
            dtype=np.int64,
        )
        self._size = sequences.case_count
        channel = code[sequences.codes] if len(code) else np.zeros(0, dtype=np.int64)
        self._events = np.flatnonzero((channel != UNBOUND) & (places.place != UNBOUND))
        self._channel = channel[self._events]
        self._place = places.place[self._events]
        self._case = places.case[self._events]
        follows = self._case[1:] == self._case[:-1]
        changes = follows & (self._channel[1:] != self._channel[:-1])
        self._at = np.flatnonzero(changes)
        self._on = np.flatnonzero(follows & ~changes)

    def switches(self) -> list[tuple[tuple[int, int, int], IntArray]]:
        """(step, channel left, channel taken) with its cases, the most cases first."""
        count = max(len(self.names), 1)
        at = self._at
        key = (self._place[at] * count + self._channel[at]) * count + self._channel[
            at + 1
        ]
        seen = kernels.distinct(key * self._size + self._case[at])
        kinds, counts = np.unique(seen // max(self._size, 1), return_counts=True)
        starts = np.concatenate([[0], np.cumsum(counts)])
        found = []
        for index in np.argsort(-counts, kind="stable").tolist():
            rest, end = divmod(int(kinds[index]), count)
            step, start = divmod(rest, count)
            cases = seen[starts[index] : starts[index + 1]] % self._size
            found.append(((step, start, end), cases))
        return found

    def stay(self, step: int, start: int) -> BoolArray:
        """bool[n_cases], cases that go on in the channel at the step and never leave it there."""
        is_here = (self._place == step) & (self._channel == start)
        found = np.zeros(self._size, dtype=np.bool_)
        found[self._case[self._on[is_here[self._on]]]] = True
        found[self._case[self._at[is_here[self._at]]]] = False
        return found

    def at_event(self, step: int, start: int, end: int) -> IntArray:
        """int64[n_cases], last event before the first such change, -1 for none."""
        at = self._at
        is_one = (self._place[at] == step) & (self._channel[at] == start)
        is_one &= self._channel[at + 1] == end
        return self._first(at[is_one])

    def last_event(self, step: int, start: int) -> IntArray:
        """int64[n_cases], last event in the channel at the step that the same channel follows, -1 for none."""
        is_here = (self._place == step) & (self._channel == start)
        at = self._on[is_here[self._on]]
        found = np.full(self._size, UNBOUND, dtype=np.int64)
        found[self._case[at]] = self._events[at]
        return found

    def _first(self, at: IntArray) -> IntArray:
        found = np.full(self._size, UNBOUND, dtype=np.int64)
        found[self._case[at][::-1]] = self._events[at][::-1]
        return found
