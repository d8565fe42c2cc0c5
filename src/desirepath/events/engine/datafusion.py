"""DataFusion: a file or folder of events as one table, queried inside this process; it may read and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirepath.events.engine.arrow import arrays_of, rows_of, table_of
from desirepath.events.engine.database import PREFIX, Database, DatabaseError
from desirepath.events.engine.dialects import DIALECTS
from desirepath.events.engine.machine import thread_count

LETTERS = 32
DIGITS = 15  # that count, four bits each
NUMBERS = ("int", "uint", "float", "double", "halffloat", "decimal")
SUFFIXES = (".parquet", ".csv", ".json", ".avro", ".arrow")


class DataFusion(Database):
    """Reads one file or folder.

    Args:
        file: A file, or a folder of files of one kind: Parquet, CSV, JSON lines, Avro or Arrow. Its table
            is called as the file is, without what follows the first dot.

    Raises:
        DatabaseError: it cannot be opened.
        ImportError: the driver is not installed.
    """

    dialect = DIALECTS["datafusion"]

    def __init__(self, file: Path) -> None:
        import datafusion  # noqa: PLC0415 - an optional driver
        import pyarrow as pa  # noqa: PLC0415 - it comes with the driver

        self._options = (
            datafusion.SQLOptions()
            .with_allow_ddl(allow=False)
            .with_allow_dml(allow=False)
            .with_allow_statements(allow=False)
        )
        settings = datafusion.SessionConfig().with_target_partitions(thread_count())
        self._context = datafusion.SessionContext(settings)
        self._context.register_udf(
            datafusion.udf(
                _hex_keys, [pa.string()], pa.int64(), "immutable", "desirepath_hex"
            )
        )
        kind = kind_of_files(file)
        register = getattr(self._context, f"register_{kind}")
        ending = {} if kind == "parquet" else {"file_extension": f".{kind}"}
        try:
            register(file.name.partition(".")[0], str(file.resolve()), **ending)
        except Exception as error:  # noqa: BLE001 - it raises its own errors as bare ones
            raise DatabaseError(str(error)) from None

    def close(self) -> None:
        """Leave nothing behind."""
        del self._context

    def columns(self, source: str) -> Mapping[str, str]:
        """Names and kinds."""
        return {
            one.name: kind_of(str(one.type))
            for one in self._frame(f"SELECT * FROM {source} x").schema()
        }

    def names(self, sql: str) -> tuple[str, ...]:
        """Columns of a query."""
        return tuple(one.name for one in self._frame(sql).schema())

    def _frame(self, sql: str) -> Any:
        """A query that is understood and not run yet."""
        try:
            return self._context.sql_with_options(sql, self._options)
        except Exception as error:  # noqa: BLE001
            raise DatabaseError(str(error)) from None

    def _table(self, sql: str) -> Any:
        """Result of a query as an Arrow table."""
        try:
            return self._frame(sql).to_arrow_table()
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001
            raise DatabaseError(str(error)) from None

    def blocks(self, sql: str) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Rows of a query, some at a time."""
        yield from rows_of(self._table(sql))

    def arrays(self, sql: str) -> Mapping[str, NDArray[Any]]:
        """Result of a query as one NumPy array per column."""
        return arrays_of(self._table(self._relation + sql))

    def put(
        self, name: str, columns: Mapping[str, tuple[str, Sequence[object]]]
    ) -> None:
        """Make a table of the session."""
        import pyarrow as pa  # noqa: PLC0415 - it comes with the driver

        table = f"{PREFIX}{name}"
        if self._context.table_exist(table):
            self._context.deregister_table(table)
        batches = table_of(columns).to_batches()
        if not batches:
            # without any batch it would not know the columns
            batches = [pa.RecordBatch.from_pylist([], schema=table_of(columns).schema)]
        self._context.register_record_batches(table, [batches])


def kind_of_files(file: Path) -> str:
    """How a file is written, or the files of a folder, as far as it is known here.

    Raises:
        DatabaseError: it is not there, or no file of it is of a known kind.
    """
    if not file.exists():
        raise DatabaseError(f"there is no file or folder {file.name}")
    files = sorted(file.rglob("*")) if file.is_dir() else [file]
    for one in files:
        if one.suffix.lower() in SUFFIXES:
            return one.suffix.lower().removeprefix(".")
    raise DatabaseError(f"{file.name} holds no file of {', '.join(SUFFIXES)}")


def kind_of(kind: str) -> str:
    """Kind of a column of a type of Arrow.

    Examples:
        >>> kind_of("timestamp[us]"), kind_of("timestamp[ns, tz=Asia/Tokyo]"), kind_of("date32[day]"), kind_of("large_string")
        ('TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', 'DATE', 'TEXT')
    """
    if kind.startswith("timestamp"):
        return "TIMESTAMP WITH TIME ZONE" if "tz=" in kind else "TIMESTAMP"
    if kind.startswith("date"):
        return "DATE"
    if kind.startswith(NUMBERS):
        return "NUMBER"
    return "TEXT" if "string" in kind else kind


def _hex_keys(digests: Any) -> Any:
    """First 60 bits of hexadecimal digests of 32 letters; the engine has no function for it.

    Examples:
        >>> import pyarrow as pa
        >>> _hex_keys(pa.array([None, "0cc175b9c0f1b6a831c399e269772661"])).to_pylist()
        [None, 57446577476672362]
    """
    import pyarrow as pa  # noqa: PLC0415 - it comes with the driver

    is_known = np.asarray(digests.is_valid())
    keys = np.zeros(len(digests), dtype=np.int64)
    if is_known.any():
        known = digests.drop_null()
        _, starts, letters = known.buffers()
        first = np.frombuffer(starts, dtype=np.int32)[known.offset]
        size = len(known) * LETTERS
        table = np.frombuffer(letters, np.uint8, size, first).reshape(-1, LETTERS)
        for place in range(DIGITS):
            letter = table[:, place].astype(np.int64)
            # "0" to "9" stand below "a" to "f"
            digit = letter - np.where(letter > ord("9"), ord("a") - 10, ord("0"))
            keys[is_known] = keys[is_known] * 16 + digit
    return pa.array(keys, mask=~is_known)
