"""Databases of older and newer versions, and two servers that begin at once."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, create_engine, inspect

from desirepath.errors import WebError
from desirepath.web import images, people
from desirepath.web.collab import tables
from desirepath.web.collab.log import EditLog
from desirepath.web.data import tables as sources
from desirepath.web.jobs import tables as jobs
from desirepath.web.migrations import HEAD, bring_up_to_date, revisions
from desirepath.web.people import People
from desirepath.web.publishing import tables as publishing
from desirepath.web.talk import tables as talk
from desirepath.web.tracking import tables as tracking
from desirepath.web.workshop import tables as workshop

# The database of a server of the first version, after an edit and a named version.
OLD = Path(__file__).parent / "first_version.sql"


def test_the_newest_revision_is_the_last() -> None:
    assert revisions().get_heads() == [HEAD]


def test_revisions_make_the_tables_that_the_program_knows(database: str) -> None:
    whole = MetaData()
    for part in (
        tables.METADATA,
        people.METADATA,
        images.METADATA,
        sources.METADATA,
        jobs.METADATA,
        tracking.METADATA,
        publishing.METADATA,
        workshop.METADATA,
        talk.METADATA,
    ):
        for table in part.tables.values():
            table.to_metadata(whole)
    engine = create_engine(database)
    bring_up_to_date(engine)
    with engine.connect() as connection:
        # SQLite keeps no length of texts
        opts = {"compare_type": engine.dialect.name != "sqlite"}
        context = MigrationContext.configure(connection, opts=opts)
        # a change of tables needs a revision: see web/migrations
        assert compare_metadata(context, whole) == []
    engine.dispose()


def test_a_database_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "boards.db") as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
    connection.close()
    log = EditLog.in_file(tmp_path / "boards.db")
    stored = log.load("shop")
    assert (stored.seq, stored.board.journey().title) == (1, "We order")
    assert [one.name for one in log.versions("shop")] == ["spring"]
    assert [one.name for one in People(log.engine).everyone()] == ["Ann"]
    assert inspect(log.engine).has_table("counted")
    log.close()


def test_a_database_of_a_newer_version_is_left_alone(database: str) -> None:
    engine = create_engine(database)
    bring_up_to_date(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(WebError) as caught:
        EditLog(database)
    assert str(caught.value) == (
        "the database is of a newer version of desirepath [E722]\n"
        "  Install that version, or restore a backup of this one."
    )
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
        assert found.scalar() == "9999"
    engine.dispose()


def test_a_change_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(tmp_path / "boards.db") as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
        connection.execute(
            "CREATE TABLE counted (x)"
        )  # in the way of the last revision
        before = list(connection.iterdump())
    with pytest.raises(Exception, match="counted"):
        EditLog.in_file(tmp_path / "boards.db")
    assert list(connection.iterdump()) == before
    connection.close()


def test_servers_that_begin_at_once_share_the_work(database: str) -> None:
    engines = [create_engine(database) for _ in range(3)]
    threads = [threading.Thread(target=bring_up_to_date, args=(e,)) for e in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engines[0].connect() as connection:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
        assert found.scalars().all() == [HEAD]
    for engine in engines:
        engine.dispose()
