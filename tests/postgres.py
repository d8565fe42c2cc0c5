"""A PostgreSQL server of the tests' own, on a socket in a folder; where none is installed, tests are skipped."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

PASSWORD = "s3cret-pässword"  # noqa: S105 - planted, to be found nowhere
_numbers = count(1)


def programs() -> Path | None:
    """Folder of the programs of the server."""
    own = shutil.which("initdb")
    if own:
        return Path(own).parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Connection to a server of its own, with a password, German order of letters and a clock in New York."""
    pytest.importorskip("psycopg", reason="the extra postgres is not installed")
    bin_ = programs()
    if bin_ is None:
        pytest.skip("no PostgreSQL server is installed")
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
    # part of the socket's name; nothing listens on a network
    port = 50_000 + os.getpid() % 10_000
    options = f"-p {port} -k {folder} -c listen_addresses= -c fsync=off -c timezone=America/New_York"
    control = (bin_ / "pg_ctl", "-D", data, "-w", "-t", 600)
    begin = f"-U reader -A scram-sha-256 --pwfile {secret} -E UTF8 --no-sync --locale=C.UTF-8"
    try:
        run(bin_ / "initdb", "-D", data, *begin.split())
        run(*control, "-l", folder / "log", "-o", options, "start")
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL does not run here: {error}")
    try:
        yield f"host={folder} port={port} user=reader password={PASSWORD} dbname=postgres"
    finally:
        run(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def new_database(connection: str) -> str:
    """Address of a new empty database of a server."""
    import psycopg  # noqa: PLC0415
    from sqlalchemy import URL  # noqa: PLC0415

    name = f"board{next(_numbers)}"
    with psycopg.connect(connection, autocommit=True) as con:
        con.execute(f"CREATE DATABASE {name}".encode())
    told = dict(part.split("=", 1) for part in connection.split())
    url = URL.create(
        "postgresql+psycopg",
        told["user"],
        told["password"],
        database=name,
        query={"host": told["host"], "port": told["port"]},
    )
    return url.render_as_string(hide_password=False)
