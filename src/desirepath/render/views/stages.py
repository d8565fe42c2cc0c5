"""Stages: the headings over the columns, as arrows in the direction of reading."""

from __future__ import annotations

from dataclasses import dataclass

from desirepath.render.canvas import Canvas
from desirepath.render.scene import PathCommand
from desirepath.render.text import Paragraph
from desirepath.render.theme import PAPER, STAGE_FILL, Style
from desirepath.render.views.cards import Setting
from desirepath.render.views.content import Band
from desirepath.render.views.grid import Grid

NAME_LINES, MOST_NAME_LINES = 4, 8  # where the page is full, and where it is not
GOAL_LINES = 3
SIDE_EM = 1.1


@dataclass(frozen=True)
class StageRow:
    """Headings of all bands."""

    bands: tuple[Band, ...]
    names: tuple[Paragraph, ...]
    goals: tuple[Paragraph | None, ...]
    grid: Grid
    setting: Setting
    stretch: float = 0.0

    @property
    def height_mm(self) -> float:
        """Height of the longest heading."""
        words = (
            name.height_mm + (goal.height_mm if goal else 0.0)
            for name, goal in zip(self.names, self.goals, strict=True)
        )
        return max(words, default=0.0) + 0.9 * self.setting.style.em_mm

    @property
    def broken_count(self) -> int:
        """Lines that end inside a word of a stage's name."""
        return sum(name.broken_count for name in self.names)

    @property
    def cut_count(self) -> int:
        """Names and goals that were shortened."""
        return sum(name.is_cut for name in self.names) + sum(
            goal.is_cut for goal in self.goals if goal
        )

    def paint(self, canvas: Canvas, y_mm: float, height_mm: float) -> None:
        """Draw an arrow for each stage with its name and goal."""
        em = self.setting.style.em_mm
        for number, band in enumerate(self.bands):
            x, width = self.grid.band_x_mm(number), self.grid.band_mm(number)
            name, goal = self.names[number], self.goals[number]
            with canvas.group(
                band.ref, ". ".join(filter(None, (band.name, band.goal)))
            ):
                shape = _plain if band.ref == "map" else _arrow
                tip = min(0.8 * em, self.grid.gap_mm + 0.4 * em, 0.12 * width)
                is_last = number == len(self.bands) - 1
                drawn = width - tip / 2 if is_last and band.ref != "map" else width
                canvas.path(shape(x, y_mm, drawn, height_mm, tip), fill=STAGE_FILL)
                top = (
                    y_mm
                    + (height_mm - name.height_mm - (goal.height_mm if goal else 0)) / 2
                )
                side = _side_mm(width, self.setting.style)
                inner = width - 2 * side
                canvas.text(name, x + side, top, inner, PAPER)
                if goal:
                    canvas.text(goal, x + side, top + name.height_mm, inner, "#dfe5f2")


def stage_row(bands: tuple[Band, ...], grid: Grid, setting: Setting) -> StageRow:
    """Headings measured at a size."""
    style = setting.style
    names, goals = [], []
    most = NAME_LINES if style.is_tight else MOST_NAME_LINES
    for number, band in enumerate(bands):
        inner = grid.band_mm(number) - 2 * _side_mm(grid.band_mm(number), style)
        names.append(setting.sized(band.name, inner, style.head_pt, most, is_bold=True))
        goals.append(setting.small(band.goal, inner, GOAL_LINES) if band.goal else None)
    return StageRow(bands, tuple(names), tuple(goals), grid, setting)


def _side_mm(width_mm: float, style: Style) -> float:
    """Space before and behind the words: that of the tip and the notch."""
    return min(SIDE_EM * style.em_mm, 0.14 * width_mm)


def _arrow(
    x: float, y: float, width: float, height: float, tip: float
) -> tuple[PathCommand, ...]:
    return (
        ("M", x, y),
        ("L", x + width - tip / 2, y),
        ("L", x + width + tip / 2, y + height / 2),
        ("L", x + width - tip / 2, y + height),
        ("L", x, y + height),
        ("L", x + tip, y + height / 2),
        ("Z",),
    )


def _plain(
    x: float, y: float, width: float, height: float, _tip: float
) -> tuple[PathCommand, ...]:
    return (
        ("M", x, y),
        ("L", x + width, y),
        ("L", x + width, y + height),
        ("L", x, y + height),
        ("Z",),
    )
