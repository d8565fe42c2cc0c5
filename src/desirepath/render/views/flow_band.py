"""One row of a flow picture in millimeters: where cards stand and how lines run. Paints nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desirepath.evidence.flow import Flow
from desirepath.render.scene import PathCommand
from desirepath.render.views.flow_cards import StopCard
from desirepath.render.views.flow_graph import Band, Graph, Seat

WIDEST_EM = 3.2  # the line of most cases, at least
THINNEST_EM = 0.12
PORT_GAP_EM = 0.35
CIRCLE_EM = 0.8
STUB_EM = 1.1
CORRIDOR_EM = 0.55  # beside each line that runs up or down
TRACK_EM = 1.25  # least distance of tracks below the cards: room for a number
CARD_GAP_EM = 1.5
PASS_GAP_EM = 0.7
CORNER_EM = 0.55
HEAD_EM = 0.75
ROUNDS = 40

Point = tuple[float, float]
Kind = str  # "onward", "back"


@dataclass(frozen=True, slots=True)
class PlacedStop:
    """A card with its place."""

    number: int
    card: StopCard
    x_mm: float
    y_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A move, or one end of it, as a line as wide as its cases.

    Attributes:
        moves: Numbers of the moves it stands for; several where they come in from other rows.
        kind: ``onward`` or ``back``.
        width_mm: Width of the line.
        commands: Its course.
        head: Tip of the arrow and its half height, where it has one; arrows point forward.
        circle: Middle of the circle with the letter, where it ends in another row.
        letter: The letter.
        spots: Points on it where a number may stand, the best first.
    """

    moves: tuple[int, ...]
    kind: Kind
    width_mm: float
    commands: tuple[PathCommand, ...]
    head: tuple[float, float, float] | None = None
    circle: Point | None = None
    letter: str = ""
    spots: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedBand:
    """A row with its place on the page."""

    stops: tuple[PlacedStop, ...]
    lines: tuple[PlacedLine, ...]
    height_mm: float


@dataclass(frozen=True)
class Measure:
    """What the layout of a row needs to know.

    Attributes:
        flow: The flow.
        graph: Its rows.
        letters: Letter of each stop that a jump leads to.
        em_mm: Size of the text.
        case_mm: Width of a line for each case.
        looseness: Factor of the space between cards.
        number_em: Room for the longest number.
    """

    flow: Flow
    graph: Graph
    letters: Mapping[int, str]
    em_mm: float
    case_mm: float
    looseness: float = 1.0
    number_em: float = 3.0

    def line_mm(self, *moves: int) -> float:
        """Width of a line for some moves."""
        cases = sum(self.flow.moves[number].all.cases for number in moves)
        return max(cases * self.case_mm, THINNEST_EM * self.em_mm)


def case_width_mm(flow: Flow, em_mm: float, thickness: float) -> float:
    """Width of a line for one case.

    Args:
        flow: The flow.
        em_mm: Size of the text.
        thickness: Factor of the width of lines.
    """
    most = max((move.all.cases for move in flow.moves), default=1)
    return thickness * WIDEST_EM * em_mm / max(most, 1)


@dataclass(frozen=True, slots=True)
class Port:
    """Where a line leaves or enters a card, from the top of the card."""

    key: tuple[str, int]
    height_mm: float
    at_mm: float = 0.0


@dataclass
class Zones:
    """Space beside each column: for lines that run up and down, and for ends with a letter."""

    right_mm: list[float]
    left_mm: list[float]
    out_mm: list[float]
    in_mm: list[float]
    right_of: dict[int, float] = field(default_factory=dict)
    left_of: dict[int, float] = field(default_factory=dict)

    @property
    def total_mm(self) -> float:
        """All of it."""
        return sum(map(sum, (self.right_mm, self.left_mm, self.out_mm, self.in_mm)))


