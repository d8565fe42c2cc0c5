"""Effectiveness of touchpoints: what goes along with meeting each, and how the goals are credited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desirepath.analyze.associations import caution, has_goal, p_of
from desirepath.analyze.basis import Basis, affected, measured
from desirepath.analyze.finding import Finding, Said, Section, section_of
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.sentences.phrase import Phrase, listed, points, share

NAME = "effectiveness"
ON_THE_WAY, NEARLY_ALL = 0.25, 0.7
CREDIT_WEIGHT = 1e-6  # credit tells no harm: below all else, the most credited first


def effectiveness(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Steps that go along with more or fewer goals, and the credit of each step."""
    basis = Basis(journey_map, evidence, quotes)
    effects = [one for one in basis.all("effect", "goal") if one.subject.startswith("step:")]  # fmt: skip
    findings = [*(_of_step(basis, one) for one in effects), *_credits(basis)]
    is_known = has_goal(basis) or findings
    needs = () if is_known else (Phrase("needs.goal_events_10"),)
    return section_of(NAME, tuple(findings), needs)


def _of_step(basis: Basis, effect: Fact) -> Finding:
    value = effect.value or 0.0
    without = basis.fact(effect.subject, "effect_without", "goal")
    rest = without.value if without and without.value is not None else None
    place = basis.name(effect.subject)
    passing = _passing(basis, effect)
    is_way = value > 0 and (
        passing >= NEARLY_ALL
        or (rest is not None and rest < ON_THE_WAY * (rest + value))
    )
    compared = (
        ""
        if rest is None
        else Phrase("effect.compared", first=share(rest + value), second=share(rest))
    )
    if is_way:
        who = Phrase("effect.without", place=place)
        if passing:
            who = Phrase("effect.pass", share=share(passing), place=place)
        words = Phrase("effect.way", who=who, compared=compared)
    else:
        key = "effect.more" if value > 0 else "effect.less"
        words = Phrase(key, place=place, compared=compared)
    checked, p, warning = _checked(basis, effect)
    here = basis.some(effect.hits)
    return Finding(
        analysis=NAME,
        code="A803" if is_way else "A801" if value > 0 else "A802",
        subject=effect.subject,
        place=place,
        words=listed([words, checked], "gap") if checked else words,
        **affected(here),
        **measured(effect),
        severity=min(abs(value), 1.0),
        kind="look",
        p=p,
        evidence=tuple(
            (effect.subject, measure, "goal")
            for measure in ("effect", "effect_without", "effect_raw", "effect_weighted")
            if basis.fact(effect.subject, measure, "goal")
        ),
        quotes=basis.quotes(effect.subject, "look"),
        warning=warning,
        to_know_more=Phrase("more.experiment"),
    )


def _passing(basis: Basis, effect: Fact) -> float:
    """Share of the cases with the goal that come to a step; 0 where not measured."""
    here = basis.fact(effect.subject, "goal")
    whole = basis.fact("map", "goal")
    return here.hits / whole.hits if here and whole and whole.hits else 0.0


def _checked(basis: Basis, effect: Fact) -> tuple[str, float, str]:
    """The plain difference in words, the more careful p-value of two ways, and the warning."""
    value = effect.value or 0.0
    warning: str = caution(basis, effect)
    p, words = p_of(effect), ""
    careful = listed([warning, Phrase("mind.weighting")], "gap")
    raw = basis.fact(effect.subject, "effect_raw", "goal")
    if raw and raw.value is not None and (raw.low or 0) > (effect.high or 0):
        words = Phrase("effect.raw_better", effect=points(raw.value))
    elif raw and raw.value is not None and (raw.high or 0) < (effect.low or 0):
        words = Phrase("effect.raw_worse", effect=points(raw.value))
    weighted = basis.fact(effect.subject, "effect_weighted", "goal")
    if weighted and weighted.value is not None and weighted.value * value < 0:
        return words, 1.0, careful
    if weighted and (weighted.low or 0) <= 0 <= (weighted.high or 0):
        return words, p, careful
    return words, p, warning


def _credits(basis: Basis) -> Iterator[Finding]:
    """One line for each step: its share of the goals by removal, first, last and linear touch."""
    for credit in basis.all("credit_markov", "goal"):
        others = {
            rule: basis.fact(credit.subject, f"credit_{rule}", "goal")
            for rule in ("first", "last", "linear")
        }
        told = listed(
            Phrase(f"credit.{rule}", share=share(one.value))
            for rule, one in others.items()
            if one
        )
        place = basis.name(credit.subject)
        here = basis.some(credit.hits)
        yield Finding(
            analysis=NAME,
            code="A804",
            subject=credit.subject,
            place=place,
            words=Phrase(
                "credit.step", place=place, share=share(credit.value), others=told
            ),
            **affected(here),
            **measured(credit),
            severity=CREDIT_WEIGHT * (credit.value or 0.0),
            kind="look",
            evidence=(
                (credit.subject, "credit_markov", "goal"),
                *((credit.subject, f"credit_{rule}", "goal") for rule in others),
            ),
            warning=Phrase("mind.credit"),
            to_know_more=Phrase("more.experiment"),
        )
