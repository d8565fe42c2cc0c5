"""The app without sockets and threads: for tests that ask thousands of times."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.web.server import QUICK, Answer, Clock

from desirepath.web.app import build_app
from desirepath.web.collab.log import EditLog
from desirepath.web.people import People


class Direct:
    """An app that is called as a server would call it, in memory."""

    def __init__(self, folder: Path) -> None:
        self.log = EditLog.in_file(folder / "boards.db")
        self.people = People(self.log.engine, QUICK)
        self.clock = Clock()
        self.app = build_app(self.log, self.people, self.clock)
        self.loop = asyncio.new_event_loop()

    def ask(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        body: bytes = b"",
    ) -> Answer:
        """One request; what a server would answer with 500 is raised here."""
        path, _, query = address.partition("?")
        told = {"host": "127.0.0.1"} | {k.lower(): v for k, v in headers.items()}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(k.encode(), v.encode()) for k, v in told.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        told_back: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            told_back.append(message)

        self.loop.run_until_complete(self.app(scope, receive, send))
        start = told_back[0]
        found = {k.decode(): v.decode("latin-1") for k, v in start["headers"]}
        body = b"".join(one.get("body", b"") for one in told_back[1:])
        text = body.decode("utf-8", "replace")  # pictures are no texts
        is_json = "json" in found.get("content-type", "") and text
        return Answer(start["status"], json.loads(text) if is_json else text, found)


@contextmanager
def direct(folder: Path) -> Iterator[Direct]:
    """An app at work, with an empty database in a folder."""
    one = Direct(folder)
    working = one.app.router.lifespan_context(one.app)
    one.loop.run_until_complete(working.__aenter__())
    try:
        yield one
    finally:
        one.loop.run_until_complete(working.__aexit__(None, None, None))
        one.loop.run_until_complete(one.loop.shutdown_default_executor())
        one.loop.close()
        one.log.close()
