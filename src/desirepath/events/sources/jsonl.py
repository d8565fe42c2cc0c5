"""JSON lines and JSON arrays of events. The engine reads the objects."""

from __future__ import annotations

import json
from pathlib import Path

from desirepath.errors import EventsError
from desirepath.events.schema import Table, fail
from desirepath.events.sources.limits import refuse_long_numbers

MAX_LINE_BYTES = 16 * 1024**2


def read_json_file(plain: Path, scratch: Path, path: Path) -> Table:
    """Table in a file of one JSON object per line, or of one array of objects.

    Raises:
        EventsError: E214 if it holds a number that is none.
    """
    del scratch  # read where it is
    refuse_long_numbers(plain, path)
    return Table("json", path.name, files=(plain,), originals=(str(path),))


def broken_line(table: Table) -> EventsError:
    """Error that names the first line which is not a JSON object.

    Args:
        table: Files that an engine could not read.
    """
    for plain, name in zip(table.files, table.originals, strict=True):
        with plain.open("rb") as file:
            for number, line in enumerate(file, 1):
                wrong = _wrong_with(line)
                if wrong:
                    return fail(
                        "E214",
                        wrong,
                        f"{name}:{number}",
                        "Write one JSON object per line; remove or repair this line.",
                    )
    return fail(
        "E214",
        "the file is not JSON objects, one per line",
        table.place,
        "Write one JSON object per line.",
    )


def _wrong_with(line: bytes) -> str:
    """What is wrong with one line; "" if it is an object or blank."""
    if len(line) > MAX_LINE_BYTES:
        return f"the line is longer than {MAX_LINE_BYTES // 1024**2} MiB"
    if not line.strip():
        return ""
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        return f"not JSON: {error.msg.removesuffix(' at')} at character {error.colno}"
    except (RecursionError, ValueError):
        return "not JSON that can be read: nested too deeply or not UTF-8"
    return "" if isinstance(value, dict) else "expected a JSON object"
