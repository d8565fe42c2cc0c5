"""Emotion lane: curves through the assumed scores, and one through what customers answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from desirepath.render import icons
from desirepath.render.canvas import Canvas
from desirepath.render.text import PT_MM, Paragraph, paragraph
from desirepath.render.theme import CURVE, CURVE_FILL, CURVE_STROKE, PAPER, SOFT_INK
from desirepath.render.views.curve_felt import paint_felt
from desirepath.render.views.curve_legend import (
    ASSUMED,
    MEASURED,
    CurveLegend,
    curve_legend,
)
from desirepath.render.views.persona_curves import paint_persona, persona_spots
from desirepath.render.views.plot import Plot, Spot, bend, bend_spots, score_color
from desirepath.render.views.points import Apart, Point
from desirepath.render.views.rows import CardRow, paint_title
from desirepath.render.words import Words

LEVELS = (2, 1, 0, -1, -2)
LINES = 7.5  # height of the curve in lines of small text
PERSONA_LINES = 1.2  # more for each curve of a persona


@dataclass(frozen=True)
class CurveRow:
    """The curves above the cards of the emotion lane."""

    cards: CardRow
    points: tuple[Point, ...]
    apart: Apart
    levels: tuple[Paragraph, ...]
    legend: CurveLegend
    words: Words

    @property
    def is_measured(self) -> bool:
        """Whether customers answered anywhere."""
        return any(point.felt for point in self.points)

    @property
    def is_quiet(self) -> bool:
        """Whether the assumed curve steps back behind others."""
        return self.is_measured or bool(self.apart.personas)

    @property
    def curve_mm(self) -> float:
        """Least height of the curve with its scale."""
        lines = LINES + PERSONA_LINES * len(self.apart.personas)
        return self._head_mm + lines * self.levels[0].line_mm

    @property
    def _head_mm(self) -> float:
        return max(self.cards.title.height_mm, self.legend.height_mm)

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
        """Draw scale, curves, points and cards."""
        row, style = self.cards, self.cards.setting.style
        grid = row.grid
        with canvas.group("lane:emotion", row.lane.title):
            canvas.rect(
                grid.left_mm,
                y_mm,
                grid.width_mm,
                height_mm,
                CURVE_FILL,
                CURVE_STROKE,
                style.hair_mm,
                0.4 * style.em_mm,
            )
            paint_title(canvas, row.title, grid, y_mm, row.setting)
            below = 0.0 if row.is_empty else row.height_mm
            top = y_mm + self._head_mm + 0.8 * style.em_mm
            bottom = y_mm + height_mm - below - 0.4 * style.em_mm
            plot = Plot(grid, style, top, bottom, self.levels[0].line_mm / 2)
            self._paint_scale(canvas, plot)
            self._paint_curves(canvas, plot)
            right = grid.right_mm - 0.6 * style.em_mm
            self.legend.paint(canvas, right, y_mm + style.pad_mm)
            if below:
                row.paint_cards(canvas, y_mm + height_mm - below)

    def _paint_scale(self, canvas: Canvas, plot: Plot) -> None:
        grid, style = self.cards.grid, self.cards.setting.style
        em, small = style.em_mm, style.mark_pt * PT_MM
        for score, words in zip(LEVELS, self.levels, strict=True):
            y = plot.y(score)
            size = 1.15 * small
            canvas.drawing(
                icons.face(score),
                grid.left_mm + 0.6 * em,
                y - size / 2,
                size,
                score_color(score),
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

    def _paint_curves(self, canvas: Canvas, plot: Plot) -> None:
        """Draw the assumed curve, those of personas, and what was measured on top."""
        self._paint_assumed(canvas, plot)
        for number, (_, name) in enumerate(self.apart.personas):
            paint_persona(canvas, plot, self.points, number, name)
        if self.is_measured:
            spots = list(self._spots(plot))
            name = self.words.say("curve.felt")
            paint_felt(canvas, plot, self.points, spots, self.words, name)

    def _spots(self, plot: Plot) -> Iterator[Spot]:
        """Spots on all curves that were not measured."""
        curves: list[list[Spot | None]] = [
            [
                None if point.score is None else (plot.x(point), plot.y(point.score))
                for point in self.points
            ],
            *(
                persona_spots(plot, self.points, number)
                for number in range(len(self.apart.personas))
            ),
        ]
        for curve in curves:
            for start, end in pairwise(spot for spot in curve if spot):
                yield from bend_spots(start, end)
            for x, y in (spot for spot in curve if spot):
                edge = 0.35 * plot.style.em_mm
                yield from ((x, y), (x - edge, y), (x + edge, y))

    def _paint_assumed(self, canvas: Canvas, plot: Plot) -> None:
        style = self.cards.setting.style
        places = [
            (plot.x(point), plot.y(point.score), number, point)
            for number, point in enumerate(self.points)
            if point.score is not None
        ]
        for (x0, y0, before, _), (x1, y1, after, _) in pairwise(places):
            is_dashed = after - before > 1 or self.is_quiet
            canvas.path(
                bend((x0, y0), (x1, y1)),
                stroke=SOFT_INK if self.is_quiet else CURVE,
                stroke_mm=(0.12 if self.is_quiet else 0.22) * style.em_mm,
                dash_mm=0.5 * style.em_mm if is_dashed else 0.0,
                is_round=not is_dashed,
            )
        near = [x for x, _, _, _ in places]
        for place, (x, y, _, point) in enumerate(places):
            if self.is_quiet:
                self._paint_ring(canvas, plot, x, y, point)
            else:
                self._paint_point(canvas, plot, x, y, point, _room_mm(near, place))

    def _paint_ring(
        self, canvas: Canvas, plot: Plot, x: float, y: float, point: Point
    ) -> None:
        """An assumed score beside others: a ring, its number where nothing else stands there."""
        em, small = plot.style.em_mm, plot.small_mm
        words = self.words.signed(point.score or 0.0)
        label = f"{point.label}: {self.words.say('curve.assumed')} {words}"
        with canvas.group(point.ref, label, "img"):
            canvas.circle(x, y, 0.3 * em, PAPER, SOFT_INK, 0.12 * em)
            if point.felt is None and not self.apart.personas:
                number = paragraph(words, 9 * small, plot.style.mark_pt)
                above = y - 0.3 * em - 1.36 * small
                place = above if above >= plot.top_mm - 0.2 * small else y + 0.3 * em
                canvas.text(number, x - 2 * small, place, 4 * small, SOFT_INK, "middle")

    def _paint_point(
        self,
        canvas: Canvas,
        plot: Plot,
        x: float,
        y: float,
        point: Point,
        room_mm: float,
    ) -> None:
        em, small = plot.style.em_mm, plot.small_mm
        score = point.score or 0.0
        color, words = score_color(score), self.words.signed(score)
        radius = 0.42 * em
        with canvas.group(point.ref, f"{point.label}: {words}", "img"):
            canvas.circle(x, y, radius, color, PAPER, 0.12 * em)
            if room_mm < 3.2 * small:
                return
            above = y - radius - 1.36 * small
            place = above if above >= plot.top_mm - 0.2 * small else y + radius
            label = paragraph(words, 9 * small, plot.style.mark_pt, is_bold=True)
            canvas.text(label, x - 2 * small, place, 4 * small, color, "middle")


def _room_mm(places: list[float], number: int) -> float:
    """Distance to the nearest neighbor along the curve."""
    near = [
        abs(places[other] - places[number])
        for other in (number - 1, number + 1)
        if 0 <= other < len(places)
    ]
    return min(near, default=1e9)


def curve_row(
    cards: CardRow, points: tuple[Point, ...], apart: Apart, words: Words
) -> CurveRow:
    """The emotion lane measured at a size.

    Args:
        cards: Its cards.
        points: Scores in map order.
        apart: Personas with a curve of their own.
        words: Language of levels, numbers and legend.
    """
    style, grid, setting = cards.setting.style, cards.grid, cards.setting
    width = grid.label_mm - 0.6 * style.em_mm - 1.5 * style.mark_pt * PT_MM
    levels = tuple(
        setting.small(words.say(f"score.{level}"), width, 1) for level in LEVELS
    )
    room = grid.width_mm - grid.label_mm - 0.6 * style.em_mm
    legend = curve_legend(list(_entries(points, apart, words)), room, setting)
    return CurveRow(cards, points, apart, levels, legend, words)


def _entries(
    points: tuple[Point, ...], apart: Apart, words: Words
) -> Iterator[tuple[str | int, str]]:
    """Lines to explain: none where there is but one curve."""
    is_measured = any(point.felt for point in points)
    if not is_measured and not apart.personas:
        return
    for number, (_, name) in enumerate(apart.personas):
        yield number, name
    if any(point.score is not None for point in points):
        key = "curve.all" if apart.personas else "curve.assumed"
        yield ASSUMED, words.say(key)
    if is_measured:
        yield MEASURED, words.say("curve.measured")
