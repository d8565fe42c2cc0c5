"""Every route that changes something leaves an entry in the audit trail, or has a reason not to."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.web.direct import Direct, direct
from tests.web.server import MAP, PASSWORD

from desirepath.web.api.asking import UNSAFE
from desirepath.web.openapi import described, method_of
from desirepath.web.talk.audit import trail
from desirepath.web.workshop.notes import Notes
from desirepath.web.workshop.stories import Stories, Told

ONE = "/api/maps/{map}"
HISTORY = "the history of the map says who made which edit and when"
SAYS_ITSELF = "each comment says who wrote it and when, to everybody"
LIVE = "runs while people are together, and is shown to all of them at once"
SORTING = "proposes where a note belongs; the cards it becomes are edits"
UNTOLD = {
    "DELETE /api/session": "ends one's own session, and changes nothing",
    f"PUT {ONE}": HISTORY,
    f"POST {ONE}/edits": HISTORY,
    "POST /api/catalogue/edits": HISTORY,
    "POST /api/images": "a picture is seen nowhere until an edit names it",
    f"POST {ONE}/threads": SAYS_ITSELF,
    f"POST {ONE}/threads/{{thread}}/comments": SAYS_ITSELF,
    f"PATCH {ONE}/comments/{{comment}}": SAYS_ITSELF,
    f"POST {ONE}/threads/{{thread}}/seen": "tells nobody but the reader what they have read",
    f"POST {ONE}/votes/{{vote}}/ballot": "who voted, and when, is secret",
    f"POST {ONE}/workshop/timer": LIVE,
    f"POST {ONE}/workshop/lead": LIVE,
    f"DELETE {ONE}/workshop/lead": LIVE,
    f"POST {ONE}/notes/sort": SORTING,
    f"PATCH {ONE}/notes/{{note}}": SORTING,
    f"POST {ONE}/notes/{{note}}/merge": SORTING,
}
# These need files, a run or a check; tests of their own look at what they leave.
ELSEWHERE = {
    "POST /api/first": "session.begun",
    "POST /api/import": "map.imported",
    f"POST {ONE}/sources": "source.sent",
    f"PATCH {ONE}/sources/{{source}}": "source.changed",
    f"POST {ONE}/sources/{{source}}/confirm": "source.kept",
    f"DELETE {ONE}/sources/{{source}}": "source.removed",
    f"POST {ONE}/jobs": "job.asked",
    f"DELETE {ONE}/jobs/{{job}}": "job.cancelled",
    f"PUT {ONE}/pages/quotes/{{quote}}": "quote.released",
    f"DELETE {ONE}/pages/quotes/{{quote}}": "quote.taken_back",
}
EDIT = {"do": "change", "ref": "statement:slow", "field": "text", "value": "It is very slow"}  # fmt: skip
GONE = {"do": "mark_gone", "ref": "statement:slow"}
YAML = {"Content-Type": "application/yaml"}
VOTE = {"question": "How?", "kind": "apart", "measure": "emotion", "options": [{"key": "a", "ref": "step:pay", "text": "I pay"}]}  # fmt: skip


class Tries:
    """Asks as an administrator, and keeps which routes left an entry."""

    def __init__(self, app: Direct) -> None:
        self.app = app
        app.people.add("Ada", PASSWORD, "administrator")
        (self.ada,) = app.people.everyone()
        self.token = app.people.new_token(self.ada.id, "script", app.clock() + 10**15)[0]  # fmt: skip
        self.routes = {
            f"{method_of(one)} {one.path}": one
            for one in described(app.app.routes)
            if method_of(one) in UNSAFE
        }
        self.told: dict[str, set[str]] = {}

    def ask(self, method: str, path: str, data: object = None, **headers: str) -> Any:
        if not path.startswith("/api"):
            path = f"/api/maps/shop{path}"
        told = {"Content-Type": "application/json"} | headers
        if self.token:
            told["Authorization"] = f"Bearer {self.token}"
        body = data.encode() if isinstance(data, str) else json.dumps(data or {}).encode()  # fmt: skip
        before = {one.id for one in trail(self.app.log.engine)}
        answer = self.app.ask(method, path, told, body)
        assert answer.status < 300, (path, answer)
        done = {one.action for one in trail(self.app.log.engine) if one.id not in before}  # fmt: skip
        self.told.setdefault(self.route(method, path), set()).update(done)
        return answer.data

    def route(self, method: str, path: str) -> str:
        """The route of an address: of several that fit, the one with the fewest gaps."""
        fits = [
            name
            for name, one in self.routes.items()
            if method == method_of(one)
            and re.fullmatch(re.sub(r"{\w+}", "[^/]+", one.path), path)
        ]
        return min(fits, key=lambda name: name.count("{"))


def test_every_deed_leaves_an_entry_or_has_a_reason_not_to(tmp_path: Path) -> None:
    with direct(tmp_path) as app:
        tries = Tries(app)
        people(tries)
        maps(tries)
        numbers(tries)
        talk(tries)
        workshop(tries)
        silent = {name for name, actions in tries.told.items() if not actions}
        assert silent <= UNTOLD.keys(), "leave no entry"
        assert tries.told.keys() - silent == tries.routes.keys() - UNTOLD.keys() - ELSEWHERE.keys()  # fmt: skip
        assert (UNTOLD | ELSEWHERE).keys() <= tries.routes.keys()


def people(tries: Tries) -> None:
    program, tries.token = tries.token, ""
    tries.ask("POST", "/api/session", {"name": "Ada", "password": PASSWORD})
    tries.ask("DELETE", "/api/session")
    tries.token = program
    ben = tries.ask("POST", "/api/people", {"name": "Ben", "password": PASSWORD, "role": "viewer"})  # fmt: skip
    tries.ask("PATCH", f"/api/people/{ben['id']}", {"role": "editor"})
    key = tries.ask("POST", "/api/keys", {"name": "robot"})
    tries.ask("DELETE", f"/api/keys/{key['id']}")


def maps(tries: Tries) -> None:
    tries.ask("POST", "/api/maps", MAP.format(map_id="shop"), **YAML)
    tries.ask("PUT", "", MAP.format(map_id="shop"), **YAML)
    tries.ask("POST", "/edits", EDIT)
    tries.ask("POST", "/copies", {"title": "Mine"})
    tries.ask("POST", "/api/templates/classic/maps", {"title": "Ours"})
    tries.ask("POST", "/api/drafts", {"who": "Mia", "goal": "A plant"})
    shared = {"do": "add", "ref": "persona:ann", "fields": {"name": "Ann"}}
    tries.ask("POST", "/api/catalogue/edits", shared)
    tries.ask("POST", "/versions", {"name": "May"})
    tries.ask("POST", "/edits", EDIT | {"value": "It is slow"})
    tries.ask("POST", "/versions/May/restore")
    link = tries.ask("POST", "/links", {"role": "viewer"})
    program, tries.token = tries.token, ""
    tries.ask("POST", "/api/guest", {"link": link["secret"]})
    tries.token = program
    tries.ask("DELETE", f"/links/{link['id']}")
    page = tries.ask("POST", "/pages", {"layers": ["belief"], "days": 1})
    tries.ask("DELETE", f"/pages/{page['id']}")
    tries.ask("PUT", "/schedule", {"every": "daily", "hour": 6})


def numbers(tries: Tries) -> None:
    series = tries.ask("POST", "/series", {"ref": "map", "kind": "nps", "name": "NPS"})["id"]  # fmt: skip
    tries.ask("PATCH", f"/series/{series}", {"target": "31"})
    tries.ask("POST", f"/series/{series}/points", {"day": "2023-01-31", "value": "12"})
    csv = {"Content-Type": "text/csv"}
    tries.ask("POST", f"/series/{series}/import", "2023-02-28,14", **csv)
    tries.ask("DELETE", f"/series/{series}/points/2023-01-31")
    tries.ask("DELETE", f"/series/{series}")
    change = {"day": "2023-02-01", "what": "A new page"}
    made = tries.ask("POST", "/changes", change)["id"]
    tries.ask("PUT", f"/changes/{made}", change)
    tries.ask("DELETE", f"/changes/{made}")
    done = trail(tries.app.log.engine, map_id="shop", action="numbers")
    assert [one.detail["name"] for one in done] == ["NPS"] * 3


def talk(tries: Tries) -> None:
    begun = tries.ask("POST", "/threads", {"ref": "step:pay", "text": "Slow"})
    thread = f"/threads/{begun['id']}"
    said = tries.ask("POST", f"{thread}/comments", {"text": "Very"})
    comment = f"/comments/{said['comments'][-1]['id']}"
    tries.ask("PATCH", comment, {"text": "Very slow"})
    tries.ask("POST", f"{thread}/seen", {"n": 2})
    for is_done in (True, True, False):
        tries.ask("PATCH", thread, {"resolved": is_done})
    done = trail(tries.app.log.engine, map_id="shop", action="thread")
    assert [one.action for one in done] == ["thread.opened", "thread.done"]
    tries.ask("PUT", f"{thread}/task", {"person": tries.ada.id, "due": "2023-11-20"})
    tries.ask("DELETE", f"{thread}/task")
    tries.ask("DELETE", comment)
    made = tries.ask("POST", "/proposals", {"title": "Say it", "edits": [EDIT | {"value": "Dear"}, GONE]})["id"]  # fmt: skip
    tries.ask("POST", f"/proposals/{made}/decisions", {"decisions": [{"n": 1, "accept": True}]})  # fmt: skip
    for _ in range(2):  # twice is once
        tries.ask("DELETE", f"/proposals/{made}")
    done = trail(tries.app.log.engine, map_id="shop", action="proposal")
    assert [one.action for one in done] == ["proposal.withdrawn", "proposal.accepted", "proposal.made"]  # fmt: skip


def workshop(tries: Tries) -> None:
    item = {"id": "a", "title": "Draw", "minutes": 5}
    tries.ask("PUT", "/workshop/plan", {"n": 0, "items": [item]})
    tries.ask("POST", "/workshop/timer", {"do": "start", "item": "a"})
    tries.ask("POST", "/workshop/lead", {"room": "evidence"})
    tries.ask("DELETE", "/workshop/lead")
    vote = f"/votes/{tries.ask('POST', '/votes', VOTE)['id']}"
    tries.ask("POST", f"{vote}/ballot", {"department": "Sales", "said": {"a": 2}})
    for deed in ("close", "reveal", "keep", "close", "reveal", "keep", "repeat"):
        tries.ask("POST", f"{vote}/{deed}")
    tries.ask("DELETE", vote)
    done = trail(tries.app.log.engine, map_id="shop", action="vote")[::-1]
    told = [one.action.partition(".")[2] for one in done]
    assert told == ["begun", "closed", "revealed", "kept", "begun", "removed"]
    link = tries.ask("POST", "/story-links", {"days": 1})
    stories = Stories(tries.app.people)
    known = stories.link_of(link["address"].rpartition("/")[2], tries.app.clock())
    assert known is not None
    stories.tell(known, Told(step="pay", text="x", who="staff", when="2023"), 1)
    (story,) = stories.all("shop")
    tries.ask("POST", f"/stories/{story.id}/accept")
    tries.ask("DELETE", f"/stories/{story.id}")
    tries.ask("DELETE", f"/story-links/{link['id']}")
    tries.ask("POST", "/notes", {"text": "Slow\nVery slow\nDear"})
    one, two, three = Notes(tries.app.log.engine).all("shop")
    tries.ask("PATCH", f"/notes/{one}", {"lane": "pains"})
    tries.ask("POST", "/notes/sort", {"notes": {two: {"lane": "pains"}}})
    tries.ask("POST", f"/notes/{one}/merge", {"ids": [two]})
    tries.ask("POST", "/notes/put", {"notes": {one: "statement:slow"}})
    tries.ask("POST", "/notes/remove", {"ids": [three]})
