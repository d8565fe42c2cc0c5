"""What loading gives: sequences of whole cases, and what was seen on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desirepath.events.identity import Stitching
from desirepath.events.schema import TableReading
from desirepath.events.sequences import Sequences
from desirepath.events.told import Told


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
