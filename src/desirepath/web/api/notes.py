"""Sticky notes: taken in, sorted with proposals that say their reason, and put on the map."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.web.api.asking import desk_of, route
from desirepath.web.api.describe import Said, given, taken
from desirepath.web.api.library import now
from desirepath.web.api.people import noted
from desirepath.web.api.workshop import NEWS
from desirepath.web.policy import Actor
from desirepath.web.workshop.notes import LONGEST, MOST_NOTES, Note, Notes, notes_of
from desirepath.web.workshop.sorting import Proposal, lanes_of, proposals

MOST_LETTERS = 1_000_000
CardRef = Annotated[str, Field(min_length=1, max_length=400)]


class NoteSaid(Said):
    """A note; `lane` and `at` are where somebody put it, `proposal` where rules would.

    `put` is the card it became; it waits again while that is not on the map.
    """

    id: str
    note: Note
    proposal: Proposal


class NotesSaid(Said):
    """Notes that wait or became cards lately, in the order they came, and the lanes they can be put into."""

    notes: list[NoteSaid]
    lanes: list[str]


class NotesSent(Said):
    """Lines, or a CSV file of a whiteboard with a column of texts."""

    text: str = Field(max_length=MOST_LETTERS)


class NotesAdded(Said):
    """How many notes were read."""

    added: int


class NoteChange(Said):
    """Other words, another lane, another place; "" takes a note out of its place."""

    text: str | None = Field(None, min_length=1, max_length=LONGEST)
    lane: str | None = Field(None, max_length=200)
    at: str | None = Field(None, max_length=400)


class NotesSorted(Said):
    """What changes, by the id of a note."""

    notes: dict[str, NoteChange] = Field(max_length=MOST_NOTES)


class NotesNamed(Said):
    """Ids of notes."""

    ids: list[str] = Field(max_length=MOST_NOTES)


class NotesPut(Said):
    """Refs of the cards that notes became, by the id of a note."""

    notes: dict[str, CardRef] = Field(max_length=MOST_NOTES)


def kept_notes(request: Request) -> Notes:
    """The notes of the app."""
    state = request.app.state
    if not hasattr(state, "notes"):
        state.notes = Notes(desk_of(request).rooms.log.engine)
    notes: Notes = state.notes
    return notes


async def list_notes(request: Request, _: Actor) -> Response:
    """Notes that wait, each with where it may belong and why."""
    map_id = request.path_params["map"]
    board = now(request, map_id)[2]
    notes = kept_notes(request).all(map_id)
    waiting = {one: note for one, note in notes.items() if note.waits(board)}
    told = await asyncio.to_thread(proposals, board, waiting)
    found = [
        NoteSaid(id=one, note=note, proposal=told.get(one, Proposal()))
        for one, note in notes.items()
    ]
    return given(NotesSaid(notes=found, lanes=list(lanes_of(board))))


async def add_notes(request: Request, actor: Actor) -> Response:
    """Take in notes that were pasted, or exported from a whiteboard."""
    sent = await taken(NotesSent, request, actor)
    map_id = request.path_params["map"]
    board = now(request, map_id)[2]
    found = await asyncio.to_thread(notes_of, sent.text)
    kept_notes(request).add(board, found)
    noted(request, actor, "notes.added", {"notes": len(found)}, map_id)
    desk_of(request).tell_about(map_id, NEWS)
    return given(NotesAdded(added=len(found)), 201)


async def change_note(request: Request, actor: Actor) -> Response:
    """Put a note into a lane and at a place, or change its words."""
    sent = await taken(NoteChange, request, actor)
    return _changed(request, {request.path_params["note"]: sent})


async def sort_notes(request: Request, actor: Actor) -> Response:
    """Put several notes into their lanes and at their places, all or none."""
    sent = await taken(NotesSorted, request, actor)
    return _changed(request, sent.notes)


def _changed(request: Request, changes: Mapping[str, NoteChange]) -> Response:
    map_id = request.path_params["map"]
    board = now(request, map_id)[2]
    for one in changes.values():
        if one.at and (one.at not in board.cards or board.cards[one.at].gone):
            what, hint = f'nothing is called "{one.at}" here', "Choose a stage or step of the map."  # fmt: skip
            raise WebError(Problem("E719", what, hint=hint))
    values = {one: each.model_dump(exclude_none=True) for one, each in changes.items()}
    kept_notes(request).change(map_id, values)
    return _done(request)


async def merge_notes(request: Request, actor: Actor) -> Response:
    """Make one note of this and others that say the same."""
    sent = await taken(NotesNamed, request, actor)
    names = request.path_params
    kept_notes(request).merge(names["map"], names["note"], sent.ids)
    return _done(request)


async def put_notes(request: Request, actor: Actor) -> Response:
    """Note which cards some notes became: they wait again if these are taken off the map within a day."""
    sent = await taken(NotesPut, request, actor)
    board, now_us = now(request, request.path_params["map"])[2], desk_of(request).now_us()  # fmt: skip
    kept_notes(request).put(board, sent.notes, now_us)
    noted(request, actor, "notes.put", {"notes": len(sent.notes)}, board.map_id)
    return _done(request)


async def remove_notes(request: Request, actor: Actor) -> Response:
    """Take out notes that nobody needs."""
    sent = await taken(NotesNamed, request, actor)
    map_id = request.path_params["map"]
    kept_notes(request).remove(map_id, sent.ids)
    noted(request, actor, "notes.removed", {"notes": len(sent.ids)}, map_id)
    return _done(request)


def _done(request: Request) -> Response:
    desk_of(request).tell_about(request.path_params["map"], NEWS)
    return Response(status_code=204)


def routes() -> list[BaseRoute]:
    """Routes of notes."""
    notes = "/api/maps/{map}/notes"
    one = f"{notes}/{{note}}"
    return [
        route(notes, list_notes, "GET", "edit", is_of_map=True).says(gives=NotesSaid),
        route(notes, add_notes, "POST", "edit", is_of_map=True).says(
            takes=NotesSent, gives=NotesAdded, status=201
        ),
        route(f"{notes}/remove", remove_notes, "POST", "edit", is_of_map=True).says(
            takes=NotesNamed
        ),
        route(f"{notes}/put", put_notes, "POST", "edit", is_of_map=True).says(
            takes=NotesPut
        ),
        route(f"{notes}/sort", sort_notes, "POST", "edit", is_of_map=True).says(
            takes=NotesSorted
        ),
        route(one, change_note, "PATCH", "edit", is_of_map=True).says(takes=NoteChange),
        route(f"{one}/merge", merge_notes, "POST", "edit", is_of_map=True).says(
            takes=NotesNamed
        ),
    ]
