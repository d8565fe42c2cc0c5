"""The runner of a server: what it does by itself, and whom it tells, while the server is up."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from desirepath.errors import DesirepathError
from desirepath.web.collab.log import EditLog
from desirepath.web.desk import Desk
from desirepath.web.jobs.brought import Brought
from desirepath.web.jobs.first import ask_first
from desirepath.web.jobs.runner import Runner
from desirepath.web.jobs.schedules import Schedules
from desirepath.web.logs import Say


def runner_in(
    log: EditLog, project: Path, now_us: Callable[[], int], say: Say
) -> Runner:
    """A runner of the jobs of a project, that also asks for those that are due."""
    brought = Brought(log.engine, project)
    runner = Runner(log, project, now_us, gather=brought.gather, say=say)
    schedules = Schedules(log.engine)
    runner.each_look = lambda: schedules.ask_due(runner.jobs, now_us())
    return runner


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
