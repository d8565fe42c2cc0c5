"""Series of numbers with targets, and what was changed in the business."""

from __future__ import annotations

import asyncio
import datetime as dt

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.render.words import Words
from desirepath.web.api.asking import body_of, desk_of, route
from desirepath.web.api.describe import asked, given, taken
from desirepath.web.api.people import noted
from desirepath.web.api.series_forms import (
    FactChoiceSaid,
    NewBusinessChange,
    NewPoint,
    NewSeries,
    PlaceSaid,
    PointsTaken,
    SeriesAsked,
    SeriesChange,
    SeriesChoicesSaid,
    SeriesListSaid,
    SeriesMade,
)
from desirepath.web.api.series_said import change_said, point_said, series_said
from desirepath.web.jobs.results import Results
from desirepath.web.policy import Actor
from desirepath.web.talk.audit import Detail
from desirepath.web.tracking.measured import (
    choices,
    evidence_in,
    places,
    shown_points,
    take_in,
)
from desirepath.web.tracking.numbers import Line, day_of, lines_of, value_of
from desirepath.web.tracking.series import (
    Changed,
    Point,
    Series,
    Tracking,
    given_points,
)
from desirepath.web.tracking.state import journey_of

CSV = "text/csv"
DAY_US = 86_400 * 1_000_000
LEAST_PEOPLE = 10  # guests see no smaller group


def tracking_of(request: Request) -> Tracking:
    """Series and changes of the app."""
    state = request.app.state
    if not hasattr(state, "tracking"):
        state.tracking = Tracking(desk_of(request).rooms.log.engine)
    tracking: Tracking = state.tracking
    return tracking


def results_of(request: Request) -> Results:
    """What jobs found."""
    return Results(desk_of(request).rooms.log.engine)


async def list_series(request: Request, actor: Actor) -> Response:
    """Series of a map with their numbers, and what was changed in the business.

    Guests with a link see no names of people, and no number with fewer than 10 customers behind it.
    """
    words = Words(asked(SeriesAsked, request).language)
    return given(await asyncio.to_thread(_listed, request, words, bool(actor.only_map)))


def _listed(request: Request, words: Words, is_guest: bool) -> SeriesListSaid:  # noqa: FBT001 - one caller
    map_id, tracking = request.path_params["map"], tracking_of(request)
    names = places(journey_of(desk_of(request).rooms, map_id))
    take_in(tracking, results_of(request), map_id)
    series = tracking.all(map_id)
    points = tracking.points(one.id for one in series)
    return SeriesListSaid(
        series=[
            series_said(
                one,
                names,
                [
                    point_said(point, one, words, is_guest=is_guest)
                    for point in shown_points(points[one.id])
                    if not is_guest or point.n is None or point.n >= LEAST_PEOPLE
                ],
                words,
            )
            for one in series
        ],
        changes=[
            change_said(one, names, is_guest=is_guest)
            for one in tracking.changes(map_id)
        ],
    )


async def list_series_choices(request: Request, _: Actor) -> Response:
    """What a new series can be about, and the facts of the newest check that it can follow."""
    words = Words(asked(SeriesAsked, request).language)
    return given(await asyncio.to_thread(_choices, request, words))


def _choices(request: Request, words: Words) -> SeriesChoicesSaid:
    map_id, results = request.path_params["map"], results_of(request)
    journey = journey_of(desk_of(request).rooms, map_id)
    newest = results.newest(map_id)
    found = choices(journey, evidence_in(results, newest), words) if newest else []
    return SeriesChoicesSaid(
        places=[PlaceSaid(ref=ref, name=name) for ref, name in places(journey).items()],
        facts=[
            FactChoiceSaid(
                ref=one.fact.subject,
                place=one.place,
                measure=one.fact.measure,
                target=one.fact.target,
                label=one.label,
                kind=one.kind,
                way=one.way,
                text=words.value(one.fact.value, one.fact.unit),
            )
            for one in found
        ],
    )


