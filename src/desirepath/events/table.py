"""One table, understood: roles, times, and what the engine needs to know of it. Reads no events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desirepath.errors import did_you_mean
from desirepath.events.engine.duckdb import DuckDB
from desirepath.events.engine.relation import Shape
from desirepath.events.roles import Roles, assign_roles
from desirepath.events.schema import (
    NO_TIMES,
    Asked,
    Constant,
    IdentityRule,
    Part,
    RoleChoice,
    TableReading,
    TimeReading,
    fail,
)
from desirepath.events.sequences import Segment
from desirepath.events.timing import NO_TIMES as ROWS_ONLY
from desirepath.events.timing import TimeFinder


@dataclass(frozen=True, slots=True)
class TableRead:
    """One table, understood."""

    part: Part
    roles: Roles
    shape: Shape
    times: tuple[TimeReading, ...]
    row_count: int
    columns: tuple[str, ...]
    segments: tuple[str, ...]

    def reading(self, segments: Mapping[str, Segment]) -> TableReading:
        """The same for a person, with the segments that turned out to be some."""
        return TableReading(
            label=self.part.table.label,
            looks_like=self.roles.looks_like,
            row_count=self.row_count,
            columns=self.columns,
            roles=tuple(
                choice
                for choice in self.roles.choices
                if choice.role != "segment" or segment_name(choice.column) in segments
            ),
            times=self.times,
            notes=(*self.part.table.notes, *filter(None, [self.roles.note])),
        )


def segment_name(column: str) -> str:
    """Name of the segment of a column.

    Examples:
        >>> segment_name("case:channel"), segment_name("platform")
        ('channel', 'platform')
    """
    return column.removeprefix("case:")


def read_table(
    engine: DuckDB,
    number: int,
    part: Part,
    *,
    by_customer: bool,
    identity: IdentityRule | None = None,
) -> TableRead:
    """Roles and times of one table.

    Args:
        engine: Holds the table.
        number: Number of the table.
        part: The table and what was asked of it.
        by_customer: Take the customer for the case where both are known and no case was given.
        identity: By which keys customers are known, if by keys.

    Raises:
        EventsError: E203 to E229 if the table cannot be understood.
    """
    table, asked = part.table, part.asked
    row_count = engine.row_count(number)
    if not row_count:
        raise fail(
            "E204", "there are no events in it", table.place, "Export the events again."
        )
    if not table.has_times and asked.columns.time is None:
        asked = replace(asked, columns=replace(asked.columns, time=NO_TIMES))
    profiles = engine.profile(number)
    names = engine.columns[number]
    keys = _key_columns(names, asked, identity)
    present = [names[column] for column in keys if column is not None]
    if present and asked.columns.customer is None:
        asked = replace(asked, columns=replace(asked.columns, customer=present[0]))
    roles = assign_roles(profiles, asked, table.place)
    if by_customer:
        roles = _cases_of_customers(roles, asked)
    is_case_customer = bool(present) and roles.case in [
        (column,) for column in keys if column is not None
    ]
    if present:
        roles = _joined(roles, present, is_case_customer=is_case_customer)
    timed = [names.index(name) for name, _ in asked.wide]
    if roles.time is not None:
        timed = [roles.time]
    finder = TimeFinder(engine, number, asked, table.place)
    times = [finder.read(profiles[column], roles.zone) for column in timed]
    _put_values(engine, number, roles, asked)
    shape = Shape(
        number=number,
        case=_indices(roles.case),
        customer=_optional(roles.customer),
        activity=_indices(roles.activity),
        channel=_optional(roles.channel),
        sequence=roles.sequence,
        segments=(),
        times=tuple(time for time, _ in times) or (ROWS_ONLY,),
        is_wide=bool(asked.wide),
        has_renames=bool(asked.rename),
        keys=keys,
        is_case_customer=is_case_customer,
        filters=_put_filters(engine, number, asked, table.place),
    )
    return TableRead(
        part,
        roles,
        shape,
        tuple(reading for _, reading in times),
        row_count,
        names,
        tuple(segment_name(names[index]) for index in roles.segments),
    )


def _cases_of_customers(roles: Roles, asked: Asked) -> Roles:
    """Roles for cutting: all events of a customer, unless the case was given."""
    if asked.columns.case is not None or roles.customer in (None, roles.case):
        return roles
    name = next(c.column for c in roles.choices if c.role == "customer")
    choices = tuple(
        RoleChoice("case", name, "events of a customer, cut by the gap", (c.column,))
        if c.role == "case"
        else c
        for c in roles.choices
    )
    return replace(roles, case=roles.customer, choices=choices)


def _key_columns(
    names: Sequence[str], asked: Asked, identity: IdentityRule | None
) -> tuple[int | None, ...]:
    """Column of each key of customers in this table; () where customers are no matter of keys."""
    if identity is None:
        return ()
    for key, column in asked.keys.items():
        if key not in identity.keys:
            raise fail(
                "E246",
                f'no key of customers is called "{key}"',
                asked.place,
                did_you_mean(key, identity.keys),
            )
        if column not in names:
            raise fail(
                "E223",
                f'no column is called "{column}"',
                asked.place,
                did_you_mean(column, names),
            )
    columns = [asked.keys.get(key, key) for key in identity.keys]
    return tuple(names.index(name) if name in names else None for name in columns)


def _joined(roles: Roles, names: Sequence[str], *, is_case_customer: bool) -> Roles:
    """Roles that say that customers are joined by keys."""
    choices = []
    for choice in roles.choices:
        is_who = choice.role == "customer"
        if is_who or (choice.role == "case" and is_case_customer):
            what = "customers are joined by keys" if is_who else "the joined customer"
            choices.append(RoleChoice(choice.role, ", ".join(names), what))
        else:
            choices.append(choice)
    return replace(roles, choices=tuple(choices))


def _indices(columns: tuple[int, ...] | Constant | None) -> tuple[int, ...]:
    """Columns; () for a constant."""
    return columns if isinstance(columns, tuple) else ()


def _optional(columns: tuple[int, ...] | Constant | None) -> tuple[int, ...] | None:
    """Columns; () for a constant, None if not known."""
    return None if columns is None else _indices(columns)


def _put_values(engine: DuckDB, number: int, roles: Roles, asked: Asked) -> None:
    """Hand the engine constants, names of wide columns and new names."""
    constants = {
        name: value.value
        for name, value in (
            ("case_id", roles.case),
            ("customer", roles.customer),
            ("activity", roles.activity),
            ("channel", roles.channel),
        )
        if isinstance(value, Constant)
    }
    engine.put(
        f"constant{number}",
        {
            "role": ("VARCHAR", list(constants)),
            "value": ("VARCHAR", list(constants.values())),
        },
    )
    engine.put(
        f"wide{number}",
        {
            "position": ("INTEGER", list(range(len(asked.wide)))),
            "activity": ("VARCHAR", [name for _, name in asked.wide]),
        },
    )
    engine.put(
        f"rename{number}",
        {
            "old": ("VARCHAR", list(asked.rename)),
            "new": ("VARCHAR", list(asked.rename.values())),
        },
    )


def _put_filters(
    engine: DuckDB, number: int, asked: Asked, label: str
) -> tuple[tuple[int, bool], ...]:
    """Hand the engine the values to keep or to drop."""
    names = engine.columns[number]
    filters: list[tuple[int, bool]] = []
    for column, values in asked.where.items():
        if column not in names:
            raise fail(
                "E223",
                f'no column is called "{column}"',
                asked.place or label,
                did_you_mean(column, names),
            )
        kept = [value for value in values if not value.startswith("!")]
        gone = [value[1:] for value in values if value.startswith("!")]
        for listed, is_kept in ((kept, True), (gone, False)):
            if listed:
                engine.put(
                    f"where{number}_{len(filters)}", {"value": ("VARCHAR", listed)}
                )
                filters.append((names.index(column), is_kept))
    return tuple(filters)
