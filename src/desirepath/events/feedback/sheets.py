"""Tables of feedback as texts: header rows of survey tools, tests and previews left out. Understands no scale."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desirepath.events.engine.duckdb import DuckDB
from desirepath.events.feedback.schema import Sheet
from desirepath.events.schema import Table, fail

QUALTRICS, SURVEYMONKEY, TYPEFORM = "a Qualtrics export", "a SurveyMonkey export", "a Typeform export"  # fmt: skip
PLAIN = "a table of feedback"
PREVIEWS = ("survey preview", "survey test", "preview", "test", "spam", "1", "4", "8")
MAX_CELL = 10_000_000


def read_sheet(table: Table, scratch: Path) -> Sheet:
    """All cells of one table as texts.

    Raises:
        EventsError: E250 if it is no table with a header and rows.
    """
    if table.kind == "csv":
        return _of_rows(_csv_rows(table), table)
    with DuckDB((table,), scratch) as engine:
        names = engine.columns[0]
        casts = ", ".join(
            f"COALESCE(CAST(c{number} AS VARCHAR), '')" for number in range(len(names))
        )
        found = engine.rows(f"SELECT {casts} FROM raw0 ORDER BY r")  # noqa: S608 - numbers only
    return _of_rows([list(names), *(list(row) for row in found)], table)


def rows_of(table: Table) -> tuple[list[list[str]], int]:
    """All rows of a table of text, and how many of them stand above the answers."""
    rows = _csv_rows(table)
    return rows, _head_rows(rows)


def _csv_rows(table: Table) -> list[list[str]]:
    """Rows of all files of a table, headers of later files left out."""
    usual = csv.field_size_limit(MAX_CELL)  # for the whole process, so it is put back
    try:
        return _rows_of_files(table)
    finally:
        csv.field_size_limit(usual)


def _rows_of_files(table: Table) -> list[list[str]]:
    rows: list[list[str]] = []
    for number, file in enumerate(table.files):
        with file.open(encoding="utf-8-sig", newline="") as source:
            for _ in range(table.skip):
                source.readline()
            try:
                found = list(csv.reader(source, delimiter=table.delimiter))
            except csv.Error as error:
                raise fail(
                    "E250",
                    f"the file is not CSV: {error}",
                    table.place,
                    "Export the answers again as CSV.",
                ) from error
        head = _head_rows(found)
        rows += found if not number else found[head:]
    return rows


def _head_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many rows stand above the answers."""
    if not rows:
        return 0
    names = {name.strip().lower() for name in rows[0]}
    if {"startdate", "responseid"} <= names or {"recordeddate", "status"} <= names:
        if len(rows) > 2 and _is_import_row(rows[2]):  # noqa: PLR2004 - ids, wording, import ids
            return 3
        return 2 if len(rows) > 1 and _is_import_row(rows[1]) else 1
    if {"respondent id", "collector id"} <= names:
        return 2 if len(rows) > 1 and not rows[1][0].strip() else 1
    return 1


def _is_import_row(row: Sequence[str]) -> bool:
    return any(cell.lstrip().startswith('{"ImportId"') for cell in row)


def _of_rows(rows: list[list[str]], table: Table) -> Sheet:
    head = _head_rows(rows)
    body = [row for row in rows[head:] if any(cell.strip() for cell in row)]
    if not body:
        raise fail(
            "E250",
            "the file holds no answers",
            table.place,
            "Export the answers again; a header alone is not enough.",
        )
    names = {name.strip().lower() for name in rows[0]}
    kind, zone = PLAIN, ""
    wording = list(rows[0])
    if {"startdate", "responseid"} <= names or {"recordeddate", "status"} <= names:
        kind = QUALTRICS
        if head > 1 and not _is_import_row(rows[1]):
            wording = list(rows[1])
        zone = _import_zone(rows[head - 1])
    elif {"respondent id", "collector id"} <= names:
        kind = SURVEYMONKEY
        wording = _with_options(rows[0], rows[1] if head == 2 else [])  # noqa: PLR2004
    elif "submit date (utc)" in names:
        kind, zone = TYPEFORM, "UTC"
    width = len(rows[0])
    fitting = [row for row in body if len(row) <= width]
    sheet = Sheet(
        label=table.label,
        place=table.place,
        looks_like=kind,
        columns=_unique(wording if kind == SURVEYMONKEY else rows[0]),
        questions=tuple(text.strip() for text in _padded(wording, width)),
        values=tuple(zip(*(_padded(row, width) for row in fitting), strict=True)),
        zone=zone,
        notes=table.notes,
        dropped=_counted("more cells than the header", len(body) - len(fitting)),
    )
    return _without_previews(sheet) if kind == QUALTRICS else sheet


def _counted(reason: str, count: int) -> dict[str, int]:
    return {reason: count} if count else {}


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]


def _with_options(header: Sequence[str], options: Sequence[str]) -> list[str]:
    """Wording of columns whose question stands once above several options.

    Examples:
        >>> _with_options(["How was it?", "What did you use?", ""], ["Response", "Chat", "Phone"])
        ['How was it?', 'What did you use? - Chat', 'What did you use? - Phone']
    """
    found, question = [], ""
    for name, option in zip(header, _padded(options, len(header)), strict=False):
        question = name.strip() or question
        plain = option.strip().lower() in ("", "response", "open-ended response")
        found.append(question if plain else f"{question} - {option.strip()}")
    return found


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Names, numbered where they repeat or are missing."""
    found: list[str] = []
    for number, name in enumerate(names, 1):
        plain = name.strip().lstrip("\ufeff") or f"(column {number})"
        found.append(plain if plain not in found else f"{plain} ({number})")
    return tuple(found)


def _import_zone(row: Sequence[str]) -> str:
    """Zone that the third header row of Qualtrics names for its times."""
    for cell in row:
        if cell.lstrip().startswith("{"):
            try:
                zone = json.loads(cell).get("timeZone", "")
            except ValueError:
                continue
            if zone and zone != "Z":
                return str(zone)
    return ""


def _without_previews(sheet: Sheet) -> Sheet:
    """Only answers of real people: previews and tests of the survey's makers are none."""
    lower = [name.lower() for name in sheet.columns]
    if "status" not in lower:
        return sheet
    status = sheet.values[lower.index("status")]
    keep = [value.strip().lower() not in PREVIEWS for value in status]
    values = tuple(
        tuple(value for value, is_kept in zip(column, keep, strict=True) if is_kept)
        for column in sheet.values
    )
    dropped = _counted("previews and tests", keep.count(False))
    return replace(sheet, values=values, dropped={**sheet.dropped, **dropped})
