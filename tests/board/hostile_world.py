"""A server where every field people can type into, and every name that is imported, would be a program."""

from __future__ import annotations

import io
import json
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from PIL import Image
from tests.board.hostile_map import (
    hostile_answers,
    hostile_events,
    hostile_map,
    hostile_persona,
    hostile_results,
)
from tests.board.payloads import Words
from tests.web.server import PASSWORD, Answer, Caller, Server

from desirepath.errors import Problem
from desirepath.web.jobs.queue import Jobs
from desirepath.web.jobs.results import Extent, ReadSource, Results

YAML, OCTETS = "application/yaml", "application/octet-stream"


@dataclass
class World:
    """A hostile map and everything around it.

    Attributes:
        server: Where it stands.
        words: What each field was given.
        map_id: The map.
        lead: An administrator with a hostile name; everything was made by them.
        names: Ids and addresses that pages need: of a proposal, a source, a public page, a form, a link.
        sent: What was sent, by method and address of the API.
    """

    server: Server
    words: Words
    map_id: str
    lead: Caller
    names: dict[str, str] = field(default_factory=dict)
    sent: list[tuple[str, str, Any]] = field(default_factory=list)

    def ask(self, method: str, path: str, data: Any = None, *, who: Caller | None = None, **headers: str) -> Any:  # fmt: skip
        """What the server answers to a request that it must take."""
        self.sent.append((method, path, data))
        answer: Answer = (who or self.lead).ask(method, path, data, **headers)
        assert answer.status < 300, (method, path, answer)
        return answer.data

    def at(self, rest: str) -> str:
        """An address of the API below that of the map."""
        return f"/api/maps/{self.map_id}/{rest}"


def hostile_world(server: Server, words: Words, map_id: str, folder: Path) -> World:
    """Fill a server through its API as people do, and with results as jobs do.

    Args:
        server: The server; it must have a folder of a project.
        words: Gives words for every field.
        map_id: Id of the map.
        folder: An empty folder for files of the jobs.
    """
    name = words("person.name", 190)
    server.people.add(name, PASSWORD, "administrator")
    secret = server.people.sign_in(name, PASSWORD, server.clock())
    world = World(server, words, map_id, Caller(server.port, secret))
    world.names["person"] = " ".join(name.split())
    events, named = hostile_events(words)
    answers = hostile_answers(words)
    journey = hostile_map(words, named, map_id, _picture(world))
    world.ask("POST", "/api/maps", json.dumps(journey), Content_Type=YAML)
    found = hostile_results(folder, journey, events, answers)
    _keep(world, found)
    for fill in (_people, _library, _talk, _proposals, _workshop, _votes, _notes, _stories, _progress, _publish):  # fmt: skip
        fill(world)
    _sources(world, events, answers)
    return world


def _picture(world: World) -> str:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "#7a4cc2").save(file, "PNG")
    return str(raw(world.lead, "/api/images", file.getvalue(), "image/png")["id"])


def raw(caller: Caller, path: str, content: bytes, kind: str) -> Any:
    """What the server answers to bytes."""
    connection = HTTPConnection("127.0.0.1", caller.port, timeout=60)
    connection.request("POST", path, content, caller.headers() | {"Content-Type": kind})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert answer.status in (201, 202), body
    return json.loads(body)


def _keep(world: World, found: dict[str, dict[str, Any]]) -> None:
    """Results of all kinds of jobs, one earlier check, and a job that failed."""
    server, words = world.server, world.words
    results, by = Results(server.log.engine), world.names["person"]
    source = [ReadSource(words("result.source", 120), "ab" * 32, 9)]
    stored = server.log.load(world.map_id)
    check = found["check"]
    earlier = json.loads(json.dumps(check))
    for one in earlier["report"]["verdicts"]:
        one["verdict"] = "confirmed" if one["verdict"] == "refuted" else one["verdict"]
    every = [("check", earlier, 2)] + [(kind, parts, 1) for kind, parts in found.items()]  # fmt: skip
    for kind, parts, days in every:
        results.add(
            world.map_id,
            kind,
            parts,
            seq=stored.seq,
            epoch=stored.epoch,
            made_us=server.clock() - days * 86_400_000_000,
            by=by,
            sources=source,
            extent=Extent(60, 180, "2023-01-01", "2023-06-28"),
        )
    runner = server.app.state.runner
    runner._stops.set()  # so that nothing claims the job before it has failed
    runner._thread.join()
    jobs = Jobs(server.log.engine)
    jobs.ask(world.map_id, "check", {}, by, "", server.clock())
    claimed = jobs.claim(server.log.server, server.clock())
    assert claimed is not None
    problem = Problem("E223", words("problem.what"), words("problem.place"), words("problem.hint"))  # fmt: skip
    jobs.end(claimed, "failed", server.clock(), [problem])


