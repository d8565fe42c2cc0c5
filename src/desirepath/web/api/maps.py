"""Maps: list, make, read, edit, name versions, go back to them, draw."""

from __future__ import annotations

import secrets
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.maps.edits.between import edits_between
from desirepath.maps.edits.board import Board, board_of
from desirepath.maps.edits.commands import Together, edit_data
from desirepath.maps.files import map_text, parse_map
from desirepath.web.api.asking import (
    MOST_BYTES,
    body_of,
    denied,
    desk_of,
    json_of,
    people_of,
    route,
)
from desirepath.web.api.describe import PageAsked, asked, given, page_of, taken
from desirepath.web.api.forms import (
    BoardSaid,
    EditSaved,
    EditSent,
    LinkSaid,
    LinksSaid,
    MapMade,
    MapSaid,
    MapsSaid,
    NewLink,
    NewVersion,
    SecretSaid,
    VersionMade,
    VersionSaid,
    VersionsSaid,
)
from desirepath.web.api.people import noted
from desirepath.web.collab.members import problem_in
from desirepath.web.people import Key
from desirepath.web.policy import Actor, refusal
from desirepath.web.shelf import SHARED

EPOCH_BYTES = 8
DAY_US = 86_400 * 1_000_000
NEWEST = (
    10**18
)  # minus the number of an edit: such keys rise from the newest to the oldest
YAML, JSON = "application/yaml", "application/json"


async def list_maps(request: Request, actor: Actor) -> Response:
    """Ids, titles and last edits of the maps, a page at a time."""
    if actor.role is None:
        return denied(actor, "sign in first")
    maps = desk_of(request).rooms.log.maps()
    ids = [one for one in maps if one != SHARED and not refusal(actor, "look", one)]
    part, after = page_of(ids, str, asked(PageAsked, request))
    return given(MapsSaid(maps=[_card(request, one) for one in part], after=after))


def _card(request: Request, map_id: str) -> MapSaid:
    seq, board = _now(request, map_id)
    fields = board.cards["map"].fields
    return MapSaid(
        id=map_id,
        title=fields.get("title", ""),
        status=fields.get("status", "draft"),
        owner=fields.get("owner"),
        stages=len(board.row("map", "stage")),
        seq=seq,
    )


def _now(request: Request, map_id: str) -> tuple[int, Board]:
    """Number of the last durable edit of a map and the map after it."""
    rooms = desk_of(request).rooms
    if map_id in rooms.open:
        room = rooms.open[map_id]
        return room.saved_seq, room.saved_board
    stored = rooms.log.load(map_id)
    return stored.seq, stored.board


async def make_map(request: Request, actor: Actor) -> Response:
    """A new map from YAML or JSON text."""
    body = await body_of(request, actor)
    is_json = "json" in request.headers.get("content-type", "")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        what = "expected UTF-8 text"
        raise WebError(Problem("E717", what, hint="Send the map as UTF-8.")) from None
    journey = parse_map(text, "the map.json" if is_json else "the map.yaml")
    if set(journey.id) & set("/?#%"):
        what = f'"{journey.id}" cannot stand in an address'
        raise WebError(Problem("E719", what, hint="Give the map another id."))
    desk = desk_of(request)
    epoch = secrets.token_hex(EPOCH_BYTES)
    desk.rooms.log.create(board_of(journey), epoch, actor.name, desk.now_us())
    noted(request, actor, "map.made", {"title": journey.title[:200]}, journey.id)
    headers = {"Location": f"/api/maps/{quote(journey.id, safe='')}"}
    return given(MapMade(id=journey.id), 201, headers)


async def read_map(request: Request, _: Actor) -> Response:
    """A map as YAML; with ``Accept: application/json`` as the cards of its board."""
    seq, board = _now(request, request.path_params["map"])
    tag = f'"{seq}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    if "application/json" in request.headers.get("accept", ""):
        data = board.to_dict() | {"seq": seq}
        return JSONResponse(data, headers={"ETag": tag})
    text = map_text(board.journey())
    return PlainTextResponse(text, media_type="application/yaml", headers={"ETag": tag})


async def edit_map(request: Request, actor: Actor) -> Response:
    """One edit; with ``If-Match`` only where the map is still the one the author saw."""
    data = await json_of(request, actor)
    return await _edited(request, actor, data)


async def put_map(request: Request, actor: Actor) -> Response:
    """A changed map file: what differs becomes edits, all or none."""
    body = await body_of(request, actor)
    map_id = request.path_params["map"]
    journey = parse_map(body.decode("utf-8", "replace"), "the map.yaml")
    if journey.id != map_id:
        what = f'this is the map "{journey.id}", not "{map_id}"'
        raise WebError(Problem("E719", what, hint="Send it to its own address."))
    seq, board = _now(request, map_id)
    edits = Together(edits=edits_between(board, journey))
    if not edits.edits:
        _refuse_changed(request, seq)
        same = edit_data(edits)
        answer = {"say": "saved", "n": 0, "seq": seq, "edit": same, "inverse": same}
        return JSONResponse(answer | {"replaced": []}, headers={"ETag": f'"{seq}"'})
    return await _edited(request, actor, edit_data(edits))


async def _edited(request: Request, actor: Actor, edit: object) -> Response:
    map_id = request.path_params["map"]
    _refuse_changed(request, _now(request, map_id)[0])
    client = f"http-{secrets.token_hex(EPOCH_BYTES)}"
    answer = await desk_of(request).edit(map_id, actor, client, edit, MOST_BYTES)
    if answer["say"] == "denied":
        raise WebError(problem_in(answer))
    told = {name: answer[name] for name in EditSaved.model_fields}
    return JSONResponse(told, headers={"ETag": f'"{told["seq"]}"'})


