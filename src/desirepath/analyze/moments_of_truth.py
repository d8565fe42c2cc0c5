"""Moments of truth: steps at which how it went goes along with the goal and the overall score."""

from __future__ import annotations

from collections.abc import Iterable

from desirepath.analyze.associations import caution, p_of
from desirepath.analyze.basis import FULL_SWING, Basis, affected, measured
from desirepath.analyze.finding import Finding, Kind, Said, Section, section_of
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.sentences.numerals import Number
from desirepath.sentences.phrase import Phrase, listed, points, share

NAME = "moments_of_truth"
GOAL, OVERALL = "goal", "overall score"
SURE = 0.05
ENDING, ALL_ALIKE = "A605", 0.02
MATTERS, MATTERS_SCORE = 0.05, 0.3
WENT = {"shown_effect": "A601", "repeat_effect": "A602", "wait_effect": "A603"}


def moments_of_truth(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Steps where how it went matters, those that matter most first."""
    basis = Basis(journey_map, evidence, quotes)
    went = [_of_going(basis, fact) for measure in WENT for fact in basis.all(measure)]
    scores = [_of_score(basis, fact) for fact in basis.all("driver_slope")]
    needs = (
        []
        if "effects on the goal" not in evidence.sources or went
        else [Phrase("needs.goal_events")]
    )
    if not scores:
        needs.append(Phrase("needs.step_scores"))
    return section_of(NAME, (*went, *scores), tuple(needs))


def _of_going(basis: Basis, fact: Fact) -> Finding:
    """An event, a return or a long wait, and what follows."""
    value = fact.value or 0.0
    code = WENT[fact.measure]
    place = basis.name(fact.subject)
    is_score = fact.target == OVERALL
    key = f"truth.{'score' if is_score else 'goal'}_{'up' if value > 0 else 'down'}"
    size = Number(value, "mood") if is_score else points(value)
    here = basis.some(fact.hits)
    kind = _act(fact, is_score=is_score)
    words = Phrase(key, who=_who(fact, place), effect=size)
    ending = _ending(basis, fact)
    if ending:
        kind, words = "look", ending
    return Finding(
        analysis=NAME,
        code=ENDING if ending else code,
        subject=fact.subject,
        place=place,
        words=words,
        **affected(here),
        **measured(fact, fact.unit),
        severity=0.0
        if ending
        else min(abs(value) / (FULL_SWING if is_score else 1.0), 1.0),
        kind=kind,
        p=p_of(fact),
        evidence=((fact.subject, fact.measure, fact.target),),
        quotes=basis.quotes(fact.subject, kind),
        warning=caution(basis, fact),
        to_know_more=Phrase("more.experiment"),
    )


def _who(fact: Fact, place: Phrase) -> Phrase:
    """Those it went so for, as the beginning of a sentence."""
    if fact.measure == "repeat_effect":
        return Phrase("who.returned", place=place)
    if fact.measure == "wait_effect":
        return Phrase("who.waited", place=place)
    if fact.subject == "map":
        return Phrase("who.met", activity=fact.target)
    return Phrase("who.met_at", activity=fact.target, place=place)


def _act(fact: Fact, *, is_score: bool) -> Kind:
    """What to do: fix or keep where the difference is shown to be larger than what matters, else look."""
    matters = MATTERS_SCORE if is_score else MATTERS
    if fact.high is not None and fact.high <= -matters:
        return "fix"
    # nobody should be made to wait or come back because those who do are the more determined
    is_good = fact.measure == "shown_effect" and (fact.low or 0.0) >= matters
    return "keep" if is_good else "look"


def _ending(basis: Basis, fact: Fact) -> Phrase | None:
    """Words where nearly all or nearly none who meet it reach the goal: an outcome by another name."""
    after = basis.fact(fact.subject, "shown_goal", fact.target)
    if fact.measure != "shown_effect" or after is None or after.value is None:
        return None
    if min(after.value, 1 - after.value) > ALL_ALIKE:
        return None
    return Phrase(
        "truth.ending",
        activity=fact.target,
        place=basis.name(fact.subject),
        share=share(after.value),
    )


def _of_score(basis: Basis, slope: Fact) -> Finding:
    """The score of a step, and what goes along with it."""
    value = slope.value or 0.0
    place = basis.name(slope.subject)
    part = basis.fact(slope.subject, "driver", slope.target)
    explains = Phrase("truth.explains", share=share(part.value)) if part else ""
    is_share = slope.unit == "share"
    size = points(value) if is_share else Number(value, "slope")
    better = Phrase(
        f"truth.slope_{'goal' if slope.target == GOAL else 'score'}",
        place=place,
        effect=size,
    )
    here = basis.heard(slope.subject)
    return Finding(
        analysis=NAME,
        code="A604",
        subject=slope.subject,
        place=place,
        words=listed([better, explains, _kind_of(basis, slope)], "gap"),
        **affected(here),
        **measured(slope, slope.unit),
        severity=min(abs(value) / (1.0 if slope.unit == "share" else FULL_SWING), 1.0),
        kind="look",
        p=p_of(slope),
        evidence=tuple(
            (slope.subject, measure, slope.target)
            for measure in ("driver_slope", "driver", "penalty", "reward")
            if basis.fact(slope.subject, measure, slope.target)
        ),
        quotes=basis.quotes(slope.subject, "fix"),
        warning=Phrase("mind.halo"),
        to_know_more=Phrase("more.improve_half"),
    )


def _kind_of(basis: Basis, slope: Fact) -> str:
    """Basic, delight or both, where the two sides are told apart."""
    sides = [
        basis.fact(slope.subject, measure, slope.target)
        for measure in ("penalty", "reward")
    ]
    if any(side is None for side in sides):
        return ""
    harms, wins = (
        one is not None and p_of(one) <= SURE and (one.value or 0.0) * sign > 0
        for one, sign in zip(sides, (-1, 1), strict=True)
    )
    keys = {
        (True, False): "truth.basic",
        (False, True): "truth.delight",
        (True, True): "truth.both",
    }
    return Phrase(keys[harms, wins]) if harms or wins else ""
