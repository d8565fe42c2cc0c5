"""Groups at one place held against each other: the worst against the best, tested over all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desirepath.analyze.basis import (
    FULL_SWING,
    Basis,
    Effect,
    People,
    affected,
    mean_effect,
    measured,
    share_effect,
)
from desirepath.analyze.finding import Finding
from desirepath.evidence.facts import Fact
from desirepath.stats.alike import means_alike, shares_differ


@dataclass(frozen=True, slots=True)
class Apart:
    """Groups that are told apart.

    Attributes:
        ranked: Facts of the groups, the worst first.
        effect: The worst against the best.
        p: P-value of "all are alike".
        severity: How bad the difference is for each of the worst group.
        unit: Unit of the difference.
    """

    ranked: tuple[Fact, ...]
    effect: Effect
    p: float
    severity: float
    unit: str

    @property
    def worst(self) -> Fact:
        """The group that fares worst."""
        return self.ranked[0]


def shares_apart(
    facts: Iterable[Fact], *, bad: int, weight: float = 1.0
) -> Apart | None:
    """Shares of several groups; None where there are fewer than two, or one is empty.

    Args:
        facts: A share of each group.
        bad: 1 where a large share is bad, -1 where a small one is.
        weight: What a difference of 1 weighs.
    """
    ranked = sorted(facts, key=lambda fact: (fact.value or 0.0) * -bad)
    effect = share_effect(ranked[0], ranked[-1]) if len(ranked) > 1 else None
    if effect is None:
        return None
    hits = [(one.value or 0.0) * one.n for one in ranked]
    p = shares_differ(hits, [one.n for one in ranked])
    return Apart(tuple(ranked), effect, p, weight * abs(effect.value), "share")


def moods_apart(facts: Iterable[Fact]) -> Apart | None:
    """Moods of several groups; None where there are fewer than two, or one has too few answers."""
    ranked = sorted(facts, key=lambda fact: fact.value or 0.0)
    effect = mean_effect(ranked[0], ranked[-1]) if len(ranked) > 1 else None
    if effect is None:
        return None
    p = means_alike(
        [one.value or 0.0 for one in ranked],
        [one.spread or 0.0 for one in ranked],
        [one.n for one in ranked],
    )
    severity = min(abs(effect.value) / FULL_SWING, 1.0)
    return Apart(tuple(ranked), effect, p, severity, "emotion")


def apart_finding(
    basis: Basis,
    apart: Apart,
    *,
    named: tuple[str, str],
    words: str,
    here: People,
    warning: str,
    more: str,
) -> Finding:
    """A finding about the group that fares worst.

    Args:
        basis: Map and facts.
        apart: The groups.
        named: Name of the analysis and code of the finding.
        words: One sentence.
        here: Whom it touches.
        warning: What must not be concluded from it.
        more: What it would take to know more.
    """
    worst = apart.worst
    return Finding(
        analysis=named[0],
        code=named[1],
        subject=worst.subject,
        place=basis.name(worst.subject),
        words=words,
        **affected(here),
        **measured(apart.effect, apart.unit),
        severity=apart.severity,
        p=apart.p,
        evidence=((worst.subject, worst.measure, worst.target),),
        quotes=basis.quotes(worst.subject, "fix"),
        warning=warning,
        to_know_more=more,
        segment=worst.segment,
    )
