"""Ledger as a file: every line of it, for a table program or another program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

from desirepath.discover.ledger import WORDS, Ledger
from desirepath.errors import CheckError, Problem
from desirepath.events.treatment import WORDS as READING_WORDS
from desirepath.whole_files import write_whole

HEADER = ("part", "why", "name", "cases", "events", "counted", "before", "after")
SUFFIXES = (".csv", ".json")
# With what formulas of table programs begin; full-width letters are such to some.
FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "|",
    "%",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)


def check_suffix(path: Path) -> None:
    """Nothing for a file that a ledger can be written to.

    Raises:
        CheckError: E423 if its name ends neither with .csv nor with .json.
    """
    if path.suffix not in SUFFIXES:
        raise CheckError(
            Problem(
                "E423",
                f'a ledger cannot be written as "{path.suffix}"',
                str(path),
                "Use .csv or .json, or - to print it.",
            )
        )


def write_ledger(ledger: Ledger, path: Path) -> None:
    """Write a ledger whole, as CSV or JSON.

    Raises:
        CheckError: E423 if the file is of another kind, E424 if it cannot be written.
    """
    check_suffix(path)
    if path.suffix == ".json":
        data = {"format": "desirepath/ledger/1", **ledger.to_dict()}
        text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    else:
        sink = io.StringIO()
        rows = ([inert(one) for one in row] for row in ledger_rows(ledger))
        csv.writer(sink, lineterminator="\n").writerows([HEADER, *rows])
        text = sink.getvalue()
    try:
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise CheckError(
            Problem(
                "E424",
                f"the ledger cannot be written: {error.strerror}",
                str(path),
                "Choose a folder that exists and that you may write to.",
            )
        ) from error


def inert(cell: str | int) -> str | int:
    """A cell that no table program takes for a formula: such words get an apostrophe before them.

    Examples:
        >>> inert("=1+1"), inert("search"), inert(-3)
        ("'=1+1", 'search', -3)
    """
    is_formula = isinstance(cell, str) and cell.startswith(FORMULA)
    return f"'{cell}" if is_formula else cell


def ledger_rows(ledger: Ledger) -> Iterator[tuple[str | int, ...]]:
    """Rows of the table: what reading did, what was given, what is shown, what left, what was joined."""
    for one in ledger.reading:
        cases = "" if one.cases is None else one.cases
        counts = (one.unit, one.before, one.after) if one.unit else ("", "", "")
        yield (
            "reading",
            READING_WORDS[one.what],
            one.name,
            cases,
            one.events,
            *counts,
        )
    none = ("", "", "")
    yield "given", "events given", "", ledger.cases, ledger.events, *none
    yield "shown", "on the maps", "", ledger.shown_cases, ledger.shown_events, *none
    for part, lines in (("left", ledger.lines), ("joined", ledger.merges)):
        for line in lines:
            yield part, WORDS[line.what], line.name, line.cases, line.events, *none
