"""Text tables: encoding, delimiter, header. The engine reads the rows."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from desirepath.events.schema import Table, fail
from desirepath.events.sources.limits import MAX_COLUMNS, too_wide

SAMPLE_BYTES = 256 * 1024
DELIMITERS = (",", ";", "\t", "|")
BLOCK = 1024**2


def read_text_file(plain: Path, scratch: Path, path: Path, delimiter: str) -> Table:
    """Table in a text file, converted to UTF-8 where it is something else.

    Args:
        plain: Uncompressed file.
        scratch: Folder for the converted file.
        path: The file as the user knows it, for messages.
        delimiter: Where the name of the file tells it; "" to find out.

    Raises:
        EventsError: E203, E204, E205 or E215 if it is no table with a header.
    """
    with plain.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    encoding = _encoding_of(sample, plain, path)
    notes = []
    if encoding != "utf-8":
        plain = _converted(plain, scratch / "utf8", encoding, path)
        notes.append(f"converted from {encoding}")
        with plain.open("rb") as file:
            sample = file.read(SAMPLE_BYTES)
    text = sample.decode("utf-8", errors="ignore").removeprefix("\ufeff")
    skip = 0
    if text.lower().startswith(
        "sep="
    ):  # spreadsheets write their delimiter into the first line
        first, _, text = text.partition("\n")
        delimiter, skip = first[4:5] or delimiter, 1
    delimiter = delimiter or _delimiter_of(text)
    names = _header_of(text, delimiter, path)
    if delimiter != ",":
        notes.append(f"values parted by {'tab' if delimiter == chr(9) else delimiter}")
    return Table(
        "csv",
        path.name,
        files=(plain,),
        originals=(str(path),),
        columns=names,
        delimiter=delimiter,
        skip=skip,
        notes=tuple(notes),
    )


def _encoding_of(sample: bytes, plain: Path, path: Path) -> str:
    """Encoding by byte order mark, by zero bytes, or by trying UTF-8 on the whole file."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half > 1 and odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if half > 1 and even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    return "utf-8" if _is_utf8(plain, path) else "cp1252"


def _is_utf8(plain: Path, path: Path) -> bool:
    """True if every byte of the file is UTF-8.

    Raises:
        EventsError: E203 for zero bytes, which text does not have.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    with plain.open("rb") as file:
        while block := file.read(BLOCK):
            if b"\0" in block:
                raise fail(
                    "E203",
                    "the file is binary, not text",
                    str(path),
                    "Export the events as CSV, JSON lines, Parquet or XES.",
                )
            try:
                if is_utf8 and (decoder.getstate()[0] or not block.isascii()):
                    decoder.decode(block)
            except UnicodeDecodeError:
                is_utf8 = False
    return is_utf8 and not decoder.getstate()[0]


def _converted(plain: Path, target: Path, encoding: str, path: Path) -> Path:
    """The file in UTF-8."""
    try:
        with (
            plain.open("r", encoding=encoding, newline="") as source,
            target.open("w", encoding="utf-8", newline="") as sink,
        ):
            while block := source.read(BLOCK):
                sink.write(block.removeprefix("\ufeff"))
    except UnicodeError:
        raise fail(
            "E205",
            f"the letters are neither UTF-8 nor {encoding}",
            str(path),
            "Save the file as UTF-8.",
        ) from None
    return target


def _delimiter_of(text: str) -> str:
    """Delimiter that splits the first rows most evenly into at least two values."""
    lines = text.splitlines()[:200]
    complete = "\n".join(lines[:-1] if len(lines) > 1 else lines)

    def evenness(delimiter: str) -> tuple[float, int]:
        widths = Counter(len(row) for row in _rows(complete, delimiter) if row)
        if not widths:
            return 0.0, 0
        width, count = widths.most_common(1)[0]
        return (count / widths.total() if width > 1 else 0.0), width

    return max(DELIMITERS, key=evenness)


def _rows(text: str, delimiter: str) -> Sequence[list[str]]:
    """Rows of a piece of CSV; empty where it is not."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return []


def _header_of(text: str, delimiter: str, path: Path) -> tuple[str, ...]:
    """Names of the columns."""
    try:
        header = next(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), []
        )
    except csv.Error:
        raise fail(
            "E212",
            "the first line is too long to be a header",
            str(path),
            "Check that the file is a table with one row per line.",
        ) from None
    names = tuple(
        name.strip() or f"(column {number})" for number, name in enumerate(header, 1)
    )
    if not any(name.strip() for name in header):
        raise fail(
            "E204",
            "the first line names no columns",
            str(path),
            "Put the names of the columns into the first line.",
        )
    if len(names) > MAX_COLUMNS:
        raise too_wide("the first line names", len(names), str(path))
    return names
