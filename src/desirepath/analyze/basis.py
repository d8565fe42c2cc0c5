"""What every analysis stands on: facts found quickly, places in words, quotes, effects. Ranks nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypedDict

import numpy as np

from desirepath.analyze.finding import Kind, Said
from desirepath.evidence.contrasts import MOOD_ELSE, MOOD_IF
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.quotes import is_beside, tone_of
from desirepath.evidence.scores import PLACED_BY_TIME
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.refs import placed_statements, with_statement_ids
from desirepath.sentences.phrase import Phrase
from desirepath.stats.two_groups import mean_differences, share_differences

MOST_QUOTES = 2
FULL_SWING = (
    8.0  # a mood that falls from +2 to -2 weighs half a customer lost: a convention
)
# leaving or doing again for reasons nobody told weighs a quarter: some had what they came for, and some
# look around because they have not made up their mind; a convention
UNTOLD = 0.25


@dataclass(frozen=True, slots=True)
class Effect:
    """A difference with interval and test.

    Attributes:
        value: First minus second.
        low: Lower end.
        high: Upper end.
        n: Effective number behind the smaller side.
        p: Two-sided p-value.
        first: Value of the first side.
        second: Value of the second.
    """

    value: float
    low: float
    high: float
    n: int
    p: float
    first: float
    second: float


@dataclass(frozen=True, slots=True)
class People:
    """Cases at a place, and what share of all cases they are."""

    count: int
    share: float
    low: float | None = None
    high: float | None = None


class Affected(TypedDict):
    """The fields of a finding that say whom it touches."""

    people: int
    people_share: float
    people_low: float | None
    people_high: float | None


def affected(here: People) -> Affected:
    """Whom a finding touches, as its fields."""
    return Affected(
        people=here.count,
        people_share=here.share,
        people_low=here.low,
        people_high=here.high,
    )


class Measured(TypedDict):
    """The fields of a finding that say how large it is."""

    value: float | None
    unit: str
    low: float | None
    high: float | None
    n: int


def measured(one: Effect | Fact, unit: str = "share") -> Measured:
    """How large a finding is, as its fields."""
    return Measured(value=one.value, unit=unit, low=one.low, high=one.high, n=one.n)


class Basis:
    """A map and its facts over all cases and the whole window.

    Attributes:
        map: The map, with an id for each statement.
        evidence: Its facts.
        steps: Ids in map order.
    """

    def __init__(
        self, journey_map: JourneyMap, evidence: Evidence, quotes: Iterable[Said] = ()
    ) -> None:
        self.map = with_statement_ids(journey_map)
        self.evidence = evidence
        self.steps = self.map.step_ids()
        self._quotes = tuple(quotes)
        self._names = {f"step:{step.id}": step.name for step in self.map.steps()}
        self._names |= {f"stage:{stage.id}": stage.name for stage in self.map.stages}
        self._names |= {
            f"touchpoint:{one.id}": one.name for one in self.map.touchpoints
        }
        told = evidence.sources.get(PLACED_BY_TIME, "")
        self._by_time = frozenset(told.split(", ")) if told else frozenset[str]()
        goal = self.map.goal
        aims = {one.split(">")[-1].strip() for one in goal.success_patterns} if goal else set()  # fmt: skip
        self._goals = {
            f"step:{step.id}"
            for step in self.map.steps()
            if any(one.activity in aims for one in step.events)
        }
        self._facts: dict[tuple[str, str, str], Fact] = {}
        self._by_measure: dict[str, list[Fact]] = {}
        for fact in evidence.facts:
            key = (fact.subject, fact.measure, fact.target)
            # the whole window stands before its parts
            if not fact.segment and key not in self._facts:
                self._facts[key] = fact
                self._by_measure.setdefault(fact.measure, []).append(fact)

    def fact(self, subject: str, measure: str, target: str = "") -> Fact | None:
        """The fact, None where it was not measured."""
        return self._facts.get((subject, measure, target))

    def all(self, measure: str, target: str = "") -> Iterator[Fact]:
        """Facts of a measure whose target begins with a text, in map order."""
        for fact in self._by_measure.get(measure, ()):
            if fact.target.startswith(target):
                yield fact

    def name(self, ref: str) -> Phrase:
        """Name of a step, stage or the map, in quotation marks; a transition as from and to."""
        kind, _, rest = ref.partition(":")
        if kind == "transition":
            return self._two("place.move", rest)
        if ref == "map":
            return Phrase("place.whole")
        return Phrase("place.one", name=self._names.get(ref, rest))

    def pair(self, ref: str) -> Phrase:
        """Both ends of a transition, where neither comes first."""
        return self._two("place.pair", ref.partition(":")[2])

    def bare_name(self, ref: str) -> str:
        """Name of a step or stage as the map has it."""
        return self._names.get(ref, ref.partition(":")[2])

    def _two(self, key: str, ends: str) -> Phrase:
        before, _, after = ends.partition(">")
        return Phrase(
            key, start=self.name(f"step:{before}"), end=self.name(f"step:{after}")
        )

    def statements(self) -> Iterator[tuple[str, Statement]]:
        """Ref of the place and each statement, in map order."""
        for one, at, _ in placed_statements(self.map):
            yield at, one

    def people(self, subject: str) -> People:
        """Cases that reach a place."""
        reach = self.fact(subject, "reach")
        if subject == "map" or reach is None:
            return People(self.evidence.cases, 1.0, 1.0, 1.0)
        return People(reach.hits, reach.value or 0.0, reach.low, reach.high)

    def heard(self, subject: str) -> People:
        """Cases that the feelings at a place are about.

        Those that reach it. Where answers stand at a step only because it was the last one before them,
        those that answered there, and as many of those who never answered: the others would answer
        about another step.
        """
        here = self.people(subject)
        if subject.removeprefix("step:") not in self._by_time:
            return here
        answered, whole = self.fact(subject, "answered"), self.fact("map", "answered")
        if answered is None or whole is None or not whole.value:
            return here
        return self.some(min(round(answered.hits / whole.value), here.count))

    def is_goal(self, subject: str) -> bool:
        """True for a step that an event of the goal is bound to: what follows is no waiting for it."""
        return subject in self._goals

    def some(self, count: int) -> People:
        """So many cases of all."""
        return People(count, count / max(self.evidence.cases, 1))

    def quotes(self, ref: str, kind: Kind) -> tuple[str, ...]:
        """Words of customers at a step: what went wrong for what is to fix, praise for what is to keep.

        Of a transition, those at the step it starts from.
        """
        step = ref.removeprefix("step:").removeprefix("transition:").partition(">")[0]
        sign = 1 if kind == "keep" else -1
        mine = [one for one in self._quotes if one.step == step and is_beside(one, sign)]  # fmt: skip
        # those that say it most plainly first
        mine.sort(key=lambda one: -tone_of(one) * sign)
        return tuple(one.text for one in mine[:MOST_QUOTES])

    def effect(
        self, subject: str, target: str, measures: tuple[str, str]
    ) -> Effect | None:
        """Difference of two shares measured side by side, first minus second; None where one lacks."""
        one = self.fact(subject, measures[0], target)
        two = self.fact(subject, measures[1], target)
        return None if one is None or two is None else share_effect(one, two)

    def mood(self, subject: str, target: str) -> Effect | None:
        """Difference of the mood of those who met something and those who did not."""
        one = self.fact(subject, MOOD_IF, target)
        two = self.fact(subject, MOOD_ELSE, target)
        return None if one is None or two is None else mean_effect(one, two)


def unshown(journey_map: JourneyMap, lacking: str) -> tuple[Phrase, ...]:
    """What a reading of steps lacks: two of them that events show, before anything else.

    Args:
        journey_map: The map.
        lacking: Key of what it lacks where there are steps enough.
    """
    bound = sum(bool(step.events) for step in journey_map.steps())
    return (Phrase("needs.two_steps" if bound < 2 else lacking),)  # noqa: PLR2004


def mean_effect(one: Fact, two: Fact) -> Effect | None:
    """Difference of two means, first minus second; None where a side has too few values."""
    if one.value is None or two.value is None:
        return None
    found = mean_differences(
        two.value, two.spread or 0.0, two.n, one.value, one.spread or 0.0, one.n
    )
    if np.isnan(found.p):
        return None
    return Effect(
        float(found.value),
        float(found.low),
        float(found.high),
        min(one.n, two.n),
        float(found.p),
        one.value,
        two.value,
    )


def share_effect(one: Fact, two: Fact) -> Effect | None:
    """Difference of two shares, first minus second; None where a side is empty."""
    if one.value is None or two.value is None or not one.n or not two.n:
        return None
    found = share_differences(
        two.value * two.n, two.n, one.value * one.n, one.n, level=one.level
    )
    return Effect(
        float(found.value),
        float(found.low),
        float(found.high),
        min(one.n, two.n),
        float(found.p),
        one.value,
        two.value,
    )


def nearer(one: Effect, two: Effect) -> Effect:
    """The more careful of two views of one effect; no effect where they point in opposite ways."""
    if one.value * two.value <= 0:
        return Effect(0.0, min(one.low, two.low), max(one.high, two.high), one.n, 1.0, one.first, one.second)  # fmt: skip
    least = min(one, two, key=lambda effect: abs(effect.value))
    return Effect(
        least.value,
        least.low,
        least.high,
        least.n,
        max(one.p, two.p),
        least.first,
        least.second,
    )
