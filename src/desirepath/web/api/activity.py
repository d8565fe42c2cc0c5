"""What was done: the activity of a map, the audit trail of the server, and what is due for review."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Any, Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.web.api.asking import people_of, route, today_of
from desirepath.web.api.describe import Asked, Said, asked, given
from desirepath.web.api.library import now
from desirepath.web.jobs.results import Results
from desirepath.web.policy import Actor
from desirepath.web.talk.activity import Spell, activity_of
from desirepath.web.talk.audit import Done, trail
from desirepath.web.talk.reminders import (
    checked_in,
    due_reminders,
    due_tasks,
    review_of,
)

PAGE = 100


class EditedSaid(Said):
    """One thing somebody did to one card."""

    do: Literal["add", "change", "move", "mark_gone", "bring_back"]
    ref: str
    label: str
    lane: str
    field: str
    new: str


class SpellSaid(Said):
    """What somebody did to a map within an hour; counts by what was done, the newest changes one by one."""

    who: str
    from_us: int
    to_us: int
    edits: int
    counts: dict[str, int]
    changes: list[EditedSaid]
    proposed_by: list[str]


class DoneSaid(Said):
    """Something somebody did; `kind` is how they had come in, server where nobody asked for it."""

    id: str
    at_us: int
    who: str
    person: str
    kind: str
    action: str
    map: str
    ref: str
    detail: dict[str, Any]


class EventSaid(Said):
    """A spell of editing, or something else that was done."""

    edits: SpellSaid | None
    done: DoneSaid | None


class HappenedSaid(Said):
    """What happened to a map, newest first; `before_us` is what to ask for next, null at the end."""

    events: list[EventSaid]
    before_us: int | None


class ActivityAsked(Asked):
    """Which part."""

    before_us: int | None = Field(
        None, ge=0, le=10**16, description="Only what is older."
    )


class AuditSaid(Said):
    """The audit trail, newest first."""

    done: list[DoneSaid]
    before: str | None


class AuditAsked(Asked):
    """Which entries."""

    who: str = Field("", description="Name or account.", max_length=200)
    action: str = Field(
        "", description="An action, or what comes before its point.", max_length=60
    )
    map: str = Field("", description="Of this map only.", max_length=200)
    before: str = Field(
        "", description="The `before` of the part before.", max_length=60
    )
    limit: int = Field(PAGE, ge=1, le=PAGE, description="How many at most.")


class DueSaid(Said):
    """A statement to look at again, and since when."""

    ref: str
    label: str
    home: str
    lane: str
    why: Literal["unverified", "old", "stale"]
    since: str


class ReviewSaid(Said):
    """How a map stands with its reviews; dates are ISO dates, "" for none."""

    today: str
    every: str
    reviewed: str
    due: str
    is_due: bool
    owner: str
    statements: list[DueSaid]


class ReminderSaid(Said):
    """A map that is due for review."""

    map: str
    title: str
    owner: str
    is_mine: bool
    due: str
    unverified: int
    stale: int


class DueTaskSaid(Said):
    """A task whose day has come; `due` is an ISO date, `person` is "" for nobody yet."""

    map: str
    title: str
    thread: str
    ref: str
    label: str
    person: str
    name: str
    is_mine: bool
    due: str
    is_overdue: bool


class RemindersSaid(Said):
    """Maps due for review and tasks that are due, the longest due first."""

    reminders: list[ReminderSaid]
    tasks: list[DueTaskSaid]


async def read_activity(request: Request, actor: Actor) -> Response:
    """What happened to a map: edits put together by person and hour, and what else was done."""
    wanted = asked(ActivityAsked, request)
    board = now(request, request.path_params["map"])[2]
    engine = people_of(request).engine
    found = await asyncio.to_thread(activity_of, engine, board, wanted.before_us)
    is_secret = bool(actor.only_map)
    events = [_event(one, is_secret=is_secret) for one in found.events]
    return given(HappenedSaid(events=events, before_us=found.before_us))


def _event(one: Spell | Done, *, is_secret: bool) -> EventSaid:
    if isinstance(one, Done):
        return EventSaid(edits=None, done=_done(one, is_secret=is_secret))
    data = asdict(one)
    if is_secret:
        data |= {"who": "", "proposed_by": []}
    return EventSaid(edits=SpellSaid.model_validate(data), done=None)


def _done(one: Done, *, is_secret: bool = False) -> DoneSaid:
    data = asdict(one)
    if is_secret:
        data |= {"who": "", "person": "", "detail": {}}
    return DoneSaid.model_validate(data)


async def read_audit(request: Request, _: Actor) -> Response:
    """Who did what on the server, newest first."""
    wanted = asked(AuditAsked, request)
    engine = people_of(request).engine
    found = await asyncio.to_thread(
        lambda: trail(
            engine,
            map_id=wanted.map,
            who=wanted.who,
            action=wanted.action,
            before=wanted.before,
            limit=wanted.limit,
        )
    )
    before = found[-1].id if len(found) == wanted.limit else None
    return given(AuditSaid(done=[_done(one) for one in found], before=before))


async def read_review(request: Request, _: Actor) -> Response:
    """Whether a map is due for review, and which of its statements are."""
    map_id = request.path_params["map"]
    board = now(request, map_id)[2]
    today = today_of(request)
    results = Results(people_of(request).engine)

    def looked() -> ReviewSaid:
        found = review_of(board, today, checked_in(results, map_id))
        return ReviewSaid.model_validate(
            asdict(found)
            | {
                "today": today.isoformat(),
                "statements": [asdict(one) for one in found.statements],
            }
        )

    return given(await asyncio.to_thread(looked))


async def list_reminders(request: Request, actor: Actor) -> Response:
    """Maps that are due for review, and tasks that are due."""
    engine, today = people_of(request).engine, today_of(request)
    found = await asyncio.to_thread(due_reminders, engine, today)
    tasks = await asyncio.to_thread(due_tasks, engine, today)
    return given(
        RemindersSaid(
            reminders=[
                ReminderSaid.model_validate(
                    asdict(one)
                    | {"is_mine": bool(actor.name) and one.owner == actor.name}
                )
                for one in found
            ],
            tasks=[
                DueTaskSaid.model_validate(
                    asdict(one)
                    | {"is_mine": bool(one.person) and one.person == actor.person}
                )
                for one in tasks
            ],
        )
    )


def routes() -> list[BaseRoute]:
    """Routes of what was done and what is due."""
    one = "/api/maps/{map}"
    return [
        route(f"{one}/activity", read_activity, "GET", "look", is_of_map=True).says(
            gives=HappenedSaid, query=ActivityAsked
        ),
        route(f"{one}/review", read_review, "GET", "look", is_of_map=True).says(
            gives=ReviewSaid
        ),
        route("/api/reminders", list_reminders, "GET", "look").says(
            gives=RemindersSaid
        ),
        route("/api/audit", read_audit, "GET", "administer").says(
            gives=AuditSaid, query=AuditAsked
        ),
    ]
