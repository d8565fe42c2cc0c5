"""A server made ready and run: database, first maps, first key."""

from __future__ import annotations

import gc
import ipaddress
import secrets
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from starlette.applications import Starlette

from desirepath.errors import MapError, Problem, WebError
from desirepath.maps.edits.board import board_of
from desirepath.maps.files import read_document
from desirepath.web.app import build_app
from desirepath.web.collab.log import EditLog, engine_of
from desirepath.web.logs import Kind
from desirepath.web.logs import settings as log_settings
from desirepath.web.oidc.settings import read_oidc
from desirepath.web.people import People
from desirepath.web.sockets import Patient
from desirepath.web.sole import make_private

if TYPE_CHECKING:
    from desirepath.web.oidc.provider import Provider

DATABASE = "boards.db"
EPOCH_BYTES = 8
LOOPBACK = ("127.0.0.1", "::1")


def now_us() -> int:
    """Microseconds since 1970 UTC."""
    return time.time_ns() // 1000


def open_engine(project: Path, database: str | None) -> Engine:
    """The database of a project: ``boards.db`` in its folder, or the one that is named.

    Raises:
        WebError: E720 the address is none, or its driver is not installed; it is never repeated,
            because it may hold a password. E726 others on this machine may read the file.
    """
    if database is None:
        make_private(project / DATABASE)
        return engine_of(f"sqlite:///{project / DATABASE}")
    with telling():
        url = make_url(database)
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        return engine_of(url)


def open_log(project: Path, database: str | None) -> EditLog:
    """The log of a project, brought up to date.

    Raises:
        WebError: As `open_engine`; E720 the database cannot be reached, E722 it is of a newer version.
    """
    return log_in(open_engine(project, database))


def log_in(engine: Engine) -> EditLog:
    """The log in a database, brought up to date.

    Raises:
        WebError: E720 the database cannot be reached, E722 it is of a newer version.
    """
    with telling():
        return EditLog(engine)


@contextmanager
def telling() -> Iterator[None]:
    """Say that a database cannot be opened, and nothing of its address."""
    try:
        yield
    except (ArgumentError, SQLAlchemyError, ImportError, ValueError) as error:
        what = f"the database cannot be opened ({type(error).__name__})"
        hint = "Give postgresql://name:password@host/database, and check that it can be reached."
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


def refuse_unsafe(host: str, *, is_new: bool, behind_proxy: bool) -> None:
    """Nothing for an address that only this machine reaches, or that is safe for others.

    Args:
        host: Address to listen at.
        is_new: Whether nobody has an account.
        behind_proxy: Whether a proxy with https stands before it.

    Raises:
        WebError: E727 passwords would travel in the open, or nobody could sign in but a stranger.
    """
    if is_private(host):
        return
    if not behind_proxy:
        what = f"others could reach {host}, and passwords would travel in the open"
        hint = "Put a proxy with https before it and say so with --behind-proxy."
        raise WebError(Problem("E727", what, hint=hint))
    if is_new:
        what = f"others could reach {host} while nobody has an account"
        hint = "Give the first administrator: --administrator NAME."
        raise WebError(Problem("E727", what, hint=hint))


def settings(
    app: Starlette,
    host: str,
    port: int,
    proxies: Sequence[str] = (),
    log_config: dict[str, Any] | None = None,
) -> uvicorn.Config:
    """How the app is served.

    Args:
        app: The app.
        host: Address to listen at.
        port: Port, 0 for a free one.
        proxies: Addresses whose word is taken for who asks, and over what.
        log_config: How its libraries log.
    """
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=log_config,
        log_level="warning",
        access_log=False,
        ws=Patient,
        ws_per_message_deflate=False,
        ws_max_size=2_000_000,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
    )


def provider_of(project: Path, environment: Mapping[str, str]) -> Provider | None:
    """The provider of accounts that the `desirepath.toml` of a folder names, None for none.

    Args:
        project: The folder.
        environment: Variables, one of which holds the secret.

    Raises:
        WebError: E728 what stands there cannot be used, E721 a package is missing.
    """
    settings = read_oidc(project / "desirepath.toml", environment)
    if settings is None:
        return None
    try:
        from desirepath.web.oidc.provider import Provider  # noqa: PLC0415 - only here needed
    except ImportError as error:
        what = f"{error.name} is not installed; signing in with OpenID Connect needs it"
        hint = "Install it: pip install 'desirepath[oidc]'"
        raise WebError(Problem("E721", what, hint=hint)) from None
    return Provider(settings, now_us)


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], object]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then say so."""
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()


@dataclass(frozen=True, slots=True)
class Listening:
    """Where a server listens, and how it tells of it.

    Attributes:
        host: Address.
        port: Port.
        proxies: Addresses whose word is taken for who asks, and over what.
        kind: How requests and events are written.
    """

    host: str
    port: int
    proxies: Sequence[str] = ()
    kind: Kind = "text"


def settle() -> None:
    """Look no more for garbage among what was loaded at the start: it stays, and each look takes 0.1 s of an answer."""
    gc.collect()
    gc.freeze()


def run(
    log: EditLog,
    people: People,
    at: Listening,
    *,
    ready: Callable[[], object] = bool,
    provider: Provider | None = None,
    project: Path | None = None,
    with_jobs: bool = True,
) -> None:
    """Serve until stopped.

    Args:
        log: The log.
        people: Accounts.
        at: Where to listen.
        ready: Called once pages can be asked for.
        provider: Whose accounts people may sign in with.
        project: Folder with `desirepath.toml` and what is kept beside the database.
        with_jobs: Whether checks and other long work run here.
    """
    say, log_config = log_settings(at.kind, now_us)
    app = build_app(log, people, now_us, say, provider, project, with_jobs=with_jobs)
    settle()
    say("started", database=log.engine.dialect.name, port=at.port)
    try:
        config = settings(app, at.host, at.port, at.proxies, log_config)
        _Server(config, ready).run()
    finally:
        say("stopped")
