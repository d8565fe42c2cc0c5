"""Strip of ways: the most frequent journeys as rows of colored, lettered chips."""

from __future__ import annotations

from functools import partial
from string import ascii_uppercase

from desirepath.evidence.flow import Flow, Journey
from desirepath.render.canvas import Canvas
from desirepath.render.scene import Scene
from desirepath.render.text import PT_MM, paragraph
from desirepath.render.views.drop_off import share_words
from desirepath.render.views.flow_cards import GOAL_COLOR, drawn_name
from desirepath.render.views.flow_frame import about_words
from desirepath.render.views.flow_rows import (
    PictureRow,
    RowPicture,
    drawing_mm,
    row_scene,
)
from desirepath.render.words import Words

CHIP_MM = 5.0
CHIP_GAP_MM = 0.9
LETTER_PT = 7.5
MOST_CHIPS = 60
DARK, LIGHT = "#1d2433", "#ffffff"
# Fill and letter color; neighbors differ in lightness as well as in hue.
CHIPS = (
    ("#0b4f8a", LIGHT), ("#f2c45a", DARK), ("#0f7f5c", LIGHT), ("#f0a48a", DARK),
    ("#6b3fa0", LIGHT), ("#a8d5ee", DARK), ("#9c2a3c", LIGHT), ("#c5dd8a", DARK),
    ("#4a5468", LIGHT), ("#e6b3d6", DARK), ("#7a5200", LIGHT), ("#d3d7de", DARK),
)  # fmt: skip


def letter(number: int) -> str:
    """Letters of a stop: A, B, … Z, AA, AB.

    Examples:
        >>> letter(0), letter(25), letter(26)
        ('A', 'Z', 'AA')
    """
    rest = "" if number < len(ascii_uppercase) else letter(number // 26 - 1)
    return rest + ascii_uppercase[number % 26]


def strip_scene(flow: Flow, *, language: str = "en", width_mm: float = 297) -> Scene:
    """The most frequent ways, each as chips in order, and what each letter means.

    Args:
        flow: What flows.
        language: Language of the words.
        width_mm: Width of the picture; its height follows.
    """
    words = Words(language)
    wide = drawing_mm(width_mm)
    used = sorted({stop for journey in flow.journeys for stop in journey.stops})
    number_of = {stop: number for number, stop in enumerate(used)}
    rows = tuple(
        _row(flow, number, journey, number_of, words, wide)
        for number, journey in enumerate(flow.journeys)
    )
    meaning = ", ".join(
        f"{letter(number)} {drawn_name(flow.stops[stop].name)}"
        for stop, number in number_of.items()
    )
    told = sum(journey.all.cases for journey in flow.journeys)
    shown = words.share(told / flow.cases) if flow.cases else "0"
    notes = (
        words.say("strip.letters", names=meaning),
        words.say("strip.rest", share=shown, count=flow.left_out.journeys),
    )
    picture = RowPicture(
        words.say("strip.title"),
        about_words(flow, words),
        rows,
        notes if rows else (),
        words.say("flow.empty"),
    )
    return row_scene(picture, width_mm, language)


def _row(
    flow: Flow,
    number: int,
    journey: Journey,
    number_of: dict[int, int],
    words: Words,
    wide_mm: float,
) -> PictureRow:
    each = CHIP_MM + CHIP_GAP_MM
    per_line = max(int((wide_mm + CHIP_GAP_MM) / each), 1)
    shown = min(len(journey.stops), MOST_CHIPS)
    lines = -(-(shown + journey.has_goal) // per_line)
    chips = tuple(number_of[stop] for stop in journey.stops[:MOST_CHIPS])
    names = ", ".join(flow.stops[stop].name for stop in journey.stops[:MOST_CHIPS])
    text = words.say("strip.way", number=number + 1, count=len(journey.stops))
    return PictureRow(
        f"way:{number}: {names}",
        text,
        share_words(journey.all, words),
        partial(_paint_chips, chips, journey.has_goal, per_line),
        lines * each,
    )


def _paint_chips(
    chips: tuple[int, ...],
    has_goal: bool,  # noqa: FBT001 - bound by name of place
    per_line: int,
    canvas: Canvas,
    x_mm: float,
    y_mm: float,
    width_mm: float,  # noqa: ARG001 - rooms of rows have a width
    height_mm: float,
) -> None:
    each = CHIP_MM + CHIP_GAP_MM
    lines = -(-(len(chips) + has_goal) // per_line)
    top = y_mm + (height_mm - lines * each + CHIP_GAP_MM) / 2
    for place, stop in enumerate(chips):
        x, y = x_mm + place % per_line * each, top + place // per_line * each
        fill, ink = CHIPS[stop % len(CHIPS)]
        canvas.rect(x, y, CHIP_MM, CHIP_MM, fill, None, 0, 0.9)
        words = paragraph(letter(stop), 20, LETTER_PT, is_bold=True)
        baseline = y + CHIP_MM / 2 + 0.36 * LETTER_PT * PT_MM
        canvas.text(words, x, baseline - words.baseline_mm, CHIP_MM, ink, "middle")
    if has_goal:
        place = len(chips)
        x, y = x_mm + place % per_line * each, top + place // per_line * each
        canvas.icon("star", x + 0.7, y + 0.7, CHIP_MM - 1.4, GOAL_COLOR)
