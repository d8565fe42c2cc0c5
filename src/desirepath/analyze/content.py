"""Content: what people meet at a step that goes with leaving or staying, with missing or reaching the goal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from desirepath.analyze.basis import Basis, Effect, nearer
from desirepath.analyze.contrast_findings import contrast_finding, mood_finding
from desirepath.analyze.finding import Finding, Kind, Said, Section, section_of
from desirepath.evidence.content import ACTIVITY, BESIDE
from desirepath.evidence.contrasts import (
    GOAL_ELSE,
    GOAL_IF,
    HAS,
    LEAVE_ELSE,
    LEAVE_IF,
)
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.sentences.phrase import Phrase, listed, share

NAME = "content"
SURE_END = 0.95
SIDES = {
    LEAVE_IF: (LEAVE_IF, LEAVE_ELSE),
    GOAL_IF: (GOAL_IF, GOAL_ELSE),
}


def content(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Activities at a step after which more (or fewer) leave or reach the goal."""
    basis = Basis(journey_map, evidence, quotes)
    met = list(basis.all(HAS, ACTIVITY))
    findings = [one for has in met for one in _of_activity(basis, has)]
    needs = () if met else (Phrase("needs.beside"),)
    return section_of(NAME, tuple(findings), needs)


def careful_effect(basis: Basis, has: Fact, measure: str) -> Effect | None:
    """The more careful of the two views of what meeting an activity goes with."""
    sides = SIDES[measure]
    one = basis.effect(has.subject, has.target, sides)
    beside = f"{BESIDE}{has.target.removeprefix(ACTIVITY)}"
    two = basis.effect(has.subject, beside, sides)
    return None if one is None or two is None else nearer(one, two)


def _of_activity(basis: Basis, has: Fact) -> Iterator[Finding]:
    """The plainer of leaving and reaching the goal; both were asked, so its p counts twice."""
    felt = mood_finding(
        basis,
        has,
        named=(NAME, "A905", "fix"),
        who=Phrase(
            "who.meet",
            place=basis.name(has.subject),
            activity=has.target.removeprefix(ACTIVITY),
        ),
    )
    if felt is not None:
        yield felt
    asked = {
        measure: effect
        for measure in SIDES
        if (effect := careful_effect(basis, has, measure)) is not None
    }
    if not asked:
        return
    without = basis.fact(has.subject, GOAL_ELSE, has.target)
    if without is not None and not without.hits:
        return  # part of every way to the goal: that nobody gets there without it says nothing
    measure, effect = min(asked.items(), key=lambda pair: pair[1].p)
    effect = replace(effect, p=min(1.0, effect.p * len(asked)))
    is_bad = effect.value > 0 if measure == LEAVE_IF else effect.value < 0
    kind: Kind = "fix" if is_bad else "keep"
    ends = ""
    if effect.first >= SURE_END:  # how cases end is no cause of how they end
        kind, ends = "look", Phrase("content.end")
    won = basis.fact(has.subject, GOAL_IF, has.target)
    if not is_bad and won is not None and (won.value or 0.0) >= SURE_END:
        kind, ends = "look", Phrase("content.success")
    code = {(True, LEAVE_IF): "A901", (False, LEAVE_IF): "A902"}.get(
        (is_bad, measure), "A903" if is_bad else "A904"
    )
    told = Phrase(
        "content.leave" if measure == LEAVE_IF else "content.goal",
        place=basis.name(has.subject),
        activity=has.target.removeprefix(ACTIVITY),
        first=share(effect.first),
        second=share(effect.second),
    )
    yield contrast_finding(
        basis,
        has,
        effect,
        named=(NAME, code, kind),
        words=listed([told, ends], "gap") if ends else told,
        measures=SIDES[measure],
    )
