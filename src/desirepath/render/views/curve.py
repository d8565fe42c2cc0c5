"""Emotion lane: a curve through the assumed scores, and one through what customers answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from desirepath.render.views.content import Felt, Point
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
    legend: tuple[Paragraph, ...] = ()

    @property
    def is_measured(self) -> bool:
        """Whether customers answered anywhere."""
        return any(point.felt for point in self.points)

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
        return 1.2 * self.curve_mm

    @property
    def cut_count(self) -> int:
        """Texts that were shortened."""
        return self.cards.cut_count

    def without_least(self, *, with_steps: bool = False) -> CurveRow | None:
        """As for a row of cards; the curve itself stays."""
        cards = self.cards.without_least(with_steps=with_steps)
        return replace(self, cards=cards) if cards else None

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
            if self.is_measured:
                self._paint_felt(canvas, top, bottom)
                self._paint_legend(canvas, y_mm)
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
            is_dashed = has_gap or self.is_measured
            canvas.path(
                (("M", x0, y0), ("C", middle, y0, middle, y1, x1, y1)),
                stroke=SOFT_INK if self.is_measured else CURVE,
                stroke_mm=(0.12 if self.is_measured else 0.22) * style.em_mm,
                dash_mm=0.5 * style.em_mm if is_dashed else 0.0,
                is_round=not is_dashed,
            )
        if self.is_measured:
            for x, y, point in places:
                self._paint_ring(canvas, x, y, point, top)
            return
        for number, (x, y, point) in enumerate(places):
            self._paint_point(canvas, x, y, point, self._room_mm(places, number), top)

    def _paint_ring(
        self, canvas: Canvas, x: float, y: float, point: Point, top: float
    ) -> None:
        """An assumed score beside measured ones: a ring, its number where nothing was measured."""
        style = self.cards.setting.style
        words = score_words(round(point.score or 0.0, 1))
        small = style.mark_pt * PT_MM
        with canvas.group(point.ref, f"{point.label}: {self._name(0)} {words}", "img"):
            canvas.circle(x, y, 0.3 * style.em_mm, PAPER, SOFT_INK, 0.12 * style.em_mm)
            if point.felt is None:
                label = paragraph(words, 9 * small, style.mark_pt)
                above = y - 0.3 * style.em_mm - 1.36 * small
                below = y + 0.3 * style.em_mm
                place = above if above >= top - 0.2 * small else below
                canvas.text(label, x - 2 * small, place, 4 * small, SOFT_INK, "middle")

    def _paint_felt(self, canvas: Canvas, top: float, bottom: float) -> None:
        """What customers answered: a solid line between neighbors, dots with intervals and n."""
        style = self.cards.setting.style
        places = [
            (
                number,
                self._x(point),
                self._level_y(point.felt.score, top, bottom),
                point,
            )
            for number, point in enumerate(self.points)
            if point.felt is not None
        ]
        for (before, x0, y0, _), (after, x1, y1, _) in pairwise(places):
            if after - before > 1:
                continue  # nobody answered in between
            middle = (x0 + x1) / 2
            canvas.path(
                (("M", x0, y0), ("C", middle, y0, middle, y1, x1, y1)),
                stroke=CURVE,
                stroke_mm=0.22 * style.em_mm,
                is_round=True,
            )
        for _, x, y, point in places:
            if point.felt is not None:
                self._paint_dot(canvas, x, y, point, point.felt, (top, bottom))

    def _paint_dot(
        self,
        canvas: Canvas,
        x: float,
        y: float,
        point: Point,
        felt: Felt,
        ends: tuple[float, float],
    ) -> None:
        style = self.cards.setting.style
        em, small, color = style.em_mm, style.mark_pt * PT_MM, _color(felt.score)
        words = score_words(round(felt.score, 1))
        label = f"{point.label}: {self._name(1)} {words}, n {felt.n}"
        with canvas.group(point.ref, label, "img"):
            if felt.low is not None and felt.high is not None:
                high, low = (self._level_y(one, *ends) for one in (felt.high, felt.low))
                for path in (
                    (("M", x, high), ("L", x, low)),
                    (("M", x - 0.35 * em, high), ("L", x + 0.35 * em, high)),
                    (("M", x - 0.35 * em, low), ("L", x + 0.35 * em, low)),
                ):
                    canvas.path(path, stroke=color, stroke_mm=0.12 * em)
            canvas.circle(x, y, 0.34 * em, color, PAPER, 0.1 * em)
            left = x + 0.7 * em
            number = paragraph(words, 9 * small, style.mark_pt, is_bold=True)
            count = paragraph(f"n\u00a0{felt.n:,}", 9 * small, style.mark_pt)
            above = max(y - number.line_mm, ends[0] - 0.4 * small)
            width = number.width_mm + 0.4 * em + count.width_mm
            canvas.rect(  # lines end before the number
                left, above, width, number.height_mm, CURVE_FILL, None, 0, 0.2 * em
            )
            canvas.text(number, left, above, number.width_mm, color, "edge")
            left += number.width_mm + 0.4 * em
            canvas.text(count, left, above, count.width_mm, SOFT_INK, "edge")

    def _name(self, place: int) -> str:
        """Word of the legend: 0 assumed, 1 measured."""
        return " ".join(self.legend[place].lines) if self.legend else ""

    def _paint_legend(self, canvas: Canvas, y_mm: float) -> None:
        """What is dashed and what is solid, right above the curve."""
        style, grid = self.cards.setting.style, self.cards.grid
        em = style.em_mm
        x = grid.right_mm - 0.6 * em
        top = y_mm + style.pad_mm
        for place, words in reversed(list(enumerate(self.legend))):
            x -= words.width_mm
            canvas.text(words, x, top, words.width_mm, SOFT_INK, "edge")
            middle = top + words.height_mm / 2
            canvas.path(
                (("M", x - 2.4 * em, middle), ("L", x - 0.4 * em, middle)),
                stroke=CURVE if place else SOFT_INK,
                stroke_mm=(0.22 if place else 0.12) * em,
                dash_mm=0.0 if place else 0.5 * em,
                is_round=bool(place),
            )
            x -= 3.6 * em

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
    cards: CardRow,
    points: tuple[Point, ...],
    words: tuple[str, ...],
    legend: tuple[str, ...] = (),
) -> CurveRow:
    """The emotion lane measured at a size.

    Args:
        cards: Its cards.
        points: Scores in map order.
        words: Names of the levels, best first.
        legend: Names of the assumed and the measured curve.
    """
    style, grid = cards.setting.style, cards.grid
    width = grid.label_mm - 0.6 * style.em_mm - 1.5 * style.mark_pt * PT_MM
    levels = tuple(cards.setting.small(word, width, 1) for word in words)
    named = tuple(cards.setting.small(word, grid.width_mm / 3, 1) for word in legend)
    return CurveRow(cards, points, levels, named)
