"""Tables that no person ever made are refused before they are read; wide ones that people make are read."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from desirepath.errors import EventsError
from desirepath.events.engine import duckdb
from desirepath.events.engine.duckdb import DuckDB
from desirepath.events.read import read_events
from desirepath.events.schema import ColumnProfile
from desirepath.events.sources import limits
from desirepath.events.sources.files import find_tables

LONG = "1" * 1_001


def refused(path: Path) -> str:
    with pytest.raises(EventsError) as caught:
        read_events(path)
    return str(caught.value).partition("\n")[0].replace(str(path), path.name)


@pytest.mark.parametrize("block", [4 * 1024**2, 700, 1_500])
@pytest.mark.parametrize("number", [LONG, f"-{LONG}", f"0.{LONG}", f"1e{LONG}"])
def test_a_number_that_is_none_is_found_with_its_line(
    number: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BLOCK", block)
    path = tmp_path / "a.jsonl"
    path.write_text('{"event": "a"}\n' * 150 + f'{{"event": {number}}}\n')
    assert refused(path) == "a.jsonl:151: a number has more than 1,000 digits [E214]"


def test_digits_in_quotes_are_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [f'{{"session_id": "{LONG}", "event": "{name}", "at": "2024-01-0{day} 10:00:00", "n": -1.5e3}}\n' for day, name in enumerate(("home", "buy"), 1)]  # fmt: skip
    path.write_text("".join(rows))
    assert read_events(path).event_count == 2


@pytest.mark.parametrize("way", ["columns", "parts of one column"])
def test_parquet_with_too_many_columns_is_not_described(
    way: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.parquet"
    values = {f"c{number}": 1 for number in range(limits.MAX_COLUMNS + 1)}
    pq.write_table(pa.Table.from_pylist([values if way == "columns" else {"a": values}]), path)  # fmt: skip
    assert refused(path) == "a.parquet: the file has 2,001 columns, more than 2,000 [E212]"  # fmt: skip


def test_columns_are_profiled_alike_one_by_one_and_many_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    rows = [[str(row * column % 7) if (row + column) % 3 else "" for column in range(40)] for row in range(50)]  # fmt: skip
    names = [f"n{column}" for column in range(40)]
    path.write_text("\n".join(",".join(row) for row in [names, *rows]) + "\n")
    for cells in (50, 1_000, 1_000_000):
        monkeypatch.setattr(duckdb, "CELLS_AT_ONCE", cells)
        (tmp_path / str(cells)).mkdir()
        with DuckDB(find_tables([path], tmp_path / str(cells)), tmp_path) as engine:
            found = engine.profile(0)
        for index, one in enumerate(found):
            filled = [row[index] for row in rows if row[index]]
            samples = tuple(dict.fromkeys(filled))
            assert one == ColumnProfile(names[index], index, "VARCHAR", len(filled), len(samples), samples)  # fmt: skip
    monkeypatch.setattr(duckdb, "PROFILE_CELLS", 40 * 5)  # five rows
    with DuckDB(find_tables([path], tmp_path / "50" / "0"), tmp_path) as engine:
        filled = [row[1] for row in rows[:5] if row[1]]
        assert engine.profile(0)[1].filled_count == len(filled)
