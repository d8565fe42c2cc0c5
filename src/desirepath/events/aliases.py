"""Tables of aliases: two keys a line that belong to one customer. Joins nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from desirepath.errors import did_you_mean
from desirepath.events.schema import fail

MAX_BYTES = 256 * 1024**2
SEPARATORS = ",;\t"
PAIR = 2


def read_aliases(path: Path, keys: Sequence[str]) -> list[tuple[int, str, int, str]]:
    """Pairs of keys that belong to one customer: (number of the key, value) twice.

    The first line names the two keys, such as ``visitor_id,customer_id``; both may be the same.

    Raises:
        EventsError: E247 with file and line if the file is no such table.
    """
    lines = _lines(path)
    first = next(lines, "")
    separator = max(SEPARATORS, key=first.count)
    header = [
        name.strip() for name in next(csv.reader([first], delimiter=separator), [])
    ]
    if len(header) != PAIR:
        raise _wrong(
            path,
            1,
            f"expected the names of two keys, found {len(header)}",
            f"Begin the file with two of: {', '.join(keys)}",
        )
    for name in header:
        if name not in keys:
            raise _wrong(
                path, 1, f'no key is called "{name}"', did_you_mean(name, keys)
            )
    numbers = [list(keys).index(name) for name in header]
    reader = csv.reader(lines, delimiter=separator)
    found = []
    for row in reader:
        if not row:
            continue
        if len(row) != PAIR:
            raise _wrong(
                path,
                reader.line_num + 1,
                f"expected 2 values, found {len(row)}",
                "Write the two values of a pair in one line.",
            )
        left, right = row[0].strip(), row[1].strip()
        if left and right:
            found.append((numbers[0], left, numbers[1], right))
    return found


def _lines(path: Path) -> Iterator[str]:
    """Lines of the file."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _wrong(
                path,
                1,
                f"the table is larger than {MAX_BYTES // 1024**2} MiB",
                "Keep the pairs that differ from what the events say.",
            )
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise _wrong(
            path, 1, "the table is not UTF-8", "Save the file as UTF-8."
        ) from None
    except OSError as error:
        raise fail(
            "E247",
            f"the table of aliases cannot be read: {error.strerror}",
            str(path),
            "Check the spelling and the folder of the recipe.",
        ) from None
    return iter(text.splitlines())


def _wrong(path: Path, line: int, what: str, hint: str) -> Exception:
    return fail("E247", what, f"{path}:{line}", hint)
