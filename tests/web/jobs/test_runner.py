"""Jobs run in processes of their own: once, within limits, never more than two, and survive a restart."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import OperationalError
from tests.web.jobs import shop
from tests.web.server import Clock

from desirepath.analyze.saved import analysis_from
from desirepath.check.saved import report_from
from desirepath.errors import WebError
from desirepath.evidence.facts import evidence_from
from desirepath.evidence.flow_files import flows_from
from desirepath.evidence.quotes import quotes_from
from desirepath.maps.files import parse_map
from desirepath.project import FILE, read_project
from desirepath.track.business import BusinessChange
from desirepath.web.collab.log import EditLog
from desirepath.web.jobs import runner as running
from desirepath.web.jobs.kinds.compare import told_changes
from desirepath.web.jobs.limits import GIB, Limits
from desirepath.web.jobs.queue import AT_ONCE, Job
from desirepath.web.jobs.runner import Runner
from desirepath.web.jobs.work import Work
from desirepath.web.workshop.keeping import told_data
from desirepath.web.workshop.stories import Told
from desirepath.web.workshop.tables import STORIES


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runner]:
    """A runner that stands still, of a project with the shop, in whose folder it was started."""
    shop.project(tmp_path)
    monkeypatch.chdir(tmp_path)
    log = EditLog.in_file(tmp_path / "boards.db")
    shop.take_map(log)
    one = Runner(log, Path(), Clock())
    one.told = lambda map_id: told_data(log.engine, map_id)
    yield one
    one.stop()
    log.close()


def ask(runner: Runner, kind: str = "check", **given: Any) -> Job:
    return runner.jobs.ask(shop.MAP, kind, given, "Ann", "p1", runner.now_us())


def test_every_kind_of_job_leaves_what_readers_read(runner: Runner) -> None:
    app = BusinessChange(date=date(2025, 5, 1), what="New app", steps=("search",))
    runner.changes = lambda _: (app,)
    runner.start()
    wanted = [ask(runner, kind) for kind in ("check", "analyze", "discover", "compare")]
    done = [shop.ended(runner, one) for one in wanted]
    assert [(one.state, one.problems) for one in done] == [("done", ())] * 4
    results = runner.results
    check, analysis, drafts, comparison = (results.one(one.snapshot) for one in done)
    assert check is not None
    assert analysis is not None
    assert drafts is not None
    assert comparison is not None
    assert check == results.newest(shop.MAP)
    assert (check.by, check.seq, check.epoch) == ("Ann", 0, "epoch")
    assert [one.name for one in check.sources][:2] == ["events.yaml", "ads.csv"]
    assert all(len(one.sha256) == 64 for one in check.sources)
    report = report_from(results.part(check.id, "report"))
    assert report.cases == check.extent.cases == shop.CUSTOMERS
    quotes_from(results.part(check.id, "quotes"))
    assert flows_from(results.part(check.id, "flow"))
    assert flows_from(results.part(check.id, "activity_flow"))[0].is_goal_known
    groups = results.part(check.id, "groups")
    assert {"segment": "first_device=app", "window_from": "", "window_to": ""}.items() <= groups[[one["segment"] for one in groups].index("first_device=app")].items()  # fmt: skip
    for number, group in enumerate(groups):
        part = report_from(results.part(check.id, f"report:{number}"))
        assert part.cases == group["cases"]
        flows_from(results.part(check.id, f"flow:{number}"))
    trail = results.part(check.id, "trail")
    assert [one["name"] for one in trail["sources"]] == [one.name for one in check.sources]  # fmt: skip
    assert analysis_from(results.part(analysis.id, "findings")).sections
    assert analysis_from(results.part(analysis.id, "findings:de")).language == "de"
    for draft in results.part(drafts.id, "drafts")["drafts"]:
        assert parse_map(draft["text"], "draft.yaml").id == draft["id"] != shop.MAP
    assert results.part(comparison.id, "comparison")["changes"]
    assert not list((runner.project / running.FOLDER).iterdir())
    # only what changed is judged anew, and nothing has
    again = shop.ended(runner, ask(runner, if_changed=True))
    assert (again.state, again.snapshot) == ("done", "")
    assert results.newest(shop.MAP) == check
    # a story that was accepted is something new, with or without a folder for it
    step = next(parse_map(shop.map_text(), "").steps()).id
    told = Told(
        step=step, text="It hangs", who="staff", heard_from=7, when="2026-11-02"
    )
    row = {"id": "a" * 16, "map": shop.MAP, "link": "x", "state": "accepted", "at_us": 1, "said": told.model_dump_json()}  # fmt: skip
    with runner.log.engine.begin() as connection:
        connection.execute(insert(STORIES), row)
    heard = shop.ended(runner, ask(runner, if_changed=True))
    found = evidence_from(results.part(heard.snapshot, "evidence")).facts
    assert [(one.subject, one.value, one.n) for one in found if one.measure == "told"] == [(f"step:{step}", 7.0, 1)]  # fmt: skip


# A child that is no job of ours: it writes its own number, and then does as it is told.
def test_changes_of_the_project_and_of_the_app_are_named_once(tmp_path: Path) -> None:
    shop.project(tmp_path)
    (tmp_path / "changes.yaml").write_text("changes: [{date: 2025-05-02, what: Free parcels}, {date: 2025-05-01, what: new app}]\n")  # fmt: skip
    told = (BusinessChange(date=date(2025, 5, 1), what="New app"), BusinessChange(date=date(2025, 4, 9), what="Spring sale"))  # fmt: skip
    journey = parse_map(shop.map_text(), "assumed.yaml")
    work = Work(journey, read_project(tmp_path / FILE), changes=told)
    assert [one.what for one in told_changes(work)] == ["Spring sale", "new app", "Free parcels"]  # fmt: skip


def test_of_several_databases_a_job_reads_the_one_it_is_told_or_read_before(tmp_path: Path) -> None:  # fmt: skip
    rows = "INSERT INTO {} VALUES ('a', '{} page', '2025-05-01 10:00:00')"
    with contextlib.closing(sqlite3.connect(tmp_path / "shop.db")) as shop_db:
        for table in ("web", "till"):
            shop_db.execute(f"CREATE TABLE {table} (visit TEXT, page TEXT, at TEXT)")
            shop_db.execute(rows.format(table, table))
        shop_db.commit()
    tables = "".join(
        f'[[sources]]\nname = "{one}"\nengine = "sqlite"\nfile = "shop.db"\ntable = "{one}"\ncase = "visit"\nactivity = "page"\ntime = "at"\n'
        for one in ("web", "till")
    )
    (tmp_path / FILE).write_text(tables)
    project = read_project(tmp_path / FILE)
    work = Work(parse_map(shop.map_text(), "assumed.yaml"), project)
    with pytest.raises(WebError, match="cases of different databases are not joined"):
        _ = work.has_events
    asked = replace(work, given={"source": "till"})
    assert asked.sequences.activities == ("till page",)
    again = replace(work, sources_before=asked.sources)
    assert [one.name for one in again.sources] == ["till"]
    with pytest.raises(WebError, match='no database "shop"'):
        _ = replace(work, given={"source": "shop"}).sequences


CHILD = """
import json, os, subprocess, sys, time
from pathlib import Path
folder = Path(sys.argv[1])
asked = json.loads((folder / "request.json").read_text())["given"]
marks = Path(asked["marks"])
def say(**told):
    print(json.dumps(told), flush=True)
helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
(marks / f"{os.getpid()}.began").write_text(f"{helper.pid} {json.dumps(dict(os.environ))}")
say(share=0.5, doing="waiting")
match asked["do"]:
    case "wait":
        while not (marks / "go").exists():
            time.sleep(0.01)
    case "die":
        helper.kill()
        os.kill(os.getpid(), asked["signal"])
    case "grow":
        helper.kill()
        from desirepath.web.jobs.limits import Limits, hold
        hold(Limits(**json.loads((folder / "request.json").read_text())["limits"]))
        try:
            data = bytearray(3 * 1024 ** 3)
        except MemoryError:
            say(problems=[{"code": "E765", "what": "too large", "place": "", "hint": ""}])
            sys.exit()
    case "sleep":
        time.sleep(600)
helper.kill()
say(done={"parts": []})
"""


class Marks:
    """What children leave behind, and what they may do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def began(self) -> list[Path]:
        return list(self.folder.glob("*.began"))

    def go(self) -> None:
        (self.folder / "go").touch()

    def pids(self) -> list[int]:
        """Of every child and what it started."""
        files = [one for one in self.began() if one.read_text()]
        return [int(p) for one in files for p in (one.stem, one.read_text().split()[0])]


@pytest.fixture
def marks(tmp_path: Path, runner: Runner) -> Marks:
    script = tmp_path / "child.py"
    script.write_text(CHILD)
    runner.command = (sys.executable, str(script))
    return Marks(tmp_path / "marks")


