"""What every database is asked and how: a relation `events` over a table of the user's, in read-only texts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from desirepath.events.engine.contract import Contract, Dialect, union

# written as a sum, since some engines read the number itself as one too large with a minus before it
NO_TIME = "(-9223372036854775807 - 1)"
FACTOR_US = {"s": 1_000_000, "ms": 1_000, "us": 1}
BLOCK = 100_000
PREFIX = "desirepath_"  # of the relation and of tables of the session; a user's may be called events or m


@dataclass(frozen=True, slots=True)
class Clock:
    """How the time of a row comes about.

    Attributes:
        column: Its name.
        kind: What the database says it holds.
        unit: ``s``, ``ms`` or ``us`` for counts since 1970; "" for a time as the engine knows it.
        steps: Offsets of the zone from UTC, as from `zone_steps`; () for UTC.
        has_some_offsets: Texts may carry their own offset, of which the zone knows nothing.
    """

    column: str
    kind: str
    unit: str = ""
    steps: tuple[tuple[int, int], ...] = ()
    has_some_offsets: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """The relation ``events`` over one table.

    Attributes:
        dialect: Spelling of the engine.
        source: Quoted name of the table, or a query in parentheses.
        case: Columns joined as the case.
        activity: Columns joined as the activity.
        clock: Times.
        customer: Column of the customer.
        channel: Column of the channel.
        sequence: Column that orders events of the same time.
        segments: Columns of properties of cases.
        where: Conditions over columns of ``x``, of our own making.
        sample_permille: Whole cases that are read, of a thousand; the same ones on every engine.
    """

    dialect: Dialect
    source: str
    case: tuple[str, ...]
    activity: tuple[str, ...]
    clock: Clock
    customer: str | None = None
    channel: str | None = None
    sequence: str | None = None
    segments: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    sample_permille: int = 1000

    def select(self) -> str:
        """SELECT of the relation, without row numbers."""
        names = "".join(f", x.g{i} AS g{i}" for i in range(len(self.segments)))
        return (
            f"SELECT x.case_id AS case_id, x.customer AS customer, x.activity AS activity, x.channel AS channel, "
            f"COALESCE({self._utc()}, {NO_TIME}) AS t, x.s AS s{names} FROM ({self._local()}) x"
        )

    def local_range(self) -> str:
        """Query of the earliest and the latest time before any zone, and of how many there are."""
        return (
            f"SELECT MIN(x.l), MAX(x.l), COUNT(x.l), COUNT(*) FROM ({self._local()}) x"
        )

    def _local(self) -> str:
        """SELECT of the columns by our names; no name of the user's stands above it."""
        integer = self.dialect.integer
        sequence = (
            f"CAST(0 AS {integer})"
            if self.sequence is None
            else f"COALESCE(CAST({self._column(self.sequence)} AS {integer}), 0)"
        )
        segments = "".join(
            f", NULLIF({self._text(name)}, '') AS g{i}"
            for i, name in enumerate(self.segments)
        )
        own = (
            f", desirepath_has_offset({self._column(self.clock.column)}) AS o"
            if self.clock.has_some_offsets
            else ""
        )
        tests = list(self.where)
        if self.sample_permille < 1000:  # noqa: PLR2004 - all of them
            key = self.dialect.key.format(self._joined(self.case))
            tests.append(f"{key} % 1000 < {self.sample_permille}")
        where = f" WHERE {' AND '.join(tests)}" if tests else ""
        return (
            f"SELECT {self._joined(self.case)} AS case_id, {self._optional(self.customer)} AS customer, "
            f"{self._joined(self.activity)} AS activity, {self._optional(self.channel)} AS channel, "
            f"{self._micros()} AS l, {sequence} AS s{own}{segments} FROM {self.source} x{where}"
        )

    def _column(self, name: str) -> str:
        return f"x.{self.dialect.quoted(name)}"

    def _text(self, name: str) -> str:
        return self.dialect.text.format(self._column(name))

    def _optional(self, name: str | None) -> str:
        return self.dialect.text.format("NULL") if name is None else self._text(name)

    def _joined(self, names: Sequence[str]) -> str:
        """Text of one column, or of several with "+" between them; NULL where one is missing."""
        return " || '+' || ".join(
            self._text(name) if len(names) == 1 else f"NULLIF({self._text(name)}, '')"
            for name in names
        )

    def _micros(self) -> str:
        """Microseconds before any zone."""
        column = self._column(self.clock.column)
        if not self.clock.unit:
            return self.dialect.micros_of(column, self.clock.kind)
        factor = FACTOR_US[self.clock.unit]
        whole = f"CAST({column} AS {self.dialect.integer})"
        return f"CASE WHEN {column} = {whole} THEN {whole} * {factor} ELSE CAST(ROUND({column} * {factor}) AS {self.dialect.integer}) END"

    def _utc(self) -> str:
        """Microseconds UTC over the local ones, ``x.l``."""
        steps = self.clock.steps
        if not steps:
            return "x.l"
        whens = " ".join(
            f"WHEN x.l < {start} THEN x.l - ({offset})"
            for (_, offset), (start, _) in pairwise(steps)
        )
        last = f"x.l - ({steps[-1][1]})"
        zoned = f"CASE {whens} ELSE {last} END" if whens else last
        if not self.clock.has_some_offsets:
            return zoned
        return f"CASE WHEN x.o = 1 THEN x.l ELSE {zoned} END"


