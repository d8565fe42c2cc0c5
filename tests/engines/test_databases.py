"""Tables of databases as sources: zones, kinds of times, filters, what is refused, what is never shown."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb  # noqa: TID251 - to make databases of it
import numpy as np
import pytest
from tests.engines.conftest import told
from tests.engines.nasty import digest
from tests.postgres import PASSWORD

from desirepath.cli.app import run
from desirepath.errors import DesirepathError
from desirepath.events.database_source import DatabaseSource
from desirepath.events.engine.dialects import DIALECTS
from desirepath.events.read import read_all, read_events
from desirepath.events.schema import Columns
from desirepath.project import read_project

ROLES = Columns(case="visit", activity="page", time="at", segments=("country",))
ROWS = [
    ("v1", "home", "2024-03-31 01:30:00", "DE", 1.0),
    ("v1", "cart_add", "2024-03-31 03:30:00", "DE", 5.5),
    ("v1", "pay", "2024-03-31T04:00:00+02:00", "DE", 20),
    ("v2", "home", "2024-10-27 01:59:00", "FR", 2),
    ("v2", "cart_drop", "2024-10-27 02:30:00", "FR", None),
    ("v2", "pay", "2024-10-27 03:00:00.000001", "FR", 7),
]
LOCAL = [(*row[:2], row[2].partition("+")[0], *row[3:]) for row in ROWS]


@pytest.fixture
def shop(tmp_path: Path) -> DatabaseSource:
    file = tmp_path / "shop.db"
    with sqlite3.connect(file) as con:
        con.execute("CREATE TABLE events (visit, page, at, country, amount)")
        con.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?)", ROWS)
    con.close()
    return DatabaseSource("sqlite", ROLES, table="events", file=file, name="shop")


@pytest.fixture
def lake(tmp_path: Path) -> DatabaseSource:
    file = tmp_path / "shop.duckdb"
    with duckdb.connect(str(file)) as con:
        con.execute(
            'CREATE TABLE events (visit VARCHAR, page VARCHAR, "at" TIMESTAMP, country VARCHAR, amount DOUBLE, ms BIGINT)'
        )
        con.executemany(
            "INSERT INTO events VALUES (?, ?, ?, ?, ?, epoch_ms(?::TIMESTAMP))",
            [(*row, row[2]) for row in LOCAL],
        )
    return DatabaseSource("duckdb", ROLES, table="events", file=file, name="lake")


def names(source: DatabaseSource) -> list[str]:
    sequences = read_events(source)
    return [sequences.activities[code] for code in sequences.codes.tolist()]


def test_zones_are_kept_as_in_files(shop: DatabaseSource, tmp_path: Path) -> None:
    file = tmp_path / "shop.csv"
    text = "\n".join(",".join(map(str, row[:4])) for row in ROWS)
    file.write_text(f"visit,page,at,country\n{text}\n")
    expected = read_events(file, columns=ROLES, zone="Europe/Paris")
    found = read_events(replace(shop, zone="Europe/Paris"))
    assert found.times_us.tolist() == expected.times_us.tolist()
    assert found.case_keys.tolist() == expected.case_keys.tolist()
    assert found.codes.tolist() == expected.codes.tolist()
    assert found.segments["country"].values == ("", "DE", "FR")


def test_times_of_every_kind_are_the_same_moments(lake: DatabaseSource) -> None:
    expected = read_events(lake).times_us
    aware = replace(
        lake,
        table="",
        query="""SELECT * REPLACE ("at" AT TIME ZONE 'UTC' AS "at") FROM events;""",
    )
    counted = replace(
        lake,
        columns=replace(ROLES, time="ms"),
        time_format="epoch-ms",
        zone="Europe/Paris",
    )
    assert read_events(aware).times_us.tolist() == expected.tolist()
    assert (
        read_events(replace(aware, zone="Europe/Paris")).times_us.tolist()
        == expected.tolist()
    )
    assert read_events(counted).times_us.tolist() == (expected // 1000 * 1000).tolist()
    zoned = read_events(replace(lake, zone="Europe/Paris")).times_us
    assert set(((expected - zoned) // 3_600_000_000).tolist()) == {1, 2}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"page": "cart_*"}, ["cart_add", "cart_drop"]),
        ({"page": ["home", "pay", "!home"]}, ["pay", "pay"]),
        ({"page": "!cart_*"}, ["home", "home", "pay", "pay"]),
        ({"amount": {"at_least": 5.5, "below": 20}}, ["cart_add", "pay"]),
        ({"amount": {"above": 5.5}, "country": "DE"}, ["pay"]),
        ({"at": {"at_least": date(2024, 10, 1)}}, ["cart_drop", "home", "pay"]),
        ({"page": "x' OR 1=1 --", "country": "!*'"}, []),
    ],
)
def test_conditions_choose_rows(
    shop: DatabaseSource,
    lake: DatabaseSource,
    where: dict[str, Any],
    expected: list[str],
) -> None:
    for source in (shop, lake):
        chosen = replace(source, where=where)
        if expected:
            assert sorted(names(chosen)) == expected
        else:
            assert "[E204]" in told(chosen)


@pytest.mark.parametrize("engine", ["postgres", "clickhouse", "spark", "datafusion"])
def test_conditions_choose_the_same_rows_on_other_engines(
    engine: str, duckdb_source: DatabaseSource, request: pytest.FixtureRequest
) -> None:
    where = {
        "c": {"at_least": 1},
        "events": "k*",
        "time`s up": {"below": date(2024, 4, 1)},
    }
    known = replace(duckdb_source, where=where)
    some = replace(request.getfixturevalue(f"{engine}_source"), where=where)
    assert 0 < read_events(some).event_count < 5_000
    assert digest(read_events(some)) == digest(read_events(known))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"engine": "oracle"},
            'no engine is called "oracle" [E270]\n  Known names: clickhouse, datafusion, duckdb, postgres, spark, sqlite.',
        ),
        (
            {"query": "SELECT 1"},
            'a source needs either a table or a query [E278]\n  Write for example: table = "events"',
        ),
        (
            {"file": None},
            'a source of sqlite needs its file [E278]\n  Write for example: file = "events.db"',
        ),
        (
            {"file": Path("none.db")},
            (
                "the database cannot be opened: unable to open database file [E273]\n"
                "  Check the path of the file, and that no other program is writing it."
            ),
        ),
        (
            {"table": "event"},
            (
                "the database refused a question: no such table: event [E274]\n"
                "  Check the table, the query and what may be read and held in tables of the session."
            ),
        ),
        (
            {"columns": replace(ROLES, case="visits")},
            (
                'shop (sqlite: events): no column is called "visits" [E223]\n'
                '  Did you mean "visit"? Known names: amount, at, country, page, visit.'
            ),
        ),
        (
            {"columns": replace(ROLES, case=None)},
            'the column of the case is not named [E278]\n  Write for example: case = "case_column"',
        ),
        (
            {"columns": replace(ROLES, time="amount")},
            (
                '6 of 6 times in column "amount" are missing or cannot be read [E275]\n'
                '  Convert the column to a time in a query, or say how it counts: time_format = "epoch-s", "epoch-ms" or "epoch-us".'
            ),
        ),
        (
            {"sample": 10},
            (
                "sample is no share from 0.001 to 1 [E278]\n"
                "  Write for example: sample = 0.1"
            ),
        ),
        (
            {"where": {"amount": {"atleast": 5}}},
            'where.amount knows no "atleast" [E276]\n  Did you mean "at_least"? Known names: above, at_least, at_most, below.',
        ),
        (
            {"where": {"amount": 5}},
            'where.amount holds neither texts nor bounds [E276]\n  Write for example: amount = "A_*" or amount = {at_least = 5}',
        ),
        (
            {"engine": "postgres", "connection": f"postgresql://me:{PASSWORD}@db/shop"},
            (
                "connection is not the name of an environment variable [E278]\n"
                '  Put the connection into the environment and write its name here, for example: connection = "SHOP_DB"'
            ),
        ),
        (
            {"engine": "postgres", "connection": "NO_SUCH_DB"},
            (
                "the environment variable NO_SUCH_DB is not set [E272]\n"
                "  Set it to the connection, for example: export NO_SUCH_DB=postgresql://reader@db.example/shop"
            ),
        ),
    ],
)
def test_errors_say_what_to_do(
    shop: DatabaseSource, change: dict[str, Any], expected: str
) -> None:
    assert told(replace(shop, **change)) == expected


def test_a_column_without_times_is_refused_before_it_is_read(
    lake: DatabaseSource,
) -> None:
    assert told(replace(lake, columns=replace(ROLES, time="amount"))) == (
        'column "amount" holds NUMBER, not a time [E275]\n'
        '  Convert it to a time in a query, or say how it counts: time_format = "epoch-s", "epoch-ms" or "epoch-us".'
    )


def test_a_database_is_never_written(
    shop: DatabaseSource, lake: DatabaseSource
) -> None:
    for source in (shop, lake):
        assert source.file is not None
        before = source.file.read_bytes()
        harmful = replace(source, table="", query="DELETE FROM events")
        assert "[E274]" in told(harmful)
        read_events(source)
        assert source.file.read_bytes() == before


TOML = """
[[sources]]
name = "shop"
engine = "sqlite"
file = "shop.db"
table = "events"
case = "visit"
activity = "page"
time = "at"
segments = ["country"]
zone = "Europe/Paris"
"""


def test_commands_read_the_database_of_the_project(
    shop: DatabaseSource,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert shop.file is not None
    folder = shop.file.parent
    monkeypatch.chdir(folder)
    (folder / "desirepath.toml").write_text(TOML)
    assert run(["events", "inspect"]) == 0
    said = capsys.readouterr().out
    assert "shop (sqlite: events)" in said
    assert "not named" in said
    assert run(["events", "inspect", "--source", "shop", "--segment", "none"]) == 0
    assert run(["events", "inspect", "--source", "shp"]) == 2
    assert (
        'no source of desirepath.toml is called "shp". Did you mean "shop"?'
        in _flat(capsys)
    )


def _flat(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().err.replace("│", " ").split())


def test_every_wrong_key_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "desirepath.toml"
    file.write_text(
        """[[sources]]
