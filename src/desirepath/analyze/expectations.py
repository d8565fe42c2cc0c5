"""Unmet expectations: what customers got against what they expected and were promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from scipy.special import stdtr

from desirepath.analyze.basis import FULL_SWING, Basis, Effect, affected, measured
from desirepath.analyze.finding import Finding, Kind, Said, Section, section_of
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.promises import BROKEN as KEPT_NOT
from desirepath.maps.model import JourneyMap
from desirepath.sentences.phrase import Phrase, cases, listed, share
from desirepath.sentences.phrase import mood as felt

NAME = "unmet_expectations"
# what a broken promise weighs is what the mood loses by it, at least so much; where nobody was asked, a
# quarter of a customer lost: a convention
BROKEN, BROKEN_LEAST = 0.25, 0.025


def unmet_expectations(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Steps at which customers got less than they expected, and promises that were not kept."""
    basis = Basis(journey_map, evidence, quotes)
    gaps = [one for one in basis.all("expectation_gap") if one.subject != "map"]
    kept = list(basis.all("promise_kept"))
    needs = [
        *(() if gaps else (Phrase("needs.expectations"),)),
        *(() if kept else (Phrase("needs.promise"),)),
    ]
    findings = [
        *(
            gap_finding(basis, one, NAME, "A101", "fix")
            for one in step_gaps(basis)
            if (one.value or 0.0) <= 0
        ),
        *_broken(basis, kept),
    ]
    return section_of(NAME, tuple(findings), tuple(needs))


def step_gaps(basis: Basis) -> list[Fact]:
    """Gaps between delivery and expectation, step by step."""
    found = basis.all("expectation_gap")
    return [one for one in found if one.subject.startswith("step:")]


def gap_p(gap: Fact) -> float:
    """Two-sided p-value of "delivered as expected", by Student's test."""
    if gap.value is None or gap.n < 2:  # noqa: PLR2004 - one value has no spread
        return 1.0
    error = (gap.spread or 1 / np.sqrt(gap.n)) / np.sqrt(gap.n)
    return float(2 * stdtr(gap.n - 1, -abs(gap.value) / error))


def gap_finding(
    basis: Basis, gap: Fact, analysis: str, code: str, kind: Kind
) -> Finding:
    """A gap as a finding."""
    value = gap.value or 0.0
    here = basis.heard(gap.subject)
    place = basis.name(gap.subject)
    expected = basis.fact(gap.subject, "expectation", "emotion")
    delivered = basis.fact(gap.subject, "delivery", "emotion")
    told = ""
    if expected and delivered and expected.value is not None:
        told = Phrase(
            "gap.sides", expected=felt(expected.value), got=felt(delivered.value)
        )
    key = "gap.less" if kind == "fix" else "gap.more"
    is_paired = gap.target == "paired"
    return Finding(
        analysis=analysis,
        code=code,
        subject=gap.subject,
        place=place,
        words=Phrase(key, place=place, sides=told),
        **affected(here),
        **measured(gap, "emotion"),
        severity=min(abs(value) / FULL_SWING, 1.0),
        kind=kind,
        p=gap_p(gap),
        evidence=((gap.subject, gap.measure, gap.target),),
        quotes=basis.quotes(gap.subject, kind),
        warning=Phrase("mind.paired" if is_paired else "mind.unpaired"),
        to_know_more=Phrase("more.ask_more"),
    )


def _broken(basis: Basis, kept: Iterable[Fact]) -> Iterator[Finding]:
    texts = {f"{one.id}": one for _, one in basis.statements()}
    for fact in kept:
        missed = fact.cases - fact.hits
        if fact.value is None or fact.low is None or fact.high is None or not missed:
            continue
        statement = texts.get(fact.target)
        said = statement.text if statement and statement.text else fact.target
        here = basis.some(missed)
        there = basis.fact(fact.subject, "promise_reached", fact.target)
        away = there.cases - there.hits if there else 0
        never = Phrase("promise.never", count=away) if away else ""
        before = basis.fact(fact.subject, "promise_before", fact.target)
        mood = basis.mood(fact.subject, f"{KEPT_NOT}{fact.target}")
        is_promise = statement is not None and statement.lane == "promise"
        words = Phrase(
            "promise.broken" if is_promise else "promise.unmet",
            said=said,
            share=share(1 - fact.value),
            cases=cases(missed),
            all=fact.cases,
            never=never,
        )
        mind = Phrase("mind.felt" if mood else "mind.unfelt")
        had = Phrase("promise.before", count=before.hits) if before else ""
        yield Finding(
            analysis=NAME,
            code="A102",
            subject=fact.subject,
            place=basis.name(fact.subject),
            words=listed([words, _mood_words(mood)], "gap") if mood else words,
            **affected(here),
            value=1 - fact.value,
            unit="share",
            low=1 - fact.high,
            high=1 - fact.low,
            n=fact.n,
            severity=_felt(mood) if mood else BROKEN,
            evidence=((fact.subject, fact.measure, fact.target),),
            quotes=basis.quotes(fact.subject, "fix"),
            warning=listed([mind, had], "gap") if had else mind,
            to_know_more=Phrase("more.compare_broken"),
        )


def _felt(mood: Effect) -> float:
    """How bad it is at least, by the mood of those it was broken to; nothing where it is the better one."""
    if mood.low > 0:
        return 0.0
    return min(max(-mood.high / FULL_SWING, BROKEN_LEAST), 1.0)


def _mood_words(mood: Effect) -> Phrase:
    sides = {"first": felt(mood.first), "second": felt(mood.second)}
    if mood.low <= 0 <= mood.high:
        return Phrase("promise.mood_chance", **sides)
    ends = {"low": felt(mood.low), "high": felt(mood.high)}
    return Phrase("promise.mood", **sides, effect=felt(mood.value), **ends)
