"""What the lines of the emotion lane mean: samples with names, in as many rows as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desirepath.render.canvas import Canvas
from desirepath.render.text import Paragraph
from desirepath.render.theme import CURVE, SOFT_INK, Style
from desirepath.render.views.cards import Setting
from desirepath.render.views.persona_curves import PERSONA_LOOKS, paint_marker

SAMPLE_EM = 2.4
GAP_EM = 1.2
ASSUMED, MEASURED = "assumed", "measured"


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A line and its name; `line` is "assumed", "measured" or the number of a persona's curve."""

    line: str | int
    words: Paragraph


@dataclass(frozen=True, slots=True)
class CurveLegend:
    """Entries in rows."""

    rows: tuple[tuple[LegendEntry, ...], ...]
    style: Style

    @property
    def height_mm(self) -> float:
        """Height of all rows."""
        return sum(max(one.words.height_mm for one in row) for row in self.rows)

    def paint(self, canvas: Canvas, right_mm: float, y_mm: float) -> None:
        """Draw the rows, each ending at the right."""
        em = self.style.em_mm
        for row in self.rows:
            x = right_mm - sum(_wide_mm(one, em) for one in row) + GAP_EM * em
            for one in row:
                middle = y_mm + one.words.height_mm / 2
                _paint_sample(canvas, one.line, x, middle, em)
                x += (SAMPLE_EM + 0.4) * em
                canvas.text(one.words, x, y_mm, one.words.width_mm, SOFT_INK, "edge")
                x += one.words.width_mm + GAP_EM * em
            y_mm += max(one.words.height_mm for one in row)


def curve_legend(
    entries: Sequence[tuple[str | int, str]], width_mm: float, setting: Setting
) -> CurveLegend:
    """Legend measured at a size.

    Args:
        entries: Line and name of each.
        width_mm: Room for a row.
        setting: How words are set.
    """
    em = setting.style.em_mm
    rows: list[list[LegendEntry]] = []
    used = 0.0
    for line, name in entries:
        words = setting.small(name, width_mm - (SAMPLE_EM + 0.4) * em, 1)
        entry = LegendEntry(line, words)
        wide = _wide_mm(entry, em)
        if not rows or used + wide - GAP_EM * em > width_mm:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += wide
    return CurveLegend(tuple(tuple(row) for row in rows), setting.style)


def _wide_mm(entry: LegendEntry, em_mm: float) -> float:
    return (SAMPLE_EM + 0.4 + GAP_EM) * em_mm + entry.words.width_mm


def _paint_sample(
    canvas: Canvas, line: str | int, x_mm: float, y_mm: float, em_mm: float
) -> None:
    end = x_mm + SAMPLE_EM * em_mm
    ends = (("M", x_mm, y_mm), ("L", end, y_mm))
    if isinstance(line, int):
        look = PERSONA_LOOKS[line]
        canvas.path(
            ends,
            stroke=look.color,
            stroke_mm=look.width_em * em_mm,
            dash_mm=look.dash_em * em_mm,
        )
        paint_marker(canvas, look, (x_mm + end) / 2, y_mm, em_mm)
        return
    is_measured = line == MEASURED
    canvas.path(
        ends,
        stroke=CURVE if is_measured else SOFT_INK,
        stroke_mm=(0.22 if is_measured else 0.12) * em_mm,
        dash_mm=0.0 if is_measured else 0.5 * em_mm,
        is_round=is_measured,
    )
