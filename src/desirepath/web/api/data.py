"""Sources of data: sent, recognized, corrected, confirmed, taken away."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.web.api.asking import desk_of, people_of, route
from desirepath.web.api.data_forms import (
    ActivitiesSaid,
    ColumnSaid,
    FileAsked,
    NamedCount,
    OddSaid,
    ProofSaid,
    QuestionSaid,
    RoleSaid,
    ScoreSaid,
    SourceChange,
    SourceSaid,
    SourcesSaid,
    TimesSaid,
)
from desirepath.web.api.describe import asked, given, taken
from desirepath.web.api.library import now
from desirepath.web.api.people import noted
from desirepath.web.data.arriving import MOST_BYTES, arrive
from desirepath.web.data.confined import ask_child, limits_for
from desirepath.web.data.keeping import Keeper
from desirepath.web.data.own import DATABASE, Own, own_sources
from desirepath.web.data.proofs import Said
from desirepath.web.data.sources import Source, Sources
from desirepath.web.jobs.results import Results
from desirepath.web.policy import Actor
from desirepath.web.throttle import SECOND_US, TooManyError

OCTETS = "application/octet-stream"
ABOUT = "sources"
AT_ONCE = 2  # programs that read files
MOST_WAITING = 8
FEW = 10  # people, below which guests are told no number
WAIT_US = 10 * SECOND_US


@dataclass(eq=False, slots=True)
class Hall:
    """Where files are taken in: not too many at once, one act on a source after the other."""

    keeper: Keeper
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    locks: dict[str, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )
    waiting: int = 0
    tidied_us: int = 0


async def hall_of(request: Request) -> Hall:
    """The hall of the app; tidied once a day."""
    state = request.app.state
    if not hasattr(state, "hall"):
        sources = Sources(people_of(request).engine, state.project)
        state.hall = Hall(Keeper(sources, state.project))
    hall: Hall = state.hall
    now_us = desk_of(request).now_us()
    if now_us > hall.tidied_us + 86_400 * SECOND_US:
        hall.tidied_us = now_us
        await asyncio.to_thread(hall.keeper.tidy, now_us)
    return hall


async def list_sources(request: Request, actor: Actor) -> Response:
    """Sources of a map, those of the project among them: names and counts, no values."""
    map_id = request.path_params["map"]
    now(request, map_id)
    hall, project = await hall_of(request), request.app.state.project
    own = await asyncio.to_thread(own_sources, project)
    found = await asyncio.to_thread(hall.keeper.sources.listed, map_id)
    is_guest = not actor.person
    told = [_said(one) for one in found if one.state == "confirmed" or not is_guest]
    return given(
        SourcesSaid(
            sources=[
                *(_own_said(one) for one in own),
                *(_for_guest(one) if is_guest else one for one in told),
            ],
            keeps_files=project is not None,
            most_bytes=MOST_BYTES,
        )
    )


def _for_guest(said: SourceSaid) -> SourceSaid:
    """Without names of the team, and without counts of few people."""
    counts = {
        name: value if value is None or value >= FEW else None
        for name, value in (("cases", said.cases), ("customers", said.customers), ("answers", said.answers))
    }  # fmt: skip
    return said.model_copy(update={**counts, "by": "", "privacy": {}})


async def add_source(request: Request, actor: Actor) -> Response:
    """A file: what it is taken for is answered, and nothing of it is used before somebody said yes."""
    map_id, wanted = request.path_params["map"], asked(FileAsked, request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != OCTETS:
        hint = f"Send the bytes of the file with the header Content-Type: {OCTETS}."
        raise WebError(Problem("E717", "this is not a file", hint=hint))
    now(request, map_id)
    hall = await hall_of(request)
    uploads = hall.keeper.sources.uploads
    length = request.headers.get("content-length", "")
    if hall.waiting >= MOST_WAITING:
        raise TooManyError(WAIT_US)
    hall.waiting += 1
    try:
        expected = int(length) if length.isdecimal() else None
        file, _ = await arrive(request.stream(), uploads, wanted.name, expected)
        said = Said(kind=wanted.kind)
        by = (actor.name, desk_of(request).now_us())
        async with hall.turns:
            source, proof = await asyncio.to_thread(
                hall.keeper.propose, file, map_id, wanted.name, said, by
            )
    except ClientDisconnect:
        return Response(status_code=400)  # nobody hears it
    finally:
        hall.waiting -= 1
    told = {"name": wanted.name[:200], "source": source.id}
    noted(request, actor, "source.sent", told, map_id)
    desk_of(request).tell_about(map_id, ABOUT)
    address = f"/api/maps/{quote(map_id, safe='')}/sources/{source.id}"
    return given(_proof_said(source, proof), 201, {"Location": address})


async def read_source(request: Request, _: Actor) -> Response:
    """What a source is taken for, with a few values of each column."""
    hall, source_id = await hall_of(request), request.path_params["source"]
    project = request.app.state.project
    for own in await asyncio.to_thread(own_sources, project):
        if own.id == source_id:
            async with hall.turns:
                return given(await asyncio.to_thread(_own_proof, hall, own, project))
    source = await _one(request, hall)
    proof = await asyncio.to_thread(hall.keeper.proof, source)
    return given(_proof_said(source, proof))


async def change_source(request: Request, actor: Actor) -> Response:
    """Say which column is meant, or how private ones are treated; it is recognized again."""
    sent, hall = await taken(SourceChange, request, actor), await hall_of(request)
    map_id = request.path_params["map"]
    async with hall.locks[request.path_params["source"]], hall.turns:
        source = await _one(request, hall)
        if source.state == "confirmed" and set(sent.model_fields_set) == {"abouts"}:
            return await _about(request, actor, source, sent.abouts or {})
        before = Said(**source.recipe) if source.state == "proposed" else Said()
        said = _said_now(before, sent)
        fields: dict[str, Any] = {}
        if sent.name is not None:
            fields["name"] = sent.name
        if sent.is_for_all is not None:
            fields["map"] = "" if sent.is_for_all else map_id
        privacy = {**source.privacy, **(sent.privacy or {})}
        source, proof = await asyncio.to_thread(
            lambda: hall.keeper.correct(source, said, privacy, **fields)
        )
    _tell(request, source)
    return given(_proof_said(source, proof))


async def _about(
    request: Request, actor: Actor, source: Source, abouts: Mapping[str, str]
) -> Response:
    hall = await hall_of(request)
    source, proof = await asyncio.to_thread(hall.keeper.about, source, abouts)
    told = {"source": source.id}
    noted(request, actor, "source.changed", told, request.path_params["map"])
    _tell(request, source)
    return given(_proof_said(source, proof))


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
    hall = await hall_of(request)
    async with hall.locks[request.path_params["source"]], hall.turns:
        source = await _one(request, hall)
        source, proof = await asyncio.to_thread(hall.keeper.confirm, source)
    told = {"source": source.id}
    noted(request, actor, "source.kept", told, request.path_params["map"])
    _tell(request, source)
    return given(_proof_said(source, proof))


async def remove_source(request: Request, actor: Actor) -> Response:
    """Take a source and its file away."""
    hall = await hall_of(request)
    async with hall.locks[request.path_params["source"]]:
        source = await _one(request, hall)
        await asyncio.to_thread(hall.keeper.sources.remove, source)
    hall.locks.pop(source.id, None)
    told = {"source": source.id}
    noted(request, actor, "source.removed", told, request.path_params["map"])
    _tell(request, source)
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


def _tell(request: Request, source: Source) -> None:
    """Tell the pages of the maps that a source is for."""
    desk = desk_of(request)
    for map_id in {request.path_params["map"], *(desk.rooms.open if not source.map else ())}:  # fmt: skip
        desk.tell_about(map_id, ABOUT)


def _own_proof(hall: Hall, own: Own, project: Path) -> ProofSaid:
    """What data of the project is taken for; it is read as carefully as that of others."""
    uploads = hall.keeper.sources.uploads
    uploads.mkdir(mode=0o700, exist_ok=True)
    told: dict[str, Any] = {"do": "prove_own", "files": [str(one.resolve()) for one in own.paths]}  # fmt: skip
    if own.id.startswith(DATABASE):
        told = {"do": "prove_database", "project": str(project.resolve()), "name": own.name}  # fmt: skip
    known = [own.connection] if own.connection else []
    proof = ask_child(uploads, told, limits_for(own.bytes), own.name, known)
    counted = {name: proof["counts"].get(name) for name in ("events", "cases", "customers", "from_us", "to_us")}  # fmt: skip
    said = _own_said(own).model_copy(update={"rows": proof["counts"]["rows"], **counted})  # fmt: skip
    return _proof_of(said, proof)


def _own_said(own: Own) -> SourceSaid:
    return SourceSaid(
        id=own.id,
        name=own.name,
        kind="events",
        state="confirmed",
        origin="project",
        is_for_all=True,
        rows=0,
        bytes=own.bytes,
        **_counts({}),
        privacy={},
        by="",
        at_us=0,
    )


def _counts(counts: Mapping[str, Any]) -> dict[str, int | None]:
    names = ("events", "cases", "customers", "answers", "from_us", "to_us")
    return {name: counts.get(name) for name in names}


def _said(source: Source) -> SourceSaid:
    return SourceSaid.model_validate(
        {
            "id": source.id,
            "name": source.name,
            "kind": source.kind,
            "state": source.state,
            "origin": "upload",
            "is_for_all": not source.map,
            "rows": source.row_count,
            "bytes": source.bytes,
            **_counts(source.counts),
            "privacy": dict(source.privacy),
            "by": source.author,
            "at_us": source.at_us,
        }
    )


def _proof_said(source: Source, proof: Mapping[str, Any]) -> ProofSaid:
    found = _proof_of(_said(source), proof)
    if source.state == "confirmed":
        return found
    decided = [
        one.model_copy(update={"how": source.privacy[one.name]})
        if source.privacy.get(one.name) in one.choices
        else one
        for one in found.columns
    ]
    return found.model_copy(update={"columns": decided})


def _proof_of(said: SourceSaid, proof: Mapping[str, Any]) -> ProofSaid:
    counts = proof["counts"]
    return ProofSaid(
        source=said,
        looks_like=proof["looks_like"],
        columns=[ColumnSaid.model_validate(one) for one in proof["columns"]],
        roles=[RoleSaid.model_validate(one) for one in proof["roles"]],
        times=[TimesSaid.model_validate(one) for one in proof["times"]],
        questions=[QuestionSaid.model_validate(one) for one in proof["questions"]],
        odd=[OddSaid.model_validate(one) for one in proof["odd"]],
        scores=[ScoreSaid.model_validate(one) for one in proof["scores"]],
        activities=counts.get("activities"),
        channels=counts.get("channels", []),
        segments=counts.get("segments", []),
        top=[NamedCount.model_validate(one) for one in counts.get("top", [])],
        left_out=counts.get("left_out", {}),
    )


def routes() -> list[BaseRoute]:
    """Routes of sources of data."""
    many, one = "/api/maps/{map}/sources", "/api/maps/{map}/sources/{source}"
    return [
        route(many, list_sources, "GET", "look", is_of_map=True).says(
            gives=SourcesSaid
        ),
        route(many, add_source, "POST", "lead", is_of_map=True).says(
            takes=OCTETS, gives=ProofSaid, status=201, query=FileAsked
        ),
        route(one, read_source, "GET", "lead", is_of_map=True).says(gives=ProofSaid),
        route(one, change_source, "PATCH", "lead", is_of_map=True).says(
            takes=SourceChange, gives=ProofSaid
        ),
        route(f"{one}/confirm", confirm_source, "POST", "lead", is_of_map=True).says(
            gives=ProofSaid
        ),
        route(one, remove_source, "DELETE", "lead", is_of_map=True).says(),
        route(
            "/api/maps/{map}/activities", list_activities, "GET", "edit", is_of_map=True
        ).says(gives=ActivitiesSaid),
    ]
