"""`desirepath diff`: what changed between two maps, in words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desirepath.cli.output import FINDINGS, OK, print_json

SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": ">"}


def command(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Map before.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Map after.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the changes as JSON instead.")
    ] = False,
) -> None:
    """Say what changed between two maps: added, removed, changed, moved.

    Leaves with 0 where they are the same, 1 where they differ, 3 on bad input.
    """
    from desirepath.maps.diff import diff_maps
    from desirepath.maps.files import read_map

    found = diff_maps(read_map(old), read_map(new))
    if as_json:
        print_json(found.to_dict())
    elif not found.changes:
        print("The maps are the same.")
    else:
        for change in found.changes:
            print(f"{SIGNS[change.kind]} {change.text}")
    raise typer.Exit(FINDINGS if found.changes else OK)
