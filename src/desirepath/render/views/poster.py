"""Poster: the whole map on one page of an exact size, in the largest text that fits."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desirepath.check.report import CheckReport
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap
from desirepath.maps.refs import with_statement_ids
from desirepath.render.canvas import Canvas
from desirepath.render.paper import Paper, paper
from desirepath.render.scene import Scene
from desirepath.render.text import PT_MM, Paragraph, is_rtl_language
from desirepath.render.theme import SOFT_INK, Style
from desirepath.render.views.cards import Setting
from desirepath.render.views.content import EMOTION, STEPS, Content, content_of
from desirepath.render.views.curve import LEVELS, CurveRow, curve_row
from desirepath.render.views.footer import Footer, Hidden, footer_of
from desirepath.render.views.grid import Grid, grid_of
from desirepath.render.views.header import Header, header_of
from desirepath.render.views.known import Known
from desirepath.render.views.rows import CardRow, LineRow, Row, card_row
from desirepath.render.views.stages import StageRow, stage_row
from desirepath.render.words import Words

SMALLEST_PT = 6.0
LARGEST_PT = 11.0  # on A3; grows with the page
COLUMN_EM = 8.5  # a column narrower than this breaks too many words
STEPS_OF_SIZE = 48
LINES = {"frontstage": "interaction", "backstage": "visibility", "support": "internal"}
# Spare height is shared out up to this; what is left stays below the lanes.
MOST_STRETCH = 1.9


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
        return 0.5 * self.setting.style.em_mm

    @property
    def fixed_mm(self) -> float:
        """Height of everything but the rows."""
        stages = self.stages.height_mm + self.gap_mm if self.stages.bands else 0.0
        return (
            2 * self.page.margin_mm
            + self.header.height_mm
            + stages
            + self.footer.height_mm
        )

    @property
    def spare_mm(self) -> float:
        """Height that is left on the page; negative where it does not fit."""
        rows = sum(row.height_mm + self.gap_mm for row in self.rows)
        return self.page.height_mm - self.fixed_mm - rows


def poster_scene(
    journey_map: JourneyMap,
    *,
    report: CheckReport | None = None,
    evidence: Evidence | None = None,
    size: str = "A3",
    orientation: str = "landscape",
) -> Scene:
    """The map as a poster.

    Text is as large as the page allows, 6 pt at least. What does not fit at 6 pt is left out,
    the least important statements first, and the foot says how many.

    Args:
        journey_map: The map.
        report: Verdicts to mark statements and steps with.
        evidence: Facts for reach and moves.
        size: A0 to A4, letter or tabloid.
        orientation: landscape or portrait.

    Raises:
        RenderError: E601 if the size is not known, E602 if the orientation is not.

    Examples:
        >>> scene = poster_scene(JourneyMap(id="shop", title="I order a plant"))
        >>> scene.width_mm, scene.height_mm
        (420.0, 297.0)
    """
    page = paper(size, orientation)
    journey = with_statement_ids(journey_map)
    known = Known(Words(journey.language), report, evidence)
    content = content_of(journey, known, _max_columns(page))
    return _paint(_fitted(journey, known, content, page), journey)


def _max_columns(page: Paper) -> int:
    """Columns that are wide enough at the smallest size."""
    smallest = Style(SMALLEST_PT, SMALLEST_PT, page.scale)
    grid = grid_of(page, smallest, (1,))
    return max(
        1,
        int(
            (grid.column_mm + grid.gap_mm) / (COLUMN_EM * smallest.em_mm + grid.gap_mm)
        ),
    )


def _sizes(page: Paper, content: Content) -> list[float]:
    """Sizes of text to try, smallest first."""
    largest = max(9.0, LARGEST_PT * page.scale)
    step = (largest - SMALLEST_PT) / STEPS_OF_SIZE
    sizes = [SMALLEST_PT + number * step for number in range(STEPS_OF_SIZE + 1)]
    return [
        size
        for size in sizes
        if size == SMALLEST_PT or _column_em(page, content, size) >= COLUMN_EM
    ]


def _column_em(page: Paper, content: Content, size_pt: float) -> float:
    style = Style(size_pt, SMALLEST_PT, page.scale)
    counts = tuple(len(band.columns) for band in content.bands)
    return grid_of(page, style, counts).column_mm / style.em_mm


def _fitted(journey: JourneyMap, known: Known, content: Content, page: Paper) -> Layout:
    """Layout in the largest size that fits, or the smallest with something left out."""
    sizes = _sizes(page, content)
    low, best = 0, _measure(journey, known, content, page, sizes[0])
    if best.spare_mm < 0:
        return _reduced(journey, known, best)
    high = len(sizes)
    while high - low > 1:
        middle = (low + high) // 2
        tried = _measure(journey, known, content, page, sizes[middle])
        if tried.spare_mm >= 0:
            low, best = middle, tried
        else:
            high = middle
    return best


def _measure(
    journey: JourneyMap, known: Known, content: Content, page: Paper, size_pt: float
) -> Layout:
    style = Style(size_pt, SMALLEST_PT, page.scale)
    setting = Setting(style, journey.language, is_rtl_language(journey.language))
    grid = grid_of(page, style, tuple(len(band.columns) for band in content.bands))
    header = header_of(journey, known, grid.width_mm, setting)
    stages = stage_row(content.bands, grid, setting)
    rows = tuple(_rows(journey, known, content, grid, setting)) if content.bands else ()
    hidden = Hidden(stage=content.hidden_stages)
    footer = footer_of(journey, known, hidden, grid.width_mm, setting)
    return _counted(
        Layout(page, setting, header, stages, rows, footer, hidden), journey, known
    )


def _counted(layout: Layout, journey: JourneyMap, known: Known) -> Layout:
    """The layout with a foot that says what is not shown."""
    cut = layout.header.cut_count + layout.stages.cut_count
    cut += sum(row.cut_count for row in layout.rows)
    hidden = replace(layout.hidden, cut=cut)
    footer = footer_of(journey, known, hidden, layout.footer.width_mm, layout.setting)
    return replace(layout, hidden=hidden, footer=footer)


def _rows(
    journey: JourneyMap, known: Known, content: Content, grid: Grid, setting: Setting
) -> list[Row]:
    rows: list[Row] = []
    for lane in content.lanes:
        cards = card_row(lane, grid, setting)
        if journey.view == "blueprint" and lane.key in LINES:
            name = LINES[lane.key]
            words = setting.small(known.words.say(f"line.{name}"), grid.width_mm)
            rows.append(LineRow(name, words, grid, setting))
        if lane.key == EMOTION:
            levels = tuple(known.words.say(f"score.{score}") for score in LEVELS)
            rows.append(curve_row(cards, content.points, levels))
        else:
            rows.append(cards)
    return rows


def _reduced(journey: JourneyMap, known: Known, layout: Layout) -> Layout:
    """The layout without what does not fit: statements first, then lanes, then steps."""
    while layout.spare_mm < 0:
        smaller = _without_card(layout, with_steps=False) or _without_lane(layout)
        smaller = smaller or _without_card(layout, with_steps=True)
        if smaller is None:
            break
        layout = smaller if smaller.spare_mm < 0 else _counted(smaller, journey, known)
    return layout


def _without_card(layout: Layout, *, with_steps: bool) -> Layout | None:
    """The layout without the least important card of its highest row."""
    order = sorted(
        range(len(layout.rows)), key=lambda number: -layout.rows[number].height_mm
    )
    for number in order:
        row = layout.rows[number]
        if not isinstance(row, CardRow | CurveRow):
            continue
        found = row.least(with_steps=with_steps)
        if found is None:
            continue
        changed, hidden = found[0], layout.hidden
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


def _heights(layout: Layout) -> list[float]:
    """Height of each row with its part of the spare height."""
    wanted = sum(row.stretch for row in layout.rows)
    most = (MOST_STRETCH - 1) * wanted
    share = min(max(layout.spare_mm, 0.0), most) / wanted if wanted else 0.0
    return [row.height_mm + row.stretch * share for row in layout.rows]


def _paint(layout: Layout, journey: JourneyMap) -> Scene:
    page, setting = layout.page, layout.setting
    canvas = Canvas(
        page.width_mm, page.height_mm, language=journey.language, is_rtl=setting.is_rtl
    )
    left, width = page.margin_mm, page.width_mm - 2 * page.margin_mm
    y = page.margin_mm
    layout.header.paint(canvas, left, y, width)
    y += layout.header.height_mm
    if layout.stages.bands:
        layout.stages.paint(canvas, y, layout.stages.height_mm)
        y += layout.stages.height_mm + layout.gap_mm
    else:
        _paint_empty(canvas, layout, y)
    for row, height in zip(layout.rows, _heights(layout), strict=True):
        row.paint(canvas, y, height)
        y += height + layout.gap_mm
    layout.footer.paint(
        canvas, left, page.height_mm - page.margin_mm - layout.footer.height_mm
    )
    return canvas.scene(journey.title)


def _paint_empty(canvas: Canvas, layout: Layout, y_mm: float) -> None:
    """Say that there is nothing to see yet."""
    setting, page = layout.setting, layout.page
    words: Paragraph = setting.sized(
        Words(setting.language).say("empty"),
        page.width_mm - 2 * page.margin_mm,
        1.4 * setting.style.body_pt,
    )
    middle = (y_mm + page.height_mm - page.margin_mm - layout.footer.height_mm) / 2
    canvas.text(
        words,
        page.margin_mm,
        middle - words.size_pt * PT_MM,
        page.width_mm - 2 * page.margin_mm,
        SOFT_INK,
        "middle",
    )
