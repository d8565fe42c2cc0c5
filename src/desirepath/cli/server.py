"""What commands that need the server's packages share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from desirepath.cli.output import BAD_INPUT

ServedProject: TypeAlias = Annotated[
    Path,
    typer.Argument(
        metavar="PROJECT", help="Folder of the project.", exists=True, file_okay=False
    ),
]
Database: TypeAlias = Annotated[
    str | None,
    typer.Option(
        envvar="DESIREPATH_DATABASE",
        help="postgresql://… in place of boards.db in the folder.",
    ),
]


@contextmanager
def needing_the_server() -> Iterator[None]:
    """Say what to install where a package is missing."""
    try:
        yield
    except ImportError as error:
        what = f"{error.name} is not installed; the server needs it [E721]"
        print(what, file=sys.stderr)
        print("  Install it: pip install 'desirepath[web]'", file=sys.stderr)
        raise typer.Exit(BAD_INPUT) from None
