"""A server is killed in the middle: of an upload, a yes, a proposal, a vote. The next one finds nothing half."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from tests.web.server import MAP, PASSWORD, QUICK, Caller
from tests.web.test_data import settled

from desirepath.events.read import read_events
from desirepath.maps.edits.board import board_of
from desirepath.maps.files import parse_map
from desirepath.web.app import build_app
from desirepath.web.collab.log import EditLog
from desirepath.web.data.sources import Sources
from desirepath.web.people import People
from desirepath.web.serving import now_us, settings

pytestmark = pytest.mark.nightly
OCTETS = "application/octet-stream"
PATH = "/api/maps/shop/sources"
MANY = 24
ROWS = "session_id,event,timestamp,mail\n" + "".join(
    f"s{case},{activity},2024-03-0{day} 10:00:00,ann{case}@cage.example\n"
    for case in range(4000)
    for day, activity in enumerate(("home", "search", "buy"), 1)
)


def serve(project: Path, to: Connection, ahead_us: int) -> None:
    """Serve a project until the process is killed, by a clock that is so much ahead."""
    log = EditLog.in_file(project / "boards.db")
    app = build_app(log, People(log.engine, QUICK), lambda: now_us() + ahead_us, project=project, with_jobs=False)  # fmt: skip
    with socket.create_server(("127.0.0.1", 0)) as listening:
        to.send(listening.getsockname()[1])
        uvicorn.Server(settings(app, "127.0.0.1", 0)).run([listening])


@dataclass
class Killed:
    """A project whose server is killed now and then.

    Attributes:
        project: Its folder.
        process: The server of the moment.
        port: Its port.
        ahead_us: How much its clock is ahead.
    """

    project: Path
    process: BaseProcess = field(init=False)
    port: int = 0
    ahead_us: int = 0

    def start(self) -> None:
        """Start the next server."""
        here, there = multiprocessing.get_context("spawn").Pipe()
        target = multiprocessing.get_context("spawn").Process
        self.process = target(target=serve, args=(self.project, there, self.ahead_us))
        self.process.start()
        self.port = here.recv()

    def kill(self) -> None:
        """Kill it, and start the next one two minutes later: what was taken in hand is free again."""
        self.ahead_us += 120_000_000
        self.process.kill()
        self.process.join()
        self.start()

    @contextmanager
    def people(self) -> Iterator[People]:
        """Accounts, beside the server."""
        log = EditLog.in_file(self.project / "boards.db")
        try:
            yield People(log.engine, QUICK)
        finally:
            log.close()

    def page(self, name: str, role: Any = "facilitator") -> Caller:
        """The page of somebody, who comes in first."""
        with self.people() as people, suppress(Exception):
            people.add(name, PASSWORD, role)
        with self.people() as people:
            return Caller(self.port, people.sign_in(name, PASSWORD, now_us()))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Killed]:
    log = EditLog.in_file(tmp_path / "boards.db")
    journey = parse_map(MAP.format(map_id="shop"), "map.yaml")
    log.create(board_of(journey), "epoch", "the project", 1)
    log.close()
    one = Killed(tmp_path)
    one.start()
    try:
        yield one
    finally:
        one.process.kill()
        one.process.join()


def meanwhile(act: Callable[[], object]) -> threading.Thread:
    """Do something whose answer may never come."""

    def tried() -> None:
        with suppress(OSError, http.client.HTTPException, ValueError):
            act()

    thread = threading.Thread(target=tried)
    thread.start()
    return thread


def raw(page: Caller, name: str) -> Any:
    """The file of the tests, as soon as it is there."""
    return page.ask("POST", f"{PATH}?name={name}", ROWS, Content_Type=OCTETS)


def sent(page: Caller, name: str) -> Any:
    """What the server takes the file of the tests for."""
    return settled(page, raw(page, name))


def test_half_an_upload_is_no_source(server: Killed) -> None:
    page = server.page("Lea")
    head = "".join(f"{k}: {v}\r\n" for k, v in page.headers().items())
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(
            f"POST {PATH}?name=half.csv HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n{head}"
            f"Content-Type: {OCTETS}\r\nContent-Length: 9000000\r\n\r\n{ROWS}".encode()
        )
        while not list(server.project.glob("uploads/*/half.csv")):
            assert server.process.is_alive()
        server.kill()
    page = server.page("Lea")
    assert page.ask("GET", PATH).data["sources"] == []
    assert sent(page, "whole.csv").status == 200
    assert [one["name"] for one in page.ask("GET", PATH).data["sources"]] == ["whole.csv"]  # fmt: skip


def test_a_file_is_read_again_where_reading_was_cut_short(server: Killed) -> None:
    page = server.page("Lea")
    here = raw(page, "orders.csv")
    assert here.status == 202
    folder = server.project / "uploads" / here.data["id"]
    while not list(folder.glob("work-*")):  # it has begun to be read
        assert server.process.is_alive()
        assert not (folder / "proof.json").exists()
    server.kill()
    told = settled(server.page("Lea"), here)
    assert told.data["source"]["events"] == 12_000
    assert {one.name for one in folder.iterdir()} >= {"orders.csv", "proof.json"}


def test_a_yes_that_was_cut_short_is_carried_out(server: Killed) -> None:
    page = server.page("Lea")
    source = sent(page, "orders.csv").data["source"]["id"]
    folder = server.project / "uploads" / source
    before = set(folder.rglob("*"))
    answer = page.ask("POST", f"{PATH}/{source}/confirm")
    assert answer.status == 202
    while set(folder.rglob("*")) == before:
        assert server.process.is_alive()
    server.kill()
    # nobody has to say yes again
    told = settled(server.page("Lea"), answer)
    assert (told.data["source"]["state"], told.data["source"]["cases"]) == ("confirmed", 4000)  # fmt: skip
    with server.people() as people:
        (one,) = Sources(people.engine, server.project).of("shop")
    assert read_events(one.recipe_path).case_count == 4000
    while len(left := [one for one in folder.rglob("*") if one.is_file()]) > 3:
        assert server.process.is_alive()
    assert not any(b"cage.example" in file.read_bytes() for file in left)


def test_a_proposal_that_was_cut_short_is_accepted_once(server: Killed) -> None:
    page = server.page("Lea")
    edits = [
        {"do": "add", "ref": f"statement:new{n}", "place": {"at": "step:pay", "lane": "pains"}, "fields": {"text": f"new {n}"}}
        for n in range(MANY)
    ]  # fmt: skip
    every = "/api/maps/shop/proposals"
    made = page.ask("POST", every, {"title": "Many", "edits": edits}).data["id"]
    body = {"decisions": [{"n": n + 1, "accept": True} for n in range(MANY)]}
    waiting = meanwhile(lambda: page.ask("POST", f"{every}/{made}/decisions", body))
    while len(news(server)) < MANY // 3:
        assert server.process.is_alive()
    server.kill()
    waiting.join()
    page = server.page("Lea")
    items = page.ask("GET", f"{every}/{made}").data["items"]
    on_map = news(server)
    accepted = {f"new {one['n'] - 1}" for one in items if one["state"] == "accepted"}
    assert accepted <= set(on_map)
    assert len(on_map) == len(set(on_map))
    rest = [{"n": one["n"], "accept": True} for one in items if one["state"] != "accepted"]  # fmt: skip
    if rest:
        answer = page.ask("POST", f"{every}/{made}/decisions", {"decisions": rest})
        assert answer.data["refused"] == []
    assert sorted(news(server)) == sorted(f"new {n}" for n in range(MANY))


def news(server: Killed) -> list[str]:
    """Texts of the proposal that stand on the map."""
    log = EditLog.in_file(server.project / "boards.db")
    try:
        cards = log.load("shop").board.row("step:pay", "statement")
        texts = [str(card.fields["text"]) for card in cards]
        return [one for one in texts if one.startswith("new ")]
    finally:
        log.close()


def test_ballots_that_were_taken_are_counted_once(server: Killed) -> None:
    lead = server.page("Lea")
    asked = {"question": "What?", "kind": "choice", "options": [{"key": "a", "text": "A"}, {"key": "b", "text": "B"}]}  # fmt: skip
    votes = "/api/maps/shop/votes"
    vote = lead.ask("POST", votes, asked).data["id"]
    ballot = {"said": {"a": 1}}
    people = [server.page(f"P{n}", "commenter") for n in range(MANY)]
    taken: list[int] = []

    def cast(number: int) -> None:
        if people[number].ask("POST", f"{votes}/{vote}/ballot", ballot).status == 204:
            taken.append(number)

    waiting = [meanwhile(lambda number=n: cast(number)) for n in range(MANY)]  # type: ignore[misc]
    while len(taken) < MANY // 3:
        assert server.process.is_alive()
    server.kill()
    for one in waiting:
        one.join()
    lead = server.page("Lea")
    (told,) = lead.ask("GET", votes).data["votes"]
    assert len(taken) <= told["voted"] <= MANY
    for number in range(MANY):
        page = Caller(server.port, people[number].cookie)
        answer = page.ask("POST", f"{votes}/{vote}/ballot", ballot)
        # whose ballot is kept already is told so, without what keeps it theirs
        assert answer.status in (204, 409), answer
    lead.ask("POST", f"{votes}/{vote}/reveal")
    (told,) = lead.ask("GET", votes).data["votes"]
    assert json.dumps(told["result"]).count(str(MANY)) >= 1
    assert told["result"]["people"] == MANY
