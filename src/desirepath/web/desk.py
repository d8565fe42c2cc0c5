"""The desk: rooms on an event loop. One writer makes everything that waits durable, then everyone is told."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from desirepath.errors import DesirepathError
from desirepath.web.collab.rooms import Member, Message, Room, Rooms
from desirepath.web.policy import Actor, edit_refusal


@dataclass(eq=False, slots=True)
class LiveMember(Member):
    """A member whose messages are waited for."""

    session: str = ""
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, message: Message) -> None:
        """Put a message into the outbox and wake who sends it."""
        Member.tell(self, message)
        self.ready.set()

    def close(self, why: str) -> None:
        """Let it go and wake who sends."""
        Member.close(self, why)
        self.ready.set()


class Desk:
    """All rooms of a server.

    Args:
        rooms: Rooms and their log.
        now_us: Clock, microseconds since 1970 UTC.
    """

    def __init__(self, rooms: Rooms, now_us: Callable[[], int]) -> None:
        self.rooms = rooms
        self.now_us = now_us
        self.members: set[LiveMember] = set()
        self._work = asyncio.Event()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """While this holds, edits are written."""
        writer = asyncio.create_task(self._write())
        try:
            yield
        finally:
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writer
            self.rooms.commit()

    async def _write(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            batch = self.rooms.waiting()
            if batch:
                error = await asyncio.to_thread(self.rooms.write, batch)
                self.rooms.told(batch, error)

    def enter(
        self, map_id: str, actor: Actor, client: str, hello: Mapping[str, Any]
    ) -> tuple[Room, LiveMember]:
        """A member of the room of a map.

        Raises:
            WebError: E702 no such map, E703 its log is damaged.
        """
        member = LiveMember(client, actor.name, session=actor.session)
        member.refusal = lambda edit: edit_refusal(actor, room.board, edit)
        room = self.rooms.enter(map_id, member, hello)
        self.members.add(member)
        return room, member

    def receive(self, room: Room, member: Member, message: Mapping[str, Any]) -> None:
        """Take a message; what it changes is written soon."""
        room.receive(member, message, self.now_us())
        self._work.set()

    def leave(self, room: Room, member: LiveMember) -> None:
        """Let a member go."""
        room.leave(member)
        self.members.discard(member)
        self.rooms.close_empty()

    def end(self, sessions: frozenset[str]) -> None:
        """Let go everyone whose session, token or link has ended."""
        for member in list(self.members):
            if member.session in sessions:
                member.close("ended")

    async def edit(
        self, map_id: str, actor: Actor, client: str, data: object, most_bytes: int
    ) -> Message:
        """Make one edit and wait until it is durable.

        Returns:
            The answer: ``saved`` or ``denied``.

        Raises:
            WebError: E702 no such map, E704 it could not be written.
        """
        room, member = self.enter(map_id, actor, client, {"quiet": True})
        member.most_bytes = most_bytes
        try:
            self.receive(room, member, {"say": "edit", "n": 1, "edit": data})
            while True:
                await member.ready.wait()
                member.ready.clear()
                for message in member.take():
                    if message["say"] in ("saved", "denied"):
                        return message
                if member.closed:
                    return {
                        "say": "denied",
                        "n": 1,
                        "code": "E704",
                        "why": member.closed,
                    }
        finally:
            self.leave(room, member)


def problem_of(error: DesirepathError) -> dict[str, Any]:
    """An error as ``application/problem+json`` (RFC 9457)."""
    first = error.problems[0]
    return {
        "type": f"https://desirepath.invalid/codes#{first.code}",
        "title": first.what,
        "detail": first.hint,
        "code": first.code,
        "problems": [
            {"code": one.code, "what": one.what, "place": one.place, "hint": one.hint}
            for one in error.problems
        ],
    }
