"""What commands print: tables, JSON, errors; and the exit codes. Computes nothing."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from desirepath.sentences.rounding import (
    Rounded,
    kept_limits,
    rounded,
    rounded_percent,
)

OK = 0
FINDINGS = 1
BAD_INPUT = 3
REFUTED = 4
# What moves, colors or clears a terminal.
ORDERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def print_json(data: Any) -> None:
    """Print plain data as stable, readable JSON."""
    sys.stdout.write(
        json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    )


def print_table(
    title: str, headers: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """Print a table: framed in a terminal, plain columns elsewhere.

    A terminal that cannot show a character must not stop the command, so output is replaced there.
    """
    if not rows:
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(
        highlight=False,
        width=None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "140")),
    )
    table = Table(
        title=Text(inert(title), style="table.title") if title else None,
        box=SIMPLE_HEAD,
        title_justify="left",
        pad_edge=False,
    )
    for header in headers:
        table.add_column(Text(inert(header)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(inert(cell)) for cell in row))
    console.print(table)


def inert(text: str) -> str:
    r"""A text that gives no orders to a terminal, whoever wrote it.

    Examples:
        >>> inert("it is \x1b[31mred") == "it is \ufffd[31mred"
        True
    """
    return ORDERS.sub("\ufffd", text)


def percent(share: float | None, digits: int = 0, limits: Iterable[float] = ()) -> str:
    """Share between 0 and 1 as text; some are never none, nor all, and none is taken for a limit.

    Examples:
        >>> percent(0.1234), percent(0.004), percent(0.997), percent(None)
        ('12 %', '0.4 %', '99.7 %', '–')
        >>> percent(0.0002), percent(0.9999, 1), percent(0.19996, 1, [0.2])
        ('<0.1 %', '>99.9 %', '19.996 %')
    """
    if share is None:
        return "–"
    return f"{_written(rounded_percent(share, limits, digits))} %"


def signed(value: float, digits: int, limits: Iterable[float] = ()) -> str:
    """Number with its sign, which keeps its side of limits.

    Examples:
        >>> signed(-0.2, 1), signed(0.004, 1, [0]), signed(1e-6, 1, [0])
        ('-0.2', '+0.004', '>0')
    """
    return _written(rounded(value, digits, limits), "+")


def plain(value: float, digits: int, limits: Iterable[float] = ()) -> str:
    """Number that keeps its side of limits.

    Examples:
        >>> plain(7.25, 1), plain(6.98, 1, [7])
        ('7.3', '6.98')
    """
    return _written(rounded(value, digits, limits))


def _written(one: Rounded, sign: str = "") -> str:
    if one.mark:
        return f"{one.mark}{one.value:{sign if one.value else ''}g}"
    return f"{one.value:{sign},.{one.digits}f}"


def feeling(
    value: float | None,
    low: float | None,
    high: float | None,
    n: int,
    limits: Sequence[float] = (),
) -> str:
    """Score on the emotion scale with its interval, whose ends keep their side of nothing and of limits.

    Examples:
        >>> feeling(1.234, 1.1, 1.3, 400), feeling(-1.0, None, None, 1), feeling(None, None, None, 0)
        ('+1.23 (+1.10 to +1.30), n 400', '-1.00, n 1', '–')
    """
    if value is None:
        return "–"
    span = ""
    if low is not None and high is not None:
        ends = (signed(end, 2, (0.0, *limits)) for end in (low, high))
        span = f" ({' to '.join(ends)})"
    return f"{signed(value, 2, kept_limits(low, high, limits))}{span}, n {n:,}"


def duration(seconds: float | None, limits: Iterable[float] = ()) -> str:
    """Duration in the unit a person would choose.

    Examples:
        >>> duration(90), duration(7200), duration(3 * 86400), duration(None)
        ('1.5 min', '2 h', '3 d', '–')
    """
    if seconds is None:
        return "–"
    for unit, size in (("d", 86400.0), ("h", 3600.0), ("min", 60.0), ("s", 1.0)):
        if abs(seconds) >= size or unit == "s":
            break
    shown = rounded(seconds / size, 1, [one / size for one in limits])
    return f"{_written(shown).removesuffix('.0')} {unit}"
