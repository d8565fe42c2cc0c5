"""Jobs of a map: asked for, looked at, cancelled; what they found; when they run by themselves."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.web.api.asking import denied, desk_of, route
from desirepath.web.api.describe import (
    PageAsked,
    ProblemSaid,
    asked,
    given,
    page_of,
    taken,
)
from desirepath.web.api.jobs_forms import (
    DraftSaid,
    DraftsSaid,
    EvidenceSaid,
    JobSaid,
    JobsSaid,
    NewJob,
    NewSchedule,
    ScheduleSaid,
    SnapshotSaid,
    SourceReadSaid,
    StageDrafted,
)
from desirepath.web.api.people import noted
from desirepath.web.jobs.brought import Brought
from desirepath.web.jobs.queue import Job
from desirepath.web.jobs.results import Results, Snapshot
from desirepath.web.jobs.runner import Runner
from desirepath.web.jobs.schedules import Schedules
from desirepath.web.policy import Actor, refusal

KINDS = ("check", "analyze", "discover", "compare", "activities")
NEWEST = 10**18
ABOUT = "jobs"


async def list_jobs(request: Request, actor: Actor) -> Response:
    """Jobs of a map, the newest first."""
    map_id = known_map(request)
    runner = runner_of(request)
    found = await asyncio.to_thread(runner.jobs.of, map_id) if runner else ()
    part, after = page_of(
        found,
        lambda one: f"{NEWEST - one.asked_us:020d}:{one.id}",
        asked(PageAsked, request),
    )
    return given(JobsSaid(jobs=[_job(one, actor) for one in part], after=after))


async def start_job(request: Request, actor: Actor) -> Response:
    """A new job; where the same one waits already, that one."""
    sent = await taken(NewJob, request, actor)
    map_id = known_map(request)
    runner = needed_runner(request)
    wanted = {
        name: value
        for name, value in sent.model_dump(exclude={"kind"}).items()
        if value
    }
    now_us = desk_of(request).now_us()
    job = await asyncio.to_thread(
        runner.jobs.ask, map_id, sent.kind, wanted, actor.name, actor.person, now_us
    )
    noted(request, actor, "job.asked", {"kind": sent.kind, "job": job.id}, map_id)
    runner.wake()
    desk_of(request).tell_about(map_id, ABOUT)
    return given(_job(job, actor), 201)


async def read_job(request: Request, actor: Actor) -> Response:
    """One job."""
    return given(_job(await _one(request), actor))


async def cancel_job(request: Request, actor: Actor) -> Response:
    """Want a job no longer: one's own, or for who leads any."""
    job = await _one(request)
    if not _is_mine(job, actor) and refusal(actor, "lead", job.map):
        return denied(actor, "somebody else has asked for this job")
    runner = needed_runner(request)
    await asyncio.to_thread(runner.cancel, job.id)
    noted(request, actor, "job.cancelled", {"kind": job.kind, "job": job.id}, job.map)
    desk_of(request).tell_about(job.map, ABOUT)
    return Response(status_code=204)


async def read_evidence(request: Request, actor: Actor) -> Response:
    """The newest results of each kind, and whether new ones can be had."""
    map_id = known_map(request)
    desk = desk_of(request)
    room = desk.rooms.open.get(map_id)

    def found() -> EvidenceSaid:
        log = desk.rooms.log
        if room is not None:
            epoch, seq, board = room.epoch, room.saved_seq, room.saved_board
        else:
            stored = log.load(map_id)
            epoch, seq, board = stored.epoch, stored.seq, stored.board
        results = Results(log.engine)
        newest = [one for kind in KINDS if (one := results.newest(map_id, kind))]  # type: ignore[arg-type]
        project = request.app.state.project
        brought = Brought(log.engine, project) if project is not None else None
        databases = brought.databases(map_id) if brought and not actor.only_map else ()
        checked = {read.name for one in newest if one.kind == "check" for read in one.sources}  # fmt: skip
        return EvidenceSaid(
            snapshots=[_snapshot(results, one, epoch, seq, actor) for one in newest],
            has_events=brought is not None and brought.has_events(map_id),
            is_bound=any(step.events for step in board.journey().steps()),
            can_run=runner_of(request) is not None,
            databases=list(databases),
            database=next((one for one in databases if one in checked), ""),
        )

    return given(await asyncio.to_thread(found))


async def read_drafts(request: Request, actor: Actor) -> Response:
    """Drafts of the newest discovery; none for guests, since few people may have gone a way."""
    map_id = known_map(request)
    results = Results(desk_of(request).rooms.log.engine)

    def found() -> DraftsSaid:
        newest = results.newest(map_id, "discover")
        if newest is None or actor.only_map:
            return DraftsSaid(drafts=[], notes=[], made_us=0)
        part = results.part(newest.id, "drafts")
        drafts = [_draft(one) for one in part["drafts"]]
        notes = part["discovery"]["notes"]
        return DraftsSaid(drafts=drafts, notes=notes, made_us=newest.made_us)

    return given(await asyncio.to_thread(found))


async def read_schedule(request: Request, actor: Actor) -> Response:
    """When a map is checked by itself."""
    map_id = known_map(request)
    schedules = Schedules(desk_of(request).rooms.log.engine)
    return given(_schedule(await asyncio.to_thread(schedules.of, map_id), actor))


