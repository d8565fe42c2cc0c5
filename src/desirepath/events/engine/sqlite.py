"""SQLite: a file, opened so that it cannot be written. Times are texts or counts; the file knows no others."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from desirepath.events.engine.database import BLOCK, PREFIX, Database, DatabaseError
from desirepath.events.engine.dialects import DIALECTS
from desirepath.events.plain_names import plain_name

CACHED = 65_536  # ids that come again and again are not hashed each time
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OFFSET = re.compile(r":\d\d.*(?:Z|[+-]\d\d(?::?\d\d)?)\s*$", re.IGNORECASE)


@lru_cache(maxsize=CACHED)
def key_of(text: str | None) -> int | None:
    """First 60 bits of md5.

    Examples:
        >>> key_of("a")
        57446577476672362
    """
    if text is None:
        return None
    digest = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    return int(digest[:15], 16)


def micros_of(value: object) -> int | None:
    """Microseconds since 1970 of an ISO time, as if UTC where it has no offset; None for anything else.

    Examples:
        >>> micros_of("1970-01-01 00:00:01"), micros_of("1970-01-01T01:00:00+01:00"), micros_of("NA")
        (1000000, 0, None)
    """
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - EPOCH) // timedelta(microseconds=1)


def has_offset(value: object) -> int:
    """1 for a time that carries its own offset.

    Examples:
        >>> has_offset("2024-01-01 10:00:00Z"), has_offset("2024-01-01")
        (1, 0)
    """
    return int(isinstance(value, str) and _OFFSET.search(value) is not None)


class SQLite(Database):
    """Reads one file.

    Args:
        file: The database.

    Raises:
        DatabaseError: it cannot be opened.
    """

    dialect = DIALECTS["sqlite"]

    def __init__(self, file: Path) -> None:
        try:
            self._con = sqlite3.connect(
                f"{file.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None
            )
            self._con.text_factory = lambda raw: raw.decode("utf-8", "replace")
            for name, function in (
                ("desirepath_key", key_of),
                ("desirepath_us", micros_of),
                ("desirepath_has_offset", has_offset),
                ("desirepath_plain", plain_name),
            ):
                self._con.create_function(name, 1, function, deterministic=True)
            # one state of the file for all questions
            self._con.execute("BEGIN")
            self._con.execute("SELECT COUNT(*) FROM sqlite_master").fetchall()
        except sqlite3.Error as error:
            raise DatabaseError(str(error)) from None

    def close(self) -> None:
        """Leave nothing behind."""
        self._con.close()

    def columns(self, source: str) -> Mapping[str, str]:
        """Names; a column of SQLite may hold anything."""
        return dict.fromkeys(self.names(f"SELECT * FROM {source} x"), "ANY")

    def names(self, sql: str) -> tuple[str, ...]:
        """Columns of a query."""
        return tuple(str(one[0]) for one in self._run(f"SELECT * FROM ({sql}) LIMIT 0"))

    def _run(self, sql: str) -> Any:
        """Description of the result of a query that gives no rows."""
        try:
            return self._con.execute(sql).description
        except sqlite3.Error as error:
            raise DatabaseError(str(error)) from None

    def blocks(self, sql: str) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Rows of a query, some at a time."""
        try:
            found = self._con.execute(sql)
            while block := found.fetchmany(BLOCK):
                yield block
        except sqlite3.Error as error:
            raise DatabaseError(str(error)) from None

    def keep(self, name: str, sql: str) -> None:
        """Hold the result of a query as a table of the session."""
        self._run(f"DROP TABLE IF EXISTS temp.{PREFIX}{name}")
        self._run(f"CREATE TEMP TABLE {PREFIX}{name} AS {self._relation}{sql}")

    def put(
        self, name: str, columns: Mapping[str, tuple[str, Sequence[object]]]
    ) -> None:
        """Make a table of the session."""
        kinds = ", ".join(
            f"{column} {'TEXT' if kind == 'VARCHAR' else 'INTEGER'}"
            for column, (kind, _) in columns.items()
        )
        marks = ", ".join("?" for _ in columns)
        values = zip(*(list(values) for _, values in columns.values()), strict=True)
        self._con.execute(f"DROP TABLE IF EXISTS temp.{PREFIX}{name}")
        self._con.execute(f"CREATE TEMP TABLE {PREFIX}{name} ({kinds})")
        self._con.executemany(
            f"INSERT INTO temp.{PREFIX}{name} VALUES ({marks})", values
        )
