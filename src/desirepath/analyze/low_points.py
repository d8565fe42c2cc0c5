"""Low points: where the mood dips, where many leave, where people do things again and again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from desirepath.analyze.basis import UNTOLD, Basis, Effect, affected, measured
from desirepath.analyze.contrast_findings import mood_finding
from desirepath.analyze.curve import scored_steps, turning_points
from desirepath.analyze.finding import Finding, Kind, Said, Section, section_of
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
from desirepath.sentences.phrase import Phrase, listed, points, share
from desirepath.stats.two_groups import share_differences

NAME = "low_points"
SURE = 0.05
CODES = {AGAIN: "A303", BACK: "A304", LOOP: "A305"}
# how they fare: measures, the sign of what is bad, and the end of the sentence
FARE = {
    (GOAL_IF, GOAL_ELSE): (-1, "goal"),
    (LEAVE_IF, LEAVE_ELSE): (1, "leave"),
}


def low_points(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Dips of the mood, peaks of leaving, repeats that go with missing the goal."""
    basis = Basis(journey_map, evidence, quotes)
    needs = []
    if len(scored_steps(basis)) < 2:  # noqa: PLR2004 - a dip needs neighbors
        needs.append(Phrase("needs.scores"))
    if basis.fact("map", "goal") is None:
        needs.append(Phrase("needs.goal_event"))
    findings = (
        *turning_points(basis, NAME, "A301", "fix"),
        *_leaving(basis),
        *_again(basis),
    )
    return section_of(NAME, findings, tuple(needs))


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
    is_goal_known = basis.fact("map", "goal") is not None
    return Finding(
        analysis=NAME,
        code="A302",
        subject=fact.subject,
        place=place,
        words=Phrase(
            "low.leave" if is_goal_known else "low.leave_ends",
            first=share(effect.first),
            place=place,
            second=share(effect.second),
        ),
        **affected(here),
        **measured(effect),
        # the part of the leavers that is above what is usual on this map
        severity=UNTOLD * max(effect.value, 0.0) / max(effect.first, 1e-9),
        # an end is no loss as long as nobody knows the goal
        kind="fix" if is_goal_known else "look",
        p=effect.p if effect.value > 0 else 1.0,
        evidence=((fact.subject, fact.measure, fact.target),),
        quotes=basis.quotes(fact.subject, "fix"),
        warning=Phrase("mind.content"),
        to_know_more=Phrase("more.ask_leavers"),
    )


def _again(basis: Basis) -> Iterator[Finding]:
    """Repeats, each against those who did not have to."""
    for target, code in CODES.items():
        for has in basis.all(HAS, target):
            if has.target != target:
                continue
            is_loop = target == LOOP
            place = basis.pair(has.subject) if is_loop else basis.name(has.subject)
            named: tuple[str, str, Kind] = (NAME, "A306", "fix")
            felt = mood_finding(
                basis, has, named=named, who=Phrase(f"who.{target}", place=place)
            )
            if felt is not None:
                yield felt
            asked = _plainer(basis, has)
            if asked is None:
                continue
            measures, effect, end = asked
            here = basis.some(has.hits)
            is_felt = _is_felt(basis, has)
            yield Finding(
                analysis=NAME,
                code=code,
                subject=has.subject,
                place=place,
                words=Phrase(
                    f"low.{target}_{end}",
                    share=share(has.value),
                    place=place,
                    first=share(effect.first),
                    second=share(effect.second),
                    effect=points(effect.value),
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
                warning=_mind(is_felt=is_felt),
                to_know_more=Phrase("more.experiment"),
            )


def _plainer(basis: Basis, has: Fact) -> tuple[tuple[str, str], Effect, str] | None:
    """The plainer of leaving right there and missing the goal; where both were asked, its p counts twice.

    Effects that point the harmless way count as asked and have a p of 1.
    """
    found = []
    for measures, (bad, end) in FARE.items():
        effect = basis.effect(has.subject, has.target, measures)
        if effect is not None:
            p = effect.p if effect.value * bad > 0 else 1.0
            found.append((measures, replace(effect, p=p), end))
    if not found:
        return None
    measures, effect, end = min(found, key=lambda one: one[1].p)
    return measures, replace(effect, p=min(1.0, effect.p * len(found))), end


def _mind(*, is_felt: bool) -> Phrase:
    told = Phrase("mind.association")
    return told if is_felt else listed([told, Phrase("mind.unannoyed")], "gap")


def _is_felt(basis: Basis, has: Fact) -> bool:
    """True where those who do it again feel worse than those who need not."""
    mood = basis.mood(has.subject, has.target)
    return mood is not None and mood.value < 0 and mood.p <= SURE
