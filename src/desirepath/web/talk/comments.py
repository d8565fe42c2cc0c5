"""Comments as they are written: threads about something on a map, with answers and mentions."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from desirepath.errors import Problem, WebError
from desirepath.web.people import PEOPLE
from desirepath.web.policy import Actor
from desirepath.web.talk.audit import note
from desirepath.web.talk.findings import Found, kept
from desirepath.web.talk.tables import COMMENTS, MENTIONS, SEEN, THREADS
from desirepath.web.talk.tasks import note_end
from desirepath.web.talk.threads import Comment, comment_of, names_in

LONGEST = 4_000  # letters of a comment
MOST_COMMENTS = 500  # in a thread
MOST_THREADS = 2_000  # of a map
MOST_TRIES = 20
# The same words of the same person again within a minute: the answer to the first was lost.
AGAIN_US = 60_000_000
ID_BYTES = 8
# Somebody's account in a text: shown as their name.
MENTION = re.compile(r"<@([0-9a-f]{16})>")


class Comments:
    """Comments in the database of the edit log.

    Args:
        engine: The database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(
        self,
        map_id: str,
        ref: str,
        actor: Actor,
        text: str,
        now_us: int,
        finding: Found | None = None,
    ) -> Comment:
        """The first comment of a new thread.

        Args:
            map_id: The map.
            ref: What it is about.
            actor: Who writes.
            text: What is said.
            now_us: When, microseconds since 1970 UTC.
            finding: The finding it is about, where it is about one.

        Raises:
            WebError: E719 the text is empty or too long, E771 the map has too many threads, E772
                somebody cannot be mentioned.
        """
        text = _refuse_text(text)
        row = {
            "id": secrets.token_hex(ID_BYTES),
            "map": map_id,
            "ref": ref,
            "at_us": now_us,
            "resolved_by": "",
            "resolved_us": 0,
            "finding": kept(finding),
        }
        with self._engine.begin() as connection:
            same = (COMMENTS.c.map == map_id) & (COMMENTS.c.n == 1) & (THREADS.c.ref == ref)  # fmt: skip
            sent = _sent_before(connection, same, actor, text, now_us)
            if sent is not None:
                return sent
            wanted = select(func.count()).select_from(THREADS)
            count = connection.scalar(wanted.where(THREADS.c.map == map_id))
            if (count or 0) >= MOST_THREADS:
                what = f"a map has at most {MOST_THREADS:,} threads"
                raise WebError(Problem("E771", what, hint="Answer in one of them."))
            connection.execute(insert(THREADS), row)
            return _written(connection, row, 1, actor, text, now_us)

    def answer(
        self, map_id: str, thread_id: str, actor: Actor, text: str, now_us: int
    ) -> Comment:
        """Another comment in a thread.

        Raises:
            WebError: E719 the text is empty or too long, E770 there is no such thread, E771 it is
                full, E772 somebody cannot be mentioned.
        """
        text = _refuse_text(text)
        for tried in range(MOST_TRIES):
            try:
                with self._engine.begin() as connection:
                    thread = _thread(connection, map_id, thread_id)
                    last = select(func.max(COMMENTS.c.n)).where(
                        COMMENTS.c.thread == thread_id
                    )
                    n = (connection.scalar(last) or 0) + 1
                    same = (COMMENTS.c.thread == thread_id) & (COMMENTS.c.n == n - 1)
                    sent = _sent_before(connection, same, actor, text, now_us)
                    if sent is not None:
                        return sent
                    if n > MOST_COMMENTS:
                        what = f"a thread has at most {MOST_COMMENTS} comments"
                        raise WebError(Problem("E771", what, hint="Begin another one."))
                    return _written(connection, thread, n, actor, text, now_us)
            except IntegrityError:  # somebody was quicker
                if tried == MOST_TRIES - 1:
                    raise
        raise AssertionError

    def reword(
        self, map_id: str, comment_id: str, actor: Actor, text: str, now_us: int
    ) -> Comment:
        """An own comment with another text.

        Raises:
            WebError: E708 it is somebody else's, E719 the text is empty or too long, E770 there is
                no such comment, E772 somebody cannot be mentioned.
        """
        text = _refuse_text(text)
        with self._engine.begin() as connection:
            found = _comment(connection, map_id, comment_id)
            if not found.is_by(actor):
                raise WebError(Problem("E708", "this comment is somebody else's"))
            named = _mentioned(connection, text, found.mentions)
            connection.execute(
                update(COMMENTS)
                .where(COMMENTS.c.id == comment_id)
                .values(text=text, edited_us=now_us)
            )
            _mention(connection, comment_id, named)
            return _comment(connection, map_id, comment_id)

    def delete(
        self,
        map_id: str,
        comment_id: str,
        actor: Actor,
        now_us: int,
        *,
        may_any: bool,
    ) -> None:
        """Take the text of a comment away for good; that there was one stays where it was answered.

        Raises:
            WebError: E708 it is somebody else's, E770 there is no such comment.
        """
        with self._engine.begin() as connection:
            found = _comment(connection, map_id, comment_id)
            if not (found.is_by(actor) or may_any):
                raise WebError(Problem("E708", "this comment is somebody else's"))
            connection.execute(
                update(COMMENTS)
                .where(COMMENTS.c.id == comment_id)
                .values(text="", deleted_us=now_us)
            )
            connection.execute(delete(MENTIONS).where(MENTIONS.c.comment == comment_id))
            thread = _thread(connection, map_id, found.thread)
            note(
                connection,
                actor,
                "comment.deleted",
                now_us,
                map_id=map_id,
                ref=thread["ref"],
                detail={"author": found.author, "at_us": found.at_us},
            )

    def resolve(
        self,
        map_id: str,
        thread_id: str,
        actor: Actor,
        now_us: int,
        *,
        is_resolved: bool,
    ) -> None:
        """Say that a thread is done, or open it again.

        Raises:
            WebError: E770 there is no such thread.
        """
        with self._engine.begin() as connection:
            ref = _thread(connection, map_id, thread_id)["ref"]
            values = {
                "resolved_by": (actor.name or "?") if is_resolved else "",
                "resolved_us": now_us if is_resolved else 0,
            }
            is_other = (
                THREADS.c.resolved_us == 0 if is_resolved else THREADS.c.resolved_us > 0
            )
            at = (THREADS.c.id == thread_id) & is_other
            if connection.execute(update(THREADS).where(at).values(values)).rowcount:
                note_end(
                    connection,
                    actor,
                    thread_id,
                    map_id,
                    ref,
                    now_us,
                    is_done=is_resolved,
                )

    def see(self, map_id: str, thread_id: str, person: str, n: int) -> bool:
        """Somebody has read a thread up to a comment; whether that is news.

        Raises:
            WebError: E770 there is no such thread.
        """
        at = (SEEN.c.person == person) & (SEEN.c.thread == thread_id)
        try:
            with self._engine.begin() as connection:
                _thread(connection, map_id, thread_id)
                before = connection.scalar(select(SEEN.c.n).where(at))
                if before is not None and before >= n:
                    return False
                if before is None:
                    row = {"person": person, "thread": thread_id, "n": n}
                    connection.execute(insert(SEEN), row)
                else:
                    connection.execute(update(SEEN).where(at).values(n=n))
                return True
        except IntegrityError:  # another page of the same person was quicker
            return False


