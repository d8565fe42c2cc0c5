"""The library: maps as cards with small pictures, templates, copies, drafts."""

from __future__ import annotations

import secrets
from functools import cache
from typing import Literal
from urllib.parse import quote

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import WebError
from desirepath.maps.drafting import Answers, draft_map
from desirepath.maps.edits.board import Board, board_of
from desirepath.maps.model import JourneyMap
from desirepath.maps.templates import TEMPLATES, id_of, new_map
from desirepath.web.api.asking import desk_of, route
from desirepath.web.api.describe import Said, given, taken
from desirepath.web.api.forms import MapMade
from desirepath.web.api.people import noted
from desirepath.web.policy import Actor
from desirepath.web.shelf import (
    SHARED,
    Shelf,
    Shelved,
    Touched,
    last_edits,
    persona_names,
    shelved,
)

EPOCH_BYTES = 8
MOST_TRIES = 1000
SVG = "image/svg+xml"
# A picture that is opened by itself may load nothing and run nothing.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


class ShelvedSaid(Said):
    """A map on the shelf; `due` is the ISO date of its next review, "" for none."""

    id: str
    title: str
    description: str
    language: str
    status: Literal["draft", "researching", "live", "retired"]
    state: Literal["current", "future"]
    level: str
    view: str
    owner: str
    tags: list[str]
    personas: list[str]
    origin: str
    reviewed: str
    due: str
    details: list[str]
    stages: int
    steps: int
    statements: int
    seq: int
    changed_by: str
    changed_us: int


class LibrarySaid(Said):
    """All maps one may see, by title."""

    maps: list[ShelvedSaid]


class TemplateSaid(Said):
    """A map to start from."""

    name: str
    about: str
    title: str
    stages: list[str]
    lanes: list[str]


class TemplatesSaid(Said):
    """All templates, in the order in which they are offered."""

    templates: list[TemplateSaid]


class NewTitle(Said):
    """What the new map is called; without a title as what it is made of."""

    title: str = Field("", max_length=500)


def shelf_of(request: Request) -> Shelf:
    """The shelf of the app."""
    if not hasattr(request.app.state, "shelf"):
        request.app.state.shelf = Shelf()
    shelf: Shelf = request.app.state.shelf
    return shelf


async def read_library(request: Request, _: Actor) -> Response:
    """All maps, as cards."""
    log = desk_of(request).rooms.log
    touched = last_edits(log.engine)
    found = [
        _card(request, name, one) for name, one in touched.items() if name != SHARED
    ]
    return given(LibrarySaid(maps=sorted(found, key=lambda one: (one.title, one.id))))


def _card(request: Request, map_id: str, touched: Touched) -> ShelvedSaid:
    log = desk_of(request).rooms.log
    shelf = shelf_of(request)
    one = shelf.kept(map_id, touched.seq, lambda: log.load(map_id).board)
    journey = one.journey
    return ShelvedSaid(
        id=map_id,
        title=journey.title,
        description=journey.description or "",
        language=journey.language,
        status=journey.status,
        state=journey.state,
        level=journey.level,
        view=journey.view,
        owner=journey.owner or "",
        tags=list(journey.tags),
        personas=persona_names(journey),
        origin=journey.origin or "",
        reviewed=journey.reviewed or "",
        due=one.due,
        details=list(one.details),
        stages=len(journey.stages),
        steps=len(journey.step_ids()),
        statements=sum(1 for _ in journey.all_statements()),
        seq=touched.seq,
        changed_by=touched.by,
        changed_us=touched.at_us,
    )


async def thumbnail(request: Request, _: Actor) -> Response:
    """A small picture of a map."""
    map_id = request.path_params["map"]
    seq, epoch, board = now(request, map_id)
    tag = f'"{epoch}-{seq}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return _picture(shelf_of(request).shelved(board, seq).picture, tag)


def _picture(text: str, tag: str) -> Response:
    headers = {
        "ETag": tag,
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": PICTURE_POLICY,
    }
    return Response(text, media_type=SVG, headers=headers)


