"""The runner of a server: what it does by itself, and whom it tells, while the server is up."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.exc import SQLAlchemyError

from desirepath.check.report import CheckReport
from desirepath.check.saved import report_from
from desirepath.errors import DesirepathError
from desirepath.project import FILE
from desirepath.web.collab.log import EditLog
from desirepath.web.days import zone_of
from desirepath.web.desk import Desk
from desirepath.web.jobs.brought import Brought
from desirepath.web.jobs.digest import digest_of
from desirepath.web.jobs.first import ask_first
from desirepath.web.jobs.queue import Job
from desirepath.web.jobs.results import Results, Snapshot
from desirepath.web.jobs.runner import Runner, Say
from desirepath.web.jobs.schedules import Schedules
from desirepath.web.jobs.sending import Sending, read_sending, send_hook, send_mail
from desirepath.web.workshop.keeping import told_data


def runner_in(
    log: EditLog, project: Path, now_us: Callable[[], int], say: Say
) -> Runner:
    """A runner of the jobs of a project, that also asks for those that are due."""
    brought = Brought(log.engine, project)
    runner = Runner(log, project, now_us, gather=brought.gather, say=say)
    runner.zone = zone_of(project)
    runner.told = lambda map_id: told_data(log.engine, map_id)
    schedules = Schedules(log.engine)
    runner.each_look = lambda: schedules.ask_due(runner.jobs, now_us())
    sending = read_sending(project / FILE, os.environ)
    if sending.mail or sending.hook:
        language = partial(language_of, log)
        runner.each_done = Postman(sending, runner.results, now_us, say, language).done
    return runner


@dataclass(frozen=True, slots=True)
class Postman:
    """Sends what turned after each check, in a thread of its own.

    Attributes:
        sending: Where to.
        results: Checks.
        now_us: Clock.
        say: Where the server tells of itself.
        language: Language of a map, by its id: letters about it speak it.
    """

    sending: Sending
    results: Results
    now_us: Callable[[], int]
    say: Say
    language: Callable[[str], str] = lambda _: "en"

    def done(self, job: Job, made: Snapshot) -> None:
        """Look at a check that is done, and send what turned."""
        if job.kind != "check":
            return
        before = next((one for one in self.results.all(made.map, "check", most=2) if one.id != made.id), None)  # fmt: skip
        if before is None:
            return
        old, new = (report_from(self.results.part(one.id, "report")) for one in (before, made))  # fmt: skip
        if digest_of(old, new) is not None:
            threading.Thread(target=self.send, args=(old, new), daemon=True, name="digest").start()  # fmt: skip

    def send(self, old: CheckReport, new: CheckReport) -> None:
        """Send to everybody who is to know; what cannot be sent stands in the log of the server."""
        mail, hook, words = self.sending.mail, self.sending.hook, self.language(new.map_id)  # fmt: skip
        if mail is not None and (letter := digest_of(old, new, _page(mail.address, new.map_id), words)):  # fmt: skip
            self._try("mail", lambda: send_mail(mail, letter))
        if hook is not None and (told := digest_of(old, new, _page(hook.address, new.map_id), words)):  # fmt: skip
            now_s = self.now_us() // 1_000_000
            self._try("webhook", lambda: send_hook(hook, told, now_s))

    def _try(self, way: str, act: Callable[[], None]) -> None:
        try:
            act()
            self.say("digest sent", way=way)
        except (OSError, ValueError, DesirepathError) as error:
            self.say("digest not sent", way=way, error=str(error)[:300])


def language_of(log: EditLog, map_id: str) -> str:
    """Language of a map; English where it is gone."""
    try:
        return log.load(map_id).board.journey().language
    except DesirepathError:
        return "en"


def _page(address: str, map_id: str) -> str:
    """Address of a map in browsers, "" where nobody said where the server is."""
    return f"{address}/#/maps/{quote(map_id, safe='')}" if address else ""


@asynccontextmanager
async def running(runner: Runner | None, desk: Desk) -> AsyncIterator[None]:
    """While this holds, jobs run, and pages are told of them."""
    if runner is None:
        yield
        return
    loop = asyncio.get_running_loop()

    def tell(map_id: str, about: str) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has just ended
            loop.call_soon_threadsafe(desk.tell_about, map_id, about)

    runner.tell = tell
    await asyncio.to_thread(_first, runner)
    runner.start()
    try:
        yield
    finally:
        await asyncio.to_thread(runner.stop)


def _first(runner: Runner) -> None:
    """Ask for the first check of maps; a map that cannot be read does not keep the server from starting."""
    with contextlib.suppress(DesirepathError, SQLAlchemyError):
        ask_first(runner, Brought(runner.log.engine, runner.project))
