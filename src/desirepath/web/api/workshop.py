"""The workshop of a map: its plan, its clock, and where everybody is led."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.web.api.asking import desk_of, route
from desirepath.web.api.describe import Asked, Said, asked, given, taken
from desirepath.web.api.library import now
from desirepath.web.api.people import noted
from desirepath.web.policy import Actor
from desirepath.web.talk.audit import Detail
from desirepath.web.workshop.plan import (
    MOST_ITEMS,
    MOST_MINUTES,
    MOST_ROLES,
    AgendaItem,
    Lead,
    PartInRoom,
    RoomAt,
    Timer,
    Workshop,
    Workshops,
    led,
    planned,
    started,
    ticked,
)
from desirepath.web.workshop.plans import ready_plans

NEWS = "workshop"
LONGEST_TITLE = 200


class WorkshopSaid(Said):
    """A workshop as it stands; `now_us` is the clock of the server, against which its clock runs.

    `n` is how often it was changed. Guests are not told who is who.
    """

    n: int
    now_us: int
    title: str
    items: list[AgendaItem]
    parts: list[PartInRoom]
    timer: Timer
    lead: Lead | None


class PlanSent(Said):
    """A plan; `n` is how often the workshop was changed when its author looked."""

    n: int
    title: str = Field("", max_length=LONGEST_TITLE)
    items: list[AgendaItem] = Field(max_length=MOST_ITEMS)
    parts: list[PartInRoom] = Field(default_factory=list, max_length=MOST_ROLES)


class TimerSent(Said):
    """What the clock should do: begin with an `item`, `pause`, `resume`, `add` minutes, `stop`."""

    do: Literal["start", "pause", "resume", "add", "stop"]
    item: str = ""
    minutes: int = Field(5, ge=-MOST_MINUTES, le=MOST_MINUTES)


class LeadSent(Said):
    """Where everybody should go: an address below that of the map, such as `readings/flow`."""

    room: RoomAt


class PlansAsked(Asked):
    """In which language."""

    language: str = Field("en", max_length=20, description="en, de or ar.")


class PlanSaid(Said):
    """A ready plan."""

    name: str
    title: str
    items: list[AgendaItem]


class PlansSaid(Said):
    """Ready plans."""

    plans: list[PlanSaid]


def workshops_of(request: Request) -> Workshops:
    """The workshops of the app."""
    state = request.app.state
    if not hasattr(state, "workshops"):
        state.workshops = Workshops(desk_of(request).rooms.log.engine)
    workshops: Workshops = state.workshops
    return workshops


async def read_workshop(request: Request, actor: Actor) -> Response:
    """The plan, the clock, and where everybody is led."""
    map_id = request.path_params["map"]
    now(request, map_id)
    return _told(request, actor, *workshops_of(request).load(map_id))


async def plan_workshop(request: Request, actor: Actor) -> Response:
    """Another plan, in place of the one its author saw."""
    sent = await taken(PlanSent, request, actor)
    answer = _changed(
        request,
        actor,
        lambda one: planned(one, sent.title, sent.items, sent.parts),
        sent.n,
    )
    told: Detail = {"name": sent.title, "items": len(sent.items)}
    noted(request, actor, "workshop.planned", told, request.path_params["map"])
    return answer


async def run_timer(request: Request, actor: Actor) -> Response:
    """Begin with an item, pause, go on, give more time, or put the clock away."""
    sent = await taken(TimerSent, request, actor)
    now_us = desk_of(request).now_us()

    def act(one: Workshop) -> Workshop:
        if sent.do == "start":
            return started(one, sent.item, now_us)
        return ticked(one, sent.do, sent.minutes, now_us)

    return _changed(request, actor, act)


async def lead_everybody(request: Request, actor: Actor) -> Response:
    """Lead every page of the map somewhere; those that come later too."""
    sent = await taken(LeadSent, request, actor)
    return _changed(request, actor, lambda one: led(one, actor.name, sent.room))


async def stop_leading(request: Request, actor: Actor) -> Response:
    """Let everybody go where they like."""
    return _changed(request, actor, lambda one: led(one, "", None))


async def list_plans(request: Request, _: Actor) -> Response:
    """Ready plans to begin with."""
    language = asked(PlansAsked, request).language.lower().split("-")[0]
    plans = [
        PlanSaid(name=name, title=one.title, items=list(one.items))
        for name, one in ready_plans(language).items()
    ]
    return given(PlansSaid(plans=plans))


def _changed(request: Request, actor: Actor, act: Callable[[Workshop], Workshop], seen: int | None = None) -> Response:  # fmt: skip
    map_id = request.path_params["map"]
    now(request, map_id)
    n, new = workshops_of(request).change(map_id, act, seen)
    desk_of(request).tell_about(map_id, NEWS)
    return _told(request, actor, n, new)


def _told(request: Request, actor: Actor, n: int, one: Workshop) -> Response:
    parts, lead = one.parts, one.lead
    if not actor.person:  # a guest is not told names of the team
        parts = []
        lead = lead.model_copy(update={"who": ""}) if lead else None
    return given(
        WorkshopSaid(
            n=n,
            now_us=desk_of(request).now_us(),
            title=one.title,
            items=list(one.items),
            parts=list(parts),
            timer=one.timer,
            lead=lead,
        )
    )


def routes() -> list[BaseRoute]:
    """Routes of workshops."""
    one = "/api/maps/{map}/workshop"
    return [
        route(one, read_workshop, "GET", "look", is_of_map=True).says(
            gives=WorkshopSaid
        ),
        route(f"{one}/plan", plan_workshop, "PUT", "lead", is_of_map=True).says(
            takes=PlanSent, gives=WorkshopSaid
        ),
        route(f"{one}/timer", run_timer, "POST", "lead", is_of_map=True).says(
            takes=TimerSent, gives=WorkshopSaid
        ),
        route(f"{one}/lead", lead_everybody, "POST", "lead", is_of_map=True).says(
            takes=LeadSent, gives=WorkshopSaid
        ),
        route(f"{one}/lead", stop_leading, "DELETE", "lead", is_of_map=True).says(
            gives=WorkshopSaid
        ),
        route("/api/workshop-plans", list_plans, "GET", "lead").says(
            gives=PlansSaid, query=PlansAsked
        ),
    ]
