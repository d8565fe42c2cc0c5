"""Findings, the flow, the story and the report of a map, from its newest results."""

from __future__ import annotations

import asyncio
from typing import Literal
from urllib.parse import quote

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.analyze.speech import Speech
from desirepath.errors import Problem, WebError
from desirepath.evidence.flow import Flow
from desirepath.web.api.asking import desk_of, route
from desirepath.web.api.describe import LANGUAGE, Asked, asked, given
from desirepath.web.policy import Actor
from desirepath.web.readings.flows import (
    for_guests,
    levels_of,
    picture_of,
    segments_of,
)
from desirepath.web.readings.managed import report_file
from desirepath.web.readings.said import (
    FlowPictureSaid,
    FlowSaid,
    ReadingSaid,
    ReadingsSaid,
    WalkSaid,
)
from desirepath.web.readings.shelf import Checked, Shelf
from desirepath.web.readings.told import Counts, Told, counts_of, made_of
from desirepath.web.readings.walked import personas_of, story_steps

HTML, PDF = "text/html", "application/pdf"
MOST_LETTERS = 300


class WordsAsked(Asked):
    """In which language the words are wanted; nothing for that of the map."""

    language: str = LANGUAGE


Between = Literal["steps", "activities"]
BOTH: tuple[Between, ...] = ("steps", "activities")
BETWEEN: Between = Field("steps", description="Steps of the map, or all activities.")


class FlowAsked(Asked):
    """Between what cases move, and in which language it is told."""

    of: Between = BETWEEN
    language: str = LANGUAGE


class PictureAsked(Asked):
    """Which flow is wanted."""

    of: Between = BETWEEN

    level: int = Field(0, ge=0, le=20, description="Number of the level; 0 shows least.")  # fmt: skip
    segment: str = Field("", max_length=MOST_LETTERS, description="To compare: `name=value`.")  # fmt: skip
    against: str = Field("", max_length=MOST_LETTERS, description="With which other value: `name=value`.")  # fmt: skip
    language: str = LANGUAGE


class WalkAsked(Asked):
    """As whom to walk."""

    persona: str = Field("", max_length=MOST_LETTERS, description="Id of a persona; nothing for everybody.")  # fmt: skip
    language: str = LANGUAGE


class ReportAsked(Asked):
    """How the report is wanted."""

    format: Literal["html", "pdf"] = Field("html", description="A page, or pages to print.")  # fmt: skip
    language: str = LANGUAGE


async def read_readings(request: Request, actor: Actor) -> Response:
    """What to fix first and what to keep, with a card for each reading; guests get no quotes and nothing of fewer than 10 people."""
    return given(await asyncio.to_thread(_readings, request, actor))


def _readings(request: Request, actor: Actor) -> ReadingsSaid:
    language = asked(WordsAsked, request).language
    shelf, map_id = shelf_of(request), request.path_params["map"]
    stored = shelf.stored(map_id)
    check = shelf.newest(map_id, "check")
    has_flow = check is not None and bool(shelf.flows(check))
    found = shelf.analysis(map_id, language)
    if found is None:
        return ReadingsSaid(
            made=None,
            about="",
            first=[],
            times=[],
            keep=[],
            readings=[],
            how=[],
            hidden=0,
            has_flow=has_flow,
            has_check=check is not None,
        )
    snapshot, report = found
    told = Told(snapshot, report, is_guest=bool(actor.only_map))
    made = made_of(snapshot, stored, counts_of(report), told.speech)
    return told.overview(made, has_flow=has_flow, has_check=check is not None)


async def read_reading(request: Request, actor: Actor) -> Response:
    """One reading with all its findings."""
    language = asked(WordsAsked, request).language

    def told() -> ReadingSaid | None:
        shelf, map_id = shelf_of(request), request.path_params["map"]
        stored = shelf.stored(map_id)
        found = shelf.analysis(map_id, language)
        if found is None:
            return None
        snapshot, report = found
        one = Told(snapshot, report, is_guest=bool(actor.only_map))
        made = made_of(snapshot, stored, counts_of(report), one.speech)
        return one.reading(made, request.path_params["reading"])

    answer = await asyncio.to_thread(told)
    if answer is None:
        hint = "Analyze the map, then ask for /readings: it lists them."
        raise WebError(Problem("E746", "there is no such reading", hint=hint))
    return given(answer)


async def read_flow(request: Request, actor: Actor) -> Response:
    """Levels of the flow and segments that can be compared."""
    wanted = asked(FlowAsked, request)

    def told() -> FlowSaid:
        shelf, map_id = shelf_of(request), request.path_params["map"]
        stored = shelf.stored(map_id)
        checked = shelf.checked(map_id)
        flows = flows_of(checked, wanted.of)
        if checked is None or not flows:
            return FlowSaid(made=None, between=[], levels=[], segments=[])
        flow = for_guests(flows[-1]) if actor.only_map else flows[-1]
        words = wanted.language or stored.board.journey().language
        counts = Counts(flow.cases, flow.customers, flow.window_from, flow.window_to)
        made = made_of(checked.snapshot, stored, counts, Speech(words))
        return FlowSaid(
            made=made,
            between=[one for one in BOTH if flows_of(checked, one)],
            levels=levels_of(flows, words),
            segments=segments_of(flow),
        )

    return given(await asyncio.to_thread(told))


