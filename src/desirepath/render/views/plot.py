"""Plot: where scores stand in the emotion lane. Draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desirepath.render.scene import PathCommand
from desirepath.render.text import PT_MM
from desirepath.render.theme import VERDICT_COLORS, Style
from desirepath.render.views.grid import Grid
from desirepath.render.views.points import Point

GOOD, BAD = 0.5, -0.5
BEST = 2.0
SAMPLES = 12
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Plot:
    """Room for curves.

    Attributes:
        grid: Columns of the page.
        style: Sizes.
        top_mm: Upper end of the room.
        bottom_mm: Lower end.
        half_mm: Half the height of the name of a level.
    """

    grid: Grid
    style: Style
    top_mm: float
    bottom_mm: float
    half_mm: float

    @property
    def small_mm(self) -> float:
        """Size of numbers."""
        return self.style.mark_pt * PT_MM

    def x(self, point: Point) -> float:
        """Where a step stands."""
        start = self.grid.column_x_mm(point.column)
        return start + point.place * self.grid.column_mm

    def y(self, score: float) -> float:
        """Where a score stands."""
        room = self.bottom_mm - self.top_mm - 2 * self.half_mm
        return self.top_mm + self.half_mm + (BEST - score) / (2 * BEST) * room


def score_color(score: float) -> str:
    """Color of a score: good, bad or between."""
    if score >= GOOD:
        return VERDICT_COLORS["confirmed"]
    return VERDICT_COLORS["refuted"] if score <= BAD else "#8a5600"


def bend(start: Spot, end: Spot) -> tuple[PathCommand, ...]:
    """A curve between two spots, level at both."""
    middle = (start[0] + end[0]) / 2
    return (("M", *start), ("C", middle, start[1], middle, end[1], *end))


def bend_spots(start: Spot, end: Spot) -> Sequence[Spot]:
    """Spots on such a curve, so that words can keep away from it.

    Examples:
        >>> bend_spots((0, 0), (10, 4))[SAMPLES // 2]
        (5.0, 2.0)
    """
    spots = []
    middle = (start[0] + end[0]) / 2
    for number in range(SAMPLES + 1):
        t = number / SAMPLES
        u = 1 - t
        ends, inner = (u**3, t**3), (3 * u * u * t, 3 * u * t * t)
        spots.append(
            (
                ends[0] * start[0] + (inner[0] + inner[1]) * middle + ends[1] * end[0],
                (ends[0] + inner[0]) * start[1] + (ends[1] + inner[1]) * end[1],
            )
        )
    return spots
