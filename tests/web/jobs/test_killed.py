"""A server is killed while a job runs: the next one does the job once, and what it found is whole."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.web.jobs import shop

from desirepath.check.saved import report_from
from desirepath.web.collab.log import EditLog
from desirepath.web.jobs.queue import Jobs
from desirepath.web.jobs.results import Results
from desirepath.web.serving import now_us
from desirepath.web.sole import make_private


@pytest.mark.skipif(sys.platform == "win32", reason="needs the signals of POSIX")
def test_a_job_outlives_the_server_that_is_killed(tmp_path: Path) -> None:
    project = shop.project(tmp_path)
    make_private(project / "boards.db")
    log = EditLog.in_file(project / "boards.db")
    shop.take_map(log)
    jobs, results = Jobs(log.engine), Results(log.engine)
    job = jobs.ask(shop.MAP, "check", {}, "Ann", "p1", now_us())

    def server() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "desirepath", "serve", str(project), "--port", "0"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def state() -> tuple[str, str]:
        found = jobs.one(job.id)
        assert found is not None
        return found.state, found.doing

    first = server()
    try:
        while not (state()[0] == "running" and state()[1] == "measuring the map"):
            assert state()[0] in ("waiting", "running"), jobs.one(job.id)
            assert first.poll() is None
            time.sleep(0.02)
        first.send_signal(signal.SIGKILL)
        first.wait()
        # the process of the job ends with its server, in the middle of its work
        (folder,) = (project / "jobs").glob(f"{job.id}.*")
        while any(_runs_in(one, folder) for one in Path("/proc").glob("[0-9]*")):
            time.sleep(0.02)
        assert results.all(shop.MAP) == ()
        second = server()
        try:
            while state()[0] in ("waiting", "running"):
                assert second.poll() is None
                time.sleep(0.05)
        finally:
            second.terminate()
            second.wait()
    finally:
        first.kill()
    done = jobs.one(job.id)
    assert done is not None
    assert (done.state, done.tries, done.problems) == ("done", 2, ())
    [made] = results.all(shop.MAP)
    assert made.id == done.snapshot
    assert report_from(results.part(made.id, "report")).cases == shop.CUSTOMERS
    for name in results.names(made.id):
        results.part(made.id, name)
    assert not list((project / "jobs").iterdir())
    log.close()


def _runs_in(process: Path, folder: Path) -> bool:
    try:
        return (process / "cwd").readlink() == folder
    except OSError:
        return False
