"""The token of who asks a server: from the environment or a file, never from the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

VARIABLE = "DESIREPATH_TOKEN"
TOKEN = typer.Option(
    help="File with the token; else DESIREPATH_TOKEN holds it.", metavar="FILE"
)


def token(file: Path | None) -> str:
    """The token, without the line end of its file.

    Raises:
        WebError: E737 there is none.
    """
    from desirepath.errors import Problem, WebError
    from desirepath.maps.storage import read_text

    found = read_text(file) if file else os.environ.get(VARIABLE, "")
    found = found.strip()
    if not found or not found.isascii() or any(one.isspace() for one in found):
        what = "there is no token" if not found else "this is not a token"
        hint = f"Make one on the server, and put it into {VARIABLE} or a file for --token-file."
        raise WebError(Problem("E737", what, str(file or ""), hint))
    if file and sys.platform != "win32" and file.stat().st_mode & 0o077:
        print(f"Others can read {file}: chmod 600 {file}", file=sys.stderr)
    return found
