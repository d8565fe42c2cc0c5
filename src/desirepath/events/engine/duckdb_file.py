"""A database file of DuckDB as a source: attached so that it cannot be written, shut off from everything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb  # noqa: TID251 - this is the engine
from numpy.typing import NDArray

from desirepath.events.engine.database import BLOCK, PREFIX, Database, DatabaseError
from desirepath.events.engine.dialects import DIALECTS
from desirepath.events.engine.machine import memory_limit, thread_count

NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT")
MORE_NUMBERS = ("USMALLINT", "UINTEGER", "UBIGINT", "FLOAT", "DOUBLE", "DECIMAL")


class DuckDBFile(Database):
    """Reads one file.

    Args:
        file: The database.

    Raises:
        DatabaseError: it cannot be opened.
    """

    dialect = DIALECTS["duckdb"]

    def __init__(self, file: Path) -> None:
        # without this file there is an error and no new, empty database
        if not file.is_file():
            raise DatabaseError(f"there is no file {file}")
        try:
            self._con = duckdb.connect(str(file), read_only=True)
            for setting in (
                "SET TimeZone = 'UTC'",
                f"SET threads = {thread_count()}",
                f"SET memory_limit = '{memory_limit()}B'",
                "SET autoinstall_known_extensions = false",
                "SET autoload_known_extensions = false",
                "SET enable_external_access = false",
                "SET lock_configuration = true",
                "BEGIN",
            ):
                self._con.execute(setting)
        except duckdb.Error as error:
            raise DatabaseError(str(error)) from None

    def close(self) -> None:
        """Leave nothing behind."""
        self._con.close()

    def columns(self, source: str) -> Mapping[str, str]:
        """Names and kinds."""
        found = self._rows(f"DESCRIBE SELECT * FROM {source} x")
        return {str(row[0]): _kind(str(row[1])) for row in found}

    def names(self, sql: str) -> tuple[str, ...]:
        """Columns of a query."""
        return tuple(str(row[0]) for row in self._rows(f"DESCRIBE {sql}"))

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [row for block in self.blocks(sql) for row in block]

    def blocks(self, sql: str) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Rows of a query, some at a time."""
        try:
            found = self._con.execute(sql)
            while block := found.fetchmany(BLOCK):
                yield block
        except duckdb.Error as error:
            raise DatabaseError(str(error)) from None

    def arrays(self, sql: str) -> Mapping[str, NDArray[Any]]:
        """Result of a query as one NumPy array per column."""
        try:
            return self._con.execute(self._relation + sql).fetchnumpy()
        except duckdb.Error as error:
            raise DatabaseError(str(error)) from None

    def keep(self, name: str, sql: str) -> None:
        """Hold the result of a query as a table of the session."""
        self._rows(
            f"CREATE OR REPLACE TEMP TABLE {PREFIX}{name} AS {self._relation}{sql}"
        )

    def put(
        self, name: str, columns: Mapping[str, tuple[str, Sequence[object]]]
    ) -> None:
        """Make a table of the session."""
        unnested = ", ".join(
            f"UNNEST(CAST(? AS {kind}[])) AS {column}"
            for column, (kind, _) in columns.items()
        )
        self._con.execute(
            f"CREATE OR REPLACE TEMP TABLE {PREFIX}{name} AS SELECT {unnested}",
            [list(values) for _, values in columns.values()],
        )


def _kind(kind: str) -> str:
    """Kind of a column of a type."""
    if kind in ("TIMESTAMP WITH TIME ZONE", "DATE"):
        return kind
    if kind.startswith("TIMESTAMP"):
        return "TIMESTAMP"
    if kind.startswith((*NUMBERS, *MORE_NUMBERS)):
        return "NUMBER"
    return "TEXT" if kind == "VARCHAR" else kind
