"""Time spent: what takes longer than the map expects, what the slow ones lose, where the time goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from desirepath.analyze.basis import Basis, affected, unshown
from desirepath.analyze.contrast_findings import contrast_finding, mood_finding
from desirepath.analyze.finding import Finding, Said, Section, section_of
from desirepath.evidence.contrasts import GOAL_ELSE, GOAL_IF, HAS
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.waits import SLOW, TIME_SHARE
from desirepath.maps.claims import TimeClaim
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.values import seconds_of
from desirepath.sentences.phrase import Phrase, listed, points, share, time
from desirepath.stats.two_groups import end_differences

NAME = "time_spent"
LATE = 0.25  # waiting longer than expected weighs at most a quarter of a customer lost: a convention
MIN_TIME_SHARE = 0.01
NOT_EXPECTED = ("pains", "pain")


def time_spent(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Waits beyond what the map expects, slow cases that miss the goal, and where the time goes."""
    basis = Basis(journey_map, evidence, quotes)
    if not any(basis.all(TIME_SHARE)):
        return section_of(NAME, needs=unshown(journey_map, "needs.times"))
    expected = list(_expected(basis))
    findings = (
        *expected,
        *_slow(basis),
        *(_where(basis, one) for one in basis.all(TIME_SHARE) if _is_large(basis, one)),
    )
    needs = () if expected else (Phrase("needs.expected_time"),)
    return section_of(NAME, findings, needs)


def _is_large(basis: Basis, fact: Fact) -> bool:
    is_wait = not basis.is_goal(fact.subject)
    return is_wait and fact.value is not None and fact.value >= MIN_TIME_SHARE


def _expected(basis: Basis) -> Iterator[Finding]:
    """Times that the map says something of, against the times measured."""
    for ref, statement in basis.statements():
        claim = statement.claim.time if statement.claim else None
        if claim is None or statement.lane in NOT_EXPECTED:
            continue
        limit = claim.typical_at_most or claim.p90_at_most
        measure = "time" if claim.typical_at_most else "time_p90"
        fact = basis.fact(f"statement:{statement.id}", measure, claim.to)
        if limit is not None and fact is not None and fact.value is not None:
            yield _late(basis, ref, (statement, claim), fact, seconds_of(limit))


def _late(
    basis: Basis,
    ref: str,
    said: tuple[Statement, TimeClaim],
    fact: Fact,
    limit_s: float,
) -> Finding:
    statement, claim = said
    value = fact.value or 0.0
    within = basis.fact(fact.subject, "time_within", claim.to)
    missed = fact.cases - within.hits if within else fact.cases // 2
    here = basis.some(missed)
    found = end_differences(
        (limit_s, limit_s, limit_s),
        (value, fact.low or 0.0, fact.high or np.inf),
    )
    p = float(found.p)
    key = "time.late" if claim.typical_at_most else "time.late_slow"
    goes_to = basis.name(f"step:{claim.to}") if claim.to in basis.steps else claim.to
    text = Phrase("time.said", text=statement.text) if statement.text else ""
    return Finding(
        analysis=NAME,
        code="A501",
        subject=ref,
        place=basis.name(ref),
        words=Phrase(
            key,
            start=basis.name(ref),
            end=goes_to,
            time=time(value),
            limit=time(limit_s),
            said=text,
        ),
        **affected(here),
        value=value,
        unit="s",
        low=fact.low,
        high=fact.high,
        n=fact.n,
        severity=LATE * max(1 - limit_s / value, 0.0) if value else 0.0,
        p=(p if np.isfinite(p) else 1.0) if value > limit_s else 1.0,
        evidence=((fact.subject, fact.measure, fact.target),),
        quotes=basis.quotes(ref, "fix"),
        warning=Phrase("mind.waiting"),
        to_know_more=Phrase("more.how_long"),
    )


def _slow(basis: Basis) -> Iterator[Finding]:
    """The slow quarter of each move, where it reaches the goal less often."""
    for has in basis.all(HAS, f"{SLOW}:"):
        limit_s = float(has.target.removeprefix(f"{SLOW}:"))
        who = Phrase("who.slow", time=time(limit_s), move=basis.name(has.subject))
        felt = mood_finding(basis, has, named=(NAME, "A504", "fix"), who=who)
        if felt is not None:
            yield felt
        effect = basis.effect(has.subject, has.target, (GOAL_IF, GOAL_ELSE))
        if effect is None:
            continue
        yield contrast_finding(
            basis,
            has,
            effect,
            named=(NAME, "A502", "fix"),
            words=Phrase(
                "time.slow",
                time=time(limit_s),
                move=basis.name(has.subject),
                first=share(effect.first),
                second=share(effect.second),
                effect=points(effect.value),
            ),
            measures=(GOAL_IF, GOAL_ELSE),
            is_mine=effect.value < 0,
        )


def _where(basis: Basis, fact: Fact) -> Finding:
    here = basis.people(fact.subject)
    moves = tuple(_moves(basis, fact.subject.removeprefix("step:")))
    waits = Phrase("aside", text=listed(moves, "semicolon")) if moves else ""
    place = basis.name(fact.subject)
    return Finding(
        analysis=NAME,
        code="A503",
        subject=fact.subject,
        place=place,
        words=Phrase("time.where", share=share(fact.value), place=place, waits=waits),
        **affected(here),
        value=fact.value,
        unit="share",
        low=fact.low,
        high=fact.high,
        n=min(fact.n, here.count),
        severity=fact.value or 0.0,
        kind="look",
        evidence=((fact.subject, TIME_SHARE, ""),),
        warning=Phrase("mind.wanted"),
        to_know_more=Phrase("more.write_time"),
    )


def _moves(basis: Basis, step: str) -> Iterator[Phrase]:
    """Typical time and slow tenth of each move the map draws from a step."""
    for fact in basis.all("time_p90"):
        if not fact.subject.startswith(f"transition:{step}>"):
            continue
        typical = basis.fact(fact.subject, "time", fact.target)
        if typical and typical.value is not None:
            slow = Phrase("time.tenth", time=time(fact.value)) if fact.value else ""
            yield Phrase(
                "time.move",
                place=basis.name(f"step:{fact.target}"),
                time=time(typical.value),
                slow=slow,
            )
