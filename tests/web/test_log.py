"""The edit log: nothing acknowledged is lost, nothing damaged is taken for true."""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.web.writer import write_until_killed

from desirepath.errors import WebError
from desirepath.maps.edits.apply import apply_edit
from desirepath.maps.edits.board import Board, board_of
from desirepath.maps.edits.commands import Add, Change, edit_data
from desirepath.maps.model import JourneyMap, Stage
from desirepath.web.collab.log import EditLog
from desirepath.web.collab.members import Member
from desirepath.web.collab.rooms import Rooms
from desirepath.web.collab.rows import Entry

START = board_of(
    JourneyMap(id="shop", title="I order", stages=(Stage(id="find", name="Find"),))
)
LOOPS = {"sqlite": 40, "postgresql": 10}
# Servers are forked from a process without threads, so that none begins with a lock held.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.web.writer"])


@pytest.fixture
def log(database: str) -> Iterator[EditLog]:
    one = EditLog(database)
    one.create(START, "e1", "Ann", 0)
    yield one
    one.close()


def do(log: EditLog, change: str) -> None:
    """Change the database behind the back of the log."""
    with log.engine.begin() as connection:
        connection.exec_driver_sql(change)


def entry(seq: int, title: str) -> Entry:
    edit = edit_data(Change(ref="map", field="title", value=title))
    return Entry("shop", seq, "Ann", "page", seq, seq, edit, edit)


def test_a_map_comes_back_as_its_edits_left_it(log: EditLog) -> None:
    log.append([entry(1, "We order"), entry(2, "They order")])
    stored = log.load("shop")
    assert stored.board.journey().title == "They order"
    assert (stored.seq, stored.epoch, stored.sent) == (2, "e1", {"page": 2})
    assert log.since("shop", 1) == [entry(2, "They order")]
    assert log.maps() == ("shop",)


def test_a_folded_log_gives_the_same_map(log: EditLog) -> None:
    log.append([entry(1, "We order")])
    log.fold(log.load("shop").board, 1, "", 1)
    log.append([entry(2, "They order")])
    assert log.load("shop").board.journey().title == "They order"
    assert log.load("shop").sent == {"page": 2}


def test_a_named_version_can_be_gone_back_to(log: EditLog) -> None:
    log.fold(START, 0, "Ann", 7, "before the workshop")
    log.append([entry(1, "We order")])
    (version,) = log.versions("shop")
    assert (version.name, version.seq, version.author) == (
        "before the workshop",
        0,
        "Ann",
    )
    assert log.version("shop", "before the workshop") == START
    with pytest.raises(WebError) as caught:
        log.version("shop", "after")
    assert str(caught.value) == (
        'the map has no version called "after" [E702]\n'
        "  Known versions: before the workshop."
    )
    with pytest.raises(WebError, match="E706"):
        log.fold(START, 0, "Ann", 8, "before the workshop")


def test_a_number_is_given_once(log: EditLog) -> None:
    log.append([entry(1, "We order")])
    other = replace(entry(1, "They order"), client="other")
    with pytest.raises(WebError) as caught:
        log.append([entry(2, "You order"), other])
    assert str(caught.value) == (
        "another server has written edits of this map [E705]\n  Load the map again."
    )
    assert len(log.since("shop", 0)) == 1


def test_a_map_is_made_once(log: EditLog) -> None:
    with pytest.raises(WebError) as caught:
        log.create(START, "e2", "Ben", 0)
    assert str(caught.value) == (
        'there is a map called "shop" already [E701]\n  Give it another id.'
    )
    with pytest.raises(WebError, match=r'no map called "shup" \[E702\]'):
        log.load("shup")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE edit SET data = replace(data, 'We', 'Me')", "edit 1 is not what was"),
        ("UPDATE edit SET author = 'Bob' WHERE seq = 2", "edit 2 is not what was"),
        ("DELETE FROM edit WHERE seq = 2", "an edit is missing"),
        ("UPDATE snapshot SET document = document || ' '", "a snapshot is not what"),
    ],
)
def test_a_damaged_log_is_told(log: EditLog, change: str, what: str) -> None:
    log.append([entry(1, "We"), entry(2, "You"), entry(3, "They")])
    do(log, change)
    with pytest.raises(WebError) as caught:
        log.load("shop")
    assert what in str(caught.value)
    assert caught.value.code == "E703"


def test_what_could_not_be_written_is_not_acknowledged(log: EditLog) -> None:
    rooms = Rooms(log)
    member = Member("page", "Ann")
    room = rooms.enter("shop", member, {})
    member.take()
    edit = edit_data(Change(ref="map", field="title", value="We order"))
    room.receive(member, {"say": "edit", "n": 1, "edit": edit}, 1)
    do(log, "ALTER TABLE edit RENAME TO away")
    error = rooms.commit()
    assert error is not None
    assert error.code == "E704"
    assert member.take() == []
    assert member.closed
    do(log, "ALTER TABLE away RENAME TO edit")
    again = Member("page", "Ann")
    room = rooms.enter("shop", again, {})
    (hello,) = again.take()
    assert (hello["seq"], hello["sent"]) == (0, 0)
    room.receive(again, {"say": "edit", "n": 1, "edit": edit}, 1)
    assert rooms.commit() is None
    assert [one["say"] for one in again.take()] == ["saved"]
    assert log.load("shop").board.journey().title == "We order"


def test_kill_9_loses_nothing_that_was_acknowledged(
    log: EditLog, database: str
) -> None:
    acknowledged: list[str] = []
    log.close()
    for loop in range(LOOPS[log.engine.dialect.name]):
        answers, to = FORKS.Pipe(duplex=False)
        server = FORKS.Process(target=write_until_killed, args=(database, to))
        server.start()
        to.close()
        heard = [answers.recv() for _ in range(3 + loop % 7)]
        server.kill()
        server.join()
        # What it managed to say before it died counts as well.
        with contextlib.suppress(EOFError):
            while True:
                heard.append(answers.recv())
        acknowledged += heard
    board = log.load("shop").board
    assert [ref for ref in acknowledged if ref not in board.cards] == []
    assert replayed(log) == board
    rooms = Rooms(log)
    member = Member("after", "Ben")
    room = rooms.enter("shop", member, {})
    edit = edit_data(Change(ref="map", field="title", value="Still here"))
    room.receive(member, {"say": "edit", "n": 1, "edit": edit}, 1)
    assert rooms.commit() is None
    assert member.take()[-1]["say"] == "saved"


def replayed(log: EditLog) -> Board:
    board = START
    for one in log.since("shop", 0):
        edit = Add.model_validate(one.edit)
        board = apply_edit(board, edit).board
    return board
