"""Columns and rows of a flow picture: which stop stands after which. Knows no millimeters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from desirepath.evidence.flow import Flow, Move

STRONG_SHARE = 0.06  # of the moves out of a stop; weaker ones do not push a column on,
STRONG_ARRIVAL = 0.2  # unless this share of the moves into the next stop comes that way
MOST_IN_COLUMN = 5
SWEEPS = 10


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in a column: a stop, or a move that passes it on its way to a later column.

    Attributes:
        stop: Number of the stop, -1 for a move that passes.
        move: Number of the move that passes, -1 for a stop.
    """

    stop: int = -1
    move: int = -1


@dataclass(frozen=True, slots=True)
class Band:
    """One row of columns, in reading order.

    Attributes:
        columns: Seats of each column from top to bottom.
        onward: Moves that run forward within this row.
        back: Moves that run back, or stay in their column, within this row.
    """

    columns: tuple[tuple[Seat, ...], ...]
    onward: tuple[int, ...]
    back: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """A flow cut into rows.

    Attributes:
        bands: The rows.
        jumps: Moves from one row to another, drawn as two ends with the same letter.
    """

    bands: tuple[Band, ...]
    jumps: tuple[int, ...]


def columns_of(flow: Flow) -> tuple[tuple[int, ...], ...]:
    """Stops of each column, so that most moves lead from a column to a later one.

    Examples:
        >>> from desirepath.evidence.flow import CaseShare, Move
        >>> one = CaseShare(5, 9, 0.3, 0.8, 9)
        >>> chain = [Move(start, start + 1, 5, 5, one, one) for start in range(2)]
        >>> columns_of(Flow(0.1, (None,) * 3, (*chain, Move(2, 0, 1, 1, one, one)), (), 9, 9, 9))
        ((0,), (1,), (2,))
    """
    count = len(flow.stops)
    order = range(count)
    onward = [move for move in flow.moves if move.start < move.end]
    out = [sum(m.count for m in flow.moves if m.start == one) for one in range(count)]
    into = [sum(m.count for m in flow.moves if m.end == one) for one in range(count)]
    strong = [
        move
        for move in onward
        if move.count >= STRONG_SHARE * out[move.start]
        or move.count >= STRONG_ARRIVAL * into[move.end]
    ]
    layer = dict.fromkeys(order, 0)
    for stop in order:
        for move in strong:
            if move.end == stop:
                layer[stop] = max(layer[stop], layer[move.start] + 1)
    _pull(layer, onward)
    _scatter(layer, flow)
    return _split(layer, flow)


def _pull(layer: dict[int, int], onward: Sequence[Move]) -> None:
    """Move stops that nothing leads to up to the column before the first that they lead to."""
    reached = {move.end for move in onward}
    for stop in sorted(layer, key=lambda one: -layer[one]):
        ways = [layer[move.end] for move in onward if move.start == stop]
        if stop not in reached and ways and min(ways) - 1 > layer[stop]:
            layer[stop] = min(ways) - 1


def _scatter(layer: dict[int, int], flow: Flow) -> None:
    """Stops without any move stand side by side, not below each other."""
    moved = {one for move in flow.moves for one in (move.start, move.end)}
    lonely = [stop for stop in layer if stop not in moved]
    width = max(max(layer.values(), default=0) + 1, ceil(len(lonely) ** 0.5))
    for number, stop in enumerate(lonely):
        layer[stop] = number % width


def _split(layer: dict[int, int], flow: Flow) -> tuple[tuple[int, ...], ...]:
    """Columns of at most five stops; where more stand in one, the less visited get their own."""
    found: list[tuple[int, ...]] = []
    for number in sorted(set(layer.values())):
        stops = [stop for stop in layer if layer[stop] == number]
        if len(stops) > MOST_IN_COLUMN:
            stops.sort(key=lambda one: (-_cases(flow, one), one))
        parts = ceil(len(stops) / MOST_IN_COLUMN)
        size = ceil(len(stops) / parts)
        found += [
            tuple(stops[start : start + size]) for start in range(0, len(stops), size)
        ]
    return tuple(found)


def _cases(flow: Flow, stop: int) -> int:
    return sum(m.all.cases for m in flow.moves if stop in (m.start, m.end))


def graph_of(flow: Flow, columns: Sequence[Sequence[int]], row_count: int) -> Graph:
    """Columns cut into rows where few cases cross the cut, and ordered so that few moves cross.

    Args:
        flow: What flows.
        columns: Stops of each column.
        row_count: Rows wanted.
    """
    column = {stop: number for number, part in enumerate(columns) for stop in part}
    starts = _cuts(flow, column, len(columns), row_count)
    row = [
        sum(start <= number for start in starts[1:]) for number in range(len(columns))
    ]
    bands, jumps = [], []
    for number, move in enumerate(flow.moves):
        if row[column[move.start]] != row[column[move.end]]:
            jumps.append(number)
    for place, start in enumerate(starts):
        inside = [number for number in range(len(columns)) if row[number] == place]
        bands.append(_band(flow, columns, column, range(start, start + len(inside))))
    return Graph(tuple(bands), tuple(jumps))


