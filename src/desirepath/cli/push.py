"""`desirepath push`: what changed in a pulled map, sent to its server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from desirepath.cli.output import FINDINGS
from desirepath.cli.server_token import TOKEN, token


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Map to send.")],
    server: Annotated[
        str, typer.Argument(metavar="URL", help="Address of the server.")
    ],
    *,
    mine: Annotated[
        bool, typer.Option("--mine", help="Where both changed the same, take yours.")
    ] = False,
    theirs: Annotated[
        bool, typer.Option("--theirs", help="Where both changed the same, take theirs.")
    ] = False,
    token_file: Annotated[Path | None, TOKEN] = None,
) -> None:
    """Send what changed in a pulled map as edits.

    All are put in, or none; a map the server lacks is made. What others changed meanwhile is merged and stands in the file afterwards. Where both changed
    the same, nothing is sent and every such field is shown.

    Leaves with 0, 1 where both changed the same, or 3 on bad input.
    """
    from desirepath.web.copies import push
    from desirepath.web.remote import Remote

    if mine and theirs:
        raise typer.BadParameter("give --mine or --theirs, not both")
    settle: Any = "mine" if mine else "theirs" if theirs else None
    done = push(Remote(server, token(token_file)), file, settle)
    for one in done.conflicts:
        name = f"{one.field} of {one.ref}" if one.field else one.ref
        print(f"! {name} was changed by both")
        if one.field:
            print(f"    it was:  {_shown(one.was)}")
        print(f"    yours:   {_shown(one.mine)}")
        print(f"    theirs:  {_shown(one.theirs)}")
    match done.done:
        case "conflicts":
            print(
                "Nothing was sent. Settle it in the file, or push --mine or --theirs."
            )
            raise typer.Exit(FINDINGS)
        case "made":
            print("Made the map on the server.")
        case "sent":
            count = "1 edit" if done.edits == 1 else f"{done.edits} edits"
            also = (
                f" {file} now holds what others changed, too." if done.is_newer else ""
            )
            print(f"Sent {count}.{also}")
        case "written":
            print(f"Nothing to send. {file} now holds what others changed.")
        case _:
            print("Nothing to send; the server has the same.")


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
