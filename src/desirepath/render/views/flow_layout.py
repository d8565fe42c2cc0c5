"""Layout of a flow picture: rows, cards and lines in the largest text that fits. Paints nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from string import ascii_uppercase

from desirepath.evidence.flow import Flow
from desirepath.render.paper import Paper
from desirepath.render.text import em_width, is_rtl_language
from desirepath.render.theme import Style
from desirepath.render.views.cards import Setting
from desirepath.render.views.flow_band import (
    CIRCLE_EM,
    PORT_GAP_EM,
    BandPlan,
    Measure,
    PlacedBand,
    PlacedStop,
    Port,
    band_tops,
    case_width_mm,
    side_mm,
    stacked,
)
from desirepath.render.views.flow_cards import StopCard, channel_colors, stop_card
from desirepath.render.views.flow_frame import Frame, Shown, frame_of
from desirepath.render.views.flow_graph import Graph, columns_of, graph_of
from desirepath.render.views.flow_lines import Course
from desirepath.render.views.flow_looks import Looks
from desirepath.render.words import Words

SMALLEST_PT = 6.0
LARGEST_PT = 11.0  # on A3; grows with the page
SIZE_COUNT = 20
NARROWEST_EM = 8.0  # cards break too many words below this
WIDEST_EM = 16.0
GAP_EM = 4.6
NUMBER_SHARE = 0.86  # size of numbers against names
WIDEST_GAP_EM = 10.0
ROW_GAP_EM = 2.0
MOST_ROWS = 6
ROW_COST = 0.95  # what a further row must gain in size
ABOVE = 0.4  # of the height left over goes above the rows
# Space between cards and width of lines, the most generous first; where a page has room, they grow.
GENEROUS = ((4.0, 1.7), (3.0, 1.5), (2.4, 1.3), (1.9, 1.15), (1.4, 1.0))


@dataclass(frozen=True)
class FlowLayout:
    """A flow on a page, measured at one size of text."""

    flow: Flow
    page: Paper
    setting: Setting
    frame: Frame
    bands: tuple[PlacedBand, ...]
    graph: Graph
    spare_mm: float

    @property
    def top_mm(self) -> float:
        """Where the rows begin."""
        return self.page.margin_mm + self.frame.head_mm


@dataclass(frozen=True)
class FlowDraft:
    """A flow on a page, not yet measured."""

    flow: Flow
    page: Paper
    words: Words
    title: str
    looks: Looks
    hidden_stops: tuple[str, ...] = ()

    @cached_property
    def columns(self) -> tuple[tuple[int, ...], ...]:
        """Stops of each column."""
        return columns_of(self.flow)

    @cached_property
    def graphs(self) -> tuple[Graph, ...]:
        """The flow in one row, two rows and so on."""
        count = len(self.columns)
        sizes = {-(-count // rows): rows for rows in range(MOST_ROWS, 0, -1)}
        return tuple(
            graph_of(self.flow, self.columns, rows)
            for rows in sorted(sizes.values())
            if rows <= max(count, 1)
        )

    def sizes(self) -> list[float]:
        """Sizes of text to try, smallest first."""
        largest = max(8.0, LARGEST_PT * self.page.scale)
        step = (largest - SMALLEST_PT) / SIZE_COUNT
        return [SMALLEST_PT + number * step for number in range(SIZE_COUNT + 1)]

    def layout(
        self,
        graph: Graph,
        size_pt: float,
        looseness: float = 1.0,
        thickness: float = 1.0,
        down_mm: float = 0.0,
    ) -> FlowLayout | None:
        """Everything measured at a size; None where cards would be too narrow.

        Args:
            graph: The rows.
            size_pt: Size of the names.
            looseness: Factor of the space between cards.
            thickness: Factor of the width of lines.
            down_mm: Space above the first row.
        """
        style = Style(size_pt, SMALLEST_PT, self.page.scale)
        language = self.words.language
        setting = Setting(style, language, is_rtl_language(language))
        em = style.em_mm
        measure = Measure(
            self.flow,
            graph,
            _letters(graph, self.flow),
            em,
            case_width_mm(self.flow, em, thickness),
            looseness,
            self.gap_em - 1.6,
        )
        plans = [BandPlan(band, measure) for band in graph.bands]
        width = self.page.width_mm - 2 * self.page.margin_mm
        card_mm = min((self._card_mm(plan, width) for plan in plans), default=width)
        if card_mm < NARROWEST_EM * em:
            return None
        frame = frame_of(
            self.flow,
            self.words,
            setting,
            width,
            Shown(self.title, self.looks, bool(graph.jumps), self.hidden_stops, 1),
        )
        bands, used = self._bands(
            plans, min(card_mm, WIDEST_EM * em), setting, frame.head_mm + down_mm, width
        )
        room = self.page.height_mm - 2 * self.page.margin_mm
        spare = room - frame.head_mm - frame.foot_mm - down_mm - used
        return FlowLayout(self.flow, self.page, setting, frame, bands, graph, spare)

    @cached_property
    def gap_em(self) -> float:
        """Least space between columns: room for the longest number."""
        widest = max((em_width(look.text) for look in self.looks.moves), default=0.0)
        return max(GAP_EM, NUMBER_SHARE * widest + 1.6)

    def _card_mm(self, plan: BandPlan, width_mm: float) -> float:
        """Width of a card where every gap has its least width."""
        count = len(plan.band.columns)
        gaps = self.gap_em * plan.em * (count - 1)
        return (width_mm - plan.zones.total_mm - gaps) / max(count, 1)

    def _bands(
        self,
        plans: Sequence[BandPlan],
        card_mm: float,
        setting: Setting,
        head_mm: float,
        width_mm: float,
    ) -> tuple[tuple[PlacedBand, ...], float]:
        """Rows below each other, and the height they need together."""
        em = setting.style.em_mm
        colors = channel_colors(self.flow)
        cards = [
            stop_card(
                stop,
                card_mm,
                setting,
                self.words,
                colors,
                extra=self.looks.stop_line(number),
                is_goal_known=self.flow.is_goal_known,
            )
            for number, stop in enumerate(self.flow.stops)
        ]
        gaps = [_gap_mm(plan, card_mm, width_mm) for plan in plans]
        widest = max(
            (
                _used_mm(plan, card_mm, gap)
                for plan, gap in zip(plans, gaps, strict=True)
            ),
            default=0.0,
        )
        x = self.page.margin_mm + max(width_mm - widest, 0.0) / 2
        y = top = self.page.margin_mm + head_mm
        found = []
        for plan, gap in zip(plans, gaps, strict=True):
            band = _placed(plan, cards, card_mm, gap, x, y)
            found.append(band)
            y += band.height_mm + ROW_GAP_EM * em
        return tuple(found), y - top

    def largest(self, graph: Graph) -> FlowLayout | None:
        """The flow in the largest size that fits; None where not even the smallest does."""
        sizes, best = self.sizes(), None
        low, high = -1, len(sizes)
        while high - low > 1:
            middle = (low + high) // 2
            tried = self.layout(graph, sizes[middle])
            if tried and tried.spare_mm >= 0:
                low, best = middle, tried
            else:
                high = middle
        return best

    def fitted(self) -> FlowLayout | None:
        """The best number of rows; spare height goes between the cards."""
        found = [
            (layout.setting.style.body_pt * ROW_COST**number, number, layout)
            for number, graph in enumerate(self.graphs)
            if (layout := self.largest(graph))
        ]
        if not found:
            return None
        _, _, best = max(found, key=lambda one: (one[0], -one[1]))
        size = best.setting.style.body_pt
        for looseness, thickness in GENEROUS:
            tried = self.layout(best.graph, size, looseness, thickness)
            if tried and tried.spare_mm >= 0:
                down = ABOVE * tried.spare_mm
                return self.layout(best.graph, size, looseness, thickness, down)
        return best


def fitted_flow(draft: FlowDraft) -> FlowLayout:
    """Layout of a flow; stops that find no place even at 6 pt are left out, the rarest first."""
    while True:
        found = draft.fitted()
        if found:
            return found
        smaller = _without_rarest(draft)
        if smaller is None:
            graph = draft.graphs[0] if draft.graphs else Graph((), ())
            layout = draft.layout(graph, SMALLEST_PT)
            if layout is None:
                msg = "a page without stops always fits"
                raise AssertionError(msg)
            return layout
        draft = smaller


def _without_rarest(draft: FlowDraft) -> FlowDraft | None:
    """The flow without the stop that fewest cases come to."""
    flow = draft.flow
    if not flow.stops:
        return None
    gone = min(
        range(len(flow.stops)),
        key=lambda one: (flow.stops[one].is_goal, flow.stops[one].reach.cases, -one),
    )
    new = {old: old - (old > gone) for old in range(len(flow.stops)) if old != gone}
    kept = [
        number
        for number, move in enumerate(flow.moves)
        if gone not in (move.start, move.end)
    ]
    moves = [flow.moves[number] for number in kept]
    smaller = replace(
        flow,
        stops=tuple(stop for number, stop in enumerate(flow.stops) if number != gone),
        moves=tuple(
            replace(move, start=new[move.start], end=new[move.end]) for move in moves
        ),
    )
    return replace(
        draft,
        flow=smaller,
        looks=draft.looks.only(list(new), kept),
        hidden_stops=(*draft.hidden_stops, flow.stops[gone].name),
    )


def _letters(graph: Graph, flow: Flow) -> dict[int, str]:
    """Letter of each stop that a jump leads to, in reading order."""
    targets = {flow.moves[number].end for number in graph.jumps}
    order = [
        seat.stop
        for band in graph.bands
        for seats in band.columns
        for seat in seats
        if seat.stop in targets
    ]
    return {
        stop: ascii_uppercase[number % 26] + "'" * (number // 26)
        for number, stop in enumerate(order)
    }


def _gap_mm(plan: BandPlan, card_mm: float, width_mm: float) -> float:
    """Space between two columns besides the zones of lines."""
    count = len(plan.band.columns)
    if count == 1:
        return 0.0
    free = width_mm - plan.zones.total_mm - count * card_mm
    return min(free / (count - 1), WIDEST_GAP_EM * plan.em)


def _used_mm(plan: BandPlan, card_mm: float, gap_mm: float) -> float:
    count = len(plan.band.columns)
    return plan.zones.total_mm + count * card_mm + (count - 1) * gap_mm


def _placed(
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
