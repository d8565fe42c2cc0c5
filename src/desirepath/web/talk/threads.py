"""Comments as they are read: threads of a map, what they say, whom they call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from desirepath.web.people import PEOPLE
from desirepath.web.policy import Actor
from desirepath.web.talk.findings import Found, found_in
from desirepath.web.talk.tables import COMMENTS, MENTIONS, SEEN, THREADS
from desirepath.web.talk.tasks import Task, tasks_in

_ANSWERS = COMMENTS.alias("answer")


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment.

    Attributes:
        n: Its number in the thread, from 1.
        person: Account of the author, "" for a guest.
        session: Session of a guest, "" for people with an account.
        deleted_us: When its text was deleted, 0 for a comment that stands.
        mentions: Names by account of the people it mentions.
    """

    id: str
    thread: str
    map: str
    n: int
    author: str
    person: str
    session: str
    at_us: int
    edited_us: int
    deleted_us: int
    text: str
    mentions: Mapping[str, str]

    def is_by(self, actor: Actor) -> bool:
        """Whether somebody wrote it."""
        if self.person:
            return self.person == actor.person
        return bool(self.session) and self.session == actor.session


@dataclass(frozen=True, slots=True)
class Thread:
    """Comments about one thing.

    Attributes:
        ref: What they are about.
        last_us: When the newest comment was made.
        count: How many comments stand.
        resolved_by: Who said that it is done, "" while it is open.
        is_mine: Whether who asks wrote in it.
        mentions_me: Whether it mentions who asks.
        seen: Number of the last comment who asks has read.
        newest: Number of the newest comment of others that stands.
        newest_mention: Number of the newest comment that mentions who asks.
        finding: The finding they are about; None for what stands on the map.
        task: What somebody is to see to; None where nobody is.
    """

    id: str
    map: str
    ref: str
    at_us: int
    last_us: int
    count: int
    resolved_by: str
    resolved_us: int
    is_mine: bool
    mentions_me: bool
    seen: int
    newest: int
    newest_mention: int
    finding: Found | None
    task: Task | None

    @property
    def is_unread(self) -> bool:
        """Whether somebody else wrote something who asks has not read."""
        return self.newest > self.seen

    @property
    def is_calling(self) -> bool:
        """Whether who asks is mentioned and has not read it."""
        return self.newest_mention > self.seen

    @property
    def is_to_do(self) -> bool:
        """Whether it is a task that is not done."""
        return self.task is not None and not self.resolved_us

    def is_to_do_by(self, person: str) -> bool:
        """Whether it is a task of somebody that is not done."""
        is_given = self.task is not None and self.task.person == person
        return bool(person) and is_given and not self.resolved_us


def threads_of(engine: Engine, map_id: str, actor: Actor) -> tuple[Thread, ...]:
    """Threads of a map with comments that stand, those with the newest comments first."""
    mine = (
        COMMENTS.c.person == actor.person
        if actor.person
        else (COMMENTS.c.session == (actor.session or "-"))
    )
    stands = (COMMENTS.c.map == map_id) & (COMMENTS.c.deleted_us == 0)
    counted = (
        select(
            COMMENTS.c.thread,
            func.count().label("count"),
            func.max(COMMENTS.c.at_us).label("last_us"),
        )
        .where(stands)
        .group_by(COMMENTS.c.thread)
    )
    newest = select(COMMENTS.c.thread, func.max(COMMENTS.c.n))
    called = newest.join(MENTIONS, MENTIONS.c.comment == COMMENTS.c.id).where(
        stands, MENTIONS.c.person == (actor.person or "-")
    )
    seen = select(SEEN.c.thread, SEEN.c.n).where(SEEN.c.person == (actor.person or "-"))
    with engine.connect() as connection:
        heads = connection.execute(select(THREADS).where(THREADS.c.map == map_id))
        counts = {
            str(row[0]): (row[0], int(row[1]), int(row[2]))
            for row in connection.execute(counted)
        }
        others = _pairs(
            connection, newest.where(stands, ~mine).group_by(COMMENTS.c.thread)
        )
        own = _pairs(connection, newest.where(stands, mine).group_by(COMMENTS.c.thread))
        calls = _pairs(connection, called.group_by(COMMENTS.c.thread))
        read = _pairs(connection, seen)
        tasks = tasks_in(connection, map_id)
        found = [
            Thread(
                row.id,
                map_id,
                row.ref,
                int(row.at_us),
                counts[row.id][2],
                counts[row.id][1],
                row.resolved_by,
                int(row.resolved_us),
                row.id in own,
                row.id in calls,
                # who answers has read what came before
                max(read.get(row.id, 0), own.get(row.id, 0)),
                others.get(row.id, 0),
                calls.get(row.id, 0),
                found_in(row.finding),
                tasks.get(row.id),
            )
            for row in heads
            if row.id in counts
        ]
    return tuple(sorted(found, key=lambda one: (-one.last_us, one.id)))


