"""Emotion lane: a curve through the scores, dashed where nobody gave one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from desirepath.maps.refs import score_words
from desirepath.render import icons
from desirepath.render.canvas import Canvas
from desirepath.render.text import PT_MM, Paragraph, paragraph
from desirepath.render.theme import (
    CURVE,
    CURVE_FILL,
    CURVE_STROKE,
    PAPER,
    SOFT_INK,
    VERDICT_COLORS,
)
from desirepath.render.views.content import Point
from desirepath.render.views.rows import CardRow, paint_title

LEVELS = (2, 1, 0, -1, -2)
LINES = 7.5  # height of the curve in lines of small text
GOOD, BAD = 0.5, -0.5


@dataclass(frozen=True)
class CurveRow:
    """The curve above the cards of the emotion lane."""

    cards: CardRow
    points: tuple[Point, ...]
    levels: tuple[Paragraph, ...]

    @property
    def curve_mm(self) -> float:
        """Least height of the curve with its scale."""
        small = self.levels[0].line_mm
        return self.cards.title.height_mm + LINES * small

    @property
    def height_mm(self) -> float:
        """Least height: the curve, and the cards below where there are any."""
        return self.curve_mm + (0.0 if self.cards.is_empty else self.cards.height_mm)

    @property
    def stretch(self) -> float:
        """A curve gains most from more height."""
        return 2.5 * self.height_mm

    @property
    def cut_count(self) -> int:
        """Texts that were shortened."""
        return self.cards.cut_count

    def without_least(self, *, with_steps: bool = False) -> CurveRow | None:
        """As for a row of cards; the curve itself stays."""
        cards = self.cards.without_least(with_steps=with_steps)
        return CurveRow(cards, self.points, self.levels) if cards else None

    @property
    def is_empty(self) -> bool:
        """The curve is always worth showing."""
        return False

    def paint(self, canvas: Canvas, y_mm: float, height_mm: float) -> None:
        """Draw scale, curve, points and cards."""
        row, style = self.cards, self.cards.setting.style
        with canvas.group("lane:emotion", row.lane.title):
            canvas.rect(
                row.grid.left_mm,
                y_mm,
                row.grid.width_mm,
                height_mm,
                CURVE_FILL,
                CURVE_STROKE,
                style.hair_mm,
                0.4 * style.em_mm,
            )
            paint_title(canvas, row.title, row.grid, y_mm, row.setting)
            below = 0.0 if row.is_empty else row.height_mm
            top = y_mm + row.title.height_mm + 0.8 * style.em_mm
            bottom = y_mm + height_mm - below - 0.4 * style.em_mm
            self._paint_scale(canvas, top, bottom)
            self._paint_curve(canvas, top, bottom)
            if below:
                row.paint_cards(canvas, y_mm + height_mm - below)

    def _level_y(self, score: float, top: float, bottom: float) -> float:
        half = self.levels[0].line_mm / 2
        return top + half + (2 - score) / 4 * (bottom - top - 2 * half)

    def _paint_scale(self, canvas: Canvas, top: float, bottom: float) -> None:
        grid, style = self.cards.grid, self.cards.setting.style
        em, small = style.em_mm, style.mark_pt * PT_MM
        for score, words in zip(LEVELS, self.levels, strict=True):
            y = self._level_y(score, top, bottom)
            size = 1.15 * small
            canvas.drawing(
                icons.face(score),
                grid.left_mm + 0.6 * em,
                y - size / 2,
                size,
                _color(score),
                thickness=0.09,
            )
            canvas.text(
                words,
                grid.left_mm + 0.6 * em + 1.5 * small,
                y - words.line_mm / 2,
                grid.label_mm - 0.6 * em - 1.5 * small,
                SOFT_INK,
            )
            canvas.path(
                (
                    ("M", grid.left_mm + grid.label_mm + grid.gap_mm, y),
                    ("L", grid.right_mm - 0.5 * em, y),
                ),
                stroke=CURVE_STROKE,
                stroke_mm=style.hair_mm,
                dash_mm=0.0 if score == 0 else 0.4 * em,
            )

    def _paint_curve(self, canvas: Canvas, top: float, bottom: float) -> None:
        style = self.cards.setting.style
        places = [
            (self._x(point), self._level_y(point.score, top, bottom), point)
            for point in self.points
            if point.score is not None
        ]
        order = {id(point): number for number, point in enumerate(self.points)}
        for (x0, y0, before), (x1, y1, after) in pairwise(places):
            has_gap = order[id(after)] - order[id(before)] > 1
            middle = (x0 + x1) / 2
            canvas.path(
                (("M", x0, y0), ("C", middle, y0, middle, y1, x1, y1)),
                stroke=CURVE,
                stroke_mm=0.22 * style.em_mm,
                dash_mm=0.5 * style.em_mm if has_gap else 0.0,
                is_round=not has_gap,
            )
        for number, (x, y, point) in enumerate(places):
            self._paint_point(canvas, x, y, point, self._room_mm(places, number), top)

    def _x(self, point: Point) -> float:
        grid = self.cards.grid
        return grid.column_x_mm(point.column) + point.place * grid.column_mm

    @staticmethod
    def _room_mm(places: list[tuple[float, float, Point]], number: int) -> float:
        """Distance to the nearest neighbor along the curve."""
        near = [
            abs(places[other][0] - places[number][0])
            for other in (number - 1, number + 1)
            if 0 <= other < len(places)
        ]
        return min(near, default=1e9)

    def _paint_point(
        self,
        canvas: Canvas,
        x: float,
        y: float,
        point: Point,
        room_mm: float,
        top: float,
    ) -> None:
        style = self.cards.setting.style
        score = point.score or 0.0
        color, small = _color(score), style.mark_pt * PT_MM
        radius = 0.42 * style.em_mm
        words = score_words(round(score, 1))
        with canvas.group(point.ref, f"{point.label}: {words}", "img"):
            canvas.circle(x, y, radius, color, PAPER, 0.12 * style.em_mm)
            if room_mm < 3.2 * small:
                return
            above = y - radius - 1.36 * small
            place = above if above >= top - 0.2 * small else y + radius
            label = paragraph(words, 9 * small, style.mark_pt, is_bold=True)
            canvas.text(label, x - 2 * small, place, 4 * small, color, "middle")


def _color(score: float) -> str:
    if score >= GOOD:
        return VERDICT_COLORS["confirmed"]
    return VERDICT_COLORS["refuted"] if score <= BAD else "#8a5600"


def curve_row(
    cards: CardRow, points: tuple[Point, ...], words: tuple[str, ...]
) -> CurveRow:
    """The emotion lane measured at a size.

    Args:
        cards: Its cards.
        points: Scores in map order.
        words: Names of the levels, best first.
    """
    style, grid = cards.setting.style, cards.grid
    width = grid.label_mm - 0.6 * style.em_mm - 1.5 * style.mark_pt * PT_MM
    levels = tuple(cards.setting.small(word, width, 1) for word in words)
    return CurveRow(cards, points, levels)
