"""Votes of a workshop. Until one is revealed nobody is told more of it than how many have voted."""

from __future__ import annotations

import asyncio
import re
import secrets
from dataclasses import replace

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.web.api.asking import desk_of, route
from desirepath.web.api.describe import Said, given, taken
from desirepath.web.api.library import now
from desirepath.web.api.people import noted, throttle_of
from desirepath.web.api.workshop import NEWS
from desirepath.web.policy import Actor, refusal
from desirepath.web.talk.audit import Detail
from desirepath.web.workshop.results import Apart, Result, result_of
from desirepath.web.workshop.rounds import Rounds
from desirepath.web.workshop.votes import (
    LONGEST_DEPARTMENT,
    MOST_OPTIONS,
    Asked,
    Measure,
    Vote,
    Voter,
    Votes,
)

# Fewer people than this are not shown as a group to guests.
SMALLEST_FOR_GUESTS = 10
MOST_OF_GUEST = 60  # ballots a minute
COOKIE = "desirepath_ballots"
SECRET_BYTES = 32
SECRET = re.compile(r"[\w-]{43}", re.ASCII)
LONGEST_S = 400 * 86_400  # browsers keep none longer
LONGEST_NAME = 200


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

    `state` is `open`, `closed` (no more ballots, still secret), `revealed`, or `kept` (revealed, and
    kept as evidence of staff; `filed` where an earlier version wrote it into the project's folder). `mine` is the ballot of this browser until it is
    revealed; `elsewhere` says that this account has voted in another one. `result` is null until the
    reveal. `hidden` counts departments that guests are not shown. Facilitators are told how many
    ballots are of `guests`, each of another browser, and over how many `entries` these came in.
    """

    id: str
    state: str
    by: str
    made_us: int
    revealed_us: int
    asked: Asked
    voted: int
    guests: int | None
    entries: int | None
    mine: BallotSaid | None
    elsewhere: bool
    result: Result | None
    hidden: int


class VotesSaid(Said):
    """Votes of a map, the newest first."""

    votes: list[VoteSaid]


class ApartSaid(Said):
    """How far departments lie apart about a card, by the newest round that was revealed of it."""

    ref: str
    vote: str
    revealed_us: int
    measure: Measure
    people: int
    apart: Apart


class ApartsSaid(Said):
    """Cards that departments have scored apart; guests are not told of departments of fewer than 10."""

    cards: list[ApartSaid]


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


def rounds_of(request: Request) -> Rounds:
    """The rounds of departments of the app."""
    state = request.app.state
    if not hasattr(state, "rounds"):
        state.rounds = Rounds(votes_of(request))
    rounds: Rounds = state.rounds
    return rounds


def voter_of(request: Request, actor: Actor) -> Voter:
    """Who votes: an account or a guest, with what only their browser or program knows."""
    who = f"person {actor.person}" if actor.person else f"guest {actor.session}"
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    secret = token if kind.lower() == "bearer" else request.cookies.get(_cookie(request), "")  # fmt: skip
    if kind.lower() != "bearer" and not SECRET.fullmatch(secret):
        secret = ""
    return Voter(who, secret, is_guest=not actor.person)


def _cookie(request: Request) -> str:
    return f"__Host-{COOKIE}" if request.url.scheme == "https" else COOKIE


def _keep_secret(request: Request, answer: Response, secret: str) -> Response:
    """Give a browser what its ballots are found by; it outlives sessions."""
    answer.set_cookie(
        _cookie(request), secret, max_age=LONGEST_S, httponly=True, samesite="strict",
        secure=request.url.scheme == "https",
    )  # fmt: skip
    return answer


async def list_votes(request: Request, actor: Actor) -> Response:
    """Votes of a map: what is asked, how many have voted, one's own ballot, and what was revealed."""
    map_id = request.path_params["map"]
    now(request, map_id)
    votes, voter = votes_of(request), voter_of(request, actor)
    found = await asyncio.to_thread(_all, votes, map_id, actor, voter)
    answer = given(VotesSaid(votes=found))
    if voter.secret or refusal(actor, "comment", map_id):
        return answer
    # before anybody votes, so that two quick presses of a button are one ballot
    return _keep_secret(request, answer, secrets.token_urlsafe(SECRET_BYTES))


def _all(votes: Votes, map_id: str, actor: Actor, voter: Voter) -> list[VoteSaid]:
    return [_said(votes, one, actor, voter) for one in votes.all(map_id)]


def _said(votes: Votes, one: Vote, actor: Actor, voter: Voter) -> VoteSaid:
    mine = votes.own(one, voter) if voter.secret else None
    leads = not refusal(actor, "lead", one.map)
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
        guests=one.guests if leads else None,
        entries=one.entries if leads else None,
        mine=BallotSaid(department=mine.department, said=dict(mine.said)) if mine else None,
        elsewhere=mine is None and not one.is_shown and votes.has_voted(one, voter),
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


async def list_apart(request: Request, actor: Actor) -> Response:
    """How far departments lie apart about each card they have scored."""
    map_id = request.path_params["map"]
    now(request, map_id)
    found = await asyncio.to_thread(rounds_of(request).of_cards, map_id)
    fewest = 0 if actor.person else SMALLEST_FOR_GUESTS
    cards = [
        ApartSaid(
            ref=one.ref,
            vote=one.vote,
            revealed_us=one.revealed_us,
            measure=one.measure,
            people=sum(side.people for side in one.apart.sides),
            apart=one.apart,
        )
        for one in found
        if all(side.people >= fewest for side in one.apart.sides)
    ]
    return given(ApartsSaid(cards=cards))


async def begin_vote(request: Request, actor: Actor) -> Response:
    """Ask something."""
    sent = await taken(Asked, request, actor)
    map_id = request.path_params["map"]
    now(request, map_id)
    return _asked(request, actor, sent)


async def repeat_vote(request: Request, actor: Actor) -> Response:
    """Ask the same again: a new vote with no ballot in it."""
    return _asked(request, actor, _vote(request).asked)


def _asked(request: Request, actor: Actor, what: Asked) -> Response:
    map_id, now_us = request.path_params["map"], desk_of(request).now_us()
    made = votes_of(request).ask(map_id, what, actor.name, now_us)
    noted(request, actor, "vote.begun", _told(made, what), map_id)
    desk_of(request).tell_about(map_id, NEWS)
    return given(VoteMade(id=made), 201)


def _told(vote_id: str, asked: Asked) -> Detail:
    return {"vote": vote_id, "kind": asked.kind, "name": asked.question[:LONGEST_NAME]}


async def cast_ballot(request: Request, actor: Actor) -> Response:
    """Vote, or vote otherwise from the same browser: one ballot for each account, and for each browser of guests."""
    sent = await taken(BallotSent, request, actor)
    department = " ".join(sent.department.split())
    voter = voter_of(request, actor)
    is_new = not voter.secret
    if is_new:
        voter = replace(voter, secret=secrets.token_urlsafe(SECRET_BYTES))
    if voter.is_guest:
        throttle_of(request).refuse_more(f"votes {actor.session}", MOST_OF_GUEST, desk_of(request).now_us())  # fmt: skip
    votes_of(request).cast(_vote(request), voter, department, sent.said)
    answer = _done(request)
    return _keep_secret(request, answer, voter.secret) if is_new else answer


async def close_vote(request: Request, actor: Actor) -> Response:
    """Take no more ballots; what was said stays secret."""
    one = _vote(request)
    is_new = votes_of(request).close(one)
    return _done(request, actor if is_new else None, "vote.closed", one)


async def reveal_vote(request: Request, actor: Actor) -> Response:
    """Show everybody what was said; who voted is forgotten."""
    one = _vote(request)
    is_new = votes_of(request).reveal(one, desk_of(request).now_us())
    return _done(request, actor if is_new else None, "vote.revealed", one)


async def keep_vote(request: Request, actor: Actor) -> Response:
    """Keep what departments scored as evidence of staff, never of customers."""
    one = _vote(request)
    if not one.is_shown or one.asked.kind != "apart" or one.asked.measure != "emotion":
        what = "only scores of departments that were revealed can be kept"
        raise WebError(Problem("E784", what, hint="Reveal them first."))
    is_new = votes_of(request).keep(one)
    return _done(request, actor if is_new else None, "vote.kept", one)


async def drop_vote(request: Request, actor: Actor) -> Response:
    """Take a vote away; its ballots are forgotten unread."""
    one = _vote(request)
    votes_of(request).take_away(one)
    return _done(request, actor, "vote.removed", one)


def _vote(request: Request) -> Vote:
    names = request.path_params
    return votes_of(request).get(names["map"], names["vote"])


def _done(
    request: Request, actor: Actor | None = None, action: str = "", one: Vote | None = None
) -> Response:  # fmt: skip
    """What was done, told to all pages; ballots stand in no audit trail."""
    if actor is not None and one is not None:
        noted(request, actor, action, _told(one.id, one.asked), one.map)
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
        route("/api/maps/{map}/apart", list_apart, "GET", "look", is_of_map=True).says(
            gives=ApartsSaid
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
