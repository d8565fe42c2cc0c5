"""A whole flow from its counts: order of stops, ways, segments, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from desirepath.events import kernels
from desirepath.evidence.flow import Flow, Journey, LeftOut, SegmentFlow, Stop
from desirepath.evidence.flow_counts import Counter, how_many
from desirepath.evidence.flow_order import ordered_stops

MOST_JOURNEYS = 12
MIN_SEGMENT_CASES = 30
MAX_SEGMENT_VALUES = 12


def whole_flow(counter: Counter, min_share: float, chosen: Sequence[int]) -> Flow:
    """Everything measured.

    Args:
        counter: Counts of the stops that are kept.
        min_share: Least share of cases.
        chosen: Moves that are kept, from `Counter.choose_moves`.
    """
    stops = counter.stops
    moves = [counter.move(pair) for pair in chosen]
    order = _order(counter, stops)
    new = {old: number for number, old in enumerate(order)}
    variants, journeys = _journeys(counter, new)
    days = _days(counter)
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
        left_out=_left_out(counter, chosen, variants - len(journeys)),
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
    counts = np.bincount(counter.move_keys // counter.size)
    width = len(stops)
    weights = {
        divmod(int(pair), width): int(counts[pair]) for pair in np.flatnonzero(counts)
    }
    return ordered_stops(start, weights)


def _journeys(counter: Counter, new: dict[int, int]) -> tuple[int, tuple[Journey, ...]]:
    """Number of distinct ways, and the most frequent ones."""
    starts = np.flatnonzero(counter.stays.is_first)
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


def _left_out(counter: Counter, chosen: Sequence[int], journeys: int) -> LeftOut:
    gone, ground = ~counter.kept, counter.ground
    cases = ground.met_counts
    listed = sorted(
        (-int(cases[one]), counter.marked.names[one])
        for one in np.flatnonzero(gone & (cases > 0))
    )
    unbound = counter.sequences.event_count - len(ground.events)
    made = counter.pair_counts
    total, kept = int(made.sum()), int(made[np.array(chosen, dtype=np.int64)].sum())
    return LeftOut(
        stops=tuple((name, -count / counter.size) for count, name in listed),
        events=int(ground.event_counts[gone].sum()) + unbound,
        moves=int(np.count_nonzero(made)) - len(chosen),
        move_share=1 - kept / total if total else 0.0,
        cases=int((~counter.here.any(axis=0)).sum())
        if len(counter.old)
        else counter.size,
        journeys=journeys,
    )


def _segments(
    counter: Counter, order: list[int], chosen: Sequence[int]
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
                tuple(how_many(counter.here[one] & inside) for one in order),
                tuple(how_many(made & inside) for made in moves),
                tuple(how_many(over & inside) for over, _ in leaves),
                tuple(how_many(over & left & inside) for over, left in leaves),
            )


def _days(counter: Counter) -> tuple[str, str]:
    if not counter.sequences.has_times:
        return "", ""
    times = counter.sequences.times_us
    days = np.array([times.min(), times.max()]).astype("datetime64[us]")
    return str(days[0].astype("datetime64[D]")), str(days[1].astype("datetime64[D]"))
