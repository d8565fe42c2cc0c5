"""What commands print: tables, JSON, errors; and the exit codes. Computes nothing."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

OK = 0
FINDINGS = 1
BAD_INPUT = 3
REFUTED = 4

ONE_PERCENT = 0.01


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
        title=title or None, box=SIMPLE_HEAD, title_justify="left", pad_edge=False
    )
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def percent(share: float | None, digits: int = 0) -> str:
    """Share between 0 and 1 as text.

    Examples:
        >>> percent(0.1234), percent(0.004), percent(0.997), percent(None)
        ('12 %', '0.4 %', '99.7 %', '–')
    """
    if share is None:
        return "–"
    if digits == 0 and 0 < min(share, 1 - share) < ONE_PERCENT:
        digits = 1
    return f"{share * 100:.{digits}f} %"


def feeling(value: float | None, low: float | None, high: float | None, n: int) -> str:
    """Score on the emotion scale with its interval.

    Examples:
        >>> feeling(1.234, 1.1, 1.3, 400), feeling(-1.0, None, None, 1), feeling(None, None, None, 0)
        ('+1.23 (+1.10 to +1.30), n 400', '-1.00, n 1', '–')
    """
    if value is None:
        return "–"
    span = ""
    if low is not None and high is not None:
        span = f" ({low:+.2f} to {high:+.2f})"
    return f"{value:+.2f}{span}, n {n:,}"


def duration(seconds: float | None) -> str:
    """Duration in the unit a person would choose.

    Examples:
        >>> duration(90), duration(7200), duration(3 * 86400), duration(None)
        ('1.5 min', '2 h', '3 d', '–')
    """
    if seconds is None:
        return "–"
    for unit, size in (("d", 86400.0), ("h", 3600.0), ("min", 60.0)):
        if abs(seconds) >= size:
            return f"{seconds / size:.1f}".removesuffix(".0") + f" {unit}"
    return f"{seconds:.1f}".removesuffix(".0") + " s"
