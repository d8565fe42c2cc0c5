"""Votes of a workshop. Until one is revealed nobody is told more of it than how many have voted."""

from __future__ import annotations

import asyncio

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.web.api.asking import desk_of, route
from desirepath.web.api.describe import Said, given, taken
from desirepath.web.api.library import now
from desirepath.web.api.workshop import NEWS
from desirepath.web.policy import Actor
from desirepath.web.workshop.keeping import keep_round
from desirepath.web.workshop.results import Result, result_of
from desirepath.web.workshop.votes import (
    LONGEST_DEPARTMENT,
    MOST_OPTIONS,
    Asked,
    Vote,
    Votes,
)

# Fewer people than this are not shown as a group to guests.
SMALLEST_FOR_GUESTS = 10


class BallotSaid(Said):
    """One's own ballot: dots or scores by the key of an option."""

    department: str
    said: dict[str, int]


class BallotSent(Said):
    """A ballot: dots or scores by the key of an option; `department` where departments score apart."""

    department: str = Field("", max_length=LONGEST_DEPARTMENT)
    said: dict[str, int] = Field(max_length=MOST_OPTIONS)


class VoteSaid(Said):
    """A vote.

    `state` is `open`, `closed` (no more ballots, still secret), `revealed`, or `kept` and `filed`
    (revealed, and kept as evidence of staff). `mine` is one's own ballot until it is revealed;
    `result` is null until then. `hidden` counts departments that guests are not shown.
    """

    id: str
    state: str
    by: str
    made_us: int
    revealed_us: int
    asked: Asked
    voted: int
    mine: BallotSaid | None
    result: Result | None
    hidden: int


class VotesSaid(Said):
    """Votes of a map, the newest first."""

    votes: list[VoteSaid]


class VoteMade(Said):
    """Id of a vote."""

    id: str


def votes_of(request: Request) -> Votes:
    """The votes of the app."""
    state = request.app.state
    if not hasattr(state, "votes"):
        state.votes = Votes(desk_of(request).rooms.log.engine)
    votes: Votes = state.votes
    return votes


def voter_of(actor: Actor) -> str:
    """Who votes: an account, whatever it comes with, or the session of a guest."""
    return f"person {actor.person}" if actor.person else f"guest {actor.session}"


async def list_votes(request: Request, actor: Actor) -> Response:
    """Votes of a map: what is asked, how many have voted, one's own ballot, and what was revealed."""
    map_id = request.path_params["map"]
    now(request, map_id)
    votes = votes_of(request)
    found = await asyncio.to_thread(_all, votes, map_id, actor)
    return given(VotesSaid(votes=found))


def _all(votes: Votes, map_id: str, actor: Actor) -> list[VoteSaid]:
    return [_said(votes, one, actor) for one in votes.all(map_id)]


def _said(votes: Votes, one: Vote, actor: Actor) -> VoteSaid:
    mine = votes.own(one, voter_of(actor))
    result, hidden = None, 0
    if one.is_shown:
        result = result_of(one.asked, votes.ballots(one))
        if not actor.person:
            result, hidden = _for_guests(result)
    return VoteSaid(
        id=one.id,
        state=one.state,
        by=one.author if actor.person else "",
        made_us=one.made_us,
        revealed_us=one.revealed_us,
        asked=one.asked,
        voted=one.voted,
        mine=BallotSaid(department=mine.department, said=dict(mine.said)) if mine else None,
        result=result,
        hidden=hidden,
    )  # fmt: skip


def _for_guests(result: Result) -> tuple[Result, int]:
    """A result without small departments, and how many were left out."""
    small = {
        side.department
        for one in result.apart
        for side in one.sides
        if side.people < SMALLEST_FOR_GUESTS
    }
    kept = [
        one
        for one in result.apart
        if not any(side.department in small for side in one.sides)
    ]
    return result.model_copy(update={"apart": kept}), len(small)


async def begin_vote(request: Request, actor: Actor) -> Response:
    """Ask something."""
    sent = await taken(Asked, request, actor)
    map_id = request.path_params["map"]
    now(request, map_id)
    vote_id = votes_of(request).ask(map_id, sent, actor.name, desk_of(request).now_us())
    return _made(request, vote_id)


async def repeat_vote(request: Request, actor: Actor) -> Response:
    """Ask the same again: a new vote with no ballot in it."""
    one = _vote(request)
    now_us = desk_of(request).now_us()
    return _made(request, votes_of(request).ask(one.map, one.asked, actor.name, now_us))


def _made(request: Request, vote_id: str) -> Response:
    desk_of(request).tell_about(request.path_params["map"], NEWS)
    return given(VoteMade(id=vote_id), 201)


async def cast_ballot(request: Request, actor: Actor) -> Response:
    """Vote, or vote otherwise: each person has one ballot until the vote is over."""
    sent = await taken(BallotSent, request, actor)
    department = " ".join(sent.department.split())
    votes_of(request).cast(_vote(request), voter_of(actor), department, sent.said)
    return _done(request)


async def close_vote(request: Request, _: Actor) -> Response:
    """Take no more ballots; what was said stays secret."""
    votes_of(request).close(_vote(request))
    return _done(request)


async def reveal_vote(request: Request, _: Actor) -> Response:
    """Show everybody what was said; whose ballot was whose is forgotten."""
    votes_of(request).reveal(_vote(request), desk_of(request).now_us())
    return _done(request)


async def keep_vote(request: Request, _: Actor) -> Response:
    """Keep what departments scored as evidence of staff, never of customers."""
    one = _vote(request)
    if not one.is_shown or one.asked.kind != "apart" or one.asked.measure != "emotion":
        what = "only scores of departments that were revealed can be kept"
        raise WebError(Problem("E784", what, hint="Reveal them first."))
    votes = votes_of(request)
    await asyncio.to_thread(keep_round, votes, one, request.app.state.project)
    return _done(request)


async def drop_vote(request: Request, _: Actor) -> Response:
    """Take a vote away; its ballots are forgotten unread."""
    votes_of(request).take_away(_vote(request))
    return _done(request)


def _vote(request: Request) -> Vote:
    names = request.path_params
    return votes_of(request).get(names["map"], names["vote"])


def _done(request: Request) -> Response:
    desk_of(request).tell_about(request.path_params["map"], NEWS)
    return Response(status_code=204)


def routes() -> list[BaseRoute]:
    """Routes of votes."""
    all_votes = "/api/maps/{map}/votes"
    one = f"{all_votes}/{{vote}}"
    return [
        route(all_votes, list_votes, "GET", "look", is_of_map=True).says(
            gives=VotesSaid
        ),
        route(all_votes, begin_vote, "POST", "lead", is_of_map=True).says(
            takes=Asked, gives=VoteMade, status=201
        ),
        route(f"{one}/ballot", cast_ballot, "POST", "comment", is_of_map=True).says(
            takes=BallotSent
        ),
        route(f"{one}/close", close_vote, "POST", "lead", is_of_map=True).says(),
        route(f"{one}/reveal", reveal_vote, "POST", "lead", is_of_map=True).says(),
        route(f"{one}/repeat", repeat_vote, "POST", "lead", is_of_map=True).says(
            gives=VoteMade, status=201
        ),
        route(f"{one}/keep", keep_vote, "POST", "lead", is_of_map=True).says(),
        route(one, drop_vote, "DELETE", "lead", is_of_map=True).says(),
    ]
