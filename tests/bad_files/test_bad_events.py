"""Every event input here must end in one clear error and without a traceback."""

from __future__ import annotations

import gzip
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from desirepath.cli.app import run
from desirepath.errors import EventsError
from desirepath.events.read import read_events
from desirepath.events.schema import Columns

ROWS = "".join(
    f"s{case},{activity},2024-01-{day:02d} 10:0{case}:00\n"
    for case in range(1, 6)
    for day, activity in enumerate(("home", "search", "buy"), 1)
)
GOOD = "session_id,event,timestamp\n" + ROWS
XES_EVENT = '<event><string key="concept:name" value="home"/><date key="time:timestamp" value="2024-01-01T10:00:00Z"/></event>'
LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE log [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
RECIPE = "format: desirepath/recipe/1\n"


@dataclass(frozen=True)
class Bad:
    """One input; the whole text of its error is in `errors_of_events.txt`.

    Attributes:
        file: Name in the test's own folder.
        content: Text, bytes, files of a folder by name, or a function that writes the path.
        columns: Roles that are given.
        options: The same, and what else, on the command line.
        keywords: What else, for `read_events`.
    """

    file: str
    content: Any
    columns: dict[str, Any] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    keywords: dict[str, Any] = field(default_factory=dict)


def parquet(**columns: Any) -> Callable[[Path], None]:
    """Writer of a Parquet file."""

    def write(path: Path) -> None:
        pq.write_table(pa.table(columns), path)

    return write


def half_parquet(path: Path) -> None:
    """A Parquet file cut in the middle."""
    pq.write_table(pa.table({"session_id": ["a"] * 1000}), path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def half_gzip(path: Path) -> None:
    """A compressed file cut in the middle."""
    packed = gzip.compress(os.urandom(20_000).hex().encode())
    path.write_bytes(packed[: len(packed) // 2])


def gzip_bomb(path: Path) -> None:
    """A small file that unpacks to 512 MB."""
    with gzip.open(path, "wb", compresslevel=9) as file:
        for _ in range(512):
            file.write(b"a" * 1_000_000)


def zipped(path: Path) -> None:
    """A ZIP archive with a good file in it."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("events.csv", GOOD)


def unreadable(path: Path) -> None:
    """A file nobody may open."""
    path.write_text(GOOD)
    path.chmod(0)


def nothing(path: Path) -> None:
    """No file at all."""


BAD: dict[str, Bad] = {
    "no such file": Bad("shop.csv", nothing),
    "an empty file": Bad("shop.csv", b""),
    "an empty compressed file": Bad("shop.csv.gz", gzip.compress(b"")),
    "a header only": Bad("shop.csv", "session_id,event,timestamp\n"),
    "blank lines only": Bad("shop.csv", "\n\n\n"),
    "random bytes": Bad("shop.csv", bytes(range(256)) * 40),
    "a picture": Bad("shop.csv", b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "a PDF": Bad("shop.csv", b"%PDF-1.7\n" + bytes(100)),
    "a workbook": Bad("shop.csv", zipped),
    "zero bytes in text": Bad("shop.csv", GOOD.encode() + b"s9,\0home,2024-01-01\n"),
    "zero bytes late in the text": Bad(
        "shop.csv", GOOD.encode() + ROWS.encode() * 700 + b"s9,\0home,2024-01-01\n"
    ),
    "neither UTF-8 nor Windows text": Bad(
        "shop.csv", GOOD.encode() + b"s9,\x81\x8d\x8f,2024-01-01\n"
    ),
    "half a UTF-16 file": Bad("shop.csv", GOOD.encode("utf-16")[:-1]),
    "one column": Bad("shop.csv", "event\nhome\nbuy\n"),
    "no time": Bad("shop.csv", "session_id,event\na,home\na,buy\n"),
    "no activity": Bad(
        "shop.csv", "session_id,timestamp\na,2024-01-01\na,2024-01-02\n"
    ),
    "no case": Bad("shop.csv", "event,timestamp\nhome,2024-01-01\nbuy,2024-01-02\n"),
    "several activities to choose from": Bad(
        "shop.csv",
        "session_id,kind,thing,timestamp\n"
        + "a,x,p,2024-01-01\nb,y,q,2024-01-02\n" * 4,
    ),
    "a column that is not there": Bad(
        "shop.csv", GOOD, {"case": "sesion_id"}, ("--case", "sesion_id")
    ),
    "a time that is not there": Bad(
        "shop.csv", GOOD, {"time": "when"}, ("--time", "when")
    ),
    "two columns of one name": Bad(
        "shop.csv",
        "session_id,event,event,timestamp\na,home,x,2024-01-01\n",
        {"activity": "event"},
        ("--activity", "event"),
    ),
    "two columns of one name, recognized": Bad(
        "shop.csv", "session_id,event,event,timestamp\na,home,x,2024-01-01\n"
    ),
    "a short row": Bad("shop.csv", GOOD + "s9,home\n"),
    "a long row": Bad("shop.csv", GOOD + "s9,home,2024-01-01,1,2\n"),
    "a quote never closed": Bad("shop.csv", GOOD + 's9,"home,2024-01-01\n' + ROWS),
    "a quote inside a value": Bad(
        "shop.csv", GOOD + 's9,"home" page,2024-01-01\n' + ROWS
    ),
    "one line of 10 MB": Bad(
        "shop.csv", GOOD + "s9," + "x" * 10_000_000 + ",2024-01-01\n"
    ),
    "one line and nothing else": Bad("shop.csv", "x" * 3_000_000),
    "a thousand delimiters": Bad("shop.csv", "a" + "," * 6000 + "\n"),
    "dates that parse two ways": Bad(
        "shop.csv", "session_id,event,date\n" + "a,home,03/04/2024\na,buy,05/06/2024\n"
    ),
    "dates in two orders": Bad(
        "shop.csv", "session_id,event,date\n" + "a,home,13/04/2024\na,buy,05/16/2024\n"
    ),
    "dates that are none": Bad(
        "shop.csv",
        "session_id,event,date\na,home,yesterday\na,buy,today\n",
        {"time": "date"},
        ("--time", "date"),
    ),
    "half of the dates are none": Bad(
        "shop.csv",
        "session_id,event,date\n" + "a,home,2024-01-02\na,buy,soon\n" * 4,
        {"time": "date"},
        ("--time", "date"),
    ),
    "times in the far future": Bad(
        "shop.csv", "session_id,event,time\na,home,9999-01-01\na,buy,9999-01-02\n"
    ),
    "a count that is no time": Bad(
        "shop.csv",
        "session_id,event,time\na,home,1\na,buy,2\n",
        {"time": "time"},
        ("--time", "time"),
    ),
    "a time format that does not fit": Bad(
        "shop.csv", GOOD, {}, ("--time-format", "%d/%m/%Y"), {"time_format": "%d/%m/%Y"}
    ),
    "a time format that is none": Bad(
        "shop.csv", GOOD, {}, ("--time-format", "german"), {"time_format": "german"}
    ),
    "a zone that is none": Bad(
        "shop.csv", GOOD, {}, ("--zone", "Berlin"), {"zone": "Berlin"}
    ),
    "a gap without unit": Bad("shop.csv", GOOD, {}, ("--gap", "30"), {"gap": "30"}),
    "a goal nobody reaches": Bad(
        "shop.csv", GOOD, {}, ("--ends-with", "purchase"), {"ends_with": "purchase"}
    ),
    "all cases empty": Bad(
        "shop.csv",
        "session_id,event,timestamp\n,home,2024-01-01\n,buy,2024-01-02\n",
        {"case": "session_id"},
        ("--case", "session_id"),
    ),
    "all activities empty": Bad(
        "shop.csv",
        "session_id,event,timestamp\na,,2024-01-01\na,,2024-01-02\n",
        {"activity": "event"},
        ("--activity", "event"),
    ),
    "all times empty": Bad(
        "shop.csv",
        "session_id,event,timestamp\na,home,\na,buy,\n",
        {"time": "timestamp"},
        ("--time", "timestamp"),
    ),
    "a compressed file cut short": Bad("shop.csv.gz", half_gzip),
    "a damaged compressed file": Bad("shop.csv.gz", b"\x1f\x8b\x08\0" + b"x" * 100),
    "a compressed bomb": Bad("shop.csv.gz", gzip_bomb),
    "Parquet cut short": Bad("shop.parquet", half_parquet),
    "text called Parquet": Bad("shop.parquet", GOOD),
    "Parquet without time": Bad(
        "shop.parquet", parquet(session_id=["a", "a"], event=["home", "buy"])
    ),
    "Parquet without rows": Bad(
        "shop.parquet",
        parquet(session_id=pa.array([], pa.string()), event=pa.array([], pa.string())),
    ),
    "a broken JSON line": Bad(
        "shop.jsonl", '{"session_id": "a"}\n\n{"session_id": "b"\n'
    ),
    "a JSON line that is no object": Bad("shop.jsonl", '{"session_id": "a"}\n[1, 2]\n'),
    "JSON cut short": Bad("shop.json", '[{"session_id": "a"}, {"session_'),
    "JSON without events": Bad("shop.json", "[]"),
    "JSON of other things": Bad("shop.json", '{"a": 1}'),
    "JSON nested deeply": Bad("shop.json", "[" * 100_000 + "]" * 100_000),
    "a JSON line nested deeply": Bad(
        "shop.jsonl", '{"a":' + "[" * 100_000 + "]" * 100_000 + "}\n"
    ),
    "XES cut short": Bad("log.xes", f"<log><trace>{XES_EVENT}<event>"),
    "XES with entities": Bad(
        "log.xes", f"<?xml version='1.0'?>{LAUGHS}<log><trace>{XES_EVENT}</trace></log>"
    ),
    "XES with a file of the machine": Bad(
        "log.xes",
        f"<?xml version='1.0'?>{OUTSIDE}<log><trace>{XES_EVENT}</trace></log>",
    ),
    "XES without events": Bad("log.xes", "<log><trace></trace><trace></trace></log>"),
    "XES without the lifecycle asked for": Bad(
        "log.xes",
        f"<log><trace>{XES_EVENT.replace('</event>', '<string key=&quot;lifecycle:transition&quot; value=&quot;start&quot;/></event>'.replace('&quot;', chr(34)))}</trace></log>",
        {},
        ("--lifecycle", "complete"),
        {"lifecycle": "complete"},
    ),
    "XML of other things": Bad("log.xml", "<?xml version='1.0'?><html><body/></html>"),
    "text called XES": Bad("log.xes", GOOD),
    "a folder without files": Bad("logs", {}),
    "a folder with other files": Bad(
        "logs", {"a.csv": GOOD, "notes.docx": "x", "SOURCE.md": "x"}
    ),
    "a recipe that is no YAML": Bad("r.yaml", "sources: [1, 2\n"),
    "a recipe with an alias": Bad(
        "r.yaml", RECIPE + "case: &a id\nsources:\n  - files: *a\n"
    ),
    "a recipe of another format": Bad("r.yaml", "format: other/1\nsources: []\n"),
    "a recipe without sources": Bad("r.yaml", RECIPE),
    "a recipe with an unknown key": Bad(
        "r.yaml", RECIPE + "sources:\n  - files: r.yaml\n    actvity: event\n"
    ),
    "a recipe with an unknown file": Bad(
        "r.yaml", RECIPE + "sources:\n  - files: shop.csv\n"
    ),
    "a recipe with an unknown zone": Bad(
        "r.yaml", RECIPE + "sources:\n  - files: r.yaml\n    zone: Mars/Olympus\n"
    ),
    "a recipe with a wrong wide": Bad(
        "r.yaml", RECIPE + "sources:\n  - files: r.yaml\n    wide: [a, b]\n"
    ),
    "a recipe with wide and time": Bad(
        "r.yaml",
        RECIPE
        + "sources:\n  - files: r.yaml\n    time: ts\n    wide:\n      a: placed\n",
    ),
    "a recipe with a gap without unit": Bad(
        "r.yaml", RECIPE + "sources:\n  - files: r.yaml\ngap: 30\n"
    ),
    "a recipe with an unknown column": Bad(
        "with_file/r.yaml",
        {
            "r.yaml": RECIPE + "sources:\n  - files: shop.csv\n    case: order_id\n",
            "shop.csv": GOOD,
        },
    ),
    "a recipe with an unknown filter": Bad(
        "with_file/r.yaml",
        {
            "r.yaml": RECIPE
            + 'sources:\n  - files: shop.csv\n    where: {evnt: ["!home"]}\n',
            "shop.csv": GOOD,
        },
    ),
    "a file nobody may open": Bad("shop.csv", unreadable),
}


def written(bad: Bad, folder: Path) -> Path:
    """The input, made in a folder."""
    path = folder / bad.file
    if isinstance(bad.content, dict):
        inside = path.parent if path.suffix else path
        inside.mkdir()
        for name, text in bad.content.items():
            (inside / name).write_text(text, encoding="utf-8")
    elif callable(bad.content):
        bad.content(path)
    elif isinstance(bad.content, bytes):
        path.write_bytes(bad.content)
    else:
        path.write_text(bad.content, encoding="utf-8")
    return path


def expected() -> dict[str, str]:
    """Text of the error of each input, ``{}`` for the folder of the test with its slash."""
    text = Path(__file__).with_name("errors_of_events.txt").read_text(encoding="utf-8")
    parts = (part.partition("\n") for part in text.split("## ")[1:])
    return {name: body.strip("\n") for name, _, body in parts}


ERRORS = expected()
CASES = [pytest.param(name, id=name.replace(" ", "-")) for name in BAD]


@pytest.mark.parametrize("name", CASES)
def test_a_bad_input_ends_in_one_clear_error_and_exit_code_3(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = BAD[name]
    path = written(bad, tmp_path)
    if bad.content is unreadable and os.access(path, os.R_OK):
        pytest.skip("this user may open every file")
    code = run(["events", "inspect", str(path), *bad.options])
    printed = capsys.readouterr()
    assert (code, printed.out) == (3, "")
    assert printed.err == ERRORS[name].replace("{}", f"{tmp_path}{os.sep}") + "\n"


@pytest.mark.parametrize(
    "name", [name for name, bad in BAD.items() if bad.options or "quote" in name]
)
def test_python_raises_what_the_command_line_prints(name: str, tmp_path: Path) -> None:
    bad = BAD[name]
    path = written(bad, tmp_path)
    with pytest.raises(EventsError) as caught:
        read_events(path, columns=Columns(**bad.columns), **bad.keywords)
    assert str(caught.value) == ERRORS[name].replace("{}", f"{tmp_path}{os.sep}")


def test_every_error_says_what_to_do() -> None:
    assert set(ERRORS) == set(BAD)
    assert len(BAD) >= 34
    for name, text in ERRORS.items():
        first, _, hint = text.partition("\n  ")
        assert first.endswith("]"), name
        assert "[E2" in first, name
        assert hint.endswith((".", "/1", "shipped")), name
