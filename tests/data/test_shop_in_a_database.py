"""A real shop gives the same sequences from its file and from a database."""

from __future__ import annotations

import csv
import gzip
import sqlite3
from pathlib import Path

import pytest
from tests.real_data import source

from desirepath.events.database_source import DatabaseSource
from desirepath.events.read import read_events
from desirepath.events.schema import Columns

pytestmark = pytest.mark.data


def test_a_shop_in_a_database_gives_what_its_file_gives(tmp_path: Path) -> None:
    file = source("rete-ecom/ecom.csv.gz")
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    database = tmp_path / "shop.db"
    names = ", ".join(f'"{name}"' for name in header)
    with sqlite3.connect(database) as con:
        con.execute(f"CREATE TABLE clicks ({names}, place)")
        marks = ", ".join("?" * (len(header) + 1))
        con.executemany(
            f"INSERT INTO clicks VALUES ({marks})",  # noqa: S608 - marks only
            [(*row, number) for number, row in enumerate(rows)],
        )
    con.close()
    columns = Columns(
        case="session_id",
        customer="user_id",
        activity="event",
        time="timestamp",
        segments=("platform", "acquisition_channel"),
    )
    expected = read_events(file, columns=columns, keep_duplicates=True)
    found = read_events(
        DatabaseSource("sqlite", columns, table="clicks", file=database),
        columns=Columns(sequence="place"),
        keep_duplicates=True,
    )
    assert found.event_count == len(rows) == expected.event_count
    for name in ("offsets", "codes", "times_us", "case_keys", "customers"):
        assert getattr(found, name).tolist() == getattr(expected, name).tolist()
    assert found.activities == expected.activities
    for name, segment in expected.segments.items():
        assert found.segments[name].values == segment.values
        assert found.segments[name].codes.tolist() == segment.codes.tolist()
