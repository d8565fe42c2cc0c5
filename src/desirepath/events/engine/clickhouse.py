"""ClickHouse: one session over HTTP. A DateTime of ClickHouse is a moment, whatever zone it is shown in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirepath.events.engine.database import PREFIX, Database, DatabaseError
from desirepath.events.engine.dialects import DIALECTS

SETTINGS = {
    "session_timezone": "UTC",
    "join_use_nulls": 1,
    # without this an expression called as one of its columns would contain itself
    "prefer_column_name_to_alias": 1,
}
_WRAPPED = re.compile(r"(?:Nullable|LowCardinality)\((.*)\)")
_NUMBER = re.compile(r"U?Int\d+|Float\d+|BFloat16|Decimal")
_TEXT = re.compile(r"String|FixedString|Enum|UUID")


class ClickHouse(Database):
    """Reads one database.

    Args:
        connection: URL such as ``https://reader:password@host:8443/shop``; a secret.

    Raises:
        DatabaseError: it cannot be reached.
        ImportError: the driver is not installed.
    """

    dialect = DIALECTS["clickhouse"]

    def __init__(self, connection: str) -> None:
        import clickhouse_connect  # noqa: PLC0415 - an optional driver

        # drivers raise errors of HTTP and of sockets as well as their own
        try:
            self._client: Any = clickhouse_connect.get_client(
                dsn=connection, settings=SETTINGS
            )
        except Exception as error:  # noqa: BLE001
            raise DatabaseError(str(error)) from None

    def close(self) -> None:
        """Leave; tables of the session end with it."""
        self._client.close()

    def columns(self, source: str) -> Mapping[str, str]:
        """Names and kinds."""
        return {
            name: kind_of(kind)
            for name, kind in self._described(f"SELECT * FROM {source} x")
        }

    def names(self, sql: str) -> tuple[str, ...]:
        """Columns of a query."""
        return tuple(name for name, _ in self._described(sql))

    def _described(self, sql: str) -> list[tuple[str, str]]:
        """Name and type of each column of a query."""
        return [(row[0], row[1]) for row in self._query(f"DESCRIBE TABLE ({sql})")]

    def _query(self, sql: str) -> Sequence[tuple[Any, ...]]:
        try:
            found: Sequence[tuple[Any, ...]] = self._client.query(sql).result_rows
        except Exception as error:  # noqa: BLE001
            raise DatabaseError(str(error)) from None
        return found

    def blocks(self, sql: str) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Rows of a query, some at a time."""
        try:
            with self._client.query_row_block_stream(sql) as stream:
                for block in stream:
                    yield [tuple(row) for row in block]
        except Exception as error:  # noqa: BLE001
            raise DatabaseError(str(error)) from None

    def arrays(self, sql: str) -> Mapping[str, NDArray[Any]]:
        """Result of a query as one NumPy array per column."""
        whole = self._relation + sql
        described = self._described(whole)
        parts: list[list[NDArray[Any]]] = [[] for _ in described]
        is_number = [kind_of(kind) == "NUMBER" for _, kind in described]
        try:
            with self._client.query_column_block_stream(whole) as stream:
                for block in stream:
                    for part, column, whole_numbers in zip(
                        parts, block, is_number, strict=True
                    ):
                        kind = np.int64 if whole_numbers else object
                        part.append(np.array(column, dtype=kind))
        except Exception as error:  # noqa: BLE001
            raise DatabaseError(str(error)) from None
        return {
            name: np.concatenate(part) if part else np.zeros(0, dtype=np.int64)
            for (name, _), part in zip(described, parts, strict=True)
        }

    def put(
        self, name: str, columns: Mapping[str, tuple[str, Sequence[object]]]
    ) -> None:
        """Make a table of the session."""
        kinds = ", ".join(
            f"{column} {'String' if kind == 'VARCHAR' else 'Int64'}"
            for column, (kind, _) in columns.items()
        )
        table = f"{PREFIX}{name}"
        try:
            self._client.command(f"DROP TEMPORARY TABLE IF EXISTS {table}")
            self._client.command(f"CREATE TEMPORARY TABLE {table} ({kinds})")
            values = [list(values) for _, values in columns.values()]
            if values[0]:
                self._client.insert(
                    table,
                    values,
                    column_names=list(columns),
                    column_oriented=True,
                )
        except Exception as error:  # noqa: BLE001
            raise DatabaseError(str(error)) from None


def kind_of(kind: str) -> str:
    """Kind of a column of a type.

    Examples:
        >>> kind_of("LowCardinality(Nullable(String))"), kind_of("DateTime64(3, 'Asia/Tokyo')"), kind_of("Nullable(Date)")
        ('TEXT', 'TIMESTAMP WITH TIME ZONE', 'DATE')
    """
    while wrapped := _WRAPPED.fullmatch(kind):
        kind = wrapped[1]
    if kind.startswith("DateTime"):
        return "TIMESTAMP WITH TIME ZONE"
    if kind in ("Date", "Date32"):
        return "DATE"
    if _NUMBER.match(kind):
        return "NUMBER"
    return "TEXT" if _TEXT.match(kind) else kind
