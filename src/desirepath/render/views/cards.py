"""Cards: measured at a size and painted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desirepath.render.canvas import Canvas
from desirepath.render.text import PT_MM, Paragraph, paragraph
from desirepath.render.theme import (
    BUBBLE_STROKE,
    PAPER,
    SOFT_INK,
    STEP_STROKE,
    VERDICT_COLORS,
    LaneColor,
    Style,
)
from desirepath.render.views.card import QUOTE, Card
from desirepath.render.views.known import Mark

BAR_EM = 0.3
TAIL_EM = 0.5  # of a speech bubble
STEP_LINES, MOST_STEP_LINES = 6, 10  # where the page is full, and where it is not
ICONS = {"move": "next", "loop": "loop", "leave": "leave"}


@dataclass(frozen=True, slots=True)
class MeasuredCard:
    """A card with its lines."""

    card: Card
    words: Paragraph
    note: Paragraph | None
    marks: tuple[Paragraph, ...]
    height_mm: float


@dataclass(frozen=True, slots=True)
class Setting:
    """How words are set: sizes, language, direction."""

    style: Style
    language: str
    is_rtl: bool

    def small(
        self,
        text: str,
        width_mm: float,
        max_lines: int | None = None,
        *,
        is_bold: bool = False,
    ) -> Paragraph:
        """Text in the size of marks and notes."""
        return self.sized(
            text, width_mm, self.style.mark_pt, max_lines, is_bold=is_bold
        )

    def sized(
        self,
        text: str,
        width_mm: float,
        size_pt: float,
        max_lines: int | None = None,
        *,
        is_bold: bool = False,
    ) -> Paragraph:
        """Text in any size."""
        return paragraph(
            text,
            width_mm,
            size_pt,
            is_bold=is_bold,
            is_rtl=self.is_rtl,
            language=self.language,
            max_lines=max_lines,
            leading=self.style.leading,
        )


def measure_card(card: Card, width_mm: float, setting: Setting) -> MeasuredCard:
    """The card wrapped into a width."""
    style = setting.style
    if card.language:
        setting = replace(setting, language=card.language)
    pad = style.pad_mm
    inner = width_mm - 2 * pad - _indent_mm(card, style)
    is_step = card.look == "step"
    room = inner - _corner_mm(card, style)
    most = STEP_LINES if style.is_tight else MOST_STEP_LINES
    words = setting.sized(
        card.text, room, style.body_pt, most if is_step else None, is_bold=is_step
    )
    note = setting.small(_held(card.note), inner) if card.note else None
    marks = tuple(
        setting.small(_held(mark.text), inner - _sign_mm(style)) for mark in _told(card)
    )
    height = words.height_mm + sum(mark.height_mm for mark in marks)
    height += note.height_mm if note else 0
    edge = 0.2 * pad if card.look in ICONS else 0.9 * pad
    tail = TAIL_EM * style.em_mm if card.look == QUOTE else 0.0
    return MeasuredCard(card, words, note, marks, height + 2 * edge + tail)


def _held(text: str) -> str:
    """Text in which no line begins with the point between two parts."""
    return text.replace(" · ", "\u00a0· ")


def _indent_mm(card: Card, style: Style) -> float:
    """Width of the bar or sign before the words."""
    if card.look in ICONS:
        return 1.0 * style.em_mm
    if card.look == QUOTE:
        return 0.2 * style.em_mm
    return 0.0 if card.look == "step" else BAR_EM * style.em_mm


def _told(card: Card) -> tuple[Mark, ...]:
    """Marks with words."""
    return tuple(mark for mark in card.marks if not mark.is_bare)


def _corner_mm(card: Card, style: Style) -> float:
    """Room beside the words for a sign in the corner."""
    if card.is_moment:
        return 1.2 * style.em_mm
    return 0.9 * style.em_mm if any(mark.is_bare for mark in card.marks) else 0.0


def _sign_mm(style: Style) -> float:
    return 1.25 * style.mark_pt * PT_MM


def paint_card(
    canvas: Canvas,
    measured: MeasuredCard,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    style: Style,
    color: LaneColor,
) -> None:
    """Draw a card with its upper corner at x, y."""
    card = measured.card
    pad = style.pad_mm
    label = ". ".join(
        part
        for part in (card.text, card.note, *(mark.text for mark in card.marks))
        if part
    )
    with canvas.group(card.ref, label, "listitem"):
        _paint_frame(canvas, measured, x_mm, y_mm, width_mm, style, color)
        left = x_mm + pad + _indent_mm(card, style)
        inner = width_mm - 2 * pad - _indent_mm(card, style)
        top = y_mm + (0.2 * pad if card.look in ICONS else 0.9 * pad)
        canvas.text(
            measured.words,
            left,
            top,
            inner - _corner_mm(card, style),
        )
        top += measured.words.height_mm
        if measured.note:
            canvas.text(measured.note, left, top, inner, SOFT_INK)
            top += measured.note.height_mm
        for mark, words in zip(_told(card), measured.marks, strict=True):
            fill = VERDICT_COLORS[mark.verdict]
            sign = _sign_mm(style) if mark.verdict else 0.0
            if mark.verdict:
                size = 0.8 * words.size_pt * PT_MM
                canvas.icon(
                    mark.verdict,
                    left,
                    top + words.baseline_mm - 0.76 * words.size_pt * PT_MM,
                    size,
                    fill,
                )
            canvas.text(words, left + sign, top, inner - _sign_mm(style), fill)
            top += words.height_mm


def _paint_frame(
    canvas: Canvas,
    measured: MeasuredCard,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    style: Style,
    color: LaneColor,
) -> None:
    card, height = measured.card, measured.height_mm
    radius = 0.25 * style.em_mm
    if card.look == "step":
        canvas.rect(
            x_mm, y_mm, width_mm, height, PAPER, STEP_STROKE, style.hair_mm, radius
        )
        if card.is_moment:
            size = 0.95 * style.em_mm
            canvas.icon(
                "star",
                x_mm + width_mm - size - 0.3 * style.em_mm,
                y_mm + 0.45 * style.em_mm,
                size,
                "#b87503",
            )
    elif card.look == QUOTE:
        _paint_bubble(canvas, x_mm, y_mm, width_mm, height, style)
    elif card.look in ICONS:
        size = 0.7 * style.em_mm
        canvas.icon(
            ICONS[card.look],
            x_mm + style.pad_mm,
            y_mm + 0.45 * style.em_mm,
            size,
            color.bar if card.look != "leave" else SOFT_INK,
        )
    else:
        canvas.rect(x_mm, y_mm, width_mm, height, color.fill, None, 0, radius)
        canvas.rect(
            x_mm,
            y_mm,
            BAR_EM * style.em_mm,
            height,
            color.bar,
            None,
            0,
            min(radius, BAR_EM * style.em_mm / 2),
        )
    for mark in card.marks:
        if mark.is_bare:
            size = 0.6 * style.em_mm
            canvas.icon(
                mark.verdict,
                x_mm + width_mm - size - 0.4 * style.em_mm,
                y_mm + 0.4 * style.em_mm,
                size,
                VERDICT_COLORS[mark.verdict],
            )


def _paint_bubble(
    canvas: Canvas,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    height_mm: float,
    style: Style,
) -> None:
    """A speech bubble: a box with its tail below, at the side where reading starts."""
    em, tail = style.em_mm, TAIL_EM * style.em_mm
    box_mm = height_mm - tail
    line = 1.6 * style.hair_mm
    canvas.rect(x_mm, y_mm, width_mm, box_mm, PAPER, BUBBLE_STROKE, line, 0.6 * em)
    bottom, start = y_mm + box_mm, x_mm + 1.1 * em
    tip = (("L", start - 0.2 * em, bottom + tail), ("L", start + 0.7 * em, bottom))
    seam = bottom - line / 2 - 0.02
    canvas.path(
        (("M", start, seam), *tip[:1], ("L", start + 0.7 * em, seam), ("Z",)),
        fill=PAPER,
    )
    canvas.path((("M", start, bottom), *tip), stroke=BUBBLE_STROKE, stroke_mm=line)
