"""What customers answered: a solid line, dots with intervals, and numbers where lines leave room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from desirepath.render.canvas import Canvas
from desirepath.render.text import Paragraph, paragraph
from desirepath.render.theme import CURVE, CURVE_FILL, PAPER, SOFT_INK
from desirepath.render.views.plot import Plot, Spot, bend, bend_spots, score_color
from desirepath.render.views.points import Felt, Point
from desirepath.render.words import Words

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class FeltDot:
    """One measured score on the plot."""

    number: int
    x_mm: float
    y_mm: float
    point: Point
    felt: Felt


def felt_dots(plot: Plot, points: Sequence[Point]) -> list[FeltDot]:
    """Measured scores in map order."""
    return [
        FeltDot(number, plot.x(point), plot.y(point.felt.score), point, point.felt)
        for number, point in enumerate(points)
        if point.felt is not None
    ]


def felt_lines(dots: Sequence[FeltDot]) -> Iterator[tuple[Spot, Spot]]:
    """Ends of the lines between neighbors; none where nobody answered in between."""
    for before, after in pairwise(dots):
        if after.number - before.number == 1:
            yield (before.x_mm, before.y_mm), (after.x_mm, after.y_mm)


def paint_felt(
    canvas: Canvas,
    plot: Plot,
    points: Sequence[Point],
    others: Sequence[Spot],
    words: Words,
    name: str,
) -> None:
    """Draw what was measured.

    Args:
        canvas: Where to draw.
        plot: Where scores stand.
        points: The points of the lane.
        others: Spots of the other curves, for numbers to keep away from.
        words: Language of the numbers.
        name: Word for "measured".
    """
    dots = felt_dots(plot, points)
    taken = list(others)
    for start, end in felt_lines(dots):
        taken += bend_spots(start, end)
        canvas.path(
            bend(start, end),
            stroke=CURVE,
            stroke_mm=0.22 * plot.style.em_mm,
            is_round=True,
        )
    for dot in dots:
        ends = (dot.felt.score, dot.felt.low, dot.felt.high)
        taken += [(dot.x_mm, plot.y(one)) for one in ends if one is not None]
    placed: list[Box] = []
    for dot in dots:
        placed.append(_paint_dot(canvas, plot, dot, (taken, placed), words, name))


def _paint_dot(
    canvas: Canvas,
    plot: Plot,
    dot: FeltDot,
    taken: tuple[Sequence[Spot], Sequence[Box]],
    words: Words,
    name: str,
) -> Box:
    em, felt = plot.style.em_mm, dot.felt
    color, size = score_color(felt.score), plot.style.mark_pt
    score = words.signed(felt.score)
    number = paragraph(score, 9 * em, size, is_bold=True)
    count = paragraph(f"n\u00a0{words.number(felt.n)}", 9 * em, size)
    label = f"{dot.point.label}: {name} {score}, n\u00a0{words.number(felt.n)}"
    with canvas.group(dot.point.ref, label, "img"):
        _paint_interval(canvas, plot, dot, color)
        canvas.circle(dot.x_mm, dot.y_mm, 0.34 * em, color, PAPER, 0.1 * em)
        width = number.width_mm + 0.4 * em + count.width_mm
        box = _free_box(plot, dot, (width, number.line_mm), taken)
        _paint_numbers(canvas, box, (number, count), color, em)
    return box


def _paint_interval(canvas: Canvas, plot: Plot, dot: FeltDot, color: str) -> None:
    if dot.felt.low is None or dot.felt.high is None:
        return
    em, x = plot.style.em_mm, dot.x_mm
    high, low = plot.y(dot.felt.high), plot.y(dot.felt.low)
    for path in (
        (("M", x, high), ("L", x, low)),
        (("M", x - 0.35 * em, high), ("L", x + 0.35 * em, high)),
        (("M", x - 0.35 * em, low), ("L", x + 0.35 * em, low)),
    ):
        canvas.path(path, stroke=color, stroke_mm=0.12 * em)


def _paint_numbers(
    canvas: Canvas,
    box: Box,
    words: tuple[Paragraph, Paragraph],
    color: str,
    em_mm: float,
) -> None:
    left, top, right, bottom = box
    number, count = words
    canvas.rect(left, top, right - left, bottom - top, CURVE_FILL, None, 0, 0.2 * em_mm)
    canvas.text(number, left, top, number.width_mm, color, "edge")
    left += number.width_mm + 0.4 * em_mm
    canvas.text(count, left, top, count.width_mm, SOFT_INK, "edge")


def _free_box(
    plot: Plot,
    dot: FeltDot,
    size: tuple[float, float],
    taken: tuple[Sequence[Spot], Sequence[Box]],
) -> Box:
    """The place beside a dot that covers the fewest lines and no other number."""
    candidates = list(_candidates(plot, dot, size))
    spots, placed = taken

    def cost(box: Box) -> tuple[int, int]:
        covered = sum(_is_inside(spot, box, 0.15 * plot.style.em_mm) for spot in spots)
        return sum(_is_touching(box, other) for other in placed), covered

    return min(candidates, key=cost)


def _candidates(plot: Plot, dot: FeltDot, size: tuple[float, float]) -> Iterator[Box]:
    """Beside, above and below a dot and its interval, inside the plot."""
    em, (width, height) = plot.style.em_mm, size
    ends = [dot.y_mm] + [
        plot.y(one) for one in (dot.felt.low, dot.felt.high) if one is not None
    ]
    above = min(ends) - 0.5 * em - height
    below = max(ends) + 0.5 * em
    beside = dot.y_mm - height / 2
    after, before = dot.x_mm + 0.8 * em, dot.x_mm - 0.8 * em - width
    for x, y in (
        (after, dot.y_mm - height),
        (dot.x_mm - width / 2, above),
        (dot.x_mm - width / 2, below),
        (after, dot.y_mm),
        (after, beside),
        (before, dot.y_mm - height),
        (before, dot.y_mm),
    ):
        left = min(max(x, plot.grid.column_x_mm(0)), plot.grid.right_mm - width)
        top = min(max(y, plot.top_mm - 0.3 * em), plot.bottom_mm - height + 0.3 * em)
        yield left, top, left + width, top + height


def _is_inside(spot: Spot, box: Box, edge: float) -> bool:
    return (
        box[0] - edge < spot[0] < box[2] + edge
        and box[1] - edge < spot[1] < box[3] + edge
    )


def _is_touching(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
    )
