"""The socket of a map: edits in, everybody's edits out, in joined frames."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from desirepath.errors import DesirepathError
from desirepath.web.api.asking import actor_of, desk_of, refuse_foreign
from desirepath.web.collab.room import Room
from desirepath.web.desk import Desk, LiveMember
from desirepath.web.policy import refusal

LONGEST_CLIENT = 64
LONGEST_REASON = 120  # bytes
MOST_LEFTOVER = 100  # closed pages for which one page sends what they could not
# Close codes of our own (4000 to 4999 are free for applications).
FOREIGN, NOT_ALLOWED, NO_MAP, RUBBISH, LET_GO = 4003, 4001, 4004, 4000, 4010


async def live(socket: WebSocket) -> None:
    """Let somebody into the room of a map and carry messages until they leave."""
    try:
        refuse_foreign(socket)
    except DesirepathError:
        await socket.close(FOREIGN)
        return
    actor = actor_of(socket)
    map_id = socket.path_params["map"]
    await socket.accept()
    # Only after it is accepted does a browser learn why it is closed, and that it need not come back.
    why = refusal(actor, "look", map_id)
    if why:
        await socket.close(NOT_ALLOWED, _reason(why))
        return
    try:
        hello = await _message(socket)
        client = hello.get("client") if hello else None
        if (
            not hello
            or not isinstance(client, str)
            or not 0 < len(client) <= LONGEST_CLIENT
        ):
            await socket.close(RUBBISH)
            return
        desk = desk_of(socket)
        # The name of a client belongs to who uses it: nobody sends in another's name.
        person = actor.person or actor.session
        leftover = {one: f"{person}:{one}" for one in _leftover(hello)}
        own = f"{person}:{client}"
        room, member = desk.enter(map_id, actor, own, hello, leftover)
    except WebSocketDisconnect:
        return
    except DesirepathError as error:
        await socket.close(NO_MAP, _reason(error.problems[0].what))
        return
    await _carry(socket, desk, room, member)


def _reason(text: str) -> str:
    """As much of a text as a close frame has room for."""
    return text.encode()[:LONGEST_REASON].decode(errors="ignore")


def _leftover(hello: Mapping[str, Any]) -> list[str]:
    """Names of closed pages of the same person."""
    given = hello.get("leftover")
    names = given if isinstance(given, list) else []
    fits = [one for one in names if isinstance(one, str) and len(one) <= LONGEST_CLIENT]
    return fits[:MOST_LEFTOVER]


async def _carry(socket: WebSocket, desk: Desk, room: Room, member: LiveMember) -> None:
    sender = asyncio.create_task(_send(socket, member))
    try:
        while not member.closed:
            message = await _message(socket)
            if message is None:
                await socket.close(RUBBISH)
                break
            desk.receive(room, member, message)
    except (WebSocketDisconnect, RuntimeError):
        pass
    finally:
        sender.cancel()
        desk.leave(room, member)


async def _send(socket: WebSocket, member: LiveMember) -> None:
    while True:
        await member.ready.wait()
        member.ready.clear()
        if member.closed:
            await socket.close(LET_GO, _reason(member.closed))
            return
        frame = member.take()
        if frame:
            text = json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
            await socket.send_text(text)


async def _message(socket: WebSocket) -> dict[str, Any] | None:
    """The next message, None for what is none."""
    received = await socket.receive()
    if received["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(received.get("code", 1000))
    try:
        message = json.loads(received.get("text") or "")
    except (ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) else None


def routes() -> list[BaseRoute]:
    """The route of sockets."""
    return [WebSocketRoute("/api/maps/{map}/live", live)]