def _people(world: World) -> None:
    words = world.words
    lane = words("person.lanes", 90)
    body = {"name": words("person.added", 190), "password": PASSWORD, "role": "editor", "lanes": [lane]}  # fmt: skip
    made = world.ask("POST", "/api/people", body)
    world.names["member"] = made["id"]
    world.ask("PATCH", f"/api/people/{made['id']}", {"lanes": [words("person.lanes.changed", 90)]})  # fmt: skip
    world.ask("POST", "/api/keys", {"name": words("key.name")})
    world.ask("POST", world.at("versions"), {"name": words("version.name")})
    edits = [{"do": "add", "ref": f"persona:shared-{world.map_id}", "fields": hostile_persona(words, "shared")}]  # fmt: skip
    world.ask("POST", "/api/catalogue/edits", {"do": "together", "edits": edits})
    # two edits, so that the map has a past: an activity, a difference of versions
    for ref, name in (("step:look", "name"), ("statement:pay-1", "text")):
        value = words(f"edited.{name}")
        world.ask("POST", world.at("edits"), {"do": "change", "ref": ref, "field": name, "value": value})  # fmt: skip
    added = {"do": "add", "ref": "statement:extra", "place": {"at": "step:wait", "lane": "pains"}, "fields": {"text": words("added.text")}}  # fmt: skip
    world.ask("POST", world.at("edits"), added)


def _library(world: World) -> None:
    words = world.words
    world.ask("POST", world.at("copies"), {"title": words("copy.title", 400)})
    template = world.ask("GET", "/api/templates")["templates"][0]["name"]
    world.ask("POST", f"/api/templates/{template}/maps", {"title": words("template.title", 400)})  # fmt: skip
    stage = {one: [words(f"draft.stages.{one}")] for one in ("does", "touchpoints", "thinks", "asks", "pains", "gains")}  # fmt: skip
    stages = [{"name": words("draft.stages.name"), **stage}]
    texts = {one: words(f"draft.{one}") for one in ("title", "who", "trigger", "goal", "why", "starts", "ends")}  # fmt: skip
    drafted = world.ask("POST", "/api/drafts", {"language": "en", "stages": stages, **texts})  # fmt: skip
    world.names["drafted"] = drafted["id"]


def _talk(world: World) -> None:
    words = world.words
    link = world.ask("POST", world.at("links"), {"role": "commenter"})
    world.names["link"] = link["secret"]
    name = words("guest.name", 90)
    guest = world.server.caller().signed_in("/api/guest", {"link": link["secret"], "name": name})  # fmt: skip
    world.names["guest"] = guest.cookie
    text = f"{words('thread.text', 2000)} <@{world.names['member']}>"
    thread = world.ask("POST", world.at("threads"), {"ref": "step:look", "text": text})
    path = world.at(f"threads/{thread['id']}")
    world.ask("POST", f"{path}/comments", {"text": words("comment.text", 2000)}, who=guest)  # fmt: skip
    comment = world.ask("POST", f"{path}/comments", {"text": "x"})["comments"][-1]
    world.ask("PATCH", world.at(f"comments/{comment['id']}"), {"text": words("comment.changed", 2000)})  # fmt: skip
    other = world.ask("POST", world.at("threads"), {"ref": "statement:pay-0", "text": words("thread.done", 2000)})  # fmt: skip
    world.ask("PATCH", world.at(f"threads/{other['id']}"), {"resolved": True})


def _proposals(world: World) -> None:
    words = world.words
    edits = [
        {"do": "change", "ref": "statement:pay-0", "field": "text", "value": words("proposal.value")},
        {"do": "add", "ref": "statement:new", "place": {"at": "step:pay", "lane": "pains"}, "fields": {"text": words("proposal.added")}},
        {"do": "change", "ref": "step:wait", "field": "name", "value": words("proposal.open")},
    ]  # fmt: skip
    body = {"title": words("proposal.title", 200), "reason": words("proposal.reason", 2000), "edits": edits}  # fmt: skip
    proposal = world.ask("POST", world.at("proposals"), body)["id"]
    world.names["proposal"] = proposal
    decided = {"decisions": [{"n": 1, "accept": True}, {"n": 2, "accept": False}], "comment": words("decision.comment", 2000)}  # fmt: skip
    world.ask("POST", world.at(f"proposals/{proposal}/decisions"), decided)


def _workshop(world: World) -> None:
    words = world.words
    item = {"id": "a", "title": words("plan.item.title", 190), "what": words("plan.item.what", 1000), "room": "readings/flow"}  # fmt: skip
    plan = {
        "n": world.ask("GET", world.at("workshop"))["n"],
        "title": words("plan.title", 190),
        "items": [item],
        "parts": [{"part": "scribe", "who": words("plan.parts.who", 190)}],
    }
    world.ask("PUT", world.at("workshop/plan"), plan)
    world.ask("POST", world.at("workshop/timer"), {"do": "start", "item": "a"})
    world.ask("POST", world.at("workshop/timer"), {"do": "pause"})


