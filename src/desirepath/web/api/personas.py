"""What all maps of a project share: personas and touchpoints, in a map of their own."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.maps.edits.board import Board, Card, board_of
from desirepath.maps.edits.commands import Edit, Together, edit_data, edit_of
from desirepath.maps.model import JourneyMap
from desirepath.web.api.asking import MOST_BYTES, desk_of, json_of, route
from desirepath.web.api.describe import Said, given
from desirepath.web.api.forms import EditSaved, EditSent
from desirepath.web.api.library import EPOCH_BYTES, now, shelf_of
from desirepath.web.collab.log import EditLog
from desirepath.web.collab.members import problem_in
from desirepath.web.policy import Actor
from desirepath.web.shelf import SHARED, last_edits

KINDS = ("persona", "touchpoint", "organization")


class MapNamed(Said):
    """A map, by its name."""

    id: str
    title: str


class SharedSaid(Said):
    """Something maps share: what it says, as in a map file, and the maps that use it."""

    id: str
    fields: dict[str, Any]
    maps: list[MapNamed]


class CatalogueSaid(Said):
    """Personas, touchpoints and organizations of the project; `seq` is the number of the last edit."""

    personas: list[SharedSaid]
    touchpoints: list[SharedSaid]
    organizations: list[SharedSaid]
    seq: int


async def read_catalogue(request: Request, _: Actor) -> Response:
    """Everything maps share, and which maps use it."""
    seq, board = _shared(request)
    uses = _uses(request)
    found = {
        kind: [_said(card, uses.get(card.ref, [])) for card in _by_name(board, kind)]
        for kind in KINDS
    }
    return given(
        CatalogueSaid(
            personas=found["persona"],
            touchpoints=found["touchpoint"],
            organizations=found["organization"],
            seq=seq,
        )
    )


async def edit_catalogue(request: Request, actor: Actor) -> Response:
    """One edit of what maps share."""
    edit = edit_of(await json_of(request, actor))
    for one in _each(edit):
        kind = one.ref.partition(":")[0]
        if kind not in KINDS:
            what = f"a {kind or 'thing'} cannot be shared, only personas, touchpoints and organizations"
            raise WebError(
                Problem("E740", what, hint="Edit the map in which it stands.")
            )
    _make(request)
    client = f"http-{secrets.token_hex(EPOCH_BYTES)}"
    answer = await desk_of(request).edit(
        SHARED, actor, client, edit_data(edit), MOST_BYTES
    )
    if answer["say"] == "denied":
        raise WebError(problem_in(answer))
    return JSONResponse({name: answer[name] for name in EditSaved.model_fields})


async def read_personas(request: Request, _: Actor) -> Response:
    """Shared personas a map names: what guests of one map may see of the catalogue."""
    board = now(request, request.path_params["map"])[2]
    named = {card.ref for card in board.row("map", "persona") if not card.fields}
    seq, shared = _shared(request)
    found = [_said(one, []) for one in _by_name(shared, "persona") if one.ref in named]
    return given(
        CatalogueSaid(personas=found, touchpoints=[], organizations=[], seq=seq)
    )


def _each(edit: Edit) -> list[Any]:
    if isinstance(edit, Together):
        return [one for inside in edit.edits for one in _each(inside)]
    return [edit]


def _shared(request: Request) -> tuple[int, Board]:
    """The shared map; an empty one where nothing was shared yet."""
    if SHARED in desk_of(request).rooms.log.maps():
        seq, _, board = now(request, SHARED)
        return seq, board
    return 0, board_of(JourneyMap(id=SHARED, title="Shared"))


def _make(request: Request) -> None:
    """Begin the shared map where there is none."""
    desk = desk_of(request)
    if SHARED in desk.rooms.log.maps():
        return
    board = board_of(JourneyMap(id=SHARED, title="Shared"))
    try:
        desk.rooms.log.create(board, secrets.token_hex(EPOCH_BYTES), "", desk.now_us())
    except WebError as error:
        if error.code != "E701":  # else somebody was quicker
            raise


def _by_name(board: Board, kind: str) -> list[Card]:
    row = board.row("map", kind)
    return sorted(row, key=lambda card: str(card.fields.get("name", card.id)).lower())


def _said(card: Card, maps: list[MapNamed]) -> SharedSaid:
    return SharedSaid(id=card.id, fields=dict(card.fields), maps=maps)


def _uses(request: Request) -> dict[str, list[MapNamed]]:
    """Maps that name each shared thing, by its ref."""
    log = desk_of(request).rooms.log
    found: dict[str, list[MapNamed]] = {}
    for map_id, touched in sorted(last_edits(log.engine).items()):
        if map_id == SHARED:
            continue
        load = partial(_board, log, map_id)
        journey = shelf_of(request).kept(map_id, touched.seq, load).journey
        named = MapNamed(id=map_id, title=journey.title)
        refs = [f"persona:{one}" for one in journey.personas if isinstance(one, str)]
        refs += [f"touchpoint:{one.id}" for one in journey.touchpoints]
        refs += [f"organization:{one.id}" for one in journey.organizations]
        for ref in refs:
            found.setdefault(ref, []).append(named)
    return found


def _board(log: EditLog, map_id: str) -> Board:
    return log.load(map_id).board


def routes() -> list[BaseRoute]:
    """Routes of what maps share."""
    return [
        route("/api/catalogue", read_catalogue, "GET", "look").says(
            gives=CatalogueSaid
        ),
        route("/api/catalogue/edits", edit_catalogue, "POST", "edit").says(
            takes=EditSent, gives=EditSaved
        ),
        route(
            "/api/maps/{map}/personas", read_personas, "GET", "look", is_of_map=True
        ).says(gives=CatalogueSaid),
    ]
