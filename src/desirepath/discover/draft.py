"""Draft: journey maps from events alone, and what they leave out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from desirepath.discover.found import left_out, statements_of, ways_on
from desirepath.discover.represent import Representatives, represent
from desirepath.discover.simplify import Simplified, simplify
from desirepath.discover.sketch import Wording, sketch
from desirepath.discover.way import (
    MAX_STEPS,
    Nearness,
    Way,
    find_way,
    first_only,
    first_orders,
    nearness,
)
from desirepath.errors import CheckError, Problem
from desirepath.events import kernels
from desirepath.events.patterns import matching_codes
from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.evidence.facts import Evidence
from desirepath.evidence.measure import measure_map
from desirepath.maps.model import Discovered, JourneyMap

MIN_CASES = 2
FEW_CASES = 30
TOUCHPOINTS = "touchpoints"
MIN_ACTIVITY_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Discovery:
    """Draft maps, the one that tells most steps of most cases first.

    Attributes:
        maps: One draft for each kind of journey.
        ways: The row of activities behind each map.
        near: How near the cases looked at are to each way.
        evidence: What was measured of the first map while drafting.
        cases: Cases looked at: those that reach the goal, where one is given.
        all_cases: All cases of the log.
    """

    maps: tuple[JourneyMap, ...]
    ways: tuple[Way, ...]
    near: tuple[Nearness, ...]
    evidence: Evidence
    cases: int
    all_cases: int

    @property
    def best(self) -> JourneyMap:
        """The first draft."""
        return self.maps[0]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        rows = zip(self.maps, self.ways, self.near, strict=True)
        return {
            "format": "desirepath/discovery/1",
            "cases": self.cases,
            "all_cases": self.all_cases,
            "kinds": [
                {
                    "map": one.id,
                    "title": one.title,
                    "steps": list(one.step_ids()),
                    "cases_of_kind": way.cases,
                    "near_cases": near.near_cases,
                    "median_distance": round(near.median_distance, 4),
                    "discovered": one.discovered.model_dump(mode="json")
                    if one.discovered
                    else None,
                }
                for one, way, near in rows
            ],
        }


def discover_maps(
    sequences: Sequences,
    *,
    goal: str | None = None,
    kinds: int | None = None,
    stages: int | None = None,
    max_steps: int = MAX_STEPS,
    title: str | None = None,
    names: Mapping[str, str] | None = None,
    rng: np.random.Generator | None = None,
) -> Discovery:
    """Draft maps of the journeys customers really take.

    With a goal, the way there is drafted from the cases that reach it, up to their first success.
    On the first map drop-off and pains are those of all cases, on the others those of their kind.

    Args:
        sequences: The cases.
        goal: Activity pattern that shows success.
        kinds: Number of kinds of journeys; None for as many as pay for themselves.
        stages: Number of stages; None for the best of 3 to 7.
        max_steps: Steps on the main way, 12 at most on a poster.
        title: Title of the map.
        names: Activity to the words people use for it.
        rng: Draws samples where there are very many distinct sequences.

    Raises:
        CheckError: E410 if no activity matches the goal, E411 if fewer than 2 cases are left.

    References:
        Rissanen 1978 (description length); see the explanation of discovery in the docs.
    """
    success = _success(sequences, goal)
    looked = sequences if success is None else _up_to_goal(sequences, success)
    simple = simplify(looked, min_share=MIN_ACTIVITY_SHARE, kept=success)
    if len(simple.cases) < MIN_CASES:
        what = f"only {len(simple.cases)} cases can be drafted from; {MIN_CASES} are needed"
        raise CheckError(
            Problem(
                "E411",
                what,
                hint="Give more events, another goal, or cut cases differently (--gap).",
            )
        )
    size = len(simple.activities)
    order, offsets = first_only(simple.codes, simple.offsets, size)
    found = represent(
        order, offsets, size, rng or np.random.default_rng(0), kinds=kinds
    )
    last = _goal_numbers(simple, sequences, success)
    ways = _ways(order, offsets, size, found, last, max_steps)
    firsts = first_orders(order, offsets)
    near = tuple(nearness(way, firsts) for way in ways)
    wording = Wording(goal, title, names or {})
    sketches = [
        sketch(way, number, simple, sequences, wording, stages)
        for number, way in enumerate(ways)
    ]
    evidence = [
        measure_map(
            one,
            looked.take(simple.cases[np.isin(found.of_case, way.kinds)])
            if rank
            else sequences,
            segments=(),
        )
        for rank, (one, way) in enumerate(zip(sketches, ways, strict=True))
    ]
    rows = zip(sketches, ways, near, evidence, strict=True)
    maps = tuple(
        _finish(one, way, close, simple, looked, facts)
        for one, way, close, facts in rows
    )
    return Discovery(
        maps, ways, near, evidence[0], looked.case_count, sequences.case_count
    )


def _success(sequences: Sequences, goal: str | None) -> BoolArray | None:
    """bool[n_codes], codes that show the goal; None without one."""
    if goal is None:
        return None
    success = matching_codes(sequences.activities, sequences.channels, goal)
    if not success.any():
        known = ", ".join(sorted(set(sequences.activities))[:8])
        raise CheckError(
            Problem(
                "E410",
                f'no activity matches the goal "{goal}"',
                hint=f"Activities here: {known}.",
            )
        )
    return success


def _up_to_goal(sequences: Sequences, success: BoolArray) -> Sequences:
    """Cases that reach the goal, each up to its first success."""
    first = kernels.first_in_case(success[sequences.codes], sequences.offsets)
    end = np.repeat(first, sequences.lengths)
    return sequences.keep(np.arange(sequences.event_count) <= end)


def _goal_numbers(
    simple: Simplified, sequences: Sequences, success: BoolArray | None
) -> frozenset[int]:
    """Numbers of the activities that show success, as used by `simple`."""
    if success is None:
        return frozenset()
    wanted = {sequences.activities[code] for code in np.flatnonzero(success)}
    return frozenset(
        number for number, name in enumerate(simple.activities) if name in wanted
    )


def _ways(
    order: IntArray,
    offsets: IntArray,
    size: int,
    found: Representatives,
    last: frozenset[int],
    max_steps: int,
) -> tuple[Way, ...]:
    """The ways of all kinds, the one that tells most steps of most cases first; equal ways are one."""
    kinds: dict[tuple[int, ...], list[int]] = {}
    for kind in range(len(found.journeys)):
        events = np.repeat(found.of_case == kind, np.diff(offsets))
        bounds, _ = kernels.keep(events, offsets)
        steps = find_way(order[events], bounds, size, last=last, max_steps=max_steps)
        kinds.setdefault(steps, []).append(kind)
    ways = [
        Way(steps, int(found.cases[same].sum()), tuple(same))
        for steps, same in kinds.items()
    ]
    return tuple(sorted(ways, key=lambda way: -way.cases * len(way.codes)))


def _finish(
    draft: JourneyMap,
    way: Way,
    near: Nearness,
    simple: Simplified,
    looked: Sequences,
    evidence: Evidence,
) -> JourneyMap:
    """The draft with ways on, pains from data, and what it leaves out."""
    onward = ways_on(draft, evidence)
    pains = statements_of(draft, evidence)
    stages = tuple(
        stage.model_copy(
            update={
                "steps": tuple(
                    step.model_copy(
                        update={"next": onward[step.id], "statements": pains[step.id]}
                    )
                    for step in stage.steps
                )
            }
        )
        for stage in draft.stages
    )
    shown = simple.event_counts[list(way.codes)].sum() / simple.event_counts.sum()
    notes = [
        f"{near.near_cases:,} of {looked.case_count:,} journeys lie within a quarter of its steps.",
        f"Its steps are {shown:.0%} of all that happens in these journeys.",
    ]
    if looked.case_count < FEW_CASES:
        notes.append("Very few journeys: others may look quite different.")
    if looked.case_count < evidence.cases:
        notes.append(
            f"Drafted from the {looked.case_count:,} of {evidence.cases:,} journeys that reach the goal."
        )
    used = {one.lane for step in pains.values() for one in step}
    lanes = tuple(lane for lane in draft.lanes if lane == TOUCHPOINTS or lane in used)
    discovered = Discovered(
        cases=looked.case_count,
        events=looked.event_count,
        stands_for=f"{near.near_cases / looked.case_count * 100:.1f}%",
        source=looked.source.get("source"),
        starts=evidence.window_from or None,
        ends=evidence.window_to or None,
        left_out=left_out(way.codes, simple, looked.case_count),
        notes=tuple(notes),
    )
    return draft.model_copy(
        update={"lanes": lanes, "stages": stages, "discovered": discovered}
    )