engine = "sqlite"
file = "shop.db"
tabel = "events"
segments = "country"
sample = true
where = 5

[[sources]]
engine = "postgres"
table = "events"
connection = "postgresql://me:s3cret@db/shop"
"""
    )
    with pytest.raises(DesirepathError) as error:
        read_project(file)
    said = str(error.value).replace(f"{tmp_path}/", "")
    assert "s3cret" not in said
    assert [line for line in said.splitlines() if not line.startswith("  ")] == [
        'desirepath.toml:4: no key of a source is called "tabel" [E278]',
        "desirepath.toml:5: segments is no list of columns [E278]",
        "desirepath.toml:6: sample is no number [E278]",
        "desirepath.toml:7: where is no table of columns [E278]",
        "desirepath.toml:9: connection is not the name of an environment variable [E278]",
    ]


def test_two_databases_must_be_told_apart(
    shop: DatabaseSource,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert shop.file is not None
    monkeypatch.chdir(shop.file.parent)
    Path("desirepath.toml").write_text(TOML + TOML.replace('"shop"', '"other"'))
    assert run(["events", "inspect"]) == 2
    assert "several databases; choose with --source: shop, other" in _flat(capsys)


def test_cases_are_cut_as_those_of_files(shop: DatabaseSource) -> None:
    cut = read_events(shop, gap="30m")
    assert cut.case_count > read_events(shop).case_count


def test_what_reading_did_is_told(duckdb_source: DatabaseSource) -> None:
    loaded = read_all(duckdb_source).loaded
    assert loaded.tie_rule == "their sequence number"
    assert set(loaded.dropped) == {
        "exact duplicates",
        "no activity",
        "no case",
        "no time that can be read",
    }
    assert loaded.bot_cases == ("long",)
    assert np.all(np.diff(loaded.sequences.case_keys) > 0)


def test_dialects_are_known_texts() -> None:
    assert {name for name, one in DIALECTS.items() if one.is_tried} == {
        "duckdb",
        "sqlite",
        "postgres",
        "clickhouse",
        "spark",
        "datafusion",
    }
    keys = {
        name: one.key.format("x") for name, one in DIALECTS.items() if not one.is_tried
    }
    assert keys == {
        "trino": "from_base(SUBSTR(to_hex(md5(to_utf8(x))), 1, 15), 16)",
        "snowflake": "TO_NUMBER(SUBSTR(md5(x), 1, 15), 'XXXXXXXXXXXXXXX')",
        "bigquery": "CAST(CONCAT('0x', SUBSTR(TO_HEX(MD5(x)), 1, 15)) AS INT64)",
    }
    assert DIALECTS["bigquery"].quoted("a`b") == "`a``b`"


@pytest.mark.parametrize(
    ("day", "expected"), [("1700-01-01", 2), ("1500-01-01", "[E274]")]
)
def test_days_that_datafusion_cannot_hold_are_refused(
    tmp_path: Path, day: str, expected: int | str
) -> None:
    pytest.importorskip("datafusion", reason="the extra datafusion is not installed")
    file = tmp_path / "days.csv"
    file.write_text(f"visit,page,at\na,b,{day}\na,c,2024-01-01\n")
    days = DatabaseSource(
        "datafusion",
        replace(ROLES, segments=()),
        query="SELECT visit, page, CAST(at AS DATE) AS at FROM days",
        file=file,
    )
    if isinstance(expected, int):
        assert read_events(days).event_count == expected
    else:
        assert expected in told(days)


@pytest.mark.parametrize("engine", ["datafusion", "postgres", "clickhouse", "spark"])
def test_times_as_texts_are_refused_where_only_sqlite_has_no_others(
    engine: str, request: pytest.FixtureRequest
) -> None:
    source = request.getfixturevalue(f"{engine}_source")
    texts = replace(source, columns=replace(source.columns, time="events"))
    assert 'column "events" holds TEXT, not a time [E275]' in told(texts)
