"""The server goes away, people go on, the server comes back: nothing is lost and nothing is said too early."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from tests.board.boards import Sheet, open_board
from tests.board.conftest import DEMO, PATIENCE_MS, ROLES, Visit, password_of
from tests.web.server import running

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
ADDRESS = "#/maps/assumed"
CHUNK = 65_536


@dataclass
class Gate:
    """A port that leads to a server, or to nothing: so that a server can come back where it was.

    Attributes:
        target: Port of the server, 0 while there is none.
    """

    target: int = 0
    open: list[socket.socket] = field(default_factory=list)
    ear: socket.socket = field(
        default_factory=lambda: socket.create_server(("127.0.0.1", 0))
    )

    @property
    def port(self) -> int:
        """Where pages come in."""
        return int(self.ear.getsockname()[1])

    def listen(self) -> None:
        """Lead everybody who comes to the server, until the gate is closed."""
        while True:
            try:
                near, _ = self.ear.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.target or 1))
            except OSError:
                near.close()
                continue
            self.open += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=_carry, args=(one, other), daemon=True).start()

    def cut(self) -> None:
        """Lead nowhere; everything that is open ends."""
        self.target = 0
        for one in self.open:
            _end(one)
        self.open.clear()


def _carry(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := one.recv(CHUNK):
            other.sendall(data)
    _end(one)
    _end(other)


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@pytest.fixture
def gate() -> Iterator[Gate]:
    one = Gate()
    thread = threading.Thread(target=one.listen)
    thread.start()
    yield one
    one.cut()
    with contextlib.suppress(OSError):
        one.ear.shutdown(socket.SHUT_RDWR)
    one.ear.close()
    thread.join()


def _write(sheet: Sheet, spot: str, text: str) -> None:
    sheet.spot(spot).click()
    sheet.press("n")
    sheet.write(text)
    sheet.press("Enter")


@pytest.mark.usefixtures("built")
def test_two_go_on_without_the_server_and_both_are_saved_when_it_is_back(
    gate: Gate, browser: Any, tmp_path: Path
) -> None:
    sync_api.expect.set_options(timeout=PATIENCE_MS)
    with running(tmp_path) as server:
        for role in ROLES:
            server.people.add(role.title(), password_of(role), role)  # type: ignore[arg-type]
        server.add_map(DEMO.read_text(encoding="utf-8"))
        gate.target = server.port
        visit = Visit(replace(server, port=gate.port), browser)
        visit.expect("ERR_", "WebSocket")
        one = open_board(visit.page("editor", ADDRESS))
        other = open_board(visit.page("facilitator", ADDRESS))
        for sheet in (one, other):
            sheet.saved()
        gate.cut()

    state = ".save-state"
    _write(one, "statement:compare-choice", "Written in the tunnel")
    _write(other, "statement:compare-choice", "Written on the train")
    one.spot("statement:compare-care").dblclick()
    one.press("Control+Home")
    one.write("Oh: ")
    one.press("Enter")
    for sheet, waiting in ((one, "2"), (other, "1")):
        expect(sheet.page.locator(state)).to_have_attribute("data-state", "offline")
        expect(sheet.page.locator(state)).to_have_attribute("data-waiting", waiting)
    expect(one.page.locator(state)).to_contain_text("2 changes wait on this device")

    with running(tmp_path) as server:
        gate.target = server.port
        for sheet in (one, other):
            sheet.saved()
            expect(sheet.card("Written in the tunnel")).to_be_visible()
            expect(sheet.card("Written on the train")).to_be_visible()
            expect(sheet.card("Oh: How much work will it be?")).to_be_visible()
        gate.cut()

    with running(tmp_path) as server:
        gate.target = server.port
        late = Visit(replace(server, port=gate.port), browser)
        sheet = open_board(late.page("viewer", ADDRESS))
        pains = sheet.texts("step:compare", "pains")
        assert {"Written in the tunnel", "Written on the train"} <= set(pains)
        late.close()
        assert visit.close() == []
