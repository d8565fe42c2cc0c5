"""Tasks: threads that somebody is to see to, by a day; a task is done when its thread is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, Select, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from desirepath.errors import Problem, WebError
from desirepath.web.people import PEOPLE
from desirepath.web.policy import Actor
from desirepath.web.talk.audit import Detail, note
from desirepath.web.talk.tables import COMMENTS, TASKS, THREADS

NEVER = "9999-12-31"  # sorts behind every day


@dataclass(frozen=True, slots=True)
class Task:
    """Something somebody is to see to.

    Attributes:
        thread: The thread it is.
        map: Its map.
        person: Account of who is to do it, "" for nobody yet.
        name: Their name, "" for nobody, and for somebody who has no account any more.
        is_away: Whether they may not come in any more.
        due: ISO date by when, "" for any day.
        author: Who said so last.
    """

    thread: str
    map: str
    person: str
    name: str
    is_away: bool
    due: str
    author: str

    @property
    def order(self) -> str:
        """Rises with the day; tasks for any day come last."""
        return self.due or NEVER

    def is_overdue(self, today: date) -> bool:
        """Whether its day has passed."""
        return bool(self.due) and self.due < today.isoformat()


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that is not done.

    Attributes:
        task: The task.
        ref: What its thread is about.
        comment: Id of the first comment that stands in it.
        text: What that says.
        finding: The finding its thread is about, as the thread keeps it.
    """

    task: Task
    ref: str
    comment: str
    text: str
    finding: str