async def make_series(request: Request, actor: Actor) -> Response:
    """A new series: its numbers come from each check, or people give them."""
    sent = await taken(NewSeries, request, actor)
    desk, map_id = desk_of(request), request.path_params["map"]
    values = {
        "ref": sent.ref,
        "kind": sent.kind,
        "name": _words_in(sent.name, "name"),
        "unit": " ".join(sent.unit.split()) if sent.kind == "own" else "",
        "way": sent.way,
        "target": value_of(sent.target, sent.kind) if sent.target.strip() else None,
        "measure": sent.measure,
        "fact_target": sent.fact_target,
        "author": actor.name,
        "at_us": desk.now_us(),
    }

    def make() -> Series:
        _refuse_unknown(journey_of(desk.rooms, map_id), [sent.ref])
        return tracking_of(request).add(map_id, values)

    made = await asyncio.to_thread(make)
    _note(request, actor, "series.made", made.name)
    return given(SeriesMade(id=made.id), 201)


async def change_series(request: Request, actor: Actor) -> Response:
    """Another name, target or good way of a series."""
    sent = await taken(SeriesChange, request, actor)
    series = await _series_of(request)
    values: dict[str, object] = {}
    if sent.name is not None:
        values["name"] = _words_in(sent.name, "name")
    if sent.way is not None:
        values["way"] = sent.way
    if sent.target is not None:
        wanted = sent.target.strip()
        values["target"] = value_of(wanted, series.kind) if wanted else None
    if values:
        await asyncio.to_thread(tracking_of(request).change, series, values)
        _note(request, actor, "series.changed", str(values.get("name", series.name)))
    return Response(status_code=204)


async def remove_series(request: Request, actor: Actor) -> Response:
    """Take a series away with its numbers."""
    series = await _series_of(request)
    await asyncio.to_thread(tracking_of(request).remove, series)
    _note(request, actor, "series.removed", series.name)
    return Response(status_code=204)


async def add_point(request: Request, actor: Actor) -> Response:
    """A number that somebody types; it says by whom, and replaces what people gave for that day."""
    sent = await taken(NewPoint, request, actor)
    series, desk = await _series_of(request), desk_of(request)
    day = day_of(sent.day, _today(request))
    line = Line(day, value_of(sent.value, series.kind), sent.n)
    points = given_points(series, [line], "typed", actor.name, desk.now_us())
    return await _put(request, actor, series, points)


