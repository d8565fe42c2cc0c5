"""Layout of a poster: the largest text that fits, and what leaves where nothing fits. Paints nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desirepath.maps.model import JourneyMap
from desirepath.render.paper import Paper
from desirepath.render.text import is_rtl_language
from desirepath.render.theme import Style
from desirepath.render.views.cards import Setting
from desirepath.render.views.content import (
    STEPS,
    Content,
    column_counts,
    content_of,
)
from desirepath.render.views.curve import CurveRow, curve_row
from desirepath.render.views.footer import Footer, Hidden, footer_of
from desirepath.render.views.grid import grid_of
from desirepath.render.views.header import Header, header_of
from desirepath.render.views.known import Known
from desirepath.render.views.points import EMOTION
from desirepath.render.views.rows import CardRow, LineRow, Row, card_row
from desirepath.render.views.stages import StageRow, stage_row

SMALLEST_PT = 6.0
LARGEST_PT = 18.0  # on A3; grows with the page
COLUMN_EM = 8.5  # a column narrower than this breaks too many words
STAGE_EM = 5.5  # before a stage leaves the picture, columns get as narrow as this
SIZE_COUNT = 48
LOW_PT = 8.5  # on A3; below this, fewer and wider columns are tried as well
WHOLE_WORDS = 0.85  # text may be this much smaller so that names are not hyphenated
WORTH = 1.06  # what fewer columns must gain
LINES = {"frontstage": "interaction", "backstage": "visibility", "support": "internal"}


@dataclass(frozen=True)
class Layout:
    """Everything on the page, measured at one size of text."""

    page: Paper
    setting: Setting
    header: Header
    stages: StageRow
    rows: tuple[Row, ...]
    footer: Footer
    hidden: Hidden

    @property
    def gap_mm(self) -> float:
        """Space between rows."""
        return self.setting.style.pad_mm

    @property
    def fixed_mm(self) -> float:
        """Height of everything but the rows."""
        stages = self.stages.height_mm + self.gap_mm if self.stages.bands else 0.0
        edges = 2 * self.page.margin_mm
        return edges + self.header.height_mm + stages + self.footer.height_mm

    @property
    def broken_count(self) -> int:
        """Lines that end inside a word of the name of a stage or step."""
        steps = (row.broken_count for row in self.rows if isinstance(row, CardRow))
        return self.stages.broken_count + sum(steps)

    @property
    def growth(self) -> float:
        """Part of the height rows would like to have that the page can give, 0 to 1."""
        wanted = sum(row.stretch for row in self.rows)
        return min(1.0, max(self.spare_mm, 0.0) / wanted) if wanted else 0.0

    @property
    def spare_mm(self) -> float:
        """Height that is left on the page; negative where it does not fit."""
        rows = sum(row.height_mm + self.gap_mm for row in self.rows)
        return self.page.height_mm - self.fixed_mm - rows


@dataclass(frozen=True)
class Draft:
    """A map on a page, not yet measured."""

    journey: JourneyMap
    known: Known
    page: Paper
    content: Content

    def layout(self, size_pt: float, *, is_tight: bool = False) -> Layout:
        """Everything measured at a size of text."""
        style = Style(size_pt, SMALLEST_PT, self.page.scale, is_tight)
        language = self.journey.language
        setting = Setting(style, language, is_rtl_language(language))
        grid = grid_of(self.page, style, self._counts)
        header = header_of(self.journey, self.known, grid.width_mm, setting)
        stages = stage_row(self.content.bands, grid, setting)
        hidden = Hidden(
            stage=self.content.hidden_stages, persona=self.content.apart.hidden
        )
        footer = footer_of(self.journey, self.known, hidden, grid.width_mm, setting)
        rows = tuple(self._rows(setting)) if self.content.bands else ()
        return self.noted(
            Layout(self.page, setting, header, stages, rows, footer, hidden)
        )

    @property
    def _counts(self) -> tuple[int, ...]:
        return tuple(len(band.columns) for band in self.content.bands)

    def _rows(self, setting: Setting) -> list[Row]:
        grid = grid_of(self.page, setting.style, self._counts)
        has_scores = any(
            point.score is not None
            or point.felt
            or any(one is not None for one in point.personas)
            for point in self.content.points
        )
        rows: list[Row] = []
        for lane in self.content.lanes:
            cards = card_row(lane, grid, setting)
            if self.journey.view == "blueprint" and lane.key in LINES:
                name = LINES[lane.key]
                words = setting.small(
                    self.known.words.say(f"line.{name}"), grid.width_mm
                )
                rows.append(LineRow(name, words, grid, setting))
            if lane.key == EMOTION and has_scores:
                points, apart = self.content.points, self.content.apart
                rows.append(curve_row(cards, points, apart, self.known.words))
            else:
                rows.append(cards)
        return rows

    def noted(self, layout: Layout) -> Layout:
        """The layout with a foot that says what is not shown."""
        cut = layout.header.cut_count + layout.stages.cut_count
        cut += sum(row.cut_count for row in layout.rows)
        hidden = replace(layout.hidden, cut=cut)
        footer = footer_of(
            self.journey, self.known, hidden, layout.footer.width_mm, layout.setting
        )
        return replace(layout, hidden=hidden, footer=footer)

    def sizes(self) -> list[float]:
        """Sizes of text to try, smallest first; columns stay wide enough for words."""
        largest = max(9.0, LARGEST_PT * self.page.scale)
        step = (largest - SMALLEST_PT) / SIZE_COUNT
        sizes = [SMALLEST_PT + number * step for number in range(1, SIZE_COUNT + 1)]
        return [
            SMALLEST_PT,
            *(size for size in sizes if self._column_em(size) >= COLUMN_EM),
        ]

    def _column_em(self, size_pt: float) -> float:
        style = Style(size_pt, SMALLEST_PT, self.page.scale)
        return grid_of(self.page, style, self._counts).column_mm / style.em_mm

    def largest(self, *, is_tight: bool) -> Layout | None:
        """Layout in the largest size that fits; None where not even the smallest does."""
        sizes = self.sizes()
        best = self.layout(sizes[0], is_tight=is_tight)
        if best.spare_mm < 0:
            return None
        low, high = 0, len(sizes)
        while high - low > 1:
            middle = (low + high) // 2
            tried = self.layout(sizes[middle], is_tight=is_tight)
            if tried.spare_mm >= 0:
                low, best = middle, tried
            else:
                high = middle
        smaller = [size for size in sizes[:low] if size >= WHOLE_WORDS * sizes[low]]
        for size in reversed(smaller):
            if not best.broken_count:
                break
            tried = self.layout(size, is_tight=is_tight)
            if tried.broken_count < best.broken_count and tried.spare_mm >= 0:
                best = tried
        return best


def fitted_layout(journey: JourneyMap, known: Known, page: Paper) -> Layout:
    """Layout in the largest text that fits, or in the smallest with something left out.

    Args:
        journey: The map; its statements have ids.
        known: Verdicts and facts.
        page: Paper to fit.
    """
    drafts = [
        Draft(journey, known, page, content_of(journey, known, count))
        for count in _column_choices(journey, page)
    ]
    for is_tight in (False, True):
        best: Layout | None = None
        for draft in drafts:
            if best and best.setting.style.body_pt >= LOW_PT * page.scale:
                break
            tried = draft.largest(is_tight=is_tight)
            if tried and (best is None or _is_better(tried, best)):
                best = tried
        if best:
            return best
    return _reduced(drafts[0])


def _is_better(tried: Layout, best: Layout) -> bool:
    return tried.setting.style.body_pt > WORTH * best.setting.style.body_pt


def _column_choices(journey: JourneyMap, page: Paper) -> list[int]:
    """Numbers of columns to try: as many as are wide enough, then fewer."""
    widest = _most_columns(page, COLUMN_EM)
    stages = len(journey.stages) + bool(journey.statements)
    most = max(widest, min(stages, _most_columns(page, STAGE_EM)))
    return [most, *(count for count in column_counts(journey) if count < most)]


def _most_columns(page: Paper, least_em: float) -> int:
    smallest = Style(SMALLEST_PT, SMALLEST_PT, page.scale)
    grid = grid_of(page, smallest, (1,))
    least_mm = least_em * smallest.em_mm
    return max(1, int((grid.column_mm + grid.gap_mm) / (least_mm + grid.gap_mm)))


def _reduced(draft: Draft) -> Layout:
    """The smallest layout without what does not fit: statements first, then lanes, then steps."""
    layout = draft.layout(SMALLEST_PT, is_tight=True)
    while layout.spare_mm < 0:
        smaller = (
            _without_card(layout, with_steps=False)
            or _without_lane(layout)
            or _without_card(layout, with_steps=True)
        )
        if smaller is None:
            break
        layout = smaller if smaller.spare_mm < 0 else draft.noted(smaller)
    return layout


def _without_card(layout: Layout, *, with_steps: bool) -> Layout | None:
    """The layout without the least important card of its highest row."""
    heights = [row.height_mm for row in layout.rows]
    for number in sorted(range(len(heights)), key=lambda one: -heights[one]):
        row = layout.rows[number]
        if not isinstance(row, CardRow | CurveRow):
            continue
        changed = row.without_least(with_steps=with_steps)
        if changed is None:
            continue
        hidden = layout.hidden
        if with_steps:
            hidden = replace(hidden, step=hidden.step + 1)
        else:
            hidden = replace(hidden, statement=hidden.statement + 1)
        rows: list[Row] = list(layout.rows)
        rows[number] = changed
        if changed.is_empty:
            del rows[number]
            hidden = replace(hidden, lane=hidden.lane + 1)
        return replace(layout, rows=tuple(rows), hidden=hidden)
    return None


def _without_lane(layout: Layout) -> Layout | None:
    """The layout without its last lane; steps stay."""
    for number in reversed(range(len(layout.rows))):
        row = layout.rows[number]
        if isinstance(row, CardRow) and row.lane.key == STEPS:
            continue
        rows = (*layout.rows[:number], *layout.rows[number + 1 :])
        is_lane = not isinstance(row, LineRow)
        hidden = replace(layout.hidden, lane=layout.hidden.lane + is_lane)
        return replace(layout, rows=rows, hidden=hidden)
    return None
