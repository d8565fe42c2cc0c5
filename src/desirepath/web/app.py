"""The app: routes, what they share, and what every answer says about safety."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from desirepath.web import client
from desirepath.web.api import live, maps, people
from desirepath.web.collab.log import EditLog
from desirepath.web.collab.rooms import Rooms
from desirepath.web.desk import Desk
from desirepath.web.people import People
from desirepath.web.throttle import Throttle

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cache-control", b"no-store"),
    (
        b"content-security-policy",
        b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ),
)


class Safe:
    """Puts the headers on every answer that says nothing of them itself."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request, headers added."""

        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                told = {name for name, _ in message["headers"]}
                message["headers"] += [one for one in HEADERS if one[0] not in told]
            await send(message)

        await self.app(scope, receive, sending)


def build_app(log: EditLog, accounts: People, now_us: Callable[[], int]) -> Starlette:
    """The app of a log of edits and its people.

    Args:
        log: The edit log.
        accounts: Accounts and keys.
        now_us: Clock, microseconds since 1970 UTC.
    """
    desk = Desk(Rooms(log), now_us)

    @asynccontextmanager
    async def at_work(_: Starlette) -> AsyncIterator[None]:
        async with desk.at_work():
            yield

    app = Starlette(
        routes=[
            Route("/healthz", health),
            *people.routes(),
            *live.routes(),
            *maps.routes(),
            *client.routes(),
        ],
        lifespan=at_work,
    )
    app.add_middleware(Safe)
    app.state.desk = desk
    app.state.people = accounts
    app.state.throttle = Throttle()
    return app


async def health(request: Request) -> Response:
    """Whether the database answers."""
    desk: Desk = request.app.state.desk
    count = len(desk.rooms.log.maps())
    return JSONResponse({"status": "ok", "maps": count, "open": len(desk.rooms.open)})
