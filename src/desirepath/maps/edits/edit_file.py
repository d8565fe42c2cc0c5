"""Lists of edits in files, so that they can be sent, kept and undone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from desirepath.errors import MapError, Problem
from desirepath.maps.edits.commands import Edit, edit_data, edit_of
from desirepath.maps.json_source import parse_json
from desirepath.maps.storage import read_text

FORMAT = "desirepath/edits/1"


def edits_text(edits: Sequence[Edit]) -> str:
    """JSON text of a list of edits."""
    data = {"format": FORMAT, "edits": [edit_data(one) for one in edits]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def read_edits(path: Path) -> tuple[Edit, ...]:
    """The edits of a file.

    Raises:
        MapError: E101 to E118 if it cannot be read or one is not an edit, with its number.
    """
    data = parse_json(read_text(path), str(path)).data()
    given = data.get("edits") if isinstance(data, dict) else None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        hint = f'Write: {{"format": "{FORMAT}", "edits": [ … ]}}'
        what = "the format line is missing or names something else"
        raise MapError(Problem("E110", what, str(path), hint))
    if not isinstance(given, list):
        hint = 'Write a list: "edits": [ … ]'
        raise MapError(Problem("E114", '"edits" is missing', str(path), hint))
    return tuple(edit_of(one, f"{path}: edit {n}") for n, one in enumerate(given, 1))
