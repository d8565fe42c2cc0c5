"""Sources of data: sent, recognized, corrected, confirmed, taken away."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from urllib.parse import quote

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.web.api.asking import desk_of, people_of, route
from desirepath.web.api.data_forms import (
    ActivitiesSaid,
    FileAsked,
    ProofSaid,
    SourceChange,
    SourceSaid,
    SourcesSaid,
)
from desirepath.web.api.data_told import (
    FEW,
    for_guest,
    own_proof,
    own_said,
    proof_said,
    source_said,
)
from desirepath.web.api.describe import asked, given, taken
from desirepath.web.api.library import now
from desirepath.web.api.people import noted
from desirepath.web.data.arriving import MOST_BYTES, arrive
from desirepath.web.data.at_work import Workshop
from desirepath.web.data.keeping import Keeper, refuse_confirmed
from desirepath.web.data.own import own_sources
from desirepath.web.data.proofs import Said
from desirepath.web.data.sources import Source, Sources
from desirepath.web.data.works import Act, Works
from desirepath.web.desk import Desk
from desirepath.web.jobs.results import Results
from desirepath.web.policy import Actor, refusal
from desirepath.web.talk.audit import note
from desirepath.web.throttle import SECOND_US, TooManyError

OCTETS = "application/octet-stream"
ABOUT = "sources"
AT_ONCE = 2  # programs that look at data of the project
MOST_ARRIVING = 8
WAIT_US = 10 * SECOND_US


@dataclass(eq=False, slots=True)
class Hall:
    """Where files are taken in: not too many at once."""

    keeper: Keeper
    works: Works
    workshop: Workshop
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    arriving: int = 0


def hall_of(app: Starlette) -> Hall:
    """The hall of the app, at work from the first time it is asked for."""
    if not hasattr(app.state, "hall"):
        state, loop = app.state, asyncio.get_running_loop()
        desk: Desk = state.desk
        log = desk.rooms.log

        def tell(source: Source) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has just ended
                loop.call_soon_threadsafe(_tell, desk, source)

        keeper = Keeper(Sources(log.engine, state.project), state.project)
        works = Works(log.engine, note)
        workshop = Workshop(
            keeper, works, log.server, log.is_shared, desk.now_us, tell, state.say
        )
        app.state.hall = Hall(keeper, works, workshop)
        if state.project is not None:
            workshop.start()
    hall: Hall = app.state.hall
    return hall


@asynccontextmanager
async def at_work(app: Starlette) -> AsyncIterator[None]:
    """While this holds, what was left by a server that ended goes on."""
    if app.state.project is not None:
        hall_of(app)
    try:
        yield
    finally:
        if hasattr(app.state, "hall"):
            await asyncio.to_thread(app.state.hall.workshop.stop)


async def list_sources(request: Request, actor: Actor) -> Response:
    """Sources of a map, those of the project among them: names and counts, no values."""
    map_id = request.path_params["map"]
    now(request, map_id)
    hall, project = hall_of(request.app), request.app.state.project
    may_lead = not refusal(actor, "lead", map_id)

    def found() -> list[SourceSaid]:
        own = [own_said(one) for one in own_sources(project)]
        works = hall.works.everywhere()
        listed = hall.keeper.sources.listed(map_id)
        if not actor.person:
            return [*own, *(for_guest(source_said(one)) for one in listed if one.state == "confirmed")]  # fmt: skip
        return [*own, *(source_said(one, works.get(one.id), may_lead=may_lead) for one in listed)]  # fmt: skip

    return given(
        SourcesSaid(
            sources=await asyncio.to_thread(found),
            keeps_files=project is not None,
            most_bytes=MOST_BYTES,
        )
    )


async def add_source(request: Request, actor: Actor) -> Response:
    """A file: answered as soon as it is here; it is read then, and nothing of it is used before somebody said yes.

    Ask for the source until `doing` is empty: then it says what the file is taken for, or in
    `problems` why it cannot be read.
    """
    map_id, wanted = request.path_params["map"], asked(FileAsked, request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != OCTETS:
        hint = f"Send the bytes of the file with the header Content-Type: {OCTETS}."
        raise WebError(Problem("E717", "this is not a file", hint=hint))
    now(request, map_id)
    hall = hall_of(request.app)
    uploads = hall.keeper.sources.uploads
    length = request.headers.get("content-length", "")
    if hall.arriving >= MOST_ARRIVING:
        raise TooManyError(WAIT_US)
    hall.arriving += 1
    try:
        expected = int(length) if length.isdecimal() else None
        file, sha256 = await arrive(request.stream(), uploads, wanted.name, expected)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody hears it
    finally:
        hall.arriving -= 1
    source = Source(
        id=file.parent.name,
        map=map_id,
        name=wanted.name[:200],
        kind="",
        state="arrived",
        file=file.name,
        sha256=sha256,
        bytes=file.stat().st_size,
        row_count=0,
        author=actor.name,
        at_us=desk_of(request).now_us(),
        folder=file.parent,
        recipe=asdict(Said(kind=wanted.kind)),
    )
    try:
        return await _asked(request, actor, source, "read", {})
    except SQLAlchemyError:  # nobody knows of it
        await asyncio.to_thread(shutil.rmtree, file.parent, ignore_errors=True)
        raise


async def _asked(
    request: Request, actor: Actor, source: Source, act: Act, more: Mapping[str, Any]
) -> Response:
    """Something that takes a while: it is done by itself from now on."""
    hall, map_id = hall_of(request.app), request.path_params["map"]
    told, now_us = {"map": map_id, **more}, desk_of(request).now_us()
    await asyncio.to_thread(hall.works.ask, source, act, told, actor, now_us)
    hall.workshop.wake()
    _tell(desk_of(request), source)
    return await _answered(request, source)


async def _answered(request: Request, source: Source) -> Response:
    """A source as it stands, with where more is to be had."""
    hall, map_id = hall_of(request.app), request.path_params["map"]
    work = await asyncio.to_thread(hall.works.of, source.id)
    address = f"/api/maps/{quote(map_id, safe='')}/sources/{source.id}"
    return given(source_said(source, work, may_lead=True), 202, {"Location": address})


async def read_source(request: Request, _: Actor) -> Response:
    """What a source is taken for, with a few values of each column."""
    hall, source_id = hall_of(request.app), request.path_params["source"]
    project = request.app.state.project
    for own in await asyncio.to_thread(own_sources, project):
        if own.id == source_id:
            async with hall.turns:
                return given(
                    await asyncio.to_thread(
                        own_proof, hall.keeper.sources.uploads, own, project
                    )
                )
    await _one(request, hall)

    def found() -> ProofSaid:
        work = hall.works.of(
            source_id
        )  # before the proof, so that it is as new as that
        source, proof = hall.keeper.proved(request.path_params["map"], source_id)
        return proof_said(source, proof, work)

    return given(await asyncio.to_thread(found))


async def change_source(request: Request, actor: Actor) -> Response:
    """Say which column is meant, or how private ones are treated; where that matters, it is read again."""
    sent, hall = await taken(SourceChange, request, actor), hall_of(request.app)
    map_id = request.path_params["map"]
    source = await _one(request, hall)
    if source.state == "confirmed" and set(sent.model_fields_set) == {"abouts"}:
        await asyncio.to_thread(hall.keeper.refuse_about, source)
        abouts = {"abouts": dict(sent.abouts or {})}
        return await _asked(request, actor, source, "about", abouts)
    refuse_confirmed(source)
    fields: dict[str, Any] = {"privacy": {**source.privacy, **(sent.privacy or {})}}
    if sent.name is not None:
        fields["name"] = sent.name
    if sent.is_for_all is not None:
        fields["map"] = "" if sent.is_for_all else map_id
    changed = replace(source, **fields)
    await asyncio.to_thread(hall.works.put, source, changed)
    before = Said(**source.recipe)
    said = asdict(_said_now(before, sent))
    if said != asdict(before):
        return await _asked(request, actor, changed, "correct", {"said": said})
    _tell(desk_of(request), source)
    return await _answered(request, changed)


def _said_now(before: Said, sent: SourceChange) -> Said:
    told = sent.model_dump(exclude={"name", "is_for_all", "privacy", "kind", "roles"})
    said = replace(before, **{k: v for k, v in told.items() if v is not None})
    if sent.kind is not None and sent.kind != before.kind:
        said = Said(kind=sent.kind)  # columns of another kind mean other things
    if sent.roles is not None:
        said = replace(said, roles={k: v for k, v in {**(said.roles or {}), **sent.roles}.items() if v})  # fmt: skip
    return said


async def confirm_source(request: Request, actor: Actor) -> Response:
    """Keep a source: private columns are treated as decided, and the file that was sent goes."""
    hall = hall_of(request.app)
    source = await _one(request, hall)
    await asyncio.to_thread(hall.keeper.refuse_keep, source)
    return await _asked(request, actor, source, "keep", {})


async def remove_source(request: Request, actor: Actor) -> Response:
    """Take a source and its file away, also while it is being read."""
    hall = hall_of(request.app)
    source = await _one(request, hall)
    await asyncio.to_thread(hall.workshop.remove, source)
    told = {"source": source.id}
    noted(request, actor, "source.removed", told, request.path_params["map"])
    _tell(desk_of(request), source)
    return Response(status_code=204)


async def list_activities(request: Request, actor: Actor) -> Response:
    """What customers really do, activity by activity, as it was counted last."""
    map_id = request.path_params["map"]
    now(request, map_id)
    results = Results(people_of(request).engine)
    snapshot = await asyncio.to_thread(results.newest, map_id, "activities")
    if snapshot is None:
        return given(_activities(None, (), {}, few=0))
    found = await asyncio.to_thread(results.part, snapshot.id, "activities")
    names = [one.name for one in snapshot.known_sources]
    few = 0 if actor.person else FEW
    return given(_activities(snapshot.made_us, names, found, few=few))


def _activities(
    made_us: int | None, sources: Sequence[str], found: Mapping[str, Any], few: int
) -> ActivitiesSaid:
    """Activities of enough customers."""
    told = [one for one in found.get("activities", ()) if one["customers"] >= few]
    names = {one["activity"] for one in told}

    def beside(listed: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        known = [one for one in listed if not few or one["activity"] in names]
        return [{"name": one["activity"], "count": one["count"]} for one in known]

    return ActivitiesSaid.model_validate(
        {
            "made_us": made_us,
            "sources": list(sources),
            "customers": found.get("customers", 0),
            "cases": found.get("cases", 0),
            "count": found.get("count", 0),
            "activities": [
                {**one, "before": beside(one["before"]), "after": beside(one["after"])}
                for one in told
            ],
            "near": [
                {key: one[key] for key in ("kind", "name", "activities", "is_sure")}
                for one in found.get("near", ())
                if set(one["activities"]) <= names
            ],
        }
    )


async def _one(request: Request, hall: Hall) -> Source:
    map_id, source_id = request.path_params["map"], request.path_params["source"]
    now(request, map_id)
    own = await asyncio.to_thread(own_sources, request.app.state.project)
    if source_id in {one.id for one in own}:
        what = "this source stands in desirepath.toml"
        raise WebError(Problem("E759", what, hint="Change it there."))
    return await asyncio.to_thread(hall.keeper.sources.one, map_id, source_id)


def _tell(desk: Desk, source: Source) -> None:
    """Tell the pages of the maps that a source is for."""
    for map_id in [source.map] if source.map else list(desk.rooms.open):
        desk.tell_about(map_id, ABOUT)


def routes() -> list[BaseRoute]:
    """Routes of sources of data."""
    many, one = "/api/maps/{map}/sources", "/api/maps/{map}/sources/{source}"
    return [
        route(many, list_sources, "GET", "look", is_of_map=True).says(
            gives=SourcesSaid
        ),
        route(many, add_source, "POST", "lead", is_of_map=True).says(
            takes=OCTETS, gives=SourceSaid, status=202, query=FileAsked
        ),
        route(one, read_source, "GET", "lead", is_of_map=True).says(gives=ProofSaid),
        route(one, change_source, "PATCH", "lead", is_of_map=True).says(
            takes=SourceChange, gives=SourceSaid, status=202
        ),
        route(f"{one}/confirm", confirm_source, "POST", "lead", is_of_map=True).says(
            gives=SourceSaid, status=202
        ),
        route(one, remove_source, "DELETE", "lead", is_of_map=True).says(),
        route(
            "/api/maps/{map}/activities", list_activities, "GET", "edit", is_of_map=True
        ).says(gives=ActivitiesSaid),
    ]
