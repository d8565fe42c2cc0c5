"""What servers of one PostgreSQL tell each other: which maps have news, whose sessions have ended, who looks where.

A notice only makes others look sooner. What counts is in the database, and everyone looks there every
second as well, so that a lost notice costs a second and nothing else.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

CHANNEL = "desirepath"
LONGEST = 7_900  # bytes of a notice; PostgreSQL takes 8,000
MOST_ENDED = 200
LISTEN_S = 0.5
AGAIN_S = 1.0
SEND = text("SELECT pg_notify(:channel, :told)")


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice.

    Attributes:
        server: Who tells.
        map: The map it is about, "" for none.
        ended: Sessions, tokens and links that have ended.
        presence: Who looks at what in the map, as pages are told it.
        about: What beside its edits has changed in the map: comments, jobs.
    """

    server: str
    map: str = ""
    ended: tuple[str, ...] = ()
    presence: dict[str, Any] | None = None
    about: str = ""


def tell(connection: Connection, *notices: Notice) -> None:
    """Tell other servers once the transaction of a connection is durable."""
    told = [json.dumps(asdict(one), separators=(",", ":")) for one in notices]
    rows = [
        {"channel": CHANNEL, "told": one}
        for one in told
        if len(one.encode()) <= LONGEST
    ]
    if rows:
        connection.execute(SEND, rows)


def of_ended(server: str, sessions: Sequence[str]) -> Iterator[Notice]:
    """Notices of sessions that ended, as many as need be."""
    for start in range(0, len(sessions), MOST_ENDED):
        yield Notice(server, ended=tuple(sessions[start : start + MOST_ENDED]))


def read(told: str) -> Notice | None:
    """A notice as it came; None for what is none."""
    try:
        data = json.loads(told)
        return Notice(
            str(data["server"]),
            str(data["map"]),
            tuple(map(str, data["ended"])),
            data["presence"] if isinstance(data["presence"], dict) else None,
            str(data.get("about", "")),
        )
    except (ValueError, TypeError, KeyError):
        return None


class Listener:
    """Listens in a thread of its own until it is stopped; connects again when the connection is lost.

    Args:
        engine: A PostgreSQL.
        server: Whose notices are left out: our own.
        hear: Called in the thread with each notice; with None after each new connection, since
            notices may have been lost before it.
    """

    def __init__(
        self, engine: Engine, server: str, hear: Callable[[Notice | None], None]
    ) -> None:
        self._engine = engine
        self._server = server
        self._hear = hear
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="notices")

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Listen no more."""
        self._ends.set()
        with contextlib.suppress(SQLAlchemyError), self._engine.begin() as connection:
            tell(connection, Notice(self._server))  # so that it wakes at once
        self._thread.join()

    def _listen(self) -> None:
        from psycopg import Error  # noqa: PLC0415 - SQLite needs no driver of PostgreSQL

        while not self._ends.is_set():
            try:
                self._listen_once()
            except Error:
                self._ends.wait(AGAIN_S)

    def _listen_once(self) -> None:
        from psycopg import connect  # noqa: PLC0415

        given, named = self._engine.dialect.create_connect_args(self._engine.url)
        with connect(*given, **named, autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self._hear(None)
            while not self._ends.is_set():
                for one in connection.notifies(timeout=LISTEN_S):
                    if self._ends.is_set():
                        return
                    notice = read(one.payload)
                    if notice is not None and notice.server != self._server:
                        self._hear(notice)
