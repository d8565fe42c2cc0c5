"""Header of a poster: title, what kind of map it is, for whom, why, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desirepath.maps.model import JourneyMap
from desirepath.maps.values import share_of
from desirepath.render.canvas import Canvas
from desirepath.render.text import Paragraph
from desirepath.render.theme import INK, SOFT_INK
from desirepath.render.views.cards import Setting
from desirepath.render.views.facts import Block, BlockRow, block_row
from desirepath.render.views.known import SIGNS, Known

TITLE_LINES = 2
FACT_LINES = 4
ALIKE_SHARE = 0.2  # below this, a map shows common steps rather than a way many go


@dataclass(frozen=True)
class Header:
    """Title, kind and facts with their lines."""

    title: Paragraph
    kind: Paragraph
    facts: BlockRow
    setting: Setting

    @property
    def height_mm(self) -> float:
        """Height with the space below."""
        em = self.setting.style.em_mm
        return (
            self.title.height_mm + self.kind.height_mm + self.facts.height_mm + 1.6 * em
        )

    @property
    def cut_count(self) -> int:
        """Texts that were shortened."""
        return self.title.is_cut + self.kind.is_cut + self.facts.cut_count

    def paint(self, canvas: Canvas, x_mm: float, y_mm: float, width_mm: float) -> None:
        """Draw it from x, y on."""
        with canvas.group("map", " ".join(self.title.lines)):
            canvas.text(self.title, x_mm, y_mm, width_mm, INK)
            canvas.text(
                self.kind, x_mm, y_mm + self.title.height_mm, width_mm, SOFT_INK
            )
        top = (
            y_mm
            + self.title.height_mm
            + self.kind.height_mm
            + 0.6 * self.setting.style.em_mm
        )
        self.facts.paint(canvas, x_mm, top)


def header_of(
    journey: JourneyMap, known: Known, width_mm: float, setting: Setting
) -> Header:
    """Header measured at a size."""
    style = setting.style
    blocks = tuple(header_blocks(journey, known))
    return Header(
        setting.sized(
            journey.title, width_mm, style.title_pt, TITLE_LINES, is_bold=True
        ),
        setting.sized(kind_words(journey, known), width_mm, style.body_pt, 1),
        block_row(
            blocks,
            width_mm,
            setting,
            size_pt=style.body_pt,
            max_lines=FACT_LINES,
            most=4,
        ),
        setting,
    )


def kind_words(journey: JourneyMap, known: Known) -> str:
    """State, view, level, status and owner in one line."""
    say = known.words.say
    parts = [
        say(f"state.{journey.state}"),
        say(f"view.{journey.view}"),
        say(f"level.{journey.level}"),
        say(f"status.{journey.status}"),
        journey.owner or "",
    ]
    return " · ".join(part for part in parts if part)


def header_blocks(journey: JourneyMap, known: Known) -> Iterator[Block]:
    """Persona, goal, trigger, scope, purpose and evidence, as far as they are given."""
    say = known.words.say
    personas = [
        one
        if isinstance(one, str)
        else ": ".join(filter(None, (one.name, one.tagline or one.role)))
        for one in journey.personas
    ]
    if personas:
        yield Block(say("head.persona"), tuple(personas))
    if journey.goal:
        marks = [
            f"{SIGNS[mark.verdict]} {mark.text}"
            for mark in known.marks("map")
            if not mark.is_bare
        ]
        yield Block(say("head.goal"), (journey.goal.text, *marks))
    if journey.trigger:
        yield Block(say("head.trigger"), (journey.trigger,))
    scope = scope_words(journey, known)
    if scope:
        yield Block(say("head.scope"), (scope,))
    why = (journey.purpose.why if journey.purpose else None) or journey.description
    if why:
        yield Block(say("head.purpose"), (why,))
    yield Block(say("head.evidence"), evidence_lines(journey, known))


def scope_words(journey: JourneyMap, known: Known) -> str:
    """Where the journey starts and ends, in one line; empty where the map does not say."""
    scope = journey.scope
    if scope is None:
        return ""
    say = known.words.say
    parts = [
        f"{say('scope.from')} {scope.starts}" if scope.starts else "",
        f"{say('scope.to')} {scope.ends}" if scope.ends else "",
    ]
    covers = ", ".join(scope.project_covers)
    return "; ".join(part for part in (" ".join(filter(None, parts)), covers) if part)


def evidence_lines(journey: JourneyMap, known: Known) -> tuple[str, ...]:
    """What the evidence rests on: cases and dates."""
    say, found = known.words.say, known.report or known.evidence
    lines = []
    if journey.discovered:
        one = journey.discovered
        share = known.words.stated(one.stands_for)
        lines.append(
            say("evidence.discovered", cases=one.cases, events=one.events, share=share)
        )
        if share_of(one.stands_for) < ALIKE_SHARE:
            lines.append(say("evidence.differ"))
    if found and found.window_from:
        first, last = map(known.words.day, (found.window_from, found.window_to))
        lines.append(say("evidence.dated", cases=found.cases, first=first, last=last))
    elif found:
        lines.append(say("evidence.cases", cases=found.cases))
    return tuple(lines) or (say("evidence.none"),)
