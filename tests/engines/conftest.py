"""Databases that hold the nasty table; an engine that is not here is skipped with a reason."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import duckdb  # noqa: TID251 - to make a database of it
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.engines.nasty import COLUMNS, ROLES, Row, rows

from desirepath.errors import EventsError
from desirepath.events.database_source import DatabaseSource
from desirepath.events.read import read_events


def told(source: DatabaseSource) -> str:
    """What reading says when it fails."""
    with pytest.raises(EventsError) as error:
        read_events(source)
    assert error.value.__cause__ is None
    return str(error.value)


@pytest.fixture(scope="session")
def table() -> list[Row]:
    return rows()


@pytest.fixture(scope="session")
def sqlite_source(
    table: list[Row], tmp_path_factory: pytest.TempPathFactory
) -> DatabaseSource:
    file = tmp_path_factory.mktemp("sqlite") / "events ?.db"
    names = ", ".join('"' + name.replace('"', '""') + '"' for name in COLUMNS)
    with sqlite3.connect(file) as con:
        con.execute(f"CREATE TABLE m ({names.replace(',', ' COLLATE NOCASE,')})")
        con.executemany(
            "INSERT INTO m VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (*row[:3], row[3].isoformat(" ") if row[3] else None, *row[4:])
                for row in table
            ],
        )
    con.close()
    return DatabaseSource("sqlite", ROLES, table="m", file=file, name="nasty")


@pytest.fixture(scope="session")
def duckdb_source(
    table: list[Row], tmp_path_factory: pytest.TempPathFactory
) -> DatabaseSource:
    file = tmp_path_factory.mktemp("duckdb") / "events.duckdb"
    frame = pa.table(
        [list(column) for column in zip(*table, strict=True)], names=list(COLUMNS)
    )
    with duckdb.connect(str(file)) as con:
        con.register("frame", frame)
        con.execute("CREATE SCHEMA w; CREATE TABLE w.m AS SELECT * FROM frame")
    return DatabaseSource("duckdb", ROLES, table="w.m", file=file, name="nasty")


@pytest.fixture(scope="session")
def postgres_source(table: list[Row], postgres: str) -> Iterator[DatabaseSource]:
    import psycopg  # noqa: PLC0415

    kinds = ("text", "varchar(40)", "text", "timestamp", "text", "integer", "text")
    names = [
        '"' + name.replace('"', '""') + '" ' + kind
        for name, kind in zip(COLUMNS, kinds, strict=True)
    ]
    with psycopg.connect(postgres) as con:
        con.execute(f"CREATE SCHEMA w; CREATE TABLE w.m ({', '.join(names)})".encode())
        with con.cursor().copy(b"COPY w.m FROM STDIN") as copy:
            for row in table:
                copy.write_row(row)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NASTY_DB", postgres)
        yield DatabaseSource(
            "postgres", ROLES, table="w.m", connection="NASTY_DB", name="nasty"
        )


@pytest.fixture(scope="session")
def clickhouse_source(
    table: list[Row], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DatabaseSource]:
    """The engine of ClickHouse inside this process, driven by the client that speaks to servers."""
    pytest.importorskip(
        "chdb", reason="chdb, ClickHouse without a server, is not installed"
    )
    driver = pytest.importorskip(
        "clickhouse_connect", reason="the extra clickhouse is not installed"
    )
    real = driver.get_client

    def embedded(dsn: str, **options: object) -> object:
        assert dsn == "http://reader@none/"
        return real(interface="chdb", database="default", **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(driver, "get_client", embedded)
        patch.setenv("NASTY_CLICKHOUSE", "http://reader@none/")
        kinds = (
            "Nullable(String)",
            "LowCardinality(Nullable(String))",
            "Nullable(String)",
            "Nullable(DateTime64(6, 'America/New_York'))",
            "Nullable(String)",
            "Nullable(Int8)",
            "String",
        )
        names = [
            '"' + name.replace('"', '""') + '" ' + kind
            for name, kind in zip(COLUMNS, kinds, strict=True)
        ]
        client = real(interface="chdb", database="default")
        client.command(
            f"CREATE TABLE m ({', '.join(names)}) ENGINE = MergeTree ORDER BY tuple()"
        )
        rows_utc = [
            (*row[:3], row[3].replace(tzinfo=UTC) if row[3] else None, *row[4:])
            for row in table
        ]
        client.insert("m", rows_utc, column_names=list(COLUMNS))
        yield DatabaseSource(
            "clickhouse",
            ROLES,
            table="default.m",
            connection="NASTY_CLICKHOUSE",
            name="nasty",
        )


@pytest.fixture(scope="session")
def parquet(table: list[Row], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The table as a folder of Parquet files, as lakes hold it."""
    folder = tmp_path_factory.mktemp("lake") / "events.parquet"
    folder.mkdir()
    whole = pa.table(
        [list(column) for column in zip(*table, strict=True)], names=list(COLUMNS)
    )
    half = len(whole) // 2
    pq.write_table(whole.slice(0, half), folder / "a.parquet")
    pq.write_table(whole.slice(half), folder / "b.parquet")
    return folder


@pytest.fixture(scope="session")
def datafusion_source(parquet: Path) -> DatabaseSource:
    pytest.importorskip("datafusion", reason="the extra datafusion is not installed")
    return DatabaseSource(
        "datafusion", ROLES, table="events", file=parquet, name="nasty"
    )


@pytest.fixture(scope="session")
def sail() -> Iterator[str]:
    """Connection to a server of Spark Connect inside this process, on a port of its own choice."""
    pytest.importorskip("pyspark", reason="the extra spark is not installed")
    server = pytest.importorskip(
        "pysail.spark", reason="Sail, Spark without Java, is not installed"
    ).SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    host, port = server.listening_address
    try:
        yield f"sc://{host}:{port}/;user_id=reader"
    finally:
        server.stop()


@pytest.fixture(scope="session")
def spark_source(parquet: Path, sail: str) -> Iterator[DatabaseSource]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NASTY_SPARK", sail)
        yield DatabaseSource(
            "spark",
            ROLES,
            query=f"SELECT * FROM parquet.`{parquet}`",  # noqa: S608 - a folder of ours
            connection="NASTY_SPARK",
            name="nasty",
        )


ENGINES = ("sqlite", "duckdb", "datafusion", "postgres", "clickhouse", "spark")


@pytest.fixture(params=ENGINES)
def source(request: pytest.FixtureRequest) -> DatabaseSource:
    """The nasty table in each engine."""
    found: DatabaseSource = request.getfixturevalue(f"{request.param}_source")
    return found
