"""Excel workbooks as tables of texts: one sheet, its header in one row, dates as dates. Understands no question."""

from __future__ import annotations

import csv
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from desirepath.errors import did_you_mean
from desirepath.events.schema import Table, fail

SUFFIXES = {".xlsx", ".xlsm"}
PART = "#"  # survey.xlsx#Answers is the sheet Answers of survey.xlsx
MAX_UNPACKED_BYTES = 1024**3
MAX_RATIO = 50  # sheets of real answers shrink to a tenth of their size
RATIO_FROM_BYTES = 64 * 1024**2
MAX_CELLS = 50_000_000
MAX_PARTS = 1_000
BLOCK = 1024**2
LOCAL_HEADER_BYTES = 30
MAX_HEADER_ROWS = 4
OLD = b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")
TOOLS = ({"startdate", "responseid"}, {"recordeddate", "status"}, {"respondent id", "collector id"})  # fmt: skip
ROW = re.compile(rb"<row\b[^>]*?\bhidden\s*=\s*[\"'](?:1|true)[\"']")
CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
AGAIN = "Save it again as .xlsx, or export the answers as CSV."

Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


def split_sheet(path: Path) -> tuple[Path, str]:
    """File and sheet of a path; the sheet is "" where none is named.

    Examples:
        >>> split_sheet(Path("answers/may.xlsx#Form responses 1"))[1]
        'Form responses 1'
        >>> split_sheet(Path("may.csv"))[1]
        ''
    """
    file, mark, sheet = str(path).rpartition(PART)
    if mark and Path(file).suffix.lower() in SUFFIXES and not path.exists():
        return Path(file), sheet
    return path, ""


def is_workbook(path: Path) -> bool:
    """True for files that are called as workbooks are.

    Examples:
        >>> is_workbook(Path("May.XLSX")), is_workbook(Path("may.csv"))
        (True, False)
    """
    return path.suffix.lower() in SUFFIXES


def workbook_table(path: Path, scratch: Path, sheet: str = "", place: str = "") -> Table:  # fmt: skip
    """Table of one sheet, to be read as CSV is.

    Args:
        path: The workbook.
        scratch: Folder of our own.
        sheet: Name of the sheet; "" for the only one that holds rows, or the first visible of them.
        place: Where the sheet was named, for messages.

    Raises:
        EventsError: E201 if there is no such file, E252 if it is no workbook that can be read, E259 if
            it has no such sheet or no sheet with rows.
    """
    parts = _checked(path)
    try:
        book = CalamineWorkbook.from_path(path)
        name, others = _sheet(book, sheet, path, place)
        found = book.get_sheet_by_name(name)
        rows = [
            [_text(cell) for cell in row]
            for row in found.to_python(skip_empty_area=False)
        ]
        merged = found.merged_cell_ranges or ()
    except (CalamineError, ValueError, OverflowError) as error:
        raise fail(
            "E252", f"the workbook cannot be read: {error}", str(path), AGAIN
        ) from error
    rows, notes = _one_header(rows, merged)
    hidden = parts.get(name, 0)
    if hidden:
        notes.append(f"{hidden:,} hidden rows of the sheet are read as well")
    if others:
        listed = ", ".join(f'"{one}"' for one in others)
        notes.append(f'sheet "{name}" is read; also there: {listed}')
    target = scratch / "sheet.csv"
    with target.open("w", encoding="utf-8", newline="") as sink:
        csv.writer(sink).writerows(rows)
    return Table(
        "csv",
        path.name,
        files=(target,),
        originals=(str(path),),
        columns=tuple(rows[0]) if rows else (),
        notes=tuple(notes),
    )


