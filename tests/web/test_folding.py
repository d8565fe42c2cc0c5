"""A folded log: the same map, the same versions; nobody's edit is lost or done twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.web.page import Page
from tests.web.server import MAP

from desirepath.errors import WebError
from desirepath.maps.edits.board import board_of
from desirepath.maps.edits.commands import Change, edit_of
from desirepath.maps.files import parse_map
from desirepath.web.collab.folding import take_away
from desirepath.web.collab.log import EditLog
from desirepath.web.collab.members import Member
from desirepath.web.collab.rooms import Rooms

START = board_of(parse_map(MAP.format(map_id="shop")))


@pytest.fixture
def log(database: str) -> Iterator[EditLog]:
    one = EditLog(database)
    one.create(START, "e1", "Ann", 0)
    yield one
    one.close()


class Visit:
    """A page in a room."""

    def __init__(self, rooms: Rooms, page: Page) -> None:
        self.rooms, self.page = rooms, page
        self.member = Member(page.client, "Ann")
        self.room = rooms.enter("shop", self.member, page.hello())
        self.hear()

    def hear(self) -> list[dict[str, Any]]:
        frame = self.member.take()
        self.page.hear(frame)
        return frame

    def edit(self, title: str, at_us: int) -> None:
        edit = Change(ref="map", field="title", value=title)
        self.send(self.page.edit(edit), at_us)

    def send(self, message: dict[str, Any], at_us: int) -> None:
        self.room.receive(self.member, message, at_us)
        assert self.rooms.commit() is None
        self.rooms.fold(self.rooms.due(10), at_us)
        self.hear()


def test_a_folded_log_loses_nothing(log: EditLog) -> None:
    page, away, long_away = Page("a:1"), Page("b:1"), Page("c:1")
    visit = Visit(Rooms(log), page)
    Visit(visit.rooms, long_away)
    for n in range(1, 36):
        if n == 4:
            log.fold(visit.room.saved_board, visit.room.saved_seq, "Ann", n, "spring")
        if n == 33:
            Visit(visit.rooms, away)
        visit.edit(f"Title {n}", n)
    title = log.load("shop").board.journey().title
    assert log.load("shop").folded == 30
    assert take_away(log, "shop", before_us=26) == 25
    assert take_away(log, "shop", before_us=26) == 0
    stored = log.load("shop")
    assert (stored.seq, stored.board.journey().title) == (35, title)
    assert stored.sent == {"a:1": 35}
    assert [one.name for one in log.versions("shop")] == ["spring"]
    assert log.version("shop", "spring").journey().title == "Title 3"
    # after a restart
    again = Visit(Rooms(log), page)
    again.send(again.page.message(35) if 35 in page.pending else {"say": "edit", "n": 35, "edit": {"do": "mark_gone", "ref": "stage:buy"}}, 99)  # fmt: skip
    assert log.load("shop").seq == 35
    undo = page.undo.pop()
    again.send(page.edit(undo), 100)
    assert log.load("shop").board.journey().title == "Title 34"
    for one in (away, long_away):
        back = Visit(Rooms(log), one)
        assert back.page.board == log.load("shop").board
    last = take_away(log, "shop", before_us=10**9)
    assert last == 5
    stored = log.load("shop")
    assert (stored.seq, stored.sent) == (36, {"a:1": 36})
    assert edit_of(log.since("shop", 30)[0].edit) is not None


def test_a_page_that_was_away_too_long_gets_the_whole_map(log: EditLog) -> None:
    visit = Visit(Rooms(log), Page("a:1"))
    long_away = Page("c:1")
    Visit(visit.rooms, long_away)
    for n in range(1, 12):
        visit.edit(f"Title {n}", n)
    assert take_away(log, "shop", before_us=10**9) == 10
    member = Member("c:1", "Ben")
    Rooms(log).enter("shop", member, long_away.hello())
    (hello,) = member.take()
    assert "board" in hello
    assert hello["seq"] == 11


def test_nothing_is_taken_away_that_only_a_damaged_snapshot_has(log: EditLog) -> None:
    visit = Visit(Rooms(log), Page("a:1"))
    for n in range(1, 12):
        visit.edit(f"Title {n}", n)
    with log.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE snapshot SET document = document || ' ' WHERE upto = 10")  # fmt: skip
    with pytest.raises(WebError, match="E703"):
        take_away(log, "shop", before_us=10**9)
    assert len(log.since("shop", 0)) == 11
