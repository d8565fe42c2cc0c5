"""The flow drawn on the server, with its cards leading to the map, and as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from desirepath.errors import Problem, WebError
from desirepath.events.patterns import matching_codes
from desirepath.evidence.flow import Flow
from desirepath.evidence.flow_difference import FlowDifference, difference_of
from desirepath.maps.model import JourneyMap
from desirepath.render.flow_page import difference_title
from desirepath.render.flow_tables import tables_of
from desirepath.render.formats.svg import scene_svg
from desirepath.render.scene import Open, Scene
from desirepath.render.views.flow import flow_scene
from desirepath.render.views.flow_difference import difference_looks
from desirepath.render.views.flow_frame import about_words
from desirepath.render.words import Words
from desirepath.web.readings.said import (
    FlowLevelSaid,
    FlowPictureSaid,
    FlowSegmentSaid,
    FlowStopSaid,
    FlowTableSaid,
)
from desirepath.web.readings.told import FEWEST

MOST_PICTURES = 32


def levels_of(flows: tuple[Flow, ...], language: str) -> list[FlowLevelSaid]:
    """Levels that can be asked for, the fewest cards first."""
    words = Words(language)
    return [
        FlowLevelSaid(
            min_share=flow.min_share,
            words=words.share(flow.min_share),
            stops=len(flow.stops),
            moves=len(flow.moves),
        )
        for flow in flows
    ]


def segments_of(flow: Flow) -> list[FlowSegmentSaid]:
    """Groups that can be compared with another of the same name."""
    names = [one.segment.partition("=")[0] for one in flow.by_segment]
    return [
        FlowSegmentSaid(segment=one.segment, cases=one.cases)
        for one in flow.by_segment
        if names.count(one.segment.partition("=")[0]) > 1
    ]


def for_guests(flow: Flow) -> Flow:
    """The flow without what fewer than ten people do."""
    kept = [n for n, stop in enumerate(flow.stops) if stop.customers >= FEWEST]
    place = {old: new for new, old in enumerate(kept)}
    moves = [
        number
        for number, move in enumerate(flow.moves)
        if move.customers >= FEWEST and move.start in place and move.end in place
    ]
    least = FEWEST / max(flow.cases, 1)
    named = (one for one in flow.left_out.stops if one[1] >= least)
    return replace(
        flow,
        stops=tuple(flow.stops[one] for one in kept),
        moves=tuple(
            replace(
                flow.moves[one],
                start=place[flow.moves[one].start],
                end=place[flow.moves[one].end],
            )
            for one in moves
        ),
        journeys=tuple(
            replace(one, stops=tuple(place[stop] for stop in one.stops))
            for one in flow.journeys
            if one.all.cases >= FEWEST and all(stop in place for stop in one.stops)
        ),
        left_out=replace(flow.left_out, stops=tuple(named)),
        by_segment=tuple(
            replace(
                one,
                stop_cases=tuple(one.stop_cases[n] for n in kept),
                move_cases=tuple(one.move_cases[n] for n in moves),
                over_cases=tuple(one.over_cases[n] for n in kept if one.over_cases),
                leave_cases=tuple(one.leave_cases[n] for n in kept if one.leave_cases),
            )
            for one in flow.by_segment
            if one.customers >= FEWEST
        ),
    )


def compared(flow: Flow, segment: str, against: str) -> FlowDifference | None:
    """The difference of two segments; None where none is asked for.

    Raises:
        WebError: E719 one is missing, or they cannot be compared.
    """
    if not segment and not against:
        return None
    known = {one.segment for one in segments_of(flow)}
    is_pair = segment.partition("=")[0] == against.partition("=")[0]
    if not {segment, against} <= known or not is_pair or segment == against:
        what = "these two groups cannot be compared"
        hint = f"Name two values of one segment, such as {_example(known)}."
        raise WebError(Problem("E719", what, hint=hint))
    return difference_of(flow, segment, against)


def _example(known: set[str]) -> str:
    first = sorted(known)[:2]
    return f"segment={first[0]} and against={first[1]}" if first else "none is known here"  # fmt: skip


@lru_cache(MOST_PICTURES)
def drawn(
    flow: Flow, headline: str, segment: str, against: str, language: str
) -> tuple[Scene, str]:
    """A flow or a difference as a picture, and the same as SVG that stands in a page.

    Args:
        flow: The flow.
        headline: Of a picture without a difference: the page says already what it is.
        segment: ``name=value`` looked at, "" for everybody.
        against: ``name=value`` it is compared with.
        language: Language of the words.
    """
    words = Words(language)
    difference = compared(flow, segment, against)
    scene = flow_scene(
        flow,
        title=difference_title(difference, words) if difference else headline,
        language=language,
        looks=difference_looks(difference, words) if difference else None,
    )
    svg = scene_svg(
        scene, has_fonts=False, is_inline=True, is_focusable=True, is_fitted=True
    )
    return scene, svg


def picture_of(
    flow: Flow, journey: JourneyMap, segment: str, against: str, language: str
) -> FlowPictureSaid:
    """A flow drawn, its cards with the places they lead to, and all numbers as tables.

    Args:
        flow: The flow.
        journey: The map as it stands.
        segment: As `drawn`.
        against: As `drawn`.
        language: Language of the words.

    Raises:
        WebError: E719 the segments cannot be compared.
    """
    words = Words(language)
    difference = compared(flow, segment, against)
    scene, svg = drawn(flow, journey.title, segment, against, language)
    return FlowPictureSaid(
        svg=svg,
        title=scene.title,
        about=about_words(flow, words),
        stops=list(_stops(flow, scene, places_of(flow, journey))),
        tables=[
            FlowTableSaid(
                title=one.title,
                heads=list(one.heads),
                rows=[list(row) for row in one.rows],
            )
            for one in tables_of(flow, words, difference)
        ],
    )


def _stops(flow: Flow, scene: Scene, places: Mapping[str, str]) -> Iterator[FlowStopSaid]:  # fmt: skip
    """Cards of the picture; those without room on it are not there, so they are told apart by their words."""
    cards = sorted(
        (op for op in scene.ops if isinstance(op, Open) and op.role == "listitem"),
        key=lambda op: int(op.ref.partition(":")[2]),
    )
    rest = iter(flow.stops)
    for card in cards:
        stop = next(one for one in rest if card.label.startswith(one.name))
        yield FlowStopSaid(
            group=card.ref, name=stop.name, words=card.label, ref=places[stop.key]
        )


def places_of(flow: Flow, journey: JourneyMap) -> dict[str, str]:
    """Where the stops of a flow stand on a map, by key.

    A stop that no step is bound to leads to what is not on the map; one that only shows the goal to
    the map as a whole.
    """
    if flow.map_id:
        return {stop.key: f"step:{stop.key}" for stop in flow.stops}
    keys = [stop.key for stop in flow.stops]
    found = {key: f"missing:{key}" for key in keys}
    goal = journey.goal.success_patterns if journey.goal else ()
    bound = [
        (f"step:{step.id}", [one.activity for one in step.events])
        for step in journey.steps()
    ]
    bound.append(("map", [row.split(">")[-1].strip() for row in goal]))
    for ref, patterns in reversed(bound):  # the first step of the map counts
        for pattern in patterns:
            hits = matching_codes(keys, keys, pattern)
            for key, is_hit in zip(keys, hits.tolist(), strict=True):
                if is_hit:
                    found[key] = ref
    return found