def comments_in(engine: Engine, thread_ids: Sequence[str]) -> dict[str, list[Comment]]:
    """Comments of some threads in order; deleted ones only where another one came after them."""
    wanted = (
        select(COMMENTS)
        .where(COMMENTS.c.thread.in_(thread_ids))
        .order_by(COMMENTS.c.thread, COMMENTS.c.n)
    )
    found: dict[str, list[Comment]] = {one: [] for one in thread_ids}
    with engine.connect() as connection:
        rows = connection.execute(wanted).all()
        named = names_in(connection, [row.id for row in rows])
    for row in rows:
        found[row.thread].append(comment_of(row, named.get(row.id, {})))
    for one in found.values():
        while one and one[-1].deleted_us:
            one.pop()
    return found


def calling(engine: Engine, person: str, limit: int) -> tuple[tuple[str, Comment], ...]:
    """Comments that mention somebody and that they have not read, newest first, with their refs."""
    read = (
        select(SEEN.c.n)
        .where(SEEN.c.person == person, SEEN.c.thread == COMMENTS.c.thread)
        .scalar_subquery()
    )
    answered = (
        select(func.max(_ANSWERS.c.n))
        .where(_ANSWERS.c.thread == COMMENTS.c.thread, _ANSWERS.c.person == person)
        .scalar_subquery()
    )
    wanted = (
        select(COMMENTS, THREADS.c.ref)
        .join(MENTIONS, MENTIONS.c.comment == COMMENTS.c.id)
        .join(THREADS, THREADS.c.id == COMMENTS.c.thread)
        .where(
            MENTIONS.c.person == person,
            COMMENTS.c.deleted_us == 0,
            COMMENTS.c.n > func.coalesce(read, 0),
            COMMENTS.c.n > func.coalesce(answered, 0),
        )
        .order_by(COMMENTS.c.at_us.desc(), COMMENTS.c.id)
        .limit(limit)
    )
    with engine.connect() as connection:
        rows = connection.execute(wanted).all()
        named = names_in(connection, [row.id for row in rows])
    return tuple((row.ref, comment_of(row, named.get(row.id, {}))) for row in rows)


def mentionable(engine: Engine) -> dict[str, str]:
    """Names by account of everybody who may be mentioned."""
    with engine.connect() as connection:
        wanted = select(PEOPLE.c.id, PEOPLE.c.name).where(PEOPLE.c.suspended.is_(False))
        return {row.id: row.name for row in connection.execute(wanted)}


def _pairs(connection: Connection, wanted: Any) -> dict[str, int]:
    return {thread: int(n) for thread, n in connection.execute(wanted)}


def names_in(
    connection: Connection, comment_ids: Sequence[str]
) -> dict[str, dict[str, str]]:
    """People mentioned in some comments, names by account."""
    wanted = (
        select(MENTIONS.c.comment, PEOPLE.c.id, PEOPLE.c.name)
        .join(PEOPLE, PEOPLE.c.id == MENTIONS.c.person)
        .where(MENTIONS.c.comment.in_(comment_ids))
    )
    found: dict[str, dict[str, str]] = {}
    for row in connection.execute(wanted) if comment_ids else ():
        found.setdefault(row.comment, {})[row.id] = row.name
    return found


def comment_of(row: Any, mentions: Mapping[str, str]) -> Comment:
    """The comment of a row, with the people it mentions."""
    told = {column.name: getattr(row, column.name) for column in COMMENTS.columns}
    return Comment(**told, mentions=mentions)
