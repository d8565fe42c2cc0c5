"""The embedded engine: DuckDB, shut off from everything but the files it was given. The only place that talks to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb  # noqa: TID251 - this is the engine
import numpy as np
from numpy.typing import NDArray

from desirepath.events.engine.contract import DUCKDB, Contract, union
from desirepath.events.engine.machine import memory_limit, thread_count
from desirepath.events.engine.relation import PART_BITS, Shape
from desirepath.events.engine.wrong import MAX_LINE_BYTES, empty, explained
from desirepath.events.schema import ColumnProfile, Table
from desirepath.events.sources.jsonl import broken_line
from desirepath.events.sources.limits import MAX_COLUMNS, too_wide

PROFILE_ROWS = 50_000
PROFILE_CELLS = 4_000_000  # fewer rows of tables with very many columns
CELLS_AT_ONCE = 1_000_000
SAMPLES = 400
MAX_FIELDS = 500
FILE_BITS = 40  # a row number leaves this much room below the number of its file


class _Stream:
    """The stream of a frame and nothing else of it, so that no other library is loaded."""

    def __init__(self, frame: Any) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__()


def quoted(name: str) -> str:
    """Identifier, safe whatever it holds."""
    return DUCKDB.quoted(name)


def _literal(text: str) -> str:
    """Text constant; used for paths in settings, which take no parameters."""
    return "'" + text.replace("'", "''") + "'"


class DuckDB:
    """A private database over the given tables; use it in a `with` block.

    Tables are known as ``raw0``, ``raw1``, … with columns ``c0``, ``c1``, … and the row number ``r``,
    so that names chosen by users never meet SQL again.
    """

    def __init__(self, tables: Sequence[Table], scratch: Path) -> None:
        self.columns: list[tuple[str, ...]] = []
        self.types: list[tuple[str, ...]] = []
        self._tables = tuple(tables)
        self._con = duckdb.connect(":memory:")
        files = ", ".join(_literal(str(file)) for t in tables for file in t.files)
        for setting in (
            "SET TimeZone = 'UTC'",
            f"SET threads = {thread_count()}",
            f"SET memory_limit = '{memory_limit()}B'",
            "SET autoinstall_known_extensions = false",
            "SET autoload_known_extensions = false",
            f"SET temp_directory = {_literal(str(scratch / 'spill'))}",
            f"SET allowed_paths = [{files}]",
            "SET enable_external_access = false",
            "SET lock_configuration = true",
        ):
            self._con.execute(setting)

    def __enter__(self) -> Self:
        try:
            for number, table in enumerate(self._tables):
                self._load(number, table)
        except BaseException:
            self._con.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._con.close()

    def relate(self, selects: Sequence[str]) -> None:
        """Make the relation ``events`` of the contract."""
        self.execute(f"CREATE OR REPLACE TEMP VIEW events AS {union(selects)}")

    def execute(self, sql: str, values: Sequence[object] = ()) -> None:
        """Run a statement."""
        self._con.execute(sql, list(values))

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Result of a query with few rows."""
        return self._con.execute(sql, list(values)).fetchall()

    def arrays(
        self, sql: str, values: Sequence[object] = ()
    ) -> Mapping[str, NDArray[Any]]:
        """Result of a query as one NumPy array per column."""
        return self._con.execute(sql, list(values)).fetchnumpy()

    def put(
        self, name: str, columns: Mapping[str, tuple[str, Sequence[object]]]
    ) -> None:
        """Make a small table of values.

        Args:
            name: Name of the table, one of ours.
            columns: SQL type and values by column name, all of one length.
        """
        unnested = ", ".join(
            f"UNNEST(CAST(? AS {kind}[])) AS {column}"
            for column, (kind, _) in columns.items()
        )
        self._con.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {unnested}",
            [list(values) for _, values in columns.values()],
        )

    def row_count(self, number: int) -> int:
        """Rows of a table."""
        return int(self.rows(f"SELECT COUNT(*) FROM raw{number}")[0][0])

    def row_hashes(
        self, shapes: Sequence[Shape], rows: NDArray[np.int64]
    ) -> NDArray[np.uint64]:
        """uint64[n], hash over all columns of rows of the relation, only comparable within one run.

        Args:
            shapes: Of all tables.
            rows: Row numbers of the relation, as in its column r.
        """
        self._con.register("wanted", {"r": np.ascontiguousarray(rows)})
        hashes = " UNION ALL ".join(
            f"SELECT {shape.number} * {1 << PART_BITS} + x.r * {len(shape.times)} + p.p AS r, hash({', '.join(f'x.c{i}' for i in range(len(self.columns[shape.number])))}, p.p) AS h "
            f"FROM raw{shape.number} x, (SELECT UNNEST(range({len(shape.times)})) AS p) p"
            for shape in shapes
        )
        found = self.arrays(
            f"SELECT w.r AS r, h.h AS h FROM wanted w JOIN ({hashes}) h ON w.r = h.r ORDER BY w.r"
        )
        self._con.unregister("wanted")
        return np.asarray(found["h"])[np.searchsorted(found["r"], rows)]

    def key_rows(self, shapes: Sequence[Shape]) -> Mapping[str, NDArray[Any]]:
        """Distinct combinations of the keys of customers, k0, k1, …, and rows n of each."""
        selects = " UNION ALL ".join(shape.key_select() for shape in shapes)
        names = ", ".join(f"k{i}" for i in range(len(shapes[0].keys)))
        return self.arrays(
            f"SELECT {names}, COUNT(*) AS n FROM ({selects}) GROUP BY {names} ORDER BY {names}"
        )

    def put_customers(
        self, tags: Sequence[str], customers: Sequence[Mapping[str, str]]
    ) -> None:
        """Make the tables by which values of keys become customers.

        Args:
            tags: What goes before a value of each key that is joined to nothing.
            customers: For each key, customer by value where that is another.
        """
        self.put(
            "identity_tag",
            {"key": ("INTEGER", range(len(tags))), "tag": ("VARCHAR", tags)},
        )
        for number, names in enumerate(customers):
            self.put(
                f"identity{number}",
                {
                    "value": ("VARCHAR", list(names)),
                    "customer": ("VARCHAR", list(names.values())),
                },
            )

    def case_ids(self, contract: Contract, keys: Sequence[int]) -> Mapping[int, str]:
        """Case ids by key, for the few cases a person should look at."""
        self.put("wanted_case", {"c": ("BIGINT", keys)})
        return dict(
            self.rows(
                f"SELECT w.c, MIN(e.case_id) FROM events e JOIN wanted_case w ON {contract.dialect.key.format('e.case_id')} = w.c GROUP BY w.c"
            )
        )

    def profile(self, number: int) -> tuple[ColumnProfile, ...]:
        """What the first rows of a table say about each column."""
        count = len(self.columns[number])
        most_rows = min(PROFILE_ROWS, PROFILE_CELLS // max(count, 1))
        # to name a view of very many columns takes long each time
        self._con.execute(
            f"CREATE TEMP TABLE first_rows AS SELECT * FROM raw{number} LIMIT {most_rows}"
        )
        at_once = max(1, CELLS_AT_ONCE // most_rows)
        found = [
            row
            for first in range(0, count, at_once)
            for row in self._values(range(first, min(first + at_once, count)))
        ]
        self._con.execute("DROP TABLE first_rows")
        samples: list[list[str]] = [[] for _ in range(count)]
        counts = [(0, 0)] * count
        for index, value, filled, distinct in found:
            samples[index].append(value)
            counts[index] = int(filled), distinct
        return tuple(
            ColumnProfile(
                name=self.columns[number][index],
                index=index,
                type=self.types[number][index],
                filled_count=counts[index][0],
                distinct_count=counts[index][1],
                samples=tuple(samples[index]),
            )
            for index in range(count)
        )

    def _values(self, columns: range) -> list[tuple[Any, ...]]:
        """Column, value, filled cells and different values of some columns, values in their order."""
        cells = ", ".join(f"CAST(c{index} AS VARCHAR)" for index in columns)
        return self.rows(
            f"""WITH cells AS (SELECT UNNEST([{cells}]) AS v, UNNEST({list(columns)}) AS i, r FROM first_rows),
            found AS (SELECT i, v, COUNT(*) AS n, MIN(r) AS f FROM cells WHERE v <> '' GROUP BY i, v)
            SELECT i, v, SUM(n) OVER (PARTITION BY i), COUNT(*) OVER (PARTITION BY i) FROM found
            QUALIFY ROW_NUMBER() OVER (PARTITION BY i ORDER BY f) <= {SAMPLES} ORDER BY i, f"""
        )

    def _load(self, number: int, table: Table) -> None:
        """Make one table known."""
        try:
            {
                "csv": self._load_csv,
                "json": self._load_json,
                "parquet": self._load_parquet,
                "frame": self._load_frame,
            }[table.kind](number, table)
        except duckdb.Error as error:
            raise explained(error, table) from None

    def _known(self, number: int, columns: Sequence[str], source: str) -> None:
        """Remember names and types of a table."""
        described = self.rows(f"DESCRIBE {source}")
        self.types.append(tuple(str(row[1]) for row in described[: len(columns)]))
        self.columns.append(tuple(columns))
        if len(self.columns) != number + 1:
            msg = "tables must be loaded in order"
            raise RuntimeError(msg)

    def _load_csv(self, number: int, table: Table) -> None:
        """Text tables are read once, every value as text."""
        kinds = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(table.columns)))
        self._con.execute(
            f"""CREATE TEMP TABLE data{number} AS SELECT * FROM read_csv(?, delim = ?, header = true, skip = {table.skip},
            quote = '"', escape = '"', auto_detect = false, max_line_size = {MAX_LINE_BYTES}, null_padding = {str(table.is_padded).lower()}, columns = {{{kinds}}})""",
            [[str(file) for file in table.files], table.delimiter],
        )
        self._view_of_data(number)
        self._known(number, table.columns, f"data{number}")

    def _view_of_data(self, number: int) -> None:
        """The loaded table together with its row numbers."""
        self._con.execute(
            f"CREATE TEMP VIEW raw{number} AS SELECT *, rowid AS r FROM data{number}"
        )

    def _load_json(self, number: int, table: Table) -> None:
        """JSON objects become one text column per key, one level of nested keys included."""
        try:
            self._con.execute(
                f"CREATE TEMP TABLE object{number} AS SELECT json AS j FROM read_json_objects(?, format = 'auto', maximum_object_size = {MAX_LINE_BYTES * 2})",
                [[str(file) for file in table.files]],
            )
            kinds = self.rows(
                f"SELECT COUNT(*) FILTER (NOT json_valid(j)), COUNT(*) FILTER (json_valid(j) AND json_type(j) <> 'OBJECT'), COUNT(*) FROM object{number}"
            )[0]
        except duckdb.Error:
            raise broken_line(table) from None
        if kinds[0] or kinds[1]:
            raise broken_line(table)
        fields = self._fields_of(number)
        if not kinds[2] or not fields:
            raise empty(table)
        picks = ", ".join(
            f"json_extract_string(j, ?) AS c{i}" for i in range(len(fields))
        )
        self._con.execute(
            f"CREATE TEMP TABLE data{number} AS SELECT {picks} FROM object{number}",
            [pointer for _, pointer in fields],
        )
        self._con.execute(f"DROP TABLE object{number}")
        self._view_of_data(number)
        self._known(number, [name for name, _ in fields], f"data{number}")

    def _fields_of(self, number: int) -> list[tuple[str, str]]:
        """Name and JSON pointer of each key in the first objects, nested ones as ``outer.inner``."""
        start = f"(SELECT j, rowid AS r FROM object{number} LIMIT {PROFILE_ROWS})"
        top = self.rows(
            f"SELECT k, bool_or(json_type(j, '/' || replace(replace(k, '~', '~0'), '/', '~1')) = 'OBJECT') FROM (SELECT j, r, UNNEST(json_keys(j)) AS k FROM {start}) GROUP BY k ORDER BY MIN(r), k"
        )
        fields: list[tuple[str, str]] = []
        for key, is_nested in top:
            pointer = "/" + key.replace("~", "~0").replace("/", "~1")
            if not is_nested:
                fields.append((key, pointer))
                continue
            inner = self.rows(
                f"SELECT k FROM (SELECT r, UNNEST(json_keys(j, ?)) AS k FROM {start}) GROUP BY k ORDER BY MIN(r), k",
                [pointer],
            )
            fields += [
                (
                    f"{key}.{name}",
                    f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}",
                )
                for (name,) in inner
            ]
        return fields[:MAX_FIELDS]

    def _load_parquet(self, number: int, table: Table) -> None:
        """Parquet files stay where they are; queries read the columns they need."""
        files = [str(file) for file in table.files]
        listed = "[" + ", ".join(_literal(file) for file in files) + "]"
        self._refuse_wide(files[0], table)
        names = [
            str(row[0])
            for row in self.rows(f"DESCRIBE SELECT * FROM read_parquet({listed})")
        ]
        is_taken = "file_row_number" in (name.lower() for name in names)
        if len(files) == 1 and not is_taken:
            # as an option the number costs half of what it costs as a virtual column (DuckDB 2.0.0)
            source, row = (
                f"read_parquet({listed}, file_row_number = true)",
                "file_row_number",
            )
        elif is_taken:
            source, row = f"read_parquet({listed})", "ROW_NUMBER() OVER () - 1"
        else:
            source = f"read_parquet({listed})"
            row = f"file_row_number + file_index * {1 << FILE_BITS}"
        picks = "".join(f"{quoted(name)} AS c{i}, " for i, name in enumerate(names))
        self._con.execute(
            f"CREATE TEMP VIEW raw{number} AS SELECT {picks}{row} AS r FROM {source}"
        )
        self._known(number, names, f"raw{number}")

    def _refuse_wide(self, file: str, table: Table) -> None:
        """Look at the end of a Parquet file first: to describe very many columns takes long."""
        columns = self.rows(
            "SELECT COUNT(*) FROM parquet_schema(?) WHERE type IS NOT NULL", [file]
        )
        if columns[0][0] > MAX_COLUMNS:
            raise too_wide("the file has", columns[0][0], table.place)

    def _load_frame(self, number: int, table: Table) -> None:
        """A frame is copied once; a stream could not be read twice."""
        frame = table.frame if isinstance(table.frame, dict) else _Stream(table.frame)
        self._con.register("frame", frame)
        self._con.execute(
            f"CREATE TEMP TABLE data{number} AS SELECT *, ROW_NUMBER() OVER () - 1 AS {quoted('row of the frame')} FROM frame"
        )
        self._con.unregister("frame")
        names = [str(row[0]) for row in self.rows(f"DESCRIBE data{number}")]
        picks = ", ".join(
            f"{quoted(name)} AS c{i}" for i, name in enumerate(names[:-1])
        )
        self._con.execute(
            f"CREATE TEMP VIEW raw{number} AS SELECT {picks}, {quoted(names[-1])} AS r FROM data{number}"
        )
        self._known(number, names[:-1], f"raw{number}")
