"""Our errors for what the embedded engine could not read."""

from __future__ import annotations

import re

from desirepath.errors import EventsError
from desirepath.events.schema import Table, fail

MAX_LINE_BYTES = 8 * 1024**2

_LINE = re.compile(r"CSV Error on Line: (\d+)")
_WIDTH = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")


def empty(table: Table) -> EventsError:
    """Error for a table without rows."""
    return fail(
        "E204", "there are no events in it", table.place, "Export the events again."
    )


def explained(error: Exception, table: Table) -> EventsError:
    """Our error for what the engine could not read."""
    said, _, options = str(error).partition("\n\n  file = ")
    files = dict(zip(map(str, table.files), table.originals, strict=False))
    line = _LINE.search(said)
    place = files.get(options.partition("\n")[0], table.place)
    place += f":{line[1]}" if line else ""
    if width := _WIDTH.search(said):
        return fail(
            "E210",
            f"expected {width[1]} values as in the header, found {width[2]}",
            place,
            "Repair the line, or export the file again with values in quotes.",
        )
    if "Maximum line size" in said:
        return fail(
            "E212",
            f"the line is longer than {MAX_LINE_BYTES // 1024**2} MiB",
            place,
            "Check that the file is a table with one row per line.",
        )
    if table.kind == "csv" and "quote" in said.lower():
        return fail(
            "E211",
            "a quote is opened and not closed before the value ends",
            place,
            "Close the quote, and double the quotes inside the value.",
        )
    if table.kind == "parquet":
        return fail(
            "E206",
            "the Parquet file is damaged or cut short",
            place,
            "Copy or write it again.",
        )
    first = said.partition("\n")[0]
    return fail("E213", f"the table cannot be read: {first}", place, "Export it again.")
