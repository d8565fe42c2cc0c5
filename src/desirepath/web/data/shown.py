"""A column of a file as people see it before they say yes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desirepath.web.data.private import Proposal

LOOKED_AT = 5_000  # rows
CELLS_LOOKED_AT = 200_000
EXAMPLES = 3
LONGEST_EXAMPLE = 200


def rows_looked_at(columns: int) -> int:
    """How many rows are looked at for what is private: fewer where there are very many columns.

    Examples:
        >>> rows_looked_at(8), rows_looked_at(2_000)
        (5000, 100)
    """
    return min(LOOKED_AT, CELLS_LOOKED_AT // max(columns, 1))


def column_data(
    name: str,
    index: int,
    role: str,
    samples: Sequence[str],
    filled: int,
    different: int,
    proposal: Proposal,
) -> dict[str, Any]:
    """A column as plain data."""
    shown = [sample for sample in samples if sample.strip()][:EXAMPLES]
    return {
        "name": name,
        "index": index,
        "role": role,
        "examples": [short(sample) for sample in shown],
        "filled": filled,
        "different": different,
        "how": proposal.how,
        "choices": list(proposal.choices),
        "found": dict(proposal.found),
        "is_of_people": proposal.is_of_people,
    }


def short(text: str) -> str:
    """A text that fits into a line or two."""
    return text if len(text) <= LONGEST_EXAMPLE else text[: LONGEST_EXAMPLE - 1] + "…"
