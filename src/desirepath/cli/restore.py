"""`desirepath restore`: a backup put back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desirepath.cli.server import Database, ServedProject, needing_the_server


def command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Backup to read.", exists=True)
    ],
    project: ServedProject = Path(),
    *,
    database: Database = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Take away what is in the database first."),
    ] = False,
) -> None:
    """Put a backup into a database: an empty one, or with --replace in the place of what is there.

    All or nothing: a damaged backup changes nothing. Everybody signs in again; pages that were left
    open load their maps anew.
    """
    with needing_the_server():
        from desirepath.web.backup import read_backup, restore
        from desirepath.web.serving import open_engine, telling
        from desirepath.web.sole import alone_with

    read_backup(file)
    engine = open_engine(project, database)
    try:
        with telling(), alone_with(engine):
            content = restore(engine, file, replaces=replace)
    finally:
        engine.dispose()
    for map_id, seq in content.maps.items():
        print(f"{map_id}: edit {seq}")
    print(f"{len(content.maps)} maps are back, with {sum(content.rows.values())} rows.")
