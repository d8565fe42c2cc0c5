"""What was changed in the business, when, and for which steps: named beside facts that changed after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desirepath.evidence.facts import Evidence
from desirepath.maps.base import Part
from desirepath.maps.model import JourneyMap
from desirepath.maps.refs import Path as ElementPath
from desirepath.maps.refs import elements, with_statement_ids
from desirepath.maps.source import place
from desirepath.maps.storage import read_text
from desirepath.maps.validation import validate
from desirepath.maps.yaml_source import parse_yaml
from desirepath.sentences.numerals import Number
from desirepath.sentences.phrase import Phrase, day
from desirepath.track.report import FactChange

CHANGES_FILE = "changes.yaml"


class BusinessChange(Part):
    """One thing that was changed, or that happened.

    Attributes:
        date: First day on which it held.
        what: In a few words.
        steps: Ids of the steps or stages it is about; all of them where none is named.
        until: Last day, for what did not last.
        by: Who can say more.
    """

    date: dt.date
    what: str
    steps: tuple[str, ...] = ()
    until: dt.date | None = None
    by: str | None = None

    def words(self) -> Phrase:
        """Date and text in one line.

        Examples:
            >>> BusinessChange(date=dt.date(2024, 5, 19), what="new payment gateway").words()
            '2024-05-19 new payment gateway'
        """
        when: Number | Phrase = day(self.date.isoformat())
        if self.until:
            last = day(self.until.isoformat())
            when = Phrase("against.window", first=when, last=last)
        return Phrase("compare.change", when=when, what=self.what)


class BusinessLog(Part):
    """Contents of ``changes.yaml``."""

    changes: tuple[BusinessChange, ...] = ()


def read_changes(path: str | Path) -> tuple[BusinessChange, ...]:
    """The changes in a file, in order of their dates.

    Raises:
        MapError: up to 20 of E101, E102 and E104 to E119, each with file and line.
    """
    file = Path(path)
    tree = parse_yaml(read_text(file), str(file))

    def locate(at: ElementPath) -> tuple[int, str]:
        line = tree.line_at(at)
        return line, place(str(file), line, at)

    log = validate(BusinessLog, tree.data(), locate)
    return tuple(sorted(log.changes, key=lambda one: one.date))


def changes_near(
    found: Sequence[FactChange],
    changes: Sequence[BusinessChange],
    before: Evidence,
    after: Evidence,
    journey_map: JourneyMap | None,
) -> tuple[FactChange, ...]:
    """The facts, with what was changed before each one that is shown to differ.

    Named is what began after the first side did and no later than the second side ended, if it is
    about the step of the fact. Where the second side does not begin later, nothing is named.
    """
    if not changes or not before.window_from < after.window_from:
        return tuple(found)
    first, last = (
        dt.date.fromisoformat(day) for day in (before.window_from, after.window_to)
    )
    between = [one for one in changes if first < one.date <= last]
    homes = _homes(journey_map) if journey_map else {}
    return tuple(
        replace(
            one,
            log=tuple(
                _words(change, after)
                for change in between
                if _is_about(change, one.subject, homes)
            ),
        )
        if one.is_shown
        else one
        for one in found
    )


def _words(change: BusinessChange, after: Evidence) -> Phrase:
    """A change, and whether it was over when the second side began."""
    is_over = change.until and change.until.isoformat() < after.window_from
    told = change.words()
    return Phrase("compare.over", told=told) if is_over else told


def _is_about(
    change: BusinessChange, subject: str, homes: dict[str, frozenset[str]]
) -> bool:
    """True where a change is about an element, or about the whole."""
    if not change.steps or subject == "map":
        return True
    kind, _, name = subject.partition(":")
    own = set(name.split(">")) if kind == "transition" else {name}
    return not homes.get(subject, frozenset()).union(own).isdisjoint(change.steps)


def _homes(journey_map: JourneyMap) -> dict[str, frozenset[str]]:
    """Ids of the steps and stages that each element holds or stands in."""
    found: dict[str, set[str]] = {}
    parents = {}
    for element in elements(with_statement_ids(journey_map)):
        parents[element.ref] = element.parent
        own = {element.ref.partition(":")[2]}
        found[element.ref] = own
        parent = element.parent
        while parent not in ("", "map"):
            found[element.ref].add(parent.partition(":")[2])
            if element.ref.startswith("step:"):
                found[parent] |= own
            parent = parents[parent]
    return {ref: frozenset(ids) for ref, ids in found.items()}
