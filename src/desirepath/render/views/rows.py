"""Rows of a poster: lanes with cards, and the lines of a blueprint."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from typing import Protocol

from desirepath.render.canvas import Canvas
from desirepath.render.text import Paragraph
from desirepath.render.theme import (
    INK,
    ROW_FILL,
    ROW_STROKE,
    RULE,
    SOFT_INK,
    lane_color,
)
from desirepath.render.views.cards import (
    MeasuredCard,
    Setting,
    measure_card,
    paint_card,
)
from desirepath.render.views.content import STEP_IMPORTANCE, STEPS, Lane
from desirepath.render.views.grid import Grid

Cell = tuple[MeasuredCard, ...]


MOST_AIR, MOST_AIR_EM = 0.3, 1.0
LEAST_LINES = 9  # a lane on a page with room to spare; what is free is room to write in
EMPTY_LINES = 14
FOLD_CARDS = 6  # more in one column go side by side, where the column is wide enough
FOLD_EM = 12.0
MOST_INDENT_EM = 0.8  # above the cards of a row with room to spare


class Row(Protocol):
    """Something as wide as the page with a least height."""

    @property
    def height_mm(self) -> float:
        """Least height."""
        ...

    @property
    def stretch(self) -> float:
        """Height it likes to have beyond the least, in mm."""
        ...

    @property
    def cut_count(self) -> int:
        """Texts that were shortened."""
        ...

    def paint(self, canvas: Canvas, y_mm: float, height_mm: float) -> None:
        """Draw it at least as high as its height."""
        ...


@dataclass(frozen=True)
class CardRow:
    """A lane: its title, and cards in columns and across bands."""

    lane: Lane
    grid: Grid
    setting: Setting
    title: Paragraph
    wide: tuple[Cell, ...]
    cells: tuple[Cell, ...]
    folds: int = 1

    @property
    def _pad_mm(self) -> float:
        return self.setting.style.pad_mm

    @cached_property
    def height_mm(self) -> float:
        """Least height: that of the fullest band, or of the title."""
        bands = [
            self._stack_mm(self.wide[band])
            + max(
                (
                    self._cell_mm(self.cells[column])
                    for column in self.grid.columns(band)
                ),
                default=0.0,
            )
            for band in range(len(self.grid.counts))
        ]
        gap = self.setting.style.gap_mm
        return (
            max(max(bands, default=0.0) - gap, self.title.height_mm) + 2 * self._pad_mm
        )

    def _stack_mm(self, cell: Cell) -> float:
        """Height of cards below each other, each with a gap behind."""
        return sum(one.height_mm + self.setting.style.gap_mm for one in cell)

    def _cell_mm(self, cell: Cell) -> float:
        """Height of the cards of one column."""
        return max(map(self._stack_mm, self._stacks(cell)), default=0.0)

    def _stacks(self, cell: Cell) -> list[Cell]:
        """The cards of one column as stacks side by side, read down and then across."""
        size = max(1, ceil(len(cell) / self.folds))
        return [cell[start : start + size] for start in range(0, len(cell), size)]

    @property
    def stretch(self) -> float:
        """Air below the cards; a lane nobody filled yet is room to write in."""
        if self.is_empty:
            return EMPTY_LINES * self.title.line_mm
        air = MOST_AIR * self.height_mm + MOST_AIR_EM * self.setting.style.em_mm
        return max(air, LEAST_LINES * self.title.line_mm - self.height_mm)

    @property
    def cut_count(self) -> int:
        """Step names and titles that were shortened."""
        return self.title.is_cut + sum(
            one.words.is_cut for cell in (*self.wide, *self.cells) for one in cell
        )

    @property
    def broken_count(self) -> int:
        """Lines that end inside a word of a step's name."""
        return sum(
            one.words.broken_count
            for cell in self.cells
            for one in cell
            if one.card.look == "step"
        )

    @property
    def is_empty(self) -> bool:
        """Whether it has no card."""
        return not any(self.wide) and not any(self.cells)

    def without_least(self, *, with_steps: bool = False) -> CardRow | None:
        """The row without the least important card of its fullest cell; None where all must stay."""
        candidates = [
            (height_mm(cell), is_wide, place)
            for height_mm, is_wide, cells in (
                (self._stack_mm, True, self.wide),
                (self._cell_mm, False, self.cells),
            )
            for place, cell in enumerate(cells)
            if any(self._may_go(one, with_steps=with_steps) for one in cell)
        ]
        if not candidates:
            return None
        _, is_wide, place = max(candidates, key=lambda one: one[0])
        cells = list(self.wide if is_wide else self.cells)
        cell = cells[place]
        gone = min(
            (one for one in cell if self._may_go(one, with_steps=with_steps)),
            key=lambda one: (one.card.importance, -cell.index(one)),
        )
        cells[place] = tuple(one for one in cell if one is not gone)
        return (
            replace(self, wide=tuple(cells))
            if is_wide
            else replace(self, cells=tuple(cells))
        )

    @staticmethod
    def _may_go(one: MeasuredCard, *, with_steps: bool) -> bool:
        return with_steps or one.card.importance < STEP_IMPORTANCE

    def paint(self, canvas: Canvas, y_mm: float, height_mm: float) -> None:
        """Draw background, title and cards."""
        style = self.setting.style
        with canvas.group(f"lane:{self.lane.key}", self.lane.title):
            canvas.rect(
                self.grid.left_mm,
                y_mm,
                self.grid.width_mm,
                height_mm,
                ROW_FILL,
                ROW_STROKE,
                style.hair_mm,
                0.4 * style.em_mm,
            )
            spare = (height_mm - self.height_mm) / 2
            top = y_mm + min(spare, MOST_INDENT_EM * style.em_mm)
            paint_title(canvas, self.title, self.grid, top, self.setting)
            self.paint_cards(canvas, top)

    def paint_cards(self, canvas: Canvas, y_mm: float) -> None:
        """Draw the cards only."""
        style, color = self.setting.style, lane_color(self.lane.key)
        for band in range(len(self.grid.counts)):
            top = y_mm + self._pad_mm
            for one in self.wide[band]:
                paint_card(
                    canvas,
                    one,
                    self.grid.band_x_mm(band),
                    top,
                    self.grid.band_mm(band),
                    style,
                    color,
                )
                top += one.height_mm + style.gap_mm
            for column in self.grid.columns(band):
                self._paint_cell(canvas, column, top)

    def _paint_cell(self, canvas: Canvas, column: int, y_mm: float) -> None:
        """Draw the cards of one column."""
        style, color = self.setting.style, lane_color(self.lane.key)
        width = fold_mm(self.grid, self.setting, self.folds)
        x = self.grid.column_x_mm(column)
        for stack in self._stacks(self.cells[column]):
            below = y_mm
            for one in stack:
                paint_card(canvas, one, x, below, width, style, color)
                below += one.height_mm + style.gap_mm
            x += width + style.gap_mm


