"""Facts of two sides put side by side, each thing said once. Tests nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from desirepath.evidence.facts import Evidence, Fact

Key: TypeAlias = tuple[str, str, str]

# What a person asks of two windows. Facts that analyses make for their own use (counts behind scores,
# differences, shares within shares, moves counted twice) say the same again, and each of them would
# make the others harder to show.
COMPARED = frozenset(
    {
        "answered",
        "channel",
        "channel_elsewhere",
        "drop_off",
        "elsewhere",
        "expectation",
        "follows",
        "goal",
        "mentions",
        "next",
        "order",
        "promise_kept",
        "reach",
        "repeat",
        "score",
        "share",
        "time",
        "time_p90",
        "time_within",
    }
)
KINDS = ("map", "step", "stage", "transition", "statement")


@dataclass(frozen=True, slots=True)
class Pair:
    """The same fact on both sides."""

    before: Fact
    after: Fact

    @property
    def key(self) -> Key:
        """Subject, measure and target."""
        return key_of(self.before)


def key_of(fact: Fact) -> Key:
    """What a fact is about: subject, measure and target."""
    return fact.subject, fact.measure, fact.target


def pairs_of(before: Evidence, after: Evidence) -> list[Pair]:
    """Facts over all cases and the whole window that both sides have, in map order.

    What several elements say with the same numbers (a stage of one step, a statement about it) is
    taken once, from the map, else the step, the stage, the transition, the statement.
    """
    first, second = whole_facts(before), whole_facts(after)
    pairs = [Pair(fact, second[key]) for key, fact in first.items() if key in second]
    said: dict[tuple[object, ...], Pair] = {}
    for pair in sorted(pairs, key=lambda one: _rank(one.before.subject)):
        said.setdefault(_content(pair), pair)
    kept = {id(pair) for pair in said.values()}
    return [pair for pair in pairs if id(pair) in kept]


def whole_facts(evidence: Evidence) -> dict[Key, Fact]:
    """Facts over all cases and the whole window that can be compared, by what they are about."""
    found: dict[Key, Fact] = {}
    for fact in evidence.facts:
        is_whole = (
            not fact.segment
            and fact.window_from == evidence.window_from
            and fact.window_to == evidence.window_to
        )
        # the tail of a time is compared where the team claims it; elsewhere its middle is enough
        is_tail = fact.measure == "time_p90" and not fact.subject.startswith(
            "statement:"
        )
        is_meant = fact.measure in COMPARED and fact.unit != "count" and not is_tail
        if is_whole and is_meant:
            found.setdefault(key_of(fact), fact)
    return {
        key: fact
        for key, fact in found.items()
        if not _is_scale_of_emotion(fact, found)
    }


def _is_scale_of_emotion(fact: Fact, known: dict[Key, Fact]) -> bool:
    """True for answers on a scale of their own that are in the emotions already."""
    same = (fact.subject, fact.measure, "emotion")
    return fact.unit == "score" and same in known


def _rank(subject: str) -> int:
    kind = subject.partition(":")[0]
    return KINDS.index(kind) if kind in KINDS else len(KINDS)


def _content(pair: Pair) -> tuple[object, ...]:
    """What is said, without who says it; times and moves between two steps say it of these."""
    sides = [
        (fact.value, fact.n, fact.low, fact.high, fact.hits, fact.cases)
        for fact in (pair.before, pair.after)
    ]
    return (pair.before.measure, pair.before.target, *sides)
