"""What a table of a database holds, before its events are read: columns, a few values, roles and counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desirepath.events.database_source import EVENTS, DatabaseSource
from desirepath.events.engine.database import NO_TIME
from desirepath.events.load_database import DatabaseLoader, asking
from desirepath.events.schema import ActivityCount, RoleChoice, TimeReading

LOOKED_AT = 200  # rows
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class DatabaseLook:
    """A table of a database at a glance.

    Attributes:
        columns: Kind of each column by its name.
        values: Values of some rows by column; none where only counts may leave the database.
        roles: Which column plays which role, as the settings say.
        time: How times are read.
        row_count: Rows of the table, or of the sample of it.
        case_count: Different cases.
        customer_count: Different customers.
        from_us: First time, microseconds since 1970 UTC; None where no time can be read.
        to_us: Last time.
        top_activities: What happens most often; none where only counts may leave.
        channels: Channels, those with the most events first; none where only counts may leave.
    """

    columns: Mapping[str, str]
    values: Mapping[str, tuple[str, ...]]
    roles: tuple[RoleChoice, ...]
    time: TimeReading
    row_count: int
    case_count: int
    customer_count: int
    from_us: int | None
    to_us: int | None
    top_activities: tuple[ActivityCount, ...]
    channels: tuple[str, ...]


def look_at_database(source: DatabaseSource) -> DatabaseLook:
    """A table of a database at a glance; its events stay there.

    Raises:
        EventsError: E204 and E270 to E279 if the source cannot be read.
    """
    with asking(source) as loader:
        (read,) = loader.reads
        events = f"({loader.relation.select()}) e"
        cases, customers, first, last = loader.database.rows(
            f"SELECT COUNT(DISTINCT e.case_id), COUNT(DISTINCT e.customer), MIN(e.t), MAX(e.t) FROM {events} WHERE e.t > {NO_TIME}"  # noqa: S608
        )[0]
        may_show = source.may_leave == EVENTS
        return DatabaseLook(
            columns=dict(loader.database.columns(loader.relation.source)),
            values=_values(loader, read.columns) if may_show else {},
            roles=read.roles.choices,
            time=read.times[0],
            row_count=read.row_count,
            case_count=int(cases),
            customer_count=int(customers) or int(cases),
            from_us=None if first is None else int(first),
            to_us=None if last is None else int(last),
            top_activities=tuple(
                ActivityCount(name, count)
                for name, count in (
                    _most(loader, events, "activity") if may_show else ()
                )
            ),
            channels=tuple(name for name, _ in _most(loader, events, "channel"))
            if may_show and loader.relation.channel
            else (),
        )


def _values(loader: DatabaseLoader, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:  # fmt: skip
    """Values of the first rows, as texts."""
    relation = loader.relation
    picks = ", ".join(f"x.{loader.database.dialect.quoted(name)}" for name in names)
    where = f" WHERE {' AND '.join(relation.where)}" if relation.where else ""
    rows = loader.database.rows(f"SELECT {picks} FROM {relation.source} x{where} LIMIT {LOOKED_AT}")  # fmt: skip  # noqa: S608
    return {
        name: tuple("" if row[number] is None else str(row[number]) for row in rows)
        for number, name in enumerate(names)
    }


def _most(loader: DatabaseLoader, events: str, what: str) -> list[tuple[str, int]]:
    """What occurs most often, and how often."""
    found = loader.database.rows(
        f"SELECT e.{what}, COUNT(*) AS n FROM {events} WHERE e.{what} <> '' GROUP BY e.{what} ORDER BY n DESC, e.{what} LIMIT {MOST_LISTED}"  # noqa: S608
    )
    return [(str(name), int(count)) for name, count in found]
