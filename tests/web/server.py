"""A real server on a free port of this machine, and programs that talk to it."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from argon2 import PasswordHasher
from tests.web.fits import description, refuse_misfit
from websockets.sync.client import ClientConnection, connect

from desirepath.maps.edits.board import board_of
from desirepath.maps.files import parse_map
from desirepath.web.api.asking import COOKIE
from desirepath.web.api.votes import COOKIE as BALLOTS
from desirepath.web.app import build_app
from desirepath.web.collab.log import EditLog
from desirepath.web.logs import Say, silence
from desirepath.web.people import People
from desirepath.web.serving import settings

# Quick on purpose: what is tried here is who may come in, not how dear a guess is.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "a sentence that is long enough"  # noqa: S105 - of nobody
MAP = """\
format: desirepath/map/1
id: {map_id}
title: I order a plant
lanes: [pains, gains]
stages:
  - id: buy
    name: Buy
    steps:
      - id: pay
        name: I pay
        statements: [{{id: slow, lane: pains, text: It is slow}}]
"""


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    us: int = 1_700_000_000_000_000

    def __call__(self) -> int:
        return self.us


@dataclass
class Answer:
    """What the server answered."""

    status: int
    data: Any
    headers: Mapping[str, str]


@dataclass
class Caller:
    """Somebody who calls: a page with its cookie, or a program with its token."""

    port: int
    cookie: str = ""
    token: str = ""
    origin: str | None = None
    extra: dict[str, str] = field(default_factory=dict)
    ballots: str = ""

    def headers(self) -> dict[str, str]:
        found = dict(self.extra)
        if self.cookie:
            ballots = f"; {BALLOTS}={self.ballots}" if self.ballots else ""
            found["Cookie"] = f"{COOKIE}={self.cookie}{ballots}"
            found.setdefault("Origin", self.origin or f"http://127.0.0.1:{self.port}")
        if self.token:
            found["Authorization"] = f"Bearer {self.token}"
        if self.origin:
            found["Origin"] = self.origin
        return found

    def ask(self, method: str, path: str, data: Any = None, **headers: str) -> Answer:
        told = self.headers() | {k.replace("_", "-"): v for k, v in headers.items()}
        body = None
        if isinstance(data, str):
            body = data.encode()
        elif data is not None:
            body = json.dumps(data).encode()
            told.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, told)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")  # a zip is no text
            kind = answer.headers.get("content-type", "")
            name, _, value = answer.headers.get("set-cookie", "").partition("=")
            if name == BALLOTS:  # as browsers do
                self.ballots = value.partition(";")[0]
            found = json.loads(text) if "json" in kind and text else text
            fits = Answer(answer.status, found, dict(answer.headers.items()))
            refuse_misfit(description(self.port), method, path, data, fits)
            return fits
        finally:
            connection.close()

    def signed_in(self, path: str, data: Mapping[str, str]) -> Caller:
        """The page of whoever came in."""
        answer = self.ask("POST", path, data)
        assert answer.status == 200, answer
        cookie = answer.headers["set-cookie"].partition(";")[0].partition("=")[2]
        return Caller(self.port, cookie)

    @contextmanager
    def live(self, map_id: str, hello: Mapping[str, Any] | str) -> Iterator[Socket]:
        with connect(
            f"ws://127.0.0.1:{self.port}/api/maps/{map_id}/live",
            additional_headers=self.headers(),
            open_timeout=60,
            max_size=None,
            proxy=None,
        ) as socket:
            socket.send(hello if isinstance(hello, str) else json.dumps(hello))
            yield Socket(socket)


@dataclass
class Socket:
    """An open socket."""

    connection: ClientConnection
    heard: list[dict[str, Any]] = field(default_factory=list)

    def say(self, **message: Any) -> None:
        self.connection.send(json.dumps(message))

    def hear(self, say: str) -> dict[str, Any]:
        """The next message of a kind; others before it are kept apart."""
        while True:
            for number, one in enumerate(self.heard):
                if one["say"] == say:
                    return self.heard.pop(number)
            self.heard += json.loads(self.connection.recv(timeout=60))


@dataclass
class Server:
    """A running server."""

    port: int
    clock: Clock
    people: People
    log: EditLog
    app: Any

    def caller(self) -> Caller:
        return Caller(self.port)

    def person(self, name: str, role: Any, lanes: tuple[str, ...] = ()) -> Caller:
        """The page of a new person."""
        self.people.add(name, PASSWORD, role, lanes)
        return Caller(self.port, self.people.sign_in(name, PASSWORD, self.clock()))

    def add_map(self, text: str) -> str:
        """Put the map of a text into the log; its id."""
        journey = parse_map(text, "map.yaml")
        self.log.create(board_of(journey), "epoch", "the project", self.clock())
        return journey.id


@contextmanager
def running(
    folder: Path,
    database: str = "",
    say: Say = silence,
    proxies: tuple[str, ...] = (),
    *,
    project: Path | None = None,
    with_jobs: bool = False,
) -> Iterator[Server]:
    """A server with an empty database in a folder, or with another database; jobs only where they are wanted."""
    log = EditLog(database or f"sqlite:///{folder / 'boards.db'}")
    people = People(log.engine, QUICK)
    clock = Clock()
    app = build_app(log, people, clock, say, None, project, with_jobs=with_jobs)
    config = settings(app, "127.0.0.1", 0, proxies)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            thread.join(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Server(port, clock, people, log, app)
    finally:
        server.should_exit = True
        thread.join()
        log.close()
