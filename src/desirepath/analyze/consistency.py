"""Consistency: does the same step work equally well in every channel?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desirepath.analyze.basis import (
    FULL_SWING,
    Basis,
    Effect,
    affected,
    mean_effect,
    measured,
    share_effect,
)
from desirepath.analyze.finding import Finding, Said, Section
from desirepath.analyze.wording import percent
from desirepath.evidence.consistency import (
    CHANNEL_GOAL,
    CHANNEL_LEAVE,
    CHANNEL_SCORE,
)
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.stats.alike import means_alike, shares_alike

NAME = "consistency"
TITLE = "Consistency across channels"
NEED = "Steps that are done in two channels or more, by at least 30 cases each."
WARNING = (
    "Customers choose their channel: those in one may differ from those in another."
)
MORE = "Compare customers who use both channels, or move some of them by chance."


def consistency(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Steps whose channels differ in goal, leaving or score."""
    basis = Basis(journey_map, evidence, quotes)
    findings = (
        *_shares(basis, CHANNEL_GOAL, "A1001", "reach the goal", -1),
        *_shares(basis, CHANNEL_LEAVE, "A1002", "leave right there", 1),
        *_scores(basis),
    )
    about = "Worst against best channel of the same step; tested over all its channels at once."
    return Section(NAME, TITLE, findings, () if findings else (NEED,), about)


def _by_step(basis: Basis, measure: str) -> Iterator[list[Fact]]:
    """Facts of each step with two channels or more."""
    steps: dict[str, list[Fact]] = {}
    for fact in basis.all(measure):
        if fact.value is not None and fact.n:
            steps.setdefault(fact.subject, []).append(fact)
    yield from (facts for facts in steps.values() if len(facts) > 1)


def _shares(
    basis: Basis, measure: str, code: str, verb: str, bad: int
) -> Iterator[Finding]:
    for facts in _by_step(basis, measure):
        ranked = sorted(facts, key=lambda fact: (fact.value or 0.0) * -bad)
        worst, best = ranked[0], ranked[-1]
        effect = share_effect(worst, best)
        if effect is None:
            continue
        p = shares_alike(
            [(one.value or 0.0) * one.n for one in facts], [one.n for one in facts]
        )
        told = ", ".join(f"{percent(one.value)} in {one.target}" for one in ranked)
        words = f"At {basis.name(worst.subject)} {told} {verb}."
        yield _finding(basis, code, (worst, effect, words), p, abs(effect.value))


def _scores(basis: Basis) -> Iterator[Finding]:
    for facts in _by_step(basis, CHANNEL_SCORE):
        ranked = sorted(facts, key=lambda fact: fact.value or 0.0)
        worst, best = ranked[0], ranked[-1]
        effect = mean_effect(worst, best)
        if effect is None:
            continue
        p = means_alike(
            [one.value or 0.0 for one in facts],
            [one.spread or 0.0 for one in facts],
            [one.n for one in facts],
        )
        told = ", ".join(f"{one.value or 0:+z.1f} in {one.target}" for one in ranked)
        words = f"The mood at {basis.name(worst.subject)} is {told}."
        yield _finding(
            basis,
            "A1003",
            (worst, effect, words),
            p,
            min(abs(effect.value) / FULL_SWING, 1.0),
            unit="emotion",
        )


def _finding(
    basis: Basis,
    code: str,
    told: tuple[Fact, Effect, str],
    p: float,
    severity: float,
    *,
    unit: str = "share",
) -> Finding:
    worst, effect, words = told
    here = basis.some(worst.cases)
    return Finding(
        analysis=NAME,
        code=code,
        subject=worst.subject,
        place=basis.name(worst.subject),
        words=words,
        **affected(here),
        **measured(effect, unit),
        severity=severity,
        p=p,
        evidence=((worst.subject, worst.measure, worst.target),),
        quotes=basis.quotes(worst.subject, "fix"),
        warning=WARNING,
        to_know_more=MORE,
    )