async def import_points(request: Request, actor: Actor) -> Response:
    """Numbers as CSV: day, value and perhaps how many stand behind it; all or none are taken in."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != CSV:
        hint = "Send it with the header Content-Type: text/csv."
        raise WebError(Problem("E717", "this is not a CSV file", hint=hint))
    series, desk = await _series_of(request), desk_of(request)
    lines = lines_of(await body_of(request, actor), series.kind, _today(request))
    points = given_points(series, lines, "imported", actor.name, desk.now_us())
    return await _put(request, actor, series, points)


async def _put(
    request: Request, actor: Actor, series: Series, points: list[Point]
) -> Response:
    await asyncio.to_thread(tracking_of(request).put, points)
    _note(request, actor, "numbers.given", series.name, {"numbers": len(points)})
    return given(PointsTaken(taken=len(points)), 201)


async def remove_point(request: Request, actor: Actor) -> Response:
    """Take away what people gave for a day; what was measured stays."""
    series, day = await _series_of(request), request.path_params["day"]
    await asyncio.to_thread(tracking_of(request).remove_point, series, day)
    _note(request, actor, "numbers.removed", series.name, {"when": day})
    return Response(status_code=204)


async def add_business_change(request: Request, actor: Actor) -> Response:
    """Write down what was changed in the business, when, and for which steps."""
    sent = await taken(NewBusinessChange, request, actor)
    desk, map_id = desk_of(request), request.path_params["map"]
    values = _change_values(sent) | {"author": actor.name, "at_us": desk.now_us()}

    def add() -> Changed:
        _refuse_unknown(journey_of(desk.rooms, map_id), sent.refs)
        return tracking_of(request).add_change(map_id, values)

    made = await asyncio.to_thread(add)
    _note(request, actor, "change.noted", made.what)
    return given(SeriesMade(id=made.id), 201)


async def write_business_change(request: Request, actor: Actor) -> Response:
    """Write down anew what was changed, when, and for which steps."""
    sent = await taken(NewBusinessChange, request, actor)
    map_id, change = request.path_params["map"], request.path_params["change"]
    tracking, rooms = tracking_of(request), desk_of(request).rooms

    def write() -> None:
        known = [ref for one in tracking.changes(map_id) if one.id == change for ref in one.refs]  # fmt: skip
        # a place that was taken off the map since may stay
        added = [ref for ref in sent.refs if ref not in known]
        _refuse_unknown(journey_of(rooms, map_id), added)
        tracking.write_change(map_id, change, _change_values(sent))

    await asyncio.to_thread(write)
    _note(request, actor, "change.noted", " ".join(sent.what.split()))
    return Response(status_code=204)


def _change_values(sent: NewBusinessChange) -> dict[str, object]:
    """What was sent of a change as its columns.

    Raises:
        WebError: E719 without words, E790 a day that cannot be.
    """
    # what is planned may lie ahead
    last = dt.date(9999, 12, 31)
    day = day_of(sent.day, last)
    until = day_of(sent.until, last) if sent.until.strip() else ""
    if until and until < day:
        hint = "Give a last day that is not before the first."
        raise WebError(Problem("E790", f"{until} is before {day}", hint=hint))
    return {
        "day": day,
        "until": until,
        "what": _words_in(sent.what, "what"),
        "refs": tuple(dict.fromkeys(sent.refs)),
        "owner": " ".join(sent.owner.split()),
    }


async def remove_business_change(request: Request, actor: Actor) -> Response:
    """Take a change in the business away."""
    map_id, change = request.path_params["map"], request.path_params["change"]
    what = await asyncio.to_thread(tracking_of(request).remove_change, map_id, change)
    _note(request, actor, "change.removed", what)
    return Response(status_code=204)


async def _series_of(request: Request) -> Series:
    map_id, series = request.path_params["map"], request.path_params["series"]
    return await asyncio.to_thread(tracking_of(request).one, map_id, series)


def _note(
    request: Request, actor: Actor, action: str, name: str, more: Detail | None = None
) -> None:
    """Write down what was done, and tell all pages of it."""
    map_id = request.path_params["map"]
    noted(request, actor, action, {"name": name, **(more or {})}, map_id)
    desk_of(request).tell_about(map_id, "progress")


def _today(request: Request) -> dt.date:
    """The last day that has begun somewhere on earth."""
    now_us = desk_of(request).now_us() + DAY_US // 2
    return dt.datetime.fromtimestamp(now_us / 1_000_000, dt.UTC).date()


def _words_in(text: str, name: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise WebError(Problem("E719", f'"{name}" is empty', hint="Write a few words."))
    return words


def _refuse_unknown(journey: object, refs: list[str]) -> None:
    known = places(journey)  # type: ignore[arg-type]
    for ref in refs:
        if ref not in known:
            hint = "Choose the map, or one of its stages, steps and touchpoints."
            raise WebError(Problem("E719", f'"{ref:.60}" is not on the map', hint=hint))


def routes() -> list[BaseRoute]:
    """Routes of series and changes."""
    one = "/api/maps/{map}/series"
    two = "/api/maps/{map}/changes"
    return [
        route(one, list_series, "GET", "look", is_of_map=True).says(
            gives=SeriesListSaid, query=SeriesAsked
        ),
        route(f"{one}/choices", list_series_choices, "GET", "edit", is_of_map=True).says(
            gives=SeriesChoicesSaid, query=SeriesAsked
        ),
        route(one, make_series, "POST", "edit", is_of_map=True).says(
            takes=NewSeries, gives=SeriesMade, status=201
        ),
        route(f"{one}/{{series}}", change_series, "PATCH", "edit", is_of_map=True).says(
            takes=SeriesChange
        ),
        route(f"{one}/{{series}}", remove_series, "DELETE", "edit", is_of_map=True).says(),
        route(f"{one}/{{series}}/points", add_point, "POST", "edit", is_of_map=True).says(
            takes=NewPoint, gives=PointsTaken, status=201
        ),
        route(f"{one}/{{series}}/import", import_points, "POST", "edit", is_of_map=True).says(
            takes=CSV, gives=PointsTaken, status=201
        ),
        route(
            f"{one}/{{series}}/points/{{day}}", remove_point, "DELETE", "edit", is_of_map=True
        ).says(),
        route(two, add_business_change, "POST", "edit", is_of_map=True).says(
            takes=NewBusinessChange, gives=SeriesMade, status=201
        ),
        route(
            f"{two}/{{change}}", write_business_change, "PUT", "edit", is_of_map=True
        ).says(takes=NewBusinessChange),
        route(
            f"{two}/{{change}}", remove_business_change, "DELETE", "edit", is_of_map=True
        ).says(),
    ]  # fmt: skip
