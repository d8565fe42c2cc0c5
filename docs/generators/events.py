"""The page on exports that are recognized by their headers."""

from __future__ import annotations

from desirepath.events.fingerprints import FINGERPRINTS, Fingerprint
from generators.docstring import cell

INTRO = """# Exports that are recognized

`desirepath events inspect FILE` compares the header with these, the most specific first, and says what it chose.
A header that fits none is read by names and shape: an id that repeats, times that parse, a text with few values.
Nothing is guessed silently: the inspection names the column of every role, why, and what else would do.

Where a cell lists several columns, the first that exists is taken; `a+b` joins two.

| export | known by the columns | case | customer | activity | time | note |
| --- | --- | --- | --- | --- | --- | --- |
"""


def page() -> str:
    """Markdown table of fingerprints, in the order in which they are tried."""
    return INTRO + "\n".join(_row(one) for one in FINGERPRINTS) + "\n"


def _row(one: Fingerprint) -> str:
    note = " ".join(
        part
        for part in (one.note, f"Times are {one.zone}." if one.zone else "")
        if part
    )
    parts = [sorted(one.required), one.case, one.customer, one.activity, one.time]
    cells = [", ".join(f"`{name}`" for name in part) for part in parts]
    return f"| {' | '.join([cell(one.name), *cells, cell(note)])} |"
