"""Difference of two segments: which moves and exits are shown to be more or less frequent in one. Draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desirepath.errors import EvidenceError, Problem
from desirepath.events.sequences import BoolArray, Sequences
from desirepath.evidence.facts import whole_cases
from desirepath.evidence.flow import CaseShare, Flow, SegmentFlow
from desirepath.evidence.flow_counts import Counter
from desirepath.evidence.flow_whole import whole_flow
from desirepath.evidence.measure_flow import MIN_SHARE, MOST_STOPS
from desirepath.evidence.stops import Ground, cases_in, choose_stops, mark_events
from desirepath.maps.model import JourneyMap
from desirepath.stats.intervals import newcombe_difference, wilson
from desirepath.stats.multiple import benjamini_hochberg
from desirepath.stats.significance import two_shares

FALSE_DISCOVERY_RATE = 0.05
LEAST_N = 10  # fewer never settle anything


@dataclass(frozen=True, slots=True)
class ShareDifference:
    """The same share in two segments.

    Attributes:
        first: In the segment looked at.
        against: In the segment it is compared with.
        value: First minus against, -1 to 1.
        low: Lower end of the 95 % interval.
        high: Upper end.
        rate: False-discovery rate at which it would still be a finding; 1 where a side has fewer
            than 10 cases.
        is_shown: True where the two are shown to differ.
    """

    first: CaseShare
    against: CaseShare
    value: float
    low: float
    high: float
    rate: float
    is_shown: bool


@dataclass(frozen=True, slots=True)
class FlowDifference:
    """Two segments in one flow.

    Attributes:
        flow: The flow of both together; a stop or move is in it if enough cases of either make it.
        segment: ``name=value`` looked at.
        against: ``name=value`` it is compared with.
        cases: Cases of each.
        moves: Of the cases at its start, those that make each move of the flow.
        leaves: Of the cases at each stop, those that leave there.
        is_of_all: The flow is that of all cases, not only of those of both.
    """

    flow: Flow
    segment: str
    against: str
    cases: tuple[int, int]
    moves: tuple[ShareDifference, ...]
    leaves: tuple[ShareDifference, ...]
    is_of_all: bool = False


def compare_flows(
    sequences: Sequences,
    segment: str,
    against: str,
    *,
    steps: JourneyMap | None = None,
    goal: str | None = None,
    min_share: float = MIN_SHARE,
    most_stops: int = MOST_STOPS,
) -> FlowDifference:
    """How the cases of one segment move differently from those of another.

    Compared is what cases do where they are: of those that come to a stop, the share that goes on to
    another, and the share that leaves. All questions together are held to a false-discovery rate of
    5 %. A difference is no cause.

    Args:
        sequences: The cases.
        segment: ``name=value``.
        against: ``name=value``.
        steps: As `measure_flow`.
        goal: As `measure_flow`.
        min_share: Least share of the cases of either segment.
        most_stops: As `measure_flow`.

    Raises:
        EventsError: E290 if there is no such segment.
        EvidenceError: E307 if the segments share cases; else as `measure_flow`.
    """
    first, second = cases_in(sequences, segment), cases_in(sequences, against)
    if (first & second).any():
        what = f'"{segment}" and "{against}" share cases'
        hint = "Compare two values of one segment."
        raise EvidenceError(Problem("E307", what, hint=hint))
    both = first | second
    part = sequences.take(both)
    groups = (first[both], second[both])
    marked = mark_events(part, steps, goal)
    ground = Ground(part, marked)
    kept = choose_stops(
        ground, min_share=min_share, most_stops=most_stops, groups=groups
    )
    counter = Counter(ground, kept, groups)
    flow = whole_flow(counter, min_share, counter.choose_moves(min_share))
    places = {marked.keys[old]: number for number, old in enumerate(counter.old)}
    numbers = [places[stop.key] for stop in flow.stops]
    width = len(numbers)
    moves = [
        _pair(
            counter,
            counter.here[numbers[move.start]],
            counter.made(numbers[move.start] * width + numbers[move.end]),
            groups,
        )
        for move in flow.moves
    ]
    leaves = [_pair(counter, *counter.leaves(number), groups) for number in numbers]
    found = _judged([*moves, *leaves])
    return FlowDifference(
        flow,
        segment,
        against,
        (int(first.sum()), int(second.sum())),
        tuple(found[: len(moves)]),
        tuple(found[len(moves) :]),
    )


def difference_of(flow: Flow, segment: str, against: str) -> FlowDifference:
    """How two segments of a flow that was measured before differ, from its counts alone.

    As `compare_flows`, but the flow is that of all cases. Customers with several cases count as one
    each: n is at most what it is there.

    Args:
        flow: A flow with counts by segment.
        segment: ``name=value``.
        against: ``name=value``.

    Raises:
        EvidenceError: E307 if the segments share cases, E323 if the flow has no counts of one.
    """
    if segment == against or segment.partition("=")[0] != against.partition("=")[0]:
        what = f'"{segment}" and "{against}" share cases'
        hint = "Compare two values of one segment."
        raise EvidenceError(Problem("E307", what, hint=hint))
    sides = [_counts_of(flow, name) for name in (segment, against)]
    moves = [
        tuple(
            _share_of(side, side.stop_cases[move.start], side.move_cases[number])
            for side in sides
        )
        for number, move in enumerate(flow.moves)
    ]
    leaves = [
        tuple(
            _share_of(side, side.over_cases[number], side.leave_cases[number])
            if side.leave_cases
            else _share_of(side, 0, 0)
            for side in sides
        )
        for number in range(len(flow.stops))
    ]
    found = _judged([(one, two) for one, two in (*moves, *leaves)])
    return FlowDifference(
        flow,
        segment,
        against,
        (sides[0].cases, sides[1].cases),
        tuple(found[: len(moves)]),
        tuple(found[len(moves) :]),
        is_of_all=True,
    )


def _counts_of(flow: Flow, segment: str) -> SegmentFlow:
    for one in flow.by_segment:
        if one.segment == segment:
            return one
    known = ", ".join(one.segment for one in flow.by_segment[:8])
    what = f'the flow has no counts of "{segment}"'
    hint = f"Counted are: {known}." if known else "Load segments with the events."
    raise EvidenceError(Problem("E323", what, hint=hint))


def _share_of(side: SegmentFlow, asked: int, hits: int) -> CaseShare:
    """A share with as many independent cases as there are customers behind them on average."""
    n = asked * min(1.0, side.customers / side.cases) if side.cases else 0.0
    found = wilson(hits / asked * n if asked else 0.0, n)
    return CaseShare(hits, asked, float(found.low), float(found.high), whole_cases(n))


def _pair(
    counter: Counter,
    asked: BoolArray,
    hits: BoolArray,
    groups: Sequence[BoolArray],
) -> tuple[CaseShare, CaseShare]:
    return (
        counter.share(asked, hits, groups[0]),
        counter.share(asked, hits, groups[1]),
    )


def _judged(pairs: Sequence[tuple[CaseShare, CaseShare]]) -> list[ShareDifference]:
    """Differences with intervals, and which of them are shown."""
    if not pairs:
        return []
    n1 = np.array([one.n for one, _ in pairs], dtype=np.float64)
    n2 = np.array([two.n for _, two in pairs], dtype=np.float64)
    hits1 = n1 * [one.share for one, _ in pairs]
    hits2 = n2 * [two.share for _, two in pairs]
    asked = (n1 >= LEAST_N) & (n2 >= LEAST_N)
    p = np.where(asked, two_shares(hits1, n1, hits2, n2), np.nan)
    rates = np.nan_to_num(benjamini_hochberg(p), nan=1.0)
    shares = newcombe_difference(hits1, n1, hits2, n2)
    found = []
    for place, (one, two) in enumerate(pairs):
        low, high = float(shares.low[place]), float(shares.high[place])
        rate = float(rates[place])
        is_shown = rate <= FALSE_DISCOVERY_RATE and (low > 0 or high < 0)
        value = one.share - two.share
        found.append(ShareDifference(one, two, value, low, high, rate, is_shown))
    return found
