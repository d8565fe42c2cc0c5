"""What is done with files of sources: once, by one server, whole or not at all, whoever comes too late."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desirepath.errors import WebError
from desirepath.web.collab.log import EditLog
from desirepath.web.data import at_work, keeping
from desirepath.web.data.at_work import WRONG, Workshop, wrong_with
from desirepath.web.data.confined import UnwantedError
from desirepath.web.data.keeping import Keeper
from desirepath.web.data.sources import Source, Sources
from desirepath.web.data.works import Works
from desirepath.web.policy import Actor
from desirepath.web.talk.audit import note, trail

LEA = Actor("Lea", "facilitator", person="p1", kind="session")
ASKED = {"map": "shop"}


@pytest.fixture
def log(database: str) -> Iterator[EditLog]:
    one = EditLog(database)
    yield one
    one.close()


def came(folder: Path) -> Source:
    """A file that has just come."""
    (folder / "s1").mkdir(parents=True)
    (folder / "s1" / "a.csv").write_text("x\n")
    return Source("s1", "shop", "a.csv", "", "arrived", "a.csv", "0" * 64, 2, 0, "Lea", 5, folder / "s1")  # fmt: skip


def test_two_servers_and_two_people_do_one_thing_at_a_time(
    log: EditLog, tmp_path: Path
) -> None:
    here, there = Works(log.engine, note), Works(log.engine, note)
    sources = Sources(log.engine, tmp_path)
    source = came(sources.uploads)
    here.ask(source, "read", ASKED, LEA, 1)
    with pytest.raises(WebError, match="E747"):
        there.ask(source, "keep", ASKED, LEA, 2)
    with pytest.raises(WebError, match="E747"):
        there.put(source, replace(source, name="b.csv"))
    first = here.claim("here", 3)
    assert first is not None
    assert there.claim("there", 3) is None
    # another server takes it over; what the first one made does not count
    assert there.take_back("there", is_shared=True) == []
    assert there.claim("there", 4) is None  # it may be alive
    assert there.take_back("there", is_shared=False) == []
    second = there.claim("there", 4)
    assert second is not None
    read = replace(source, state="proposed", kind="events")
    assert not here.beat(first, 5)
    assert not here.end(first, source, read, 5)
    assert there.end(second, source, read, 6)
    assert [one.action for one in trail(log.engine)] == ["source.sent"]
    # a change that came in between is not lost: it is done again with it
    there.put(read, replace(read, privacy={"mail": "drop"}))
    here.ask(read, "keep", ASKED, LEA, 7)
    third = here.claim("here", 8)
    assert third is not None
    assert not here.end(third, read, replace(read, state="confirmed"), 9)
    again = here.of("s1")
    assert again is not None
    assert again.state == "waiting"
    # ended twice in the middle, it is given up
    for server in ("a", "b"):
        here.claim(server, 10)
        given_up = there.take_back("there", is_shared=False)
    assert [one.source for one in given_up] == ["s1"]


def test_what_cannot_be_written_is_told_and_leaves_the_source_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = EditLog.in_file(tmp_path / "boards.db")
    sources, works = Sources(log.engine, tmp_path), Works(log.engine)
    told: list[str] = []
    workshop = Workshop(Keeper(sources, tmp_path), works, "me", is_shared=False, now_us=lambda: 1, tell=lambda one: told.append(one.id))  # fmt: skip
    source = came(sources.uploads)
    works.ask(source, "read", ASKED, LEA, 1)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def unwanted(*_: object, **__: object) -> None:
        workshop._stops.set()
        raise UnwantedError

    def done() -> str:
        work = works.claim("me", 2)
        assert work is not None
        workshop._here["s1"] = at_work._Running(None)  # type: ignore[arg-type]
        return workshop._ended(work, source)

    # a server that stops leaves it to the next one, as if it had never begun
    monkeypatch.setattr(keeping, "_refuse_changed", unwanted)
    assert done() == "unwanted"
    left = works.of("s1")
    assert left is not None
    assert (left.state, left.tries) == ("waiting", 0)
    monkeypatch.setattr(keeping, "_refuse_changed", full)
    monkeypatch.setattr(at_work, "write_whole", full)
    assert done() == "failed E757"
    assert sources.everywhere()["s1"] == source
    assert not source.path.exists()
    assert not (source.folder / WRONG).exists()
    assert "why could not be written" in wrong_with(source).what
    # it can be taken away, and nothing of it is left
    workshop._here.clear()
    workshop.remove(source)
    assert (sources.everywhere(), works.everywhere()) == ({}, {})
    assert not source.folder.exists()
    log.close()


def test_a_proof_is_found_also_when_its_file_is_kept_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = EditLog.in_file(tmp_path / "boards.db")
    keeper = Keeper(Sources(log.engine, tmp_path), tmp_path)
    was = replace(came(keeper.sources.uploads), state="proposed")
    kept = replace(was, state="confirmed", file="kept/a.parquet")
    kept.path.parent.mkdir()
    (kept.path.parent / keeping.PROOF).write_text("{}")
    rows = [was, kept]
    monkeypatch.setattr(Sources, "one", lambda *_: rows.pop(0) if rows[1:] else rows[0])
    assert keeper.proved("shop", "s1") == (kept, {})
    # what stays gone is told
    (kept.path.parent / keeping.PROOF).unlink()
    with pytest.raises(WebError, match="E756"):
        keeper.proved("shop", "s1")
    log.close()
