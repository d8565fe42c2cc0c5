"""Who is in a room: what a page is told of others, and in whose name it may send."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest

from desirepath.maps.edits.board import board_of
from desirepath.maps.model import JourneyMap
from desirepath.web.collab.log import EditLog
from desirepath.web.collab.members import Member
from desirepath.web.collab.room import Room
from desirepath.web.collab.rooms import Rooms
from desirepath.web.desk import Desk
from desirepath.web.notices import Notice, read

TITLE = {"do": "change", "ref": "map", "field": "title", "value": "We order"}


@pytest.fixture
def rooms() -> Iterator[Rooms]:
    log = EditLog("sqlite://")
    log.create(board_of(JourneyMap(id="shop", title="I order")), "e1", "Ann", 0)
    yield Rooms(log)
    log.close()


def come(rooms: Rooms, name: str, **hello: Any) -> tuple[Room, Member]:
    member = Member(f"{name}:page", name.title())
    return rooms.enter("shop", member, hello), member


def test_others_hear_who_comes_moves_and_leaves(rooms: Rooms) -> None:
    _, ann = come(rooms, "ann")
    ann.take()
    room, ben = come(rooms, "ben")
    room.receive(ben, {"say": "presence", "at": "step:pay"}, 1)
    room.leave(ben)
    here = {"page": "ben:page", "who": "Ben"}
    assert ann.take() == [
        {"say": "here", "at": "", **here},
        {"say": "presence", "at": "step:pay", **here},
        {"say": "left", "page": "ben:page"},
    ]


def test_who_comes_hears_who_is_here_and_what_one_may(rooms: Rooms) -> None:
    room, ann = come(rooms, "ann")
    room.receive(ann, {"say": "presence", "at": "step:pay"}, 1)
    ben = Member("ben:page", "Ben", role="editor", lanes=("pains",))
    rooms.enter("shop", ben, {})
    (hello,) = ben.take()
    assert hello["people"] == [{"page": "ann:page", "who": "Ann", "at": "step:pay"}]
    assert (hello["page"], hello["role"], hello["lanes"]) == (
        "ben:page",
        "editor",
        ["pains"],
    )


def test_a_program_that_only_sends_is_not_seen(rooms: Rooms) -> None:
    _, ann = come(rooms, "ann")
    ann.take()
    room, program = come(rooms, "program", quiet=True)
    room.leave(program)
    assert ann.take() == []


@pytest.mark.parametrize("at", [None, 3, {"x": []}, "x" * 10_000])
def test_a_place_that_is_none_is_not_carried(rooms: Rooms, at: object) -> None:
    _, ann = come(rooms, "ann")
    ann.take()
    room, ben = come(rooms, "ben")
    room.receive(ben, {"say": "presence", "at": at}, 1)
    told = ann.take()[-1]["at"]
    assert isinstance(told, str)
    assert len(told) <= 300


def test_who_looks_at_another_server_is_told_to_who_comes(rooms: Rooms) -> None:
    room, _ = come(rooms, "ann")
    there = {"page": "cid:page", "who": "Cid", "at": ""}
    room.tell_presence({"say": "here", **there})
    _, ben = come(rooms, "ben")
    assert there in ben.take()[0]["people"]
    room.tell_presence({"say": "left", "page": "cid:page"})
    _, dora = come(rooms, "dora")
    assert there not in dora.take()[0]["people"]


def test_a_page_sends_what_a_closed_one_could_not_once(rooms: Rooms) -> None:
    ann = Member("ann:new", "Ann", leftover={"old": "ann:old"})
    room = rooms.enter("shop", ann, {})
    assert ann.take()[0]["leftover"] == {"old": 0}
    message = {"say": "edit", "client": "old", "n": 1, "edit": TITLE}
    for _ in range(2):
        room.receive(ann, message, 1)
        rooms.commit()
    told = [(one["say"], one["client"], one["n"]) for one in ann.take()]
    assert told == [("saved", "ann:old", 1)] * 2
    assert room.seq == 1


def test_a_page_does_not_send_in_the_name_of_others(rooms: Rooms) -> None:
    room, ann = come(rooms, "ann")
    ann.take()
    room.receive(ann, {"say": "edit", "client": "ben:page", "n": 1, "edit": TITLE}, 1)
    (denied,) = ann.take()
    assert (denied["say"], denied["why"]) == ("denied", "this is not a page of yours")
    assert room.seq == 0


def test_a_move_over_the_move_of_another_is_written_and_told(rooms: Rooms) -> None:
    room, ann = come(rooms, "ann")
    edits: list[dict[str, Any]] = [
        {"do": "add", "ref": "stage:find", "fields": {"name": "Find"}},
        {"do": "move", "ref": "stage:find", "place": {"pos": "a5"}},
        {
            "do": "move",
            "ref": "stage:find",
            "place": {"pos": "a9"},
            "was": {"at": "map", "pos": "a0", "lane": ""},
        },
    ]
    for n, edit in enumerate(edits, 1):
        room.receive(ann, {"say": "edit", "n": n, "edit": edit}, 1)
    assert rooms.commit() is None
    place = {"at": "map", "lane": ""}
    assert ann.take()[-1]["replaced"] == [
        {
            "ref": "stage:find",
            "field": "place",
            "lost": {**place, "pos": "a5"},
            "now": {**place, "pos": "a9"},
        }
    ]


def test_pages_hear_that_something_beside_the_edits_has_changed(rooms: Rooms) -> None:
    _, ann = come(rooms, "ann")
    _, program = come(rooms, "program", quiet=True)
    ann.take()
    Desk(rooms, lambda: 0).tell_about("shop", "comments")
    assert ann.take() == [{"say": "news", "about": "comments"}]
    assert program.take() == []


def test_a_notice_of_another_server_comes_as_it_was_told() -> None:
    told = Notice("b", "shop", about="comments")
    assert read(json.dumps(asdict(told))) == told
