"""Who fares worse: steps at which one kind of customer leaves more often or feels worse than the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desirepath.analyze.basis import (
    FULL_SWING,
    UNTOLD,
    Basis,
    Effect,
    affected,
    mean_effect,
    measured,
    share_effect,
)
from desirepath.analyze.finding import Finding, Said, Section
from desirepath.analyze.wording import percent
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.stats.alike import means_alike, shares_alike

NAME = "segments"
TITLE = "Who fares worse"
MOST_NAMED = 3
NEED = "Segments of customers or cases: a column such as device or region (--segment COLUMN, or segments: in a recipe)."
WARNING = (
    "The kinds of customers differ in more than this; the step need not be the cause."
)
MORE = "Walk the step as this kind of customer, and ask some of those who left."


def segments(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Steps at which the values of a segment differ in leaving or in how it felt."""
    basis = Basis(journey_map, evidence, quotes)
    drops = _by_place(evidence, "drop_off", "")
    scores = _by_place(evidence, "score", "emotion")
    findings = (*_leaving(basis, drops), *_feeling(basis, scores))
    about = "The worst value of each segment against the best; tested over all its values at once."
    needs = () if drops or scores else (NEED,)
    return Section(NAME, TITLE, findings, needs, about)


def _by_place(evidence: Evidence, measure: str, target: str) -> list[list[Fact]]:
    """Facts of each step and segment with two values or more."""
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in evidence.select(None, measure, target=target):
        is_step = fact.subject.startswith("step:") and fact.segment
        if is_step and fact.value is not None and fact.n:
            name = fact.segment.partition("=")[0]
            found.setdefault((fact.subject, name), []).append(fact)
    return [facts for facts in found.values() if len(facts) > 1]


def _leaving(basis: Basis, groups: list[list[Fact]]) -> Iterator[Finding]:
    for facts in groups:
        ranked = sorted(facts, key=lambda fact: -(fact.value or 0.0))
        worst, best = ranked[0], ranked[-1]
        effect = share_effect(worst, best)
        if effect is None:
            continue
        p = shares_alike(
            [(one.value or 0.0) * one.n for one in facts], [one.n for one in facts]
        )
        told = [f"{percent(one.value)} of {_value(one)}" for one in ranked]
        words = (
            f"At {basis.name(worst.subject)} {_listed(told)} leave (by {_by(worst)})."
        )
        yield _finding(
            basis, "A1601", worst, effect, (words, p, UNTOLD * abs(effect.value))
        )


def _feeling(basis: Basis, groups: list[list[Fact]]) -> Iterator[Finding]:
    for facts in groups:
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
        told = [f"{one.value or 0:+z.1f} for {_value(one)}" for one in ranked]
        words = f"The mood at {basis.name(worst.subject)} is {_listed(told)} (by {_by(worst)})."
        weight = min(abs(effect.value) / FULL_SWING, 1.0)
        yield _finding(
            basis, "A1602", worst, effect, (words, p, weight), unit="emotion"
        )


def _value(fact: Fact) -> str:
    return fact.segment.partition("=")[2]


def _by(fact: Fact) -> str:
    return fact.segment.partition("=")[0]


def _listed(told: list[str]) -> str:
    """The worst and the best, with some between."""
    if len(told) <= MOST_NAMED:
        return ", ".join(told)
    return f"{', '.join(told[: MOST_NAMED - 1])} … {told[-1]}"


def _finding(
    basis: Basis,
    code: str,
    worst: Fact,
    effect: Effect,
    told: tuple[str, float, float],
    *,
    unit: str = "share",
) -> Finding:
    words, p, severity = told
    reach = next(
        basis.evidence.select(worst.subject, "reach", segment=worst.segment), worst
    )
    here = basis.some(max(worst.cases if reach is worst else reach.hits, worst.n))
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