def has_back(graph: Graph, flow: Flow) -> bool:
    """Whether any line comes back."""
    row = {
        seat.stop: place
        for place, band in enumerate(graph.bands)
        for seats in band.columns
        for seat in seats
    }
    moves = [flow.moves[number] for number in graph.jumps]
    return any(band.back for band in graph.bands) or any(
        row[move.end] < row[move.start] for move in moves
    )


def _cuts(flow: Flow, column: dict[int, int], count: int, row_count: int) -> list[int]:
    """First column of each row: rows of equal size as far as possible, few cases across the cuts."""
    most = ceil(count / max(row_count, 1))
    across = [0] * (count + 1)
    for move in flow.moves:
        low, high = sorted((column[move.start], column[move.end]))
        for place in range(low + 1, high + 1):
            across[place] += move.all.cases
    best: dict[int, tuple[int, int, list[int]]] = {0: (0, 0, [])}
    for end in range(1, count + 1):
        options = [
            (
                best[start][0] + 1,
                best[start][1] + across[start],
                [*best[start][2], start],
            )
            for start in range(max(0, end - most), end)
            if start in best
        ]
        best[end] = min(options)
    return best[count][2] or [0]


def _band(
    flow: Flow, columns: Sequence[Sequence[int]], column: dict[int, int], inside: range
) -> Band:
    here = [
        number
        for number, move in enumerate(flow.moves)
        if column[move.start] in inside and column[move.end] in inside
    ]
    onward = [
        n for n in here if column[flow.moves[n].start] < column[flow.moves[n].end]
    ]
    seats = [[Seat(stop=stop) for stop in columns[number]] for number in inside]
    for number in onward:
        move = flow.moves[number]
        for passed in range(column[move.start] + 1, column[move.end]):
            seats[passed - inside.start].append(Seat(move=number))
    chains = {
        number: _chain(flow.moves[number], number, column, inside) for number in onward
    }
    weights = {number: flow.moves[number].all.cases for number in onward}
    ordered = _uncrossed(seats, list(chains.values()), list(weights.values()))
    back = [number for number in here if number not in chains]
    return Band(ordered, tuple(onward), tuple(back))


def _chain(
    move: Move, number: int, column: dict[int, int], inside: range
) -> list[tuple[int, Seat]]:
    """Column and seat of a move, from its start over what it passes to its end."""
    first, last = column[move.start], column[move.end]
    middle = [(c - inside.start, Seat(move=number)) for c in range(first + 1, last)]
    return [
        (first - inside.start, Seat(stop=move.start)),
        *middle,
        (last - inside.start, Seat(stop=move.end)),
    ]


def _uncrossed(
    seats: list[list[Seat]],
    chains: Sequence[Sequence[tuple[int, Seat]]],
    weights: Sequence[int],
) -> tuple[tuple[Seat, ...], ...]:
    """Columns ordered by sweeps towards the mean place of what they are tied to; the best is kept."""
    ties = [
        (before, after, weight)
        for chain, weight in zip(chains, weights, strict=True)
        for before, after in pairwise(chain)
    ]
    best = [list(column) for column in seats]
    fewest = _crossings(best, ties)
    for sweep in range(SWEEPS):
        is_forward = sweep % 2 == 0
        numbers = range(len(seats)) if is_forward else reversed(range(len(seats)))
        for number in numbers:
            _settle(seats, number, ties, is_forward=is_forward)
        found = _crossings(seats, ties)
        if found < fewest:
            fewest, best = found, [list(column) for column in seats]
    return tuple(tuple(column) for column in best)


Tie = tuple[tuple[int, Seat], tuple[int, Seat], int]


def _settle(
    seats: list[list[Seat]], number: int, ties: Sequence[Tie], *, is_forward: bool
) -> None:
    """Order one column by the mean place of its neighbors on one side."""
    total: dict[Seat, float] = {}
    count: dict[Seat, float] = {}
    for before, after, weight in ties:
        own, other = (after, before) if is_forward else (before, after)
        if own[0] == number:
            column = seats[other[0]]
            place = (column.index(other[1]) + 0.5) / len(column)
            total[own[1]] = total.get(own[1], 0.0) + weight * place
            count[own[1]] = count.get(own[1], 0.0) + weight
    old = {
        seat: (at + 0.5) / len(seats[number]) for at, seat in enumerate(seats[number])
    }
    seats[number].sort(
        key=lambda seat: total[seat] / count[seat] if count.get(seat) else old[seat]
    )


def _crossings(seats: Sequence[Sequence[Seat]], ties: Sequence[Tie]) -> int:
    """Cases that cross others between two columns."""
    found = 0
    for number in range(len(seats) - 1):
        here = [
            (seats[number].index(a[1]), seats[number + 1].index(b[1]), w)
            for a, b, w in ties
            if a[0] == number
        ]
        for place, (start, end, weight) in enumerate(here):
            for start2, end2, weight2 in here[place + 1 :]:
                if (start - start2) * (end - end2) < 0:
                    found += min(weight, weight2)
    return found
