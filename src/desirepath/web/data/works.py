"""What is to be done with files of sources: one thing at a time for each, taken by a server, ended whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from desirepath.errors import Problem, WebError
from desirepath.web.data.sources import Source, change, forget
from desirepath.web.data.tables import WORKS
from desirepath.web.policy import Actor
from desirepath.web.pulses import Pulses

Act = Literal["read", "correct", "about", "keep"]
State = Literal["waiting", "running", "failed"]
MOST_TRIES = 2
DONE: Mapping[Act, str] = {"read": "source.sent", "about": "source.changed", "keep": "source.kept"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """Something that is to be done with a source.

    Attributes:
        source: Id of the source.
        act: What: read it first, read it anew by a correction, keep it, change what answers are about.
        given: What was said besides.
        state: Where it stands.
        who: Name of who asked.
        person: Id of their account.
        came: How they had come in.
        at_us: When they asked, microseconds since 1970 UTC.
        server: Who does it.
        alive_us: When that last said so, by its own clock.
        tries: How often it was begun.
    """

    source: str
    act: Act
    given: Mapping[str, Any]
    state: State
    who: str
    person: str
    came: str
    at_us: int
    server: str = ""
    alive_us: int = 0
    tries: int = 0


# Writes what somebody did into the audit trail, as part of a transaction.
Note = Callable[..., object]


def not_noted(*_: object, **__: object) -> None:
    """Nobody keeps an audit trail."""


@dataclass(slots=True)
class Works:
    """Works in the database of the edit log. Every method may take a while: call it in a thread.

    Attributes:
        engine: The database.
        note: Writes what was done into the audit trail.
    """

    engine: Engine
    note: Note = not_noted
    _pulses: Pulses = field(default_factory=Pulses)

    def ask(
        self, source: Source, act: Act, given: Mapping[str, Any], by: Actor, now_us: int
    ) -> None:
        """Want something done with a source; a new one is known from now on.

        Raises:
            WebError: E747 something is under way.
        """
        row = {
            "source": source.id,
            "act": act,
            "given": json.dumps(dict(given)),
            "state": "waiting",
            "who": by.name,
            "person": by.person,
            "came": by.kind,
            "at_us": now_us,
            "server": "",
            "alive_us": 0,
            "tries": 0,
        }
        failed = (WORKS.c.source == source.id, WORKS.c.state == "failed")
        try:
            with self.engine.begin() as connection:
                connection.execute(delete(WORKS).where(*failed))
                connection.execute(insert(WORKS), row)
                if act == "read":
                    change(connection, None, source)
        except IntegrityError:
            raise _under_way(source) from None

    def of(self, source_id: str) -> Work | None:
        """What is to be done with a source, or failed last; None for nothing."""
        return self.everywhere().get(source_id)

    def everywhere(self) -> dict[str, Work]:
        """What is to be done or failed last, by the ids of sources."""
        with self.engine.connect() as connection:
            return {row.source: _work(row) for row in connection.execute(select(WORKS))}

    def put(self, was: Source, now: Source) -> None:
        """Change what takes no reading.

        Raises:
            WebError: E747 something is under way, or somebody else was quicker.
        """
        busy = select(WORKS.c.source).where(
            WORKS.c.source == was.id, WORKS.c.state != "failed"
        )
        with self.engine.begin() as connection:
            is_free = connection.execute(busy).first() is None
            if not is_free or not change(connection, was, now):
                raise _under_way(was)

    def claim(self, server: str, now_us: int) -> Work | None:
        """The work that waits longest, now claimed by a server; None where none waits."""
        first = (
            select(WORKS)
            .where(WORKS.c.state == "waiting")
            .order_by(WORKS.c.at_us, WORKS.c.source)
            .limit(1)
        )
        with self.engine.begin() as connection:
            row = connection.execute(first).one_or_none()
            if row is None:
                return None
            still = (WORKS.c.source == row.source, WORKS.c.state == "waiting")
            mine = {
                "state": "running",
                "server": server,
                "alive_us": now_us,
                "tries": row.tries + 1,
            }
            changed = update(WORKS).where(*still, WORKS.c.tries == row.tries)
            if not connection.execute(changed.values(mine)).rowcount:
                return (
                    None  # another server was quicker; who looks again finds the next
                )
            wanted = select(WORKS).where(WORKS.c.source == row.source)
            return _work(connection.execute(wanted).one())

    def beat(self, work: Work, now_us: int) -> bool:
        """Say that a work goes on; whether it is still wanted of us."""
        return self._set(work, alive_us=now_us)

    def give_back(self, work: Work) -> bool:
        """A work that was claimed waits again, as if it had never begun."""
        return self._set(work, state="waiting", server="", tries=work.tries - 1)

    def fail(self, work: Work) -> bool:
        """A work that was claimed went wrong; False where it is no longer ours."""
        return self._set(work, state="failed", server="")

    def end(self, work: Work, was: Source, now: Source, now_us: int) -> bool:
        """Make what was done count, all of it or nothing.

        Args:
            work: As it was claimed.
            was: The source when it began.
            now: The source from now on.
            now_us: Now.

        Returns:
            False where it is no longer ours; it waits again where the source changed meanwhile.
        """
        with self.engine.begin() as connection:
            if not connection.execute(delete(WORKS).where(*_mine(work))).rowcount:
                return False
            if change(connection, was, now):
                if action := DONE.get(work.act):
                    told = {"source": now.id}
                    detail = {"name": now.name, **told} if work.act == "read" else told
                    actor = Actor(work.who, person=work.person, kind=work.came)
                    self.note(connection, actor, action, now_us, map_id=str(work.given["map"]), detail=detail)  # fmt: skip
                return True
            connection.rollback()
        self.give_back(work)
        return False

    def forget(self, source: Source) -> None:
        """Forget a source and all that was to be done with it."""
        with self.engine.begin() as connection:
            connection.execute(delete(WORKS).where(WORKS.c.source == source.id))
            forget(connection, source)

    def take_back(
        self, server: str, *, is_shared: bool, here: Collection[str] = ()
    ) -> list[Work]:
        """Works of servers that have ended wait again, once.

        Args:
            server: Who asks.
            is_shared: Whether others use the database; else every other server has ended.
            here: Sources that are worked on at who asks.

        Returns:
            Those that waited again already, and are to fail.
        """
        running = {one.source: one for one in self.everywhere().values() if one.state == "running"}  # fmt: skip
        beats = {name: (one.server, one.tries, one.alive_us) for name, one in running.items()}  # fmt: skip
        stopped = self._pulses.stopped(beats)
        lost = [
            one
            for name, one in running.items()
            if (one.server == server and name not in here)
            or (one.server != server and (not is_shared or name in stopped))
        ]
        for one in lost:
            if one.tries < MOST_TRIES:
                self._set(one, state="waiting", server="")
        return [one for one in lost if one.tries >= MOST_TRIES]

    def _set(self, work: Work, **news: Any) -> bool:
        with self.engine.begin() as connection:
            changed = update(WORKS).where(*_mine(work)).values(news)
            return bool(connection.execute(changed).rowcount)


def _mine(work: Work) -> tuple[Any, ...]:
    """Picks a work as long as the server that claimed it has it."""
    return (
        WORKS.c.source == work.source,
        WORKS.c.state == "running",
        WORKS.c.server == work.server,
        WORKS.c.tries == work.tries,
    )


def _under_way(source: Source) -> WebError:
    what = f'"{source.name}" is being read at the moment'
    return WebError(Problem("E747", what, hint="Wait until that has ended."))


def _work(row: Row[Any]) -> Work:
    told = dict(row._mapping)  # noqa: SLF001 - that is its public name
    told["given"] = json.loads(told["given"])
    return Work(**told)
