"""From a table in a database to sequences: the three questions, asked where the events are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from desirepath.errors import did_you_mean
from desirepath.events import clean
from desirepath.events.database_source import COUNTS, DatabaseSource
from desirepath.events.engine.conditions import Where, conditions_of
from desirepath.events.engine.contract import Contract
from desirepath.events.engine.database import (
    PREFIX,
    Clock,
    Database,
    DatabaseError,
    Relation,
)
from desirepath.events.engine.relation import Shape
from desirepath.events.loaded import Loaded
from desirepath.events.loader import Loader
from desirepath.events.roles import Roles
from desirepath.events.schema import (
    IN_DATABASE,
    Asked,
    Columns,
    Constant,
    Part,
    RoleChoice,
    Table,
    TimeReading,
    fail,
)
from desirepath.events.sequences import IntArray
from desirepath.events.table import TableRead
from desirepath.events.times import zone_named, zone_steps
from desirepath.events.timing import MAX_UNREAD_SHARE
from desirepath.events.timing import NO_TIMES as ROWS_ONLY
from desirepath.events.told import ColumnRule

SAMPLED = "only a sample of the cases is read: numbers of cases and events are those of the sample, shares and times hold for all, with wider intervals"
UNITS = {"epoch-s": "s", "epoch-ms": "ms", "epoch-us": "us"}


def load_database(
    source: DatabaseSource,
    *,
    keep_duplicates: bool = False,
    drop_bots: bool = False,
    by_customer: bool = False,
    tell_by: Sequence[ColumnRule] = (),
    without_ids: bool = False,
) -> Loaded:
    """Sequences of the events of a source in a database.

    Args:
        source: The table and what its columns mean.
        keep_duplicates: Keep events that are equal in case, time, sequence, activity and channel.
        drop_bots: Leave out cases with inhuman activity.
        by_customer: Take the customer for the case where it is known.
        tell_by: Must be empty; rows of a database are not read one by one.
        without_ids: Call activities by their plain names.

    Raises:
        EventsError: E270 to E279 if the source cannot be read, E286 if only counts may leave it, and those
            of files.
    """
    if tell_by:
        raise fail(
            "E279",
            "what a column tells of the activities can be counted in files only",
            source.place,
            "Write the activity so that it says it, in a query.",
        )
    if source.may_leave == COUNTS:
        raise fail(
            "E286",
            f"the events of {source.label} may not leave their database",
            source.place,
            'Count them there: desirepath events report. Everything else needs events: may_leave = "events".',
        )
    with asking(source, by_customer=by_customer, without_ids=without_ids) as loader:
        return loader.run(keep_duplicates=keep_duplicates, drop_bots=drop_bots)


@contextmanager
def asking(
    source: DatabaseSource, *, by_customer: bool = False, without_ids: bool = False
) -> Iterator[DatabaseLoader]:
    """What asks the database of a source, while it is open.

    Args:
        source: The table and what its columns mean.
        by_customer: Take the customer for the case where it is known.
        without_ids: Call activities by their plain names.

    Raises:
        EventsError: E270 to E279 if the source cannot be read.
    """
    if by_customer and isinstance(source.columns.customer, str):
        columns = replace(source.columns, case=source.columns.customer)
        source = replace(source, columns=columns)
    with source.open() as database:
        try:
            yield _Reading(database, source).loader(without_ids=without_ids)
        except DatabaseError as error:
            raise fail(
                "E274",
                f"the database refused a question: {source.cleaned(error)}",
                source.place,
                "Check the table, the query and what may be read and held in tables of the session.",
            ) from None


@dataclass(frozen=True, slots=True)
class _Named:
    """Columns by role, all of them there."""

    case: tuple[str, ...]
    activity: tuple[str, ...]
    time: str
    customer: str | None
    channel: str | None
    sequence: str | None
    segments: tuple[str, ...]


class _Reading:
    """Understands one table of a database."""

    def __init__(self, database: Database, source: DatabaseSource) -> None:
        self.database = database
        self.source = source
        self.table = _table(database, source)
        self.columns = database.columns(self.table)
        self.named = self._named(source.columns)

    def loader(self, *, without_ids: bool) -> DatabaseLoader:
        """What asks the three questions."""
        clock = self._clock()
        relation = self._relation(clock)
        low, high, read_count, row_count = self.database.rows(relation.local_range())[0]
        if not row_count:
            raise fail(
                "E204",
                "there are no events in it",
                self.source.place or self.source.label,
                "Check the table, and what where leaves of it.",
            )
        if row_count - read_count > MAX_UNREAD_SHARE * row_count:
            raise fail(
                "E275",
                f'{row_count - read_count:,} of {row_count:,} times in column "{self.named.time}" are missing or cannot be read',
                self.source.place,
                'Convert the column to a time in a query, or say how it counts: time_format = "epoch-s", "epoch-ms" or "epoch-us".',
            )
        zone = "UTC"
        if self.source.zone and not self._is_absolute(clock):
            zone = self.source.zone
            steps = zone_steps(zone_named(zone, self.source.place), low, high)
            relation = replace(
                relation,
                clock=replace(clock, steps=steps, has_some_offsets=clock.kind == "ANY"),
            )
        said = (
            "in the data"
            if self._is_absolute(clock)
            else "given"
            if self.source.zone
            else "assumed"
        )
        form = self.source.time_format or "times of the database"
        reading = TimeReading(
            self.named.time, form, read_count / row_count, 0.0, zone, said
        )
        return DatabaseLoader(
            self.database,
            [self._read(reading, row_count)],
            relation,
            without_ids=without_ids,
        )

    def _named(self, columns: Columns) -> _Named:
        """Columns by role."""
        return _Named(
            case=self._joined(columns.case),
            activity=self._joined(columns.activity),
            time=self._one(columns.time) or "",
            customer=self._one(columns.customer),
            channel=self._one(columns.channel),
            sequence=self._one(columns.sequence),
            segments=tuple(self._known(name) for name in columns.segments or ()),
        )

    def _known(self, name: str) -> str:
        if name not in self.columns:
            raise fail(
                "E223",
                f'no column is called "{name}"',
                self.source.place or self.source.label,
                did_you_mean(name, self.columns),
            )
        return name

    def _one(self, choice: str | Constant | None) -> str | None:
        if choice is None:
            return None
        if isinstance(choice, Constant):
            raise fail(
                "E278",
                "a role is played by a constant, which only a recipe of files knows",
                self.source.place,
                "Write the constant as a column of a query.",
            )
        return self._known(choice)

    def _joined(self, choice: str | Constant | None) -> tuple[str, ...]:
        if not isinstance(choice, str) or choice in self.columns:
            return (self._one(choice) or "",)
        return tuple(self._known(name) for name in choice.split("+"))

    def _clock(self) -> Clock:
        """How times are read, before any zone."""
        kind = self.columns[self.named.time]
        form = self.source.time_format
        if form and form not in UNITS:
            raise fail(
                "E275",
                f'"{form}" is not how times of a database are read',
                self.source.place,
                did_you_mean(form, UNITS),
            )
        if form and kind in ("NUMBER", "ANY"):
            return Clock(self.named.time, kind, UNITS[form])
        if not form and (kind.startswith(("TIMESTAMP", "DATE")) or kind == "ANY"):
            return Clock(self.named.time, kind)
        wanted = "NUMBER" if form else "a time"
        raise fail(
            "E275",
            f'column "{self.named.time}" holds {kind}, not {wanted}',
            self.source.place,
            'Convert it to a time in a query, or say how it counts: time_format = "epoch-s", "epoch-ms" or "epoch-us".',
        )

    def _is_absolute(self, clock: Clock) -> bool:
        """True for times of which no zone is asked."""
        return bool(clock.unit) or "TIME ZONE" in clock.kind

    def _relation(self, clock: Clock) -> Relation:
        """The relation, without zone."""
        conditions = conditions_of(self.source.where, self.source.place)
        where = Where(self.database, self.table, self.columns, self.source.place)
        named = self.named
        return Relation(
            self.database.dialect,
            self.table,
            named.case,
            named.activity,
            clock,
            named.customer,
            named.channel,
            named.sequence,
            named.segments,
            where.texts(conditions),
            round(self.source.sample * 1000),
        )

    def _read(self, time: TimeReading, row_count: int) -> TableRead:
        """The table as every other one is understood."""
        named = self.named
        place = list(self.columns).index
        choices = [
            RoleChoice(role, "+".join(names), "given" if names else "not named")
            for role, names in (
                ("case", named.case),
                ("customer", (named.customer,) if named.customer else ()),
                ("activity", named.activity),
                ("time", (named.time,)),
                ("channel", (named.channel,) if named.channel else ()),
                ("sequence", (named.sequence,) if named.sequence else ()),
            )
        ]
        choices += [RoleChoice("segment", name, "given") for name in named.segments]
        case = tuple(map(place, named.case))
        # a case that is the customer tells nothing more about who it is
        customer = (place(named.customer),) if named.customer else case
        channel = (place(named.channel),) if named.channel else None
        sequence = place(named.sequence) if named.sequence else None
        segments = tuple(map(place, named.segments))
        activity = tuple(map(place, named.activity))
        roles = Roles(
            looks_like=IN_DATABASE,
            case=case,
            customer=customer,
            activity=activity,
            channel=channel,
            time=place(named.time),
            sequence=sequence,
            segments=segments,
            choices=tuple(choices),
        )
        shape = Shape(
            0, case, customer, activity, channel, sequence, segments, (ROWS_ONLY,)
        )
        asked = Asked(self.source.columns, place=self.source.place)
        table = Table(
            "frame",
            self.source.label,
            originals=(self.source.place or self.source.label,),
            notes=(SAMPLED,) if self.source.sample < 1 else (),
        )
        return TableRead(
            Part(table, asked),
            roles,
            shape,
            (time,),
            row_count,
            tuple(self.columns),
            named.segments,
        )


def _table(database: Database, source: DatabaseSource) -> str:
    """The table, quoted, or the query in parentheses."""
    if source.query:
        return f"({source.query.strip().rstrip(';')}\n)"
    return ".".join(map(database.dialect.quoted, source.table.split(".")))


class DatabaseLoader(Loader):
    """Asks a database the three questions; its rows have no order and no numbers."""

    def __init__(
        self,
        database: Database,
        reads: Sequence[TableRead],
        relation: Relation,
        *,
        without_ids: bool,
    ) -> None:
        super().__init__(database, reads, database.dialect)
        self.database = database
        self.relation = relation
        self.contract = Contract(
            database.dialect,
            has_sequence=self.has_sequence,
            has_rows=False,
            prefix=PREFIX,
            without_ids=without_ids,
        )

    def _relate(self) -> None:
        self.engine.relate([self.relation.select()])

    def vocabulary(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Activity and channel of each code, which the database knows from now on; asks for no event."""
        self._relate()
        return self._vocabulary()

    def _check_known(self, keys: IntArray, known: IntArray) -> None:
        """Refuse cases of which the last answer knows nothing; not every engine sees one state throughout."""
        if not np.isin(keys, known).all():
            raise fail(
                "E277",
                "the table changed while it was read",
                self.reads[0].part.table.place,
                "Read it again, or read a table that is not being written.",
            )

    def _repeated(self, stream: clean.Stream) -> NDArray[np.bool_]:
        """bool[n_events], True for events equal in all that is known of them to the one before."""
        return clean.repeated_neighbors(stream)

    def _tie_rule(self, *, newest_first: bool) -> str:
        """What decides the order of events of one moment; never the rows, which have no order."""
        del newest_first
        return (
            "their sequence number" if self.has_sequence else "the name of the activity"
        )
