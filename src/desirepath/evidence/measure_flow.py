"""Measure how cases move between activities or steps, at one level or several. Draws nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from desirepath.errors import EvidenceError, Problem
from desirepath.events.sequences import Sequences
from desirepath.evidence.flow import Flow
from desirepath.evidence.flow_counts import Counter
from desirepath.evidence.flow_whole import whole_flow
from desirepath.evidence.stops import Ground, cases_in, choose_stops, mark_events
from desirepath.maps.model import JourneyMap

LEVELS = (0.05, 0.02, 0.01, 0.005)
MIN_SHARE = 0.02
MOST_STOPS = 24


def measure_flow(
    sequences: Sequences,
    *,
    steps: JourneyMap | None = None,
    goal: str | None = None,
    min_share: float = MIN_SHARE,
    most_stops: int = MOST_STOPS,
    segment: str = "",
) -> Flow:
    """How cases move between activities, or between the steps of a map.

    An activity that follows itself is one stay. Stops that fewer cases than `min_share` come to are
    left out, and moves lead over them; moves that fewer cases make are left out as well, except the
    strongest way into and out of each stop. All of it is counted.

    Args:
        sequences: The cases.
        steps: Map whose steps are the stops; activities are if None.
        goal: Activity that shows success, ``*`` is any letters, or several in order: ``basket > pay``;
            the goal of the map if None.
        min_share: Least share of cases, 0 to 1.
        most_stops: Stops kept at most, those that most cases come to.
        segment: ``name=value`` of the only cases to measure; all if empty.

    Raises:
        EvidenceError: E301 if there are no cases, E302 if no step of the map is bound, E305 if no
            activity matches the goal, E306 if `min_share` is not between 0 and 1.
        EventsError: E290 if there is no such segment.
    """
    return next(
        _flows(
            sequences,
            steps=steps,
            goal=goal,
            levels=(min_share,),
            most_stops=most_stops,
            segment=segment,
        )
    )


def measure_levels(
    sequences: Sequences,
    *,
    steps: JourneyMap | None = None,
    goal: str | None = None,
    levels: Sequence[float] = LEVELS,
    most_stops: int = MOST_STOPS,
    segment: str = "",
) -> tuple[Flow, ...]:
    """Flows of several levels, the largest share first; levels that add nothing are left out.

    Raises:
        EvidenceError: As `measure_flow`.
    """
    found: list[Flow] = []
    for flow in _flows(
        sequences,
        steps=steps,
        goal=goal,
        levels=sorted(set(levels), reverse=True),
        most_stops=most_stops,
        segment=segment,
    ):
        if flow.stops and not (found and _size(found[-1]) == _size(flow)):
            found.append(flow)
        last = flow
    return tuple(found) or (last,)


def _size(flow: Flow) -> tuple[int, int]:
    return len(flow.stops), len(flow.moves)


def _flows(
    sequences: Sequences,
    *,
    steps: JourneyMap | None,
    goal: str | None,
    levels: Sequence[float],
    most_stops: int,
    segment: str,
) -> Iterator[Flow]:
    """Flows of several levels; one that is in all the same as the level before is left out."""
    if segment:
        sequences = sequences.take(cases_in(sequences, segment))
    ground = Ground(sequences, mark_events(sequences, steps, goal))
    counter: Counter | None = None
    before: list[int] = []
    for level in levels:
        if not 0 <= level <= 1:
            what = f"expected a level between 0 and 1, found {level:g}"
            hint = "Give a share of the cases, such as 0.02 or 2%."
            raise EvidenceError(Problem("E306", what, hint=hint))
        kept = choose_stops(ground, min_share=level, most_stops=most_stops, groups=())
        is_new = counter is None or not np.array_equal(kept, counter.kept)
        if counter is None or is_new:
            counter = Counter(ground, kept)
        chosen = counter.choose_moves(level)
        if is_new or chosen != before or not chosen:
            before = chosen
            yield replace(whole_flow(counter, level, chosen), segment=segment)
