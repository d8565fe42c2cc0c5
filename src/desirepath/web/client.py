"""The browser's program: its built files, and what its page may do."""

from __future__ import annotations

import secrets
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
NONCE_BYTES = 16
MISSING = """<!doctype html><meta charset="utf-8"><title>desirepath</title>
<p>The board is not built here. Programs can use <code>/api</code>; to build the board, install
desirepath from its sources without <code>DESIREPATH_CLIENT=skip</code>.</p>
"""


def policy(nonce: str) -> str:
    """What the page may load: this server's own files, pictures it made itself, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            # the widgets put one style element into the page, with this word
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


async def page(_: Request) -> Response:
    """The page that starts the program."""
    file = FOLDER / "index.html"
    nonce = secrets.token_urlsafe(NONCE_BYTES)
    text = file.read_text(encoding="utf-8") if file.is_file() else MISSING
    told = f'<meta property="csp-nonce" nonce="{nonce}" content="{nonce}" />'
    text = text.replace("<head>", f"<head>\n    {told}", 1)
    return HTMLResponse(text, headers={"content-security-policy": policy(nonce)})


class Assets(StaticFiles):
    """Built files; their names change with what is in them, so they are kept."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file."""
        answer = await super().get_response(path, scope)
        answer.headers["cache-control"] = "public, max-age=31536000, immutable"
        return answer


def routes() -> list[BaseRoute]:
    """The page and its files."""
    found: list[BaseRoute] = [Route("/", page)]
    if (FOLDER / "assets").is_dir():
        found.append(Mount("/assets", Assets(directory=FOLDER / "assets")))
    return found
