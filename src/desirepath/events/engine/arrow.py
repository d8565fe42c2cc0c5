"""Between Arrow tables, in which some drivers answer, and arrays. Needs PyArrow, which those drivers bring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def arrays_of(table: Any) -> Mapping[str, NDArray[Any]]:
    """Columns of an Arrow table: int64 where they are whole numbers, objects elsewhere.

    Examples:
        >>> import pyarrow as pa
        >>> arrays_of(pa.table({"n": [1, 2], "text": ["a", None]}))
        {'n': array([1, 2]), 'text': array(['a', None], dtype=object)}
    """
    import pyarrow as pa  # noqa: PLC0415 - an optional driver

    found: dict[str, NDArray[Any]] = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        if pa.types.is_integer(column.type) and not column.null_count:
            found[name] = column.to_numpy().astype(np.int64, copy=False)
        else:
            found[name] = np.array(column.to_pylist(), dtype=object)
    return found


def rows_of(table: Any) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Rows of an Arrow table, some at a time."""
    for batch in table.to_batches():
        yield list(zip(*(column.to_pylist() for column in batch.columns), strict=True))


def table_of(columns: Mapping[str, tuple[str, Sequence[object]]]) -> Any:
    """Arrow table of columns as `Database.put` takes them.

    Examples:
        >>> table_of({"c": ("BIGINT", range(2))}).to_pydict()
        {'c': [0, 1]}
    """
    import pyarrow as pa  # noqa: PLC0415 - an optional driver

    return pa.table(
        {
            name: pa.array(
                list(values), pa.string() if kind == "VARCHAR" else pa.int64()
            )
            for name, (kind, values) in columns.items()
        }
    )
