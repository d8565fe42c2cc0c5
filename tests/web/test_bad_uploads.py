"""Files that cannot be read, and small ones that would become very much: one clear message, nothing left."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.bombs import BOMBS
from tests.web.server import MAP, PASSWORD, Caller, Server, running
from tests.web.test_data import PATH, sent, uploads

from desirepath.web.data import confined
from desirepath.web.data.at_work import WRONG

ROWS = b"s1,home,2024-01-01 10:00:00\n"
# These go the whole way here; all of them do in the browser, with `tests/board/test_bad_files.py`.
WHOLE_WAY = ("many members of zeros", "attributes without end", "a cell far away")  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("bombs")
    (folder / "project").mkdir()
    with running(folder) as one:
        one.app.state.project = folder / "project"
        one.add_map(MAP.format(map_id="shop"))
        yield one


@pytest.fixture(scope="module")
def lead(server: Server) -> Caller:
    server.person("Lou", "viewer")
    return server.person("Lea", "facilitator")


@pytest.mark.parametrize("name", WHOLE_WAY)
def test_a_refused_file_leaves_nothing(
    name: str, server: Server, lead: Caller, tmp_path: Path
) -> None:
    file, write, code = BOMBS[name]
    write(tmp_path / file)
    answer = sent(lead, file, (tmp_path / file).read_bytes())
    assert (answer.status, answer.data["code"]) == (400, code)
    assert len(answer.data["problems"]) == 1
    assert str(server.app.state.project) not in str(answer.data)
    # nothing is left but the message, until somebody has read it
    assert [one.name for one in uploads(server).rglob("*.*")] == [WRONG]
    (told,) = lead.ask("GET", PATH).data["sources"]
    assert (told["state"], told["is_failed"]) == ("arrived", True)
    assert told["problems"][0]["code"] == code
    looker = server.people.sign_in("Lou", PASSWORD, server.clock())
    (seen,) = Caller(lead.port, looker).ask("GET", PATH).data["sources"]
    assert (seen["is_failed"], seen["problems"]) == (True, [])  # it may quote a row
    assert lead.ask("DELETE", f"{PATH}/{told['id']}").status == 204
    assert list(uploads(server).iterdir()) == []
    assert lead.ask("GET", PATH).data["sources"] == []


def test_what_takes_too_much_is_ended(
    server: Server, lead: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    # rows that fit no disk that was allowed
    monkeypatch.setattr(confined, "LEAST_WRITTEN_BYTES", 20_000_000)
    monkeypatch.setattr(confined, "MOST_WRITTEN_BYTES", 20_000_000)
    head = gzip.compress(b"session_id,event,timestamp\n")
    packed = head + gzip.compress(ROWS * 300_000, 9) * 8
    room = sent(lead, "b.csv.gz", packed).data
    assert (room["code"], room["title"]) == ("E754", "the file takes too much room to read")  # fmt: skip
    monkeypatch.setattr(confined, "TIME_S", 0.1)
    time = sent(lead, "b.csv", b"session_id,event,timestamp\n" + ROWS).data
    assert (time["code"], time["title"]) == ("E754", "the file takes too much time to read")  # fmt: skip
    for one in (room, time):
        assert lead.ask("DELETE", f"{PATH}/{one['id']}").status == 204
    assert list(uploads(server).iterdir()) == []


def test_a_file_that_is_too_large_is_refused_before_it_comes(
    server: Server, lead: Caller
) -> None:
    told = lead.ask(
        "POST",
        f"{PATH}?name=b.csv",
        "",
        Content_Type="application/octet-stream",
        Content_Length=str(600 * 1024**2),
    )
    assert (told.status, told.data["code"]) == (413, "E752")
    assert not uploads(server).exists() or list(uploads(server).iterdir()) == []
