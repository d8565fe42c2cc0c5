"""The evidence of a project folder in one list, and what in it speaks for and against a statement."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from desirepath.evidence.anecdotes import read_anecdotes, read_interview, read_items
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.regions import Region, duration_words, side_of
from desirepath.evidence.told import SUGGESTION, Anecdote, Interview
from desirepath.maps.catalog import project_folder
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.refs import elements, with_statement_ids

FOLDER = "evidence"
MEASURED = "measured"
FEELING = "emotion"


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One item of evidence, whatever it is.

    Attributes:
        id: Id that statements link to.
        kind: anecdote, interview, survey, … ; ``ai_suggestion`` never counts.
        date: Day, month or year.
        source: Where it comes from: a role, a pseudonym, a title.
        n: People or observations behind it; None where nobody says.
        permission: What may be done with it, as written; "" where nothing is said.
        step: Step it is about, "" for none.
        lane: Lane it is about, "" for none.
        sentiment: -1 to +1; None where nobody says.
        text: What was told; stays in memory and in its own file.
        how_often: For anecdotes.
        supports: Statements it speaks for.
        against: Statements it speaks against.
        place: File and line.
    """

    id: str
    kind: str
    date: str
    source: str
    n: int | None = None
    permission: str = ""
    step: str = ""
    lane: str = ""
    sentiment: float | None = None
    text: str = ""
    how_often: str = ""
    supports: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    place: str = ""

    @property
    def counts(self) -> bool:
        """False for what a model drafted."""
        return self.kind != SUGGESTION

    def words(self) -> str:
        """Who says so, without what was said.

        Examples:
            >>> EvidenceItem("a", "anecdote", "2026-03", "support agent", n=12, how_often="daily").words()
            'support agent, heard from about 12, daily (anecdote, 2026-03)'
        """
        said = ""
        if self.n is not None and self.n > 1:
            said = f", heard from about {self.n:,}" if self.kind == "anecdote" else f", n {self.n:,}"  # fmt: skip
        often = f", {self.how_often}" if self.how_often else ""
        return f"{self.source}{said}{often} ({self.kind}, {self.date})"


