"""Ask the engine how many rows of each activity hold given values in a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desirepath.errors import did_you_mean
from desirepath.events.engine.contract import DUCKDB, union
from desirepath.events.engine.duckdb import DuckDB
from desirepath.events.schema import fail
from desirepath.events.table import TableRead
from desirepath.events.told import ColumnRule, Told, told_of


def tell(engine: DuckDB, reads: Sequence[TableRead], rule: ColumnRule) -> Told:
    """Rows of each activity, and those that hold one of the values in the column.

    Args:
        engine: Holds the tables, with all that `read_table` gave it.
        reads: The tables; those without the column hold none of the values.
        rule: The column and its values.

    Raises:
        EventsError: E223 if no table has the column.
    """
    if not any(rule.column in read.columns for read in reads):
        columns = [name for read in reads for name in read.columns]
        raise fail(
            "E223",
            f'no column is called "{rule.column}"',
            reads[0].part.table.place,
            did_you_mean(rule.column, columns),
        )
    # the column stands where segments do
    shapes = [
        replace(
            read.shape,
            segments=(
                read.columns.index(rule.column)
                if rule.column in read.columns
                else None,
            ),
        )
        for read in reads
    ]
    relation = union([select for shape in shapes for select in shape.selects()])
    counts = engine.rows(DUCKDB.hits(relation), [rule.regex])
    return told_of(rule, ((name.strip() or name, n, hits) for name, n, hits in counts))
