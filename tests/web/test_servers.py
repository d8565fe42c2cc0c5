"""Several servers, each a process of its own, on one PostgreSQL: one is killed again and again, and nothing is lost."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from random import Random  # noqa: TID251 - which edits, not a secret
from typing import Any

import pytest
from tests.postgres import new_database
from tests.properties.test_edits import some_edit
from tests.web.page import Page
from tests.web.process import serve_until_killed
from tests.web.server import MAP, PASSWORD, QUICK, Caller, Socket
from websockets.exceptions import ConnectionClosed, InvalidStatus

from desirepath.maps.edits.apply import apply_edit
from desirepath.maps.edits.board import Board, board_of
from desirepath.maps.edits.commands import edit_of
from desirepath.maps.files import parse_map
from desirepath.web.collab.log import EditLog
from desirepath.web.people import People
from desirepath.web.serving import now_us

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.web.process"])
START = board_of(parse_map(MAP.format(map_id="shop")))
WORDS = ("I pay", "I pay by card", "It is slow", "Größe 😀", "支払う", "")
ROUNDS = 250
KILLS = 4


class Process:
    """A server in a process of its own."""

    def __init__(self, database: str) -> None:
        ports, to = FORKS.Pipe(duplex=False)
        self.process: BaseProcess = FORKS.Process(
            target=serve_until_killed, args=(database, to)
        )
        self.process.start()
        to.close()
        self.port: int = ports.recv()

    def kill(self) -> None:
        self.process.kill()
        self.process.join()


@dataclass
class Connected:
    """A page and its socket, if it has one."""

    page: Page
    caller: Caller
    stack: ExitStack = field(default_factory=ExitStack)
    socket: Socket | None = None

    def connect(self, port: int) -> None:
        self.caller.port = port
        name = self.page.client.partition(":")[2]
        hello = {"client": name, **self.page.hello()}
        live = self.caller.live("shop", hello)
        self.socket = self.stack.enter_context(live)
        self.page.hear([self.socket.hear("hello")])
        for n in list(self.page.pending):
            self.socket.say(**self.page.message(n))

    def disconnect(self) -> None:
        self.socket = None
        with suppress(ConnectionClosed, OSError):
            self.stack.close()

    def listen(self, timeout_s: float = 0) -> list[dict[str, Any]]:
        """What the server said; the socket is gone where it is closed."""
        assert self.socket is not None
        heard = []
        try:
            while True:
                frame = json.loads(self.socket.connection.recv(timeout=timeout_s))
                self.page.hear(frame)
                heard += frame
                timeout_s = 0
        except TimeoutError:
            pass
        except ConnectionClosed:
            self.disconnect()
        return heard

    def say(self, message: dict[str, Any]) -> None:
        assert self.socket is not None
        try:
            self.socket.say(**message)
        except ConnectionClosed:
            self.disconnect()


@pytest.fixture
def database(postgres: str) -> str:
    url = new_database(postgres)
    log = EditLog(url)
    log.create(START, "e1", "Ann", 0)
    log.close()
    return url


@pytest.fixture
def servers(database: str) -> Iterator[list[Process]]:
    found = [Process(database) for _ in range(2)]
    yield found
    for one in found:
        one.kill()


def pages(log: EditLog, count: int) -> list[Connected]:
    people = People(log.engine, QUICK)
    found = []
    for number in range(count):
        person = people.add(f"Person {number}", PASSWORD, "editor")
        secret = people.sign_in(person.name, PASSWORD, now_us())
        page = Page(f"{person.id}:page{number}")
        found.append(Connected(page, Caller(0, secret)))
    return found


class World:
    """Pages at two servers, and what they do."""

    def __init__(self, database: str, servers: list[Process]) -> None:
        self.random = Random(7)  # noqa: S311
        self.database = database
        self.servers = servers
        self.log = EditLog(database)
        self.pages = pages(self.log, 5)
        self.acknowledged: set[tuple[str, int]] = set()

    def connect(self, one: Connected) -> None:
        with suppress(ConnectionClosed, InvalidStatus, OSError):
            one.connect(self.random.choice(self.servers).port)

    def drain(self, one: Connected, timeout_s: float = 0) -> None:
        if one.socket is None:
            self.connect(one)
            return
        for message in one.listen(timeout_s):
            if message["say"] == "saved":
                self.acknowledged.add((one.page.client, message["n"]))

    def kill(self) -> None:
        dead = self.random.randrange(2)
        self.servers[dead].kill()
        self.servers[dead] = Process(self.database)

    def act(self) -> None:
        one = self.random.choice(self.pages)
        self.drain(one)
        if one.socket is None:
            return
        if self.random.random() < 0.05:
            one.disconnect()
        else:
            edit = some_edit(one.page.view(), self.random, WORDS)
            one.say(one.page.edit(edit))

    def settle(self) -> None:
        for one in self.pages:
            while one.page.pending:
                self.drain(one, 60)
        last = len(self.log.since("shop", 0))
        for one in self.pages:
            while one.page.seq < last:
                self.drain(one, 60)
            one.disconnect()


def test_two_servers_end_with_the_same_map_though_one_is_killed(
    database: str, servers: list[Process]
) -> None:
    world = World(database, servers)
    kills = world.random.sample(range(20, ROUNDS), KILLS)
    for number in range(ROUNDS):
        if number in kills:
            world.kill()
        world.act()
    world.settle()
    entries = world.log.since("shop", 0)
    written = [(entry.client, entry.n) for entry in entries]
    board = replayed(world.log)
    assert len(entries) > ROUNDS // 4
    assert len(written) == len(set(written))
    assert world.acknowledged <= set(written)
    assert world.log.load("shop").board == board
    assert [one.page.board == board for one in world.pages] == [True] * 5
    world.log.close()


def replayed(log: EditLog) -> Board:
    board = START
    for entry in log.since("shop", 0):
        board = apply_edit(board, edit_of(entry.edit)).board
    return board


def test_who_loses_a_right_is_let_go_at_every_server(
    database: str, servers: list[Process]
) -> None:
    log = EditLog(database)
    (one,) = pages(log, 1)
    people = People(log.engine, QUICK)
    people.add("Ann", PASSWORD, "administrator")
    here, there = servers
    ann = Caller(here.port, people.sign_in("Ann", PASSWORD, now_us()))
    one.connect(there.port)
    (person,) = [found for found in people.everyone() if found.role == "editor"]
    answer = ann.ask("PATCH", f"/api/people/{person.id}", {"suspended": True})
    assert answer.status == 204
    assert one.socket is not None
    with pytest.raises(ConnectionClosed) as closed:
        one.socket.hear("saved")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4010
    one.disconnect()
    log.close()


def test_a_new_map_and_who_looks_where_are_seen_at_every_server(
    database: str, servers: list[Process]
) -> None:
    log = EditLog(database)
    here, there = pages(log, 2)
    here.connect(servers[0].port)
    there.connect(servers[1].port)
    heard: list[dict[str, Any]] = []
    while not heard:  # a server that has just begun may not listen yet
        here.say({"say": "presence", "at": "step:pay"})
        heard = [one for one in there.listen(1) if one["say"] == "presence"]
    assert heard[0]["who"] == "Person 0"
    people = People(log.engine, QUICK)
    people.add("Ann", PASSWORD, "administrator")
    ann = Caller(servers[0].port, people.sign_in("Ann", PASSWORD, now_us()))
    assert ann.ask("POST", "/api/maps", MAP.format(map_id="new")).status == 201
    ann.port = servers[1].port
    found = [one["id"] for one in ann.ask("GET", "/api/maps").data["maps"]]
    assert found == ["new", "shop"]
    for one in (here, there):
        one.disconnect()
    log.close()
