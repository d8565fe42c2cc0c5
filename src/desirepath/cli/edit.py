"""`desirepath edit`: named edits put into a map file, all or none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from desirepath.cli.diff import SIGNS


def command(
    map_file: Annotated[Path, typer.Argument(metavar="MAP", help="Map to change.")],
    edits_file: Annotated[
        Path,
        typer.Argument(
            metavar="EDITS", help="Edits, as `desirepath diff --edits` writes them."
        ),
    ],
    *,
    undo: Annotated[
        Path | None,
        typer.Option(help="File for the edits that take all of this back."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change; write nothing.")
    ] = False,
) -> None:
    """Put edits into a map, all or none; comments and layout of the file stay.

    Where the map has changed since the edits were made, both changes of a text are kept if they
    are of different words; else the edit stands and what it replaced is printed.

    Leaves with 0, or 3 on bad input.
    """
    from desirepath.maps.diff import diff_maps
    from desirepath.maps.edits.apply import apply_edit
    from desirepath.maps.edits.board import board_of
    from desirepath.maps.edits.commands import Together
    from desirepath.maps.edits.edit_file import edits_text, read_edits
    from desirepath.maps.files import read_document, write_map
    from desirepath.maps.storage import write_text

    journey = read_document(map_file).journey
    edits = Together(edits=read_edits(edits_file))
    done = apply_edit(board_of(journey), edits)
    new = done.board.journey()
    changes = diff_maps(journey, new).changes
    for change in changes:
        print(f"{SIGNS[change.kind]} {change.text}")
    for one in done.replaced:
        lost = json.dumps(one.lost, ensure_ascii=False)
        print(
            f"! {one.field} of {one.ref} had become {lost} meanwhile; it was replaced."
        )
    for card in done.board.without_place():
        print(f"! {card.ref} stood in what was taken off and leaves the file with it.")
    if not changes:
        print("The edits change nothing.")
    if dry_run or not changes:
        return
    if undo is not None:
        write_text(undo, edits_text((done.inverse,)))
    write_map(new, map_file)
    print(f"Changed {map_file}." + (f" {undo} takes it back." if undo else ""))
