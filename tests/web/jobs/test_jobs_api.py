"""Jobs asked for over HTTP: who may, what pages are told, what guests never see."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from tests.web.jobs import shop
from tests.web.server import Caller, Server, running

JOBS = f"/api/maps/{shop.MAP}/jobs"
EVIDENCE = f"/api/maps/{shop.MAP}/evidence"
SCHEDULE = f"/api/maps/{shop.MAP}/schedule"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("project")
    with running(folder, project=shop.project(folder), with_jobs=True) as one:
        shop.take_map(one.log)
        shop.take_map(one.log, "quiet")
        yield one


def done(caller: Caller, job: dict[str, Any]) -> dict[str, Any]:
    while True:
        found = caller.ask("GET", f"{JOBS}/{job['id']}").data
        if found["state"] not in ("waiting", "running"):
            return dict(found)
        time.sleep(0.1)


def test_a_check_is_asked_for_told_and_found(server: Server) -> None:
    ann = server.person("Ann", "editor")
    before = ann.ask("GET", EVIDENCE).data
    assert before == {"snapshots": [], "has_events": True, "is_bound": True, "can_run": True, "databases": [], "database": ""}  # fmt: skip
    with ann.live(shop.MAP, {"client": "page"}) as page:
        page.hear("hello")
        job = ann.ask("POST", JOBS, {"kind": "check"})
        assert job.status == 201
        told = page.hear("news")
        assert told["about"] == "jobs"
        found = done(ann, job.data)
        while page.hear("news")["about"] != "evidence":
            pass
    assert (found["state"], found["share"], found["is_mine"]) == ("done", 1.0, True)
    [check] = ann.ask("GET", EVIDENCE).data["snapshots"]
    assert (check["id"], check["by"], check["edits_since"]) == (found["snapshot"], "Ann", 0)  # fmt: skip
    assert (check["cases"], check["window_from"]) == (shop.CUSTOMERS, "2025-04-01")
    assert sum(check["settled"].values()) > 30
    edit = {"do": "change", "ref": "map", "field": "title", "value": "We order"}
    assert ann.ask("POST", f"/api/maps/{shop.MAP}/edits", edit).status == 200
    [check] = ann.ask("GET", EVIDENCE).data["snapshots"]
    assert check["edits_since"] == 1
    # a guest sees numbers, and no name of the team
    lead = server.person("Lea", "facilitator")
    link = lead.ask("POST", f"/api/maps/{shop.MAP}/links", {"role": "viewer", "days": 1})  # fmt: skip
    guest = server.caller().signed_in("/api/guest", {"link": link.data["secret"], "name": "Gus"})  # fmt: skip
    for path in (JOBS, EVIDENCE, f"{JOBS}/{found['id']}"):
        assert "Ann" not in str(guest.ask("GET", path).data)


def test_own_jobs_are_cancelled_by_their_owner_and_others_by_who_leads(server: Server) -> None:  # fmt: skip
    eva, ida = server.person("Eva", "editor"), server.person("Ida", "editor")
    lead = server.person("Lou", "facilitator")
    first, second = (eva.ask("POST", JOBS, {"kind": "compare", "split": day}).data for day in ("2025-06-01", "2025-06-02"))  # fmt: skip
    path = f"{JOBS}/{first['id']}"
    assert ida.ask("DELETE", path).status == 403
    assert server.person("Vic", "viewer").ask("DELETE", path).status == 403
    assert eva.ask("DELETE", path).status == 204
    assert lead.ask("DELETE", f"{JOBS}/{second['id']}").status == 204
    assert [done(eva, one)["state"] for one in (first, second)] == ["cancelled"] * 2
    assert eva.ask("DELETE", f"{JOBS}/nothing").status == 404
    other = f"/api/maps/quiet/jobs/{first['id']}"
    assert eva.ask("GET", other).status == 404


def test_jobs_come_a_page_at_a_time_and_the_same_wish_once(server: Server) -> None:
    kim = server.person("Kim", "editor")
    asked = {"kind": "compare", "split": "2025-06-09"}
    kinds = [kim.ask("POST", JOBS, asked).data["id"] for _ in range(6)]
    assert len(set(kinds)) <= 3  # two may have begun meanwhile
    for one in set(kinds):
        kim.ask("DELETE", f"{JOBS}/{one}")
        done(kim, {"id": one})
    page = kim.ask("GET", f"{JOBS}?limit=1").data
    rest = kim.ask("GET", f"{JOBS}?after={page['after']}").data
    whole = kim.ask("GET", JOBS).data
    assert [*page["jobs"], *rest["jobs"]] == whole["jobs"]
    assert rest["after"] is None


def test_a_schedule_asks_for_a_check_when_it_is_due(server: Server) -> None:
    lead, mia = server.person("Lin", "facilitator"), server.person("Mia", "editor")
    path = "/api/maps/quiet/schedule"
    assert mia.ask("PUT", path, {"every": "daily"}).status == 403
    assert lead.ask("PUT", path, {"every": "daily", "zone": "Mars/Base"}).status == 400
    wanted = {"every": "weekly", "hour": 6, "zone": "Europe/Berlin"}
    kept = lead.ask("PUT", path, wanted).data
    assert kept.items() >= wanted.items()
    assert mia.ask("GET", path).data == kept
    assert server.clock() < kept["due_us"] < server.clock() + 7 * 86_400_000_000
    runner = server.app.state.runner
    server.clock.us = kept["due_us"]
    while not (jobs := runner.jobs.of("quiet")):
        time.sleep(0.02)
    assert [(one.kind, one.asked_by, one.given) for one in jobs] == [("check", "Lin", {"if_changed": True})]  # fmt: skip
    runner.cancel(jobs[0].id)
    after = lead.ask("GET", path).data
    assert after["due_us"] == kept["due_us"] + 7 * 86_400_000_000
    assert lead.ask("PUT", path, {"every": "never"}).data["due_us"] == 0
    assert mia.ask("GET", path).data["every"] == "never"


def test_who_asked_for_jobs_stands_in_the_audit_trail(server: Server) -> None:
    pat, lea = server.person("Pat", "editor"), server.person("Lex", "facilitator")
    job = pat.ask("POST", JOBS, {"kind": "compare", "segment": "region=West"}).data["id"]  # fmt: skip
    assert lea.ask("DELETE", f"{JOBS}/{job}").status == 204
    kept = lea.ask("PUT", SCHEDULE, {"every": "never"})
    assert kept.status == 200
    assert pat.ask("GET", "/api/audit").status == 403
    ada = server.person("Ada", "administrator")
    entries = ada.ask("GET", "/api/audit").data["done"]
    mine = [one for one in entries if one["who"] in ("Pat", "Lex") and one["action"].startswith("job.")]  # fmt: skip
    told = [(one["who"], one["action"], one["map"], one["detail"]) for one in mine]
    assert told[::-1] == [
        ("Pat", "job.asked", shop.MAP, {"kind": "compare", "job": job}),
        ("Lex", "job.cancelled", shop.MAP, {"kind": "compare", "job": job}),
        ("Lex", "job.scheduled", shop.MAP, {"every": "never"}),
    ]


def test_jobs_know_what_people_told_of_the_business(server: Server) -> None:
    uma = server.person("Uma", "editor")
    told = {"day": "2023-05-01", "what": "New app", "refs": ["step:search"]}
    made = uma.ask("POST", "/api/maps/quiet/changes", told)
    assert made.status == 201, made.data
    [change] = server.app.state.runner.changes("quiet")
    assert (change.date.isoformat(), change.what, change.steps) == ("2023-05-01", "New app", ("search",))  # fmt: skip
