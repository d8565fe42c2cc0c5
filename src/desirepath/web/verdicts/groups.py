"""Groups a check judged apart, and the facts of each. Reads nothing, measures nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desirepath.evidence.facts import Fact


@dataclass(frozen=True, slots=True)
class CheckedGroup:
    """Customers that were judged apart.

    Attributes:
        key: Number of its report, as text; "" for everybody.
        segment: ``name=value`` or ``persona=ID``, "" for all.
        window_from: First day, "" where the whole window was looked at.
        window_to: Last day.
        cases: How many they are.
    """

    key: str = ""
    segment: str = ""
    window_from: str = ""
    window_to: str = ""
    cases: int = 0


EVERYBODY = CheckedGroup()


def groups_in(part: Iterable[Mapping[str, Any]]) -> tuple[CheckedGroup, ...]:
    """Groups of the part ``groups`` of a check; a group's report has its number in the list."""
    return tuple(
        CheckedGroup(
            str(number),
            str(one.get("segment") or ""),
            str(one.get("window_from") or ""),
            str(one.get("window_to") or ""),
            int(one.get("cases") or 0),
        )
        for number, one in enumerate(part)
    )


class Facts:
    """Facts about the elements of a map, of one group."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._by_measure: dict[tuple[str, str], dict[str, Fact]] = {}
        for fact in facts:
            here = self._by_measure.setdefault((fact.subject, fact.measure), {})
            here.setdefault(fact.target, fact)  # the whole stands before its parts

    def get(self, subject: str, measure: str, target: str = "") -> Fact | None:
        """A fact, None where it was not measured."""
        return self._by_measure.get((subject, measure), {}).get(target)

    def first(self, subject: str, measure: str) -> Fact | None:
        """The first fact of a measure, whatever its target."""
        return next(iter(self._by_measure.get((subject, measure), {}).values()), None)

    def all(self, subject: str, measure: str) -> dict[str, Fact]:
        """Facts of a measure by their targets."""
        return self._by_measure.get((subject, measure), {})

    def into(self, step: str) -> Fact | None:
        """Time to a step from the one most come from; None where nobody was seen to come."""
        found = [
            targets[step]
            for (subject, measure), targets in self._by_measure.items()
            if measure == "time"
            and subject.startswith("transition:")
            and step in targets
        ]
        return max(found, key=lambda one: one.n, default=None)


NO_FACTS = Facts()


def chosen(
    groups: Iterable[CheckedGroup], segment: str, window: str
) -> CheckedGroup | None:
    """The group of a segment and a window ``FROM..TO``, each "" for all; None where none was judged."""
    if not segment and not window:
        return EVERYBODY
    return next(iter(_fitting(groups, segment, window)), None)


def _fitting(
    groups: Iterable[CheckedGroup], segment: str, window: str
) -> Iterator[CheckedGroup]:
    for one in groups:
        if one.segment == segment and days_of(one) == window:
            yield one


def days_of(group: CheckedGroup) -> str:
    """The window of a group as ``FROM..TO``, "" where it is not a part."""
    return f"{group.window_from}..{group.window_to}" if group.window_from else ""
