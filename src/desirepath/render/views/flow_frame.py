"""Frame of a flow picture: title, what it rests on, what its signs mean, what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desirepath.evidence.flow import Flow
from desirepath.render.canvas import Canvas
from desirepath.render.text import PT_MM, Paragraph, missing_characters
from desirepath.render.theme import INK, RULE, SOFT_INK
from desirepath.render.views.cards import Setting
from desirepath.render.views.flow_cards import (
    GOAL_COLOR,
    LEAST_SHARE,
    channel_colors,
)
from desirepath.render.views.flow_looks import Looks
from desirepath.render.words import Words

TITLE_LINES = 2
MOST_NAMES = 6
MOST_LETTERS = 12


@dataclass(frozen=True, slots=True)
class Item:
    """A sign of the legend with its meaning, at its place."""

    sign: str  # "line", "letter", "goal", "channel"
    color: str
    words: Paragraph
    x_mm: float
    line: int


@dataclass(frozen=True)
class Frame:
    """Everything around the rows, measured at a size."""

    title: Paragraph
    about: Paragraph
    items: tuple[Item, ...]
    notes: tuple[Paragraph, ...]
    drawn: Paragraph
    setting: Setting
    width_mm: float

    @property
    def _item_mm(self) -> float:
        return 1.55 * self.setting.style.mark_pt * PT_MM

    @property
    def head_mm(self) -> float:
        """Height of title, evidence and legend with the space below."""
        lines = max((item.line + 1 for item in self.items), default=0)
        em = self.setting.style.em_mm
        return (
            self.title.height_mm
            + self.about.height_mm
            + lines * self._item_mm
            + 2.2 * em
        )

    @property
    def foot_mm(self) -> float:
        """Height of the notes with the space above."""
        em = self.setting.style.em_mm
        notes = sum(note.height_mm for note in self.notes)
        return notes + self.drawn.height_mm + 1.4 * em

    def paint(self, canvas: Canvas, x_mm: float, y_mm: float, bottom_mm: float) -> None:
        """Draw it: the head from y on, the foot down to the bottom."""
        em = self.setting.style.em_mm
        with canvas.group("flow", " ".join(self.title.lines)):
            canvas.text(self.title, x_mm, y_mm, self.width_mm, INK)
            y_mm += self.title.height_mm
            canvas.text(self.about, x_mm, y_mm, self.width_mm, SOFT_INK)
        y_mm += self.about.height_mm + 0.5 * em
        for item in self.items:
            self._paint_item(canvas, item, x_mm, y_mm + item.line * self._item_mm)
        top = bottom_mm - self.foot_mm + 0.9 * em
        canvas.path(
            (("M", x_mm, top), ("L", x_mm + self.width_mm, top)),
            stroke=RULE,
            stroke_mm=self.setting.style.hair_mm,
        )
        top += 0.5 * em
        for note in (*self.notes, self.drawn):
            canvas.text(note, x_mm, top, self.width_mm, SOFT_INK)
            top += note.height_mm

    def _paint_item(self, canvas: Canvas, item: Item, x_mm: float, y_mm: float) -> None:
        small = self.setting.style.mark_pt * PT_MM
        left, middle = x_mm + item.x_mm, y_mm + item.words.height_mm / 2
        if item.sign == "line":
            canvas.path(
                (("M", left, middle), ("L", left + 2 * small, middle)),
                stroke=item.color,
                stroke_mm=0.7 * small,
            )
        elif item.sign == "channel":
            canvas.rect(left + 0.6 * small, middle - 0.4 * small, 0.8 * small, 0.8 * small, item.color)  # fmt: skip
        elif item.sign == "goal":
            canvas.icon("star", left + 0.5 * small, middle - 0.5 * small, small, item.color)  # fmt: skip
        else:
            canvas.circle(left + small, middle, 0.55 * small, None, SOFT_INK, 0.1 * small)  # fmt: skip
        shift = 2.5 * small
        canvas.text(item.words, left + shift, y_mm, item.words.width_mm, SOFT_INK, "edge")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """What a picture shows and what it has no room for."""

    title: str
    looks: Looks
    has_jumps: bool
    has_back: bool = True
    hidden_stops: tuple[str, ...] = ()
    hidden_numbers: int = 0


def frame_of(
    flow: Flow, words: Words, setting: Setting, width_mm: float, shown: Shown
) -> Frame:
    """Frame measured at a size."""
    style, title = setting.style, shown.title
    notes = [*shown.looks.notes, *note_texts(flow, words, shown)]
    letters = missing_characters(" ".join([title, *(s.name for s in flow.stops)]))
    if letters:
        few = " ".join(letters[:MOST_LETTERS])
        notes.append(words.say("foot.missing_letters", letters=few))
    return Frame(
        setting.sized(title, width_mm, style.title_pt, TITLE_LINES, is_bold=True),
        setting.sized(about_words(flow, words), width_mm, style.body_pt),
        tuple(_items(flow, words, setting, width_mm, shown)),
        tuple(setting.small(note, width_mm) for note in notes),
        setting.small(words.say("drawn"), width_mm),
        setting,
        width_mm,
    )


def about_words(flow: Flow, words: Words) -> str:
    """Cases, customers, dates and level in one line."""
    say = words.say
    if flow.window_from:
        first, last = map(words.day, (flow.window_from, flow.window_to))
        cases = say("evidence.dated", cases=flow.cases, first=first, last=last)
    else:
        cases = say("evidence.cases", cases=flow.cases)
    parts = [cases]
    if flow.customers < flow.cases:
        parts.append(say("flow.customers", customers=flow.customers))
    if flow.segment:
        parts.insert(0, flow.segment)
    if flow.min_share:
        parts.append(say("flow.level", share=words.share(flow.min_share)))
    return " · ".join(parts)


def note_texts(flow: Flow, words: Words, shown: Shown) -> Iterator[str]:
    """What the picture does not show."""
    say, left = words.say, flow.left_out
    if left.stops:
        names = [
            f"{name} ({words.share(share)})" for name, share in left.stops[:MOST_NAMES]
        ]
        rest = len(left.stops) - len(names)
        listed = ", ".join(names)
        if rest:
            listed = f"{listed} {say('foot.more', count=rest)}"
        yield say("flow.left_stops", names=listed)
    if left.moves:
        share = words.share(left.move_share)
        yield say("flow.left_moves", count=left.moves, share=share)
    if flow.open_cases:
        yield say("flow.open", count=flow.open_cases)
    if shown.hidden_stops:
        yield say("flow.hidden_stops", names=", ".join(shown.hidden_stops))
    if shown.hidden_numbers:
        yield say("flow.hidden_numbers", count=shown.hidden_numbers)
    yield say("flow.little", share=words.share(LEAST_SHARE))


def _items(
    flow: Flow, words: Words, setting: Setting, width_mm: float, shown: Shown
) -> Iterator[Item]:
    """Signs with their meanings, one after the other, wrapped into lines."""
    told = [
        ("line", one.color, one.text)
        for one in shown.looks.legend
        if shown.has_back or not one.is_back
    ]
    if shown.has_jumps:
        told.append(("letter", SOFT_INK, words.say("flow.letter")))
    if any(stop.is_goal for stop in flow.stops):
        told.append(("goal", GOAL_COLOR, words.say("flow.goal")))
    told += [("channel", color, name) for name, color in channel_colors(flow).items()]
    small = setting.style.mark_pt * PT_MM
    x, line = 0.0, 0
    for sign, color, text in told:
        paragraph = setting.small(text, width_mm - 2.5 * small, 1)
        wide = 2.5 * small + paragraph.width_mm
        if x and x + wide > width_mm:
            x, line = 0.0, line + 1
        yield Item(sign, color, paragraph, x, line)
        x += wide + 1.8 * small