def _votes(world: World) -> None:
    words = world.words
    other = world.server.person(f"Other {world.map_id}", "editor")
    for kind, name in (("dots", "dots"), ("apart", "apart")):
        options = [
            {"key": "a", "text": words(f"vote.{name}.option", 900)},
            {"key": "step:pay", "ref": "step:pay", "text": words(f"vote.{name}.card", 900)},
        ]  # fmt: skip
        asked = {"question": words(f"vote.{name}.question", 400), "kind": kind, "options": options, "measure": "emotion"}  # fmt: skip
        for state in ("open", "revealed"):
            vote = world.ask("POST", world.at("votes"), asked)["id"]
            department = words(f"vote.{name}.department.{state}", 100) if kind == "apart" else ""  # fmt: skip
            ballot = {"department": department, "said": {"a": 1, "step:pay": 1}}
            world.ask("POST", world.at(f"votes/{vote}/ballot"), ballot)
            if kind == "apart":
                ballot["department"] = words(f"vote.apart.other.{state}", 100)
                world.ask("POST", world.at(f"votes/{vote}/ballot"), ballot, who=other)
            if state == "revealed":
                world.ask("POST", world.at(f"votes/{vote}/reveal"))


def _notes(world: World) -> None:
    words = world.words
    lines = [f"It is broken {words(f'note.{number}', 300)}" for number in range(3)]
    world.ask("POST", world.at("notes"), {"text": "\n".join(lines)})
    notes = world.ask("GET", world.at("notes"))["notes"]
    changed = {"text": words("note.changed", 300), "lane": "pains", "at": "step:pay"}
    world.ask("PATCH", world.at(f"notes/{notes[0]['id']}"), changed)


def _stories(world: World) -> None:
    address = world.ask("POST", world.at("story-links"), {"days": 3})["address"]
    world.names["tell"] = urlsplit(address).path
    for number in range(2):
        form = {
            "step": "pay", "text": world.words(f"story.{number}", 600), "who": "staff", "heard_from": "12",
            "how_often": "daily", "when": "2023-11-01", "permission": "inside", "website": "",
        }  # fmt: skip
        own = {"Origin": f"http://127.0.0.1:{world.server.port}", "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
        connection = HTTPConnection("127.0.0.1", world.server.port, timeout=60)
        connection.request("POST", world.names["tell"], urlencode(form), own)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        assert answer.status == 303
    story = world.ask("GET", world.at("stories"))["stories"][0]["id"]
    world.ask("POST", world.at(f"stories/{story}/accept"), {})


def _progress(world: World) -> None:
    words = world.words
    typed = {"ref": "map", "kind": "own", "name": words("series.name", 190), "unit": words("series.unit", 40)}  # fmt: skip
    series = world.ask("POST", world.at("series"), typed)["id"]
    for day, value in (("2023-02-01", "40"), ("2023-03-01", "44")):
        world.ask("POST", world.at(f"series/{series}/points"), {"day": day, "value": value, "n": 60})  # fmt: skip
    world.ask("PATCH", world.at(f"series/{series}"), {"name": words("series.changed", 190)})  # fmt: skip
    measured = {"ref": "step:pay", "kind": "share", "name": words("series.measured", 190), "measure": "reach", "target": "50 %"}  # fmt: skip
    world.ask("POST", world.at("series"), measured)
    change = {"day": "2023-02-10", "what": words("change.what", 190), "owner": words("change.owner", 190), "refs": ["step:pay"]}  # fmt: skip
    world.ask("POST", world.at("changes"), change)


def _publish(world: World) -> None:
    layers = ["belief", "verdicts", "numbers", "emotion", "quotes", "backstage"]
    for one in world.ask("GET", world.at("pages/quotes"))["quotes"]:
        world.ask("PUT", world.at(f"pages/quotes/{one['key']}"))
    body = {"layers": layers, "version": world.words.given["version.name"]}
    named = world.ask("POST", world.at("pages"), body)
    newest = world.ask("POST", world.at("pages"), body | {"version": ""})
    locked = world.ask("POST", world.at("pages"), body | {"version": "", "password": PASSWORD})  # fmt: skip
    for name, one in (("version", named), ("public", newest), ("locked", locked)):
        world.names[name] = one["secret"]


def _sources(world: World, events: str, answers: str) -> None:
    """One file that waits for a yes, and one in use."""
    words = world.words
    for content, kind in ((answers, "feedback"), (events, "events")):
        name = words(f"source.{kind}", 180)
        path = world.at(f"sources?name={quote(f'{name}.csv')}&kind={kind}")
        world.names[kind] = raw(world.lead, path, content.encode(), OCTETS)["id"]
        _settled(world, kind)
    world.ask("POST", world.at(f"sources/{world.names['feedback']}/confirm"))
    _settled(world, "feedback")


def _settled(world: World, kind: str) -> None:
    """Wait until nothing is under way with a file."""
    path = world.at(f"sources/{world.names[kind]}")
    while (source := world.lead.ask("GET", path).data["source"])["doing"]:
        time.sleep(0.02)
    assert not source["is_failed"], source