class BandPlan:
    """A row of a flow before its width is known: columns, ends, and the space they need."""

    def __init__(self, band: Band, measure: Measure) -> None:
        self.band = band
        self.measure = measure
        self.em = measure.em_mm
        self.column = {
            seat.stop: number
            for number, seats in enumerate(band.columns)
            for seat in seats
            if seat.stop >= 0
        }
        moves = measure.flow.moves
        self.back = sorted(
            band.back,
            key=lambda n: (self._span(n), -moves[n].all.cases, n),
        )
        self.out = [n for n in measure.graph.jumps if moves[n].start in self.column]
        self.into: dict[tuple[int, Kind], list[int]] = {}
        for number in measure.graph.jumps:
            if moves[number].end in self.column:
                key = (moves[number].end, self.kind(number))
                self.into.setdefault(key, []).append(number)
        self.zones = self._zones()

    def _span(self, number: int) -> int:
        move = self.measure.flow.moves[number]
        return abs(self.column[move.start] - self.column[move.end])

    def kind(self, number: int) -> Kind:
        """Whether a jump leads to a later row or back."""
        move, graph = self.measure.flow.moves[number], self.measure.graph
        row = {
            seat.stop: place
            for place, band in enumerate(graph.bands)
            for seats in band.columns
            for seat in seats
        }
        return "onward" if row[move.start] < row[move.end] else "back"

    def _zones(self) -> Zones:
        count = len(self.band.columns)
        zones = Zones([0.0] * count, [0.0] * count, [0.0] * count, [0.0] * count)
        space = CORRIDOR_EM * self.em
        moves = self.measure.flow.moves
        for number in self.back:
            width = self.measure.line_mm(number)
            start, end = (
                self.column[moves[number].start],
                self.column[moves[number].end],
            )
            zones.right_of[number] = zones.right_mm[start] + space + width / 2
            zones.right_mm[start] += space + width
            if not zones.left_mm[end]:
                zones.left_mm[end] = HEAD_EM * self.em
            zones.left_of[number] = zones.left_mm[end] + space + width / 2
            zones.left_mm[end] += space + width
        stub = (STUB_EM + 2 * CIRCLE_EM + 0.3) * self.em
        for number in self.out:
            column = self.column[moves[number].start]
            # between columns the gap has room for the number, after the last there is none
            beyond = self.measure.number_em * self.em if column == count - 1 else 0.0
            zones.out_mm[column] = stub + beyond
        for stop, _ in self.into:
            zones.in_mm[self.column[stop]] = stub + 0.3 * self.em
        return zones

    def ports(self) -> tuple[dict[int, list[Port]], dict[int, list[Port]]]:
        """Lines of each stop on its right and on its left, from top to bottom."""
        moves, order = self.measure.flow.moves, self._places()
        right: dict[int, list[Port]] = {stop: [] for stop in self.column}
        left: dict[int, list[Port]] = {stop: [] for stop in self.column}
        circle = 2 * CIRCLE_EM * self.em
        for stop in self.column:
            if (stop, "onward") in self.into:
                wide = self.measure.line_mm(*self.into[stop, "onward"])
                left[stop].append(Port(("in-onward", stop), max(wide, circle)))
        for number in sorted(self.band.onward, key=lambda n: order[n][1]):
            height = max(self.measure.line_mm(number), HEAD_EM * self.em)
            left[moves[number].end].append(Port(("line", number), height))
        for number in sorted(self.band.onward, key=lambda n: order[n][0]):
            port = Port(("line", number), self.measure.line_mm(number))
            right[moves[number].start].append(port)
        for number in sorted(self.out, key=self.kind, reverse=True):
            height = max(self.measure.line_mm(number), circle)
            right[moves[number].start].append(Port(("out", number), height))
        for stop in self.column:
            if (stop, "back") in self.into:
                wide = self.measure.line_mm(*self.into[stop, "back"])
                left[stop].append(Port(("in-back", stop), max(wide, circle)))
        for number in reversed(self.back):
            width = self.measure.line_mm(number)
            right[moves[number].start].append(Port(("line", number), width))
            height = max(width, HEAD_EM * self.em)
            left[moves[number].end].append(Port(("line", number), height))
        return right, left

    def _places(self) -> dict[int, tuple[tuple[int, int], tuple[int, int]]]:
        """Place in the column after the start, and in the column before the end, of each move."""
        place = {
            (number, seat): at
            for number, seats in enumerate(self.band.columns)
            for at, seat in enumerate(seats)
        }
        found = {}
        for number in self.band.onward:
            move = self.measure.flow.moves[number]
            first, last = self.column[move.start], self.column[move.end]
            is_near = last == first + 1
            after = Seat(stop=move.end) if is_near else Seat(move=number)
            before = Seat(stop=move.start) if is_near else Seat(move=number)
            found[number] = (
                (place[first + 1, after], last),
                (place[last - 1, before], -first),
            )
        return found


def stacked(ports: Sequence[Port], height_mm: float, gap_mm: float) -> list[Port]:
    """Ports below each other in the middle of a side."""
    total = sum(port.height_mm for port in ports) + gap_mm * (len(ports) - 1)
    at = (height_mm - total) / 2
    found = []
    for port in ports:
        found.append(Port(port.key, port.height_mm, at + port.height_mm / 2))
        at += port.height_mm + gap_mm
    return found


def side_mm(ports: Sequence[Port], gap_mm: float) -> float:
    """Height that ports need."""
    return sum(port.height_mm + gap_mm for port in ports) + gap_mm
