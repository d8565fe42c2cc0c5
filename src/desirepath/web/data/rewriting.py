"""The file that is kept: the one that was sent, with private columns treated as somebody decided."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from desirepath.events.engine.duckdb import DuckDB
from desirepath.events.feedback.sheets import rows_of
from desirepath.events.schema import Table
from desirepath.events.sources.files import find_tables
from desirepath.web.data.answers import table_of
from desirepath.web.data.private import treatment
from desirepath.web.data.proofs import prove

AT_ONCE = 100_000  # rows
Treat = Callable[[Sequence[str]], Sequence[str]]
Rows = Sequence[Sequence[str]]


def rewrite(
    file: str,
    kept: str,
    said: Mapping[str, Any],
    columns: Sequence[Mapping[str, Any]],
    key_file: str,
) -> dict[str, Any]:
    """Write the file that is kept, and read it once more.

    Args:
        file: Name of the file that was sent, in this folder.
        kept: Name of the file to write, as CSV.
        said: Fields of `proofs.Said` that hold after columns were left out.
        columns: For each column, in order: `how` it is treated, and whether it `is_watched`.
        key_file: Where the secret of the hashes stands, in this folder.

    Returns:
        The proof of the file that is kept.
    """
    key = Path(key_file).read_bytes()
    treats = [_treat(one, key) for one in columns]
    heads = [treat and _same for treat in treats]
    with tempfile.TemporaryDirectory(prefix="desirepath-") as folder:
        rows = _rows(Path(file), Path(folder), str(said["kind"]), len(columns))
        with Path(kept).open("w", encoding="utf-8", newline="") as sink:
            writer = csv.writer(sink, lineterminator="\n")
            for is_head, some in rows:
                writer.writerows(_treated(some, heads if is_head else treats))
    return prove(kept, said)


def _treat(column: Mapping[str, Any], key: bytes) -> Treat | None:
    if column["how"] == "drop":
        return None
    return treatment(column["how"], key, is_watched=column["is_watched"])


def _same(cells: Sequence[str]) -> Sequence[str]:
    return cells


def _treated(rows: Rows, treats: Sequence[Treat | None]) -> Iterable[Sequence[str]]:
    """Rows of equal length, column by column."""
    columns = zip(zip(*rows, strict=True), treats, strict=False)
    told = [treat(cells) for cells, treat in columns if treat is not None]
    return zip(*told, strict=True) if told else [()] * len(rows)


def _rows(
    file: Path, scratch: Path, kind: str, width: int
) -> Iterator[tuple[bool, Rows]]:
    """Rows of a file, some at a time, with whether they stand above the values."""
    if kind == "events":
        own = scratch / "tables"
        own.mkdir()
        return _rows_of_engine(find_tables([file], own)[0], scratch)
    table = table_of(file, scratch)
    if table.kind != "csv":
        return _rows_of_engine(table, scratch)
    return _rows_of_answers(table, width)


def _rows_of_engine(table: Table, scratch: Path) -> Iterator[tuple[bool, Rows]]:
    with DuckDB((table,), scratch) as engine:
        names = engine.columns[0]
        yield True, [names]
        picks = ", ".join(
            f"COALESCE(CAST(c{i} AS VARCHAR), '')" for i in range(len(names))
        )
        query = f"SELECT {picks} FROM raw0 WHERE r >= ? AND r < ? ORDER BY r"  # noqa: S608 - numbers only
        for start in range(0, engine.row_count(0), AT_ONCE):
            yield False, engine.rows(query, [start, start + AT_ONCE])


def _rows_of_answers(table: Table, width: int) -> Iterator[tuple[bool, Rows]]:
    rows, head = rows_of(table)
    for number, row in enumerate(rows):
        # rows with more cells than the header are no answers; cut to size they would become some
        if len(row) <= width:
            yield number < head, [row]
