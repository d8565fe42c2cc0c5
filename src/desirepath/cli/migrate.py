"""`desirepath migrate`: a map of an older format in the current one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def command(
    map_file: Annotated[
        Path, typer.Argument(metavar="MAP", help="Map to bring up to date.")
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", help="File to write; without it the map is printed."
        ),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Replace the file itself.")
    ] = False,
) -> None:
    """Bring a map of an older format up to date.

    A map that is up to date keeps its text. Comments of an older format are not kept, so look at
    the printed map before you replace a file.
    """
    from desirepath.maps.files import map_text, read_document
    from desirepath.maps.migrate import VERSION
    from desirepath.maps.storage import write_text

    if out is not None and write:
        raise typer.BadParameter("give either --out or --write")
    document = read_document(map_file)
    is_current = document.version == VERSION
    text = document.text if is_current else map_text(document.journey)
    target = map_file if write else out
    if target is None:
        sys.stdout.write(text)
    elif is_current and write:
        print(f"{map_file} is up to date.")
    else:
        write_text(target, text)
        print(f"Wrote {target}.")
