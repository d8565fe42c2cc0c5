"""One table with everything that engines treat differently, what plain Python makes of it, and databases that hold it.

An engine that is not here is skipped with a reason.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import TypeAlias

import duckdb  # noqa: TID251 - to make a database of it
import numpy as np
import pyarrow as pa
import pytest

from desirepath.errors import EventsError
from desirepath.events.database_source import DatabaseSource
from desirepath.events.read import read_events
from desirepath.events.schema import Columns
from desirepath.events.sequences import Sequences

Row: TypeAlias = tuple[
    str | None, str | None, str | None, datetime | None, str | None, int | None, str
]
# names that need quotes, that are words of SQL, that are called as our own tables are
CASE, WHO, WHAT, WHEN, WHERE, ORDER, KIND = (
    'case "id"',
    "select",
    "Aktivität; --",
    "time`s up",
    "m",
    "c",
    "events",
)
COLUMNS = (CASE, WHO, WHAT, WHEN, WHERE, ORDER, KIND)
START = datetime(2024, 3, 30, 22, 0, 0)  # noqa: DTZ001 - clocks of Paris go forward in the night after
LONG = 100_000


def rows(long: int = LONG) -> list[Row]:
    """The table, in no order."""
    rng = np.random.default_rng(11)
    names = [
        "look",
        "Look",
        "straße",
        "İstanbul",
        "NA",
        "null",
        " pay ",
        "pay",
        "a'b\"c",
        "買う",
    ]
    places = ["web", "", None, "Ärzte", "WEB"]
    found: list[Row] = []
    for number in range(3_000):
        case = (
            f"case {int(rng.integers(0, 400))}"
            if number % 50
            else [None, "", "\u00e9", "e\u0301"][number // 50 % 4]
        )
        kind = f"k{sum(map(ord, case)) % 3}" if case else "k0"
        moment = START + timedelta(
            seconds=int(rng.integers(0, 40_000)),
            microseconds=int(rng.integers(0, 3)) * 333_333,
        )
        found.append(
            (
                case,
                f"who {sum(map(ord, case)) % 90}" if case and number % 7 else None,
                names[int(rng.integers(0, len(names)))]
                if number % 41
                else [None, ""][number % 2],
                moment if number % 53 else None,
                places[int(rng.integers(0, len(places)))],
                int(rng.integers(0, 3)) if number % 11 else None,
                kind,
            )
        )
    found += [found[index] for index in range(0, 600, 3)]  # exact duplicates
    # ties of one case that only the sequence, then the name decides
    found += [
        ("tie", None, name, START, "web", order, "k1")
        for order in (2, 1, 1)
        for name in ("z", "a", "Z")
    ]
    found += [
        (
            "long",
            "who 1",
            names[n % 3],
            START + timedelta(seconds=n // 3),
            "web",
            None,
            "k2",
        )
        for n in range(long)
    ]
    # long before 1970, and far ahead
    found += [("old", None, "look", datetime(1900, 1, 1, 0, 0, 0, 1), None, 0, "k0")]  # noqa: DTZ001
    found += [
        (
            "new",
            None,
            "look",
            datetime(2199, 12, 31, 23, 59, 59, 999_999),  # noqa: DTZ001
            None,
            0,
            "k0",
        )
    ]
    order = rng.permutation(len(found))
    return [found[index] for index in order.tolist()]


def key_of(text: str) -> int:
    """First 60 bits of md5."""
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:15], 16)


def micros_of(moment: datetime) -> int:
    """Microseconds since 1970 of a time without zone, as if UTC."""
    return (moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
        microseconds=1
    )


def oracle(table: list[Row]) -> str:
    """Digest of what the contract says, without any engine or array."""
    used = [row for row in table if row[0] and row[2] and row[3]]
    pairs = sorted({((row[2] or "").strip(), row[4] or "") for row in used})
    codes = {pair: code for code, pair in enumerate(pairs)}
    events = sorted(
        {
            (
                key_of(row[0] or ""),
                micros_of(row[3] or START),
                row[5] or 0,
                codes[(row[2] or "").strip(), row[4] or ""],
            )
            for row in used
        }
    )
    of_case = {key_of(row[0]): row for row in table if row[0]}
    customers: dict[int, str] = {}
    for row in table:
        if row[0] and row[1]:
            key = key_of(row[0])
            customers[key] = min(customers.get(key, row[1]), row[1])
    lengths = Counter(event[0] for event in events)
    keys = sorted(lengths)
    kinds = ["", *sorted({row[6] for row in table})]
    return _digest(
        [f"{activity}@{channel}" for activity, channel in pairs],
        [0, *accumulate(lengths[key] for key in keys)],
        [event[3] for event in events],
        [event[1] for event in events],
        keys,
        [key_of(customers[key]) if key in customers else key for key in keys],
        [kinds.index(of_case[key][6]) for key in keys],
    )


def digest(sequences: Sequences) -> str:
    """Digest of everything that sequences hold."""
    return _digest(
        [
            f"{activity}@{channel}"
            for activity, channel in zip(
                sequences.activities, sequences.channels, strict=True
            )
        ],
        sequences.offsets.tolist(),
        sequences.codes.tolist(),
        sequences.times_us.tolist(),
        sequences.case_keys.tolist(),
        sequences.customers.tolist(),
        sequences.segments[KIND].codes.tolist(),
    )


def _digest(names: list[str], *columns: list[int]) -> str:
    whole = hashlib.sha256("\n".join(names).encode())
    for column in columns:
        whole.update(np.array(column, dtype="<i8").tobytes())
    return whole.hexdigest()[:32]


ROLES = Columns(
    case=CASE,
    customer=WHO,
    activity=WHAT,
    time=WHEN,
    channel=WHERE,
    sequence=ORDER,
    segments=(KIND,),
)
PASSWORD = "s3cret-pässword"  # noqa: S105 - planted, to be found nowhere


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
def postgres() -> Iterator[str]:
    """Connection to a server of its own, with a password, German order of letters and a clock in New York."""
    pytest.importorskip("psycopg", reason="the extra postgres is not installed")
    if shutil.which("initdb") is None and not list(
        Path("/usr/lib/postgresql").glob("*/bin")
    ):
        pytest.skip("no PostgreSQL server is installed")
    own = shutil.which("initdb")
    bin_ = Path(own).parent if own else max(Path("/usr/lib/postgresql").glob("*/bin"))
    user = None
    if os.geteuid() == 0:  # the server refuses to run as root
        try:
            user = pwd.getpwnam("postgres").pw_name
        except KeyError:
            pytest.skip(
                "PostgreSQL does not run as root, and no user is called postgres"
            )
    folder = Path(tempfile.mkdtemp(prefix="desirepath-postgres-"))
    secret = folder / "password"
    secret.write_text(PASSWORD)
    if user:
        shutil.chown(folder, user)
        shutil.chown(secret, user)

    def run(*command: object) -> None:
        subprocess.run(
            [str(part) for part in command],
            check=True,
            user=user,
            cwd=folder,
            capture_output=True,
        )

    data = folder / "data"
    port = 50_000 + os.getpid() % 10_000
    run(
        bin_ / "initdb",
        "-D",
        data,
        "-U",
        "reader",
        "-A",
        "scram-sha-256",
        "--pwfile",
        secret,
        "-E",
        "UTF8",
        "--no-sync",
        "--locale=C.UTF-8",
    )
    options = f"-p {port} -k {folder} -c listen_addresses= -c fsync=off -c timezone=America/New_York"
    run(bin_ / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"host={folder} port={port} user=reader password={PASSWORD} dbname=postgres"
    finally:
        run(bin_ / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


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


ENGINES = ("sqlite", "duckdb", "postgres", "clickhouse")


@pytest.fixture(params=ENGINES)
def source(request: pytest.FixtureRequest) -> DatabaseSource:
    """The nasty table in each engine."""
    found: DatabaseSource = request.getfixturevalue(f"{request.param}_source")
    return found
