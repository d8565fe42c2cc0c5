"""Pictures made of titled boxes with items: a headline, boxes in columns or in rows, notes. As high as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desirepath.render.canvas import Canvas
from desirepath.render.scene import Scene
from desirepath.render.text import PT_MM, Paragraph
from desirepath.render.theme import (
    BLUE,
    INK,
    PAPER,
    RULE,
    SOFT_INK,
    VERDICT_COLORS,
    LaneColor,
)
from desirepath.render.views.cards import Setting
from desirepath.render.views.flow_rows import setting_of
from desirepath.render.views.known import Mark

BODY_PT = 9.5
MARGIN_MM = 9.0
LEVELS = 5
BAR_MM = 0.9


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a box.

    Attributes:
        text: What it says.
        marks: What the evidence says of it.
        level: 1 to 5, drawn as dots; None for none.
        is_soft: Set small and gray.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    level: int | None = None
    is_soft: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A titled list.

    Attributes:
        ref: What it is about.
        title: Headline.
        items: Its lines.
        color: Bar and fill.
    """

    ref: str
    title: str
    items: tuple[Item, ...]
    color: LaneColor = BLUE


@dataclass(frozen=True, slots=True)
class BoxPicture:
    """Everything on a picture of boxes.

    Attributes:
        ref: What it is about.
        title: Headline.
        about: Line below it.
        quote: Words of the customer, "" for none.
        boxes: The boxes, in reading order; those without items are left out.
        columns: Boxes side by side.
        is_grid: Boxes of a row are equally high; else each column is filled from the top.
        notes: What the reader must know.
    """

    ref: str
    title: str
    about: str
    quote: str
    boxes: tuple[Box, ...]
    columns: int
    is_grid: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """An item, wrapped."""

    item: Item
    words: Paragraph
    marks: tuple[Paragraph, ...]
    height_mm: float


@dataclass(frozen=True, slots=True)
class _Measured:
    """A box, wrapped."""

    box: Box
    title: Paragraph
    lines: tuple[_Line, ...]
    height_mm: float


def box_scene(picture: BoxPicture, width_mm: float, language: str) -> Scene:
    """The boxes as a picture of a width, as high as it must be."""
    setting = setting_of(language, BODY_PT)
    em, inner = setting.style.em_mm, width_mm - 2 * MARGIN_MM
    title = setting.sized(picture.title, inner, 2 * BODY_PT, 3, is_bold=True)
    about = setting.sized(picture.about, inner, BODY_PT, 4) if picture.about else None
    quote = setting.sized(picture.quote, inner - 2 * em, 1.25 * BODY_PT, 6) if picture.quote else None  # fmt: skip
    notes = [setting.small(note, inner) for note in picture.notes]
    gap = 0.9 * em
    column_mm = (inner - gap * (picture.columns - 1)) / picture.columns
    boxes = [_measure(box, column_mm, setting) for box in picture.boxes if box.items]
    head_mm = title.height_mm + (about.height_mm if about else 0)
    head_mm += (quote.height_mm + 1.2 * em) if quote else 0
    top = MARGIN_MM + head_mm + gap
    places, end = _placed(boxes, picture, top, gap)
    height = end + gap + sum(note.height_mm for note in notes) + MARGIN_MM
    canvas = Canvas(width_mm, height, language=language, is_rtl=setting.is_rtl)
    with canvas.group(picture.ref, picture.title):
        y = MARGIN_MM
        canvas.text(title, MARGIN_MM, y, inner, INK)
        y += title.height_mm
        if about:
            canvas.text(about, MARGIN_MM, y, inner, SOFT_INK)
            y += about.height_mm
        if quote:
            bar = quote.height_mm + 0.4 * em
            canvas.rect(MARGIN_MM, y + 0.5 * em, BAR_MM, bar, BLUE.bar)
            canvas.text(quote, MARGIN_MM + em, y + 0.7 * em, inner - 2 * em, INK)
    for box, (column, y, high) in zip(boxes, places, strict=True):
        x = MARGIN_MM + column * (column_mm + gap)
        _paint(canvas, box, x, y, column_mm, high, setting)
    y = end + gap
    for note in notes:
        canvas.text(note, MARGIN_MM, y, inner, SOFT_INK)
        y += note.height_mm
    return canvas.scene(picture.title)


