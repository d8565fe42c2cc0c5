"""Many servers take jobs from one database: each job once, never more than two at a time."""

from __future__ import annotations

import threading

from desirepath.web.collab.log import EditLog
from desirepath.web.jobs.queue import AT_ONCE, Jobs


def test_servers_share_jobs(database: str) -> None:
    log = EditLog(database)
    asked = {Jobs(log.engine).ask("shop", "check", {"n": n}, "Ann", "", n).id for n in range(12)}  # fmt: skip
    claimed: list[str] = []
    most: list[int] = []

    def serve(name: str) -> None:
        jobs = Jobs(log.engine)
        while len(claimed) < len(asked):
            job = jobs.claim(name, 1)
            if job is not None:
                most.append(len(jobs.running()))
                claimed.append(job.id)
                assert jobs.end(job, "done", 2)

    # a SQLite file belongs to one server
    count = 4 if log.is_shared else 1
    threads = [threading.Thread(target=serve, args=(f"server {n}",)) for n in range(count)]  # fmt: skip
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(claimed) == sorted(asked)
    assert max(most) <= AT_ONCE
    log.close()
