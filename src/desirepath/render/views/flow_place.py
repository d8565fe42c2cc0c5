"""A row of a flow picture set into its place: cards, ends of lines, and how low it reaches. Paints nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from desirepath.render.views.flow_band import (
    CARD_GAP_EM,
    CIRCLE_EM,
    PASS_GAP_EM,
    PORT_GAP_EM,
    ROUNDS,
    BandPlan,
    PlacedBand,
    PlacedStop,
    Port,
    side_mm,
    stacked,
)
from desirepath.render.views.flow_cards import StopCard
from desirepath.render.views.flow_graph import Seat
from desirepath.render.views.flow_lines import Course
from desirepath.render.views.flow_pool import Block, settled_tops

WIDEST_GAP_EM = 10.0


def gap_mm(plan: BandPlan, card_mm: float, width_mm: float) -> float:
    """Space between two columns besides the zones of lines."""
    count = len(plan.band.columns)
    if count == 1:
        return 0.0
    free = width_mm - plan.zones.total_mm - count * card_mm
    return min(free / (count - 1), WIDEST_GAP_EM * plan.em)


def used_mm(plan: BandPlan, card_mm: float, gap: float) -> float:
    """Width of a row."""
    count = len(plan.band.columns)
    return plan.zones.total_mm + count * card_mm + (count - 1) * gap


def placed_band(
    plan: BandPlan,
    cards: Sequence[StopCard],
    card_mm: float,
    gap_mm: float,
    x_mm: float,
    y_mm: float,
) -> PlacedBand:
    """A row with its upper corner at x, y."""
    em, zones = plan.em, plan.zones
    right, left = plan.ports()
    port_gap = PORT_GAP_EM * em
    heights = {
        stop: max(
            cards[stop].height_mm,
            side_mm(right[stop], port_gap),
            side_mm(left[stop], port_gap),
        )
        for stop in plan.column
    }
    tops, sizes = band_tops(plan, heights)
    columns = []
    x = x_mm
    for number in range(len(plan.band.columns)):
        x += zones.in_mm[number] + zones.left_mm[number]
        columns.append(x)
        x += card_mm + zones.right_mm[number] + zones.out_mm[number] + gap_mm
    stops: dict[int, PlacedStop] = {}
    passes: dict[tuple[int, int], float] = {}
    bottoms = []
    for number, seats in enumerate(plan.band.columns):
        lowest = y_mm
        for seat, top, size in zip(seats, tops[number], sizes[number], strict=True):
            if seat.stop >= 0:
                stops[seat.stop] = PlacedStop(
                    seat.stop, cards[seat.stop], columns[number], y_mm + top, size
                )
            else:
                passes[number, seat.move] = y_mm + top + size / 2
            lowest = max(lowest, y_mm + top + size)
        bottoms.append(lowest)
    course = Course(
        plan,
        columns,
        card_mm,
        stops,
        passes,
        _ends(right, stops, port_gap),
        _ends(left, stops, port_gap),
        bottoms,
    )
    lines = course.lines()
    lowest = max(
        [y_mm, *bottoms, *(_lowest(line.commands, line.width_mm) for line in lines)]
    )
    lowest = max(
        [lowest, *(one.circle[1] + CIRCLE_EM * em for one in lines if one.circle)]
    )
    return PlacedBand(tuple(stops.values()), tuple(lines), lowest - y_mm)


def _ends(
    ports: dict[int, list[Port]], stops: dict[int, PlacedStop], gap_mm: float
) -> dict[tuple[str, int], float]:
    """Height of each end of a line on the page."""
    return {
        port.key: stops[stop].y_mm + port.at_mm
        for stop, part in ports.items()
        for port in stacked(part, stops[stop].height_mm, gap_mm)
    }


def _lowest(commands: Sequence[tuple[str | float, ...]], width_mm: float) -> float:
    return (
        max(float(value) for command in commands for value in command[2::2])
        + width_mm / 2
    )


def band_tops(
    plan: BandPlan, heights: Mapping[int, float]
) -> tuple[list[list[float]], list[list[float]]]:
    """Top and height of every seat of every column, from the top of the row."""
    measure, em = plan.measure, plan.em
    moves = measure.flow.moves
    sizes = [
        [
            heights[seat.stop] if seat.stop >= 0 else measure.line_mm(seat.move)
            for seat in seats
        ]
        for seats in plan.band.columns
    ]
    gaps = [
        [
            (CARD_GAP_EM if seat.stop >= 0 else PASS_GAP_EM) * em * measure.looseness
            for seat in seats
        ]
        for seats in plan.band.columns
    ]
    places = {
        (number, seat): at
        for number, seats in enumerate(plan.band.columns)
        for at, seat in enumerate(seats)
    }
    ties = []
    for number in plan.band.onward:
        move = moves[number]
        first, last = plan.column[move.start], plan.column[move.end]
        chain = [
            (first, places[first, Seat(stop=move.start)]),
            *((c, places[c, Seat(move=number)]) for c in range(first + 1, last)),
            (last, places[last, Seat(stop=move.end)]),
        ]
        ties += [(*one, *two, move.all.cases) for one, two in pairwise(chain)]
    return settled_tops(Block(sizes, gaps, ties), ROUNDS), sizes
