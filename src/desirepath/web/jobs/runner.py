"""Runs jobs: takes those that wait, two at once over all servers, each in a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any

from desirepath.errors import DesirepathError, Problem, WebError
from desirepath.project import FILE, read_project
from desirepath.track.business import BusinessChange
from desirepath.web.collab.log import EditLog
from desirepath.web.days import day_of
from desirepath.web.ending import end
from desirepath.web.jobs.child import FOUND, REQUEST
from desirepath.web.jobs.crashes import crash_of, too_long
from desirepath.web.jobs.limits import Limits, limits_here, start, surroundings
from desirepath.web.jobs.queue import AT_ONCE, Job, Jobs
from desirepath.web.jobs.results import (
    Extent,
    ReadSource,
    Results,
    Snapshot,
    new_id,
)

COMMAND = (sys.executable, "-P", "-m", "desirepath.web.jobs.child")
FOLDER = "jobs"
LOOK_S = 1.0
BEAT_S = 5.0
LONGEST_LINE = 64 * 1024
HOUR_US = 3_600 * 1_000_000
DAY_US = 24 * HOUR_US

# Recipes of the events and answers that people brought to a map, written into a folder; None for none.
Gather = Callable[[str, Path], Mapping[str, Path | None]]
# What was changed in the business, as people told beside a map.
Changes = Callable[[str], Sequence[BusinessChange]]
# Where the server tells of itself: what happened, and what belongs to it.
Say = Callable[..., object]
# Told of a map and one word of what is new: jobs, evidence.
Tell = Callable[[str, str], None]


def nothing_brought(_: str, __: Path) -> Mapping[str, Path | None]:
    """Nobody brought anything."""
    return {}


def silence(_: str, **__: object) -> None:
    """Say nothing."""


def told_nobody(_: str, __: str) -> None:
    """Nobody wants to know."""


class _EndedError(Exception):
    """A job is wanted no longer, or the server stops."""


@dataclass(eq=False, slots=True)
class _Running:
    """A job that runs here."""

    job: Job
    thread: threading.Thread
    stop: threading.Event = field(default_factory=threading.Event)


@dataclass(slots=True)
class Runner:
    """Runs jobs of a database in threads that wait for processes.

    Attributes:
        log: Maps.
        project: Folder with `desirepath.toml`; jobs have their own folders below it.
        now_us: Clock, microseconds since 1970 UTC.
        tell: Told what is new.
        gather: What people brought.
        changes: What people told of the business.
        told: What people told in workshops.
        say: Where the server tells of itself.
        environment: Variables of the server.
        limits: What a job may use.
        command: Program that does a job, given its folder.
        zone: Whose days count.
        each_look: Called every second in the thread of the runner: what is due by itself.
        each_done: Called with each job that made a snapshot, and that snapshot.
    """

    log: EditLog
    project: Path
    now_us: Callable[[], int]
    tell: Tell = told_nobody
    gather: Gather = nothing_brought
    changes: Changes = lambda _map_id: ()
    told: Callable[[str], Mapping[str, Any]] = lambda _: {}
    say: Say = silence
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    limits: Limits = field(default_factory=limits_here)
    command: Sequence[str] = COMMAND
    zone: tzinfo = UTC
    each_look: Callable[[], object] = bool
    each_done: Callable[[Job, Snapshot], object] = lambda _job, _made: None
    jobs: Jobs = field(init=False)
    results: Results = field(init=False)
    _here: dict[str, _Running] = field(default_factory=dict)
    _wake: threading.Event = field(default_factory=threading.Event)
    _stops: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _tidy_us: int = 0

    def __post_init__(self) -> None:
        self.jobs = Jobs(self.log.engine)
        self.results = Results(self.log.engine)

    def start(self) -> None:
        """Begin to take jobs."""
        self._thread = threading.Thread(target=self._look_on, name="jobs")
        self._thread.start()

    def stop(self) -> None:
        """Take no more; what runs is ended and waits again, so that the next server does it."""
        self._stops.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
        for one in list(self._here.values()):
            one.stop.set()
        for one in list(self._here.values()):
            one.thread.join()

    def wake(self) -> None:
        """Look at once: there is something new."""
        self._wake.set()

    def cancel(self, job_id: str) -> bool:
        """Want a job no longer; False for one that has ended."""
        is_open = self.jobs.cancel(job_id, self.now_us())
        here = self._here.get(job_id)
        if here is not None:
            here.stop.set()
        return is_open

    def _look_on(self) -> None:
        while not self._stops.is_set():
            try:
                self._look()
            except Exception as error:  # noqa: BLE001 - told, and looked again
                # a database that is away comes back; nothing else may end the looking
                self.say("jobs wait", error=type(error).__name__)
            self._wake.wait(LOOK_S)
            self._wake.clear()

    def _look(self) -> None:
        for one in self.jobs.take_back(
            self.log.server,
            self.now_us(),
            is_shared=self.log.is_shared,
            here=list(self._here),
        ):
            self.say("job nobody runs any more", job=one.id, tries=one.tries)
            self.tell(one.map, "jobs")
        self._tidy()
        self.each_look()
        while len(self._here) < AT_ONCE and not self._stops.is_set():
            job = self.jobs.claim(self.log.server, self.now_us())
            if job is None:
                return
            thread = threading.Thread(target=self._run, args=(job,), name=f"job {job.id}")  # fmt: skip
            self._here[job.id] = _Running(job, thread)
            thread.start()

    def _tidy(self) -> None:
        """Once an hour: folders of jobs that run no more, parts without a snapshot, old results."""
        now_us = self.now_us()
        if now_us < self._tidy_us:
            return
        self._tidy_us = now_us + HOUR_US
        folders = list((self.project / FOLDER).glob("*"))
        # asked for later, so that a job another server has just begun is among them
        running = self.jobs.running()
        for folder in folders:
            if folder.name.partition(".")[0] not in running:
                shutil.rmtree(folder, ignore_errors=True)
        self.results.drop_orphans(now_us - DAY_US)
        for map_id in self.log.maps():
            self.jobs.prune(map_id)
            self.results.thin_out(map_id, now_us)

    def _run(self, job: Job) -> None:
        """Do a job and say how it ended; nothing gets out of here."""
        # whole, because the process works in another folder; of this try alone, because a server that
        # was thought to have ended takes its own folder away when it comes back
        name = f"{job.id}.{job.server}.{job.tries}"
        folder = (self.project / FOLDER / name).absolute()
        self.tell(job.map, "jobs")
        self.say("job began", job=job.id, kind=job.kind)
        try:
            state = self._ended(job, folder)
        except Exception as error:  # noqa: BLE001 - told, and the next job goes on
            state = "left"
            self.say("job left", job=job.id, error=type(error).__name__)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self._here.pop(job.id, None)
        self.say("job ended", job=job.id, kind=job.kind, state=state)
        self.tell(job.map, "jobs")
        self.wake()

    def _ended(self, job: Job, folder: Path) -> str:
        try:
            made = self._do(job, folder)
        except _EndedError:
            if self._stops.is_set() and not self._is_unwanted(job):
                self.jobs.give_back(job)
                return "waiting"
            self.jobs.end(job, "cancelled", self.now_us())
            return "cancelled"
        except DesirepathError as error:
            self.jobs.end(job, "failed", self.now_us(), error.problems)
            return "failed"
        except OSError as error:
            what = f"the folder of the job cannot be used: {error.strerror}"
            hint = "Look at the room on the disk and at who may write into the project."
            self.jobs.end(job, "failed", self.now_us(), [Problem("E766", what, hint=hint)])  # fmt: skip
            return "failed"
        if self.jobs.end(job, "done", self.now_us(), made=made) and made is not None:
            self.tell(job.map, "evidence")
            self.each_done(job, made)
        return "done"

    def _is_unwanted(self, job: Job) -> bool:
        return not self.jobs.tell(job, self.now_us())

    def _do(self, job: Job, folder: Path) -> Snapshot | None:
        """Run the process of a job, and keep the parts it leaves."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        folder.chmod(0o700)
        asked, seq, epoch = self._asked(job, folder)
        (folder / REQUEST).write_text(json.dumps(asked), encoding="utf-8")
        scratch = folder / "tmp"
        scratch.mkdir()
        process = start(self.command, folder, surroundings(scratch, self.environment, self._connections()))  # fmt: skip
        try:
            done = self._followed(job, process)
        finally:
            end(process)
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
        if done is None:
            self._say_log(job, folder)
            raise WebError(crash_of(process.returncode))
        if not done["parts"]:
            return None
        made = Snapshot(
            id=new_id(),
            map=job.map,
            kind=job.kind,
            seq=seq,
            epoch=epoch,
            made_us=self.now_us(),
            by=job.asked_by,
            sources=tuple(ReadSource(**one) for one in done["sources"]),
            extent=Extent(**done["extent"]),
        )
        for number, name in enumerate(done["parts"]):
            data = (folder / FOUND / str(number)).read_bytes()
            self.results.keep_part(made.id, name, data, made.made_us)
        return made

    def _asked(self, job: Job, folder: Path) -> tuple[dict[str, Any], int, str]:
        """What the process is asked, and the state of the map that it judges."""
        stored = self.log.load(job.map)
        brought = self.gather(job.map, folder)
        before = self.results.newest(job.map)
        earlier = before if job.kind == "check" else None
        given = dict(job.given)
        if earlier is not None and (earlier.seq, earlier.epoch) != (stored.seq, stored.epoch):  # fmt: skip
            given["map_changed"] = True
        asked = {
            "kind": job.kind,
            "given": given,
            "map": stored.board.to_dict(),
            "project": str(self.project.resolve()),
            "earlier": self.results.part(earlier.id, "report") if earlier else None,
            "sources_before": [asdict(one) for one in before.sources] if before else [],
            "told": self.told(job.map),
            "told_before": self.results.part(before.id, "trail").get("told", "") if before and "trail" in self.results.names(before.id) else "",
            "today": day_of(self.now_us(), self.zone).isoformat(),
            "known": self.log.maps(),
            "changes": [one.model_dump(mode="json") for one in self.changes(job.map)],
            "limits": asdict(self.limits),
        }  # fmt: skip
        for kind in ("events", "feedback"):
            recipe = brought.get(kind)
            asked[kind] = str(recipe.resolve()) if recipe is not None else ""
        return asked, stored.seq, stored.epoch

    def _connections(self) -> list[str]:
        """Variables that hold connections to the databases of the project."""
        file = self.project / FILE
        if not file.is_file():
            return []
        return [one.connection for one in read_project(file).databases.values() if one.connection]  # fmt: skip

    def _followed(
        self, job: Job, process: subprocess.Popen[bytes]
    ) -> dict[str, Any] | None:
        """What a process says at its end, None where it ends without a word.

        Raises:
            DesirepathError: What it says is wrong; E767 it took too long.
        """
        last: dict[str, Any] = {}
        began_s = beat_s = time.monotonic()
        here = self._here[job.id]
        for told in _lines(process, here.stop):
            if here.stop.is_set():
                raise _EndedError
            if time.monotonic() - began_s > self.limits.wall_s:
                raise WebError(too_long(self.limits.wall_s))
            if not told and time.monotonic() - beat_s < BEAT_S:
                continue
            beat_s = time.monotonic()
            last = told or last
            if not self.jobs.tell(job, self.now_us(), told.get("share"), told.get("doing")):  # fmt: skip
                raise _EndedError
            if "doing" in told:
                self.tell(job.map, "jobs")
        process.wait()
        if problems := last.get("problems"):
            raise WebError(*(Problem(**one) for one in problems))
        done: dict[str, Any] | None = last.get("done")
        return done

    def _say_log(self, job: Job, folder: Path) -> None:
        """The last line of what a process wrote before it stopped, to the log of the server."""
        with contextlib.suppress(OSError):
            text = (folder / "log.txt").read_bytes()[-4000:].decode("utf-8", "replace")
            lines = text.strip().splitlines() or [""]
            self.say("job stopped", job=job.id, line=lines[-1][:300])


TICK_S = 0.25


def _lines(
    process: subprocess.Popen[bytes], stop: threading.Event
) -> Iterator[dict[str, Any]]:
    """What a process says, and nothing whenever it was silent for a moment; ends with it."""
    heard: queue.Queue[bytes | None] = queue.Queue()

    def listen() -> None:
        assert process.stdout is not None  # noqa: S101 - it was started so
        with contextlib.suppress(ValueError, OSError):
            while line := process.stdout.readline(LONGEST_LINE):
                heard.put(line)
        heard.put(None)

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    while not stop.is_set():
        try:
            line = heard.get(timeout=TICK_S)
        except queue.Empty:
            yield {}
            continue
        if line is None:
            return
        with contextlib.suppress(ValueError):
            found = json.loads(line)
            if isinstance(found, dict):
                yield found
    yield {}  # so that who listens sees the wish to stop
