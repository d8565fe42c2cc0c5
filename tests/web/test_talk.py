"""Comments: who may write what, whom they call, what is told to whom, and how much fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import insert
from tests.web.server import MAP, PASSWORD, Answer, Caller, Server, running

from desirepath.web.talk import audit
from desirepath.web.talk.tables import COMMENTS

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "{{7*7}} ${7*7} %s %n",
    "'; DROP TABLE comment; --",
    "a\u202egnp.exe",
    "=HYPERLINK(1)",
    "<@0123456789abcdef> <@zz>",
]
ONE = "/api/maps/shop"


@dataclass
class Team:
    """People of a map, and a guest who may comment."""

    server: Server
    ann: Caller
    ben: Caller
    vera: Caller
    lead: Caller
    guest: Caller

    def person(self, name: str) -> str:
        """Account of somebody."""
        return next(one.id for one in self.server.people.everyone() if one.name == name)

    def link(self, role: str) -> Caller:
        """A guest with a new link."""
        link = self.lead.ask("POST", f"{ONE}/links", {"role": role}).data["secret"]
        return self.server.caller().signed_in("/api/guest", {"link": link, "name": "Gus"})  # fmt: skip


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    with running(tmp_path_factory.mktemp("talk")) as server:
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


def begun(who: Caller, text: str = "Why is it slow?", ref: str = "step:pay") -> Any:
    answer = who.ask("POST", f"{ONE}/threads", {"ref": ref, "text": text})
    assert answer.status == 201, answer
    return answer.data


def threads(who: Caller, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = who.ask("GET", f"{ONE}/threads{query}").data["threads"]  # fmt: skip
    return found


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.data["code"]


def test_a_mention_calls_until_it_is_read_or_answered(team: Team) -> None:
    ben = team.person("Ben")
    with team.ben.live("shop", {"client": "ben"}) as page:
        page.hear("hello")
        thread = begun(team.ann, f"<@{ben}>, have you seen this?")
        assert page.hear("news")["about"] == "comments"
    assert thread["comments"][0]["mentions"] == [{"id": ben, "name": "Ben"}]
    (call,) = team.ben.ask("GET", "/api/mentions").data["mentions"]
    assert (call["thread"], call["author"]) == (thread["id"], "Ann")
    assert team.ben.ask("GET", f"{ONE}/talk").data["calling"] == 1
    assert team.ann.ask("GET", f"{ONE}/talk").data["calling"] == 0
    assert threads(team.ben, "?only=mentions")[0]["is_calling"]
    path = f"{ONE}/threads/{thread['id']}"
    assert team.ben.ask("POST", f"{path}/seen", {"n": 1}).status == 204
    assert team.ben.ask("GET", "/api/mentions").data["mentions"] == []
    again = team.ann.ask("POST", f"{path}/comments", {"text": f"<@{ben}>?"})
    assert again.status == 201
    assert len(team.ben.ask("GET", "/api/mentions").data["mentions"]) == 1
    unread = team.ann.ask("GET", f"{ONE}/talk").data["unread"]
    team.ben.ask("POST", f"{path}/comments", {"text": "I have."})
    assert team.ben.ask("GET", "/api/mentions").data["mentions"] == []
    assert team.ann.ask("GET", f"{ONE}/talk").data["unread"] == unread + 1


def test_only_people_who_may_come_in_can_be_mentioned(team: Team) -> None:
    team.server.person("Sue", "editor")
    sue = team.person("Sue")
    team.server.people.change(sue, {"suspended": True})
    for text in (f"<@{sue}>", "<@0123456789abcdef>"):
        answer = team.ann.ask("POST", f"{ONE}/threads", {"ref": "map", "text": text})
        assert refused(answer) == (400, "E772")
    text = f"<@{team.person('Ann')}>"
    answer = team.guest.ask("POST", f"{ONE}/threads", {"ref": "map", "text": text})
    assert refused(answer) == (400, "E772")
    names = [one["name"] for one in team.ben.ask("GET", f"{ONE}/people").data["people"]]
    assert names == ["Ada", "Ann", "Ben", "Lea", "Vera"]


def test_guests_are_told_no_name_of_the_team(team: Team) -> None:
    begun(team.ann, f"<@{team.person('Lea')}> knows", "stage:buy")
    mine = begun(team.guest, "I wait", "stage:buy")
    assert mine["comments"][0]["author"] == "Gus"
    seen = team.guest.ask("GET", f"{ONE}/threads")
    assert "@… knows" in str(seen.data)
    said = str([[c["author"], c["text"], c["mentions"]] for t in seen.data["threads"] for c in t["comments"]])  # fmt: skip
    for name in ("Ann", "Lea", "Ben", team.person("Lea")):
        assert name not in said
    assert team.guest.ask("GET", f"{ONE}/people").data == {"people": []}
    answer = team.guest.ask("GET", "/api/maps/other/threads")
    assert refused(answer) == (403, "E708")
    assert refused(team.link("viewer").ask("POST", f"{ONE}/threads", {"ref": "map", "text": "x"})) == (403, "E708")  # fmt: skip


def test_own_comments_are_changed_and_deleted_others_by_facilitators(
    team: Team,
) -> None:
    thread = begun(team.ben, "First", "statement:slow")
    path = f"{ONE}/threads/{thread['id']}/comments"
    comment = f"{ONE}/comments/{thread['comments'][0]['id']}"
    for who in (team.ann, team.guest):
        assert refused(who.ask("PATCH", comment, {"text": "Mine"})) == (403, "E708")
        assert refused(who.ask("DELETE", comment)) == (403, "E708")
    changed = team.ben.ask("PATCH", comment, {"text": "Firstly"}).data["comments"][0]
    assert (changed["text"], bool(changed["edited_us"])) == ("Firstly", True)
    guests = team.guest.ask("POST", path, {"text": "Secret"}).data["comments"][1]
    team.ann.ask("POST", path, {"text": "Third"})
    assert team.lead.ask("DELETE", f"{ONE}/comments/{guests['id']}").status == 204
    (found,) = threads(team.ann, "?ref=statement:slow")
    told = [(one["text"], one["is_deleted"]) for one in found["comments"]]
    assert told == [("Firstly", False), ("", True), ("Third", False)]
    done = audit.trail(team.server.log.engine, map_id="shop", action="comment")[0]
    assert (done.who, done.action, done.ref) == ("Lea", "comment.deleted", "statement:slow")  # fmt: skip
    assert "Secret" not in str(done)
    last = found["comments"][-1]["id"]
    assert team.ann.ask("DELETE", f"{ONE}/comments/{last}").status == 204
    # nothing answered it, nor what was deleted before it
    assert len(threads(team.ann, "?ref=statement:slow")[0]["comments"]) == 1
    assert refused(team.ann.ask("DELETE", f"{ONE}/comments/{last}")) == (404, "E770")


def test_what_was_taken_off_keeps_its_comments_and_takes_no_new_ones(
    team: Team,
) -> None:
    add = {"do": "add", "ref": "stage:late", "fields": {"name": "Late"}}
    assert team.ann.ask("POST", f"{ONE}/edits", add).status == 200
    begun(team.ben, "Do we need this?", "stage:late")
    gone = {"do": "mark_gone", "ref": "stage:late"}
    assert team.ann.ask("POST", f"{ONE}/edits", gone).status == 200
    (found,) = threads(team.ben, "?stage=stage:late")
    assert (found["is_gone"], found["label"]) == (True, "Late")
    for ref in ("stage:late", "stage:never", "finding:x y", "finding:a1b2:slow.0", ""):
        answer = team.ben.ask("POST", f"{ONE}/threads", {"ref": ref, "text": "?"})
        assert refused(answer) == (409, "E773")


def test_a_thread_is_done_and_opened_again(team: Team) -> None:
    thread = begun(team.ann, "Done soon", "map")
    path = f"{ONE}/threads/{thread['id']}"
    done = team.ben.ask("PATCH", path, {"resolved": True}).data
    assert (done["resolved_by"], done["resolved_us"] > 0) == ("Ben", True)
    assert thread["id"] not in [one["id"] for one in threads(team.ann, "?only=open")]
    assert thread["id"] in [one["id"] for one in threads(team.ann, "?only=resolved")]
    assert team.ann.ask("PATCH", path, {"resolved": False}).data["resolved_us"] == 0
    assert refused(team.vera.ask("PATCH", path, {"resolved": True})) == (403, "E708")
    assert refused(team.ann.ask("PATCH", path.replace("shop", "other"), {"resolved": True})) == (404, "E770")  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_written_is_kept_as_it_is(team: Team, text: str) -> None:
    team.server.clock.us += 1
    answer = team.ann.ask("POST", f"{ONE}/threads", {"ref": "map", "text": text})
    if "<@0" in text:
        assert refused(answer) == (400, "E772")
        return
    assert answer.data["comments"][0]["text"] == text
    assert threads(team.vera, "?only=all")[0]["comments"][0]["text"] == text


def test_what_is_sent_again_because_the_answer_was_lost_is_there_once(
    team: Team,
) -> None:
    first, again = (begun(team.ann, "It is slow") for _ in range(2))
    assert first["id"] == again["id"]
    path = f"{ONE}/threads/{first['id']}/comments"
    for who, text in ((team.ann, "It is slow"), (team.ben, "Yes"), (team.ben, "Yes"), (team.ann, "Yes")):  # fmt: skip
        answer = who.ask("POST", path, {"text": text})
    said = [one["text"] for one in answer.data["comments"]]
    assert said == ["It is slow", "Yes", "Yes"]
    team.server.clock.us += 61_000_000  # later it is said once more on purpose
    assert len(team.ann.ask("POST", path, {"text": "Yes"}).data["comments"]) == 4
    assert begun(team.ann, "It is slow")["id"] != first["id"]


def test_there_is_an_end_to_what_fits(team: Team) -> None:
    thread = begun(team.ann, "x" * 4_000)
    for text in ("x" * 4_001, "  ", ""):
        answer = team.ann.ask("POST", f"{ONE}/threads", {"ref": "map", "text": text})
        assert refused(answer) == (400, "E719")
    template = {
        "thread": thread["id"],
        "map": "shop",
        "author": "Ann",
        "person": "p",
        "session": "",
        "at_us": 1,
        "edited_us": 0,
        "deleted_us": 0,
        "text": "x",
    }
    rows = [template | {"id": f"many{n}", "n": n} for n in range(2, 501)]
    with team.server.log.engine.begin() as connection:
        connection.execute(insert(COMMENTS), rows)
    path = f"{ONE}/threads/{thread['id']}/comments"
    assert refused(team.ann.ask("POST", path, {"text": "one more"})) == (409, "E771")


def test_a_guest_writes_thirty_comments_a_minute(team: Team) -> None:
    guest = team.link("commenter")
    thread = begun(guest, "0")
    path = f"{ONE}/threads/{thread['id']}/comments"
    for n in range(29):
        assert guest.ask("POST", path, {"text": str(n)}).status == 201
    answer = guest.ask("POST", path, {"text": "too many"})
    assert refused(answer) == (429, "E709")
    assert int(answer.headers["retry-after"]) > 0
    assert team.ben.ask("POST", path, {"text": "people are not hurried"}).status == 201
    team.server.clock.us += 61_000_000
    assert guest.ask("POST", path, {"text": "a minute later"}).status == 201


def test_an_ended_link_ends_what_its_guests_may_write(team: Team) -> None:
    guest = team.link("commenter")
    begun(guest, "I was here")
    for one in team.server.people.keys(map_id="shop"):
        team.lead.ask("DELETE", f"{ONE}/links/{one.id}")
    answer = guest.ask("POST", f"{ONE}/threads", {"ref": "map", "text": "x"})
    assert answer.status == 401
    assert PASSWORD not in str(answer)
    team.guest = team.link("commenter")
