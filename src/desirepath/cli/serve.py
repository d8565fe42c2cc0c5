"""`desirepath serve`: maps of a project, edited by several people and programs at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from desirepath.cli.output import BAD_INPUT


def command(
    project: Annotated[
        Path,
        typer.Argument(
            metavar="PROJECT",
            help="Folder of the project.",
            exists=True,
            file_okay=False,
        ),
    ] = Path(),
    *,
    database: Annotated[
        str | None,
        typer.Option(
            envvar="DESIREPATH_DATABASE",
            help="postgresql://… in place of boards.db in the folder.",
        ),
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at.")] = 8765,
) -> None:
    """Serve a project's maps to programs: edits in one order, nothing acknowledged is lost.

    The board in the browser is not there yet; what programs can ask is in the how-to "Edit maps
    together". The first start prints a key for the first administrator.
    """
    try:
        from desirepath.web.people import People
        from desirepath.web.serving import is_private, now_us, open_log, run, take_maps
    except ImportError as error:
        print(
            f"{error.name} is not installed; serving needs it [E721]", file=sys.stderr
        )
        print("  Install it: pip install 'desirepath[web]'", file=sys.stderr)
        raise typer.Exit(BAD_INPUT) from None

    log = open_log(project, database)
    new, wrong = take_maps(log, project)
    people = People(log.engine)
    for one in wrong:
        print(f"left out: {one.short(1)}", file=sys.stderr)
    print(f"Maps: {len(log.maps())}, new: {len(new)}.")
    if people.is_new():
        print(f"First key, for 15 minutes: {people.first_key(now_us())}")
    if not is_private(host):
        print("Others can reach this address: put a proxy with https before it.")
    print(f"Serving at http://{host}:{port}; stop with Ctrl-C.", flush=True)
    try:
        run(log, people, host, port)
    finally:
        log.close()
