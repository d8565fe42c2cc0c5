"""A whole flow from its counts: order of stops, ways, segments, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray
from desirepath.evidence.flow import Flow, Journey, LeftOut, SegmentFlow, Stop
from desirepath.evidence.flow_counts import Counter
from desirepath.evidence.flow_order import ordered_stops

MOST_JOURNEYS = 12
MIN_SEGMENT_CASES = 30
MAX_SEGMENT_VALUES = 12


def whole_flow(counter: Counter, min_share: float) -> Flow:
    """Everything measured."""
    stops = [counter.stop(number) for number in range(len(counter.old))]
    chosen = counter.choose_moves(min_share)
    moves = [counter.move(pair) for pair in chosen]
    order = _order(counter, stops)
    new = {old: number for number, old in enumerate(order)}
    variants, journeys = _journeys(counter, new)
    days = _days(counter)
    made = np.isin(counter.pairs, chosen)
    return Flow(
        min_share=min_share,
        stops=tuple(stops[one] for one in order),
        moves=tuple(
            replace(move, start=new[move.start], end=new[move.end]) for move in moves
        ),
        journeys=journeys,
        cases=counter.size,
        customers=counter.customer_count,
        events=counter.sequences.event_count,
        open_cases=int(counter.is_open.sum()),
        window_from=days[0],
        window_to=days[1],
        left_out=_left_out(counter, made, variants - len(journeys)),
        by_segment=tuple(_segments(counter, order, chosen)),
        map_id=counter.marked.map_id,
    )


def _order(counter: Counter, stops: Sequence[Stop]) -> list[int]:
    """Numbers of the stops from first to last: as on the map, or so that few cases run back."""
    start = sorted(
        range(len(stops)), key=lambda one: (stops[one].position, stops[one].key)
    )
    if counter.marked.map_id:
        return start
    keys = (
        kernels.distinct(counter.pairs * counter.size + counter.movers) // counter.size
    )
    found, counts = np.unique(keys, return_counts=True)
    width = len(stops)
    weights = {
        divmod(int(pair), width): int(count)
        for pair, count in zip(found, counts, strict=True)
    }
    return ordered_stops(start, weights)


def _journeys(counter: Counter, new: dict[int, int]) -> tuple[int, tuple[Journey, ...]]:
    """Number of distinct ways, and the most frequent ones."""
    starts = np.flatnonzero(counter.is_first)
    if not len(counter.stays.stops):
        return 0, ()
    offsets = np.append(starts, len(counter.stays.stops))
    cases = counter.stays.cases[starts]
    found = kernels.variants(counter.stays.stops, offsets)
    journeys = []
    for number in range(min(MOST_JOURNEYS, len(found.counts))):
        first = int(found.first_case[number])
        stops = counter.stays.stops[offsets[first] : offsets[first + 1]]
        shows = np.zeros(counter.size, dtype=np.bool_)
        shows[cases[found.of_case == number]] = True
        journeys.append(
            Journey(
                tuple(new[int(stop)] for stop in stops),
                counter.share(counter.everyone, shows),
                bool(counter.goal[shows].all()),
            )
        )
    return len(found.counts), tuple(journeys)


def _left_out(counter: Counter, made: BoolArray, journeys: int) -> LeftOut:
    gone = ~counter.kept
    events = np.flatnonzero(counter.marked.stop_of_event >= 0)
    stops = counter.marked.stop_of_event[events]
    out = gone[stops]
    cases = kernels.case_counts(
        stops[out], counter.sequences.case_index()[events[out]], len(gone)
    )
    listed = sorted(
        (-int(cases[one]), counter.marked.names[one])
        for one in np.flatnonzero(gone & (cases > 0))
    )
    unbound = int((counter.marked.stop_of_event < 0).sum())
    return LeftOut(
        stops=tuple((name, -count / counter.size) for count, name in listed),
        events=int(out.sum()) + unbound,
        moves=len(kernels.distinct(counter.pairs[~made])),
        move_share=float(1 - made.mean()) if len(made) else 0.0,
        cases=int((~counter.here.any(axis=0)).sum())
        if len(counter.old)
        else counter.size,
        journeys=journeys,
    )


def _segments(
    counter: Counter, order: list[int], chosen: list[int]
) -> Iterator[SegmentFlow]:
    moves = [counter.made(pair) for pair in chosen]
    leaves = [counter.leaves(one) for one in order]
    for name, segment in counter.sequences.segments.items():
        counts = np.bincount(segment.codes, minlength=len(segment.values))
        large = [
            int(code)
            for code in np.argsort(-counts, kind="stable")
            if segment.values[code] and counts[code] >= MIN_SEGMENT_CASES
        ]
        for code in sorted(large[:MAX_SEGMENT_VALUES]):
            inside = segment.codes == code
            yield SegmentFlow(
                f"{name}={segment.values[code]}",
                int(inside.sum()),
                counter.people(inside),
                tuple(int((counter.here[one] & inside).sum()) for one in order),
                tuple(int((made & inside).sum()) for made in moves),
                tuple(int((over & inside).sum()) for over, _ in leaves),
                tuple(int((over & left & inside).sum()) for over, left in leaves),
            )


def _days(counter: Counter) -> tuple[str, str]:
    if not counter.sequences.has_times:
        return "", ""
    times = counter.sequences.times_us
    days = np.array([times.min(), times.max()]).astype("datetime64[us]")
    return str(days[0].astype("datetime64[D]")), str(days[1].astype("datetime64[D]"))
