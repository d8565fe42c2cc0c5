"""`desirepath pull`: a map of a server as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desirepath.cli.server_token import TOKEN, token


def command(
    server: Annotated[
        str, typer.Argument(metavar="URL", help="Address of the server.")
    ],
    map_id: Annotated[str, typer.Argument(metavar="MAP", help="Id of the map there.")],
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File; MAP.yaml by default.")
    ] = None,
    token_file: Annotated[Path | None, TOKEN] = None,
    theirs: Annotated[
        bool, typer.Option("--theirs", help="Drop changes that were not pushed.")
    ] = False,
) -> None:
    """Write a map of a server into a file.

    Comments and layout of a file that is there stay. What the file began with is kept beside it, in `.desirepath`, so that `desirepath push` knows
    what you changed.

    Leaves with 0, or 3 on bad input.
    """
    from desirepath.web.copies import pull
    from desirepath.web.remote import Remote

    file = output or Path(f"{map_id}.yaml")
    done = pull(Remote(server, token(token_file)), map_id, file, drop_mine=theirs)
    print(f"Wrote {file}." if done.done == "written" else f"{file} is up to date.")
