"""Better, worse, no sign between two checks, and what differs between two versions of a map."""

from __future__ import annotations

import asyncio
from typing import Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap
from desirepath.render.words import Words
from desirepath.sentences.kept import spoken
from desirepath.track.report import Comparison, Side
from desirepath.web.api.asking import desk_of, route
from desirepath.web.api.describe import LANGUAGE, Asked, Said, asked, given
from desirepath.web.api.series import LEAST_PEOPLE, results_of, tracking_of
from desirepath.web.jobs.results import Results, Snapshot
from desirepath.web.policy import Actor
from desirepath.web.tracking.judged import (
    Row,
    compared,
    comparison_from,
    do_overlap,
    rows_of,
)
from desirepath.web.tracking.measured import evidence_in, windows_in
from desirepath.web.tracking.state import journey_of
from desirepath.web.tracking.versions import Drawn, difference_of
from desirepath.web.verdicts.groups import CheckedGroup

Word = Literal["better", "worse", "changed", "no sign", "not tested"]
Mark = Literal["added", "removed", "moved", "changed", ""]
MOST_SIDES = 100
WINDOW = ":"  # parts the id of a check from the number of a window


class ProgressSideSaid(Said):
    """A check, one of its windows (`CHECK:NUMBER`), or a comparison of two windows that a job made."""

    id: str
    made_us: int
    cases: int
    window_from: str
    window_to: str


class ProgressSidesSaid(Said):
    """Checks of a map that can be held against each other, and comparisons that are there; newest first.

    `windows` are those that the newest check measured apart, in order of time.
    """

    checks: list[ProgressSideSaid]
    windows: list[ProgressSideSaid]
    comparisons: list[ProgressSideSaid]


class ComparedSideSaid(Said):
    """One side of a comparison."""

    cases: int
    window_from: str
    window_to: str


class ComparedRowSaid(Said):
    """One fact on both sides, in words; `seen` is the smallest change that would have been seen."""

    ref: str
    place: str
    label: str
    verdict: Word
    is_small: bool
    good: Literal["up", "down", ""]
    before: str
    after: str
    before_n: int
    after_n: int
    change: str
    seen: str
    log: list[str]


class ProgressSaid(Said):
    """What got better, worse, changed, or gave no sign; corrected for all that was asked.

    `do_overlap` is true where the two sides share days: then some cases may count on both.
    """

    before: ComparedSideSaid
    after: ComparedSideSaid
    rows: list[ComparedRowSaid]
    better: int
    worse: int
    changed: int
    no_sign: int
    not_tested: int
    do_overlap: bool
    rate: float
    notes: list[str]


class ProgressAsked(Asked):
    """Ids of the checks or windows on both sides, or of a comparison that is there."""

    before: str = Field("", description="Id of the earlier check or window.")
    after: str = Field("", description="Id of the later check or window.")
    comparison: str = Field("", description="Id of a comparison, in their place.")
    language: str = LANGUAGE


class DifferenceAsked(Asked):
    """Names of two versions; "" is the map as it stands."""

    before: str = Field("", description="Name of the earlier version.")
    after: str = Field("", description="Name of the later version.")


class DifferenceLine(Said):
    """One difference. `text` says it in English; the other fields are for other languages."""

    kind: Literal["added", "removed", "moved", "changed"]
    ref: str
    element: str
    field: str
    label: str
    place: str
    stage: str
    was: str
    now: str
    text: str


class DrawnCard(Said):
    """A statement on the picture of both versions."""

    ref: str
    label: str
    lane: str
    mark: Mark


class DrawnStep(Said):
    """A step on the picture of both versions."""

    ref: str
    label: str
    mark: Mark
    cards: list[DrawnCard]


class DrawnStage(Said):
    """A stage on the picture of both versions; `cards` are of the stage itself."""

    ref: str
    label: str
    mark: Mark
    cards: list[DrawnCard]
    steps: list[DrawnStep]


class DifferenceSaid(Said):
    """What differs between two versions, in words and on a picture of both."""

    lines: list[DifferenceLine]
    cards: list[DrawnCard]
    stages: list[DrawnStage]


async def list_progress_sides(request: Request, _: Actor) -> Response:
    """Checks and windows that can be held against each other, and comparisons that jobs made."""
    map_id = request.path_params["map"]

    def find() -> ProgressSidesSaid:
        results = results_of(request)
        journey_of(desk_of(request).rooms, map_id)
        checks = results.all(map_id, "check", MOST_SIDES)
        return ProgressSidesSaid(
            checks=[_side(one) for one in checks],
            windows=[
                _window(newest, one)
                for newest in checks[:1]
                for one in windows_in(results, newest)
            ],
            comparisons=[
                _side(one) for one in results.all(map_id, "compare", MOST_SIDES)
            ],
        )

    return given(await asyncio.to_thread(find))


def _side(one: Snapshot) -> ProgressSideSaid:
    extent = one.extent
    return ProgressSideSaid(
        id=one.id,
        made_us=one.made_us,
        cases=extent.cases,
        window_from=extent.window_from,
        window_to=extent.window_to,
    )


def _window(check: Snapshot, one: CheckedGroup) -> ProgressSideSaid:
    return ProgressSideSaid(
        id=f"{check.id}{WINDOW}{one.key}",
        made_us=check.made_us,
        cases=one.cases,
        window_from=one.window_from,
        window_to=one.window_to,
    )


