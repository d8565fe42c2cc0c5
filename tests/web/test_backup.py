"""Backups: taken under load, restored exactly, into either database; damage is told."""

from __future__ import annotations

import threading
from pathlib import Path
from random import Random  # noqa: TID251 - which byte, not a secret

import pytest
from tests.postgres import new_database
from tests.web.server import MAP, PASSWORD, QUICK

from desirepath.errors import WebError
from desirepath.maps.edits.board import board_of
from desirepath.maps.edits.commands import Change, edit_data
from desirepath.maps.files import parse_map
from desirepath.web.backup import read_backup, restore, write_backup
from desirepath.web.collab.log import EditLog
from desirepath.web.collab.members import Member
from desirepath.web.collab.rooms import Rooms
from desirepath.web.people import People

START = board_of(parse_map(MAP.format(map_id="shop")))
NOW_US = 1_700_000_000_000_000
FLIPS = 400


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Another, empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'restored.db'}"
    return new_database(request.getfixturevalue("postgres"))


def filled(database: str) -> EditLog:
    log = EditLog(database)
    log.create(START, "e1", "Ann", 0)
    people = People(log.engine, QUICK)
    ann = people.add("Ann", PASSWORD, "administrator")
    people.add("Ben", PASSWORD, "editor", ("pains", "gains"))
    people.new_token(ann.id, "script", NOW_US * 2)
    people.sign_in("Ann", PASSWORD, NOW_US)
    return log


def edit(log: EditLog, count: int) -> None:
    """Make edits as fast as they can be made."""
    rooms = Rooms(log)
    member = Member("page", "Ann")
    room = rooms.enter("shop", member, {})
    for n in range(1, count + 1):
        change = Change(ref="map", field="title", value=f"Größe {n} 😀")
        room.receive(member, {"say": "edit", "n": n, "edit": edit_data(change)}, n)
        assert rooms.commit() is None


def test_a_backup_under_load_restores_to_one_edit(database: str, place: str, tmp_path: Path) -> None:  # fmt: skip
    log = filled(database)
    edit(log, 3)
    log.fold(log.load("shop").board, 3, "Ann", 5, "spring")
    writer = threading.Thread(target=edit_on, args=(log, 150))
    writer.start()
    told = write_backup(log.engine, tmp_path / "backup.zip", NOW_US)
    writer.join()
    seq = told.maps["shop"]
    assert 3 <= seq <= 153
    assert read_backup(tmp_path / "backup.zip") == told
    other = EditLog(place)
    assert restore(other.engine, tmp_path / "backup.zip") == told
    entries = log.since("shop", 0)
    assert other.since("shop", 0) == entries[:seq]
    stored = other.load("shop")
    assert (stored.seq, stored.sent) == (seq, {"page": min(seq, 3)} | ({"more": seq - 3} if seq > 3 else {}))  # fmt: skip
    assert stored.epoch not in ("", log.load("shop").epoch)
    assert other.versions("shop") == log.versions("shop")
    people = People(other.engine, QUICK)
    assert people.everyone() == People(log.engine, QUICK).everyone()
    assert [one.kind for one in people.keys(person=people.everyone()[0].id)] == ["token"]  # fmt: skip
    log.close()
    other.close()


def edit_on(log: EditLog, count: int) -> None:
    rooms = Rooms(log)
    member = Member("more", "Ann")
    room = rooms.enter("shop", member, {})
    for n in range(1, count + 1):
        change = Change(ref="map", field="title", value=f"Title {n}")
        room.receive(member, {"say": "edit", "n": n, "edit": edit_data(change)}, n)
        assert rooms.commit() is None


def test_a_database_that_is_not_empty_is_left_alone(database: str, tmp_path: Path) -> None:  # fmt: skip
    log = filled(database)
    edit(log, 3)
    write_backup(log.engine, tmp_path / "backup.zip", NOW_US)
    edit_on(log, 2)
    with pytest.raises(WebError, match="E725"):
        restore(log.engine, tmp_path / "backup.zip")
    assert log.load("shop").seq == 5
    rooms = Rooms(log)
    member = Member("open", "Ann")
    room = rooms.enter("shop", member, {})
    restore(log.engine, tmp_path / "backup.zip", replaces=True)
    assert log.load("shop").seq == 3
    # an edit of a page that was left open is not put on top of another past
    change = edit_data(Change(ref="map", field="title", value="From the old past"))
    room.receive(member, {"say": "edit", "n": 1, "edit": change}, 1)
    rooms.commit()
    assert member.closed
    assert log.load("shop").board == log.load("shop").board
    assert log.load("shop").seq == 3
    log.close()


def test_every_flipped_byte_is_reported(tmp_path: Path) -> None:
    log = filled(f"sqlite:///{tmp_path / 'boards.db'}")
    edit(log, 20)
    file, damaged = tmp_path / "backup.zip", tmp_path / "damaged.zip"
    write_backup(log.engine, file, NOW_US)
    log.close()
    content = file.read_bytes()
    random = Random(1)  # noqa: S311
    told = set()
    for place in random.sample(range(len(content)), FLIPS):
        flipped = bytearray(content)
        flipped[place] ^= 1 << random.randrange(8)
        damaged.write_bytes(flipped)
        with pytest.raises(WebError) as caught:
            read_backup(damaged)
        assert caught.value.code == "E724"
        told.add(caught.value.problems[0].what)
    assert "the backup is damaged in edit.jsonl" in told
    for part in (content[:-1], content[: len(content) // 2], b"", b"no zip"):
        damaged.write_bytes(part)
        with pytest.raises(WebError, match="E724"):
            read_backup(damaged)


def test_a_damaged_backup_changes_nothing(tmp_path: Path) -> None:
    log = filled(f"sqlite:///{tmp_path / 'boards.db'}")
    edit(log, 3)
    file = tmp_path / "backup.zip"
    write_backup(log.engine, file, NOW_US)
    assert file.stat().st_mode & 0o077 == 0
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    file.write_bytes(content)
    with pytest.raises(WebError, match="E724"):
        restore(log.engine, file, replaces=True)
    assert (log.load("shop").seq, log.load("shop").epoch) == (3, "e1")
    log.close()
