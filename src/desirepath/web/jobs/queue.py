"""Jobs as rows: asked for, claimed by a server, told of, ended. Runs nothing itself."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    delete,
    func,
    insert,
    select,
    update,
)

from desirepath.errors import Problem, WebError
from desirepath.web.jobs.results import ID_BYTES, Snapshot, keep
from desirepath.web.jobs.tables import JOBS, METADATA
from desirepath.web.pulses import Pulses

State = Literal["waiting", "running", "done", "failed", "cancelled"]
OPEN: tuple[State, ...] = ("waiting", "running")
AT_ONCE = 2  # over all servers
MOST_WAITING = 20  # of a map
MOST_TRIES = 2
KEPT = 50  # ended jobs of a map
GATE = 0x0D51_2EBD  # held by the server that claims a job in a PostgreSQL
LONGEST_DOING = 300


@dataclass(frozen=True, slots=True)
class Job:
    """A job.

    Attributes:
        id: Of the job.
        map: Id of the map.
        kind: What is done: check, analyze, discover, compare, activities.
        state: Where it stands.
        asked_by: Name of who asked.
        person: Id of their account, "" for the server itself.
        asked_us: When, microseconds since 1970 UTC.
        began_us: When it began, 0 for not yet.
        ended_us: When it ended, 0 for not yet.
        share: How much of it is done, 0 to 1.
        doing: What it does at the moment, in words.
        given: What was asked for besides.
        problems: Why it failed.
        server: Who runs it.
        tries: How often it was begun.
        snapshot: What it found, "" for nothing yet.
    """

    id: str
    map: str
    kind: str
    state: State
    asked_by: str
    person: str
    asked_us: int
    began_us: int = 0
    ended_us: int = 0
    share: float = 0.0
    doing: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    server: str = ""
    tries: int = 0
    snapshot: str = ""


class Jobs:
    """Jobs in the database of the edit log. Every method may take a while: call it in a thread.

    Args:
        engine: The database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._pulses = Pulses()
        if not engine.url.database:  # in memory
            METADATA.create_all(engine)

    def ask(
        self,
        map_id: str,
        kind: str,
        given: Mapping[str, Any],
        asked_by: str,
        person: str,
        now_us: int,
    ) -> Job:
        """A new job, or the one that waits for the same already.

        Raises:
            WebError: E763 very many wait already.
        """
        text = json.dumps(dict(given), sort_keys=True)
        waiting = (JOBS.c.map == map_id, JOBS.c.state == "waiting")
        same = select(JOBS).where(*waiting, JOBS.c.kind == kind, JOBS.c.given == text)
        with self._alone() as connection:
            found = connection.execute(same.limit(1)).one_or_none()
            if found is not None:
                return _job(found)
            count = select(func.count()).select_from(JOBS).where(*waiting)
            if (connection.scalar(count) or 0) >= MOST_WAITING:
                what = f"{MOST_WAITING} jobs of this map wait already"
                raise WebError(Problem("E763", what, hint="Wait, or cancel some."))
            made = {
                "id": secrets.token_hex(ID_BYTES),
                "map": map_id,
                "kind": kind,
                "state": "waiting",
                "asked_by": asked_by,
                "person": person,
                "asked_us": now_us,
                "began_us": 0,
                "ended_us": 0,
                "share": 0.0,
                "doing": "",
                "given": text,
                "problem": "",
                "server": "",
                "alive_us": 0,
                "tries": 0,
                "is_unwanted": False,
                "snapshot": "",
            }
            connection.execute(insert(JOBS), made)
            wanted = select(JOBS).where(JOBS.c.id == made["id"])
            return _job(connection.execute(wanted).one())

    def one(self, job_id: str) -> Job | None:
        """A job by its id, None where there is none."""
        with self._engine.connect() as connection:
            row = connection.execute(select(JOBS).where(JOBS.c.id == job_id))
            found = row.one_or_none()
        return _job(found) if found is not None else None

    def of(self, map_id: str) -> tuple[Job, ...]:
        """Jobs of a map, the newest first."""
        wanted = select(JOBS).where(JOBS.c.map == map_id)
        wanted = wanted.order_by(JOBS.c.asked_us.desc(), JOBS.c.id)
        with self._engine.connect() as connection:
            return tuple(_job(row) for row in connection.execute(wanted))

    def claim(self, server: str, now_us: int) -> Job | None:
        """The job that waits longest, now claimed by a server; None where two run or none waits."""
        running = select(func.count()).where(JOBS.c.state == "running")
        first = (
            select(JOBS)
            .where(JOBS.c.state == "waiting")
            .order_by(JOBS.c.asked_us, JOBS.c.id)
            .limit(1)
        )
        with self._alone() as connection:
            if (connection.scalar(running) or 0) >= AT_ONCE:
                return None
            row = connection.execute(first).one_or_none()
            if row is None:
                return None
            mine = {
                "state": "running",
                "server": server,
                "alive_us": now_us,
                "began_us": now_us,
                "tries": row.tries + 1,
                "share": 0.0,
                "doing": "",
            }
            still = (JOBS.c.id == row.id, JOBS.c.state == "waiting")
            connection.execute(update(JOBS).where(*still).values(mine))
            return _job(
                connection.execute(select(JOBS).where(JOBS.c.id == row.id)).one()
            )

    def tell(
        self,
        job: Job,
        now_us: int,
        share: float | None = None,
        doing: str | None = None,
    ) -> bool:
        """Say that a job goes on; whether it is still wanted.

        Args:
            job: As it was claimed.
            now_us: Now.
            share: How much is done; None for no news.
            doing: What it does; None for no news.
        """
        news: dict[str, Any] = {"alive_us": now_us}
        if share is not None:
            news["share"] = min(max(share, 0.0), 1.0)
        if doing is not None:
            news["doing"] = doing[:LONGEST_DOING]
        unwanted = select(JOBS.c.is_unwanted).where(*_mine(job))
        with self._engine.begin() as connection:
            connection.execute(update(JOBS).where(*_mine(job)).values(news))
            return connection.scalar(unwanted) is False

    def end(
        self,
        job: Job,
        state: State,
        now_us: int,
        problems: Sequence[Problem] = (),
        made: Snapshot | None = None,
    ) -> bool:
        """End a job that was claimed, and make its snapshot count, both or none.

        Returns:
            False where another server has taken the job over; then nothing of it counts.
        """
        news: dict[str, Any] = {
            "state": state,
            "ended_us": now_us,
            "doing": "",
            "problem": json.dumps([_told(one) for one in problems]) if problems else "",
            "snapshot": made.id if made else "",
        }
        if state == "done":
            news["share"] = 1.0
        with self._engine.begin() as connection:
            changed = connection.execute(update(JOBS).where(*_mine(job)).values(news))
            if not changed.rowcount:
                return False
            if made is not None:
                keep(connection, made)
        return True

    def give_back(self, job: Job) -> None:
        """A job that was claimed waits again, as if it had never begun."""
        news = {"state": "waiting", "server": "", "tries": job.tries - 1, "began_us": 0}
        with self._engine.begin() as connection:
            connection.execute(update(JOBS).where(*_mine(job)).values(news))

    def cancel(self, job_id: str, now_us: int) -> bool:
        """Want a job no longer: one that waits ends at once, one that runs soon; False for one that has ended."""
        waiting = (JOBS.c.id == job_id, JOBS.c.state == "waiting")
        running = (JOBS.c.id == job_id, JOBS.c.state == "running")
        ended = {"state": "cancelled", "ended_us": now_us}
        with self._engine.begin() as connection:
            if connection.execute(update(JOBS).where(*waiting).values(ended)).rowcount:
                return True
            wish = update(JOBS).where(*running).values(is_unwanted=True)
            return bool(connection.execute(wish).rowcount)

    def take_back(
        self,
        server: str,
        now_us: int,
        *,
        is_shared: bool,
        here: Collection[str] = (),
    ) -> list[Job]:
        """Jobs nobody runs any more, as of servers that have ended: they wait again once, then they fail.

        Args:
            server: Who asks.
            now_us: Now.
            is_shared: Whether others use the database; else every other server has ended.
            here: Ids of jobs that run at who asks; others of theirs were left when the database was away.

        Returns:
            Jobs that were changed, as they were.
        """
        with self._alone() as connection:
            wanted = select(JOBS).where(JOBS.c.state == "running")
            rows = connection.execute(wanted).all()
            beats = {row.id: (row.server, row.tries, row.alive_us) for row in rows}
            stopped = self._pulses.stopped(beats)
            found = [
                _job(row)
                for row in rows
                if (row.server == server and row.id not in here)
                or (row.server != server and (not is_shared or row.id in stopped))
            ]
            for one in found:
                news: dict[str, Any] = {"state": "waiting", "server": "", "doing": ""}
                if one.tries >= MOST_TRIES:
                    what = "the server ended while this ran, twice"
                    hint = "It may need more memory than there is: look at less data, or start it again."
                    problem = [_told(Problem("E764", what, hint=hint))]
                    news |= {"state": "failed", "ended_us": now_us, "problem": json.dumps(problem)}  # fmt: skip
                connection.execute(update(JOBS).where(*_mine(one)).values(news))
        return found

    def running(self) -> frozenset[str]:
        """Ids of all jobs that run, at any server."""
        with self._engine.connect() as connection:
            wanted = select(JOBS.c.id).where(JOBS.c.state == "running")
            return frozenset(connection.scalars(wanted))

    def prune(self, map_id: str) -> None:
        """Forget ended jobs of a map but the newest 50."""
        ended = (JOBS.c.map == map_id, JOBS.c.state.not_in(OPEN))
        newest = select(JOBS.c.id).where(*ended)
        newest = newest.order_by(JOBS.c.asked_us.desc(), JOBS.c.id).limit(KEPT)
        with self._engine.begin() as connection:
            kept = list(connection.scalars(newest))
            connection.execute(delete(JOBS).where(*ended, JOBS.c.id.not_in(kept)))

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        """A transaction in which no other server claims jobs."""
        with self._engine.begin() as connection:
            if self._engine.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(GATE)))
            yield connection


def _mine(job: Job) -> tuple[Any, ...]:
    """Picks a job as long as the server that claimed it has it."""
    return (
        JOBS.c.id == job.id,
        JOBS.c.state == "running",
        JOBS.c.server == job.server,
        JOBS.c.tries == job.tries,
    )


def _told(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "what": problem.what,
        "place": problem.place,
        "hint": problem.hint,
    }


def _job(row: Row[Any]) -> Job:
    problems = json.loads(row.problem) if row.problem else []
    return Job(
        id=row.id,
        map=row.map,
        kind=row.kind,
        state=row.state,
        asked_by=row.asked_by,
        person=row.person,
        asked_us=int(row.asked_us),
        began_us=int(row.began_us),
        ended_us=int(row.ended_us),
        share=float(row.share),
        doing=row.doing,
        given=json.loads(row.given),
        problems=tuple(Problem(**one) for one in problems),
        server=row.server,
        tries=int(row.tries),
        snapshot=row.snapshot,
    )
