"""Who did what: the audit trail, the activity of a map, and what is due for review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.web.server import MAP, PASSWORD, Caller, Server, running

from desirepath.maps.edits.board import board_of
from desirepath.maps.files import parse_map
from desirepath.web.days import day_of
from desirepath.web.policy import NOBODY, Actor
from desirepath.web.talk import audit
from desirepath.web.talk.reminders import Checked, due_reminders, review_of

ONE = "/api/maps/shop"
HOUR_US = 3_600_000_000
REVIEWED = """\
format: desirepath/map/1
id: {map_id}
title: I order a plant
owner: Ann
review_every: 90d
reviewed: {reviewed}
lanes: [pains]
stages:
  - id: buy
    name: Buy
    statements:
      - {{id: slow, lane: pains, text: It is slow}}
      - {{id: old, lane: pains, text: It is dear, status: supported, source: {{kind: customer, date: 2023-01-01}}}}
      - {{id: new, lane: pains, text: It is far, status: supported, source: {{kind: customer, date: 2023-11-01}}}}
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(tmp_path) as one:
        one.add_map(MAP.format(map_id="shop"))
        yield one


def trail(who: Caller, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = who.ask("GET", f"/api/audit{query}").data["done"]
    return found


def test_what_people_do_is_written_down_without_secrets(server: Server) -> None:
    server.people.add("Ada", PASSWORD, "administrator")
    ada = server.caller().signed_in("/api/session", {"name": "Ada", "password": PASSWORD})  # fmt: skip
    person = ada.ask("POST", "/api/people", {"name": "Ben", "password": PASSWORD, "role": "editor"}).data  # fmt: skip
    ada.ask("PATCH", f"/api/people/{person['id']}", {"role": "viewer", "password": PASSWORD + "!"})  # fmt: skip
    link = ada.ask("POST", f"{ONE}/links", {"role": "viewer", "password": "open"}).data
    guest = server.caller().signed_in("/api/guest", {"link": link["secret"], "name": "Gus", "password": "open"})  # fmt: skip
    ada.ask("DELETE", f"{ONE}/links/{link['id']}")
    ada.ask("POST", f"{ONE}/versions", {"name": "May"})
    ada.ask("POST", f"{ONE}/versions/May/restore")
    ada.ask("GET", f"{ONE}/export?format=json")
    page = ada.ask("POST", f"{ONE}/pages", {"layers": ["belief"], "days": 1}).data
    ada.ask("DELETE", f"{ONE}/pages/{page['id']}")
    token = ada.ask("POST", "/api/keys", {"name": "robot"}).data
    robot = Caller(server.port, token=token["secret"])
    robot.ask("POST", "/api/maps", MAP.format(map_id="other"))
    ada.ask("POST", "/api/templates/classic/maps", {"title": "Mine"})
    ada.ask("DELETE", f"/api/keys/{token['id']}")
    ada.ask("POST", "/api/people", {"name": "Ben", "password": PASSWORD, "role": "editor"})  # fmt: skip
    found = trail(ada)
    told = [(one["who"], one["kind"], one["action"], one["map"]) for one in found]
    assert told[::-1] == [
        ("Ada", "session", "session.begun", ""),
        ("Ada", "session", "person.added", ""),
        ("Ada", "session", "person.changed", ""),
        ("Ada", "session", "link.made", "shop"),
        ("Gus", "guest", "session.begun", "shop"),
        ("Ada", "session", "link.ended", "shop"),
        ("Ada", "session", "version.named", "shop"),
        ("Ada", "session", "version.restored", "shop"),
        ("Ada", "session", "map.exported", "shop"),
        ("Ada", "session", "page.made", "shop"),
        ("Ada", "session", "page.ended", "shop"),
        ("Ada", "session", "token.made", ""),
        ("Ada", "token", "map.made", "other"),
        ("Ada", "session", "map.made", "mine"),
        ("Ada", "session", "key.ended", ""),
    ]
    changed = next(one for one in found if one["action"] == "person.changed")
    assert changed["detail"] == {"person": person["id"], "password": True, "role": "viewer"}  # fmt: skip
    secrets = (
        link["secret"],
        token["secret"],
        page["secret"],
        ada.cookie,
        guest.cookie,
    )
    for secret in (PASSWORD, *secrets):
        assert secret not in str(found)
    assert {one["action"] for one in trail(ada, "?action=link")} == {"link.made", "link.ended"}  # fmt: skip
    assert [one["who"] for one in trail(ada, "?who=Gus")] == ["Gus"]
    first = ada.ask("GET", "/api/audit?limit=5").data
    rest = trail(ada, f"?before={first['before']}")
    assert first["done"] + rest == found
    # a page for administrators only
    assert server.person("Lea", "facilitator").ask("GET", "/api/audit").status == 403


def test_the_trail_keeps_what_it_is_given_in_order(server: Server) -> None:
    engine, evil = server.log.engine, '<script>"; DROP TABLE audit'
    actor = Actor(evil, "editor", "s", "p", kind="session")
    for number in range(20):
        audit.note_now(engine, actor, "test.done", 5, map_id="m", ref=evil, detail={"n": number, "x": evil})  # fmt: skip
    audit.note_now(engine, NOBODY, "job.done", 6, detail={"long": "x" * 5_000})
    found = audit.trail(engine)
    assert (found[0].kind, found[0].detail) == ("server", {"cut": 5_011})
    assert [one.detail["n"] for one in reversed(found[1:])] == list(range(20))
    assert (found[1].who, found[1].ref, found[1].detail["x"]) == (evil, evil, evil)
    assert audit.trail(engine, action="tes%") == ()
    assert len(audit.trail(engine, map_id="m", limit=3)) == 3


def test_the_activity_of_a_map_is_told_by_person_and_hour(server: Server) -> None:
    ann, ben = server.person("Ann", "editor"), server.person("Ben", "commenter")
    lea = server.person("Lea", "facilitator")
    edits = f"{ONE}/edits"

    def add(who: Caller, name: str) -> None:
        edit = {"do": "add", "ref": f"stage:{name}", "fields": {"name": name.title()}}
        assert who.ask("POST", edits, edit).status == 200
        server.clock.us += 1_000_000

    add(ann, "one")
    add(ann, "two")
    lea.ask("POST", f"{ONE}/versions", {"name": "May"})
    server.clock.us += 2 * HOUR_US
    add(ann, "three")
    change = {"do": "change", "ref": "stage:one", "field": "name", "value": "First"}
    made = ben.ask("POST", f"{ONE}/proposals", {"title": "x", "edits": [change]})
    decided = {"decisions": [{"n": 1, "accept": True}]}
    server.clock.us += 1_000_000
    lea.ask("POST", f"{ONE}/proposals/{made.data['id']}/decisions", decided)
    events = ben.ask("GET", f"{ONE}/activity").data["events"]
    told = [
        (one["edits"]["who"], one["edits"]["counts"], one["edits"]["proposed_by"])
        if one["edits"]
        else (one["done"]["who"], one["done"]["action"])
        for one in events
    ]
    assert told == [
        ("Lea", {"change": 1}, ["Ben"]),
        ("Ben", "proposal.made"),
        ("Ann", {"add": 1}, []),
        ("Lea", "version.named"),
        ("Ann", {"add": 2}, []),
    ]
    assert events[0]["edits"]["changes"] == [{"do": "change", "ref": "stage:one", "label": "First", "lane": "", "field": "name", "new": "First"}]  # fmt: skip
    link = lea.ask("POST", f"{ONE}/links", {"role": "viewer"}).data["secret"]
    guest = server.caller().signed_in("/api/guest", {"link": link, "name": "Gus"})
    seen = guest.ask("GET", f"{ONE}/activity").data["events"]
    assert not any(name in str(seen) for name in ("'Ann'", "'Ben'", "'Lea'"))


def test_long_activity_comes_in_parts_without_a_gap(server: Server) -> None:
    ann = server.person("Ann", "editor")
    engine = server.log.engine
    for number in range(130):
        actor = Actor("Ann", "editor", "s", "p", kind="session")
        audit.note_now(engine, actor, "test.done", 10 + number, map_id="shop", detail={"n": number})  # fmt: skip
    first = ann.ask("GET", f"{ONE}/activity").data
    rest = ann.ask("GET", f"{ONE}/activity?before_us={first['before_us']}").data
    found = [one["done"]["detail"]["n"] for part in (first, rest) for one in part["events"] if one["done"]]  # fmt: skip
    assert (found, rest["before_us"]) == (list(range(129, -1, -1)), None)


def test_maps_are_due_when_their_time_is_over(server: Server) -> None:
    day = day_of(server.clock()).isoformat()
    for map_id, reviewed in (("late", "2023-01-01"), ("fresh", day)):
        server.add_map(REVIEWED.format(map_id=map_id, reviewed=reviewed))
    ann = server.person("Ann", "editor")
    (found,) = due_reminders(server.log.engine, day_of(server.clock()))
    assert (found.map, found.owner, found.due) == ("late", "Ann", "2023-04-01")
    assert (found.unverified, found.stale) == (1, 1)
    (said,) = ann.ask("GET", "/api/reminders").data["reminders"]
    assert (said["map"], said["is_mine"]) == ("late", True)
    review = ann.ask("GET", "/api/maps/late/review").data
    assert (review["is_due"], review["due"]) == (True, "2023-04-01")
    assert ann.ask("GET", "/api/maps/late/talk").data["review_due"]
    told = [(one["ref"], one["why"], one["since"]) for one in review["statements"]]
    assert told == [
        ("statement:slow", "unverified", ""),
        ("statement:old", "old", "2023-04-01"),
    ]
    edit = {"do": "change", "ref": "map", "field": "reviewed", "value": review["today"]}
    assert ann.ask("POST", "/api/maps/late/edits", edit).status == 200
    assert not ann.ask("GET", "/api/maps/late/review").data["is_due"]
    assert ann.ask("GET", "/api/reminders").data["reminders"] == []
    assert not ann.ask("GET", f"{ONE}/review").data["is_due"]


def test_the_day_of_a_review_is_that_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "desirepath.toml").write_text('[web]\nzone = "Asia/Tokyo"\n')
    with running(tmp_path, project=tmp_path) as one:
        one.add_map(REVIEWED.format(map_id="shop", reviewed="2023-08-17"))
        ann = one.person("Ann", "editor")
        for us, found in ((1_699_973_999, ("2023-11-14", False)), (1_699_974_000, ("2023-11-15", True))):  # fmt: skip
            one.clock.us = us * 1_000_000
            said = ann.ask("GET", f"{ONE}/review").data
            assert (said["today"], said["is_due"]) == found
            assert ann.ask("GET", f"{ONE}/talk").data["review_due"] is found[1]
            assert bool(ann.ask("GET", "/api/reminders").data["reminders"]) is found[1]


def test_a_statement_that_a_check_settled_has_been_looked_at() -> None:
    board = board_of(parse_map(REVIEWED.format(map_id="late", reviewed="2023-01-01")))
    day = date(2023, 2, 1)
    settled = Checked(settled=frozenset({"statement:slow"}))
    stale = Checked(stale={"statement:slow": "2023-01-31"})
    assert [one.why for one in review_of(board, day, Checked()).statements] == ["unverified"]  # fmt: skip
    assert review_of(board, day, settled).statements == ()
    (found,) = review_of(board, day, stale).statements
    assert (found.why, found.since) == ("stale", "2023-01-31")
