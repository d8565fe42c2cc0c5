"""A server made ready and run: database, first maps, first key."""

from __future__ import annotations

import ipaddress
import secrets
import time
from pathlib import Path

import uvicorn
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from starlette.applications import Starlette

from desirepath.errors import MapError, Problem, WebError
from desirepath.maps.edits.board import board_of
from desirepath.maps.files import read_document
from desirepath.web.app import build_app
from desirepath.web.collab.log import EditLog
from desirepath.web.people import People
from desirepath.web.sockets import Patient

DATABASE = "boards.db"
EPOCH_BYTES = 8


def now_us() -> int:
    """Microseconds since 1970 UTC."""
    return time.time_ns() // 1000


def open_log(project: Path, database: str | None) -> EditLog:
    """The log of a project: ``boards.db`` in its folder, or the database that is named.

    Raises:
        WebError: E720 the address is none, or the database cannot be reached; it is never repeated,
            because it may hold a password.
    """
    if database is None:
        return EditLog.in_file(project / DATABASE)
    hint = "Give postgresql://name:password@host/database, and check that it can be reached."
    try:
        url = make_url(database)
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        return EditLog(url)
    except (ArgumentError, SQLAlchemyError, ImportError, ValueError) as error:
        what = f"the database cannot be opened ({type(error).__name__})"
        raise WebError(Problem("E720", what, hint=hint)) from None


def take_maps(log: EditLog, project: Path) -> tuple[list[str], list[MapError]]:
    """Put maps of a project's folder into its log, once each.

    Args:
        log: The log.
        project: A folder; its maps lie in ``maps`` or beside its ``desirepath.toml``.

    Returns:
        Ids of the maps that were new, and what was wrong with those that could not be read.
    """
    known = set(log.maps())
    new: list[str] = []
    wrong: list[MapError] = []
    folder = project / "maps" if (project / "maps").is_dir() else project
    for file in sorted(folder.glob("*.yaml")):
        try:
            journey = read_document(file).journey
        except MapError as error:
            if (
                folder != project
            ):  # beside the maps lie other files, which are not wrong
                wrong.append(error)
            continue
        if journey.id not in known:
            epoch = secrets.token_hex(EPOCH_BYTES)
            log.create(board_of(journey), epoch, "the project", now_us())
            known.add(journey.id)
            new.append(journey.id)
    return new, wrong


def is_private(host: str) -> bool:
    """Whether an address can be reached from this machine only.

    Examples:
        >>> is_private("127.0.0.1"), is_private("localhost"), is_private("0.0.0.0")
        (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def settings(app: Starlette, host: str, port: int) -> uvicorn.Config:
    """How the app is served.

    Args:
        app: The app.
        host: Address to listen at.
        port: Port, 0 for a free one.
    """
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        ws=Patient,
        ws_per_message_deflate=False,
        ws_max_size=2_000_000,
        server_header=False,
    )


def run(log: EditLog, people: People, host: str, port: int) -> None:
    """Serve until stopped."""
    uvicorn.Server(settings(build_app(log, people, now_us), host, port)).run()
