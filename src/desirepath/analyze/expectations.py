"""Unmet expectations: what customers got against what they expected and were promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from scipy.special import stdtr

from desirepath.analyze.basis import FULL_SWING, Basis, Effect, affected, measured
from desirepath.analyze.finding import Finding, Kind, Said, Section
from desirepath.analyze.wording import people, percent
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.promises import BROKEN as KEPT_NOT
from desirepath.maps.model import JourneyMap

NAME = "unmet_expectations"
TITLE = "Unmet expectations"
# what a broken promise weighs is what the mood loses by it, at least so much; where nobody was asked, a
# quarter of a customer lost: a convention
BROKEN, BROKEN_LEAST = 0.25, 0.025
UNFELT = "Nobody was asked how it felt; a broken promise weighs a quarter of a customer lost, a convention."
FELT = "It weighs by how much lower the mood is; those who answer may differ from those who do not."
HAD = " Left out: {:,} that had it before it was promised."
NEED_ANSWERS = (
    "What customers expected: a survey with a column of expectations beside the one of delivery "
    "(give it with --feedback)."
)
NEED_PROMISE = "What was promised: a statement in the lane promise or expectations with a claim on time."


def unmet_expectations(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Steps at which customers got less than they expected, and promises that were not kept."""
    basis = Basis(journey_map, evidence, quotes)
    gaps = [one for one in basis.all("expectation_gap") if one.subject != "map"]
    kept = list(basis.all("promise_kept"))
    needs = [
        *(() if gaps else (NEED_ANSWERS,)),
        *(() if kept else (NEED_PROMISE,)),
    ]
    findings = [
        *(
            gap_finding(basis, one, NAME, "A101", "fix")
            for one in step_gaps(basis)
            if (one.value or 0.0) <= 0
        ),
        *_broken(basis, kept),
    ]
    about = "Delivery minus expectation on the scale from -2 to +2; promises held against the events."
    return Section(NAME, TITLE, tuple(findings), tuple(needs), about)


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
        told = f" (expected {expected.value:+z.1f}, got {delivered.value or 0:+z.1f})"
    word = "less" if kind == "fix" else "more"
    how = "the same customers" if gap.target == "paired" else "two groups of customers"
    return Finding(
        analysis=analysis,
        code=code,
        subject=gap.subject,
        place=place,
        words=f"At {place} customers get {word} than they expect{told}.",
        **affected(here),
        **measured(gap, "emotion"),
        severity=min(abs(value) / FULL_SWING, 1.0),
        kind=kind,
        p=gap_p(gap),
        evidence=((gap.subject, gap.measure, gap.target),),
        quotes=basis.quotes(gap.subject, kind),
        warning=f"Answers of {how}; those who answer may differ from those who do not.",
        to_know_more="Ask more customers at this step, and read what they wrote.",
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
        never = f"; {away:,} of them did not get there after it" if away else ""
        before = basis.fact(fact.subject, "promise_before", fact.target)
        mood = basis.mood(fact.subject, f"{KEPT_NOT}{fact.target}")
        weight, warning = (BROKEN, UNFELT) if mood is None else (_felt(mood), FELT)
        felt = _mood_words(mood) if mood else ""
        is_promise = statement is not None and statement.lane == "promise"
        what = "promise" if is_promise else "expectation"
        verb = "kept" if is_promise else "met"
        made = "made to" if is_promise else "written for"
        yield Finding(
            analysis=NAME,
            code="A102",
            subject=fact.subject,
            place=basis.name(fact.subject),
            words=(
                f"The {what} “{said}” was not {verb} for {percent(1 - fact.value)} "
                f"of those it was {made} ({people(missed)} of {fact.cases:,}{never}).{felt}"
            ),
            **affected(here),
            value=1 - fact.value,
            unit="share",
            low=1 - fact.high,
            high=1 - fact.low,
            n=fact.n,
            severity=weight,
            evidence=((fact.subject, fact.measure, fact.target),),
            quotes=basis.quotes(fact.subject, "fix"),
            warning=warning + (HAD.format(before.hits) if before else ""),
            to_know_more="Compare how those with a kept and with a broken promise go on.",
        )


def _felt(mood: Effect) -> float:
    """How bad it is at least, by the mood of those it was broken to."""
    return min(max(-mood.high / FULL_SWING, BROKEN_LEAST), 1.0)


def _mood_words(mood: Effect) -> str:
    told = f" Their mood is {mood.first:+z.1f}, that of the others {mood.second:+z.1f}"
    if mood.low <= 0 <= mood.high:
        return f"{told}; chance could have made that difference."
    return f"{told} ({mood.value:+z.1f}, {mood.low:+z.1f} to {mood.high:+z.1f})."
