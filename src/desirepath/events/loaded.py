"""What loading gives: sequences of whole cases, and what was seen on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desirepath.events.identity import Stitching
from desirepath.events.schema import TableReading
from desirepath.events.sequences import Sequences
from desirepath.events.told import Told


@dataclass(frozen=True, slots=True)
class IdsTaken:
    """What taking ids and queries out of the names of activities changed.

    Attributes:
        names_before: Names before; 0 where that is not known.
        names_after: Names after.
        event_count: Events that are called by another name.
        case_count: Cases they are in; None where that is not known.
    """

    names_before: int
    names_after: int
    event_count: int
    case_count: int | None

    def describe(self) -> str:
        """The same in words.

        Examples:
            >>> IdsTaken(5, 3, 1200, 9).describe()
            'taken out of the names of 1,200 events, 5 names became 3'
        """
        became = f", {self.names_before:,} names became {self.names_after:,}"
        known = became if self.names_before else ""
        return f"taken out of the names of {self.event_count:,} events{known}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Sequences before cases are cut, and what was seen on the way.

    Attributes:
        sequences: All cases.
        tables: How each table was understood.
        row_count: Rows of the source.
        dropped: Events left out, by reason.
        duplicate_count: Exact duplicates found.
        tie_count: Events at the time of the event before them.
        tie_rule: What decided their order.
        backward_count: Events that stand before an earlier event of their case.
        newest_first: The source lists newest events first.
        bot_cases: Ids of the first cases with inhuman activity.
        bot_count: How many.
        stitching: How records were joined to customers by keys; None where that was not asked.
        dropped_cases: Cases that events were left out of, by reason, where that is known.
        told: What columns tell of the activities, by their names in the source.
        ids: What taking ids out of names changed; None where that was not asked.
    """

    sequences: Sequences
    tables: tuple[TableReading, ...]
    row_count: int
    dropped: Mapping[str, int]
    duplicate_count: int
    tie_count: int
    tie_rule: str
    backward_count: int
    newest_first: bool
    bot_cases: tuple[str, ...]
    bot_count: int
    stitching: Stitching | None = None
    dropped_cases: Mapping[str, int] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    ids: IdsTaken | None = None
