"""Cards of a map as list items of a page: words, who says so, marks that lead to their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from desirepath.check.report import Verdict
from desirepath.maps.model import JourneyMap, Statement, Step
from desirepath.render.page_numbers import picked
from desirepath.render.page_rows import Numbers, Row
from desirepath.render.views.card import QUOTE, Card
from desirepath.render.views.gaps import gap_marks, promise_marks, touchpoint_marks
from desirepath.render.views.known import Known, Mark, mark_text

MOVES = ("move", "loop")


class PageCards:
    """Cards and marks of one map as HTML.

    Args:
        journey: The map, statements with ids.
        known: Verdicts, facts and quotes.
        numbers: Their numbers by group.
    """

    def __init__(self, journey: JourneyMap, known: Known, numbers: Numbers) -> None:
        self.journey = journey
        self.known = known
        self.numbers = numbers
        self._names = {step.id: step.name for step in journey.steps()}
        self._statements = {
            f"statement:{one.id}": one for one in journey.all_statements()
        }
        self._promises = {
            f"touchpoint:{one.id}": bool(one.promise) for one in journey.touchpoints
        }
        self._linked: set[str] = set()
        self._implied: dict[str, list[Verdict]] = {}
        for one in known.report.verdicts if known.report else ():
            self._linked.add(one.subject)
            if one.is_implied and one.step:
                self._implied.setdefault(one.step, []).append(one)

    def items(self, cards: Iterable[Card], lane: str, step: str = "") -> str:
        """Cards of a cell as a list, "" for none; cards of the step itself are its heading."""
        items = "".join(
            self._item(card, lane, step) for card in cards if card.look != "step"
        )
        return f"<ul>{items}</ul>" if items else ""

    def _item(self, card: Card, lane: str, step: str) -> str:
        if card.look in (*MOVES, "leave"):
            return self._move(card, step)
        statement = self._statements.get(card.ref)
        note = self.note(card)
        quiet = f'<span class="note">{escape(note)}</span>' if note else ""
        marks = "".join(self._marks(card, lane, step))
        who = (
            f' data-persona="{escape(statement.persona)}"'
            if statement and statement.persona
            else ""
        )
        words = escape(card.text)
        if card.look == QUOTE:
            language = f' lang="{escape(card.language)}"' if card.language else ""
            words = f"<q{language}><bdi>{words}</bdi></q>"
        return f"<li{who}>{words}{quiet}{marks}</li>"

    def note(self, card: Card) -> str:
        """The quiet line of a card: of whom it is, how sure people are, who says so."""
        notes = [card.note, *self._people_words(self._statements.get(card.ref))]
        return " · ".join(one for one in notes if one)

    def persona(self, card: Card) -> str:
        """The persona a card is about, "" for everybody."""
        statement = self._statements.get(card.ref)
        return (statement.persona or "") if statement else ""

    def _move(self, card: Card, step: str) -> str:
        """Where customers go, with a number that follows the choice of group."""
        say = self.known.words.say
        if card.look == "leave":
            row = self.numbers.row(f"step:{step}", "drop_off")
            words = say("leave")
        else:
            target = card.ref.partition(">")[2]
            row = self.numbers.row(card.ref, "next", target)
            words = self._names.get(target, target)
        if row is None:
            note = f'<span class="note">{escape(card.note)}</span>' if card.note else ""
            return f"<li>{escape(card.text)}{note}</li>"
        return f'<li>{escape(words)}<span class="note">{picked(row)}</span></li>'

    def _marks(self, card: Card, lane: str, step: str) -> Iterator[str]:
        for mark, row, ref in self.marks_told(card, lane, step):
            yield self._mark(mark, row, ref)

    def marks_told(
        self, card: Card, lane: str, step: str
    ) -> Iterator[tuple[Mark, Row | None, str]]:
        """Marks of a card, each with the row of its numbers and the ref they are about."""
        known = self.known
        statement = self._statements.get(card.ref)
        if statement:
            judged = [
                one
                for one in (known.report.of(card.ref) if known.report else ())
                if not one.is_implied
            ]
            for mark, verdict in zip(known.marks(card.ref), judged, strict=True):
                yield mark, self.numbers.row_of(verdict), card.ref
            for mark in promise_marks(known, statement.id or ""):
                row = self.numbers.row(
                    f"step:{step}", "promise_kept", statement.id or ""
                )
                yield mark, row, card.ref
        elif card.ref in self._promises:
            told = touchpoint_marks(
                known, card.ref, lane, has_promise=self._promises[card.ref]
            )
            for mark, fact in told:
                row = (
                    self.numbers.row(card.ref, fact.measure, fact.target)
                    if fact
                    else None
                )
                yield mark, row, card.ref

    def marks_of(self, cards: Iterable[Card], lane: str, step: str) -> str:
        """Marks of cards without their words."""
        return "".join(mark for card in cards for mark in self._marks(card, lane, step))

    def step_marks(self, step: Step, *, has_reach: bool = False) -> str:
        """Marks of what the map claims by its shape, and of the gap at the step.

        Args:
            step: The step.
            has_reach: The reach stands beside it already, so a mark that only confirms it is left out.
        """
        told = self.step_marks_told(step, has_reach=has_reach)
        marks = "".join(self._mark(*one) for one in told)
        return marks + "".join(self.gaps(f"step:{step.id}"))

    def step_marks_told(
        self, step: Step, *, has_reach: bool = False
    ) -> Iterator[tuple[Mark, Row | None, str]]:
        """Marks of what the map claims by its shape, each with its row and ref.

        Args:
            step: The step.
            has_reach: As `step_marks`.
        """
        known, ref = self.known, f"step:{step.id}"
        marks = known.step_marks(step.id)
        judged = [
            one
            for one in self._implied.get(step.id, ())
            if one.verdict != "untestable"
            and (one.kind == "reach" or one.verdict != "confirmed")
        ]
        if judged:
            for mark, verdict in zip(marks, judged, strict=True):
                if has_reach and verdict.verdict == "confirmed":
                    continue
                yield mark, self.numbers.row_of(verdict), verdict.subject
        elif not has_reach:
            reach = self.numbers.row(ref, "reach")
            for mark in marks:
                yield mark, reach, ref

    def verdict_mark(self, verdict: Verdict) -> str:
        """Mark of one verdict."""
        mark = Mark(verdict.verdict, mark_text(verdict, self.known.words))
        return self._mark(mark, self.numbers.row_of(verdict), verdict.subject)

    def gaps(self, ref: str) -> Iterator[str]:
        """Marks of the gap between what was expected and what was delivered."""
        for mark, row in self.gaps_told(ref):
            yield self._mark(mark, row, ref)

    def gaps_told(self, ref: str) -> Iterator[tuple[Mark, Row | None]]:
        """Marks of the gap of an element, each with the row of its numbers."""
        gap = self.known.fact(ref, "expectation_gap")
        row = self.numbers.row(ref, gap.measure, gap.target) if gap else None
        for mark in gap_marks(self.known, ref):
            yield mark, row

    def _mark(self, mark: Mark, row: Row | None, ref: str) -> str:
        """A mark, and where its evidence stands a link to it."""
        words = picked(row, mark.text)
        look = f"mark {mark.verdict}".strip()
        if ref in self._linked:
            return f'<a class="{look}" href="#verdict-{escape(ref)}">{words}</a>'
        return f'<span class="{look}">{words}</span>'

    def _people_words(self, statement: Statement | None) -> Iterator[str]:
        """How sure people are of a statement, who says so, how much it matters."""
        if statement is None:
            return
        say = self.known.words.say
        yield say(f"page.{statement.status}")
        if statement.source and statement.source.kind == "ai":
            yield say("page.ai")
        elif statement.source and statement.source.by:
            yield f"{say('page.source')}: {statement.source.by}"
        if statement.importance:
            yield say("page.importance", count=statement.importance)
