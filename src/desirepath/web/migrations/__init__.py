"""Databases of older versions brought up to date: every change of the tables is a file in ``versions``.

A new revision takes the next number, says what it follows in ``down_revision``, and is `HEAD`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from desirepath.errors import Problem, WebError

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

FOLDER = Path(__file__).parent
FIRST, HEAD = "0001", "0016"
VERSIONS = "alembic_version"
GATE = 0x0D51_2EBB  # held by the server that changes the tables of a PostgreSQL
# Alembic keeps what it works on in one place for the whole program.
_ONE_AT_A_TIME = threading.Lock()


def bring_up_to_date(engine: Engine, target: str = HEAD) -> None:
    """Give a database the tables of this version, in one transaction; nothing where it has them.

    Args:
        engine: The database.
        target: An older version, for a backup that was made with it.

    Raises:
        WebError: E722 the database is of a newer version.
    """
    with engine.connect() as connection:
        if revision_of(connection) == target:
            return
    with _ONE_AT_A_TIME, _alone(engine) as connection:
        revision = revision_of(connection)  # another server may have been quicker
        if revision != target:
            _upgrade(connection, revision, target)


def revision_of(connection: Connection) -> str:
    """Revision of a database, "" for an empty one."""
    tables = inspect(connection).get_table_names()
    if VERSIONS not in tables:
        return FIRST if "map" in tables else ""  # the first version kept none
    return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction in which nobody else changes tables; all or nothing of it holds."""
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:gate)"), {"gate": GATE})  # fmt: skip
            yield connection
        return
    with engine.connect() as connection:
        # the driver of SQLite would not count the making of tables as part of a transaction
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")  # noqa: PLW2901
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        connection.exec_driver_sql("COMMIT")


@cache
def revisions() -> ScriptDirectory:
    """All revisions there are."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - only changes of tables need it

    return ScriptDirectory(FOLDER)


def refuse_newer(revision: str) -> None:
    """Nothing for a revision that this version knows.

    Raises:
        WebError: E722 it does not.
    """
    if revision and revision not in {one.revision for one in revisions().walk_revisions()}:  # fmt: skip
        what = "the database is of a newer version of desirepath"
        hint = "Install that version, or restore a backup of this one."
        raise WebError(Problem("E722", what, hint=hint))


def _upgrade(connection: Connection, revision: str, target: str) -> None:
    from alembic.config import Config  # noqa: PLC0415
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    script = revisions()
    refuse_newer(revision)
    if revision == FIRST:
        MigrationContext.configure(connection).stamp(script, FIRST)

    def steps(now: object, _: object) -> object:
        return script._upgrade_revs(target, now)  # type: ignore[arg-type] # noqa: SLF001 - as Alembic's own command does

    with EnvironmentContext(Config(), script, fn=steps) as environment:
        environment.configure(connection=connection)
        environment.run_migrations()
