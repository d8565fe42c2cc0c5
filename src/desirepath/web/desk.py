"""The desk: rooms on an event loop. One writer makes everything that waits durable, then everyone is told."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from desirepath.errors import DesirepathError
from desirepath.web.collab.folding import (
    DAY_US,
    FOLD_EVERY,
    KEEP_DAYS,
    take_away,
)
from desirepath.web.collab.members import Member, Message
from desirepath.web.collab.room import Room
from desirepath.web.collab.rooms import Batch, Rooms, is_race
from desirepath.web.notices import Listener, Notice, of_ended
from desirepath.web.policy import Actor, edit_refusal

WATCH_S = 1.0
HOUR_US = 3_600 * 1_000_000


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


def everyone(sessions: frozenset[str]) -> frozenset[str]:
    """Sessions that have not ended, where none ever does."""
    return sessions


def unwatched(_: str, __: list[int]) -> None:
    """Nobody counts what is written."""


class Desk:
    """All rooms of a server.

    Args:
        rooms: Rooms and their log.
        now_us: Clock, microseconds since 1970 UTC.
        alive: Which of some sessions, tokens and links have not ended; asked every second, in a thread.
    """

    def __init__(
        self,
        rooms: Rooms,
        now_us: Callable[[], int],
        alive: Callable[[frozenset[str]], frozenset[str]] = everyone,
    ) -> None:
        self.rooms = rooms
        self.now_us = now_us
        self.alive = alive
        self.members: set[LiveMember] = set()
        # Called after each batch: what went wrong, and how long each edit had waited; nothing is
        # told of edits that wait on because another server was quicker.
        self.on_written: Callable[[str, list[int]], None] = unwatched
        self._tidy_us = 0
        self._work = asyncio.Event()
        self._look = asyncio.Event()
        self._notices: list[Notice] = []

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """While this holds, edits are written, and what other servers write is heard."""
        loop, log = asyncio.get_running_loop(), self.rooms.log

        def hear(notice: Notice | None) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has just ended
                loop.call_soon_threadsafe(self._hear, notice)

        listener = Listener(log.engine, log.server, hear) if log.is_shared else None
        tasks = [asyncio.create_task(self._write()), asyncio.create_task(self._watch())]
        if listener is not None:
            listener.start()
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if listener is not None:
                await asyncio.to_thread(listener.stop)
            self.rooms.commit()

    async def _write(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            notices, self._notices = self._notices, []
            if notices:
                await asyncio.to_thread(self.rooms.log.say, notices)
            while batch := self.rooms.waiting():
                error = await asyncio.to_thread(self.rooms.write, batch)
                if is_race(error) and await self._catch_up(batch):
                    self.on_written(error.code if error else "", [])
                    continue
                self.rooms.told(batch, error)
                now_us = self.now_us()
                took_us = [
                    now_us - one.at_us for _, entries in batch for one in entries
                ]
                self.on_written(error.code if error else "", took_us)
                if due := self.rooms.due(FOLD_EVERY):
                    await asyncio.to_thread(self.rooms.fold, due, now_us)

    async def _catch_up(self, batch: Batch) -> bool:
        """Take in what another server wrote first; whether what waits can be tried again."""
        try:
            rooms = [room for room, _ in batch]
            self.rooms.heard(await asyncio.to_thread(self.rooms.news, rooms))
        except DesirepathError:
            return False
        return self.rooms.is_outrun(batch)

    async def _watch(self) -> None:
        """Look every second, and whenever another server says so, what is new in the database."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(WATCH_S):
                    await self._look.wait()
            self._look.clear()
            await self._tidy()
            with contextlib.suppress(DesirepathError, SQLAlchemyError):  # looks again
                sessions = frozenset(one.session for one in self.members)
                if sessions:
                    left = await asyncio.to_thread(self.alive, sessions)
                    self._let_go(sessions - left)
                if self.rooms.log.is_shared and self.rooms.open:
                    rooms = list(self.rooms.open.values())
                    self.rooms.heard(await asyncio.to_thread(self.rooms.news, rooms))

    async def _tidy(self) -> None:
        """Take away rows of long ago, once an hour."""
        now_us = self.now_us()
        if now_us < self._tidy_us:
            return
        self._tidy_us = now_us + HOUR_US
        log = self.rooms.log
        with contextlib.suppress(DesirepathError, SQLAlchemyError):  # tries again later
            for map_id in await asyncio.to_thread(log.maps):
                before_us = now_us - KEEP_DAYS * DAY_US
                await asyncio.to_thread(take_away, log, map_id, before_us)

    def _hear(self, notice: Notice | None) -> None:
        """What another server says."""
        if notice is not None and notice.presence is not None:
            room = self.rooms.open.get(notice.map)
            if room is not None:
                room.tell_presence(notice.presence)
            return
        if notice is not None and notice.about:
            self._tell_about(notice.map, notice.about)
            return
        if notice is not None and notice.ended:
            self._let_go(frozenset(notice.ended))
        self._look.set()

    def enter(
        self,
        map_id: str,
        actor: Actor,
        client: str,
        hello: Mapping[str, Any],
        leftover: Mapping[str, str] | None = None,
    ) -> tuple[Room, LiveMember]:
        """A member of the room of a map.

        Args:
            map_id: The map.
            actor: Who comes.
            client: Name of the page.
            hello: What it says first.
            leftover: Closed pages of the same person that it sends for, as `Member.leftover`.

        Raises:
            WebError: E702 no such map, E703 its log is damaged.
        """
        member = LiveMember(client, actor.name, session=actor.session)
        member.refusal = lambda edit: edit_refusal(actor, room.board, edit)
        member.leftover = leftover or {}
        member.role, member.lanes = actor.role or "", tuple(sorted(actor.lanes))
        room = self.rooms.enter(map_id, member, hello)
        self.members.add(member)
        self._tell_servers(room, member, "here")
        return room, member

    def receive(self, room: Room, member: Member, message: Mapping[str, Any]) -> None:
        """Take a message; what it changes is written soon."""
        room.receive(member, message, self.now_us())
        if message.get("say") == "presence":
            self._tell_servers(room, member, "presence")
        self._work.set()

    def leave(self, room: Room, member: LiveMember) -> None:
        """Let a member go."""
        room.leave(member)
        self.members.discard(member)
        self._tell_servers(room, member, "left")
        self.rooms.close_empty()

    def _tell_servers(self, room: Room, member: Member, say: str) -> None:
        """Tell the pages of other servers that somebody came, left, or is at a card."""
        log = self.rooms.log
        if log.is_shared and member.is_seen:
            told = {"say": say, **member.presence()}
            self._notices.append(Notice(log.server, room.map_id, presence=told))
            self._work.set()

    def tell_about(self, map_id: str, about: str) -> None:
        """Tell every page of a map, at other servers too, that something beside its edits has changed.

        Args:
            map_id: The map.
            about: One word of what pages ask for anew: comments, jobs.
        """
        self._tell_about(map_id, about)
        log = self.rooms.log
        if log.is_shared:
            self._notices.append(Notice(log.server, map_id, about=about))
            self._work.set()

    def _tell_about(self, map_id: str, about: str) -> None:
        room = self.rooms.open.get(map_id)
        for member in room.members if room is not None else ():
            if member.is_seen:
                member.tell({"say": "news", "about": about})

    def end(self, sessions: frozenset[str]) -> None:
        """Let go everyone whose session, token or link has ended, at other servers too."""
        self._let_go(sessions)
        log = self.rooms.log
        if log.is_shared and sessions:
            self._notices += of_ended(log.server, sorted(sessions))
            self._work.set()

    def _let_go(self, sessions: frozenset[str]) -> None:
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