def _checked(path: Path) -> dict[str, int]:
    """Hidden rows of each sheet of a workbook that is whole, open and of modest size."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
            if start.startswith(OLD):
                is_locked = LOCKED in start + file.read(BLOCK)
                what = "is locked with a password" if is_locked else "has the old format of Excel (.xls)"  # fmt: skip
                hint = "Remove the password in Excel, or export the answers as CSV." if is_locked else AGAIN  # fmt: skip
                raise fail("E252", f"the workbook {what}", str(path), hint)
            if not zipfile.is_zipfile(file):
                raise fail("E252", "the file is not a workbook, although it is called so", str(path), AGAIN)  # fmt: skip
            with zipfile.ZipFile(file) as archive:
                _check_size(archive, file, path)
                return _hidden_rows(archive, path)
    except FileNotFoundError:
        raise fail("E201", "there is no such file or folder", str(path), "Check the spelling and the folder you are in.") from None  # fmt: skip
    except PermissionError:
        raise fail("E208", "the file may not be opened", str(path), "Allow reading it, or copy it to a folder of yours.") from None  # fmt: skip
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, EOFError):
        raise fail("E252", "the workbook is damaged", str(path), AGAIN) from None


def _check_size(archive: zipfile.ZipFile, file: IO[bytes], path: Path) -> None:
    """Refuse what unpacks to more than a workbook plausibly holds, whatever it says of itself."""
    total, parts = 0, archive.infolist()
    most = min(MAX_UNPACKED_BYTES, max(RATIO_FROM_BYTES, MAX_RATIO * path.stat().st_size))  # fmt: skip
    if len(parts) > MAX_PARTS:
        what = f"the workbook has more than {MAX_PARTS:,} parts"
        raise fail("E252", what, str(path), "Export the answers as CSV.")
    for info in parts:
        for size in _unpacked(info, file):
            total += size
            if total > most:
                much = "1 GiB" if most == MAX_UNPACKED_BYTES else f"{MAX_RATIO} times its size"  # fmt: skip
                what = f"the workbook unpacks to more than {much}"
                raise fail("E252", what, str(path), "Export the answers as CSV.")


def _unpacked(info: zipfile.ZipInfo, file: IO[bytes]) -> Iterator[int]:
    """Bytes of one part, block by block; the sizes in the directory of the archive may lie."""
    file.seek(info.header_offset)
    header = file.read(LOCAL_HEADER_BYTES)
    lengths = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
    file.seek(sum(lengths), 1)
    if info.compress_type == zipfile.ZIP_STORED:
        yield info.compress_size
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile
    left, unpack = info.compress_size, zlib.decompressobj(-zlib.MAX_WBITS)
    while left > 0 and (block := file.read(min(left, BLOCK))):
        left -= len(block)
        while block:
            yield len(unpack.decompress(block, BLOCK))
            block = unpack.unconsumed_tail


def _hidden_rows(archive: zipfile.ZipFile, path: Path) -> dict[str, int]:
    """Hidden rows by name of sheet.

    Raises:
        EventsError: E252 if a sheet spans more cells than fit in memory.
    """
    found = {}
    for name, part in _sheet_parts(archive):
        hidden, widest, longest = 0, 0, 0
        with archive.open(part) as source:
            rest = b""
            while block := source.read(BLOCK):
                text = rest + block
                cut = text.rfind(b"<")
                text, rest = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
                hidden += len(ROW.findall(text))
                cells = CELL.findall(text)
                widest = max(widest, max((_column(one) for one, _ in cells), default=0))
                longest = max(longest, max((int(one) for _, one in cells), default=0))
        if widest * longest > MAX_CELLS:
            raise fail(
                "E252",
                f'the sheet "{name}" spans {longest:,} rows and {widest:,} columns',
                str(path),
                "Delete what stands far outside the table, or export it as CSV.",
            )
        found[name] = hidden
    return found


def _column(letters: bytes) -> int:
    """Number of a column, from 1.

    Examples:
        >>> _column(b"A"), _column(b"AB")
        (1, 28)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet."""
    book = _xml(archive, "xl/workbook.xml")
    links = _xml(archive, "xl/_rels/workbook.xml.rels")
    targets = {one.get("Id"): one.get("Target", "") for one in links}
    for sheet in book.iter("{*}sheet"):
        link = next((v for k, v in sheet.attrib.items() if str(k).endswith("}id")), "")
        target = targets.get(link, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in archive.namelist():
            yield str(sheet.get("name", "")), part


def _xml(archive: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(archive.read(part), parser)


def _sheet(
    book: CalamineWorkbook, wanted: str, path: Path, place: str
) -> tuple[str, list[str]]:
    """Name of the sheet to read, and of others that hold rows too."""
    if wanted and wanted not in book.sheet_names:
        raise fail(
            "E259",
            f'no sheet is called "{wanted}"',
            place or str(path),
            did_you_mean(wanted, book.sheet_names),
        )
    visible = [
        one.name
        for one in book.sheets_metadata
        if one.visible == SheetVisibleEnum.Visible
    ]
    filled = [name for name in visible if book.get_sheet_by_name(name).height > 1]
    if not filled and not wanted:
        raise fail(
            "E259",
            "no visible sheet of the workbook holds a header and rows",
            str(path),
            "Export the answers again, or name the sheet: answers.xlsx#Sheet.",
        )
    return (wanted, []) if wanted else (filled[0], filled[1:])


def _text(cell: Any) -> str:
    """Cell as a survey tool would write it into CSV.

    Examples:
        >>> _text(4.0), _text(4.5), _text(datetime(2024, 5, 1, 10)), _text(date(2024, 5, 1)), _text(True)
        ('4', '4.5', '2024-05-01 10:00:00', '2024-05-01', 'true')
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell.total_seconds())
    return str(cell).strip()


