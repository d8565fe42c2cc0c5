"""What guests and strangers get, from every address there is: no words of customers, no names of the team, no small group."""

from __future__ import annotations

import html
import http.client
import io
import re
import zipfile
from collections.abc import Iterator
from itertools import product

import pytest
from tests.board.hostile_world import World, hostile_world
from tests.board.payloads import Words
from tests.web.server import Caller, running

from desirepath.web.openapi import described, document

# Accounts of the team, what they call tokens and links, and what customers wrote.
pytestmark = pytest.mark.nightly
SECRET = re.compile(r"person\.(name|added)|key\.name|answers\..*|story\..*|vote\.apart\.(department|other)\..*|events\.rare|segment\.few")  # fmt: skip
# On pages for everybody nobody is named at all, and nothing is talked about.
OF_TEAM = re.compile(r".*\.owner|.*\.source\.by|touchpoint\.people|thread\..*|comment\..*|guest\.name|note\..*|plan\..*|proposal\..*|decision\..*|source\..*|result\..*|problem\..*|change\..*|series\..*|vote\..*")  # fmt: skip
ROLES = ("viewer", "commenter", "editor")
VALUES = {"language": ("de",), "limit": ("100",), "level": ("0", "1"), "of": ("steps", "activities")}  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A server on which every text and every name is a canary that is known by its number."""
    folder = tmp_path_factory.mktemp("canaries")
    for name in ("project", "jobs"):
        (folder / name).mkdir()
    with running(folder, project=folder / "project", with_jobs=True) as server:
        yield hostile_world(server, Words(("canary",)), "cage", folder / "jobs")


def canaries(world: World, pattern: re.Pattern[str]) -> dict[str, str]:
    """Marks of the fields a pattern names, by field."""
    return {name: text.rpartition(" ")[2] for name, text in world.words.given.items() if pattern.fullmatch(name)}  # fmt: skip


def sung(text: str, marks: dict[str, str]) -> list[str]:
    """Fields whose canary is heard in a text."""
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
    known = set(re.findall(r"canary (w\d+w)", words))
    return [name for name, mark in marks.items() if mark in known]


def body(port: int, path: str, headers: dict[str, str]) -> tuple[int, str]:
    """What an address answers, as text; what is in an archive too."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b"\n".join(archive.read(one) for one in archive.namelist())
    return answer.status, data.decode("utf-8", "replace")


def addresses(world: World, names: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Every address that can be read, with everything that may stand in it."""
    routes = world.server.app.routes
    for path, operations in document(routes)["paths"].items():
        if "get" not in operations or path == "/api/openapi.json":
            continue
        holes = re.findall(r"{(\w+)}", path)
        for filled in product(*(names.get(one, ("x",)) for one in holes)):
            address = path
            for hole, value in zip(holes, filled, strict=True):
                address = address.replace(f"{{{hole}}}", value)
            yield address
            for one in operations["get"].get("parameters", []):
                if one["in"] == "query":
                    choices = one["schema"].get("enum") or names.get(one["name"]) or VALUES.get(one["name"], ())  # fmt: skip
                    yield from (f"{address}?{one['name']}={value}" for value in choices)


def known(world: World) -> dict[str, tuple[str, ...]]:
    """Everything with a name of its own, as a facilitator learns it."""
    lead, at = world.lead, world.at
    given = world.words.given
    found: dict[str, list[str]] = {
        "map": [world.map_id],
        "template": [one["name"] for one in lead.ask("GET", "/api/templates").data["templates"]][:1],
        "proposal": [world.names["proposal"]],
        "source": [world.names["events"], world.names["feedback"]],
        "job": [one["id"] for one in lead.ask("GET", at("jobs")).data["jobs"]],
        "reading": [one["name"] for one in lead.ask("GET", at("readings")).data["readings"]],
        "persona": ["somebody"],
        "version": [quoted(given["version.name"])],
    }  # fmt: skip
    found["name"] = found["template"]
    segments = [f"{given['events.column']}={given[one]}" for one in ("segment.a", "segment.b", "segment.few")]  # fmt: skip
    found["segment"] = found["against"] = [quoted(one) for one in segments]
    sides = lead.ask("GET", at("progress/sides")).data
    found["before"] = found["after"] = re.findall(r"'id': '([^']+)'", str(sides))[:3]
    return {name: tuple(values) for name, values in found.items()}


def quoted(text: str) -> str:
    return text.replace(" ", "%20").replace("=", "%3D")


def guest(world: World, role: str) -> Caller:
    link = world.lead.ask("POST", world.at("links"), {"role": role}).data["secret"]
    return world.server.caller().signed_in("/api/guest", {"link": link, "name": "Gus"})


@pytest.mark.parametrize("role", ROLES)
def test_guests_hear_no_canary_at_any_address(world: World, role: str) -> None:
    page, marks = guest(world, role), canaries(world, SECRET)
    assert len(marks) > 10
    heard: list[str] = []
    shown = 0
    for address in addresses(world, known(world)):
        status, text = body(world.server.port, address, page.headers())
        shown += status == 200
        heard += [f"{address}: {one}" for one in sung(text, marks)]
    with page.live(world.map_id, {"client": "listening"}) as socket:
        heard += [f"live: {one}" for one in sung(str(socket.hear("hello")), marks)]
    assert not heard, "\n".join(heard)
    assert shown > 20


def test_strangers_hear_no_canary_on_pages_for_everybody(world: World) -> None:
    marks = canaries(world, SECRET) | canaries(world, OF_TEAM)
    # a proposal that was accepted stands on the map, and words of customers were released for these pages
    shown = ("proposal.value", "answers.")
    marks = {name: mark for name, mark in marks.items() if not name.startswith(shown)}
    paths = [f"/p/{world.names[one]}" for one in ("public", "version", "locked")]
    heard: list[str] = []
    for path in [*paths, world.names["tell"], f"{world.names['tell']}?thanks=1"]:
        status, text = body(world.server.port, path, {})
        assert status == 200
        heard += [f"{path}: {one}" for one in sung(text, marks)]
    for address in addresses(world, known(world)):
        status, text = body(world.server.port, address, {})
        heard += [f"{address}: {one}" for one in sung(text, canaries(world, re.compile(".*")))]  # fmt: skip
    assert not heard, "\n".join(heard)


def test_members_hear_every_canary_somewhere(world: World) -> None:
    """Else the others would prove nothing."""
    marks = canaries(world, SECRET)
    heard: set[str] = set()
    for address in addresses(world, known(world)):
        heard |= set(sung(body(world.server.port, address, world.lead.headers())[1], marks))  # fmt: skip
    silent = set(marks) - heard
    # votes that are not revealed say nothing to anybody; an accepted story is evidence
    assert {one for one in silent if not (one.endswith(".open") or one.startswith("story."))} == set()  # fmt: skip


def test_every_route_that_can_be_read_is_tried(world: World) -> None:
    tried = {one.partition("?")[0] for one in addresses(world, known(world))}
    routes = [one for one in described(world.server.app.routes) if "GET" in (one.methods or ())]  # fmt: skip
    for one in routes:
        pattern = re.sub(r"{\w+}", "[^/]+", one.path)
        assert one.path == "/api/openapi.json" or any(re.fullmatch(pattern, path) for path in tried), one.path  # fmt: skip
