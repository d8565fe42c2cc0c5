"""PostgreSQL: one transaction that sees one state and is taken back at the end."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirepath.events.engine.database import BLOCK, PREFIX, Database, DatabaseError
from desirepath.events.engine.dialects import DIALECTS

INT8 = 20
KINDS = {
    1114: "TIMESTAMP",
    1184: "TIMESTAMP WITH TIME ZONE",
    1082: "DATE",
    **dict.fromkeys((20, 21, 23, 700, 701, 1700), "NUMBER"),
    **dict.fromkeys((18, 19, 25, 1042, 1043), "TEXT"),
}
# COPY in binary form: 11 bytes of signature and two numbers before the rows, one number after them
HEAD_BYTES = 19
TAIL_BYTES = 2


class Postgres(Database):
    """Reads one database.

    Args:
        connection: Connection string or URL; a secret.

    Raises:
        DatabaseError: it cannot be reached.
        ImportError: the driver is not installed.
    """

    dialect = DIALECTS["postgres"]

    def __init__(self, connection: str) -> None:
        import psycopg  # noqa: PLC0415 - an optional driver

        self._error = psycopg.Error
        try:
            self._con = psycopg.connect(connection, connect_timeout=20)
            self._con.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            self._con.execute("SET client_encoding = 'UTF8'")
            self._con.execute("SET TIME ZONE 'UTC'")
        except psycopg.Error as error:
            raise DatabaseError(str(error)) from None

    def close(self) -> None:
        """Take everything back and leave."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._con.close()

    def columns(self, source: str) -> Mapping[str, str]:
        """Names and kinds."""
        return {
            name: KINDS.get(kind, f"OTHER {kind}")
            for name, kind in self._described(f"SELECT * FROM {source} x")
        }

    def names(self, sql: str) -> tuple[str, ...]:
        """Columns of a query."""
        return tuple(name for name, _ in self._described(sql))

    def _described(self, sql: str) -> list[tuple[str, int]]:
        """Name and type of each column of a query."""
        try:
            found = self._con.execute(
                f"SELECT * FROM ({sql}) described LIMIT 0".encode()
            )
        except self._error as error:
            raise DatabaseError(str(error)) from None
        return [(one.name, one.type_code) for one in found.description or ()]

    def blocks(self, sql: str) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Rows of a query, some at a time."""
        try:
            with self._con.cursor(name="desirepath") as cursor:
                cursor.execute(sql.encode())
                while block := cursor.fetchmany(BLOCK):
                    yield block
        except self._error as error:
            raise DatabaseError(str(error)) from None

    def arrays(self, sql: str) -> Mapping[str, NDArray[Any]]:
        """Result of a query as one NumPy array per column; whole numbers come by binary COPY."""
        whole = self._relation + sql
        described = self._described(whole)
        if any(kind != INT8 for _, kind in described):
            return super().arrays(sql)
        names = [name for name, _ in described]
        # each row: how many values, then the length and the bytes of each; none is NULL
        row = np.dtype(
            [
                ("count", ">i2"),
                *(
                    (f"{part}{i}", kind)
                    for i in range(len(names))
                    for part, kind in (("length", ">i4"), ("value", ">i8"))
                ),
            ]
        )
        raw = self._copied(whole)
        table = np.frombuffer(
            raw,
            dtype=row,
            offset=HEAD_BYTES,
            count=(len(raw) - HEAD_BYTES - TAIL_BYTES) // row.itemsize,
        )
        return {
            name: table[f"value{i}"].astype(np.int64) for i, name in enumerate(names)
        }

    def _copied(self, sql: str) -> bytes:
        """Rows of a query in the binary form of COPY."""
        try:
            with (
                self._con.cursor() as cursor,
                cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT binary)".encode()) as copy,
            ):
                return b"".join(copy)
        except self._error as error:
            raise DatabaseError(str(error)) from None

    def keep(self, name: str, sql: str) -> None:
        """Hold the result of a query as a table of the session."""
        table = f"{PREFIX}{name}"
        try:
            self._con.execute(f"DROP TABLE IF EXISTS pg_temp.{table}".encode())
            self._con.execute(
                f"CREATE TEMP TABLE {table} AS {self._relation}{sql}".encode()
            )
            self._con.execute(f"ANALYZE pg_temp.{table}".encode())
        except self._error as error:
            raise DatabaseError(str(error)) from None

    def put(
        self, name: str, columns: Mapping[str, tuple[str, Sequence[object]]]
    ) -> None:
        """Make a table of the session."""
        kinds = ", ".join(
            f"{column} {'TEXT COLLATE ' + chr(34) + 'C' + chr(34) if kind == 'VARCHAR' else 'BIGINT'}"
            for column, (kind, _) in columns.items()
        )
        table = f"{PREFIX}{name}"
        try:
            with self._con.cursor() as cursor:
                cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}".encode())
                cursor.execute(f"CREATE TEMP TABLE {table} ({kinds})".encode())
                with cursor.copy(f"COPY pg_temp.{table} FROM STDIN".encode()) as copy:
                    for row in zip(
                        *(list(values) for _, values in columns.values()), strict=True
                    ):
                        copy.write_row(row)
                cursor.execute(f"ANALYZE pg_temp.{table}".encode())
        except self._error as error:
            raise DatabaseError(str(error)) from None
