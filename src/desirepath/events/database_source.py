"""A source of events that is a table or a query in a database. Holds no secret: it knows where the secret stands."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from desirepath.errors import EventsError, did_you_mean
from desirepath.events.engine.database import Database, DatabaseError
from desirepath.events.schema import Asked, Columns, fail

FILE_ENGINES = ("duckdb", "sqlite", "datafusion")
# what a connection looks like
SERVERS = {
    "postgres": "postgresql://reader@db.example/shop",
    "clickhouse": "https://reader@db.example:8443/shop",
    "spark": "'sc://spark.example:15002/;use_ssl=true'",
}
ENGINES = (*FILE_ENGINES, *SERVERS)
MIN_SAMPLE = 0.001
EVENTS, COUNTS = "events", "counts"
_WORDS = re.compile(
    r"(?:password|passwd|pwd|user|host)\s*=\s*('(?:[^'\\]|\\.)*'|\S+)", re.IGNORECASE
)
# of Spark: sc://host:port/;token=…;user_id=…
_PARAMETERS = re.compile(r";[^;=\s]+=([^;\s]+)")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class DatabaseSource:
    """A table or a query in a database, and what its columns mean.

    Attributes:
        engine: ``duckdb``, ``sqlite``, ``datafusion``, ``postgres``, ``clickhouse`` or ``spark``.
        columns: Which column plays which role; case, activity and time are named.
        table: Name of the table; a dot parts it from its schema.
        query: One SELECT in place of a table.
        file: Database file of DuckDB or SQLite; for DataFusion a file or folder of events.
        connection: Name of the environment variable that holds the connection; never the connection itself.
        name: What the source is called.
        where: Which rows count, as for `conditions_of`.
        zone: IANA name of the zone of times without offset; UTC where not said.
        time_format: ``epoch-s``, ``epoch-ms`` or ``epoch-us`` where times are counts; "" otherwise.
        sample: Share of the cases to read, from 0.001 to 1; which ones depends on their ids alone.
        may_leave: ``events`` as numbers that name nobody, or nothing but ``counts``.
        place: Where it was said, for messages.

    Examples:
        >>> shop = DatabaseSource(
        ...     "postgres", Columns(case="visit", activity="page", time="at"), table="web.events", connection="SHOP_DB"
        ... )
    """

    engine: str
    columns: Columns
    table: str = ""
    query: str = ""
    file: Path | None = None
    connection: str = ""
    name: str = "database"
    where: Mapping[str, Any] = field(default_factory=dict)
    zone: str = ""
    time_format: str = ""
    sample: float = 1
    may_leave: str = EVENTS
    place: str = ""

    @property
    def label(self) -> str:
        """What the source is called in reports."""
        what = [f"{self.engine}: {self.table}" if self.table else self.engine]
        if self.sample < 1:
            what.append(f"a sample of {self.sample * 100:g} % of the cases")
        return f"{self.name} ({', '.join(what)})"

    @property
    def way(self) -> str:
        """Which of its events are read, in words."""
        if self.sample < 1:
            return f"a sample of {self.sample * 100:g} % of the cases was read: intervals are wider than those of all cases"
        return "all cases were read"

    def asked(self, asked: Asked) -> DatabaseSource:
        """The source with what was asked for this once in place of what it says itself."""
        given = {
            one.name: value
            for one in fields(Columns)
            if (value := getattr(asked.columns, one.name)) is not None
        }
        formats = asked.time_format
        return replace(
            self,
            columns=replace(self.columns, **given),
            zone=asked.zone or self.zone,
            time_format=formats[0] if formats else self.time_format,
        )

    def check(self) -> None:
        """Refuse what cannot be a source, before anything is opened.

        Raises:
            EventsError: E270 for an unknown engine, E278 for a key that is missing or too much.
        """
        if self.engine not in ENGINES:
            raise fail(
                "E270",
                f'no engine is called "{self.engine}"',
                self.place,
                did_you_mean(self.engine, ENGINES),
            )
        if bool(self.table) == bool(self.query):
            raise self._incomplete(
                "a source needs either a table or a query",
                'Write for example: table = "events"',
            )
        if self.engine in FILE_ENGINES and self.file is None:
            raise self._incomplete(
                f"a source of {self.engine} needs its file",
                'Write for example: file = "events.db"',
            )
        if self.engine not in FILE_ENGINES and not _VARIABLE.fullmatch(self.connection):
            # what stands there may be the secret itself, so it is not repeated
            raise self._incomplete(
                "connection is not the name of an environment variable",
                'Put the connection into the environment and write its name here, for example: connection = "SHOP_DB"',
            )
        if not MIN_SAMPLE <= self.sample <= 1:
            raise self._incomplete(
                "sample is no share from 0.001 to 1",
                "Write for example: sample = 0.1",
            )
        if self.may_leave not in (EVENTS, COUNTS):
            raise self._incomplete(
                "may_leave is neither events nor counts",
                'Write for example: may_leave = "counts"',
            )
        for role in ("case", "activity", "time"):
            if not getattr(self.columns, role):
                raise self._incomplete(
                    f"the column of the {role} is not named",
                    f'Write for example: {role} = "{role}_column"',
                )

    def open(self) -> Database:
        """The database, to be used in a `with` block.

        Raises:
            EventsError: E271 if its driver is not installed, E272 if the environment variable is not set,
                E273 if it cannot be reached.
        """
        self.check()
        secret = ""
        if self.engine not in FILE_ENGINES:
            secret = os.environ.get(self.connection, "")
            if not secret:
                raise fail(
                    "E272",
                    f"the environment variable {self.connection} is not set",
                    self.place,
                    f"Set it to the connection, for example: export {self.connection}={SERVERS[self.engine]}",
                )
        try:
            return self._opener()(secret)
        except ImportError:
            raise fail(
                "E271",
                f"the driver for {self.engine} is not installed",
                self.place,
                f"Install it: pip install 'desirepath[{self.engine}]'",
            ) from None
        except DatabaseError as error:
            raise fail(
                "E273",
                f"the database cannot be opened: {self.cleaned(error)}",
                self.place,
                self._advice(),
            ) from None

    def _opener(self) -> Callable[[str], Database]:
        """How the database is opened with its secret; drivers are loaded when they are needed."""
        file = self.file or Path()
        match self.engine:
            case "sqlite":
                from desirepath.events.engine.sqlite import SQLite  # noqa: PLC0415

                return lambda _: SQLite(file)
            case "duckdb":
                from desirepath.events.engine.duckdb_file import (  # noqa: PLC0415
                    DuckDBFile,
                )

                return lambda _: DuckDBFile(file)
            case "datafusion":
                from desirepath.events.engine.datafusion import (  # noqa: PLC0415
                    DataFusion,
                )

                return lambda _: DataFusion(file)
            case "clickhouse":
                from desirepath.events.engine.clickhouse import (  # noqa: PLC0415
                    ClickHouse,
                )

                return ClickHouse
            case "spark":
                from desirepath.events.engine.spark import Spark  # noqa: PLC0415

                return Spark
        from desirepath.events.engine.postgres import Postgres  # noqa: PLC0415

        return Postgres

    def _advice(self) -> str:
        if self.engine in FILE_ENGINES:
            return (
                "Check the path of the file, and that no other program is writing it."
            )
        return f"Check the connection in {self.connection}, and that the server can be reached from here."

    def _incomplete(self, what: str, hint: str) -> EventsError:
        return fail("E278", what, self.place, hint)

    def cleaned(self, error: Exception) -> str:
        """First line of what a driver said, without anything of the connection.

        Args:
            error: What it raised.
        """
        said = str(error).strip().splitlines()
        text = said[0] if said else "no reason was given"
        secret = os.environ.get(self.connection, "") if self.connection else ""
        for part in sorted(_parts_of(secret), key=len, reverse=True):
            text = text.replace(part, "…")
        return text


def _parts_of(secret: str) -> set[str]:
    """What of a connection must not be shown: all of it, its password, user and host, coded or not."""
    if not secret:
        return set()
    found = {secret, *(word.strip("'") for word in _WORDS.findall(secret))}
    found |= set(_PARAMETERS.findall(secret)) - {"true", "false"}
    try:
        parts = urlsplit(secret)
        found |= {
            parts.netloc,
            parts.password or "",
            parts.username or "",
            parts.hostname or "",
        }
    except ValueError:
        found |= {secret.rpartition("@")[0]}
    return {one for part in found for one in (part, unquote(part)) if one}
