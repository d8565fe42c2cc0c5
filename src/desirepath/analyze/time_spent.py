"""Time spent: what takes longer than the map expects, what the slow ones lose, where the time goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from desirepath.analyze.basis import Basis, affected
from desirepath.analyze.contrast_findings import contrast_finding, mood_finding
from desirepath.analyze.finding import Finding, Said, Section
from desirepath.analyze.wording import duration, percent, points
from desirepath.evidence.contrasts import GOAL_ELSE, GOAL_IF, HAS
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.waits import SLOW, TIME_SHARE
from desirepath.maps.claims import TimeClaim
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.values import seconds_of
from desirepath.stats.two_groups import end_differences

NAME = "time_spent"
TITLE = "Time spent and waiting"
LATE = 0.25  # waiting longer than expected weighs at most a quarter of a customer lost: a convention
MIN_TIME_SHARE = 0.01
NOT_EXPECTED = ("pains", "pain")
NEED_TIMES = "When things happened: events with times."
NEED_EXPECTED = "How long it may take: a statement with claim: {time: {to: STEP, typical_at_most: 2d}}."


def time_spent(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Waits beyond what the map expects, slow cases that miss the goal, and where the time goes."""
    basis = Basis(journey_map, evidence, quotes)
    if not any(basis.all(TIME_SHARE)):
        return Section(NAME, TITLE, needs=(NEED_TIMES,))
    expected = list(_expected(basis))
    findings = (
        *expected,
        *_slow(basis),
        *(_where(basis, one) for one in basis.all(TIME_SHARE) if _is_large(basis, one)),
    )
    about = "Typical is the median of those who get there; slow is slower than three in four."
    return Section(NAME, TITLE, findings, () if expected else (NEED_EXPECTED,), about)


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
    word = "typically" if claim.typical_at_most else "for the slowest tenth"
    goes_to = basis.name(f"step:{claim.to}") if claim.to in basis.steps else claim.to
    return Finding(
        analysis=NAME,
        code="A501",
        subject=ref,
        place=basis.name(ref),
        words=(
            f"From {basis.name(ref)} to {goes_to} it takes {word} {duration(value)}, "
            f"not at most {duration(limit_s)} as the map says"
            f"{f' (“{statement.text}”)' if statement.text else ''}."
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
        warning="How much waiting weighs is a convention: at most a quarter of a customer lost.",
        to_know_more="Ask customers how long they expect it to take.",
    )


def _slow(basis: Basis) -> Iterator[Finding]:
    """The slow quarter of each move, where it reaches the goal less often."""
    for has in basis.all(HAS, f"{SLOW}:"):
        limit_s = float(has.target.removeprefix(f"{SLOW}:"))
        who = f"Those who wait longer than {duration(limit_s)} from {basis.name(has.subject)}"
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
            words=(
                f"A quarter waits longer than {duration(limit_s)} from {basis.name(has.subject)}; "
                f"{percent(effect.first)} of them reach the goal, against {percent(effect.second)} "
                f"of the others ({points(effect.value)})."
            ),
            measures=(GOAL_IF, GOAL_ELSE),
            is_mine=effect.value < 0,
        )


def _where(basis: Basis, fact: Fact) -> Finding:
    here = basis.people(fact.subject)
    waits = "; ".join(_moves(basis, fact.subject.removeprefix("step:")))
    place = basis.name(fact.subject)
    return Finding(
        analysis=NAME,
        code="A503",
        subject=fact.subject,
        place=place,
        words=(
            f"{percent(fact.value)} of all time passes between {place} and what comes next"
            f"{f' ({waits})' if waits else ''}."
        ),
        **affected(here),
        value=fact.value,
        unit="share",
        low=fact.low,
        high=fact.high,
        n=min(fact.n, here.count),
        severity=fact.value or 0.0,
        kind="look",
        evidence=((fact.subject, TIME_SHARE, ""),),
        warning="Time that customers want to spend is no loss.",
        to_know_more="Write on the map how long it may take, and check it.",
    )


def _moves(basis: Basis, step: str) -> Iterator[str]:
    """Typical time and slow tenth of each move the map draws from a step."""
    for fact in basis.all("time_p90"):
        if not fact.subject.startswith(f"transition:{step}>"):
            continue
        typical = basis.fact(fact.subject, "time", fact.target)
        if typical and typical.value is not None:
            slow = f", one in ten over {duration(fact.value)}" if fact.value else ""
            yield f"to {basis.name(f'step:{fact.target}')} typically {duration(typical.value)}{slow}"