def _one_header(
    rows: list[list[str]], merged: Merged
) -> tuple[list[list[str]], list[str]]:
    """Rows below a header of one row, and what was done to get it.

    Empty rows and titles above the table are left out. Cells merged over several columns stand above
    others: the names below them become "question - option". What known survey tools write is left as
    it is.
    """
    first = next((n for n, row in enumerate(rows) if _filled(row) > 1), 0)
    notes = [f"{first:,} rows above the table are left out"] if first else []
    rows = rows[first:]
    if not rows or any(one <= {c.lower() for c in rows[0]} for one in TOOLS):
        return rows, notes
    depth = _header_depth(merged, first)
    if depth == 1:
        return rows, notes
    spread = _spread(rows[:depth], merged, first)
    header = [_joined(parts) for parts in zip(*spread, strict=True)]
    notes.append(f"the header stands in {depth} rows with merged cells; it is read as one")  # fmt: skip
    return [header, *rows[depth:]], notes


def _filled(row: Iterable[str]) -> int:
    return sum(bool(cell) for cell in row)


def _header_depth(merged: Merged, first: int) -> int:
    """Rows of the header: as far down as merged cells that begin in its first row make it."""
    depth = 1
    for (top, left), (bottom, right) in merged:
        if top == first:
            depth = max(depth, bottom - first + 1 + (right > left))
    return min(depth, MAX_HEADER_ROWS)


def _spread(rows: Sequence[Sequence[str]], merged: Merged, first: int) -> list[list[str]]:  # fmt: skip
    """Header rows with the text of merged cells in each of them."""
    spread = [list(row) for row in rows]
    for (top, left), (bottom, right) in merged:
        if first <= top < first + len(rows):
            text = spread[top - first][left]
            for row in spread[top - first : bottom - first + 1]:
                # what is merged may reach far beyond the last column that holds anything
                row[left : right + 1] = [text] * (min(right + 1, len(row)) - left)
    return spread


def _joined(parts: Sequence[str]) -> str:
    """Different texts of one column of the header.

    Examples:
        >>> _joined(("How was it?", "Chat")), _joined(("Customer", "Customer")), _joined(("", "Phone"))
        ('How was it? - Chat', 'Customer', 'Phone')
    """
    return " - ".join(dict.fromkeys(part for part in parts if part))
