"""`desirepath backup`: everything a server keeps, as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desirepath.cli.server import Database, ServedProject, needing_the_server


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Backup to write.")],
    project: ServedProject = Path(),
    *,
    database: Database = None,
) -> None:
    """Write everything a server keeps into one file: maps, versions, pictures, people, tokens.

    The server goes on meanwhile; the file holds one moment.
    It holds no passwords, but what passwords are compared with: only its owner may read it.
    """
    with needing_the_server():
        from desirepath.web.backup import write_backup
        from desirepath.web.serving import now_us, open_log

    log = open_log(project, database)
    try:
        content = write_backup(log.engine, file, now_us())
    finally:
        log.close()
    for map_id, seq in content.maps.items():
        print(f"{map_id}: edit {seq}")
    size_kb = file.stat().st_size / 1000
    print(
        f"{len(content.maps)} maps, {sum(content.rows.values())} rows, {size_kb:,.0f} kB: {file}"
    )
