"""Low points: where the mood dips, where many leave, where people do things again and again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from desirepath.analyze.basis import UNTOLD, Basis, Effect, affected, measured
from desirepath.analyze.contrast_findings import mood_finding
from desirepath.analyze.curve import scored_steps, turning_points
from desirepath.analyze.finding import Finding, Kind, Said, Section
from desirepath.analyze.wording import ASSOCIATION, EXPERIMENT, percent, points
from desirepath.evidence.contrasts import (
    GOAL_ELSE,
    GOAL_IF,
    HAS,
    LEAVE_ELSE,
    LEAVE_IF,
)
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.loops import AGAIN, BACK, LOOP
from desirepath.maps.model import JourneyMap
from desirepath.stats.two_groups import share_differences

NAME = "low_points"
TITLE = "Low points"
AGAIN_WORDS = {
    AGAIN: "do the same thing again at {place}",
    BACK: "come back to {place}",
    LOOP: "go to and fro between {place}",
}
SURE = 0.05
NOT_WORSE = " Nobody told that it annoys: it weighs a quarter of one that goes with a worse mood."
CODES = {AGAIN: "A303", BACK: "A304", LOOP: "A305"}
# how they fare: measures, the sign of what is bad, in words
FARE = {
    (GOAL_IF, GOAL_ELSE): (-1, "reach the goal less often"),
    (LEAVE_IF, LEAVE_ELSE): (1, "leave right there more often"),
}
NEED_SCORES = (
    "How it felt: answers of customers with scores at two steps or more "
    "(give them with --feedback)."
)
NEED_GOAL = "Which event shows the goal: goal.success on the map."


def low_points(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Dips of the mood, peaks of leaving, repeats that go with missing the goal."""
    basis = Basis(journey_map, evidence, quotes)
    needs = []
    if len(scored_steps(basis)) < 2:  # noqa: PLR2004 - a dip needs neighbors
        needs.append(NEED_SCORES)
    if basis.fact("map", "goal") is None:
        needs.append(NEED_GOAL)
    findings = (
        *turning_points(basis, NAME, "A301", "fix"),
        *_leaving(basis),
        *_again(basis),
    )
    about = "Against the steps around, the steps elsewhere, or those who did not have to repeat."
    return Section(NAME, TITLE, findings, tuple(needs), about)


def _leaving(basis: Basis) -> Iterator[Finding]:
    """Steps at which a larger share leaves than at all other steps together."""
    drops = [
        one
        for one in basis.all("drop_off")
        if one.subject.startswith("step:") and one.value is not None and one.n
    ]
    for one in drops:
        others = [other for other in drops if other is not one]
        total = sum(other.n for other in others)
        if not total:
            continue
        rest = sum((other.value or 0.0) * other.n for other in others)
        found = share_differences(rest, total, (one.value or 0.0) * one.n, one.n)
        effect = Effect(
            float(found.value),
            float(found.low),
            float(found.high),
            one.n,
            float(found.p),
            one.value or 0.0,
            rest / total,
        )
        yield _leaving_finding(basis, one, effect)


def _leaving_finding(basis: Basis, fact: Fact, effect: Effect) -> Finding:
    here = basis.some(fact.hits)
    place = basis.name(fact.subject)
    return Finding(
        analysis=NAME,
        code="A302",
        subject=fact.subject,
        place=place,
        words=(
            f"{percent(effect.first)} of those at {place} leave there without the goal; "
            f"at the other steps {percent(effect.second)} do."
        ),
        **affected(here),
        **measured(effect),
        # the part of the leavers that is above what is usual on this map
        severity=UNTOLD * max(effect.value, 0.0) / max(effect.first, 1e-9),
        p=effect.p if effect.value > 0 else 1.0,
        evidence=((fact.subject, fact.measure, fact.target),),
        quotes=basis.quotes(fact.subject, "fix"),
        warning="Some may have left with what they came for.",
        to_know_more="Ask those who leave here why, by a question on the page or a call.",
    )


def _again(basis: Basis) -> Iterator[Finding]:
    """Repeats, each against those who did not have to."""
    for target, code in CODES.items():
        for has in basis.all(HAS, target):
            if has.target != target:
                continue
            place = basis.name(has.subject)
            if target == LOOP:
                place = place.replace(" to ", " and ")
            what = AGAIN_WORDS[target].format(place=place)
            named: tuple[str, str, Kind] = (NAME, "A306", "fix")
            felt = mood_finding(basis, has, named=named, who=f"Those who {what}")
            if felt is not None:
                yield felt
            asked = _plainer(basis, has)
            if asked is None:
                continue
            measures, effect, verb = asked
            here = basis.some(has.hits)
            is_felt = _is_felt(basis, has)
            yield Finding(
                analysis=NAME,
                code=code,
                subject=has.subject,
                place=place,
                words=(
                    f"{percent(has.value)} {what}; they {verb} "
                    f"({percent(effect.first)} against {percent(effect.second)}, {points(effect.value)})."
                ),
                **affected(here),
                **measured(effect),
                severity=abs(effect.value) * (1.0 if is_felt else UNTOLD),
                p=effect.p,
                evidence=(
                    (has.subject, HAS, has.target),
                    *((has.subject, one, has.target) for one in measures),
                ),
                quotes=basis.quotes(has.subject, "fix"),
                warning=ASSOCIATION + ("" if is_felt else NOT_WORSE),
                to_know_more=EXPERIMENT,
            )


def _plainer(basis: Basis, has: Fact) -> tuple[tuple[str, str], Effect, str] | None:
    """The plainer of leaving right there and missing the goal; where both were asked, its p counts twice.

    Effects that point the harmless way count as asked and have a p of 1.
    """
    found = []
    for measures, (bad, verb) in FARE.items():
        effect = basis.effect(has.subject, has.target, measures)
        if effect is not None:
            p = effect.p if effect.value * bad > 0 else 1.0
            found.append((measures, replace(effect, p=p), verb))
    if not found:
        return None
    measures, effect, verb = min(found, key=lambda one: one[1].p)
    return measures, replace(effect, p=min(1.0, effect.p * len(found))), verb


def _is_felt(basis: Basis, has: Fact) -> bool:
    """True where those who do it again feel worse than those who need not."""
    mood = basis.mood(has.subject, has.target)
    return mood is not None and mood.value < 0 and mood.p <= SURE
