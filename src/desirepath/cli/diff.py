"""`desirepath diff`: what changed between two maps, in words."""

from __future__ import annotations

import sys
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
    as_edits: Annotated[
        bool,
        typer.Option(
            "--edits", help="Print the edits that lead from one to the other instead."
        ),
    ] = False,
) -> None:
    """Say what changed between two maps: added, removed, changed, moved.

    Leaves with 0 where they are the same, 1 where they differ, 3 on bad input.
    """
    from desirepath.maps.diff import diff_maps, with_known_ids
    from desirepath.maps.files import read_document, read_map

    if as_json and as_edits:
        raise typer.BadParameter("give either --json or --edits")
    found = diff_maps(read_map(old), read_map(new))
    if as_edits:
        from desirepath.maps.edits.between import edits_between
        from desirepath.maps.edits.board import board_of
        from desirepath.maps.edits.edit_file import edits_text

        before, after = read_document(old).journey, read_document(new).journey
        wanted = with_known_ids(before, after)
        sys.stdout.write(edits_text(edits_between(board_of(before), wanted)))
    elif as_json:
        print_json(found.to_dict())
    elif not found.changes:
        print("The maps are the same.")
    else:
        for change in found.changes:
            print(f"{SIGNS[change.kind]} {change.text}")
    raise typer.Exit(FINDINGS if found.changes else OK)
