"""What no table of events plausibly has, refused before anything is read that would take minutes."""

from __future__ import annotations

import re
from pathlib import Path

from desirepath.errors import EventsError
from desirepath.events.schema import fail

MAX_COLUMNS = 2000
MAX_DIGITS = 1000
BLOCK = 4 * 1024**2

_OF_NUMBERS = b"0123456789.eE+-"
_IS_NUMBER = bytes(1 if one in _OF_NUMBERS else 0 for one in range(256))
_RUN = b"\1" * MAX_DIGITS
# A number as it stands in JSON: behind a colon, a comma, a bracket, or at the start of a line.
_LONG = re.compile(rb"(?:^|[:,\[]\s{0,99})(-?\d[\d.eE+-]{%d})" % (MAX_DIGITS - 1))


def too_wide(what: str, columns: int, place: str) -> EventsError:
    """Error for a table with more columns than any table of events.

    Args:
        what: What names them, such as "the first line names".
        columns: How many there are.
        place: The file.
    """
    return fail(
        "E212",
        f"{what} {columns:,} columns, more than {MAX_COLUMNS:,}",
        place,
        "Keep the columns that say who did what and when, and send the table again.",
    )


def refuse_long_numbers(plain: Path, path: Path) -> None:
    """Nothing for JSON whose numbers are numbers; engines need minutes for one of a million digits.

    Args:
        plain: Uncompressed file.
        path: The file as the user knows it, for messages.

    Raises:
        EventsError: E214 a number has more than 1,000 digits.
    """
    lines, rest = 1, b""
    with plain.open("rb") as file:
        while block := file.read(BLOCK):
            text = rest + block
            # most files hold no run of that length at all, and are read at the speed of the disk
            if _RUN in text.translate(_IS_NUMBER) and (found := _LONG.search(text)):
                line = lines + text.count(b"\n", 0, found.start(1))
                raise fail(
                    "E214",
                    f"a number has more than {MAX_DIGITS:,} digits",
                    f"{path}:{line}",
                    "Write it as a text in quotes, or leave it out.",
                )
            kept = min(MAX_DIGITS + 1, len(text))
            lines += text.count(b"\n", 0, len(text) - kept)
            rest = text[len(text) - kept :]