async def read_progress(request: Request, actor: Actor) -> Response:
    """Better, worse, changed, no sign: every fact of two checks held against each other.

    Guests with a link see no fact with fewer than 10 customers behind it.
    """
    wanted = asked(ProgressAsked, request)
    least_n = LEAST_PEOPLE if actor.only_map else 0
    return given(await asyncio.to_thread(_progress, request, wanted, least_n))


def _progress(request: Request, wanted: ProgressAsked, least_n: int) -> ProgressSaid:
    map_id, results = request.path_params["map"], results_of(request)
    journey = journey_of(desk_of(request).rooms, map_id)
    if wanted.comparison:
        one = _snapshot(results, map_id, wanted.comparison, "compare")
        found = comparison_from(results.part(one.id, "comparison"))
        is_shared = False
    else:
        before, after = (
            _measured(results, map_id, name) for name in (wanted.before, wanted.after)
        )
        if (after.window_from, after.window_to) < (before.window_from, before.window_to):  # fmt: skip
            before, after = after, before
        changes = tracking_of(request).changes(map_id)
        found = compared(before, after, journey, changes)
        # no case begins in two windows
        is_window = all(WINDOW in name for name in (wanted.before, wanted.after))
        is_shared = not is_window and do_overlap(before, after)
    language = wanted.language or journey.language
    found = spoken(found, language)
    rows = rows_of(found, journey, Words(language), least_n)
    return _progress_said(found, rows, do_overlap=is_shared)


def _measured(results: Results, map_id: str, name: str) -> Evidence:
    """Evidence of a check, or of one of its windows."""
    check, _, window = name.partition(WINDOW)
    snapshot = _snapshot(results, map_id, check, "check")
    if window and window not in {one.key for one in windows_in(results, snapshot)}:
        raise _no_such_check()
    return evidence_in(results, snapshot, window)


def _snapshot(results: Results, map_id: str, name: str, kind: str) -> Snapshot:
    found = results.one(name) if name else None
    if found is None or found.map != map_id or found.kind != kind:
        raise _no_such_check()
    return found


def _no_such_check() -> WebError:
    hint = "Choose two checks of this map."
    return WebError(Problem("E792", "there is no such check", hint=hint))


def _progress_said(
    found: Comparison, rows: list[Row], *, do_overlap: bool
) -> ProgressSaid:
    verdicts = [one.change.verdict for one in rows]
    return ProgressSaid(
        before=_compared_side(found.before),
        after=_compared_side(found.after),
        rows=[
            ComparedRowSaid(
                ref=one.change.subject,
                place=one.place,
                label=one.label,
                verdict=one.change.verdict,
                is_small=one.change.is_small,
                good=one.change.good,
                before=one.before,
                after=one.after,
                before_n=one.change.before.n,
                after_n=one.change.after.n,
                change=one.told,
                seen=one.seen,
                log=list(one.change.log),
            )
            for one in rows
        ],
        better=verdicts.count("better"),
        worse=verdicts.count("worse"),
        changed=verdicts.count("changed"),
        no_sign=verdicts.count("no sign"),
        not_tested=verdicts.count("not tested"),
        do_overlap=do_overlap,
        rate=found.false_discovery_rate,
        notes=list(found.notes),
    )


def _compared_side(one: Side) -> ComparedSideSaid:
    return ComparedSideSaid(
        cases=one.cases, window_from=one.window_from, window_to=one.window_to
    )


async def read_difference(request: Request, _: Actor) -> Response:
    """What was added, removed, moved and changed between two versions of a map."""
    wanted = asked(DifferenceAsked, request)
    map_id, rooms = request.path_params["map"], desk_of(request).rooms

    def find() -> DifferenceSaid:
        old, new = (
            journey_of(rooms, map_id, name) for name in (wanted.before, wanted.after)
        )
        return _difference(old, new)

    return given(await asyncio.to_thread(find))


def _difference(old: JourneyMap, new: JourneyMap) -> DifferenceSaid:
    found = difference_of(old, new)
    return DifferenceSaid(
        lines=[
            DifferenceLine(
                kind=one.change.kind,
                ref=one.change.ref,
                element=one.kind,
                field=one.change.field,
                label=one.label,
                place=one.place,
                stage=found.stages.get(one.stage, ""),
                was=one.was,
                now=one.now,
                text=one.change.text,
            )
            for one in found.told
        ],
        cards=[_card(one) for one in found.drawn if one.kind == "statement"],
        stages=[
            DrawnStage(
                ref=stage.ref,
                label=stage.label,
                mark=stage.mark,
                cards=[_card(one) for one in stage.parts if one.kind == "statement"],
                steps=[
                    DrawnStep(
                        ref=step.ref,
                        label=step.label,
                        mark=step.mark,
                        cards=[_card(one) for one in step.parts],
                    )
                    for step in stage.parts
                    if step.kind == "step"
                ],
            )
            for stage in found.drawn
            if stage.kind == "stage"
        ],
    )


def _card(one: Drawn) -> DrawnCard:
    return DrawnCard(ref=one.ref, label=one.label, lane=one.lane, mark=one.mark)


def routes() -> list[BaseRoute]:
    """Routes of progress."""
    one = "/api/maps/{map}/progress"
    return [
        route(f"{one}/sides", list_progress_sides, "GET", "look", is_of_map=True).says(
            gives=ProgressSidesSaid
        ),
        route(one, read_progress, "GET", "look", is_of_map=True).says(
            gives=ProgressSaid, query=ProgressAsked
        ),
        route(
            "/api/maps/{map}/difference", read_difference, "GET", "look", is_of_map=True
        ).says(gives=DifferenceSaid, query=DifferenceAsked),
    ]