def _refuse_changed(request: Request, seq: int) -> None:
    wanted = request.headers.get("if-match")
    if wanted not in (None, "*", f'"{seq}"'):
        what = "the map has changed since"
        hint = f"Read it again; its last edit has the number {seq}."
        raise WebError(Problem("E718", what, hint=hint))


async def list_versions(request: Request, actor: Actor) -> Response:
    """Named versions, newest first; guests are not told who named them."""
    found = desk_of(request).rooms.log.versions(request.path_params["map"])
    part, after = page_of(
        found,
        lambda one: f"{NEWEST - one.seq:020d}:{one.name}",
        asked(PageAsked, request),
    )
    is_guest = bool(actor.only_map)
    versions = [
        VersionSaid(
            name=one.name,
            seq=one.seq,
            by="" if is_guest else one.author,
            at_us=one.at_us,
        )
        for one in part
    ]
    return given(VersionsSaid(versions=versions, after=after))


async def name_version(request: Request, actor: Actor) -> Response:
    """The map as it stands now, under a name."""
    name = (await taken(NewVersion, request, actor)).name.strip()
    if not name:
        raise WebError(
            Problem("E719", '"name" is empty', hint="Give the version a name.")
        )
    desk = desk_of(request)
    seq, board = _now(request, request.path_params["map"])
    desk.rooms.log.fold(board, seq, actor.name, desk.now_us(), name)
    noted(request, actor, "version.named", {"name": name, "seq": seq}, board.map_id)
    return given(VersionMade(name=name, seq=seq), 201)


async def restore(request: Request, actor: Actor) -> Response:
    """Back to a named version, by edits: what came after it stays in the log and can come back."""
    map_id = request.path_params["map"]
    old = desk_of(request).rooms.log.version(map_id, request.path_params["name"])
    _, board = _now(request, map_id)
    edits = edits_between(board, old.journey())
    answer = await _edited(request, actor, edit_data(Together(edits=edits)))
    name = request.path_params["name"]
    noted(request, actor, "version.restored", {"name": name}, map_id)
    return answer


async def list_links(request: Request, _: Actor) -> Response:
    """Links of a map, without their secrets."""
    found = _links(request)
    part, after = page_of(found, lambda one: one.id, asked(PageAsked, request))
    links = [
        LinkSaid(
            id=one.id,
            role=one.role,
            until_us=one.until_us,
            has_password=one.has_password,
        )
        for one in part
    ]
    return given(LinksSaid(links=links, after=after))


def _links(request: Request) -> list[Key]:
    """Links with which guests come; those for stories are listed elsewhere."""
    keys = people_of(request).keys(map_id=request.path_params["map"])
    return [one for one in keys if one.kind == "link"]


async def make_link(request: Request, actor: Actor) -> Response:
    """A link with which guests look at, comment on or edit one map until it ends."""
    sent = await taken(NewLink, request, actor)
    until_us = desk_of(request).now_us() + sent.days * DAY_US
    map_id = request.path_params["map"]
    _now(request, map_id)
    secret, key_id = people_of(request).new_link(
        map_id, sent.role, until_us, sent.password
    )
    told: dict[str, str | int] = {
        "link": key_id,
        "role": sent.role,
        "days": sent.days,
    }
    noted(request, actor, "link.made", told, map_id)
    return given(SecretSaid(id=key_id, secret=secret, until_us=until_us), 201)


async def end_link(request: Request, actor: Actor) -> Response:
    """End a link; guests who came with it are let go."""
    key_id = request.path_params["key"]
    if key_id not in {one.id for one in _links(request)}:
        raise WebError(Problem("E702", "there is no such link"))
    desk_of(request).end(people_of(request).end(key_id))
    noted(request, actor, "link.ended", {"link": key_id}, request.path_params["map"])
    return Response(status_code=204)


def routes() -> list[BaseRoute]:
    """Routes of maps."""
    one = "/api/maps/{map}"
    return [
        route("/api/maps", list_maps, "GET", None).says(
            gives=MapsSaid, query=PageAsked
        ),
        route("/api/maps", make_map, "POST", "lead").says(
            takes=(YAML, JSON), gives=MapMade, status=201
        ),
        route(one, read_map, "GET", "look", is_of_map=True).says(
            gives=(YAML, BoardSaid), is_tagged=True
        ),
        route(one, put_map, "PUT", "edit", is_of_map=True).says(
            takes=YAML, gives=EditSaved, is_tagged=True
        ),
        route(f"{one}/edits", edit_map, "POST", "edit", is_of_map=True).says(
            takes=EditSent, gives=EditSaved, is_tagged=True
        ),
        route(f"{one}/versions", list_versions, "GET", "look", is_of_map=True).says(
            gives=VersionsSaid, query=PageAsked
        ),
        route(f"{one}/versions", name_version, "POST", "lead", is_of_map=True).says(
            takes=NewVersion, gives=VersionMade, status=201
        ),
        route(
            f"{one}/versions/{{name}}/restore", restore, "POST", "lead", is_of_map=True
        ).says(gives=EditSaved, is_tagged=True),
        route(f"{one}/links", list_links, "GET", "lead", is_of_map=True).says(
            gives=LinksSaid, query=PageAsked
        ),
        route(f"{one}/links", make_link, "POST", "lead", is_of_map=True).says(
            takes=NewLink, gives=SecretSaid, status=201
        ),
        route(
            f"{one}/links/{{key}}", end_link, "DELETE", "lead", is_of_map=True
        ).says(),
    ]
