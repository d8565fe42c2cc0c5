"""Alignment: every case laid along a map. Draws no conclusion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirepath.errors import EvidenceError, Problem
from desirepath.events import kernels
from desirepath.events.goals import first_of_any
from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.evidence.binding import (
    UNBOUND,
    Binding,
    bind,
    nothing_bound,
    steps_of_events,
)
from desirepath.maps.model import JourneyMap

REPEAT_COST = 0.25
OPEN_QUANTILE = 0.95


@dataclass(frozen=True, slots=True)
class Alignment:
    """Cases laid along the steps of a map.

    Attributes:
        binding: Which codes mean which step.
        step_of_event: int64[n_events], step index or -1.
        first: int64[n_cases, n_steps], index of the first event of the step in the case, or -1.
        last: int64[n_cases, n_steps], index of its last event, or -1.
        on: int64[n_cases], steps reached in map order (the longest such chain).
        skipped: int64[n_cases], steps not reached, except where a declared `next` jumps over them and
            where no events are written at the step: what cannot be seen is not skipped.
        out_of_order: int64[n_cases], steps reached, but outside that chain.
        repeated: int64[n_cases], returns to a step after another, except in declared loops.
        elsewhere: int64[n_cases], distinct activities that neither a step binds nor the goal or a
            claim names.
        deviation: float64[n_cases], 0 (along the map) to 1; skipped, out of order and elsewhere
            cost 1 each, a repeat 0.25, divided by steps with events and elsewhere activities.
        goal: int64[n_cases], index of the first event that completes the goal, or -1.
        is_open: bool[n_cases], True where the case may still go on.
    """

    binding: Binding
    step_of_event: IntArray
    first: IntArray
    last: IntArray
    on: IntArray
    skipped: IntArray
    out_of_order: IntArray
    repeated: IntArray
    elsewhere: IntArray
    deviation: NDArray[np.float64]
    goal: IntArray
    is_open: BoolArray

    @property
    def is_reached(self) -> BoolArray:
        """bool[n_cases, n_steps]."""
        return self.first >= 0

    @property
    def earliest(self) -> IntArray:
        """int64[n_cases], index of the first event of any step, or a very large number."""
        never = np.iinfo(np.int64).max
        return np.asarray(np.where(self.is_reached, self.first, never).min(axis=1))


def align(journey_map: JourneyMap, sequences: Sequences) -> Alignment:
    """Each case laid along the map.

    Raises:
        EvidenceError: E301 if there are no cases, E302 if no step of the map is bound to events
            that occur.
    """
    if not sequences.case_count:
        raise EvidenceError(
            Problem(
                "E301",
                "there are no cases to measure",
                hint="Choose a wider window or another segment.",
            )
        )
    binding = bind(journey_map, sequences)
    if not binding.codes.any():
        raise nothing_bound(journey_map.id, sequences)
    steps = steps_of_events(binding, sequences)
    first, last = _first_and_last(steps, sequences, len(binding.step_ids))
    on = _longest_chain(first)
    reached = first >= 0
    is_optional, is_loop = _declared(journey_map)
    is_seen = np.array([bool(step.events) for step in journey_map.steps()])
    skipped = (~reached & ~is_optional & is_seen).sum(axis=1)
    out_of_order = reached.sum(axis=1) - on
    repeated = _returns(steps, sequences, is_loop)
    elsewhere = _elsewhere(steps, binding, sequences)
    cost = skipped + out_of_order + REPEAT_COST * repeated + elsewhere
    goal = first_of_any(binding.success, sequences)
    return Alignment(
        binding=binding,
        step_of_event=steps,
        first=first,
        last=last,
        on=on,
        skipped=skipped,
        out_of_order=out_of_order,
        repeated=repeated,
        elsewhere=elsewhere,
        deviation=np.minimum(cost / np.maximum(is_seen.sum() + elsewhere, 1), 1.0),
        goal=goal,
        is_open=open_cases(sequences),
    )


def open_cases(sequences: Sequences) -> BoolArray:
    """bool[n_cases], True where the last event is so near the end of observation that more may follow.

    Near means nearer than 95 % of all waits between two events of a case.
    """
    if not sequences.has_times:
        return np.zeros(sequences.case_count, dtype=np.bool_)
    waits = np.diff(sequences.times_us)
    inside = np.ones(len(waits), dtype=np.bool_)
    inside[sequences.offsets[1:-1] - 1] = False
    waits = waits[inside]
    if not len(waits):
        return np.zeros(sequences.case_count, dtype=np.bool_)
    rank = min(int(OPEN_QUANTILE * len(waits)), len(waits) - 1)
    near = np.partition(waits, rank)[rank]
    last_us = sequences.times_us[sequences.offsets[1:] - 1]
    return np.asarray(sequences.end_us - last_us < near)


def _first_and_last(
    steps: IntArray, sequences: Sequences, step_count: int
) -> tuple[IntArray, IntArray]:
    """First and last event of each step in each case, by two scatters over the bound events."""
    events = np.flatnonzero(steps != UNBOUND)
    cells = (
        np.repeat(np.arange(sequences.case_count, dtype=np.int64), sequences.lengths)[
            events
        ]
        * step_count
        + steps[events]
    )
    first = np.full(sequences.case_count * step_count, -1, dtype=np.int64)
    last = first.copy()
    last[cells] = events  # the last writer wins, and events are in order
    first[cells[::-1]] = events[::-1]
    shape = (sequences.case_count, step_count)
    return first.reshape(shape), last.reshape(shape)


def _longest_chain(first: IntArray) -> IntArray:
    """int64[n_cases], length of the longest run of steps whose first events rise in map order.

    Cases with the same order of first events share one computation.
    """
    order = np.argsort(first, axis=1, kind="stable").astype(np.int16)
    reached = (first >= 0).sum(axis=1)
    chosen, of_case = kernels.row_kinds(np.column_stack([order, reached]))
    order, reached = order[chosen], reached[chosen]
    step_count = first.shape[1]
    place = np.empty_like(order)
    np.put_along_axis(
        place, order, np.arange(step_count, dtype=order.dtype)[None, :], axis=1
    )
    is_there = place >= (step_count - reached)[:, None]
    best = is_there.astype(np.int64)
    for step in range(1, step_count):
        for before in range(step):
            follows = (
                is_there[:, step]
                & is_there[:, before]
                & (place[:, before] < place[:, step])
            )
            np.maximum(
                best[:, step],
                np.where(follows, best[:, before] + 1, 0),
                out=best[:, step],
            )
    return np.asarray(best.max(axis=1)[of_case])


def _declared(journey_map: JourneyMap) -> tuple[BoolArray, BoolArray]:
    """Steps that a declared `next` jumps over, and steps inside a declared loop."""
    place = {step: index for index, step in enumerate(journey_map.step_ids())}
    is_optional = np.zeros(len(place), dtype=np.bool_)
    is_loop = np.zeros(len(place), dtype=np.bool_)
    for step in journey_map.steps():
        for way in step.next:
            start, end = place[step.id], place.get(way.step)
            if end is None:
                continue
            if end > start:
                is_optional[start + 1 : end] = True
            else:
                is_loop[end : start + 1] = True
    return is_optional, is_loop


def _returns(steps: IntArray, sequences: Sequences, is_loop: BoolArray) -> IntArray:
    """int64[n_cases], how often a case comes back to a step after another one."""
    moved, cases = step_moves(steps, sequences)
    counted = ~is_loop[moved]
    moved, cases = moved[counted], cases[counted]
    visits = np.bincount(cases, minlength=sequences.case_count)
    once = kernels.distinct_per_case(moved, cases, len(visits), len(is_loop))
    return np.asarray(visits - once)


def step_moves(steps: IntArray, sequences: Sequences) -> tuple[IntArray, IntArray]:
    """Steps in the order visited, unbound events left out and stays at one step folded.

    Returns:
        int64[k] step index and int64[k] case index of each visit.
    """
    events = np.flatnonzero(steps != UNBOUND)
    cases = np.repeat(
        np.arange(sequences.case_count, dtype=np.int64), sequences.lengths
    )[events]
    visited = steps[events]
    is_new = np.ones(len(events), dtype=np.bool_)
    is_new[1:] = (visited[1:] != visited[:-1]) | (cases[1:] != cases[:-1])
    return visited[is_new], cases[is_new]


def latest_steps(alignment: Alignment, sequences: Sequences) -> IntArray:
    """int64[n_events], step at which the customer is: that of the event or the last one before, else -1."""
    steps = alignment.step_of_event
    bound = np.where(steps != UNBOUND, np.arange(len(steps)), UNBOUND)
    latest = np.maximum.accumulate(bound)
    starts = np.repeat(sequences.offsets[:-1], sequences.lengths)
    return np.where(latest >= starts, steps[np.maximum(latest, 0)], UNBOUND)


def _elsewhere(steps: IntArray, binding: Binding, sequences: Sequences) -> IntArray:
    """int64[n_cases], distinct unbound activities; the same activity in two channels is one."""
    _, activity = np.unique(np.array(sequences.activities), return_inverse=True)
    events = np.flatnonzero((steps == UNBOUND) & ~binding.named[sequences.codes])
    cases = np.repeat(
        np.arange(sequences.case_count, dtype=np.int64), sequences.lengths
    )[events]
    return kernels.distinct_per_case(
        activity[sequences.codes[events]],
        cases,
        sequences.case_count,
        int(activity.max()) + 1,
    )