def _placed(
    boxes: Sequence[_Measured], picture: BoxPicture, top_mm: float, gap_mm: float
) -> tuple[list[tuple[int, float, float]], float]:
    """Column, top and height of each box, and where the lowest ends."""
    places: list[tuple[int, float, float]] = []
    if picture.is_grid:
        y = top_mm
        for start in range(0, len(boxes), picture.columns):
            row = boxes[start : start + picture.columns]
            high = max(box.height_mm for box in row)
            places += [(column, y, high) for column in range(len(row))]
            y += high + gap_mm
        return places, max(y - gap_mm, top_mm)
    ends = [top_mm] * picture.columns
    for box in boxes:
        # the next box goes where there is most room, the first such column
        column = ends.index(min(ends))
        places.append((column, ends[column], box.height_mm))
        ends[column] += box.height_mm + gap_mm
    return places, max(max(ends) - gap_mm, top_mm)


def _measure(box: Box, width_mm: float, setting: Setting) -> _Measured:
    style = setting.style
    pad, indent = 0.7 * style.em_mm, BAR_MM
    inner = width_mm - 2 * pad - indent
    title = setting.sized(box.title, inner, style.head_pt, 2, is_bold=True)
    lines = tuple(_line(item, inner, setting) for item in box.items)
    height = title.height_mm + sum(line.height_mm for line in lines) + 2 * pad
    return _Measured(box, title, lines, height + 0.2 * style.em_mm)


def _line(item: Item, width_mm: float, setting: Setting) -> _Line:
    style = setting.style
    room = width_mm - (_dots_mm(setting) if item.level else 0.0)
    words = (
        setting.small(item.text, room)
        if item.is_soft
        else setting.sized(item.text, room, style.body_pt)
    )
    told = [mark for mark in item.marks if not mark.is_bare]
    marks = tuple(
        setting.small(mark.text, width_mm - _sign_mm(setting)) for mark in told
    )
    height = words.height_mm + sum(mark.height_mm for mark in marks)
    return _Line(item, words, marks, height + 0.35 * style.em_mm)


def _dots_mm(setting: Setting) -> float:
    return LEVELS * 0.9 * setting.style.em_mm


def _sign_mm(setting: Setting) -> float:
    return 1.3 * setting.style.mark_pt * PT_MM


def _paint(
    canvas: Canvas,
    measured: _Measured,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    height_mm: float,
    setting: Setting,
) -> None:
    style, color = setting.style, measured.box.color
    pad = 0.7 * style.em_mm
    with canvas.group(measured.box.ref, measured.box.title):
        canvas.rect(x_mm, y_mm, width_mm, height_mm, color.fill, None, 0, 0.8)
        canvas.rect(x_mm, y_mm, BAR_MM, height_mm, color.bar, None, 0, 0.4)
        left, inner = x_mm + pad + BAR_MM, width_mm - 2 * pad - BAR_MM
        y = y_mm + pad
        canvas.text(measured.title, left, y, inner, INK)
        y += measured.title.height_mm + 0.2 * style.em_mm
        for line in measured.lines:
            _paint_line(canvas, line, left, y, inner, setting)
            y += line.height_mm


def _paint_line(
    canvas: Canvas,
    line: _Line,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    setting: Setting,
) -> None:
    item, em = line.item, setting.style.em_mm
    said = ". ".join([item.text, *(mark.text for mark in item.marks)])
    with canvas.group("", said, "listitem"):
        room = width_mm - (_dots_mm(setting) if item.level else 0.0)
        ink = SOFT_INK if item.is_soft else INK
        canvas.text(line.words, x_mm, y_mm, room, ink)
        for level in range(LEVELS if item.level else 0):
            x = x_mm + room + (level + 0.6) * 0.9 * em
            is_full = level < (item.level or 0)
            fill = INK if is_full else PAPER
            canvas.circle(x, y_mm + 0.55 * em, 0.28 * em, fill, RULE, 0.15)
        y = y_mm + line.words.height_mm
        told = [mark for mark in item.marks if not mark.is_bare]
        for mark, words in zip(told, line.marks, strict=True):
            color = VERDICT_COLORS[mark.verdict]
            size = 0.8 * words.size_pt * PT_MM
            top = y + words.baseline_mm - 0.76 * words.size_pt * PT_MM
            shift = 0.0
            if mark.verdict:
                canvas.icon(mark.verdict, x_mm, top, size, color)
                shift = _sign_mm(setting)
            canvas.text(words, x_mm + shift, y, width_mm - shift, color)
            y += words.height_mm
