"""Cases laid along a map, ready to be asked: who was here, who went on, how long it took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.evidence.align import Alignment, step_moves
from desirepath.evidence.binding import codes_of
from desirepath.evidence.question import (
    MEDIAN,
    Question,
    ShareQuestion,
    TimeQuestion,
)
from desirepath.maps.model import EventPattern, JourneyMap

US_PER_S = 1e6


class Laid:
    """A map, its aligned cases, and the questions that several rooms ask in the same way.

    Attributes:
        map: The map.
        aligned: Its alignment.
        sequences: The cases.
        place: Step id to its index in map order.
        everyone: bool[n_cases], all True.
        reached: bool[n_cases, n_steps].
        goal: bool[n_cases], cases that reach the goal.
        is_bound: bool[n_steps], steps whose events occur.
    """

    def __init__(
        self, journey_map: JourneyMap, alignment: Alignment, sequences: Sequences
    ) -> None:
        self.map = journey_map
        self.aligned = alignment
        self.sequences = sequences
        self.place = {step: index for index, step in enumerate(journey_map.step_ids())}
        self.everyone = np.ones(sequences.case_count, dtype=np.bool_)
        self.reached = alignment.is_reached
        self.goal = alignment.goal >= 0
        self.is_bound = alignment.binding.is_bound
        self._visits = _visits(alignment, sequences)
        self._earliest = alignment.earliest

    def is_known(self, step: str) -> bool:
        """True where the step exists and its events occur."""
        return step in self.place and bool(self.is_bound[self.place[step]])

    def at(self, steps: Sequence[str]) -> BoolArray:
        """bool[n_cases], cases that reach any of the steps."""
        places = [self.place[step] for step in steps]
        return np.asarray(self.reached[:, places].any(axis=1))

    def first_at(self, steps: Sequence[str]) -> IntArray:
        """int64[n_cases], index of the first event at any of the steps, -1 where there is none."""
        places = [self.place[step] for step in steps]
        found = self.aligned.first[:, places[0]].copy()
        for place in places[1:]:
            # seen as unsigned, nothing (-1) is the largest number of all
            other = self.aligned.first[:, place]
            np.minimum(
                found.view(np.uint64), other.view(np.uint64), out=found.view(np.uint64)
            )
        return found

    def shows(self, pattern: EventPattern) -> BoolArray:
        """bool[n_events], events that match a pattern."""
        return np.asarray(codes_of((pattern,), self.sequences)[self.sequences.codes])

    def reaches_goal(self, subject: str, here: BoolArray) -> Iterator[Question]:
        """Of the cases here, those that reach the goal; nothing where the goal has no events."""
        if self.aligned.binding.is_goal_known:
            yield ShareQuestion(subject, "goal", here, here & self.goal)

    def drops_off(self, subject: str, here: BoolArray, last: IntArray) -> Question:
        """Of the closed cases here, those with no later step and no goal.

        Args:
            subject: Ref of the element.
            here: bool[n_cases].
            last: int64[n_cases], index of the last event here.
        """
        furthest = self.aligned.last.max(axis=1)
        asked = here & ~self.aligned.is_open
        left = asked & (last == furthest) & ~self.goal
        return ShareQuestion(subject, "drop_off", asked, left)

    def channels(self, place: int) -> list[str]:
        """Channels in which the events of a step occur."""
        codes = np.flatnonzero(self.aligned.binding.codes[place])
        return sorted({self.sequences.channels[code] for code in codes} - {""})

    def in_channel(self, places: Sequence[int], channel: str) -> BoolArray:
        """bool[n_cases], cases that come through the channel at any of the steps."""
        names = self.sequences.channels
        wanted = np.array([name == channel for name in names], dtype=np.bool_)
        events = np.isin(self.aligned.step_of_event, places)
        events &= wanted[self.sequences.codes]
        return kernels.any_in_case(events, self.sequences.offsets)

    def comes_after(self, subject: str, before: str, after: str) -> Question:
        """Of the cases with both steps, those whose first `after` follows the first `before`."""
        first = self.aligned.first[:, self.place[before]]
        second = self.aligned.first[:, self.place[after]]
        both = (first >= 0) & (second >= 0)
        return ShareQuestion(subject, "order", both, both & (second > first), before)

    def comes_back(self, subject: str, place: int) -> Question:
        """Of the cases at a step, those that come back to it after another one."""
        _, end, cases = self._visits
        size = self.sequences.case_count
        arrivals = np.bincount(cases[end == place], minlength=size)
        here = self.reached[:, place]
        # a case that begins at the step arrives there without a move
        begins = self.aligned.first[:, place] == self._earliest
        again = here & (arrivals + begins > 1)
        return ShareQuestion(subject, "repeat", here, again)

    def move_counts(self) -> IntArray:
        """int64[n_steps, n_steps], moves from step to step."""
        counts = np.zeros((len(self.place), len(self.place)), dtype=np.int64)
        start, end, _ = self._visits
        np.add.at(counts, (start, end), 1)
        return counts

    def goes_on(self, subject: str, before: str, after: str) -> ShareQuestion:
        """Of the moves from one step to any other, those that go to `after`."""
        start, end, cases = self._visits
        size = self.sequences.case_count
        leaves = start == self.place[before]
        arrives = leaves & (end == self.place[after])
        asked = np.bincount(cases[leaves], minlength=size)
        hits = np.bincount(cases[arrives], minlength=size)
        return ShareQuestion(subject, "next", asked, hits, after)

    def waits(
        self,
        subject: str,
        start: IntArray,
        target: IntArray,
        name: str,
        quantile: float = MEDIAN,
        limit_s: float | None = None,
    ) -> TimeQuestion:
        """Time from one event of a case to another.

        It is the time of those who get there; cases that never do are drop-off, not time.

        Args:
            subject: Ref of the element.
            start: int64[n_cases], index of the event from which time runs, or -1.
            target: int64[n_cases], index of the event waited for, or -1.
            name: What is waited for.
            quantile: The quantile wanted.
            limit_s: Seconds within which the share is asked as well.
        """
        times = self.sequences.times_us
        asked = (start >= 0) & self.sequences.has_times
        is_seen = asked & (target >= 0)
        begin = times[np.maximum(start, 0)]
        waits_s = np.where(is_seen, times[np.maximum(target, 0)] - begin, 0) / US_PER_S
        followed_s = np.maximum((self.sequences.end_us - begin) / US_PER_S, waits_s)
        return TimeQuestion(
            subject, waits_s, followed_s, is_seen, asked, name, quantile, limit_s
        )


def _visits(
    alignment: Alignment, sequences: Sequences
) -> tuple[IntArray, IntArray, IntArray]:
    """From step, to step and case of every move between two different steps."""
    steps, cases = step_moves(alignment.step_of_event, sequences)
    is_move = cases[1:] == cases[:-1]
    return steps[:-1][is_move], steps[1:][is_move], cases[1:][is_move]
