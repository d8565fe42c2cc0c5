"""Moments of truth: steps at which how it went goes along with the goal and the overall score."""

from __future__ import annotations

from collections.abc import Iterable

from desirepath.analyze.associations import caution, p_of
from desirepath.analyze.basis import FULL_SWING, Basis, affected, measured
from desirepath.analyze.finding import Finding, Kind, Said, Section
from desirepath.analyze.wording import EXPERIMENT, percent, points
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap

NAME = "moments_of_truth"
TITLE = "Moments of truth"
ABOUT = (
    "How a step went (its score, an error, a long wait, coming back) against the goal and the overall "
    "score. A basic annoys when it fails and wins nothing when it works; a delight wins and is not missed."
)
NEED_GOAL = "Which events show the goal (goal: {success: …} on the map)."
NEED_SCORES = (
    "Scores of single steps: feedback that names the step or touchpoint (--feedback)."
)
GOAL, OVERALL = "goal", "overall score"
SURE = 0.05
ENDING, ALL_ALIKE = "A605", 0.02
MATTERS, MATTERS_SCORE = 0.05, 0.3
WENT = {
    "shown_effect": ("A601", "who meet “{}” at {}"),
    "repeat_effect": ("A602", "who come back to {}"),
    "wait_effect": ("A603", "who waited longest before {}"),
}


def moments_of_truth(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Steps where how it went matters, those that matter most first."""
    basis = Basis(journey_map, evidence, quotes)
    went = [_of_going(basis, fact) for measure in WENT for fact in basis.all(measure)]
    scores = [_of_score(basis, fact) for fact in basis.all("driver_slope")]
    needs = [] if "effects on the goal" not in evidence.sources or went else [NEED_GOAL]
    if not scores:
        needs.append(NEED_SCORES)
    return Section(NAME, TITLE, (*went, *scores), tuple(needs), ABOUT)


def _of_going(basis: Basis, fact: Fact) -> Finding:
    """An event, a return or a long wait, and what follows."""
    value = fact.value or 0.0
    code, who = WENT[fact.measure]
    place = basis.name(fact.subject)
    about = (fact.target, place) if fact.measure == "shown_effect" else (place,)
    who = who.replace(" at {}", "") if fact.subject == "map" else who
    is_score = fact.target == OVERALL
    if is_score:
        what = f"give {'higher' if value > 0 else 'lower'} overall scores ({value:+.1f} on the scale from -2 to +2)"
    else:
        what = f"reach the goal {'more' if value > 0 else 'less'} often ({points(value)}) than comparable others"
    here = basis.some(fact.hits)
    kind = _act(fact, is_score=is_score)
    words = f"Those {who.format(*about)} {what}."
    ending = _ending(basis, fact)
    if ending:
        kind, words = "look", f"“{fact.target}” at {place} is an ending: {ending}."
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
        to_know_more=EXPERIMENT,
    )


def _act(fact: Fact, *, is_score: bool) -> Kind:
    """What to do: fix or keep where the difference is shown to be larger than what matters, else look."""
    matters = MATTERS_SCORE if is_score else MATTERS
    if fact.high is not None and fact.high <= -matters:
        return "fix"
    # nobody should be made to wait or come back because those who do are the more determined
    is_good = fact.measure == "shown_effect" and (fact.low or 0.0) >= matters
    return "keep" if is_good else "look"


def _ending(basis: Basis, fact: Fact) -> str:
    """Words where nearly all or nearly none who meet it reach the goal: an outcome by another name."""
    after = basis.fact(fact.subject, "shown_goal", fact.target)
    if fact.measure != "shown_effect" or after is None or after.value is None:
        return ""
    if min(after.value, 1 - after.value) > ALL_ALIKE:
        return ""
    return f"{percent(after.value)} of those who meet it reach the goal"


def _of_score(basis: Basis, slope: Fact) -> Finding:
    """The score of a step, and what goes along with it."""
    value = slope.value or 0.0
    place = basis.name(slope.subject)
    share = basis.fact(slope.subject, "driver", slope.target)
    explains = (
        f" It explains {percent(share.value)} of the differences." if share else ""
    )
    size = points(value) if slope.unit == "share" else f"{value:+.2f}"
    here = basis.heard(slope.subject)
    return Finding(
        analysis=NAME,
        code="A604",
        subject=slope.subject,
        place=place,
        words=f"One point better at {place} (from -2 to +2) goes with {size} in the {slope.target}.{explains}{_kind_of(basis, slope)}",
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
        warning="An association, not a cause: those who are content with one thing are often content with all.",
        to_know_more="Improve it for a random half of the customers, and ask both halves again.",
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
    return {
        (
            True,
            False,
        ): " A basic: it harms when it goes badly and wins nothing when it goes well.",
        (
            False,
            True,
        ): " A delight: it wins when it goes well and harms little when it does not.",
        (True, True): " It matters both ways.",
        (False, False): "",
    }[harms, wins]
