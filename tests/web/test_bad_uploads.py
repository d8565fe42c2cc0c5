"""Files that cannot be read, and small ones that would become very much: one clear message, nothing left."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.bad_files.test_bad_events import BAD, written
from tests.web.server import MAP, Caller, Server, running
from tests.web.test_data import PATH, raw, uploads

from desirepath.errors import DesirepathError
from desirepath.web.data import confined
from desirepath.web.data.proofs import prove

LAUGHS = "<!DOCTYPE l [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
)
EVENT = "<event><string key='concept:name' value='{}'/></event>"
ROWS = b"s1,home,2024-01-01 10:00:00\n"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(cells: str, more: int = 0) -> Callable[[Path], None]:
    """Writer of a workbook of one sheet, and of parts nobody needs."""
    parts = {
        "_rels/.rels": f"<Relationships xmlns='{PACKAGE}'><Relationship Id='r' Type='{OFFICE}/officeDocument' Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{SHEETS}' xmlns:r='{OFFICE}'><sheets><sheet name='A' sheetId='1' r:id='r'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{PACKAGE}'><Relationship Id='r' Type='{OFFICE}/worksheet' Target='sheet.xml'/></Relationships>",
        "xl/sheet.xml": f"<worksheet xmlns='{SHEETS}'><sheetData>{cells}</sheetData></worksheet>",
    }

    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(name, "<?xml version='1.0'?>" + text)
            for number in range(more):
                archive.writestr(f"xl/media/{number}", b"")

    return write


def said(text: str) -> Callable[[Path], None]:
    """Writer of a text."""

    def write(path: Path) -> None:
        path.write_text(text, encoding="utf-8")

    return write


def held(data: Callable[[], bytes]) -> Callable[[Path], None]:
    """Writer of bytes."""

    def write(path: Path) -> None:
        path.write_bytes(data())

    return write


# Name of the file, what writes it, and the code it ends in; "" for a question.
BOMBS: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "many members of zeros": (
        "b.csv.gz",
        held(lambda: gzip.compress(bytes(8_000_000), 9) * 20),
        "E207",
    ),
    "gzip in gzip": (
        "b.csv.gz",
        held(lambda: gzip.compress(gzip.compress(bytes(50_000_000)))),
        "E203",
    ),
    "laughing entities": (
        "b.xes",
        said(f"<?xml version='1.0'?>{LAUGHS}]><log><trace>{EVENT.format('&a9;')}</trace></log>"),
        "E219",
    ),
    "a file of the machine": (
        "b.xes",
        said(f"<!DOCTYPE l [<!ENTITY % p SYSTEM 'file:///etc/passwd'>%p;]><log><trace>{EVENT}</trace></log>"),
        "E219",
    ),
    "an outer subset": (
        "b.xes",
        said(f"<!DOCTYPE log SYSTEM 'http://127.0.0.1:1/x'><log><trace>{EVENT}</trace></log>"),
        "E219",
    ),
    "entities in UTF-16": (
        "b.xes",
        held(lambda: f"<?xml version='1.0' encoding='utf-16'?>{LAUGHS}]><log/>".encode("utf-16")),
        "E217",
    ),
    "deep elements": ("b.xes", said("<log><trace>" + "<list key='a'>" * 100_000), "E216"),
    "one huge attribute": (
        "b.xes",
        said(f"<log><trace>{EVENT.format('a' * 11_000_000)}</trace></log>"),
        "E216",
    ),
    "attributes without end": (
        "b.xes",
        said("<log>" + "".join(f"<trace><event><string key='k{n}' value='a'/></event></trace>" for n in range(5_100)) + "</log>"),
        "E212",
    ),
    "JSON nested deeply": ("b.json", said("[" * 500_000), "E214"),
    "a JSON line nested deeply": (
        "b.jsonl",
        said('{"a":' + '{"a":' * 50_000 + "1" + "}" * 50_001),
        "",
    ),
    "one object of 20 MB": ("b.json", said('{"a":"' + "x" * 20_000_000 + '"}'), "E214"),
    "one line of 20 MB": (
        "b.csv",
        said("session_id,event,timestamp\n" + "a" * 20_000_000),
        "E212",
    ),
    "20,000 columns": (
        "b.csv",
        said(",".join(f"c{n}" for n in range(20_000)) + "\n" + "1," * 19_999 + "1\n"),
        "E212",
    ),
    "quotes without end": (
        "b.csv",
        said("session_id,event,timestamp\n" + '"' * 9_000_001),
        "E211",
    ),
    "a name of 5 MB": (
        "b.csv",
        said("session_id,event," + "t" * 5_000_000 + "\na,b,2024-01-01\n"),
        "E212",
    ),
    "a cell far away": (
        "b.xlsx",
        workbook("<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"),
        "E252",
    ),
    "entities in a workbook": (
        "b.xlsx",
        workbook(f"{LAUGHS}]><row r='1'><c r='A1' t='str'><v>&a9;</v></c></row>"),
        "E252",
    ),
    "parts without end": ("b.xlsx", workbook("", 1_100), "E252"),
    "a sheet without rows": ("b.xlsx", workbook("<a>" * 100_000), "E259"),
    "aliases": ("b.yaml", said("a: &a [x, x]\nb: [*a, *a]\n"), "E203"),
    "a recipe of files of the machine": (
        "b.yml",
        said("format: desirepath/recipe/1\nsources: [{files: /etc/passwd}]\n"),
        "E203",
    ),
}  # fmt: skip
# These go the whole way, each through a program of its own.
WHOLE_WAY = ("many members of zeros", "laughing entities", "attributes without end", "a cell far away", "aliases")  # fmt: skip


def outcome(file: str, kind: str = "") -> tuple[str, Any]:
    """Code of what a file ends in, "" where people are asked or shown what it is."""
    try:
        return "", prove(file, {"kind": kind})
    except DesirepathError as error:
        (problem,) = error.problems
        return problem.code if problem.hint else "no hint", None


def test_bad_files_end_in_a_question_or_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, str] = {}
    for number, (name, bad) in enumerate(BAD.items()):
        if isinstance(bad.content, dict):  # nobody can send a folder
            continue
        folder = tmp_path / str(number)
        folder.mkdir()
        path = written(bad, folder)
        if not path.is_file() or name == "a file nobody may open":
            continue
        monkeypatch.chdir(folder)
        code, proof = outcome(path.name)
        asked[name] = code or ",".join(one["code"] for one in proof["questions"])
        assert [one.name for one in folder.iterdir()] == [path.name], name
    # without questions only where the command line, not the file, was wrong
    fine = {name for name, code in asked.items() if not code}
    assert all(BAD[name].options for name in fine), fine
    assert len(asked) > 60


def test_small_files_do_not_become_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    found = {}
    for name, (file, write, _) in BOMBS.items():
        write(tmp_path / file)
        found[name] = outcome(file)[0]
        (tmp_path / file).unlink()
    assert found == {name: code for name, (_, _, code) in BOMBS.items()}
    assert list(tmp_path.iterdir()) == []


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
    return server.person("Lea", "facilitator")


@pytest.mark.parametrize("name", WHOLE_WAY)
def test_a_refused_file_leaves_nothing(
    name: str, server: Server, lead: Caller, tmp_path: Path
) -> None:
    file, write, code = BOMBS[name]
    write(tmp_path / file)
    answer = raw(lead, file, (tmp_path / file).read_bytes())
    assert (answer.status, answer.data["code"]) == (400, code)
    assert len(answer.data["problems"]) == 1
    assert str(server.app.state.project) not in str(answer.data)
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
    room = raw(lead, "b.csv.gz", packed).data
    assert (room["code"], room["title"]) == ("E754", "the file takes too much room to read")  # fmt: skip
    monkeypatch.setattr(confined, "TIME_S", 0.1)
    time = raw(lead, "b.csv", b"session_id,event,timestamp\n" + ROWS).data
    assert (time["code"], time["title"]) == ("E754", "the file takes too much time to read")  # fmt: skip
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
