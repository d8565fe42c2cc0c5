"""The plan, its clock and who leads: across reloads, two servers, and people who write at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.web.server import MAP, Caller, Server, running

from desirepath.errors import WebError
from desirepath.web.collab.log import EditLog
from desirepath.web.workshop.plan import MINUTE_US, Workshop, Workshops, led, planned
from desirepath.web.workshop.plan_words import LANGUAGES
from desirepath.web.workshop.plans import ready_plans

SHOP = "/api/maps/shop/workshop"
ITEM = {"id": "a", "title": "Draw", "exercise": "draw", "minutes": 10, "what": "", "room": ""}  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("plan")) as one:
        one.add_map(MAP.format(map_id="shop"))
        yield one


@pytest.fixture(scope="module")
def lead(server: Server) -> Caller:
    return server.person("Cleo", "facilitator")


@pytest.fixture(scope="module")
def guest(server: Server, lead: Caller) -> Caller:
    link = lead.ask("POST", "/api/maps/shop/links", {"role": "viewer"}).data["secret"]
    return server.caller().signed_in("/api/guest", {"link": link, "name": "Gus"})


def test_the_clock_is_the_servers(server: Server, lead: Caller, guest: Caller) -> None:
    n = guest.ask("GET", SHOP).data["n"]
    parts = [{"part": "scribe", "who": "Ben"}]
    plan = {"n": n, "title": "Today", "items": [ITEM, ITEM | {"id": ""}], "parts": parts}  # fmt: skip
    made = lead.ask("PUT", f"{SHOP}/plan", plan).data
    assert [one["title"] for one in made["items"]] == ["Draw", "Draw"]
    assert len({one["id"] for one in made["items"]} - {""}) == 2
    assert guest.ask("GET", SHOP).data["parts"] == []  # names of the team
    lead.ask("POST", f"{SHOP}/timer", {"do": "start", "item": "a"})
    server.clock.us += 4 * MINUTE_US
    with guest.live("shop", {"client": "g"}) as socket:
        socket.hear("hello")
        lead.ask("POST", f"{SHOP}/timer", {"do": "pause"})
        assert socket.hear("news")["about"] == "workshop"
    timer = guest.ask("GET", SHOP).data["timer"]
    assert (timer["state"], timer["left_us"], timer["item"]) == ("paused", 6 * MINUTE_US, "a")  # fmt: skip
    server.clock.us += 60 * MINUTE_US
    lead.ask("POST", f"{SHOP}/timer", {"do": "resume"})
    told = guest.ask("GET", SHOP).data
    assert told["timer"]["ends_us"] - told["now_us"] == 6 * MINUTE_US
    server.clock.us += 20 * MINUTE_US  # over: what is added counts from now
    added = lead.ask("POST", f"{SHOP}/timer", {"do": "add", "minutes": 5}).data
    assert added["timer"]["ends_us"] - added["now_us"] == 5 * MINUTE_US
    gone = lead.ask("PUT", f"{SHOP}/plan", {"n": added["n"], "items": []}).data
    assert gone["timer"]["state"] == "off"
    answer = lead.ask("POST", f"{SHOP}/timer", {"do": "start", "item": "a"})
    assert (answer.status, answer.data["code"]) == (404, "E781")


def test_a_plan_is_not_written_over_one_its_author_never_saw(lead: Caller) -> None:
    n = lead.ask("GET", SHOP).data["n"]
    first, second = {"n": n, "title": "A", "items": []}, {"n": n, "title": "B", "items": []}  # fmt: skip
    assert lead.ask("PUT", f"{SHOP}/plan", first).status == 200
    answer = lead.ask("PUT", f"{SHOP}/plan", second)
    assert (answer.status, answer.data["code"]) == (409, "E780")
    assert lead.ask("GET", SHOP).data["title"] == "A"


def test_everybody_is_led_and_late_comers_too(lead: Caller, guest: Caller) -> None:
    first = lead.ask("POST", f"{SHOP}/lead", {"room": "readings/flow"}).data["lead"]
    again = lead.ask("POST", f"{SHOP}/lead", {"room": "at/step:pay"}).data["lead"]
    assert (first["who"], again["n"] - first["n"]) == ("Cleo", 1)
    # who comes late is told the same, and a guest no name
    assert guest.ask("GET", SHOP).data["lead"] == {"who": "", "room": "at/step:pay", "n": again["n"]}  # fmt: skip
    assert lead.ask("DELETE", f"{SHOP}/lead").data["lead"] is None
    for room in ("//evil.example", "javascript:alert(1)//", "../other", "/x", "a b", "x?y", "a/../../b"):  # fmt: skip
        assert lead.ask("POST", f"{SHOP}/lead", {"room": room}).status == 400, room
    assert lead.ask("GET", "/api/maps/none/workshop").status == 404


def test_two_servers_lose_nothing_of_each_other(database: str) -> None:
    logs = [EditLog(database) for _ in range(2)]
    one, other = (Workshops(log.engine) for log in logs)

    def late(now: Workshop) -> Workshop:
        # between reading and writing, the other server writes
        if not now.items:
            other.change("shop", lambda them: planned(them, "Today", [plan.items[0]], []))  # fmt: skip
        return led(now, "Cleo", "evidence")

    plan = ready_plans("en")["mapping"]
    one.change("shop", late)
    for each in (one, other):
        n, now = each.load("shop")
        assert (n, now.title, now.lead and now.lead.room) == (2, "Today", "evidence")
    with pytest.raises(WebError) as caught:
        other.change("shop", lambda now: led(now, "", None), seen=1)
    assert caught.value.code == "E780"
    for log in logs:
        log.close()


def test_ready_plans_are_told_in_the_language_asked_for(lead: Caller) -> None:
    def plans(language: str) -> list[dict[str, Any]]:
        path = f"/api/workshop-plans?language={language}"
        return list(lead.ask("GET", path).data["plans"])

    english, german, arabic = plans("en"), plans("de-AT"), plans("ar")
    assert set(LANGUAGES) == {"en", "de", "ar"}
    for other in (german, arabic):
        assert [one["name"] for one in english] == [one["name"] for one in other]
    for plan in (*english, *german, *arabic):
        assert f"({sum(one['minutes'] for one in plan['items'])} " in plan["title"]
    told = [one["title"] for plan in arabic for one in (plan, *plan["items"])]
    assert all(re.search("[\u0621-\u064a]", one) for one in told)
    assert german[0]["title"] == "Aufzeichnen, was wir glauben (90 Minuten)"
    assert plans("xx") == english
