"""Numbers as people type and import them: 41, 34 %, 2 h; lines of day, value and count. Keeps nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from desirepath.errors import Problem, WebError

Kind = Literal["nps", "csat", "ces", "share", "time", "own"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
RANGES: Final[dict[Kind, tuple[float, float]]] = {
    "nps": (-100, 100),
    "csat": (0, 100),
    "ces": (0, 100),
    "share": (0, 1),
    "time": (0, 1e10),
    "own": (-1e15, 1e15),
}
SIZES: Final = {
    "": 1.0,
    "s": 1.0,
    "min": 60.0,
    "h": 3600.0,
    "std": 3600.0,
    "d": 86_400.0,
    "t": 86_400.0,
}
NUMBER: Final = re.compile(
    r"([+\-−]?\d{1,15}(?:[.,]\d{1,12})?)\s*([^\d\s.,]*)\.?", re.ASCII
)
MOST_LINES, MOST_BYTES, MOST_TOLD = 10_000, 1_000_000, 20
MOST_COUNT = 10**12
FULL = 100.0
FIRST_YEAR = 1900
HEADS: Final = {"day", "date", "tag", "datum"}
SAY_VALUE: Final[dict[Kind, str]] = {
    "nps": "Write a number from -100 to 100, such as 31.",
    "csat": "Write a number from 0 to 100, such as 4.2.",
    "ces": "Write a number from 0 to 100, such as 2.5.",
    "share": "Write a percentage, such as 34 %, or a number from 0 to 1.",
    "time": "Write a number with its unit (s, min, h, d), such as 90 min.",
    "own": "Write a number, such as 1250 or 3.5.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One number of a day.

    Attributes:
        day: ISO date.
        value: As it is kept: a share from 0 to 1, a time in seconds.
        n: How many stand behind it, None where nobody says.
    """

    day: str
    value: float
    n: int | None = None


def value_of(text: str, kind: Kind, place: str = "") -> float:
    """A number as people write it; shares from 0 to 1, times in seconds.

    Args:
        text: Digits, at most one decimal point or comma, perhaps a unit.
        kind: What it measures.
        place: Where it stands, for the error.

    Raises:
        WebError: E790 it is none, or cannot be of this kind.

    Examples:
        >>> value_of("34 %", "share"), value_of("1,5 h", "time"), value_of("-12", "nps")
        (0.34, 5400.0, -12.0)
    """
    found = NUMBER.fullmatch(text.strip().replace("\u00a0", " "))
    if found is None:
        raise _wrong(f'"{text:.40}" is no number', kind, place)
    digits, unit = found[1].replace("−", "-").replace(",", "."), found[2].lower()
    value = float(digits)
    if kind == "time" and unit in SIZES:
        value *= SIZES[unit]
    elif unit == "%" and kind in ("share", "csat", "own"):
        value = value / FULL if kind == "share" else value
    elif unit:
        raise _wrong(f'"{unit:.20}" is not a unit of this', kind, place)
    low, high = RANGES[kind]
    if not low <= value <= high or not math.isfinite(value):
        raise _wrong(f'"{text:.40}" is too small or too large', kind, place)
    return value


def day_of(text: str, last: dt.date, place: str = "") -> str:
    """A day, as ISO date.

    Args:
        text: ``2026-03-02``.
        last: The last day it may be.
        place: Where it stands, for the error.

    Raises:
        WebError: E790 it is none, or lies in the future.
    """
    hint = "Write days as year-month-day: 2026-03-02."
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError:
        day = None
    if day is None or day.isoformat() != text.strip() or day.year < FIRST_YEAR:
        raise WebError(Problem("E790", f'"{text:.40}" is no day', place, hint))
    if day > last:
        hint = "Write a day that has been."
        raise WebError(Problem("E790", f"{day} lies in the future", place, hint))
    return day.isoformat()


def lines_of(data: bytes, kind: Kind, last: dt.date) -> tuple[Line, ...]:
    """Lines of a CSV file: day, value, and perhaps how many stand behind it.

    Commas, semicolons and tabs part the columns; the first line may be a heading.

    Args:
        data: The file, UTF-8.
        kind: What the values measure.
        last: The last day there may be.

    Raises:
        WebError: up to 20 of E790, each with its line.
    """
    if len(data) > MOST_BYTES:
        raise _unreadable("the file is larger than 1 MB", "Send fewer lines at once.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = "Save it as CSV (UTF-8)."
        raise _unreadable("the file is not UTF-8 text", hint) from None
    found: dict[str, Line] = {}
    problems: list[Problem] = []
    for number, cells in _rows(text):
        place = f"line {number}"
        try:
            line = _line(cells, kind, last, place)
        except WebError as error:
            problems += error.problems
        else:
            if line.day in found:
                hint = "Keep one line for each day."
                what = f"{line.day} is there twice"
                problems.append(Problem("E790", what, place, hint))
            found[line.day] = line
        if len(problems) >= MOST_TOLD:
            break
    if problems:
        raise WebError(*problems)
    if not found:
        hint = "Write one line for each day, such as 2026-03-02,31,120."
        raise _unreadable("there is no number in the file", hint)
    return tuple(found[day] for day in sorted(found))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    lines = [one for one in text.splitlines()[:3] if one.strip()]
    first = lines[0] if lines else ""
    mark = next((one for one in "\t;" if one in first), ",")
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    try:
        count = 0
        for cells in reader:
            told = [one.strip() for one in cells]
            if not any(told):
                continue
            if not count and told[0].casefold() in HEADS:
                continue
            count += 1
            if count > MOST_LINES:
                raise _unreadable(f"there are more than {MOST_LINES:,} lines", "Send fewer at once.")  # fmt: skip
            yield reader.line_num, told
    except csv.Error:
        hint = "Save it as plain CSV, one number a line."
        raise _unreadable("this is not a CSV file", hint) from None


def _line(cells: list[str], kind: Kind, last: dt.date, place: str) -> Line:
    width = len(cells)
    if width not in (2, 3):
        hint = "Write day and value, and perhaps a count: 2026-03-02,31,120."
        what = f"expected two or three columns, found {width}"
        raise WebError(Problem("E790", what, place, hint))
    # what a spreadsheet guards against formulas begins with this
    day, value, *rest = (one.removeprefix("'") for one in cells)
    n = None
    if rest and rest[0]:
        if not rest[0].isascii() or not rest[0].isdigit() or int(rest[0][:15]) > MOST_COUNT:  # fmt: skip
            hint = "Write a whole number, such as 120, or nothing."
            raise WebError(Problem("E790", f'"{rest[0]:.40}" is no count', place, hint))
        n = int(rest[0])
    return Line(day_of(day, last, place), value_of(value, kind, place), n)


def _wrong(what: str, kind: Kind, place: str) -> WebError:
    return WebError(Problem("E790", what, place, SAY_VALUE[kind]))


def _unreadable(what: str, hint: str) -> WebError:
    return WebError(Problem("E790", what, hint=hint))