def _refuse_text(text: str) -> str:
    text = text.strip()
    if not text:
        raise WebError(
            Problem("E719", '"text" is empty', hint="Write what you want to say.")
        )
    if len(text) > LONGEST:
        what = f"a comment has at most {LONGEST:,} letters"
        raise WebError(Problem("E719", what, hint="Write it shorter, or as several."))
    return text


def _thread(connection: Connection, map_id: str, thread_id: str) -> dict[str, Any]:
    wanted = select(THREADS).where(THREADS.c.id == thread_id, THREADS.c.map == map_id)
    row = connection.execute(wanted).mappings().one_or_none()
    if row is None:
        hint = "Load the comments again."
        raise WebError(Problem("E770", "there is no such thread", hint=hint))
    return dict(row)


def _comment(connection: Connection, map_id: str, comment_id: str) -> Comment:
    wanted = select(COMMENTS).where(
        COMMENTS.c.id == comment_id,
        COMMENTS.c.map == map_id,
        COMMENTS.c.deleted_us == 0,
    )
    row = connection.execute(wanted).one_or_none()
    if row is None:
        hint = "Load the comments again."
        raise WebError(Problem("E770", "there is no such comment", hint=hint))
    return comment_of(row, names_in(connection, [comment_id]).get(comment_id, {}))


def _sent_before(
    connection: Connection,
    same: ColumnElement[bool],
    actor: Actor,
    text: str,
    now_us: int,
) -> Comment | None:
    """The comment that somebody sends again, because its answer did not reach them."""
    wanted = (
        select(COMMENTS)
        .join(THREADS, THREADS.c.id == COMMENTS.c.thread)
        .where(
            same,
            COMMENTS.c.text == text,
            COMMENTS.c.person == actor.person,
            COMMENTS.c.session == ("" if actor.person else actor.session),
            COMMENTS.c.at_us > now_us - AGAIN_US,
            COMMENTS.c.deleted_us == 0,
        )
    )
    row = connection.execute(wanted).first()
    if row is None:
        return None
    return comment_of(row, names_in(connection, [row.id]).get(row.id, {}))


def _written(
    connection: Connection,
    thread: Mapping[str, Any],
    n: int,
    actor: Actor,
    text: str,
    now_us: int,
) -> Comment:
    named = _mentioned(connection, text, {})
    row = {
        "id": secrets.token_hex(ID_BYTES),
        "thread": thread["id"],
        "map": thread["map"],
        "n": n,
        "author": actor.name,
        "person": actor.person,
        "session": "" if actor.person else actor.session,
        "at_us": now_us,
        "edited_us": 0,
        "deleted_us": 0,
        "text": text,
    }
    connection.execute(insert(COMMENTS), row)
    _mention(connection, row["id"], named)
    return Comment(**row, mentions=named)


def _mentioned(
    connection: Connection, text: str, known: Mapping[str, str]
) -> dict[str, str]:
    """People a text mentions, names by account; those it mentioned before may have left since."""
    ids = dict.fromkeys(MENTION.findall(text))
    if not ids:
        return {}
    wanted = select(PEOPLE.c.id, PEOPLE.c.name).where(
        PEOPLE.c.id.in_(list(ids)), PEOPLE.c.suspended.is_(False)
    )
    found = dict(known) | {row.id: row.name for row in connection.execute(wanted)}
    if not ids.keys() <= found.keys():
        what = "somebody who may not come in is mentioned"
        hint = "Mention people of /api/maps/{map}/people."
        raise WebError(Problem("E772", what, hint=hint))
    return {one: found[one] for one in ids}


def _mention(connection: Connection, comment_id: str, named: Iterable[str]) -> None:
    connection.execute(delete(MENTIONS).where(MENTIONS.c.comment == comment_id))
    rows = [{"comment": comment_id, "person": one} for one in named]
    if rows:
        connection.execute(insert(MENTIONS), rows)
