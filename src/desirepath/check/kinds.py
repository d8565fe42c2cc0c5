"""Kinds of claims: one row each says how its fact is tested, counted and missed. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from desirepath.check.claims import EFFECT_MATTERS
from desirepath.evidence.facts import Evidence, Fact
from desirepath.sentences.numerals import Form
from desirepath.sentences.phrase import Phrase
from desirepath.stats.power import further_cases_mean, further_cases_share
from desirepath.stats.significance import OneSided, one_sided_mean, one_sided_share

MIN_CASES = 10
NOT_MEASURED = Phrase("missing.measure")
NO_FEEDBACK = Phrase("missing.feedback")
NOBODY_SCORED = Phrase("missing.scores")
TOO_ALIKE = Phrase("missing.alike")
NOBODY_WROTE = Phrase("missing.writers")
NO_WORDS = Phrase("missing.words")
NEVER_SEEN = Phrase("missing.event")
# What the evidence says of effects that were not measured.
NO_EFFECTS = {
    "not measured, no event shows the goal": Phrase("missing.goal_unknown"),
    "not measured, too few cases differ in it": Phrase("missing.goal_alike"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of claim is held against its fact.

    Attributes:
        one_sided: Tests of the value of a fact against one limit, in both directions.
        observed: What must not be few behind a fact.
        further: From a fact, the limit next to its value, the level to meet and the whole evidence:
            how much more would settle a value like this one; None where no number would.
        counted: How what is observed is counted in words: 3 cases are here.
        more: What more is needed of: cases, answers or writers.
        missing: Why there is no fact about it.
    """

    one_sided: Callable[[Fact, float], OneSided]
    observed: Callable[[Fact], int]
    further: Callable[[Fact, float, float, Evidence], int | None]
    counted: Form
    more: str
    missing: Callable[[Evidence], str]


def share_tests(fact: Fact, limit: float) -> OneSided:
    """Exact tests of a share; n is the effective number of cases."""
    n = max(fact.n, 1)
    return one_sided_share((fact.value or 0.0) * n, n, limit)


def mean_tests(fact: Fact, limit: float) -> OneSided:
    """Student's tests of a mean score."""
    if fact.spread is None:
        return share_tests(fact, limit)
    return one_sided_mean(fact.value or 0.0, fact.spread, fact.n, limit)


def further_cases(
    fact: Fact, limit: float, alpha: float, evidence: Evidence
) -> int | None:
    """Further cases of the whole log at which a share like this one would be settled."""
    needed = further_cases_share((fact.value or 0.0) * fact.n, fact.n, limit, alpha)
    if needed is None:
        return None
    here = max(needed * fact.cases / fact.n, MIN_CASES - fact.cases, 1)
    return int(np.ceil(here * evidence.cases / fact.cases))


def further_answers(
    fact: Fact, limit: float, alpha: float, evidence: Evidence
) -> int | None:
    """Further customers who answer at which a mean like this one would be settled."""
    del evidence
    if fact.spread is None:
        return None
    more = further_cases_mean(fact.value or 0.0, fact.spread, fact.n, limit, alpha)
    return more if more is None else max(more, MIN_CASES - fact.n, 1)


def effect_tests(fact: Fact, limit: float) -> OneSided:
    """Student's tests of a difference: above half a point below the limit, below half a point above it.

    So a claim of "more" (limit half a point) is confirmed above 0, and refuted below one point.
    """
    half = EFFECT_MATTERS / 2
    above, below = mean_tests(fact, limit - half), mean_tests(fact, limit + half)
    return OneSided(above.p_above, below.p_below)


def further_cases_effect(
    fact: Fact, limit: float, alpha: float, evidence: Evidence
) -> int | None:
    """Further cases of the whole log at which a difference like this one would be settled."""
    if fact.spread is None:
        return None
    value, half = fact.value or 0.0, EFFECT_MATTERS / 2
    edges = [limit - half] * (value > limit - half) + [limit + half] * (
        value < limit + half
    )
    needed = [
        more
        for edge in edges
        if (more := further_cases_mean(value, fact.spread, fact.n, edge, alpha))
    ]
    if not needed:
        return None
    return int(np.ceil(min(needed) * evidence.cases / max(fact.n, 1)))


def _cases(missing: str) -> Kind:
    return Kind(
        one_sided=share_tests,
        observed=lambda fact: fact.cases,
        further=further_cases,
        counted="cases_here",
        more="cases",
        missing=lambda _: missing,
    )


_SHAPE = _cases(NOT_MEASURED)
_SHOWN = _cases(NEVER_SEEN)
_SCORE = Kind(
    one_sided=mean_tests,
    observed=lambda fact: fact.n,
    further=further_answers,
    counted="customers_answered",
    more="answers",
    missing=lambda evidence: (
        NOBODY_SCORED if "feedback" in evidence.sources else NO_FEEDBACK
    ),
)


def further_writers(
    fact: Fact, limit: float, alpha: float, evidence: Evidence
) -> int | None:
    """Further customers who write at which a share like this one would be settled."""
    del evidence
    needed = further_cases_share((fact.value or 0.0) * fact.n, fact.n, limit, alpha)
    return needed if needed is None else max(needed, MIN_CASES - fact.n, 1)


_MENTIONS = Kind(
    one_sided=share_tests,
    observed=lambda fact: fact.n,
    further=further_writers,
    counted="customers_wrote",
    more="writers",
    missing=lambda evidence: NOBODY_WROTE if "themes" in evidence.sources else NO_WORDS,
)


def _no_effect(evidence: Evidence) -> str:
    told = evidence.sources.get("effects on the goal", "")
    return NO_EFFECTS.get(told, TOO_ALIKE)


_EFFECT = Kind(
    one_sided=effect_tests,
    observed=lambda fact: min(fact.hits, fact.cases - fact.hits),
    further=further_cases_effect,
    counted="cases_compared",
    more="cases",
    missing=_no_effect,
)
# A new kind of claim is a row here, its words and its fact in `claims`, its question in `evidence`.
KINDS: Mapping[str, Kind] = {
    "reach": _SHOWN,
    "share": _SHOWN,
    "time": _SHOWN,
    "order": _SHAPE,
    "next": _SHAPE,
    "goal": _SHAPE,
    "channel": _SHAPE,
    "score": _SCORE,
    "effect": _EFFECT,
    "mentions": _MENTIONS,
}


def kind_of(name: str) -> Kind:
    """The row of a kind of claim; of kinds that have none, and of no claim, that of a share.

    Examples:
        >>> kind_of("score").more, kind_of("").more
        ('answers', 'cases')
    """
    return KINDS.get(name, _SHAPE)
