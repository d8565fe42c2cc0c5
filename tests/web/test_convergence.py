"""Random people at one map, with lost connections, restarts, undo and rubbish: everyone ends with the same map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random  # noqa: TID251 - which edits, not a secret
from typing import Any

import pytest
from sqlalchemy import Connection
from tests.properties.test_edits import some_edit
from tests.web.page import Page

from desirepath.maps.edits.apply import apply_edit
from desirepath.maps.edits.board import board_of
from desirepath.maps.edits.commands import edit_of
from desirepath.maps.files import parse_map
from desirepath.maps.templates import new_text
from desirepath.web.collab.log import EditLog
from desirepath.web.collab.members import Member
from desirepath.web.collab.room import Room
from desirepath.web.collab.rooms import Rooms
from desirepath.web.collab.rows import Entry
from desirepath.web.notices import Notice

SEEDS = 300
SHARED_SEEDS = 60
OPERATIONS = 120
WORDS = ("I pay", "I pay by card", "It is slow", "Größe 😀", "支払う", "ادفع", "")
START = board_of(parse_map(new_text("classic")))
RUBBISH: tuple[dict[str, Any], ...] = (
    {},
    {"say": "drop table"},
    {"say": "edit"},
    {"say": "edit", "n": -1, "edit": {}},
    {"say": "edit", "n": True, "edit": {"do": "mark_gone", "ref": "map"}},
    {"say": "edit", "n": 10**9, "edit": {"do": "add", "ref": "step:x", "fields": 3}},
    {"say": "edit", "n": 10**9, "edit": "x" * 70_000},
)


class SharedLog(EditLog):
    """A log that several servers share, whose notices never arrive."""

    def __init__(self) -> None:
        super().__init__("sqlite://")
        self.is_shared = True

    def tell(self, connection: Connection, notice: Notice) -> None:
        """Nobody hears it."""

    def append(
        self, entries: Sequence[Entry], epochs: Mapping[str, str] | None = None
    ) -> None:
        self.is_shared = False  # SQLite has no gate
        try:
            super().append(entries, epochs)
        finally:
            self.is_shared = True


class World:
    """One server or several, their pages, and what happens between them."""

    def __init__(self, seed: int, servers: int = 1) -> None:
        self.random = Random(seed)  # noqa: S311
        self.log = EditLog("sqlite://") if servers == 1 else SharedLog()
        self.log.create(START, "e1", "Ann", 0)
        self.servers = [Rooms(self.log) for _ in range(servers)]
        count = self.random.randint(2, 6)
        self.pages = [Page(f"page{n}") for n in range(count)]
        self.members: dict[str, tuple[Member, Room, int]] = {}
        self.acknowledged: set[int] = set()

    def connect(self, page: Page) -> None:
        member = Member(page.client, f"person of {page.client}")
        number = self.random.randrange(len(self.servers))
        room = self.servers[number].enter(START.map_id, member, page.hello())
        self.members[page.client] = member, room, number
        self.hear(page)
        for n in list(page.pending):
            room.receive(member, page.message(n), 1)

    def hear(self, page: Page) -> None:
        member, _, _ = self.members[page.client]
        frame = member.take()
        self.acknowledged |= {one["seq"] for one in frame if one["say"] == "saved"}
        page.hear(frame)
        if member.closed:
            del self.members[page.client]

    def disconnect(self, page: Page) -> None:
        """The connection breaks; what was on its way is lost."""
        member, room, _ = self.members.pop(page.client)
        room.leave(member)

    def restart(self) -> None:
        """A server dies with whatever it had not written."""
        dead = self.random.randrange(len(self.servers))
        self.servers[dead] = Rooms(self.log)
        for client, (_, _, number) in list(self.members.items()):
            if number == dead:
                del self.members[client]

    def commit(self) -> None:
        """A server writes what waits there, and hears of others only then."""
        rooms = self.random.choice(self.servers)
        assert rooms.commit() is None

    def act(self) -> None:
        page = self.random.choice(self.pages)
        if page.client not in self.members:
            self.connect(page)
            return
        match self.random.randrange(24):
            case 0 | 1 | 2 | 3:
                self.disconnect(page)
            case 4:
                self.restart()
            case 5:
                member, room, _ = self.members[page.client]
                room.receive(member, self.random.choice(RUBBISH), 1)
            case 6 | 7 | 8 | 9:
                self.hear(page)
            case 10 | 11 | 12 | 13:
                self.commit()
            case 14 | 15 if page.undo:
                self.send(page, page.edit(page.undo.pop()))
            case 16:  # offline: made without a connection, sent on the next
                page.edit(some_edit(page.view(), self.random, WORDS))
                self.disconnect(page)
            case _:
                self.send(page, page.edit(some_edit(page.view(), self.random, WORDS)))

    def send(self, page: Page, message: dict[str, Any]) -> None:
        member, room, _ = self.members[page.client]
        room.receive(member, message, 1)

    def settle(self) -> None:
        for page in self.pages:
            if page.client not in self.members:
                self.connect(page)
        for rooms in self.servers:
            rooms.commit()
        for rooms in self.servers:
            rooms.heard(rooms.news(list(rooms.open.values())))
        for page in self.pages:
            self.hear(page)


@pytest.mark.parametrize("start", range(0, SEEDS, 25))
def test_everyone_ends_with_the_same_map(start: int) -> None:
    for seed in range(start, start + 25):
        settled(World(seed))


@pytest.mark.parametrize("start", range(0, SHARED_SEEDS, 20))
def test_everyone_ends_with_the_same_map_at_several_servers(start: int) -> None:
    for seed in range(start, start + 20):
        settled(World(seed, servers=2 + seed % 2))


def settled(world: World) -> None:
    for _ in range(OPERATIONS):
        world.act()
    world.settle()
    replayed = START
    entries = world.log.since(START.map_id, 0)
    for entry in entries:
        replayed = apply_edit(replayed, edit_of(entry.edit)).board
    for rooms in world.servers:
        if START.map_id in rooms.open:
            room = rooms.open[START.map_id]
            room.board.journey()
            assert room.board == room.saved_board == replayed
    assert world.log.load(START.map_id).board == replayed
    assert world.acknowledged <= {entry.seq for entry in entries}
    for page in world.pages:
        assert page.pending == {}
        assert page.board == replayed
        assert page.seq == len(entries)
