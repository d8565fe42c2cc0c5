"""Spark: a session of its own, over Spark Connect or inside this process. Nothing is written, not even a view of yours."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from numpy.typing import NDArray

from desirepath.events.engine.arrow import arrays_of, rows_of, table_of
from desirepath.events.engine.database import PREFIX, Database, DatabaseError
from desirepath.events.engine.dialects import DIALECTS

REMOTE = "sc"
FIRST_RETRIES = 2
NUMBERS = ("tinyint", "smallint", "int", "bigint", "float", "double", "decimal")
TEXTS = ("string", "char", "varchar")
LIGHT = "the light client understands sc://host:port only; for the master of a cluster, install pyspark in its place"
KINDS = {
    "timestamp": "TIMESTAMP WITH TIME ZONE",
    "timestamp_ntz": "TIMESTAMP",
    "date": "DATE",
}
_DETAILS = re.compile(r'details = "(.*)"')


class Spark(Database):
    """Reads one cluster.

    Args:
        connection: URL of Spark Connect such as ``sc://host:15002/;token=…``, or the master of a
            cluster such as ``spark://host:7077`` where the whole of Spark is installed; a secret.

    Raises:
        DatabaseError: it cannot be reached.
        ImportError: the driver is not installed.
    """

    dialect = DIALECTS["spark"]

    def __init__(self, connection: str) -> None:
        self._views: set[str] = set()
        self._kept: list[Any] = []
        with warnings.catch_warnings():
            # Spark warns of new versions of pandas, which is not used here
            warnings.simplefilter("ignore")
            # drivers raise errors of networks and of Java as well as their own
            try:
                self._session, self._is_own = _session(connection)
                self._session.conf.set("spark.sql.session.timeZone", "UTC")
            except ImportError:
                raise
            except Exception as error:  # noqa: BLE001
                raise DatabaseError(told(error)) from None

    def close(self) -> None:
        """Leave nothing behind; a session that others began goes on."""
        with suppress(Exception):
            for frame in self._kept:
                frame.unpersist()
            for name in self._views:
                self._session.catalog.dropTempView(name)
        if self._is_own:
            with suppress(Exception):
                self._session.stop()

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
        try:
            schema = self._session.sql(sql).schema
        except Exception as error:  # noqa: BLE001
            raise DatabaseError(told(error)) from None
        return [(one.name, one.dataType.simpleString()) for one in schema.fields]

    def _table(self, sql: str) -> Any:
        """Result of a query as an Arrow table."""
        try:
            return self._session.sql(sql).toArrow()
        except Exception as error:  # noqa: BLE001
            raise DatabaseError(told(error)) from None

    def blocks(self, sql: str) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Rows of a query, some at a time."""
        yield from rows_of(self._table(sql))

    def arrays(self, sql: str) -> Mapping[str, NDArray[Any]]:
        """Result of a query as one NumPy array per column."""
        return arrays_of(self._table(self._relation + sql))

    def keep(self, name: str, sql: str) -> None:
        """Hold the result of a query while the session lasts, as far as the cluster has room."""
        try:
            frame = self._session.sql(self._relation + sql).persist()
            frame.createOrReplaceTempView(f"{PREFIX}{name}")
        except Exception as error:  # noqa: BLE001
            raise DatabaseError(told(error)) from None
        self._kept.append(frame)
        self._views.add(f"{PREFIX}{name}")

    def put(
        self, name: str, columns: Mapping[str, tuple[str, Sequence[object]]]
    ) -> None:
        """Make a view of the session."""
        try:
            frame = self._session.createDataFrame(table_of(columns))
            frame.createOrReplaceTempView(f"{PREFIX}{name}")
        except Exception as error:  # noqa: BLE001
            raise DatabaseError(told(error)) from None
        self._views.add(f"{PREFIX}{name}")


def kind_of(kind: str) -> str:
    """Kind of a column of a type.

    Examples:
        >>> kind_of("decimal(10,2)"), kind_of("timestamp_ntz"), kind_of("string collate UTF8_LCASE")
        ('NUMBER', 'TIMESTAMP', 'TEXT')
    """
    if kind in KINDS:
        return KINDS[kind]
    if kind.startswith(NUMBERS) and not kind.startswith("interval"):
        return "NUMBER"
    return "TEXT" if kind.startswith(TEXTS) else kind


def told(error: Exception) -> str:
    r"""What went wrong, out of what a remote call says around it.

    Examples:
        >>> told(ValueError('<RPC that terminated with:\n\tdetails = "no such host"\n>'))
        'no such host'
    """
    details = _DETAILS.search(str(error))
    return details[1] if details else str(error)


@contextmanager
def _seen_as_program() -> Iterator[None]:
    """Keep Spark from taking us for its own doctests, and ending the process, where no file is run: `python -c`, workers."""
    main = sys.modules["__main__"]
    if hasattr(main, "__file__"):
        yield
        return
    main.__file__ = ""
    try:
        yield
    finally:
        del main.__file__


def _session(connection: str) -> tuple[Any, bool]:
    """A session of our own, and whether what it runs in is ours as well."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an optional driver
    from pyspark.util import is_remote_only  # noqa: PLC0415

    if urlsplit(connection).scheme == REMOTE:
        with _seen_as_program():
            from pyspark.sql.connect.client.retries import (  # noqa: PLC0415
                DefaultPolicy,
            )

        remote: Any = SparkSession.builder.remote(connection).create()
        # by default it would go on for many minutes where nobody listens
        remote.client.set_retry_policies([DefaultPolicy(max_retries=FIRST_RETRIES)])
        try:
            remote.sql("SELECT 1").collect()
        except Exception:
            remote.stop()
            raise
        remote.client.set_retry_policies([DefaultPolicy()])
        return remote, True
    if is_remote_only():
        raise DatabaseError(LIGHT)
    is_own = SparkSession.getActiveSession() is None
    first = SparkSession.builder.master(connection).appName("desirepath").getOrCreate()
    return first.newSession(), is_own