def until(what: Callable[[], object]) -> None:
    while not what():
        time.sleep(0.01)


def is_gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"  # ended; nobody has asked how yet


def test_two_run_at_once_and_never_three(runner: Runner, marks: Marks) -> None:
    runner.start()
    jobs = [ask(runner, do="wait", marks=str(marks.folder), number=n) for n in range(5)]
    until(lambda: len(marks.began()) == AT_ONCE)
    assert runner.jobs.claim("another server", 1) is None
    states = [one.state for one in runner.jobs.of(shop.MAP)]
    assert sorted(states) == ["running"] * 2 + ["waiting"] * 3
    marks.go()
    assert {shop.ended(runner, one).state for one in jobs} == {"done"}
    assert len(marks.began()) == 5


def test_cancel_ends_all_that_a_job_started(runner: Runner, marks: Marks) -> None:
    runner.start()
    job = ask(runner, do="sleep", marks=str(marks.folder))
    until(lambda: len(marks.pids()) == 2)
    waiting = ask(runner, do="sleep", marks=str(marks.folder), number=2)
    assert runner.cancel(job.id)
    assert shop.ended(runner, job).state == "cancelled"
    assert not runner.cancel(job.id)
    runner.cancel(waiting.id)
    assert shop.ended(runner, waiting).state == "cancelled"
    until(lambda: all(is_gone(one) for one in marks.pids()))


def test_a_job_sees_no_secret_of_the_server(runner: Runner, marks: Marks) -> None:
    runner.environment = {**os.environ, "CANARY": "hidden-3141", "SHOP_DB": "hidden-2718"}  # fmt: skip
    runner.start()
    marks.go()
    shop.ended(runner, ask(runner, do="wait", marks=str(marks.folder)))
    told = marks.began()[0].read_text()
    assert "PATH" in told
    assert "hidden" not in told


@pytest.mark.parametrize(
    ("does", "code"),
    [
        ({"do": "die", "signal": 9}, "E765"),
        ({"do": "die", "signal": 11}, "E766"),
        ({"do": "die", "signal": 24}, "E767"),
        ({"do": "grow"}, "E765"),
        ({"do": "sleep"}, "E767"),
    ],
    ids=["killed", "crashed", "too much time", "too much memory", "too long"],
)
def test_a_job_that_ends_badly_says_so_once(
    does: dict[str, Any], code: str, runner: Runner, marks: Marks
) -> None:
    wall_s = 1.0 if does["do"] == "sleep" else 100.0
    runner.limits = Limits(memory_bytes=2 * GIB, wall_s=wall_s)
    runner.start()
    found = shop.ended(runner, ask(runner, **does, marks=str(marks.folder)))
    assert (found.state, [one.code for one in found.problems]) == ("failed", [code])
    assert found.problems[0].what
    assert runner.results.all(shop.MAP) == ()