@dataclass(frozen=True, slots=True)
class Library:
    """All evidence of a project folder but events and feedback.

    Attributes:
        folder: The folder ``evidence``; None where there is none.
        items: Items in the order of the files.
        anecdotes: As read.
        interviews: As read.
    """

    folder: Path | None = None
    items: tuple[EvidenceItem, ...] = ()
    anecdotes: tuple[Anecdote, ...] = ()
    interviews: tuple[Interview, ...] = ()

    def get(self, name: str) -> EvidenceItem | None:
        """Item by its id."""
        return next((one for one in self.items if one.id == name), None)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, what was told included."""
        return {
            "format": "desirepath/library/1",
            "items": [asdict(one) for one in self.items],
        }


def library_beside(file: Path) -> Library:
    """Library of the project a map lies in, else of the folder ``evidence`` beside it; may be empty.

    Raises:
        MapError: what is wrong with a file of it.
    """
    folder = project_folder(file) or file.absolute().parent
    return read_library(folder / FOLDER)


def read_library(folder: str | Path) -> Library:
    """All items of a folder: ``anecdotes.yaml`` or ``.csv``, ``interviews/*.yaml``, ``items.yaml``.

    Raises:
        MapError: up to 20 problems of the first file that is wrong, each with its line.
    """
    top = Path(folder)
    if not top.is_dir():
        return Library()
    items: list[EvidenceItem] = []
    stories: list[Anecdote] = []
    talks: list[Interview] = []
    for name in ("anecdotes.yaml", "anecdotes.csv"):
        if (top / name).is_file():
            for story, place in read_anecdotes(top / name):
                stories.append(story)
                items.append(_of_anecdote(story, place))
    for file in sorted((top / "interviews").glob("*.yaml")):
        talk, locate = read_interview(file)
        talks.append(talk)
        items += _of_interview(talk, file, [locate(n) for n in range(len(talk.quotes))])
    if (top / "items.yaml").is_file():
        rest, locate = read_items(top / "items.yaml")
        items += [
            EvidenceItem(
                one.id, one.kind, one.date, one.source, one.n, one.permission or "", one.step or "",
                one.lane or "", one.sentiment, one.text or "", "", one.supports, one.against, locate(n),
            )
            for n, one in enumerate(rest.items)
        ]  # fmt: skip
    return Library(top, tuple(items), tuple(stories), tuple(talks))


def _of_anecdote(one: Anecdote, place: str) -> EvidenceItem:
    content = f"{one.told_by_role}|{one.when}|{one.step}|{one.what_happened}"
    name = one.id or f"a-{hashlib.sha256(content.encode()).hexdigest()[:6]}"
    text = one.what_happened
    if one.consequence:
        text = f"{text.rstrip('.')}. {one.consequence}"
    return EvidenceItem(
        name, "anecdote", one.when, one.told_by_role, one.heard_from, one.permission or "", one.step,
        one.lane or "", one.sentiment, text, one.how_often or "", one.supports, one.against, place,
    )  # fmt: skip


def _of_interview(
    talk: Interview, file: Path, places: list[str]
) -> Iterator[EvidenceItem]:
    """The interview itself, and each of its quotes as ``interview/1``."""
    name = talk.id or file.stem
    may = talk.permission or ""
    yield EvidenceItem(
        name, talk.kind, talk.date, talk.who, 1, permission=may, place=f"{file}:1"
    )
    for number, (said, place) in enumerate(zip(talk.quotes, places, strict=True), 1):
        yield EvidenceItem(
            said.id or f"{name}/{number}", talk.kind, talk.date, talk.who, 1, may, said.step or "",
            said.lane or "", said.sentiment, said.text, "", said.supports, said.against, place,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice:
    """One thing that speaks for or against a statement.

    Attributes:
        kind: Kind of the item, or ``measured`` for events and feedback.
        id: Id of the item; for what was measured, the measure.
        words: Who says so and how sure, without what was said.
        text: What was told; "" for what was measured.
    """

    kind: str
    id: str
    words: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ForAndAgainst:
    """Both sides of one statement; contradicting evidence is kept and shown.

    Attributes:
        statement: Its id.
        speaks_for: What speaks for it.
        against: What speaks against it.
    """

    statement: str
    speaks_for: tuple[Voice, ...]
    against: tuple[Voice, ...]

    @property
    def is_contested(self) -> bool:
        """True where there is something on both sides."""
        return bool(self.speaks_for and self.against)


def for_and_against(
    statement: Statement,
    evidence: Evidence | None,
    items: Iterable[EvidenceItem],
    *,
    step: str = "",
) -> ForAndAgainst:
    """What speaks for a statement and what against it.

    An item speaks for a statement that links to it (`evidence`) or that it names in `supports`; against
    one that it names in `against`. An item with a sentiment about the step of a feeling speaks for it
    where both have the same sign. What was measured speaks for it where the whole interval lies inside
    the claim, against it where it lies outside. What a model drafted never speaks.

    Args:
        statement: With an id, as `read_map` gives it.
        evidence: Facts; None for none.
        items: Of the library.
        step: Step the statement stands at.
    """
    sides: dict[str, list[Voice]] = {"for": [], "against": []}
    if evidence is not None:
        side, fact, region = side_of(statement, evidence)
        if side and fact is not None and region is not None:
            sides[side].append(Voice(MEASURED, fact.measure, _measured(fact, region)))
    for one in items:
        told = _side(one, statement, step)
        if told:
            sides[told].append(Voice(one.kind, one.id, one.words(), one.text))
    return ForAndAgainst(
        statement.id or "", tuple(sides["for"]), tuple(sides["against"])
    )


def all_sides(
    journey_map: JourneyMap, evidence: Evidence | None, library: Library
) -> tuple[ForAndAgainst, ...]:
    """Both sides of every statement that anything speaks for or against, in map order."""
    found = []
    for element in elements(with_statement_ids(journey_map)):
        if isinstance(element.part, Statement):
            step = element.parent.removeprefix("step:") if element.parent.startswith("step:") else ""  # fmt: skip
            both = for_and_against(element.part, evidence, library.items, step=step)
            if both.speaks_for or both.against:
                found.append(both)
    return tuple(found)


def _side(item: EvidenceItem, statement: Statement, step: str) -> str:
    if not item.counts:
        return ""
    if statement.id in item.against:
        return "against"
    if item.id in statement.evidence or statement.id in item.supports:
        return "for"
    is_feeling = statement.lane == FEELING and statement.score and item.sentiment
    if is_feeling and step and item.step == step:
        return "for" if statement.score * item.sentiment > 0 else "against"  # type: ignore[operator] # both are numbers here
    return ""


def _measured(fact: Fact, region: Region) -> str:
    """What was measured, in words."""
    assert fact.value is not None  # noqa: S101 - a side has a value

    def number(value: float) -> str:
        if region.unit == "share":
            return f"{value * 100:.3g} %"
        return duration_words(value) if region.unit == "s" else f"{value:+.2f}"

    ends = [number(one) if one is not None else "…" for one in (fact.low, fact.high)]
    return f"{number(fact.value)} ({ends[0]} to {ends[1]}), n {fact.n:,}, from {fact.source}"  # fmt: skip
