"""Every number of a map for everyone and for each group, in words. Measures nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from desirepath.check.report import Verdict
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.render.page_groups import (
    EVERYONE,
    Group,
    GroupKind,
    group_key,
    page_groups,
)
from desirepath.render.views.known import mark_text
from desirepath.render.words import Words

FactKey: TypeAlias = tuple[str, str, str]
# What a reader asks of a place; the other facts serve the analyses.
MEASURES = (
    "reach",
    "drop_off",
    "goal",
    "repeat",
    "next",
    "time",
    "channel",
    "score",
    "expectation",
    "delivery",
    "expectation_gap",
    "promise_kept",
    "persona_share",
    "persona_goal",
)
SAID = {"promise_kept": "gap.kept", "expectation_gap": "gap.size"}
COUNTED = ("reach", "drop_off")  # told as "3 of 10" as well
WEIGHTED = "score_weighted"


@dataclass(frozen=True, slots=True)
class Cell:
    """One number in words.

    Attributes:
        text: Value, interval and n, or why there is none.
        verdict: What it says of the claim, "" where it settles nothing.
        value: The number, where it is a share or a score that a picture can follow.
    """

    text: str
    verdict: str = ""
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One question and its number for everyone, then for each group.

    Attributes:
        key: Short name of the row on the page.
        subject: Ref of the element it is about.
        label: The question in words.
        everyone: Number of all.
        cells: Number of each group; empty where only all were asked.
    """

    key: str
    subject: str
    label: str
    everyone: Cell
    cells: tuple[Cell, ...]


