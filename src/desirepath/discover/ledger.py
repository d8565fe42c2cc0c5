"""Ledger: everything that is folded, dropped or joined on the way from events to maps. Drops nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from desirepath.events import kernels
from desirepath.events.sequences import IntArray
from desirepath.events.treatment import Treatment

What = Literal[
    "window", "goal", "after", "backstage", "rare", "repeat", "return", "step"
]
Merge = Literal["family", "kind", "way"]

WORDS: dict[str, str] = {
    "window": "journeys that start outside the days asked for",
    "goal": "journeys that do not reach the goal",
    "after": "what comes after the goal is reached",
    "backstage": "work behind the scenes",
    "rare": "activities that few journeys show",
    "repeat": "repeats, folded into one",
    "return": "returns, counted where the activity first comes",
    "step": "activities that are no step of the map",
    "family": "activities joined by the beginning of their name",
    "kind": "kinds joined because that tells all journeys in fewer words",
    "way": "kinds joined because they go the same way",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was folded, dropped or joined.

    Attributes:
        what: Why; `WORDS` says it in words.
        name: Activity, or the row of activities of a kind; "" where it is about whole journeys.
        cases: Cases it touches.
        events: Events in them.
    """

    what: str
    name: str
    cases: int
    events: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where every event went: on a map, or into one of the lines.

    Attributes:
        cases: Cases given.
        events: Events given; the sum of `shown_events` and of the events of all `lines`.
        shown_cases: Cases with an event on the map of their kind.
        shown_events: Events on the maps.
        lines: What left the picture, in the order in which it did.
        merges: What was joined under one name; nothing leaves the picture by it.
        notes: Where the events come from and which rules reading applied.
        reading: What reading did before, counted over all that was read: it is not part of the sum.
    """

    cases: int
    events: int
    shown_cases: int
    shown_events: int
    lines: tuple[Line, ...]
    merges: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    reading: tuple[Treatment, ...] = ()

    def of(self, what: What | Merge) -> tuple[Line, ...]:
        """Lines of one kind."""
        return tuple(line for line in (*self.lines, *self.merges) if line.what == what)

    def events_of(self, what: What) -> int:
        """Events that left for one reason."""
        return sum(line.events for line in self.of(what))

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "cases": self.cases,
            "events": self.events,
            "shown_cases": self.shown_cases,
            "shown_events": self.shown_events,
            "reading": [one.to_dict() for one in self.reading],
            "lines": [_plain(line) for line in self.lines],
            "merges": [_plain(line) for line in self.merges],
            "notes": list(self.notes),
        }


def activity_lines(
    what: What, names: Sequence[str], codes: IntArray, cases: IntArray
) -> tuple[Line, ...]:
    """A line for each activity among some events, the most frequent first.

    Args:
        what: Why they leave.
        names: Name of each activity.
        codes: int64[n], activities of the events.
        cases: int64[n], case of each event.

    Examples:
        >>> activity_lines("repeat", ["look", "pay"], np.array([0, 0, 1]), np.array([3, 3, 4]))
        (Line(what='repeat', name='look', cases=1, events=2), Line(what='repeat', name='pay', cases=1, events=1))
    """
    if not len(codes):
        return ()
    events = np.bincount(codes, minlength=len(names))
    touched = kernels.case_counts(codes, cases, len(names))
    order = np.lexsort((np.arange(len(names)), -events))
    return tuple(
        Line(what, names[one], int(touched[one]), int(events[one]))
        for one in order
        if events[one]
    )


def whole_line(what: What, cases: int, events: int) -> tuple[Line, ...]:
    """One line about whole journeys; none where nothing leaves."""
    return (Line(what, "", cases, events),) if events else ()


def _plain(line: Line) -> dict[str, Any]:
    return {
        "what": line.what,
        "name": line.name,
        "cases": line.cases,
        "events": line.events,
    }
