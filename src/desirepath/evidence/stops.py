"""Stops: which event means which stop, and which stops are kept. Counts nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from desirepath.errors import EventsError, EvidenceError, Problem, names_here
from desirepath.events import kernels
from desirepath.events.goals import (
    GoalRow,
    completing_codes,
    first_of_any,
    goal_row,
)
from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.evidence.align import open_cases
from desirepath.evidence.binding import bind, nothing_bound, steps_of_events
from desirepath.maps.model import JourneyMap
from desirepath.stats.clusters import number_clusters


@dataclass(frozen=True, slots=True)
class Marked:
    """Events with the stop each means, before anything is left out.

    Attributes:
        keys: Activity or step id of each stop.
        names: What people call it.
        stop_of_event: int64[n_events], -1 for none.
        is_goal: bool[n_stops], stops that complete the goal.
        success: Activities or rows of activities that show the goal.
        map_id: Map whose steps the stops are, or "".
    """

    keys: tuple[str, ...]
    names: tuple[str, ...]
    stop_of_event: IntArray
    is_goal: BoolArray
    success: tuple[GoalRow, ...]
    map_id: str = ""


def mark_events(
    sequences: Sequences, steps: JourneyMap | None, goal: str | None
) -> Marked:
    """Which stop each event means.

    Raises:
        EvidenceError: E301, E302, E305 as `measure_flow`.
    """
    if not sequences.case_count:
        hint = "Choose a wider window or another segment."
        raise EvidenceError(Problem("E301", "there are no cases to measure", hint=hint))
    success: tuple[GoalRow, ...] = ()
    if goal is not None:
        row = goal_row(goal, sequences.activities, sequences.channels)
        success = (row,)
        if not row.is_known:
            part = row.missing[0] if row.missing else goal
            what = f'no activity matches the goal "{part}"'
            raise EvidenceError(
                Problem(
                    "E305",
                    what,
                    hint=f"Activities here: {names_here(sequences.activities, part)}.",
                )
            )
    if steps is not None:
        return _mark_steps(sequences, steps, success)
    names, of_code = np.unique(np.array(sequences.activities), return_inverse=True)
    is_goal = np.zeros(len(names), dtype=np.bool_)
    is_goal[of_code[completing_codes(success, sequences)]] = True
    keys = tuple(str(name) for name in names)
    codes = of_code[sequences.codes].astype(np.int64)
    return Marked(keys, keys, codes, is_goal, success)


def _mark_steps(
    sequences: Sequences, steps: JourneyMap, success: tuple[GoalRow, ...]
) -> Marked:
    binding = bind(steps, sequences)
    if not binding.codes.any():
        raise nothing_bound(steps.id, sequences)
    shows = success or binding.success
    return Marked(
        binding.step_ids,
        tuple(step.name for step in steps.steps()),
        steps_of_events(binding, sequences),
        np.asarray((binding.codes & completing_codes(shows, sequences)).any(axis=1)),
        shows,
        steps.id,
    )


class Ground:
    """What a flow stands on, the same at every level: events with their stops, and what cases are.

    Attributes:
        sequences: The cases.
        marked: Events with their stops.
        events: int64[k], index of each event that means a stop.
        stops: int64[k], its stop.
        cases: int64[k], its case.
        met: int64[m], stop * case_count + case where a case comes to a stop; rising.
        customers: int64[n_cases], customers numbered from 0.
        customer_count: How many they are.
        goal: bool[n_cases], cases that reach the goal.
        is_open: bool[n_cases], cases that may still go on.
    """

    def __init__(self, sequences: Sequences, marked: Marked) -> None:
        self.sequences = sequences
        self.marked = marked
        self.events = np.flatnonzero(marked.stop_of_event >= 0)
        self.stops = marked.stop_of_event[self.events].astype(np.int64)
        self.cases = sequences.case_index()[self.events]
        self.met = kernels.distinct(self.stops * sequences.case_count + self.cases)
        self.customers = number_clusters(sequences.customers)
        self.customer_count = int(self.customers.max()) + 1
        self.goal = first_of_any(marked.success, sequences) >= 0
        self.is_open = open_cases(sequences)

    @cached_property
    def met_counts(self) -> IntArray:
        """int64[n_stops], cases that come to each stop."""
        stops = self.met // self.sequences.case_count
        return np.bincount(stops, minlength=len(self.marked.keys))

    @cached_property
    def event_counts(self) -> IntArray:
        """int64[n_stops], events at each stop."""
        return np.bincount(self.stops, minlength=len(self.marked.keys))


def choose_stops(
    ground: Ground,
    *,
    min_share: float,
    most_stops: int,
    groups: Sequence[BoolArray],
) -> BoolArray:
    """bool[n_stops], stops that enough cases come to in any group; the goal always stays.

    Args:
        ground: The cases, with their stops.
        min_share: Least share of the cases of a group.
        most_stops: Most stops.
        groups: bool[n_cases] each; all cases are one group where none is given.
    """
    marked, size = ground.marked, ground.sequences.case_count
    shares = ground.met_counts / size
    if groups:
        shares = np.zeros(len(marked.keys))
    for group in groups:
        inside = ground.met[group[ground.met % size]] // size
        counts = np.bincount(inside, minlength=len(marked.keys))
        shares = np.maximum(shares, counts / max(int(group.sum()), 1))
    rank = np.empty(len(shares), dtype=np.int64)
    order = np.argsort(-(shares + 2 * marked.is_goal), kind="stable")
    rank[order] = np.arange(len(shares))
    is_kept = (shares >= min_share) | marked.is_goal
    return np.asarray(is_kept & (shares > 0) & (rank < most_stops))


def cases_in(sequences: Sequences, segment: str) -> BoolArray:
    """bool[n_cases], cases of a segment given as ``name=value``.

    Raises:
        EventsError: E290 if there is no such segment or value.
    """
    name, _, value = segment.partition("=")
    found = sequences.segments.get(name.strip())
    if found is None or value.strip() not in found.values:
        known = sequences.segments if found is None else [v for v in found.values if v]
        what = f'no segment is called "{segment}"'
        hint = f"Known: {', '.join(sorted(known)) or 'none'}; write name=value."
        raise EventsError(Problem("E290", what, hint=hint))
    return np.asarray(found.codes == found.values.index(value.strip()))