async def put_schedule(request: Request, actor: Actor) -> Response:
    """Check a map by itself from now on, or no longer."""
    sent = await taken(NewSchedule, request, actor)
    map_id = known_map(request)
    desk = desk_of(request)
    schedules = Schedules(desk.rooms.log.engine)
    kept = await asyncio.to_thread(
        schedules.put, map_id, sent.every, sent.hour, sent.zone, actor.name, desk.now_us()
    )  # fmt: skip
    noted(request, actor, "job.scheduled", {"every": sent.every}, map_id)
    desk.tell_about(map_id, ABOUT)
    return given(_schedule(kept, actor))


def known_map(request: Request) -> str:
    """Id of the map of a request.

    Raises:
        WebError: E702 there is no such map.
    """
    map_id: str = request.path_params["map"]
    rooms = desk_of(request).rooms
    if map_id not in rooms.open and map_id not in rooms.log.maps():
        what = f'there is no map called "{map_id}"'
        raise WebError(Problem("E702", what, hint="Look at the list of maps."))
    return map_id


def runner_of(request: Request) -> Runner | None:
    """What runs jobs here, None where nothing does."""
    runner: Runner | None = request.app.state.runner
    return runner


def needed_runner(request: Request) -> Runner:
    """What runs jobs here.

    Raises:
        WebError: E768 nothing does.
    """
    runner = runner_of(request)
    if runner is None:
        hint = "Start it with a project and without --no-jobs: desirepath serve FOLDER."
        raise WebError(Problem("E768", "this server runs no jobs", hint=hint))
    return runner


async def _one(request: Request) -> Job:
    runner = needed_runner(request)
    job = await asyncio.to_thread(runner.jobs.one, request.path_params["job"])
    if job is None or job.map != known_map(request):
        hint = "Look at the list of jobs; old ones are taken away."
        raise WebError(Problem("E760", "there is no such job", hint=hint))
    return job


def _is_mine(job: Job, actor: Actor) -> bool:
    return bool(job.person) and job.person == actor.person


def _job(job: Job, actor: Actor) -> JobSaid:
    return JobSaid(
        id=job.id,
        kind=job.kind,  # type: ignore[arg-type] # only known kinds are kept
        state=job.state,
        asked_by=_name(job.asked_by, actor),
        is_mine=_is_mine(job, actor),
        asked_us=job.asked_us,
        began_us=job.began_us,
        ended_us=job.ended_us,
        share=job.share,
        doing=job.doing,
        given=dict(job.given),
        problems=[
            ProblemSaid(code=one.code, what=one.what, place=one.place, hint=one.hint)
            for one in job.problems
        ],
        snapshot=job.snapshot,
    )


def _name(name: str, actor: Actor) -> str:
    """A name of the team; guests are not told it."""
    return "" if actor.only_map else name


def _snapshot(
    results: Results, one: Snapshot, epoch: str, seq: int, actor: Actor
) -> SnapshotSaid:
    settled: Counter[str] = Counter()
    if one.kind == "check":
        report = results.part(one.id, "report")
        settled.update(verdict["verdict"] for verdict in report["verdicts"])
    return SnapshotSaid(
        id=one.id,
        kind=one.kind,  # type: ignore[arg-type]
        made_us=one.made_us,
        by=_name(one.by, actor),
        seq=one.seq,
        edits_since=seq - one.seq if epoch == one.epoch else -1,
        sources=[
            SourceReadSaid(name=each.name, sha256=each.sha256, rows=each.rows)
            for each in one.known_sources
        ],
        cases=one.extent.cases,
        events=one.extent.events,
        window_from=one.extent.window_from,
        window_to=one.extent.window_to,
        settled=dict(settled),
    )


def _draft(told: dict[str, Any]) -> DraftSaid:
    return DraftSaid(
        id=told["id"],
        title=told["title"],
        stages=[StageDrafted(**one) for one in told["stages"]],
        cases=told["cases"],
        near_cases=told["near_cases"],
        text=told["text"],
    )


def _schedule(kept: Any, actor: Actor) -> ScheduleSaid:
    return ScheduleSaid(
        every=kept.every,
        hour=kept.hour,
        zone=kept.zone,
        by=_name(kept.by, actor),
        due_us=kept.due_us,
    )


def routes() -> list[BaseRoute]:
    """Routes of jobs."""
    one = "/api/maps/{map}"
    return [
        route(f"{one}/jobs", list_jobs, "GET", "look", is_of_map=True).says(
            gives=JobsSaid, query=PageAsked
        ),
        route(f"{one}/jobs", start_job, "POST", "edit", is_of_map=True).says(
            takes=NewJob, gives=JobSaid, status=201
        ),
        route(f"{one}/jobs/{{job}}", read_job, "GET", "look", is_of_map=True).says(
            gives=JobSaid
        ),
        route(
            f"{one}/jobs/{{job}}", cancel_job, "DELETE", "edit", is_of_map=True
        ).says(),
        route(f"{one}/evidence", read_evidence, "GET", "look", is_of_map=True).says(
            gives=EvidenceSaid
        ),
        route(f"{one}/drafts", read_drafts, "GET", "look", is_of_map=True).says(
            gives=DraftsSaid
        ),
        route(f"{one}/schedule", read_schedule, "GET", "look", is_of_map=True).says(
            gives=ScheduleSaid
        ),
        route(f"{one}/schedule", put_schedule, "PUT", "lead", is_of_map=True).says(
            takes=NewSchedule, gives=ScheduleSaid
        ),
    ]
