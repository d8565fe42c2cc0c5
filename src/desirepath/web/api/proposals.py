"""Proposals: edits somebody would make, accepted or rejected one by one."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import DesirepathError, Problem, WebError
from desirepath.maps.edits.apply import apply_edit
from desirepath.maps.edits.board import Board
from desirepath.maps.edits.commands import Together, edit_data
from desirepath.web.api.asking import MOST_BYTES, desk_of, people_of, route
from desirepath.web.api.describe import asked, given, page_of, taken
from desirepath.web.api.library import now
from desirepath.web.api.people import throttle_of
from desirepath.web.api.proposal_forms import (
    ChangeTold,
    Decided,
    DecisionSent,
    DecisionsSent,
    ItemSaid,
    NewProposal,
    ProposalHead,
    ProposalMade,
    ProposalSaid,
    ProposalsAsked,
    ProposalsSaid,
    Refusal,
)
from desirepath.web.policy import Actor, edit_refusal, refusal
from desirepath.web.talk.changes import Fitting, fitting
from desirepath.web.talk.drafts import Draft
from desirepath.web.talk.proposals import Proposals, client_of
from desirepath.web.talk.proposed import Item, Proposal

ABOUT = "proposals"
MOST_OF_GUEST = 10  # proposals a minute
NEWEST = 10**17


@dataclass(frozen=True, slots=True)
class Why:
    """Why an item could not be decided: a code, and the same in English."""

    code: str
    what: str


NOTHING = Why("", "")
MISSING = Why("E770", "there is no such item")
DECIDED = Why("E774", "it was decided already")
CHANGED = Why("E131", "others changed the same meanwhile")


def proposals_of(request: Request) -> Proposals:
    """Proposals of the app."""
    return Proposals(people_of(request).engine)


async def list_proposals(request: Request, actor: Actor) -> Response:
    """Proposals about a map, newest first."""
    wanted, map_id = asked(ProposalsAsked, request), request.path_params["map"]
    now(request, map_id)
    every = await asyncio.to_thread(proposals_of(request).every, map_id)
    states = ("open", "partly") if wanted.state == "waiting" else (wanted.state,)
    found = [one for one in every if not wanted.state or one.state in states]
    part, after = page_of(found, _key, wanted)
    heads = [_head(one, actor) for one in part]
    return given(ProposalsSaid(proposals=heads, after=after))


def _key(one: Proposal) -> str:
    return f"{NEWEST - one.at_us:018d}:{one.id}"


def _head(one: Proposal, actor: Actor) -> ProposalHead:
    is_secret = bool(actor.only_map and one.person)
    return ProposalHead(
        id=one.id,
        title=one.title,
        reason=one.reason,
        author="" if is_secret else one.author,
        is_guest=not one.person,
        is_mine=one.is_by(actor),
        by_model=one.by_model,
        at_us=one.at_us,
        state=one.state,
        items=len(one.items),
        accepted=sum(item.state == "accepted" for item in one.items),
        rejected=sum(item.state == "rejected" for item in one.items),
    )


async def make_proposal(request: Request, actor: Actor) -> Response:
    """Propose edits instead of making them."""
    sent = await taken(NewProposal, request, actor)
    map_id, now_us = request.path_params["map"], desk_of(request).now_us()
    if not sent.title.strip():
        raise WebError(Problem("E719", '"title" is empty', hint="Say what it is about."))  # fmt: skip
    seq, _, board = now(request, map_id)
    if actor.only_map:
        who = f"proposes {actor.session}"
        throttle_of(request).refuse_more(who, MOST_OF_GUEST, now_us)
    draft = Draft(
        sent.title, sent.reason, [edit_data(one) for one in sent.edits], sent.by_model
    )
    made = await asyncio.to_thread(
        proposals_of(request).propose, board, seq, draft, actor, now_us
    )
    desk_of(request).tell_about(map_id, ABOUT)
    return given(ProposalMade(id=made), 201)


async def read_proposal(request: Request, actor: Actor) -> Response:
    """A proposal: what each item changes, and how it goes with the map as it is now."""
    return given(await _said(request, actor))


async def _said(request: Request, actor: Actor) -> ProposalSaid:
    map_id = request.path_params["map"]
    board = now(request, map_id)[2]
    found = await _found(request)
    told = await asyncio.to_thread(_items, found, board, actor)
    return ProposalSaid(head=_head(found, actor), seq=found.seq, items=told)


async def _found(request: Request) -> Proposal:
    return await asyncio.to_thread(
        proposals_of(request).one,
        request.path_params["map"],
        request.path_params["proposal"],
        desk_of(request).now_us(),
    )


def _items(found: Proposal, board: Board, actor: Actor) -> list[ItemSaid]:
    return [
        _item(one, _fit(found, one, board), actor, is_waiting=not found.withdrawn_us)
        for one in found.items
    ]


def _fit(found: Proposal, item: Item, board: Board) -> Fitting:
    """How an item goes with the map, those before it accepted where it needs them."""
    alone = fitting(found.before(item.n), item.edit, board)
    if alone.fit not in ("misfit", "conflict"):
        return alone
    along: set[int] = set()
    for one in found.items[: item.n - 1]:
        fit = fitting(found.before(one.n, along), one.edit, board)
        if one.state == "open" and fit.edits:
            board = apply_edit(board, Together(edits=fit.edits)).board
            along.add(one.n)
    after = fitting(found.before(item.n, along), item.edit, board)
    return after if after.fit in ("fits", "merges") else alone


def _item(one: Item, fit: Fitting, actor: Actor, *, is_waiting: bool) -> ItemSaid:
    is_open = is_waiting and one.state == "open"
    return ItemSaid(
        n=one.n,
        edit=one.edit,
        changes=[ChangeTold.model_validate(asdict(change)) for change in one.told],
        state=one.state,  # type: ignore[arg-type] # the table holds nothing else
        decided_by="" if actor.only_map else one.decided_by,
        decided_us=one.decided_us,
        comment=one.comment,
        seq=one.seq,
        fit=fit.fit if is_open else "",
        why=fit.why if is_open else "",
        code=fit.code if is_open else "",
        now=fit.now if is_open else "",
    )


async def decide_proposal(request: Request, actor: Actor) -> Response:
    """Accept or reject items; what is accepted becomes edits of who accepts."""
    sent = await taken(DecisionsSent, request, actor)
    found = await _found(request)
    if found.withdrawn_us:
        what = "this proposal was taken back"
        raise WebError(Problem("E774", what, hint="Load the proposals again."))
    refused = []
    along: set[int] = set()  # accepted in this request
    for one in sent.decisions:
        if one.n > len(found.items):
            refused.append(_refusal(one.n, MISSING))
            continue
        base = found.before(one.n, along)
        why = await _decide(request, actor, found, base, one, sent.comment)
        if why is not None:
            refused.append(_refusal(one.n, why))
        elif one.accept:
            along.add(one.n)
    desk_of(request).tell_about(found.map, ABOUT)
    return given(Decided(proposal=await _said(request, actor), refused=refused))


def _refusal(n: int, why: Why) -> Refusal:
    return Refusal(n=n, why=why.what, code=why.code)


async def _decide(
    request: Request,
    actor: Actor,
    found: Proposal,
    base: Board,
    one: DecisionSent,
    comment: str,
) -> Why | None:
    """Decide one item; why it could not be, None where it was."""
    proposals, now_us = proposals_of(request), desk_of(request).now_us()
    seq: int | None = None
    if not one.accept:
        board = now(request, found.map)[2]
        not_theirs = edit_refusal(actor, board, found.items[one.n - 1].edit)
        if not_theirs:
            return Why("E708", not_theirs)
    else:
        is_free = await asyncio.to_thread(
            proposals.take, found.id, one.n, actor, now_us
        )
        if not is_free:
            return DECIDED
        seq, why = await _made(request, actor, found, base, one)
        if seq is None:
            await asyncio.to_thread(proposals.let_go, found.id, one.n)
            return why
    is_done = await asyncio.to_thread(
        lambda: proposals.settle(found, one.n, actor, now_us, comment=comment, seq=seq)
    )
    return None if is_done else DECIDED


async def _made(
    request: Request, actor: Actor, found: Proposal, base: Board, one: DecisionSent
) -> tuple[int | None, Why]:
    """Number of the edit an item became, 0 where the map is so already; None and why it became none."""
    board = now(request, found.map)[2]
    edit = found.items[one.n - 1].edit
    fit = fitting(base, edit, board, anyway=one.anyway)
    if fit.fit == "same":
        return 0, NOTHING
    if fit.fit == "misfit":
        return None, Why(fit.code, fit.why)
    if fit.fit == "conflict":
        return None, CHANGED
    made = fit.edits[0] if len(fit.edits) == 1 else Together(edits=fit.edits)
    client: str = client_of(found.id, one.n)
    try:
        answer: dict[str, Any] = await desk_of(request).edit(
            found.map, actor, client, edit_data(made), MOST_BYTES
        )
    except DesirepathError as error:
        return None, Why(error.problems[0].code, error.problems[0].what)
    if answer["say"] == "denied":
        return None, Why(str(answer["code"]), str(answer["why"]))
    return int(answer["seq"]), NOTHING


async def withdraw_proposal(request: Request, actor: Actor) -> Response:
    """Take an own proposal back, or as a facilitator any; what was accepted stays."""
    found = await _found(request)
    if not found.is_by(actor) and refusal(actor, "lead", found.map):
        raise WebError(Problem("E708", "this proposal is somebody else's"))
    now_us = desk_of(request).now_us()
    await asyncio.to_thread(proposals_of(request).withdraw, found, actor, now_us)
    desk_of(request).tell_about(found.map, ABOUT)
    return Response(status_code=204)


def routes() -> list[BaseRoute]:
    """Routes of proposals."""
    every = "/api/maps/{map}/proposals"
    one = f"{every}/{{proposal}}"
    return [
        route(every, list_proposals, "GET", "look", is_of_map=True).says(
            gives=ProposalsSaid, query=ProposalsAsked
        ),
        route(every, make_proposal, "POST", "comment", is_of_map=True).says(
            takes=NewProposal, gives=ProposalMade, status=201
        ),
        route(one, read_proposal, "GET", "look", is_of_map=True).says(
            gives=ProposalSaid
        ),
        route(f"{one}/decisions", decide_proposal, "POST", "edit", is_of_map=True).says(
            takes=DecisionsSent, gives=Decided
        ),
        route(one, withdraw_proposal, "DELETE", "comment", is_of_map=True).says(),
    ]