async def read_picture(request: Request, actor: Actor) -> Response:
    """The flow drawn as SVG, each card with its place on the map, and the same as tables."""
    wanted = asked(PictureAsked, request)

    def told() -> FlowPictureSaid | None:
        shelf, map_id = shelf_of(request), request.path_params["map"]
        journey = shelf.stored(map_id).board.journey()
        checked = shelf.checked(map_id)
        flows = flows_of(checked, wanted.of)
        if not flows:
            return None
        flow = flows[min(wanted.level, len(flows) - 1)]
        return picture_of(
            for_guests(flow) if actor.only_map else flow,
            journey,
            wanted.segment,
            wanted.against,
            wanted.language or journey.language,
        )

    answer = await asyncio.to_thread(told)
    if answer is None:
        hint = "Check the map with its events; the flow is measured along."
        raise WebError(Problem("E746", "there is no flow of this map yet", hint=hint))
    return given(answer)


async def read_story(request: Request, actor: Actor) -> Response:
    """The journey step by step, as a customer walks it; guests get no quotes and no names of the team."""
    wanted = asked(WalkAsked, request)

    def told() -> WalkSaid:
        shelf, map_id = shelf_of(request), request.path_params["map"]
        stored = shelf.stored(map_id)
        journey = stored.board.journey()
        checked = shelf.checked(map_id)
        personas = personas_of(journey)
        if wanted.persona and wanted.persona not in {one.id for one in personas}:
            what = f'no persona of this map has the id "{wanted.persona:.60}"'
            hint = "Ask for the story of everybody: it lists the personas."
            raise WebError(Problem("E719", what, hint=hint))
        speech = Speech(wanted.language or journey.language)
        made = None
        if checked is not None:
            report = checked.report
            counts = Counts(
                report.cases, report.customers, report.window_from, report.window_to
            )
            made = made_of(checked.snapshot, stored, counts, speech)
        return WalkSaid(
            made=made,
            title=journey.title,
            language=journey.language,
            is_rtl=Speech(journey.language).is_rtl,
            personas=personas,
            steps=story_steps(
                journey,
                checked,
                persona=wanted.persona,
                language=speech.language,
                is_guest=bool(actor.only_map),
            ),
        )

    return given(await asyncio.to_thread(told))


async def read_report(request: Request, actor: Actor) -> Response:
    """The report for management, as a page or as a PDF; without words of customers."""
    wanted = asked(ReportAsked, request)
    shelf, map_id = shelf_of(request), request.path_params["map"]
    file = await asyncio.to_thread(
        report_file,
        shelf,
        map_id,
        wanted.format,
        is_guest=bool(actor.only_map),
        language=wanted.language,
    )
    if wanted.format == "html":
        headers = {"Content-Security-Policy": file.policy}
        return Response(file.content, media_type=HTML, headers=headers)
    name = quote(f"{map_id}.pdf", safe="")
    headers = {"Content-Disposition": f"inline; filename*=UTF-8''{name}"}
    return Response(file.content, media_type=PDF, headers=headers)


def flows_of(checked: Checked | None, between: Between) -> tuple[Flow, ...]:
    """Levels of a flow, none where it was not measured."""
    if checked is None:
        return ()
    return checked.flows if between == "steps" else checked.activities


def shelf_of(request: Request) -> Shelf:
    """The results of the app that are kept at hand."""
    state = request.app.state
    if not hasattr(state, "readings"):
        state.readings = Shelf(desk_of(request).rooms.log)
    shelf: Shelf = state.readings
    return shelf


def routes() -> list[BaseRoute]:
    """Routes of readings."""
    one = "/api/maps/{map}"
    return [
        route(f"{one}/readings", read_readings, "GET", "look", is_of_map=True).says(
            gives=ReadingsSaid, query=WordsAsked
        ),
        route(
            f"{one}/readings/{{reading}}", read_reading, "GET", "look", is_of_map=True
        ).says(gives=ReadingSaid, query=WordsAsked),
        route(f"{one}/flow", read_flow, "GET", "look", is_of_map=True).says(
            gives=FlowSaid, query=FlowAsked
        ),
        route(f"{one}/flow/picture", read_picture, "GET", "look", is_of_map=True).says(
            gives=FlowPictureSaid, query=PictureAsked
        ),
        route(f"{one}/story", read_story, "GET", "look", is_of_map=True).says(
            gives=WalkSaid, query=WalkAsked
        ),
        route(f"{one}/report", read_report, "GET", "look", is_of_map=True).says(
            gives=(HTML, PDF), query=ReportAsked
        ),
    ]
