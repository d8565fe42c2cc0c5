"""What a server writes of itself: one line for each request and event.

No line holds what people sent: no names, no texts, no cookies, no query strings, and in place of
addresses the routes they fit. So a log can be given away when something is looked for.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desirepath.web.metrics import Metrics

Kind = Literal["text", "json"]
Say = Callable[..., None]
SIGN_INS = frozenset({"/api/session", "/api/first", "/api/guest"})
REFUSED = frozenset({401, 403, 429})
MILLI = 1000


class Journal:
    """Lines of a server.

    Args:
        kind: One JSON object a line, or words.
        now_us: Clock, microseconds since 1970 UTC.
        to: Where to.
    """

    def __init__(self, kind: Kind, now_us: Callable[[], int], to: TextIO = sys.stderr) -> None:  # fmt: skip
        self._kind = kind
        self._now_us = now_us
        self._to = to

    def __call__(self, event: str, **values: str | float) -> None:
        """Write one line."""
        at = datetime.fromtimestamp(self._now_us() / 1_000_000, UTC)
        when = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        if self._kind == "json":
            line = json.dumps({"at": when, "event": event, **values}, ensure_ascii=True)
        else:
            line = " ".join([when, event, *(f"{key}={_word(one)}" for key, one in values.items())])  # fmt: skip
        print(line, file=self._to, flush=True)


def _word(value: str | float) -> str:
    text = str(value)
    return json.dumps(text) if not text.isprintable() or " " in text else text


def silence(_: str, **values: str | float) -> None:
    """Write nothing."""


class Watched:
    """Writes and counts requests and sockets.

    Args:
        app: What answers.
        routes: Routes of the app; lines tell these, not what was asked.
        metrics: Where they are counted.
        say: Where they are written.
        now_us: Clock.
    """

    def __init__(
        self,
        app: ASGIApp,
        routes: Iterable[BaseRoute],
        metrics: Metrics,
        say: Say,
        now_us: Callable[[], int],
    ) -> None:
        self._app = app
        self._paths = {
            getattr(one, "endpoint", None): getattr(one, "path", "") for one in routes
        }
        self._metrics = metrics
        self._say = say
        self._now_us = now_us

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and tell of it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        start_us, statuses = self._now_us(), [0]

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses[0] = message["status"]
            elif message["type"] == "websocket.close":
                statuses[0] = message.get("code", 1000)
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            self._tell(scope, statuses[0], self._now_us() - start_us)

    def _tell(self, scope: Scope, status: int, took_us: int) -> None:
        path = self._paths.get(scope.get("endpoint"), "")
        if scope["type"] == "websocket":
            self._say("socket closed", route=path, code=status, ms=took_us // MILLI)
            return
        method = scope["method"] if scope["method"].isalpha() else "OTHER"
        self._metrics.requests[method[:10], status] += 1
        if path in SIGN_INS and method == "POST" and status in REFUSED:
            self._metrics.refused_sign_ins += 1
            address = (scope.get("client") or ("",))[0]
            self._say("sign-in refused", route=path, status=status, address=address)
        self._say("request", method=method[:10], route=path, status=status, ms=took_us // MILLI)  # fmt: skip


class Handler(logging.Handler):
    """Takes what the libraries of the server log: the kind of an error and where, never its text."""

    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        values: dict[str, str | float] = {"what": str(record.msg).split("\n")[0][:200]}
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            frames = traceback.extract_tb(error.__traceback__)
            values["error"] = type(error).__name__
            values["where"] = " > ".join(f"{_file(one.filename)}:{one.lineno}" for one in frames[-6:])  # fmt: skip
        self._say(record.levelname.lower(), **values)


def _file(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-2:])


def settings(kind: Kind, now_us: Callable[[], int]) -> tuple[Journal, dict[str, Any]]:
    """A journal, and settings with which the libraries of the server write into it."""
    journal = Journal(kind, now_us)
    return journal, {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"journal": {"()": Handler, "say": journal}},
        "loggers": {"uvicorn": {"handlers": ["journal"], "level": "WARNING", "propagate": False}},
    }  # fmt: skip
