"""Tables of every kind as the one relation `events` that the contract asks about. SQL texts; names of users never enter them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from desirepath.events.engine.contract import NO_TIME_US
from desirepath.events.times import TimeRule

PART_BITS = 50  # rows of one table count up to here
OWN_OFFSET = r":\d\d.*(Z|UTC|GMT|[+-]\d\d(:?\d\d)?)\s*$"
FACTOR_US = {"s": 1_000_000, "ms": 1_000, "us": 1}


@dataclass(frozen=True, slots=True)
class TimeColumn:
    """How the time of an event comes about.

    Attributes:
        column: Number of the column; None where the order of the rows is all there is.
        local: Expression of its microseconds before any zone.
        steps: Offsets of the zone from UTC, as from `zone_steps`; () for UTC.
        has_some_offsets: Some values carry their own offset; the zone is for the others.
    """

    column: int | None
    local: str
    steps: tuple[tuple[int, int], ...] = ()
    has_some_offsets: bool = False

    def utc(self) -> str:
        """Expression of microseconds UTC over the local ones, `x.l`."""
        if not self.steps:
            return "x.l"
        whens = " ".join(
            f"WHEN x.l < {start} THEN x.l - {offset}"
            for (_, offset), (start, _) in pairwise(self.steps)
        )
        last = f"x.l - {self.steps[-1][1]}"
        zoned = f"CASE {whens} ELSE {last} END" if whens else last
        if not self.has_some_offsets:
            return zoned
        own = f"regexp_matches(CAST(x.c{self.column} AS VARCHAR), '{OWN_OFFSET}')"
        return f"CASE WHEN {own} THEN x.l ELSE {zoned} END"


@dataclass(frozen=True, slots=True)
class Shape:
    """What the SELECT of one table needs to know; columns are numbers.

    Attributes:
        number: Number of the table.
        case: Columns joined as the case; () for a constant.
        customer: Idem; None if not known.
        activity: Idem; () for a constant.
        channel: Idem; None if not known.
        sequence: Column, or None.
        segments: For each segment of the whole relation its column here, or None.
        times: Columns of times; more than one in a wide table, one without column where there are none.
        is_wide: One event per column of times.
        has_renames: The table rename<number>(old, new) exists.
        keys: For each key of customers its column here, or None; () where customers are no matter of keys.
        is_case_customer: The case is the customer of the keys.
        filters: Pairs (column, True to keep or False to drop the values of where<number>_<index>).
    """

    number: int
    case: tuple[int, ...]
    customer: tuple[int, ...] | None
    activity: tuple[int, ...]
    channel: tuple[int, ...] | None
    sequence: int | None
    segments: tuple[int | None, ...]
    times: tuple[TimeColumn, ...]
    is_wide: bool = False
    has_renames: bool = False
    keys: tuple[int | None, ...] = ()
    is_case_customer: bool = False
    filters: tuple[tuple[int, bool], ...] = ()

    def selects(self) -> tuple[str, ...]:
        """One SELECT, or one per column of times."""
        return tuple(
            self._select(position, time) for position, time in enumerate(self.times)
        )

    def _select(self, position: int, time: TimeColumn) -> str:
        """SELECT of the events of one column of times."""
        n, width = self.number, len(self.times)
        row = "x.r" if n == 0 else f"{n << PART_BITS} + x.r"
        if width > 1:
            row = f"{n << PART_BITS} + x.r * {width} + {position}"
        segments = "".join(
            f", {'NULL' if column is None else text(column)} AS g{i}"
            for i, column in enumerate(self.segments)
        )
        sequence = (
            "0"
            if self.sequence is None
            else f"COALESCE(TRY_CAST(x.c{self.sequence} AS BIGINT), 0)"
        )
        activity = (
            f"(SELECT activity FROM wide{n} WHERE position = {position})"
            if self.is_wide
            else self._texts(self.activity, "activity")
        )
        if self.has_renames:
            activity = f"COALESCE(n.new, {activity})"
        case, customer = self._who()
        return (
            f"SELECT {case} AS case_id, {customer} AS customer, "
            f"{activity} AS activity, {self._texts(self.channel, 'channel')} AS channel, "
            f"COALESCE({time.utc()}, {NO_TIME_US}) AS t, {sequence} AS s, {row} AS r{segments} "
            f"FROM (SELECT *, {time.local} AS l FROM raw{n} x) x{self._renames(position)}{self._key_joins()}{self._where(position)}"
        )

    def _who(self) -> tuple[str, str]:
        """Expressions of the case and of the customer; the customer of the keys where there are some."""
        case = self._texts(self.case, "case_id")
        if not any(column is not None for column in self.keys):
            return case, self._texts(self.customer, "customer")
        known = [
            (i, column) for i, column in enumerate(self.keys) if column is not None
        ]
        own = [text(column) for i, column in known if i == 0]
        tagged = [
            f"(SELECT tag FROM identity_tag WHERE key = {i}) || {text(column)}"
            for i, column in known
            if i > 0
        ]
        joined = [f"p{i}.customer" for i, _ in known]
        # the own key decides, then the first key that is joined to others, then the first key there is
        order = [joined[0], *own, *joined[1:]] if own else joined
        customer = f"COALESCE({', '.join([*order, *tagged])})"
        return (
            f"COALESCE({customer}, {case})" if self.is_case_customer else case
        ), customer

    def _key_joins(self) -> str:
        """Joins with the customers of the keys."""
        return "".join(
            f" LEFT JOIN identity{i} p{i} ON {text(column)} = p{i}.value"
            for i, column in enumerate(self.keys)
            if column is not None
        )

    def key_select(self) -> str:
        """SELECT of the keys k0, k1, … of all rows, "" where one is missing."""
        keys = ", ".join(
            ("''" if column is None else f"COALESCE({text(column)}, '')") + f" AS k{i}"
            for i, column in enumerate(self.keys)
        )
        return f"SELECT {keys} FROM raw{self.number} x"

    def _texts(self, columns: tuple[int, ...] | None, role: str) -> str:
        """Text of joined columns, of a constant, or NULL."""
        if columns is None:
            return "CAST(NULL AS VARCHAR)"
        if not columns:
            return f"(SELECT value FROM constant{self.number} WHERE role = '{role}')"
        if (
            len(columns) == 1
        ):  # left as it is, since engines are fastest on plain columns
            return f"CAST(x.c{columns[0]} AS VARCHAR)"
        texts = [text(column) for column in columns]
        if role == "activity":
            return f"concat_ws('+', {', '.join(texts)})"
        return " || '+' || ".join(texts)

    def _renames(self, position: int) -> str:
        """Join with the table of new names."""
        if not self.has_renames:
            return ""
        old = (
            f"(SELECT activity FROM wide{self.number} WHERE position = {position})"
            if self.is_wide
            else self._texts(self.activity, "activity")
        )
        return f" LEFT JOIN rename{self.number} n ON {old} = n.old"

    def _where(self, position: int) -> str:
        """Filters; an empty cell of a wide table is no event at all."""
        tests = []
        for index, (column, is_kept) in enumerate(self.filters):
            values = f"(SELECT value FROM where{self.number}_{index})"
            test = f"COALESCE(CAST(x.c{column} AS VARCHAR), '')"
            tests.append(f"{test} {'IN' if is_kept else 'NOT IN'} {values}")
        timed = self.times[position].column
        if self.is_wide and timed is not None:
            tests.append(f"{text(timed)} IS NOT NULL")
        return f" WHERE {' AND '.join(tests)}" if tests else ""


def text(column: int) -> str:
    """A column as text, NULL where it is empty."""
    return f"NULLIF(CAST(x.c{column} AS VARCHAR), '')"


def micros(column: int, kind: str, rule: TimeRule) -> str:
    """Expression for the microseconds UTC of a column, before any zone; NULL where it cannot be read.

    Args:
        column: Column.
        kind: Its type.
        rule: How its values are written.
    """
    name = f"x.c{column}"
    if rule.kind == "typed":
        return (
            f"epoch_us(CAST({name} AS TIMESTAMP))"
            if kind == "DATE"
            else f"epoch_us({name})"
        )
    value = f"TRIM({name})" if kind == "VARCHAR" else f"CAST({name} AS VARCHAR)"
    if rule.kind == "epoch":
        return _counted(name, kind, rule.unit)
    if rule.kind == "iso":
        target = "TIMESTAMP" if rule.offsets == "none" else "TIMESTAMPTZ"
        return f"epoch_us(TRY_CAST({value} AS {target}))"
    formats = ", ".join("'" + text.replace("'", "''") + "'" for text in rule.formats)
    return f"epoch_us(try_strptime({value}, [{formats}]))"


def _counted(name: str, kind: str, unit: str) -> str:
    """Microseconds of a count since 1970; whole numbers stay whole."""
    if unit == "ns":
        return f"TRY_CAST({name} AS HUGEINT) // 1000"
    factor = FACTOR_US[unit]
    if kind in ("DOUBLE", "FLOAT"):
        return f"TRY_CAST(ROUND({name} * {factor}) AS BIGINT)"
    whole = (
        f"TRY_CAST({name} AS BIGINT)"
        if kind == "VARCHAR"
        else f"CAST({name} AS BIGINT)"
    )
    if kind != "VARCHAR":
        return f"{whole} * {factor}"
    decimal = (
        f"TRY_CAST(ROUND(TRY_CAST({name} AS DECIMAL(38, 9)) * {factor}) AS BIGINT)"
    )
    return f"CASE WHEN CONTAINS({name}, '.') THEN {decimal} ELSE {whole} * {factor} END"
