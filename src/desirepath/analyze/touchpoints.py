"""Unnecessary touchpoints: steps shown to make no difference that matters, and that cost time. Candidates only."""

from __future__ import annotations

from collections.abc import Iterable

from desirepath.analyze.associations import caution, error_of, has_goal
from desirepath.analyze.basis import Basis, affected, measured
from desirepath.analyze.finding import Finding, Said, Section, section_of
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.sentences.numerals import Number
from desirepath.sentences.phrase import Phrase, listed, points, time
from desirepath.stats.equivalence import equivalent

NAME = "unnecessary_touchpoints"
MARGIN, MARGIN_OF_GOAL, MARGIN_SCORE = 0.05, 0.25, 0.3
LEAST_SEVERITY = 0.005


def unnecessary_touchpoints(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Steps that change neither goal, later steps nor score by as much as matters."""
    basis = Basis(journey_map, evidence, quotes)
    findings = [
        _candidate(basis, one)
        for one in basis.all("effect", "goal")
        if one.subject.startswith("step:") and one.spread and one.source == "events"
    ]
    needs = () if has_goal(basis) else (Phrase("needs.goal_events_without"),)
    return section_of(NAME, tuple(findings), needs)


def margin_of(without: Fact | None) -> float:
    """Smallest difference in goal share that matters: 5 points, or a quarter of the share without it.

    Examples:
        >>> margin_of(None)
        0.05
    """
    if without is None or without.value is None:
        return MARGIN
    return min(MARGIN, MARGIN_OF_GOAL * without.value)


def _candidate(basis: Basis, effect: Fact) -> Finding:
    subject = effect.subject
    goal_margin = margin_of(basis.fact(subject, "effect_without", "goal"))
    tests = [
        (effect, goal_margin),
        (basis.fact(subject, "later_effect", "later steps"), MARGIN),
        (basis.fact(subject, "score_effect", "overall score"), MARGIN_SCORE),
    ]
    known = [(fact, margin) for fact, margin in tests if fact is not None]
    time_s, share = _time(basis, subject)
    here, place = basis.people(subject), basis.name(subject)
    costs = Phrase("needless.time", time=time(time_s)) if time_s else ""
    minds = [caution(basis, effect), "" if tests[2][0] else Phrase("mind.unasked")]
    return Finding(
        analysis=NAME,
        code="A201",
        subject=subject,
        place=place,
        words=Phrase(
            "needless.step",
            place=place,
            effect=points(effect.value or 0.0),
            margin=Number(goal_margin, "bare"),
            costs=costs,
        ),
        **affected(here),
        **measured(effect),
        severity=max(LEAST_SEVERITY, min(share, 1.0)),
        kind="look",
        p=max(_p(fact, margin) for fact, margin in known),
        evidence=tuple((subject, fact.measure, fact.target) for fact, _ in known),
        quotes=basis.quotes(subject, "fix"),
        warning=listed(minds, "gap"),
        to_know_more=Phrase("more.leave_out"),
    )


def _p(fact: Fact, margin: float) -> float:
    """p-value of "it matters"."""
    return float(equivalent(fact.value or 0.0, error_of(fact), fact.n - 1, margin))


def _time(basis: Basis, subject: str) -> tuple[float | None, float]:
    """Typical time from a step to the next, and its share of the typical time to the goal."""
    step = subject.removeprefix("step:")
    found = [
        one
        for one in basis.all("time")
        if one.subject.startswith(f"transition:{step}>") and one.value
    ]
    if not found or found[0].value is None:
        return None, 0.0
    whole = basis.fact("map", "time", "goal")
    total = whole.value if whole and whole.value else None
    return found[0].value, found[0].value / total if total else 0.0