class Numbers:
    """Rows of numbers by place, verdict and fact; each row stands on the page once.

    Args:
        journey: The map, statements with ids.
        words: Language of the page.
        evidence: Facts; None for none.
    """

    def __init__(
        self, journey: JourneyMap, words: Words, evidence: Evidence | None
    ) -> None:
        self.groups: tuple[Group, ...] = ()
        self._words = words
        self._names = {step.id: step.name for step in journey.steps()}
        self._facts: dict[FactKey, dict[str, Fact]] = {}
        self._rows: dict[FactKey | Verdict, Row] = {}
        self._asked: dict[str, set[GroupKind]] = {}
        if evidence is None:
            return
        self.groups = page_groups(journey, evidence, words)
        known = {one.key: one.kind for one in self.groups}
        for fact in evidence.facts:
            key = group_key(fact)
            place = (fact.subject, fact.measure, fact.target)
            group = key if key in known else EVERYONE
            self._facts.setdefault(place, {}).setdefault(group, fact)
            if group:
                self._asked.setdefault(fact.measure, set()).add(known[group])

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows asked for so far."""
        return tuple(self._rows.values())

    def row_of(self, verdict: Verdict) -> Row | None:
        """The row of the number behind a verdict; None where it has no number."""
        if verdict.value is None:
            return None
        if verdict not in self._rows:
            facts = self._behind(verdict)
            cells = [
                self._judged(group, facts.get(group.key), verdict)
                for group in self.groups
            ]
            everyone = Cell(
                mark_text(verdict, self._words),
                verdict.verdict,
            )
            self._rows[verdict] = Row(
                f"v{len(self._rows)}",
                verdict.subject,
                verdict.text or verdict.claim,
                everyone,
                self._filled(cells, facts),
            )
        return self._rows[verdict]

    def row(self, subject: str, measure: str, target: str = "") -> Row | None:
        """The row of a fact; None where it was not measured."""
        key = (subject, measure, target)
        facts = self._facts.get(key, {})
        base = facts.get(EVERYONE)
        if base is None or base.value is None:
            return None
        if key not in self._rows:
            cells = [self._plain(facts.get(group.key)) for group in self.groups]
            self._rows[key] = Row(
                f"f{len(self._rows)}",
                subject,
                self._label(base),
                self._plain(base),
                self._filled(cells, facts),
            )
        return self._rows[key]

    def rows_about(self, ref: str) -> Iterator[Row]:
        """Rows of all facts about a place a reader may ask for, in the order of `MEASURES`."""
        start = (
            f"transition:{ref.partition(':')[2]}>" if ref.startswith("step:") else "-"
        )
        mine = [
            key
            for key in self._facts
            if key[1] in MEASURES
            and (key[0] == ref or key[0].startswith(start))
            and (":" not in key[2] or self._is_name(key))
        ]
        for key in sorted(mine, key=lambda one: MEASURES.index(one[1])):
            row = self.row(*key)
            if row is not None:
                yield row

    def _is_name(self, key: FactKey) -> bool:
        """Whether the target of a fact is a name that people gave, and no part of an analysis."""
        subject, measure, target = key
        return target == subject or measure == "channel" or target in self._names

    def fact(self, subject: str, measure: str, target: str = "") -> Fact | None:
        """The fact about everyone."""
        return self._facts.get((subject, measure, target), {}).get(EVERYONE)

    def into(self, step: str) -> Fact | None:
        """The time between a step and the one most come from; None where there is none."""
        found = [
            facts[EVERYONE]
            for (subject, measure, target), facts in self._facts.items()
            if measure == "time"
            and target == step
            and subject.endswith(f">{step}")
            and EVERYONE in facts
        ]
        return max(found, key=lambda one: one.n, default=None)

    def _behind(self, verdict: Verdict) -> Mapping[str, Fact]:
        """Facts of the groups behind a verdict: those whose fact about everyone has its very numbers."""
        best: Mapping[str, Fact] = {}
        rank = 3
        wanted = (verdict.value, verdict.unit, verdict.low, verdict.high)
        near = (f"step:{verdict.step}", f"stage:{verdict.stage}", "map")
        for (subject, measure, target), facts in self._facts.items():
            base = facts.get(EVERYONE)
            if base is None or (base.value, base.unit, base.low, base.high) != wanted:
                continue
            worth = (
                0
                if subject == verdict.subject
                else 1
                if subject in near and measure in MEASURES
                else 2
            )
            if worth < rank:
                best, rank = facts, worth
                if measure == WEIGHTED:  # groups are not weighted
                    best = self._facts.get((subject, "score", target), facts)
        return best

    def _judged(self, group: Group, fact: Fact | None, verdict: Verdict) -> Cell:
        plain = self._plain(fact, verdict.limits)
        word = dict(verdict.segments).get(group.key, "")
        if fact is None or not word:
            return plain
        said = self._words.say(f"verdict.{word}")
        return Cell(f"{said} · {plain.text}", word, plain.value)

    def _plain(self, fact: Fact | None, limits: tuple[float, ...] = ()) -> Cell:
        words = self._words
        if fact is None or fact.value is None:
            return Cell(words.say("page.too_small"))
        value = words.measured(fact.value, fact.low, fact.high, fact.told_unit, limits)
        if fact.measure in SAID:
            value = words.say(SAID[fact.measure], share=value, gap=value)
        drawn = fact.value if fact.told_unit in ("share", "emotion") else None
        if fact.measure in COUNTED and fact.cases:
            counted = words.say("page.of", count=fact.hits, all=fact.cases)
            return Cell(f"{counted} · {value}", value=drawn)
        return Cell(f"{value} · n\u00a0{words.number(fact.n)}", value=drawn)

    def _filled(self, cells: list[Cell], facts: Mapping[str, Fact]) -> tuple[Cell, ...]:
        """The cells; kinds of groups of which this is measured nowhere say so."""
        measures = {fact.measure for fact in facts.values()}
        asked = {kind for one in measures for kind in self._asked.get(one, ())}
        if not asked:
            return ()
        if asked & {"segment", "persona"}:
            asked |= {"segment", "persona"}
        only_all = Cell(self._words.say("page.only_all"))
        return tuple(
            cell if group.kind in asked else only_all
            for group, cell in zip(self.groups, cells, strict=True)
        )

    def _label(self, fact: Fact) -> str:
        target = self._names.get(fact.target, fact.target.replace("_", " "))
        if fact.measure == "score" and fact.target != "emotion":
            return self._words.say("fact.rated", target=fact.target)
        if fact.measure == "time" and fact.target == "goal":
            return self._words.say("fact.time_goal")
        return self._words.say(f"fact.{fact.measure}", target=target)
