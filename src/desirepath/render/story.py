"""The journey as the customer walks it, as data: the order and the words of the story on a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from desirepath.check.report import CheckReport
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.flow import Flow, Move
from desirepath.evidence.quotes import Quote
from desirepath.maps.model import JourneyMap, Statement, Step
from desirepath.maps.refs import with_statement_ids
from desirepath.render.page_cards import MOVES, PageCards
from desirepath.render.page_rows import Cell, Numbers, Row
from desirepath.render.page_story import APART, BEHIND
from desirepath.render.page_table import ALL_COLUMNS
from desirepath.render.views.card import Card
from desirepath.render.views.content import NEXT, Content, Lane, content_of
from desirepath.render.views.known import Known, Mark
from desirepath.render.views.points import EMOTION
from desirepath.render.views.quotes import QUOTES, Said, chosen_quotes, quoted
from desirepath.render.words import Words
from desirepath.sentences.kept import spoken


@dataclass(frozen=True, slots=True)
class StoryMark:
    """What is known of something: the word of a verdict or sign of a gap, "" for a bare number."""

    verdict: str
    text: str
    ref: str


@dataclass(frozen=True, slots=True)
class StoryItem:
    """One entry of a lane.

    Attributes:
        ref: Element it stands for, "" for none.
        text: Words of the team.
        note: Whose it is, how sure people are, who says so.
        marks: What is known of it.
    """

    ref: str
    text: str
    note: str
    marks: tuple[StoryMark, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryLane:
    """Entries of one lane at a step.

    Attributes:
        key: Name of the lane.
        title: Words for it.
        items: Its entries.
    """

    key: str
    title: str
    items: tuple[StoryItem, ...]


@dataclass(frozen=True, slots=True)
class StoryShare:
    """Customers who come to a step or leave there.

    Attributes:
        share: Of all cases that could, 0 to 1; None where a group is too small.
        text: The same in words with interval and n.
    """

    share: float | None
    text: str


@dataclass(frozen=True, slots=True)
class StoryTime:
    """Time since the step most come from.

    Attributes:
        after: Name of that step; "" for an assumed time.
        text: Typical time in words, with interval and n; or what the team assumes.
        slow: Nine of ten need less, in words; "" where that was not counted.
        is_assumed: Nobody measured it.
    """

    after: str
    text: str
    slow: str
    is_assumed: bool


@dataclass(frozen=True, slots=True)
class StoryMood:
    """A feeling the team assumes.

    Attributes:
        persona: Name of the persona, "" for everybody.
        score: -2 to +2; None where only words are given.
        text: Words for it.
    """

    persona: str
    score: float | None
    text: str


@dataclass(frozen=True, slots=True)
class StoryFelt:
    """What customers answered of their feeling.

    Attributes:
        text: In words, with interval and n.
        value: -2 to +2; None where a group is too small.
        low: Lower end of the interval, of everyone only.
        high: Upper end.
    """

    text: str
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class StoryQuote:
    """Words of a customer.

    Attributes:
        text: The words, in quotation marks.
        language: Their language.
        about: Theme, channel, day, and whether it names no place.
    """

    text: str
    language: str
    about: str


@dataclass(frozen=True, slots=True)
class StoryStep:
    """One screen of the story: a step, or a stage that has something to say of itself.

    Attributes:
        ref: ``step:pay`` or ``stage:find``.
        name: Its name.
        stage: Name of the stage.
        goal: Goal of the stage, for a stage.
        is_moment: A moment of truth.
        marks: What is known of the step itself.
        here: Who comes here; None where not measured.
        left: Who leaves for good here.
        before: Time since the step before; None where nobody knows.
        moods: Assumed feelings.
        felt: Measured feeling; None where nobody was asked.
        quotes: Words of customers.
        front: What the customer does, asks, thinks and meets, lane by lane.
        onward: Where they go.
        behind: What stands behind the step.
    """

    ref: str
    name: str
    stage: str
    goal: str = ""
    is_moment: bool = False
    marks: tuple[StoryMark, ...] = ()
    here: StoryShare | None = None
    left: StoryShare | None = None
    before: StoryTime | None = None
    moods: tuple[StoryMood, ...] = ()
    felt: StoryFelt | None = None
    quotes: tuple[StoryQuote, ...] = ()
    front: tuple[StoryLane, ...] = ()
    onward: tuple[StoryLane, ...] = ()
    behind: tuple[StoryLane, ...] = ()


def story_of(
    journey_map: JourneyMap,
    *,
    report: CheckReport | None = None,
    evidence: Evidence | None = None,
    quotes: Iterable[Said] = (),
    flow: Flow | None = None,
    persona: str = "",
    language: str = "",
) -> tuple[StoryStep, ...]:
    """A map as a row of steps a reader walks through.

    Args:
        journey_map: The map.
        report: Verdicts.
        evidence: Facts: who comes, how long it takes, how it felt.
        quotes: What customers said.
        flow: How cases move between the steps of the map, for the times of the slow tenth.
        persona: Walk as this persona: its statements and those of everybody, its numbers.
        language: Language of words and numbers; that of the map if empty.
    """
    journey = with_statement_ids(journey_map)
    said = tuple(quotes)
    words = Words(language or journey.language)
    report = spoken(report, words.language)
    known = Known(words, report, evidence, chosen_quotes(said))
    numbers = Numbers(journey, words, evidence)
    cards = PageCards(journey, known, numbers)
    return tuple(_Story(cards, said, flow, persona).steps())


class _Story:
    """Steps of one map, as one persona or everybody walks them."""

    def __init__(
        self,
        cards: PageCards,
        quotes: Sequence[Said],
        flow: Flow | None,
        persona: str,
    ) -> None:
        journey = cards.journey
        self._cards = cards
        self._words = cards.known.words
        self._numbers = cards.numbers
        self._quotes = quotes
        self._persona = persona
        keys = [group.key for group in self._numbers.groups]
        group = f"persona={persona}"
        self._group = keys.index(group) if group in keys else -1
        self._names = {step.id: step.name for step in journey.steps()}
        self._personas = {
            one.id: one.name for one in journey.personas if not isinstance(one, str)
        }
        self._touchpoints = {one.id: one for one in journey.touchpoints}
        self._waits = _waits(flow)
        self._content = content_of(journey, cards.known, ALL_COLUMNS, has_curve=False)

    def steps(self) -> Iterator[StoryStep]:
        """One for each step, and for each stage that has something to say of itself."""
        column = 0
        for number, band in enumerate(self._content.bands):
            if band.ref != "map" and _has_own(self._content, number):
                wide = (
                    self._lane(lane, lane.wide[number]) for lane in self._content.lanes
                )
                front = tuple(one for one in wide if one.items)
                yield StoryStep(band.ref, band.name, "", band.goal, front=front)
            for steps in band.columns:
                for step in steps:
                    yield self._step(step, column, band.name)
                column += 1

    def _step(self, step: Step, column: int, stage: str) -> StoryStep:
        ref = f"step:{step.id}"
        front, onward, behind = [], [], []
        for lane in self._content.lanes:
            told = self._lane(lane, lane.cells[column], step.id)
            if not told.items:
                continue
            if lane.key == NEXT:
                onward.append(told)
            elif lane.key in BEHIND:
                behind.append(told)
            elif lane.key not in APART:
                front.append(told)
        return StoryStep(
            ref,
            step.name,
            stage,
            is_moment=step.moment_of_truth,
            marks=tuple(self._step_marks(step)),
            here=self._share(ref, "reach"),
            left=self._share(ref, "drop_off"),
            before=self._before(step),
            moods=tuple(self._moods(step)),
            felt=self._felt(ref),
            quotes=tuple(self._said(step.id)),
            front=tuple(front),
            onward=tuple(onward),
            behind=(*behind, *self._fields(step, {one.key for one in behind})),
        )

    def _cell(self, row: Row) -> Cell:
        """The number of the persona that walks, where it was measured apart."""
        if self._group < 0 or not row.cells:
            return row.everyone
        return row.cells[self._group]

    def _mark(self, mark: Mark, row: Row | None, ref: str) -> StoryMark:
        cell = self._cell(row) if row and row.cells and self._group >= 0 else None
        if cell is None:
            return StoryMark(mark.verdict, mark.text, ref)
        return StoryMark(cell.verdict, cell.text, ref)

    def _step_marks(self, step: Step) -> Iterator[StoryMark]:
        for mark, row, ref in self._cards.step_marks_told(step, has_reach=True):
            yield self._mark(mark, row, ref)
        for mark, row in self._cards.gaps_told(f"step:{step.id}"):
            yield self._mark(mark, row, f"step:{step.id}")

    def _lane(self, lane: Lane, cards: Iterable[Card], step: str = "") -> StoryLane:
        items = (
            self._item(card, lane.key, step)
            for card in cards
            if card.look != "step" and self._is_mine(self._cards.persona(card))
        )
        is_onward = bool(step) and lane.key == NEXT
        title = self._words.say("page.onward") if is_onward else lane.title
        return StoryLane(lane.key, title, tuple(items))

    def _is_mine(self, persona: str) -> bool:
        return not self._persona or persona in ("", self._persona)

    def _item(self, card: Card, lane: str, step: str) -> StoryItem:
        if card.look in (*MOVES, "leave"):
            return self._move(card, step)
        marks = (self._mark(*one) for one in self._cards.marks_told(card, lane, step))
        return StoryItem(card.ref, card.text, self._cards.note(card), tuple(marks))

    def _move(self, card: Card, step: str) -> StoryItem:
        """Where customers go, with a number."""
        if card.look == "leave":
            row = self._numbers.row(f"step:{step}", "drop_off")
            text = self._words.say("leave")
        else:
            target = card.ref.partition(">")[2]
            row = self._numbers.row(card.ref, "next", target)
            text = self._names.get(target, target)
        if row is None:
            return StoryItem("", card.text, card.note)
        return StoryItem("", text, self._cell(row).text)

    def _share(self, ref: str, measure: str) -> StoryShare | None:
        row = self._numbers.row(ref, measure)
        if row is None:
            return None
        cell = self._cell(row)
        return StoryShare(cell.value, cell.text)

    def _before(self, step: Step) -> StoryTime | None:
        fact = self._numbers.into(step.id)
        row = self._numbers.row(fact.subject, "time", step.id) if fact else None
        if fact is None or row is None:
            told = next((one.duration for one in step.statements if one.duration), "")
            return StoryTime("", told, "", is_assumed=True) if told else None
        start = fact.subject.partition(":")[2].partition(">")[0]
        move = self._waits.get((start, step.id)) if self._group < 0 else None
        slow = self._words.duration(move.waits.p90_s) if move and move.waits else ""
        name = self._names.get(start, start)
        return StoryTime(name, self._cell(row).text, slow, is_assumed=False)

    def _moods(self, step: Step) -> Iterator[StoryMood]:
        for one in step.statements:
            if one.lane == EMOTION and self._is_mine(one.persona or ""):
                yield self._mood(one)

    def _mood(self, one: Statement) -> StoryMood:
        name = self._personas.get(one.persona, one.persona) if one.persona else ""
        word = "" if one.score is None else self._words.say(f"score.{round(one.score)}")
        text = " · ".join(filter(None, (word, one.text or "")))
        return StoryMood(name, one.score, text)

    def _felt(self, ref: str) -> StoryFelt | None:
        row = self._numbers.row(ref, "score", EMOTION)
        fact: Fact | None = self._numbers.fact(ref, "score", EMOTION)
        if row is None or fact is None:
            return None
        cell = self._cell(row)
        if cell is not row.everyone:
            return StoryFelt(cell.text, cell.value)
        return StoryFelt(cell.text, fact.value, fact.low, fact.high)

    def _said(self, step: str) -> Iterator[StoryQuote]:
        chosen = self._cards.known.quotes.get(step, ())
        mine = chain(chosen, (one for one in self._quotes if one.step == step))
        for one in dict.fromkeys(mine):
            yield self._quote(one)

    def _quote(self, one: Said) -> StoryQuote:
        language = one.language or self._cards.journey.language
        about = [one.theme.replace("_", " ")]
        if isinstance(one, Quote):
            placed = self._words.say("quote.by_last") if one.by_last else ""
            about += [one.channel, one.when, placed]
        told = " · ".join(filter(None, about))
        return StoryQuote(quoted(one.text, language), language, told)

    def _fields(self, step: Step, known: set[str]) -> Iterator[StoryLane]:
        """Technology, process, people and owner of the touchpoints, where no lane says them."""
        found: dict[str, list[str]] = {}
        for name in step.touchpoints:
            one = self._touchpoints.get(name)
            if one is None:
                continue
            fields: tuple[tuple[str, tuple[str | None, ...]], ...] = (
                ("technology", one.technology),
                ("process", (one.process,)),
                ("people", one.people),
                ("owner", (one.owner, one.organization)),
            )
            for key, named in fields:
                found.setdefault(key, []).extend(text for text in named if text)
        for key, texts in found.items():
            if texts and key not in known:
                told = tuple(StoryItem("", text, "") for text in dict.fromkeys(texts))
                yield StoryLane(key, self._words.lane(key), told)


def _has_own(content: Content, number: int) -> bool:
    return any(
        lane.wide[number] for lane in content.lanes if lane.key != QUOTES
    ) or not any(content.bands[number].columns)


def _waits(flow: Flow | None) -> Mapping[tuple[str, str], Move]:
    if flow is None or not flow.map_id:
        return {}
    keys = [stop.key for stop in flow.stops]
    return {(keys[one.start], keys[one.end]): one for one in flow.moves}
