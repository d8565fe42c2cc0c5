"""Tasks: who gives what to whom by when, what is told to whom, and when they are done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete
from tests.web.server import MAP, Caller, running
from tests.web.test_talk import HOSTILE, ONE, Team, begun, refused, threads

from desirepath.web.backup import restore, write_backup
from desirepath.web.collab.log import EditLog
from desirepath.web.days import day_of
from desirepath.web.talk import audit
from desirepath.web.talk.reminders import due_tasks
from desirepath.web.talk.tables import AUDIT, COMMENTS, TASKS, THREADS

NOBODY_YET = {"person": "", "due": ""}


@pytest.fixture(scope="module")
def everyone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    with running(tmp_path_factory.mktemp("tasks")) as server:
        server.add_map(MAP.format(map_id="shop"))
        server.add_map(MAP.format(map_id="other"))
        found = Team(
            server,
            server.person("Ann", "editor"),
            server.person("Ben", "commenter"),
            server.person("Vera", "viewer"),
            server.person("Lea", "facilitator"),
            server.caller(),
        )
        server.person("Ada", "administrator")
        found.guest = found.link("commenter")
        yield found


@pytest.fixture
def team(everyone: Team) -> Team:
    """The same people, with nothing said yet."""
    with everyone.server.log.engine.begin() as connection:
        for table in (TASKS, COMMENTS, THREADS, AUDIT):
            connection.execute(delete(table))
    return everyone


def task(who: Caller, thread: Any, person: str = "", due: str = "") -> Any:
    path = f"{ONE}/threads/{thread['id']}/task"
    return who.ask("PUT", path, {"person": person, "due": due})


def test_a_task_waits_for_who_it_is_given_to_until_it_is_done(team: Team) -> None:
    ben = team.person("Ben")
    thread = begun(team.ann, f"<@{ben}>, ask the shop. {HOSTILE[0]}")
    with team.ben.live("shop", {"client": "ben"}) as page:
        page.hear("hello")
        given = task(team.ann, thread, ben, "2026-05-01")
        assert page.hear("news")["about"] == "comments"
    assert given.data == {
        "is_given": True,
        "is_mine": False,
        "is_away": False,
        "person": ben,
        "name": "Ben",
        "due": "2026-05-01",
    }
    talk = team.ben.ask("GET", f"{ONE}/talk").data
    assert (talk["tasks"], talk["my_tasks"]) == (1, 1)
    assert team.ann.ask("GET", f"{ONE}/talk").data["my_tasks"] == 0
    (mine,) = team.ben.ask("GET", "/api/tasks").data["tasks"]
    assert (mine["map"], mine["due"]) == ("shop", "2026-05-01")
    assert mine["text"] == f"@Ben, ask the shop. {HOSTILE[0]}"
    # another day, then nobody yet, then Ben again: each of it once in the trail
    task(team.ben, thread, ben, "2026-05-02")
    task(team.ben, thread, ben, "2026-05-02")
    task(team.lead, thread)
    assert team.ben.ask("GET", "/api/tasks").data["tasks"] == []
    task(team.ben, thread, ben)
    path = f"{ONE}/threads/{thread['id']}"
    for is_done in (True, True, False):
        team.ben.ask("PATCH", path, {"resolved": is_done})
        assert len(threads(team.ben, "?only=my_tasks")) == (0 if is_done else 1)
        assert team.ben.ask("GET", f"{ONE}/talk").data["my_tasks"] == (not is_done)
    assert team.ann.ask("DELETE", f"{path}/task").status == 204
    assert team.ann.ask("DELETE", f"{path}/task").status == 204
    assert threads(team.ann)[0]["task"] is None
    done = audit.trail(team.server.log.engine, map_id="shop", action="task")
    told = [(one.who, one.action, one.detail["name"], one.detail["due"]) for one in done]  # fmt: skip
    assert told[::-1] == [
        ("Ann", "task.given", "Ben", "2026-05-01"),
        ("Ben", "task.changed", "Ben", "2026-05-02"),
        ("Lea", "task.changed", "", ""),
        ("Ben", "task.changed", "Ben", ""),
        ("Ben", "task.done", "Ben", ""),
        ("Ben", "task.opened", "Ben", ""),
        ("Ann", "task.taken_away", "Ben", ""),
    ]
    assert {one.ref for one in done} == {"step:pay"}


def test_tasks_come_by_their_day_those_for_any_day_last(team: Team) -> None:
    for text, due in (("any", ""), ("late", "2026-05-09"), ("soon", "2026-05-01")):
        team.server.clock.us += 1
        assert task(team.ann, begun(team.ann, text), due=due).status == 200
    begun(team.ann, "no task")
    first = team.vera.ask("GET", f"{ONE}/threads?only=tasks&limit=2").data
    rest = threads(team.vera, f"?only=tasks&limit=2&after={first['after']}")
    said = [one["comments"][0]["text"] for one in first["threads"] + rest]
    assert said == ["soon", "late", "any"]


def test_who_may_give_tasks_to_whom(team: Team) -> None:
    thread = begun(team.guest, "Please look")
    ann = team.person("Ann")
    assert refused(task(team.vera, thread, ann)) == (403, "E708")
    assert refused(task(team.guest, thread)) == (403, "E708")
    for person in ("0123456789abcdef", "Ann", "' OR 1=1", "\u202e"):
        assert refused(task(team.ben, thread, person)) == (400, "E776")
    for due in ("tomorrow", "2026-02-30", "2026-5-1", "20260501", "2026-05-01\n", "\u0662026-05-01", HOSTILE[0]):  # fmt: skip
        assert refused(task(team.ben, thread, ann, due)) == (400, "E719")
    assert refused(task(team.ben, {"id": "none"}, ann)) == (404, "E770")
    elsewhere = f"/api/maps/other/threads/{thread['id']}/task"
    assert refused(team.ben.ask("PUT", elsewhere, NOBODY_YET)) == (404, "E770")
    assert task(team.ben, thread, ann, "2026-05-01").status == 200
    # guests see that somebody is at it and by when, and not who; nor may they change it
    (seen,) = threads(team.guest, "?only=tasks")
    assert seen["task"] == {
        "is_given": True,
        "is_mine": False,
        "is_away": False,
        "person": "",
        "name": "",
        "due": "2026-05-01",
    }
    assert threads(team.guest, "?only=my_tasks") == []
    assert refused(team.guest.ask("GET", "/api/tasks")) == (403, "E708")
    assert refused(team.guest.ask("DELETE", f"{ONE}/threads/{thread['id']}/task")) == (403, "E708")  # fmt: skip
    happened = team.guest.ask("GET", f"{ONE}/activity").data
    assert "Ann" not in str(happened)


def test_tasks_of_those_who_left_stay_and_are_due(team: Team, tmp_path: Path) -> None:
    team.server.person("Sue", "editor")
    sue, today = team.person("Sue"), day_of(team.server.clock())
    kept = begun(team.ben, "Somebody else must", "stage:buy")
    add = {"do": "add", "ref": "stage:late", "fields": {"name": "Late"}}
    assert team.lead.ask("POST", f"{ONE}/edits", add).status == 200
    gone = begun(team.ben, "Where is it?", "stage:late")
    task(team.ben, kept, sue, "2020-01-01")
    task(team.ben, gone, due=today.isoformat())
    task(team.ben, begun(team.ben, "much later"), due="9999-12-31")
    empty = begun(team.ben, "deleted soon")
    task(team.ben, empty, due="2020-01-01")
    team.ben.ask("DELETE", f"{ONE}/comments/{empty['comments'][0]['id']}")
    assert refused(task(team.ben, empty)) == (404, "E770")
    team.lead.ask("POST", f"{ONE}/edits", {"do": "mark_gone", "ref": "stage:late"})
    team.server.people.change(sue, {"suspended": True})
    found = {one["id"]: one["task"] for one in threads(team.ben, "?only=tasks")}
    assert (found[kept["id"]]["name"], found[kept["id"]]["is_away"]) == ("Sue", True)
    # another day may be said, and it is given to others, never to Sue anew
    assert task(team.ben, kept, sue, "2020-01-02").status == 200
    assert task(team.ben, gone, team.person("Ben"), today.isoformat()).status == 200
    assert refused(task(team.ben, gone, sue)) == (400, "E776")
    due = due_tasks(team.server.log.engine, today)
    told = [(one.label, one.name, one.due, one.is_overdue) for one in due]
    assert told == [
        ("Buy", "Sue", "2020-01-02", True),
        ("Late", "Ben", today.isoformat(), False),
    ]
    said = team.ben.ask("GET", "/api/reminders").data["tasks"]
    assert [(one["thread"], one["is_mine"]) for one in said] == [
        (kept["id"], False),
        (gone["id"], True),
    ]
    # nothing of it is lost in a backup
    backup, again = tmp_path / "backup.zip", EditLog.in_file(tmp_path / "again.db")
    write_backup(team.server.log.engine, backup, team.server.clock())
    restore(again.engine, backup)
    assert due_tasks(again.engine, today) == due
    again.close()
