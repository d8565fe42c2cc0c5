"""Binding: which events mean which step of a map. Counts nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from desirepath.errors import EvidenceError, Problem, names_here
from desirepath.events import kernels
from desirepath.events.goals import (
    GoalRow,
    completing_codes,
    goal_rows,
    named_codes,
)
from desirepath.events.patterns import matching_codes
from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.maps.claims import Claim
from desirepath.maps.model import EventPattern, JourneyMap
from desirepath.maps.statements import placed_claims

UNBOUND = -1


@dataclass(frozen=True, slots=True)
class Binding:
    """Steps of a map and the codes that mean them.

    Attributes:
        step_ids: Ids in map order.
        codes: bool[n_steps, n_codes].
        success: Activities or rows of activities that show that the goal is reached, those that occur.
        completing: bool[n_codes], codes that complete any of them.
        named: bool[n_codes], codes that the goal or a claim names, bound or not.
    """

    step_ids: tuple[str, ...]
    codes: BoolArray
    success: tuple[GoalRow, ...]
    completing: BoolArray
    named: BoolArray

    @property
    def is_goal_known(self) -> bool:
        """True where the goal's events occur in the data."""
        return bool(self.success)

    @property
    def is_bound(self) -> BoolArray:
        """bool[n_steps], True where at least one code means the step."""
        return np.asarray(self.codes.any(axis=1))


def nothing_bound(map_id: str, sequences: Sequences) -> EvidenceError:
    """E302, with activities that there are."""
    known = names_here(sequences.activities)
    hint = f"Write events: [{{activity: …}}] under the steps. Activities here: {known}."
    what = "no step is bound to an event that occurs"
    return EvidenceError(Problem("E302", what, map_id, hint))


def bind(journey_map: JourneyMap, sequences: Sequences) -> Binding:
    """Which codes mean which step, by the patterns on the map."""
    steps = tuple(journey_map.steps())
    codes = np.zeros((len(steps), len(sequences.activities)), dtype=np.bool_)
    for index, step in enumerate(steps):
        codes[index] = codes_of(step.events, sequences)
    goal = journey_map.goal
    success = goal_rows(goal.success_patterns if goal else (), sequences)
    named = codes_of(tuple(_claimed(journey_map)), sequences)
    if goal is not None:
        named |= named_codes(
            (*goal.success_patterns, *goal.failure_patterns), sequences
        )
    return Binding(
        tuple(step.id for step in steps),
        codes,
        success,
        completing_codes(success, sequences),
        named,
    )


def _claimed(journey_map: JourneyMap) -> Iterator[EventPattern]:
    """Patterns of events that the claims of a map speak of."""
    claims: list[Claim | None] = [one for _, _, one in placed_claims(journey_map)]
    claims.append(journey_map.goal.claim if journey_map.goal else None)
    for claim in claims:
        if claim and claim.share:
            share = claim.share
            yield EventPattern(activity=share.activity, channel=share.channel)
        if claim and claim.time:
            yield EventPattern(activity=claim.time.to)
        if claim and claim.effect and claim.effect.activity:
            yield EventPattern(activity=claim.effect.activity)


def codes_of(patterns: tuple[EventPattern, ...], sequences: Sequences) -> BoolArray:
    """bool[n_codes], codes that match any of the patterns."""
    found = np.zeros(len(sequences.activities), dtype=np.bool_)
    for pattern in patterns:
        found |= matching_codes(
            sequences.activities, sequences.channels, pattern.activity, pattern.channel
        )
    return found


def steps_of_events(binding: Binding, sequences: Sequences) -> IntArray:
    """int64[n_events], index of the step each event means, -1 for none.

    Where an activity is bound to several steps, order decides: its first occurrence in a case
    means the first of them, the second the second, and all later ones the last.
    """
    step_count, code_count = binding.codes.shape
    if not step_count or not code_count:
        return np.full(sequences.event_count, UNBOUND, dtype=np.int64)
    ways = binding.codes.sum(axis=0)
    by_code = np.where(ways > 0, binding.codes.argmax(axis=0), UNBOUND)
    steps = by_code[sequences.codes].astype(np.int64)
    shared = np.flatnonzero(ways > 1)
    if len(shared):
        events = np.flatnonzero(np.isin(sequences.codes, shared))
        # activities that differ only by channel share their count, so rank by activity
        _, activity = np.unique(np.array(sequences.activities), return_inverse=True)
        rank = kernels.occurrence(
            activity[sequences.codes], sequences.offsets, int(activity.max()) + 1
        )[events]
        table = np.full((code_count, int(ways.max())), UNBOUND, dtype=np.int64)
        for one in shared:
            table[one, : ways[one]] = np.flatnonzero(binding.codes[:, one])
        code = sequences.codes[events]
        steps[events] = table[code, np.minimum(rank, ways[code] - 1)]
    return steps
