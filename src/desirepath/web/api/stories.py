"""Stories: links with which anybody can tell, the list of those that wait, and what becomes evidence."""

from __future__ import annotations

import asyncio
import io
from typing import Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.web.api.asking import desk_of, people_of, route
from desirepath.web.api.describe import Asked, Said, asked, given, taken
from desirepath.web.api.exports import YAML, file_answer
from desirepath.web.api.library import now
from desirepath.web.api.people import noted
from desirepath.web.api.workshop import NEWS
from desirepath.web.policy import Actor
from desirepath.web.workshop.keeping import told_file
from desirepath.web.workshop.stories import (
    DAY_US,
    HowOften,
    Permission,
    Stories,
    Story,
    Told,
    Who,
)

MOST_DAYS = 365
DOTS = 4  # pixels of one dot of a QR code


class NewStoryLink(Said):
    """For how many days anybody who has the link may tell."""

    days: int = Field(14, ge=1, le=MOST_DAYS)


class StoryLinkMade(Said):
    """A link: its address is shown this once. `qr` is an SVG of it, "" where none can be drawn."""

    id: str
    until_us: int
    address: str
    qr: str


class StoryLinkSaid(Said):
    """A link, without its secret."""

    id: str
    until_us: int


class StorySaid(Said):
    """A story that waits, or that was accepted."""

    id: str
    state: str
    at_us: int
    told: Told


class StoriesSaid(Said):
    """Stories of a map, the newest first, and the links with which they are told."""

    stories: list[StorySaid]
    links: list[StoryLinkSaid]


class StoryAccepted(Said):
    """What is changed when a story is accepted; its words stay what they are."""

    step: str | None = Field(None, max_length=200)
    who: Who | None = None
    how_often: HowOften | None = None
    permission: Permission | None = None


class ToldAsked(Asked):
    """Which file of the folder `evidence` of a project."""

    file: Literal["anecdotes", "items"] = Field(
        "anecdotes",
        description="Accepted stories (anecdotes.yaml), or kept scores of departments (items.yaml).",
    )


def stories_of(request: Request) -> Stories:
    """The stories of the app."""
    state = request.app.state
    if not hasattr(state, "stories"):
        state.stories = Stories(people_of(request))
    stories: Stories = state.stories
    return stories


async def list_stories(request: Request, _: Actor) -> Response:
    """What waits to be looked at, and what was accepted."""
    map_id = request.path_params["map"]
    now(request, map_id)
    stories, now_us = stories_of(request), desk_of(request).now_us()
    found = [
        StorySaid(id=one.id, state=one.state, at_us=one.at_us, told=one.told)
        for one in stories.all(map_id)
    ]
    links = [
        StoryLinkSaid(id=one.id, until_us=one.until_us)
        for one in stories.links(map_id)
        if one.until_us > now_us
    ]
    return given(StoriesSaid(stories=found, links=links))


async def make_story_link(request: Request, actor: Actor) -> Response:
    """A link with which anybody may tell what happened, without an account, until it ends."""
    sent = await taken(NewStoryLink, request, actor)
    map_id = request.path_params["map"]
    now(request, map_id)
    until_us = desk_of(request).now_us() + sent.days * DAY_US
    secret, link_id = stories_of(request).new_link(map_id, until_us)
    address = f"{request.base_url}tell/{secret}"
    noted(request, actor, "story_link.made", {"link": link_id, "days": sent.days}, map_id)  # fmt: skip
    desk_of(request).tell_about(map_id, NEWS)
    qr = await asyncio.to_thread(qr_of, address)
    return given(
        StoryLinkMade(id=link_id, until_us=until_us, address=address, qr=qr), 201
    )


def qr_of(text: str) -> str:
    """A QR code as SVG, "" where what draws it is not installed."""
    try:
        import segno  # noqa: PLC0415 - only links for phones need it
    except ImportError:
        return ""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", scale=DOTS, border=4, dark="#000", light="#fff", xmldecl=False)  # fmt: skip
    return out.getvalue().decode()


async def end_story_link(request: Request, actor: Actor) -> Response:
    """End a link: nobody tells with it any more."""
    names = request.path_params
    known = stories_of(request).links(names["map"])
    if names["link"] not in {one.id for one in known}:
        raise WebError(Problem("E702", "there is no such link"))
    people_of(request).end(names["link"])
    noted(request, actor, "story_link.ended", {"link": names["link"]}, names["map"])
    desk_of(request).tell_about(names["map"], NEWS)
    return Response(status_code=204)


async def accept_story(request: Request, actor: Actor) -> Response:
    """Make evidence of a story: it supports or contradicts, it never confirms."""
    sent = await taken(StoryAccepted, request, actor)
    map_id = request.path_params["map"]
    board = now(request, map_id)[2]
    step = sent.step
    if step is not None and f"step:{step}" not in board.cards:
        hint = "Choose a step of the map."
        raise WebError(
            Problem("E719", f'the map has no step of the id "{step}"', hint=hint)
        )
    one = _story(request)
    told = one.told.model_copy(update=sent.model_dump(exclude_none=True))
    if stories_of(request).accept(one, told):
        noted(request, actor, "story.accepted", {"story": one.id}, map_id)
        desk_of(request).tell_about(map_id, NEWS)
    return Response(status_code=204)


async def reject_story(request: Request, actor: Actor) -> Response:
    """Delete a story; one that was accepted is evidence no longer."""
    one = _story(request)
    stories_of(request).delete(one)
    action = "story.rejected" if one.state == "waiting" else "story.removed"
    noted(request, actor, action, {"story": one.id}, one.map)
    desk_of(request).tell_about(one.map, NEWS)
    return Response(status_code=204)


async def take_along(request: Request, actor: Actor) -> Response:
    """What workshops told as a file for the folder `evidence` of a project; what stands there too counts once."""
    map_id, name = request.path_params["map"], asked(ToldAsked, request).file
    now(request, map_id)
    engine = people_of(request).engine
    text = await asyncio.to_thread(told_file, engine, map_id, name)
    noted(request, actor, "told.exported", {"name": f"{name}.yaml"}, map_id)
    return file_answer(text.encode(), YAML, f"{name}.yaml")


def _story(request: Request) -> Story:
    names = request.path_params
    return stories_of(request).get(names["map"], names["story"])


def routes() -> list[BaseRoute]:
    """Routes of stories."""
    links = "/api/maps/{map}/story-links"
    stories = "/api/maps/{map}/stories"
    one = f"{stories}/{{story}}"
    return [
        route(stories, list_stories, "GET", "lead", is_of_map=True).says(
            gives=StoriesSaid
        ),
        route(links, make_story_link, "POST", "lead", is_of_map=True).says(
            takes=NewStoryLink, gives=StoryLinkMade, status=201
        ),
        route(
            f"{links}/{{link}}", end_story_link, "DELETE", "lead", is_of_map=True
        ).says(),
        route(f"{one}/accept", accept_story, "POST", "lead", is_of_map=True).says(
            takes=StoryAccepted
        ),
        route("/api/maps/{map}/told", take_along, "GET", "lead", is_of_map=True).says(
            gives=YAML, query=ToldAsked
        ),
        route(one, reject_story, "DELETE", "lead", is_of_map=True).says(),
    ]