class Tasks:
    """Tasks in the database of the edit log.

    Args:
        engine: The database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def give(
        self,
        map_id: str,
        thread_id: str,
        actor: Actor,
        person: str,
        due: str,
        now_us: int,
    ) -> Task:
        """Make a thread a task, or change to whom it is given and by when.

        Args:
            map_id: The map.
            thread_id: The thread.
            actor: Who says so.
            person: Account of who is to do it, "" for nobody yet.
            due: ISO date by when, "" for any day.
            now_us: When, microseconds since 1970 UTC.

        Raises:
            WebError: E708 a guest asks, E770 there is no such thread, E776 it cannot be given to
                this person.
        """
        _refuse_guest(actor)
        try:
            return self._give(map_id, thread_id, actor, person, due, now_us)
        except IntegrityError:  # somebody was quicker: now there is one to change
            return self._give(map_id, thread_id, actor, person, due, now_us)

    def _give(
        self,
        map_id: str,
        thread_id: str,
        actor: Actor,
        person: str,
        due: str,
        now_us: int,
    ) -> Task:
        values = {"person": person, "due": due, "author": actor.name, "at_us": now_us}
        with self._engine.begin() as connection:
            ref = _ref_of(connection, map_id, thread_id)
            before, at = task_in(connection, thread_id), TASKS.c.thread == thread_id
            if person and (before is None or person != before.person):
                _refuse_away(connection, person)
            if before is None:
                row = values | {"thread": thread_id, "map": map_id}
                connection.execute(insert(TASKS), row)
            else:
                connection.execute(update(TASKS).where(at).values(values))
            now = _task(connection.execute(_wanted().where(at)).one())
            if before is None or (before.person, before.due) != (person, due):
                action = "task.given" if before is None else "task.changed"
                note(
                    connection,
                    actor,
                    action,
                    now_us,
                    map_id=map_id,
                    ref=ref,
                    detail=_detail(now),
                )
            return now

    def take_away(self, map_id: str, thread_id: str, actor: Actor, now_us: int) -> None:
        """Leave a thread as talk only; nothing where it is no task.

        Raises:
            WebError: E708 a guest asks, E770 there is no such thread.
        """
        _refuse_guest(actor)
        with self._engine.begin() as connection:
            ref = _ref_of(connection, map_id, thread_id)
            before = task_in(connection, thread_id)
            if before is None:
                return
            connection.execute(delete(TASKS).where(TASKS.c.thread == thread_id))
            note(
                connection,
                actor,
                "task.taken_away",
                now_us,
                map_id=map_id,
                ref=ref,
                detail=_detail(before),
            )


def note_end(
    connection: Connection,
    actor: Actor,
    thread_id: str,
    map_id: str,
    ref: str,
    now_us: int,
    *,
    is_done: bool,
) -> None:
    """Write down that a thread, or the task it is, is done or open again."""
    task = task_in(connection, thread_id)
    what = "task" if task is not None else "thread"
    action = f"{what}.done" if is_done else f"{what}.opened"
    detail = _detail(task) if task is not None else None
    note(connection, actor, action, now_us, map_id=map_id, ref=ref, detail=detail)


def task_in(connection: Connection, thread_id: str) -> Task | None:
    """The task that a thread is; None where it is none."""
    wanted = _wanted().where(TASKS.c.thread == thread_id)
    row = connection.execute(wanted).one_or_none()
    return _task(row) if row is not None else None


def tasks_in(connection: Connection, map_id: str) -> dict[str, Task]:
    """Tasks of a map by their threads, done ones too."""
    rows = connection.execute(_wanted().where(TASKS.c.map == map_id))
    return {row.thread: _task(row) for row in rows}


def open_tasks(
    engine: Engine, *, person: str = "", until: date | None = None, limit: int
) -> tuple[OpenTask, ...]:
    """Tasks of all maps that are not done, by their day.

    Args:
        engine: The database.
        person: Of this account only.
        until: Only those with a day, and none after this one.
        limit: How many at most.
    """
    first = (
        select(COMMENTS.c.thread, func.min(COMMENTS.c.n).label("n"))
        .where(COMMENTS.c.deleted_us == 0)
        .group_by(COMMENTS.c.thread)
        .subquery()
    )
    wanted = (
        _wanted()
        .add_columns(THREADS.c.ref, THREADS.c.finding)
        .add_columns(COMMENTS.c.id.label("comment"), COMMENTS.c.text)
        .join(THREADS, THREADS.c.id == TASKS.c.thread)
        .join(first, first.c.thread == TASKS.c.thread)
        .join(
            COMMENTS,
            (COMMENTS.c.thread == first.c.thread) & (COMMENTS.c.n == first.c.n),
        )
        .where(THREADS.c.resolved_us == 0)
        .order_by(func.coalesce(func.nullif(TASKS.c.due, ""), NEVER), TASKS.c.thread)
        .limit(limit)
    )
    if person:
        wanted = wanted.where(TASKS.c.person == person)
    if until is not None:
        wanted = wanted.where(TASKS.c.due != "", TASKS.c.due <= until.isoformat())
    with engine.connect() as connection:
        return tuple(
            OpenTask(_task(row), row.ref, row.comment, row.text, row.finding)
            for row in connection.execute(wanted)
        )


def take_untold(engine: Engine, thread_id: str, due: str) -> bool:
    """Whether nobody has told yet that a task is due this day; from now on somebody has."""
    at = (TASKS.c.thread == thread_id) & (TASKS.c.due == due) & (TASKS.c.told != due)
    with engine.begin() as connection:
        return bool(connection.execute(update(TASKS).where(at).values(told=due)).rowcount)  # fmt: skip


def forget_told(engine: Engine, thread_id: str) -> None:
    """A letter about a task did not arrive: it is to be told again."""
    with engine.begin() as connection:
        connection.execute(
            update(TASKS).where(TASKS.c.thread == thread_id).values(told="")
        )


def _wanted() -> Select[tuple[object, ...]]:
    people = TASKS.outerjoin(PEOPLE, PEOPLE.c.id == TASKS.c.person)
    return select(TASKS, PEOPLE.c.name, PEOPLE.c.suspended).select_from(people)


def _task(row: object) -> Task:
    found = row._mapping  # type: ignore[attr-defined]  # noqa: SLF001 - as SQLAlchemy names it
    person = found["person"]
    return Task(
        found["thread"],
        found["map"],
        person,
        found["name"] or "",
        bool(person) and found["suspended"] is not False,
        found["due"],
        found["author"],
    )


def _detail(task: Task) -> Detail:
    return {"name": task.name, "person": task.person, "due": task.due}


def _ref_of(connection: Connection, map_id: str, thread_id: str) -> str:
    """What a thread is about in which something is still said."""
    stands = (
        select(COMMENTS.c.id)
        .where(COMMENTS.c.thread == THREADS.c.id, COMMENTS.c.deleted_us == 0)
        .exists()
    )
    at = (THREADS.c.id == thread_id) & (THREADS.c.map == map_id)
    ref = connection.scalar(select(THREADS.c.ref).where(at, stands))
    if ref is None:
        hint = "Load the comments again."
        raise WebError(Problem("E770", "there is no such thread", hint=hint))
    return str(ref)


def _refuse_guest(actor: Actor) -> None:
    if not actor.person:
        what = "guests give no tasks: they are not told who is in the team"
        raise WebError(Problem("E708", what, hint="Ask for it in a comment."))


def _refuse_away(connection: Connection, person: str) -> None:
    wanted = select(PEOPLE.c.id).where(
        PEOPLE.c.id == person, PEOPLE.c.suspended.is_(False)
    )
    if connection.scalar(wanted) is None:
        what = "a task is given to somebody who may not come in"
        hint = "Give it to somebody of /api/maps/{map}/people, or to nobody yet."
        raise WebError(Problem("E776", what, hint=hint))
