"""Grid of a poster: where columns and bands stand. Measures no words."""

from __future__ import annotations

from dataclasses import dataclass

from desirepath.render.paper import Paper
from desirepath.render.theme import Style

LABEL_EM = 9.5  # width of the lane titles


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns of equal width behind a column of lane titles; x runs from the start of reading.

    Attributes:
        left_mm: Where the lane titles begin.
        right_mm: Where the last column ends.
        label_mm: Width of the lane titles.
        gap_mm: Space between columns.
        counts: Number of columns of each band.
    """

    left_mm: float
    right_mm: float
    label_mm: float
    gap_mm: float
    counts: tuple[int, ...]

    @property
    def column_mm(self) -> float:
        """Width of a column."""
        count = max(1, sum(self.counts))
        free = self.right_mm - self.left_mm - self.label_mm - self.gap_mm * (count + 1)
        return free / count

    @property
    def width_mm(self) -> float:
        """Width of everything."""
        return self.right_mm - self.left_mm

    def column_x_mm(self, column: int) -> float:
        """Where a column begins."""
        start = self.left_mm + self.label_mm + self.gap_mm
        return start + column * (self.column_mm + self.gap_mm)

    def band_x_mm(self, band: int) -> float:
        """Where a band begins."""
        return self.column_x_mm(self.first(band))

    def first(self, band: int) -> int:
        """First column of a band."""
        return sum(self.counts[:band])

    def band_mm(self, band: int) -> float:
        """Width of a band."""
        count = self.counts[band]
        return count * self.column_mm + (count - 1) * self.gap_mm

    def columns(self, band: int) -> range:
        """Columns of a band."""
        return range(self.first(band), self.first(band) + self.counts[band])


def grid_of(page: Paper, style: Style, counts: tuple[int, ...]) -> Grid:
    """Grid of a page at a size of text."""
    label_mm = min(LABEL_EM * style.em_mm, 0.14 * page.width_mm)
    return Grid(
        page.margin_mm,
        page.width_mm - page.margin_mm,
        label_mm,
        min(0.6 * style.em_mm, 0.008 * page.width_mm),
        counts,
    )
