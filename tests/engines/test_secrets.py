"""What opens a database is never shown, whoever fails."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.engines.conftest import told
from tests.postgres import PASSWORD

from desirepath.cli.app import run
from desirepath.events.database_source import DatabaseSource
from desirepath.events.schema import Columns

SERVER = DatabaseSource(
    "postgres",
    Columns(case="visit", activity="page", time="at"),
    table="events",
    connection="SHOP_DB",
)


@pytest.mark.parametrize(
    "secret",
    [
        f"postgresql://me:{PASSWORD}@127.0.0.1:1/shop",
        f"host=127.0.0.1 port=1 user=me password={PASSWORD} dbname=shop",
        f"host=127.0.0.1 port=1 password='{PASSWORD} nonsense",
        f"postgresql://me:{PASSWORD}@[bad/shop",
        PASSWORD,
    ],
)
def test_no_error_shows_a_secret(
    secret: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    pytest.importorskip("psycopg")
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("SHOP_DB", secret)
    source = SERVER
    said = told(source)
    assert "[E273]" in said
    for text in (said, repr(source), source.label, caplog.text):
        assert PASSWORD not in text
        assert "s3cret" not in text


@pytest.mark.parametrize("path", ["127.0.0.1:1/shop", "[bad/shop"])
def test_no_error_of_clickhouse_shows_a_secret(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("clickhouse_connect")
    monkeypatch.setenv("SHOP_DB", f"http://me:{PASSWORD}@{path}")
    said = told(replace(SERVER, engine="clickhouse", connection="SHOP_DB"))
    assert "[E273]" in said
    assert "s3cret" not in said


@pytest.mark.parametrize(
    "secret",
    [
        f"sc://127.0.0.1:1/;use_ssl=false;token={PASSWORD}",
        f"sc://me:{PASSWORD}@127.0.0.1:1/",
        f"sc://127.0.0.1:1/;nonsense;token={PASSWORD}",
        f"spark://127.0.0.1:1/{PASSWORD}",
        PASSWORD,
    ],
)
def test_no_error_of_spark_shows_a_secret(
    secret: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("pyspark")
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("SHOP_DB", secret)
    said = told(replace(SERVER, engine="spark", connection="SHOP_DB"))
    assert "[E273]" in said
    assert "s3cret" not in said + caplog.text


@pytest.mark.parametrize("engine", ["postgres", "clickhouse", "spark"])
def test_a_missing_driver_is_named_with_its_command(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOP_DB", "postgresql://db/shop")
    for name in ("psycopg", "clickhouse_connect", "pyspark", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, name, None)
    assert told(replace(SERVER, engine=engine, connection="SHOP_DB")) == (
        f"the driver for {engine} is not installed [E271]\n"
        f"  Install it: pip install 'desirepath[{engine}]'"
    )


def test_a_wrong_password_is_not_shown(
    postgres: str, postgres_source: DatabaseSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTHER_DB", postgres.replace(PASSWORD, "wr0ng"))
    said = told(replace(postgres_source, connection="OTHER_DB"))
    assert "[E273]" in said
    assert "wr0ng" not in said
    assert "reader" not in said


def test_a_password_is_in_nothing_that_commands_write(
    postgres: str,
    postgres_source: DatabaseSource,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHOP_DB", postgres)
    query = """SELECT 'case ' || (n % 40) AS visit, 'page ' || (n % 3) AS page, timestamp '2024-01-01' + n * interval '1 minute' AS at FROM generate_series(1, 400) n"""
    Path("desirepath.toml").write_text(
        f'[[sources]]\nengine = "postgres"\nconnection = "SHOP_DB"\nquery = """{query}"""\ncase = "visit"\nactivity = "page"\ntime = "at"\n'
    )
    assert run(["discover", "-o", "map.yaml"]) == 0
    assert run(["measure", "map.yaml", "-o", "evidence.json"]) == 0
    assert run(["events", "inspect"]) == 0
    written = capfd.readouterr()
    texts = [
        written.out,
        written.err,
        *(
            one.read_text()
            for one in tmp_path.iterdir()
            if one.name != "desirepath.toml"
        ),
    ]
    assert "database (postgres)" in "".join(texts)
    assert not [text for text in texts if PASSWORD in text or str(postgres) in text]
