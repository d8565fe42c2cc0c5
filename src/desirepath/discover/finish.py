"""Finish: a draft with ways on, pains from data, where it comes from and what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirepath.discover.found import Statements, left_out, statements_of, ways_on
from desirepath.discover.simplify import Simplified
from desirepath.discover.way import Nearness, Way
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import Discovered, JourneyMap, Stage, Step

FEW_CASES = 30
TOUCHPOINTS = "touchpoints"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a draft is drafted from.

    Attributes:
        way: Its way.
        near: How near all cases looked at are to it.
        log: The cases of its kind.
        looked_cases: Cases of all kinds.
        all_cases: Cases with and without the goal.
        evidence: What was measured of the draft.
        behind: Numbers of activities that are work behind the scenes.
        beside: Statements on what happens beside the way, for each step.
        optional: Names of the steps that only some customers take, with their share.
    """

    way: Way
    near: Nearness
    log: Sequences
    looked_cases: int
    all_cases: int
    evidence: Evidence
    behind: frozenset[int]
    beside: tuple[Statements, ...]
    optional: tuple[str, ...] = ()


def finish(draft: JourneyMap, basis: Basis, simple: Simplified) -> JourneyMap:
    """The whole map."""
    onward = ways_on(draft, basis.evidence)
    found = (statements_of(draft, basis.evidence), *basis.beside)

    def whole(step: Step) -> Step:
        statements = tuple(
            one for statements in found for one in statements.get(step.id, ())
        )
        return step.model_copy(
            update={"next": onward[step.id], "statements": statements}
        )

    stages = tuple(
        stage.model_copy(update={"steps": tuple(whole(step) for step in stage.steps)})
        for stage in draft.stages
    )
    used = {
        one.lane for stage in stages for step in stage.steps for one in step.statements
    }
    return draft.model_copy(
        update={
            "lanes": tuple(
                lane for lane in draft.lanes if lane == TOUCHPOINTS or lane in used
            ),
            "stages": stages,
            "discovered": _discovered(basis, simple, stages),
        }
    )


def _discovered(
    basis: Basis, simple: Simplified, stages: tuple[Stage, ...]
) -> Discovered:
    """Where the map comes from, for how many journeys it stands, what it leaves out."""
    log, near = basis.log, basis.near
    return Discovered(
        cases=log.case_count,
        events=log.event_count,
        stands_for=f"{near.near_cases / basis.looked_cases * 100:.1f}%",
        source=log.source.get("source"),
        starts=basis.evidence.window_from or None,
        ends=basis.evidence.window_to or None,
        left_out=left_out(basis.way, simple, log, _drawn(stages), basis.behind),
        notes=tuple(_notes(basis, simple)),
    )


def _notes(basis: Basis, simple: Simplified) -> list[str]:
    log, looked = basis.log, basis.looked_cases
    numbers = simple.numbers[log.codes]
    on = basis.way.places(len(simple.activities))[numbers] >= 0
    on = on[~np.isin(numbers, list(basis.behind))]
    notes = [
        f"{basis.near.near_cases:,} of {looked:,} journeys lie within a quarter of its steps.",
        f"Its steps are {100 * on.mean():.0f} % of all that happens in these journeys.",
    ]
    if log.case_count < looked:
        notes.insert(
            0,
            f"One kind of journey: {log.case_count:,} of {looked:,} are most like it.",
        )
    if basis.optional:
        notes.append(f"Only some take: {', '.join(basis.optional)}.")
    if looked < FEW_CASES:
        notes.append("Very few journeys: others may look quite different.")
    if looked < basis.all_cases:
        notes.append(
            f"Drafted from the {looked:,} of {basis.all_cases:,} journeys that reach the goal."
        )
    return notes


def _drawn(stages: tuple[Stage, ...]) -> frozenset[tuple[int, int]]:
    """Places from and to of the moves a map draws."""
    steps = [step for stage in stages for step in stage.steps]
    place = {step.id: at for at, step in enumerate(steps)}
    moves = {(at, at + 1) for at in range(len(steps) - 1)}
    return frozenset(
        moves
        | {(place[step.id], place[way.step]) for step in steps for way in step.next}
    )