def card_row(lane: Lane, grid: Grid, setting: Setting) -> CardRow:
    """A lane measured at a size; more cards than a column holds well go side by side."""
    most = max(map(len, lane.cells), default=0)
    fits = int(grid.column_mm / (FOLD_EM * setting.style.em_mm))
    folds = 1 if lane.key == STEPS else max(1, min(fits, ceil(most / FOLD_CARDS)))
    width = fold_mm(grid, setting, folds)
    return CardRow(
        lane,
        grid,
        setting,
        lane_title(lane.title, grid, setting),
        tuple(
            tuple(measure_card(card, grid.band_mm(band), setting) for card in cards)
            for band, cards in enumerate(lane.wide)
        ),
        tuple(
            tuple(measure_card(card, width, setting) for card in cards)
            for cards in lane.cells
        ),
        folds,
    )


def fold_mm(grid: Grid, setting: Setting, folds: int) -> float:
    """Width of a card where so many stand side by side in a column."""
    return (grid.column_mm - (folds - 1) * setting.style.gap_mm) / folds


def lane_title(title: str, grid: Grid, setting: Setting) -> Paragraph:
    """Title of a lane in the column of titles."""
    width = grid.label_mm - 0.9 * setting.style.em_mm
    return setting.sized(title, width, setting.style.body_pt, 4, is_bold=True)


def paint_title(
    canvas: Canvas, title: Paragraph, grid: Grid, y_mm: float, setting: Setting
) -> None:
    """Draw the title of a lane at the top of its row."""
    em = setting.style.em_mm
    width = grid.label_mm - 0.9 * em
    canvas.text(
        title,
        grid.left_mm + 0.6 * em,
        y_mm + setting.style.pad_mm,
        width,
        INK,
        "edge",
    )


@dataclass(frozen=True)
class LineRow:
    """A named line between two lanes of a blueprint."""

    key: str
    words: Paragraph
    grid: Grid
    setting: Setting
    stretch: float = 0.0
    cut_count: int = 0

    @property
    def height_mm(self) -> float:
        """Height of its name."""
        return self.words.height_mm + 0.2 * self.setting.style.em_mm

    def paint(self, canvas: Canvas, y_mm: float, height_mm: float) -> None:
        """Draw the name and, behind it, the line."""
        style, grid = self.setting.style, self.grid
        middle = y_mm + height_mm / 2
        start = grid.left_mm + 0.6 * style.em_mm
        with canvas.group(f"line:{self.key}", " ".join(self.words.lines), "img"):
            canvas.text(
                self.words,
                start,
                middle - self.words.height_mm / 2,
                self.words.width_mm,
                SOFT_INK,
            )
            canvas.path(
                (
                    ("M", start + self.words.width_mm + 0.6 * style.em_mm, middle),
                    ("L", grid.right_mm, middle),
                ),
                stroke=RULE,
                stroke_mm=1.5 * style.hair_mm,
                dash_mm=0.5 * style.em_mm,
            )
