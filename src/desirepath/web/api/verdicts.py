"""What the evidence says of a map, card by card, for everybody or for a group."""

from __future__ import annotations

import asyncio

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.web.api.asking import desk_of, route
from desirepath.web.api.describe import LANGUAGE, Asked, asked
from desirepath.web.policy import Actor
from desirepath.web.verdicts.said import VerdictsSaid
from desirepath.web.verdicts.shelf import Answer, State, Verdicts, state_in


class GroupAsked(Asked):
    """Whose verdicts are wanted; nothing for those of everybody."""

    segment: str = Field("", description="Customers of a segment: `name=value`.")
    persona: str = Field("", description="Customers of a persona: its id.")
    window: str = Field("", description="Cases that began in a window: `FROM..TO`.")
    language: str = LANGUAGE


async def read_verdicts(request: Request, actor: Actor) -> Response:
    """Verdicts of the newest check at the cards they are about, and what the map misses.

    Statements that have changed since are marked. Guests get no quotes, no real cases and nothing
    of fewer than 10 people.
    """
    wanted = asked(GroupAsked, request)
    if wanted.segment and wanted.persona:
        what = "a segment and a persona were asked for together"
        raise WebError(Problem("E719", what, hint="Ask for one of them."))
    segment = f"persona={wanted.persona}" if wanted.persona else wanted.segment
    map_id = request.path_params["map"]
    rooms = desk_of(request).rooms
    room = rooms.open.get(map_id)
    now = room and State(room.epoch, room.saved_seq, room.saved_board)
    shelf = verdicts_of(request)

    def answered() -> Answer:
        return shelf.answer(
            map_id,
            now or state_in(rooms.log, map_id),
            segment=segment,
            window=wanted.window,
            is_guest=bool(actor.only_map),
            language=wanted.language,
        )

    answer = await asyncio.to_thread(answered)  # reading a check takes a while
    headers = {"ETag": answer.tag}
    if request.headers.get("if-none-match") == answer.tag:
        return Response(status_code=304, headers=headers)
    return Response(answer.text, media_type="application/json", headers=headers)


def verdicts_of(request: Request) -> Verdicts:
    """The checks of the app that are kept at hand."""
    verdicts: Verdicts = request.app.state.verdicts
    return verdicts


def routes() -> list[BaseRoute]:
    """Routes of verdicts."""
    path = "/api/maps/{map}/verdicts"
    return [
        route(path, read_verdicts, "GET", "look", is_of_map=True).says(
            gives=VerdictsSaid, query=GroupAsked, is_tagged=True
        )
    ]
