"""Pictures made of labeled rows: a title, rows with a drawing and a value each, notes. As high as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desirepath.render.canvas import Canvas
from desirepath.render.scene import Scene
from desirepath.render.text import Paragraph, is_rtl_language
from desirepath.render.theme import INK, ROW_STROKE, SOFT_INK, Style
from desirepath.render.views.cards import Setting

BODY_PT = 9.0
SMALLEST_PT = 6.0
MARGIN_MM = 9.0
LABEL_SHARE = 0.27
VALUE_SHARE = 0.2
LABEL_LINES = 3

# Canvas, left, top, width and height of the room for the drawing.
Paint = Callable[[Canvas, float, float, float, float], None]


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One row.

    Attributes:
        ref: What it is about.
        label: Its name.
        value: The number in words.
        paint: Draws it into its room.
        height_mm: Height the drawing needs.
    """

    ref: str
    label: str
    value: str
    paint: Paint
    height_mm: float


@dataclass(frozen=True, slots=True)
class RowPicture:
    """Everything on a picture of rows.

    Attributes:
        title: Headline.
        about: What it rests on.
        rows: The rows.
        notes: What the reader must know.
        empty: Said where there is no row.
        head: Drawing above the rows, such as an axis, and its height.
    """

    title: str
    about: str
    rows: tuple[PictureRow, ...]
    notes: tuple[str, ...]
    empty: str
    head: tuple[Paint, float] | None = None


def setting_of(language: str, body_pt: float = BODY_PT) -> Setting:
    """How words of such pictures are set."""
    style = Style(body_pt, SMALLEST_PT, 0.6)
    return Setting(style, language, is_rtl_language(language))


def drawing_mm(width_mm: float) -> float:
    """Width of the room for drawings."""
    return (width_mm - 2 * MARGIN_MM) * (1 - LABEL_SHARE - VALUE_SHARE)


def row_scene(picture: RowPicture, width_mm: float, language: str) -> Scene:
    """The rows as a picture of a width, as high as it must be."""
    setting = setting_of(language)
    em, inner = setting.style.em_mm, width_mm - 2 * MARGIN_MM
    title = setting.sized(picture.title, inner, 1.7 * BODY_PT, 2, is_bold=True)
    about = setting.small(picture.about, inner)
    label_mm, value_mm = LABEL_SHARE * inner - em, VALUE_SHARE * inner - em
    texts = [
        (
            setting.sized(row.label, label_mm, BODY_PT, LABEL_LINES),
            setting.small(row.value, value_mm),
        )
        for row in picture.rows
    ]
    heights = [
        max(row.height_mm, label.height_mm, value.height_mm) + 0.7 * em
        for row, (label, value) in zip(picture.rows, texts, strict=True)
    ]
    notes = [setting.small(note, inner) for note in picture.notes]
    empty = setting.sized(picture.empty, inner, BODY_PT)
    head_mm = picture.head[1] if picture.head and picture.rows else 0.0
    height = 2 * MARGIN_MM + title.height_mm + about.height_mm + 0.8 * em + head_mm
    height += sum(heights) if heights else empty.height_mm
    height += 0.8 * em + sum(note.height_mm for note in notes)
    canvas = Canvas(width_mm, height, language=language, is_rtl=setting.is_rtl)
    y = MARGIN_MM
    canvas.text(title, MARGIN_MM, y, inner, INK)
    y += title.height_mm
    canvas.text(about, MARGIN_MM, y, inner, SOFT_INK)
    y += about.height_mm + 0.8 * em
    left = MARGIN_MM + LABEL_SHARE * inner
    if picture.head and picture.rows:
        picture.head[0](canvas, left, y, drawing_mm(width_mm), head_mm + sum(heights))
        y += head_mm
    for row, words, high in zip(picture.rows, texts, heights, strict=True):
        _paint_row(canvas, row, words, y, high, width_mm)
        y += high
    if not picture.rows:
        canvas.text(empty, MARGIN_MM, y, inner, SOFT_INK)
        y += empty.height_mm
    y += 0.8 * em
    for note in notes:
        canvas.text(note, MARGIN_MM, y, inner, SOFT_INK)
        y += note.height_mm
    return canvas.scene(picture.title)


def _paint_row(
    canvas: Canvas,
    row: PictureRow,
    words: Sequence[Paragraph],
    y_mm: float,
    height_mm: float,
    width_mm: float,
) -> None:
    label, value = words
    inner = width_mm - 2 * MARGIN_MM
    left, wide = MARGIN_MM + LABEL_SHARE * inner, drawing_mm(width_mm)
    middle = y_mm + height_mm / 2
    with canvas.group(row.ref, f"{row.label}: {row.value}", "listitem"):
        canvas.path(
            (("M", MARGIN_MM, y_mm), ("L", MARGIN_MM + inner, y_mm)),
            stroke=ROW_STROKE,
            stroke_mm=0.15,
        )
        canvas.text(
            label,
            MARGIN_MM,
            middle - label.height_mm / 2,
            LABEL_SHARE * inner - 2,
            INK,
            "edge",
        )
        row.paint(canvas, left, y_mm, wide, height_mm)
        right = left + wide + 2
        canvas.text(
            value,
            right,
            middle - value.height_mm / 2,
            VALUE_SHARE * inner - 2,
            SOFT_INK,
            "edge",
        )
