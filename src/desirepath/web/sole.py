"""One server a SQLite file: a lock that ends with the program that holds it, however it ends."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine

from desirepath.errors import Problem, WebError

OTHERS_READ = stat.S_IROTH | stat.S_IWOTH


@contextmanager
def alone_with(engine: Engine) -> Iterator[None]:
    """Hold a SQLite file for as long as this lasts; servers share a PostgreSQL.

    Raises:
        WebError: E723 another server holds it.
    """
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name:
        yield
        return
    with closing(sqlite3.connect(f"{name}.lock", timeout=0)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            what = f"another server is using {Path(name).name}"
            hint = "Stop that one first; several servers at once need PostgreSQL (--database)."
            raise WebError(Problem("E723", what, hint=hint)) from None
        yield


def make_private(file: Path) -> None:
    """Make a file that only its owner may read; one that is there must be such.

    Raises:
        WebError: E726 others on this machine may read it.
    """
    file.touch(0o600)
    refuse_open(file)


def refuse_open(file: Path) -> None:
    """Nothing for a file that only its owner, or a group, may read.

    Raises:
        WebError: E726 everybody on this machine may read it.
    """
    if os.name == "posix" and file.stat().st_mode & OTHERS_READ:
        what = "everybody on this machine may read it"
        raise WebError(Problem("E726", what, file.name, f"Run: chmod o-rw {file}"))
