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
    BandPlan,
    Measure,
    PlacedBand,
    case_width_mm,
)
from desirepath.render.views.flow_cards import channel_colors, stop_card
from desirepath.render.views.flow_frame import Frame, Shown, frame_of
from desirepath.render.views.flow_graph import Graph, columns_of, graph_of, has_back
from desirepath.render.views.flow_looks import Looks
from desirepath.render.views.flow_place import gap_mm, placed_band, used_mm
from desirepath.render.words import Words

SMALLEST_PT = 6.0
LARGEST_PT = 14.0  # on A3; grows with the page
WORTH_PT = 11.0  # larger text is welcome, but not for lines that end in circles
SIZE_COUNT = 20
NARROWEST_EM = 8.0  # cards break too many words below this
WIDEST_EM = 16.0
GAP_EM = 4.6
NUMBER_SHARE = 0.86  # size of numbers against names
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
            Shown(
                self.title,
                self.looks,
                bool(graph.jumps),
                has_back(graph, self.flow),
                self.hidden_stops,
                1,
            ),
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
        gaps = [gap_mm(plan, card_mm, width_mm) for plan in plans]
        widest = max(
            (
                used_mm(plan, card_mm, gap)
                for plan, gap in zip(plans, gaps, strict=True)
            ),
            default=0.0,
        )
        x = self.page.margin_mm + max(width_mm - widest, 0.0) / 2
        y = top = self.page.margin_mm + head_mm
        found = []
        for plan, gap in zip(plans, gaps, strict=True):
            band = placed_band(plan, cards, card_mm, gap, x, y)
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

    def _worth(self, layout: FlowLayout) -> float:
        """Size of text as far as it is worth breaking the flow into more rows."""
        return min(layout.setting.style.body_pt, WORTH_PT * self.page.scale)

    def fitted(self) -> FlowLayout | None:
        """The best number of rows; spare height goes between the cards."""
        found = [
            (self._worth(layout) * ROW_COST**number, number, layout)
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
