"""Small files that would become very much: what writes each of them, and what it must end in."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

Write = Callable[[Path], None]
HEAD = "session_id,event,timestamp\n"
ROW = "s1,home,2024-01-01 10:00:00\n"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
EVENT = "<event><string key='concept:name' value='{}'/></event>"
LAUGHS = "<!DOCTYPE l [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
)
QUADRATIC = f"<!DOCTYPE l [<!ENTITY a '{'a' * 100_000}'>]>"
PARTS = {
    "_rels/.rels": f"<Relationships xmlns='{PACKAGE}'><Relationship Id='r' Type='{OFFICE}/officeDocument' Target='xl/workbook.xml'/></Relationships>",
    "xl/workbook.xml": f"<workbook xmlns='{SHEETS}' xmlns:r='{OFFICE}'><sheets><sheet name='A' sheetId='1' r:id='r'/></sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{PACKAGE}'><Relationship Id='r' Type='{OFFICE}/worksheet' Target='sheet.xml'/><Relationship Id='s' Type='{OFFICE}/sharedStrings' Target='sharedStrings.xml'/></Relationships>",
}
SST = f"<?xml version='1.0'?><sst xmlns='{SHEETS}'>"
TWO_ROWS = "<row r='1'><c r='A1' t='str'><v>score</v></c><c r='B1' t='str'><v>why</v></c></row><row r='2'><c r='A2'><v>1</v></c><c r='B2'><v>2</v></c></row>"


def said(text: Callable[[], str]) -> Write:
    """Writer of a text."""

    def write(path: Path) -> None:
        path.write_text(text(), encoding="utf-8")

    return write


def held(data: Callable[[], bytes]) -> Write:
    """Writer of bytes."""

    def write(path: Path) -> None:
        path.write_bytes(data())

    return write


def packed(pieces: Callable[[], Iterable[bytes]]) -> Write:
    """Writer of a compressed file, piece by piece."""

    def write(path: Path) -> None:
        with gzip.open(path, "wb", compresslevel=1) as sink:
            for piece in pieces():
                sink.write(piece)

    return write


def workbook(
    cells: str,
    more: int = 0,
    *,
    around: str = "",
    parts: Mapping[str, tuple[str, str, str]] | None = None,
) -> Write:
    """Writer of a workbook of one sheet.

    Args:
        cells: Rows of the sheet.
        more: How many empty parts it holds besides.
        around: What stands before the rows.
        parts: Further parts: by name, what is written 1,000 times between a beginning and an end.
    """

    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as into:
            sheet = f"<worksheet xmlns='{SHEETS}'>{around}<sheetData>{cells}</sheetData></worksheet>"
            for name, text in {**PARTS, "xl/sheet.xml": sheet}.items():
                into.writestr(name, "<?xml version='1.0'?>" + text)
            for number in range(more):
                into.writestr(f"xl/media/{number}", b"")
            for name, (first, piece, last) in (parts or {}).items():
                with into.open(name, "w", force_zip64=True) as sink:
                    sink.write(first.encode())
                    for _ in range(1_000):
                        sink.write(piece.encode())
                    sink.write(last.encode())

    return write


def overlapping(path: Path) -> None:
    """A workbook whose 900 parts are all the same bytes of the file."""
    workbook(TWO_ROWS, parts={"xl/big": ("", "0" * 2_000, "")})(path)
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        end, big = archive.start_dir, archive.getinfo("xl/big")
    directory = data[end:]
    entry = directory.index(b"xl/big") - 46
    size = 46 + len("xl/big") + struct.unpack_from("<H", directory, entry + 30)[0]
    copies = directory[entry : entry + size] * 900
    assert big.file_size == 2_000_000
    listed = directory[: directory.rindex(b"PK\5\6")] + copies
    count = listed.count(b"PK\1\2")
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(listed), end, 0)
    path.write_bytes(data[:end] + listed + tail)


def lying(path: Path) -> None:
    """A workbook with 1.2 GB of spaces in its sheet that says of itself that it holds a hundred bytes."""
    pack = zlib.compressobj(1, zlib.DEFLATED, -15)
    sheet = f"<worksheet xmlns='{SHEETS}'><sheetData>".encode()
    body = [pack.compress(sheet)]
    body += [pack.compress(b" " * 4_000_000) for _ in range(300)]
    data = b"".join([*body, pack.flush()])
    with zipfile.ZipFile(path, "w") as into:
        for name, text in PARTS.items():
            into.writestr(name, text)
        info = zipfile.ZipInfo("xl/sheet.xml")
        into.writestr(info, data)
    whole = bytearray(path.read_bytes())
    for mark, kind, size in ((b"PK\3\4", 8, 22), (b"PK\1\2", 10, 24)):
        at = whole.rindex(mark)
        struct.pack_into("<H", whole, at + kind, zipfile.ZIP_DEFLATED)
        struct.pack_into("<L", whole, at + size, 100)
    path.write_bytes(bytes(whole))


def in_itself(path: Path) -> None:
    """A workbook in a workbook in a workbook."""
    inner = path.with_suffix(".inner")
    workbook(TWO_ROWS)(inner)
    data = inner.read_bytes()
    inner.unlink()
    for _ in range(3):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as into:
            into.writestr("inner.xlsx", data)
        data = buffer.getvalue()
    path.write_bytes(data)


def parquet(table: Callable[[], Any]) -> Write:
    """Writer of a Parquet file."""

    def write(path: Path) -> None:
        pq.write_table(table(), path)

    return write


def rows_of_nothing(count: int) -> Callable[[], Any]:
    """A table of as many rows without a value."""
    return lambda: pa.table({"session_id": pa.nulls(count, pa.int8()), "event": pa.nulls(count, pa.int8())})  # fmt: skip


def long_texts(path: Path) -> None:
    """Parquet of 800 MB of text, all in values of 100 MB."""
    table = pa.table({"session_id": ["a" * 100_000_000], "event": ["home"]})
    with pq.ParquetWriter(path, table.schema, compression="gzip") as into:
        for _ in range(8):
            into.write_table(table)


def long_footer(path: Path) -> None:
    """A Parquet file that says that its footer is 2 GB long."""
    pq.write_table(pa.table({"session_id": ["a"]}), path)
    data = path.read_bytes()
    path.write_bytes(data[:-8] + struct.pack("<L", 2**31 - 1) + data[-4:])


# Name of the file, what writes it, and the code it ends in; "" for a question.
BOMBS: dict[str, tuple[str, Write, str]] = {
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
        said(lambda: f"<?xml version='1.0'?>{LAUGHS}]><log><trace>{EVENT.format('&a9;')}</trace></log>"),
        "E219",
    ),
    "a file of the machine": (
        "b.xes",
        said(lambda: f"<!DOCTYPE l [<!ENTITY % p SYSTEM 'file:///etc/passwd'>%p;]><log><trace>{EVENT}</trace></log>"),
        "E219",
    ),
    "an outer subset": (
        "b.xes",
        said(lambda: f"<!DOCTYPE log SYSTEM 'http://127.0.0.1:1/x'><log><trace>{EVENT}</trace></log>"),
        "E219",
    ),
    "entities in UTF-16": (
        "b.xes",
        held(lambda: f"<?xml version='1.0' encoding='utf-16'?>{LAUGHS}]><log/>".encode("utf-16")),
        "E217",
    ),
    "deep elements": ("b.xes", said(lambda: "<log><trace>" + "<list key='a'>" * 100_000), "E216"),
    "one huge attribute": (
        "b.xes",
        said(lambda: f"<log><trace>{EVENT.format('a' * 11_000_000)}</trace></log>"),
        "E216",
    ),
    "attributes without end": (
        "b.xes",
        said(lambda: "<log>" + "".join(f"<trace><event><string key='k{n}' value='a'/></event></trace>" for n in range(5_100)) + "</log>"),
        "E212",
    ),
    "brackets without end": ("b.json", said(lambda: "[" * 500_000), "E214"),
    "a line of objects within objects": (
        "b.jsonl",
        said(lambda: '{"a":' + '{"a":' * 50_000 + "1" + "}" * 50_001),
        "",
    ),
    "one object of 20 MB": ("b.json", said(lambda: '{"a":"' + "x" * 20_000_000 + '"}'), "E214"),
    "one line of 20 MB": (
        "b.csv",
        said(lambda: "session_id,event,timestamp\n" + "a" * 20_000_000),
        "E212",
    ),
    "20,000 columns": (
        "b.csv",
        said(lambda: ",".join(f"c{n}" for n in range(20_000)) + "\n" + "1," * 19_999 + "1\n"),
        "E212",
    ),
    "quotes without end": (
        "b.csv",
        said(lambda: "session_id,event,timestamp\n" + '"' * 9_000_001),
        "E211",
    ),
    "a name of 5 MB": (
        "b.csv",
        said(lambda: "session_id,event," + "t" * 5_000_000 + "\na,b,2024-01-01\n"),
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
    "aliases": ("b.yaml", said(lambda: "a: &a [x, x]\nb: [*a, *a]\n"), "E203"),
    "a recipe of files of the machine": (
        "b.yml",
        said(lambda: "format: desirepath/recipe/1\nsources: [{files: /etc/passwd}]\n"),
        "E203",
    ),
    "empty members without end": ("b.csv.gz", held(lambda: gzip.compress(b"") * 100_000), "E204"),
    "a compressed name of 3 MB": ("b.csv.gz", held(lambda: b"\x1f\x8b\x08\x08" + bytes(6) + b"a" * 3_000_000), "E206"),
    "zeros in a thousand": ("b.csv.gz", packed(lambda: [bytes(1_000_000)] * 1_000), "E207"),
    "a ZIP archive in gzip": ("b.csv.gz", held(lambda: gzip.compress(b"PK\3\4" + bytes(1_000_000))), "E203"),
    "line breaks and nothing else": ("b.csv.gz", packed(lambda: [HEAD.encode(), *[b"\n" * 1_000_000] * 60]), "E204"),
    "a workbook in a workbook": ("b.xlsx", in_itself, "E252"),
    "parts that lie over each other": ("b.xlsx", overlapping, "E252"),
    "a sheet that lies about its size": ("b.xlsx", lying, "E252"),
    "shared texts without end": (
        "b.xlsx",
        workbook(TWO_ROWS, parts={"xl/sharedStrings.xml": (SST, "<si><t>a</t></si>" * 50_000, "</sst>")}),
        "E252",
    ),
    "a workbook that says it is full": (
        "b.xlsx",
        workbook(TWO_ROWS, around="<dimension ref='A1:XFD1048576'/>"),
        "",
    ),
    "cells merged without end": (
        "b.xlsx",
        workbook(TWO_ROWS + "</sheetData><mergeCells>" + "<mergeCell ref='A1:XFD1048576'/>" * 20_000 + "</mergeCells><sheetData>"),
        "E250",
    ),
    "one text many times": (
        "b.xlsx",
        workbook("".join(f"<row r='{n}'><c r='A{n}' t='s'><v>0</v></c><c r='B{n}'><v>1</v></c></row>" for n in range(1, 3_000)), parts={"xl/sharedStrings.xml": (SST + "<si><t>", "a" * 4_000, "</t></si></sst>")}),
        "E754",
    ),
    "entities that grow by squares": ("b.xes", said(lambda: f"<?xml version='1.0'?>{QUADRATIC}<log><trace>{EVENT.format('&a;' * 50_000)}</trace></log>"), "E219"),
    "a remark of 20 MB": ("b.xes", said(lambda: f"<?xml version='1.0'?><!--{'x' * 20_000_000}--><log/>"), "E216"),
    "200,000 attributes of one element": ("b.xes", said(lambda: "<log " + " ".join(f"a{n}='1'" for n in range(200_000)) + "/>"), "E218"),
    "traces without end": ("b.xes", said(lambda: "<log>" + "<trace/>" * 100_000 + "</log>"), "E218"),
    "a million objects without keys": ("b.json", said(lambda: "[" + "{}," * 1_000_000 + "{}]"), "E204"),
    "a million keys": ("b.json", said(lambda: "{" + ",".join(f'"k{n}":1' for n in range(1_000_000)) + "}"), "E754"),
    "ever new keys": ("b.jsonl", said(lambda: "".join(f'{{"k{n}":1}}\n' for n in range(100_000))), "E754"),
    "one huge number": ("b.json", said(lambda: '{"session_id":' + "1" * 10_000_000 + "}"), "E214"),
    "one huge power": ("b.jsonl", said(lambda: '{"session_id":-1e' + "1" * 3_000_000 + "}\n"), "E214"),
    "one row of a million values": ("b.csv", said(lambda: HEAD + "1," * 1_000_000 + "\n"), "E210"),
    "a date of 5 MB": ("b.csv", said(lambda: HEAD + ROW + f"s1,home,{'1' * 5_000_000}\n"), ""),
    "1,000 columns": (
        "b.csv",
        said(lambda: ",".join(f"c{n}" for n in range(1_000)) + "\n" + ("1," * 999 + "1\n") * 5),
        "",
    ),
    "Parquet of 20,000 columns": ("b.parquet", parquet(lambda: pa.table({f"c{n}": ["1"] for n in range(20_000)})), "E212"),
    "Parquet of 20,000 parts in one column": ("b.parquet", parquet(lambda: pa.table({"a": [{f"c{n}": 1 for n in range(20_000)}]})), "E212"),
    "60 million rows of nothing": ("b.parquet", parquet(rows_of_nothing(60_000_000)), "E212"),
    "texts of 100 MB": ("b.parquet", long_texts, "E754"),
    "a footer of 2 GB": ("b.parquet", long_footer, "E206"),
    "a SQLite database": ("b.csv", held(lambda: b"SQLite format 3\0" + bytes(4_000_000)), "E203"),
}  # fmt: skip