def now(request: Request, map_id: str) -> tuple[int, str, Board]:
    """Number of the last durable edit of a map, its epoch, and the map after it.

    Raises:
        WebError: E702 there is no such map.
    """
    rooms = desk_of(request).rooms
    if map_id in rooms.open:
        room = rooms.open[map_id]
        return room.saved_seq, room.epoch, room.saved_board
    stored = rooms.log.load(map_id)
    return stored.seq, stored.epoch, stored.board


@cache
def _template(name: str) -> Shelved:
    """A template as the library shows it; reading one takes a while, and they never change."""
    return shelved(new_map(name))


async def list_templates(_: Request, __: Actor) -> Response:
    """Maps to start from."""
    found = [
        (name, about, _template(name).journey) for name, about in TEMPLATES.items()
    ]
    return given(
        TemplatesSaid(
            templates=[
                TemplateSaid(
                    name=name,
                    about=about,
                    title=journey.title,
                    stages=[one.name for one in journey.stages],
                    lanes=list(journey.lanes),
                )
                for name, about, journey in found
            ]
        )
    )


async def template_picture(request: Request, _: Actor) -> Response:
    """A small picture of a template."""
    one = _template(request.path_params["name"])
    return _picture(one.picture, f'"{one.journey.id}"')


async def from_template(request: Request, actor: Actor) -> Response:
    """A new map made of a template."""
    sent = await taken(NewTitle, request, actor)
    name = request.path_params["name"]
    journey = new_map(name, title=sent.title.strip() or None)
    return _made(
        request, actor, journey.model_copy(update={"origin": f"template:{name}"})
    )


async def copy_map(request: Request, actor: Actor) -> Response:
    """A copy of a map as it stands; it remembers where it comes from."""
    sent = await taken(NewTitle, request, actor)
    map_id = request.path_params["map"]
    journey = now(request, map_id)[2].journey()
    title = sent.title.strip() or journey.title
    fresh = {"origin": map_id, "title": title, "id": id_of(title), "reviewed": None}
    return _made(request, actor, journey.model_copy(update={**fresh, "status": "draft"}))  # fmt: skip


async def draft(request: Request, actor: Actor) -> Response:
    """A first map made of answers to plain questions."""
    return _made(request, actor, draft_map(await taken(Answers, request, actor)))


def _made(request: Request, actor: Actor, journey: JourneyMap) -> Response:
    """Put a new map into the log, under an id that is free."""
    desk = desk_of(request)
    log = desk.rooms.log
    wanted = journey.id.lstrip("_") or "map"
    for number in range(1, MOST_TRIES):
        map_id = wanted if number == 1 else f"{wanted}-{number}"
        if map_id in log.maps():
            continue
        board = board_of(journey.model_copy(update={"id": map_id}))
        try:
            log.create(board, secrets.token_hex(EPOCH_BYTES), actor.name, desk.now_us())
        except WebError as error:
            if error.code == "E701":  # somebody was quicker
                continue
            raise
        told = {"title": journey.title[:200], "from": journey.origin or ""}
        noted(request, actor, "map.made", told, map_id)
        headers = {"Location": f"/api/maps/{quote(map_id, safe='')}"}
        return given(MapMade(id=map_id), 201, headers)
    raise RuntimeError(wanted)


def routes() -> list[BaseRoute]:
    """Routes of the library."""
    one, template = "/api/maps/{map}", "/api/templates/{name}"
    return [
        route("/api/library", read_library, "GET", "look").says(gives=LibrarySaid),
        route(f"{one}/thumbnail.svg", thumbnail, "GET", "look", is_of_map=True).says(
            gives=SVG, is_tagged=True
        ),
        route(f"{one}/copies", copy_map, "POST", "lead", is_of_map=True).says(
            takes=NewTitle, gives=MapMade, status=201
        ),
        route("/api/templates", list_templates, "GET", "look").says(
            gives=TemplatesSaid
        ),
        route(f"{template}/thumbnail.svg", template_picture, "GET", "look").says(
            gives=SVG, is_tagged=True
        ),
        route(f"{template}/maps", from_template, "POST", "lead").says(
            takes=NewTitle, gives=MapMade, status=201
        ),
        route("/api/drafts", draft, "POST", "lead").says(
            takes=Answers, gives=MapMade, status=201
        ),
    ]
