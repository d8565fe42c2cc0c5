"""Foot of a poster: what the marks mean, what is left out, what the map misses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from desirepath.check.report import Gap, VerdictWord
from desirepath.maps.model import JourneyMap
from desirepath.render.canvas import Canvas
from desirepath.render.text import PT_MM, line_width_mm, missing_characters
from desirepath.render.theme import RULE, SOFT_INK, VERDICT_COLORS
from desirepath.render.views.cards import Setting
from desirepath.render.views.content import all_statements
from desirepath.render.views.facts import Block, BlockRow, block_row
from desirepath.render.views.gaps import GAP_SIGNS
from desirepath.render.views.known import Known

SHOWN = 5
NOTE_LINES = 2
MAX_LETTERS = 12
VERDICTS: tuple[VerdictWord, ...] = get_args(VerdictWord)


@dataclass(frozen=True, slots=True)
class Hidden:
    """How much of the map is not on the picture."""

    statement: int = 0
    step: int = 0
    stage: int = 0
    lane: int = 0
    persona: int = 0
    cut: int = 0


@dataclass(frozen=True, slots=True)
class LegendItem:
    """A sign with its meaning, at its place in the legend."""

    verdict: str
    text: str
    x_mm: float
    line: int


@dataclass(frozen=True)
class Footer:
    """Notes and legend with their lines."""

    notes: BlockRow
    legend: tuple[LegendItem, ...]
    drawn: str
    width_mm: float
    setting: Setting

    @property
    def _line_mm(self) -> float:
        return 1.6 * self.setting.style.mark_pt * PT_MM

    @property
    def height_mm(self) -> float:
        """Height with the space above."""
        lines = 1 + max((item.line for item in self.legend), default=0)
        gap = 0.8 * self.setting.style.em_mm
        notes = self.notes.height_mm + gap if self.notes.blocks else 0.0
        return gap + notes + lines * self._line_mm

    @property
    def cut_count(self) -> int:
        """Texts that were shortened."""
        return self.notes.cut_count

    def paint(self, canvas: Canvas, x_mm: float, y_mm: float) -> None:
        """Draw it from x, y on."""
        style = self.setting.style
        top = y_mm + 0.8 * style.em_mm
        canvas.path(
            (
                ("M", x_mm, y_mm + 0.3 * style.em_mm),
                ("L", x_mm + self.width_mm, y_mm + 0.3 * style.em_mm),
            ),
            stroke=RULE,
            stroke_mm=style.hair_mm,
        )
        if self.notes.blocks:
            self.notes.paint(canvas, x_mm, top)
            top += self.notes.height_mm + 0.8 * style.em_mm
        for item in self.legend:
            self._paint_item(canvas, item, x_mm, top)
        lines = max((item.line for item in self.legend), default=0)
        drawn = self.setting.small(self.drawn, self.width_mm)
        canvas.text(
            drawn, x_mm, top + lines * self._line_mm, self.width_mm, SOFT_INK, "end"
        )

    def _paint_item(
        self, canvas: Canvas, item: LegendItem, x_mm: float, top_mm: float
    ) -> None:
        em = self.setting.style.mark_pt * PT_MM
        y = top_mm + item.line * self._line_mm
        color = VERDICT_COLORS.get(item.verdict, SOFT_INK)
        x = x_mm + item.x_mm
        with canvas.group(f"legend:{item.verdict or 'title'}", item.text):
            words = self.setting.small(
                item.text, 10 * self.width_mm, is_bold=not item.verdict
            )
            if item.verdict:
                canvas.icon(
                    item.verdict,
                    x,
                    y + words.baseline_mm - 0.76 * em,
                    0.8 * em,
                    color if item.verdict != "star" else "#b87503",
                )
                x += 1.25 * em
            canvas.text(words, x, y, words.width_mm, color, "edge")


def footer_of(
    journey: JourneyMap, known: Known, hidden: Hidden, width_mm: float, setting: Setting
) -> Footer:
    """Foot measured at a size."""
    size = setting.style.mark_pt
    blocks = tuple(
        block for block in foot_blocks(journey, known, hidden) if block.texts
    )
    drawn = known.words.say("drawn")
    room = width_mm - line_width_mm(drawn, size) - 3 * size * PT_MM
    return Footer(
        block_row(
            blocks, width_mm, setting, size_pt=size, max_lines=NOTE_LINES, most=4
        ),
        tuple(_legend(journey, known, room, size)),
        drawn,
        width_mm,
        setting,
    )


def _legend(
    journey: JourneyMap, known: Known, room_mm: float, size_pt: float
) -> Iterator[LegendItem]:
    say, em = known.words.say, size_pt * PT_MM
    entries: list[tuple[str, str]] = []
    if known.report:
        entries.append(("", say("legend")))
        entries += [
            (
                word,
                f"{say(f'verdict.{word}')} {known.report.count(word)} · {say(f'legend.{word}')}",
            )
            for word in VERDICTS
        ]
    if known.has("expectation_gap"):
        entries += [(sign, say(f"legend.{sign}")) for sign in GAP_SIGNS]
    if any(step.moment_of_truth for step in journey.steps()):
        entries.append(("star", say("foot.moment")))
    x, line = 0.0, 0
    for verdict, text in entries:
        sign = 1.25 * em if verdict else 0.0
        wide = sign + line_width_mm(text, size_pt, is_bold=not verdict)
        if x and x + wide > room_mm:
            x, line = 0.0, line + 1
        yield LegendItem(verdict, text, x, line)
        x += wide + 1.5 * em


def foot_blocks(journey: JourneyMap, known: Known, hidden: Hidden) -> Iterator[Block]:
    """What customers also do, dead steps, what a discovered map leaves out, notes."""
    say, report = known.words.say, known.report
    names = {step.id: step.name for step in journey.steps()}
    if report:
        yield Block(
            say("foot.missing"),
            _first([gap_words(gap, names, known) for gap in report.missing], known),
        )
        yield Block(
            say("foot.dead"),
            _first(
                [
                    f"{names.get(step, step)}: {known.words.number(cases)}"
                    for step, cases, _ in report.dead
                ],
                known,
            ),
        )
    if journey.discovered:
        left = [
            f"{one.name}: {known.words.stated(one.share)}"
            for one in journey.discovered.left_out
        ]
        yield Block(say("foot.left_out"), _first(left, known))
    yield Block(say("foot.notes"), tuple(notes(journey, known, hidden)))


def _first(lines: list[str], known: Known) -> tuple[str, ...]:
    rest = len(lines) - SHOWN
    more = [known.words.say("foot.more", count=rest)] if rest > 0 else []
    return (*lines[:SHOWN], *more)


def gap_words(gap: Gap, names: dict[str, str], known: Known) -> str:
    """One line on something customers do that the map does not show."""
    words = known.words
    after = (
        f" ({words.say('foot.missing_after', step=names.get(gap.after, gap.after))})"
        if gap.after and gap.kind != "move"
        else ""
    )
    return f"{gap.name}{after}: {words.measured(gap.share, gap.low, gap.high, 'share')}"


def notes(journey: JourneyMap, known: Known, hidden: Hidden) -> Iterator[str]:
    """Notes on the picture itself first, then those of the report and the map."""
    say = known.words.say
    for name in ("stage", "lane", "step", "statement", "persona", "cut"):
        count = getattr(hidden, name)
        if count:
            yield say(
                f"foot.hidden_{name}" if name != "cut" else "foot.cut", count=count
            )
    letters = missing_characters(_all_words(journey))
    if letters:
        shown = ", ".join(f"U+{ord(letter):04X}" for letter in letters[:MAX_LETTERS])
        yield say(
            "foot.missing_letters",
            letters=shown + (" …" if len(letters) > MAX_LETTERS else ""),
        )
    if any(known.moves(step.id) for step in journey.steps()):
        yield say("foot.moves", lane=known.words.lane("next"), leave=say("leave"))
    untestable = known.report.count("untestable") if known.report else 0
    if untestable:
        yield say("foot.untestable", count=untestable)
    found = [
        *(known.report.notes if known.report else ()),
        *(journey.discovered.notes if journey.discovered else ()),
    ]
    yield from _first(found, known)


def _all_words(journey: JourneyMap) -> str:
    parts = [journey.title, *(stage.name for stage in journey.stages)]
    parts += [step.name for step in journey.steps()]
    parts += [one.text for one in all_statements(journey) if one.text]
    parts += [one.name for one in journey.touchpoints]
    return " ".join(parts)