class DatabaseError(Exception):
    """A driver refused; its text may hold secrets and must be cleaned before anybody sees it."""


class Database(ABC):
    """A connection that reads: use it in a `with` block, nothing of it outlasts the block.

    Only tables of the session are made, for values that rules chose; tables of the user are never
    written.
    """

    dialect: Dialect
    _relation = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Leave nothing behind."""

    @abstractmethod
    def columns(self, source: str) -> Mapping[str, str]:
        """Name and kind (`TIMESTAMP`, `TIMESTAMP WITH TIME ZONE`, `NUMBER`, `TEXT`, `ANY`, …) of each column.

        Args:
            source: Quoted name of a table, or a query in parentheses.
        """

    @abstractmethod
    def blocks(self, sql: str) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Rows of a query, some at a time."""

    @abstractmethod
    def names(self, sql: str) -> tuple[str, ...]:
        """Columns of a query."""

    @abstractmethod
    def put(
        self, name: str, columns: Mapping[str, tuple[str, Sequence[object]]]
    ) -> None:
        """Make a table of the session.

        Args:
            name: One of ours, without its prefix.
            columns: ``VARCHAR`` or a type of whole numbers, and values, by column, all of one length.
        """

    def relate(self, selects: Sequence[str]) -> None:
        """Make the relation of the contract known to every later query."""
        self._relation = f"WITH {PREFIX}events AS ({union(selects)}) "

    def keep(self, name: str, sql: str) -> None:
        """Make a query known to later ones; engines that hold results of a session do so with this one.

        Args:
            name: One of ours, without its prefix.
            sql: Over the relation and what was kept before.
        """
        self._relation = f"{self._relation.rstrip()}, {PREFIX}{name} AS ({sql}) "

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Result of a query with few rows."""
        return [row for block in self.blocks(self._relation + sql) for row in block]

    def arrays(self, sql: str) -> Mapping[str, NDArray[Any]]:
        """Result of a query as one NumPy array per column; texts as objects."""
        whole = self._relation + sql
        parts = [_table(block) for block in self.blocks(whole) if block]
        names = self.names(whole)
        if not parts:
            return {name: np.zeros(0, dtype=np.int64) for name in names}
        return {
            name: np.concatenate([part[index] for part in parts])
            for index, name in enumerate(names)
        }

    def case_ids(self, contract: Contract, keys: Sequence[int]) -> Mapping[int, str]:
        """Case ids by key, for the few cases a person should look at."""
        self.put("wanted_case", {"c": ("BIGINT", keys)})
        key = contract.dialect.key.format("e.case_id")
        return dict(
            self.rows(
                f"SELECT w.c, MIN(e.case_id) FROM {PREFIX}events e JOIN {PREFIX}wanted_case w ON {key} = w.c GROUP BY w.c"
            )
        )


def _table(block: Sequence[tuple[Any, ...]]) -> list[NDArray[Any]]:
    """Columns of some rows: int64 where all are whole numbers."""
    if all(isinstance(value, int) for value in block[0]):
        return list(np.array(block, dtype=np.int64).T)
    columns = zip(*block, strict=True)
    return [
        np.array(
            column,
            dtype=np.int64 if all(isinstance(v, int) for v in column) else object,
        )
        for column in columns
    ]
