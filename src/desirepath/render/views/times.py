"""Time between stops: a box for the middle half of the moves, whiskers for eight in ten, on a scale of words."""

from __future__ import annotations

from functools import partial
from math import log

from desirepath.evidence.flow import Flow, Waits
from desirepath.render.canvas import Canvas
from desirepath.render.scene import Scene
from desirepath.render.theme import BLUE, INK, ROW_STROKE, SOFT_INK
from desirepath.render.views.flow_cards import drawn_name
from desirepath.render.views.flow_frame import about_words
from desirepath.render.views.flow_rows import (
    PictureRow,
    RowPicture,
    row_scene,
    setting_of,
)
from desirepath.render.words import DAY_S, Words

MOST_MOVES = 15
BOX_MM = 3.6
LEAST_S = 1.0  # shorter times stand at the edge
# Seconds at which the scale may have a mark; those without room for their words are left out.
MARKS_S = (
    1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0,
    3600.0, 2 * 3600.0, 6 * 3600.0, 12 * 3600.0,
    DAY_S, 2 * DAY_S, 3 * DAY_S, 7 * DAY_S, 14 * DAY_S, 30 * DAY_S, 100 * DAY_S, 365 * DAY_S, 1000 * DAY_S,
)  # fmt: skip


def times_scene(flow: Flow, *, language: str = "en", width_mm: float = 297) -> Scene:
    """Boxes of the time of the most frequent moves.

    Args:
        flow: What flows.
        language: Language of the words.
        width_mm: Width of the picture; its height follows.
    """
    words = Words(language)
    told = [
        (move, move.waits)
        for move in sorted(flow.moves, key=lambda one: -one.all.cases)[:MOST_MOVES]
        if move.waits is not None
    ]
    told.sort(key=lambda pair: (pair[0].start, pair[0].end))
    low = max(min((waits.p10_s for _, waits in told), default=LEAST_S), LEAST_S)
    high = max(max((waits.p90_s for _, waits in told), default=1.0), 2 * low)
    scale = (low / 1.3, high * 1.3)
    arrow = "←" if setting_of(language).is_rtl else "→"
    rows = tuple(
        PictureRow(
            f"move:{move.start}-{move.end}",
            f"{drawn_name(flow.stops[move.start].name)} {arrow} {drawn_name(flow.stops[move.end].name)}",
            words.say(
                "times.value",
                median=words.duration(waits.median_s),
                low=words.duration(waits.p25_s),
                high=words.duration(waits.p75_s),
                count=waits.count,
            ),
            partial(_paint_box, waits, scale),
            BOX_MM,
        )
        for move, waits in told
    )
    head = (partial(_paint_scale, scale, words), 5.0)
    picture = RowPicture(
        words.say("times.title"),
        about_words(flow, words),
        rows,
        (words.say("times.note"),),
        words.say("times.empty"),
        head,
    )
    return row_scene(picture, width_mm, language)


def _place(seconds: float, scale: tuple[float, float]) -> float:
    """Place on the scale, 0 to 1."""
    low, high = scale
    return min(max(log(max(seconds, low) / low) / log(high / low), 0.0), 1.0)


def _paint_scale(
    scale: tuple[float, float],
    words: Words,
    canvas: Canvas,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    height_mm: float,
) -> None:
    setting = setting_of(words.language)
    used = x_mm - 99.0
    for seconds in MARKS_S:
        if not scale[0] <= seconds <= scale[1]:
            continue
        x = x_mm + _place(seconds, scale) * width_mm
        text = setting.small(words.duration(seconds), 40)
        left = x - text.width_mm / 2
        if left <= used:
            continue
        used = left + text.width_mm + 5.0
        canvas.text(text, left, y_mm, text.width_mm, SOFT_INK, "middle")
        canvas.path(
            (("M", x, y_mm + 4.2), ("L", x, y_mm + height_mm)),
            stroke=ROW_STROKE,
            stroke_mm=0.2,
        )


def _paint_box(
    waits: Waits,
    scale: tuple[float, float],
    canvas: Canvas,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    height_mm: float,
) -> None:
    p10, p25, median, p75, p90 = (
        x_mm + _place(seconds, scale) * width_mm
        for seconds in (
            waits.p10_s,
            waits.p25_s,
            waits.median_s,
            waits.p75_s,
            waits.p90_s,
        )
    )
    middle, half = y_mm + height_mm / 2, BOX_MM / 2
    canvas.path(
        (("M", p10, middle), ("L", p90, middle)), stroke=SOFT_INK, stroke_mm=0.3
    )
    canvas.rect(
        p25, middle - half, max(p75 - p25, 0.3), BOX_MM, BLUE.fill, BLUE.bar, 0.3
    )
    canvas.path(
        (("M", median, middle - half), ("L", median, middle + half)),
        stroke=INK,
        stroke_mm=0.7,
    )
