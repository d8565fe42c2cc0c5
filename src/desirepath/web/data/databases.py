"""What a table of a database is taken for, shown as files are; its values stay where they are private."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desirepath.events.look_database import DatabaseLook, look_at_database
from desirepath.project import FILE, read_project
from desirepath.web.data.private import propose
from desirepath.web.data.shown import column_data, short

MOST_LISTED = 12


def prove_database(project: str, name: str) -> dict[str, Any]:
    """What a table of a database of a project is taken for, as plain data.

    Args:
        project: Folder of the project.
        name: Of the source in `desirepath.toml`.

    Raises:
        EventsError: E204 and E270 to E279 the source cannot be read.
    """
    look = look_at_database(read_project(Path(project) / FILE).databases[name])
    roles = {part: one.role for one in look.roles for part in (one.column, *one.column.split("+")) if part}  # fmt: skip
    return {
        "kind": "events",
        "looks_like": "",
        "columns": [
            _column(look, number, column, roles.get(column, ""))
            for number, column in enumerate(look.columns)
        ],
        "roles": [
            {"role": one.role, "column": one.column, "why": one.why, "others": []}
            for one in look.roles
            if one.column
        ],
        "times": [
            {"column": look.time.column, "format": look.time.format, "zone": look.time.zone, "zone_source": look.time.zone_source}
        ],
        "questions": [],
        "scores": [],
        "odd": [],
        "counts": {
            "rows": look.row_count,
            "events": look.row_count,
            "cases": look.case_count,
            "customers": look.customer_count,
            "from_us": look.from_us,
            "to_us": look.to_us,
            "channels": list(look.channels[:MOST_LISTED]),
            "segments": [one.column for one in look.roles if one.role == "segment"],
            "top": [
                {"name": short(one.activity), "count": one.count}
                for one in look.top_activities[:MOST_LISTED]
            ],
            "left_out": {},
        },
    }  # fmt: skip


def _column(look: DatabaseLook, number: int, name: str, role: str) -> dict[str, Any]:
    filled = [value for value in look.values.get(name, ()) if value.strip()]
    proposal = propose(name, role, filled, is_time=role == "time")
    different = list(dict.fromkeys(filled))
    # nobody decides about private columns here, so that their values are not shown
    shown = different if proposal.how == "keep" else []
    told = column_data(name, number, role, shown, len(filled), len(different), proposal)
    return {**told, "choices": []}
