"""Changing the channel: who does it where, how long it takes, what is done again after it. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.contrasts import Contrast
from desirepath.evidence.heard import Heard
from desirepath.evidence.places import MIN_CASES, Places
from desirepath.evidence.question import Question, ScoreQuestion, ShareQuestion

SWITCH = "switch:"
AGAIN_IF, AGAIN_ELSE = "again_if", "again_else"
WAIT_IF, WAIT_ELSE = "wait_if", "wait_else"
RANK_IF, RANK_ELSE = "wait_rank_if", "wait_rank_else"
MIN_SHARE = 0.005
MAX_SWITCHES = 40
MOSTLY = 0.9
SEED = 20_261_122  # of the moments at which those who stay are compared


def switch_questions(places: Places, heard: Heard | None) -> Iterator[Question]:
    """For each step and each change of channel there: how many change, and how they fare.

    Who does more at a step has more occasions to change, and more often goes on. So those who change
    are compared with those who after as many events there went on in the same channel and had not
    changed yet; who does nothing more is neither. Events without a channel are looked through.
    """
    moves = _Moves(places)
    laid = places.laid
    ids = laid.map.step_ids()
    size = laid.sequences.case_count
    count = 0
    again = _again_after(places)
    for (step, start, end), cases in moves.switches():
        if count >= MAX_SWITCHES or cases < max(MIN_CASES, MIN_SHARE * size):
            break
        found = moves.turns(step, start, end)
        target = f"{SWITCH}{moves.names[start]}>{moves.names[end]}"
        contrast = Contrast(
            f"step:{ids[step]}",
            target,
            found.is_there & places.before_goal(laid.aligned.first[:, step]),
            places.before_goal(found.changes),
            step,
            others=places.before_goal(found.stays),
        )
        if not contrast.is_large:
            continue
        count += 1
        yield from contrast.questions(places, heard)
        yield from _after(places, contrast, found, again)


@dataclass(frozen=True, slots=True)
class _Turns:
    """One change of channel at a step.

    Attributes:
        is_there: bool[n_cases], cases in the channel at the step after which anything follows.
        changes: int64[n_cases], event before the first change, -1 for none.
        stays: int64[n_cases], event after which the case is compared as one that stays, -1 for none.
    """

    is_there: BoolArray
    changes: IntArray
    stays: IntArray


def _after(
    places: Places, contrast: Contrast, found: _Turns, again: BoolArray
) -> Iterator[Question]:
    """Whether a step that was done is done again, and how long until the next step."""
    for side, event, repeat in zip(
        contrast.sides,
        (found.changes, found.stays),
        (AGAIN_IF, AGAIN_ELSE),
        strict=True,
    ):
        following = np.minimum(np.maximum(event, 0) + 1, len(again) - 1)
        hits = side & again[following]
        yield ShareQuestion(contrast.subject, repeat, side, hits, contrast.target)
    if places.laid.sequences.has_times:
        yield from _waits(places, contrast, (found.changes, found.stays))


def _waits(
    places: Places, contrast: Contrast, events: tuple[IntArray, IntArray]
) -> Iterator[Question]:
    """Time until another step of those who come to one, and the mean place, 0 to 1, that it takes.

    Until another step, not the next event: who looks at one more page where they are, or does the
    same once more, has not gone on sooner than who changes and goes on. The places are for a test
    without outliers.
    """
    laid = places.laid
    sequences = laid.sequences
    next_step = _next_step(places, contrast.step)
    starts, ends, who = [], [], []
    for side, event in zip(contrast.sides, events, strict=True):
        step = np.where(side, next_step[np.maximum(event, 0)], UNBOUND)
        arrives = np.flatnonzero(step != UNBOUND)
        if len(arrives) < MIN_CASES:
            return
        starts.append(np.where(step != UNBOUND, event, UNBOUND))
        ends.append(step)
        who.append(arrives)
    for wait, start, end in zip((WAIT_IF, WAIT_ELSE), starts, ends, strict=True):
        yield laid.waits(contrast.subject, start, end, f"{wait}:{contrast.target}")
    waits_us = np.concatenate(
        [
            sequences.times_us[end[cases]] - sequences.times_us[start[cases]]
            for start, end, cases in zip(starts, ends, who, strict=True)
        ]
    )
    ranks = (rankdata(waits_us) - 0.5) / len(waits_us)
    parts = np.split(ranks, [len(who[0])])
    for measure, cases, values in zip((RANK_IF, RANK_ELSE), who, parts, strict=True):
        yield ScoreQuestion(
            contrast.subject,
            measure,
            values,
            sequences.customers[cases],
            cases,
            contrast.target,
            unit="share",
            source="events",
        )


def _next_step(places: Places, step: int) -> IntArray:
    """int64[n_events], the next event of the case that means another step than one, -1 for none."""
    steps = places.laid.aligned.step_of_event
    none = len(steps)
    at = np.where((steps != UNBOUND) & (steps != step), np.arange(none), none)
    following = np.append(np.minimum.accumulate(at[::-1])[::-1][1:], none)
    ends = places.laid.sequences.offsets[1:][places.case]
    return np.where(following < ends, following, UNBOUND)


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
        # channel of what comes next, -1 where nothing does
        self._next = np.full(len(self._events), UNBOUND)
        follows = self._case[1:] == self._case[:-1]
        self._next[:-1] = np.where(follows, self._channel[1:], UNBOUND)

    def switches(self) -> list[tuple[tuple[int, int, int], int]]:
        """(step, channel left, channel taken) with the number of its cases, the most cases first."""
        count = max(len(self.names), 1)
        at = np.flatnonzero((self._next != UNBOUND) & (self._next != self._channel))
        key = (self._place[at] * count + self._channel[at]) * count + self._next[at]
        seen = kernels.distinct(key * self._size + self._case[at])
        kinds, counts = np.unique(seen // max(self._size, 1), return_counts=True)
        found = []
        for index in np.argsort(-counts, kind="stable").tolist():
            rest, end = divmod(int(kinds[index]), count)
            step, start = divmod(rest, count)
            found.append(((step, start, end), int(counts[index])))
        return found

    def turns(self, step: int, start: int, end: int) -> _Turns:
        """Who changes from one channel to another at a step, and who stays after as many events there."""
        mine = np.flatnonzero((self._place == step) & (self._channel == start))
        case, following = self._case[mine], self._next[mine]
        is_first = np.ones(len(mine), dtype=np.bool_)
        is_first[1:] = case[1:] != case[:-1]
        begins = np.flatnonzero(is_first)
        counts = np.diff(np.append(begins, len(mine)))
        number = np.arange(len(mine)) - np.repeat(begins, counts)
        changing = np.flatnonzero(following == end)
        changing = changing[np.unique(case[changing], return_index=True)[1]]
        last = np.full(self._size, len(mine), dtype=np.int64)
        last[case[changing]] = number[changing]
        staying = np.flatnonzero((following == start) & (last[case] > number))
        staying = staying[_thinned(number[staying], case[staying], number[changing])]
        is_there = np.zeros(self._size, dtype=np.bool_)
        is_there[case[following != UNBOUND]] = True
        return _Turns(
            is_there, self._of_case(mine[changing]), self._of_case(mine[staying])
        )

    def _of_case(self, at: IntArray) -> IntArray:
        """int64[n_cases], index of the event of each case, -1 for none."""
        found = np.full(self._size, UNBOUND, dtype=np.int64)
        found[self._case[at]] = self._events[at]
        return found


def _thinned(number: IntArray, case: IntArray, wanted: IntArray) -> BoolArray:
    """bool[n], at most one moment of each case, after about as many events as those that change.

    Args:
        number: int64[n], events before each moment at which the case stays.
        case: int64[n], index of the case, never falling.
        wanted: int64[k], events before the moments at which others change.
    """
    if not len(number):
        return np.zeros(0, dtype=np.bool_)
    size = int(max(number.max(), wanted.max())) + 1
    changes, stays = (np.bincount(one, minlength=size) for one in (wanted, number))
    weight = (changes / np.maximum(stays, 1))[number]
    starts = np.flatnonzero(np.append(True, case[1:] != case[:-1]))
    of_case = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(case))))
    total = np.bincount(of_case, weight)
    # so large that hardly a case has more than one moment to give
    least = float(np.quantile(total, MOSTLY))
    upto = np.cumsum(weight)
    before = (upto - weight)[starts][of_case]
    drawn = np.random.default_rng(SEED).random(len(starts)) * np.maximum(total, least)
    inside = drawn[of_case]
    return np.asarray((inside >= upto - weight - before) & (inside < upto - before))