def test_a_stopped_server_gives_its_jobs_back(runner: Runner, marks: Marks) -> None:
    runner.start()
    job = ask(runner, do="wait", marks=str(marks.folder))
    until(marks.began)
    runner.stop()
    found = runner.jobs.one(job.id)
    assert found is not None
    assert (found.state, found.tries) == ("waiting", 0)


def test_jobs_of_a_server_that_died_wait_again_once(runner: Runner) -> None:
    jobs, now_us = runner.jobs, runner.now_us()
    job = ask(runner)
    for tries in (1, 2):
        claimed = jobs.claim(f"server {tries}", now_us)
        assert claimed is not None
        assert jobs.take_back("me", now_us, is_shared=True) == []  # it may be alive
        assert jobs.take_back("me", now_us, is_shared=False) == [claimed]
        # whoever comes too late changes nothing
        assert not jobs.end(claimed, "done", now_us)
    found = jobs.one(job.id)
    assert found is not None
    assert (found.state, found.problems[0].code) == ("failed", "E764")


def test_a_server_that_was_thought_dead_takes_nothing_of_the_next_one_away(
    runner: Runner, marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two servers share the folder of a project; one stands still, and goes on after another took its job."""
    runner.log.is_shared = True
    monkeypatch.setattr(running, "BEAT_S", 0.05)
    runner.start()
    job = ask(runner, do="wait", marks=str(marks.folder))
    until(marks.began)
    (first,) = (runner.project / running.FOLDER).iterdir()
    assert runner.jobs.take_back("another", runner.now_us(), is_shared=False)
    taken = runner.jobs.claim("another", runner.now_us())
    assert taken is not None
    other = runner.project / running.FOLDER / f"{job.id}.another.{taken.tries}"
    other.mkdir()
    until(
        lambda: not first.exists()
    )  # it has seen that the job is not its own any more
    runner._tidy_us = 0
    runner._tidy()
    assert other.exists()
    assert runner.jobs.end(taken, "done", runner.now_us())
    runner._tidy_us = 0
    runner._tidy()
    assert not other.exists()


def test_a_job_left_while_the_database_was_away_is_done_again(
    runner: Runner, marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = runner.jobs.end
    away = iter([True])

    def end(*args: Any, **options: Any) -> bool:
        if next(away, False):
            raise OperationalError("update", {}, Exception("away"))
        return ends(*args, **options)

    monkeypatch.setattr(runner.jobs, "end", end)
    runner.start()
    job = ask(runner, do="wait", marks=str(marks.folder))
    until(marks.began)
    marks.go()
    found = shop.ended(runner, job)
    assert (found.state, found.tries) == ("done", 2)


def test_history_keeps_the_newest_and_what_still_runs(runner: Runner) -> None:
    jobs = runner.jobs
    for number in range(60):
        job = jobs.ask(shop.MAP, "check", {"number": number}, "Ann", "p1", number)
        jobs.cancel(job.id, number)
    jobs.ask(shop.MAP, "check", {}, "Ann", "p1", 0)
    jobs.prune(shop.MAP)
    found = jobs.of(shop.MAP)
    assert (len(found), found[0].asked_us, found[-1].state) == (51, 59, "waiting")


def test_results_are_thinned_out(runner: Runner) -> None:
    results, day_us = runner.results, 86_400 * 1_000_000
    for hour in range(24 * 100):
        if hour % 8 == 0:
            results.add(
                shop.MAP, "check", {}, seq=1, epoch="e", made_us=hour * day_us // 24, by="Ann"
            )  # fmt: skip
    results.thin_out(shop.MAP, 100 * day_us)
    days = [one.made_us // day_us for one in results.all(shop.MAP)]
    assert days[:10] == [99] * 3 + [98] * 3 + [97] * 3 + [96]
    assert days[10:] == list(range(95, 9, -1))
