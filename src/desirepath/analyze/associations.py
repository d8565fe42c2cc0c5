"""Effects as findings: the p-value of a fact that carries its standard error, and how it was told. Ranks nothing."""

from __future__ import annotations

import numpy as np
from scipy.special import stdtr

from desirepath.analyze.basis import Basis
from desirepath.evidence.facts import Fact
from desirepath.sentences.phrase import Phrase

SOURCE = "effects on the goal"
ADJUSTED, STILL = "adjusted for ", "; compared with cases that were still there"
ALIKE = {
    "not adjusted: cases with it all end alike": "held.with",
    "not adjusted: cases without it all end alike": "held.without",
}
KNOWN = {
    "first activity": "held.first",
    "month": "held.month",
    "events so far": "held.events",
    "steps reached before": "held.steps",
}


def p_of(fact: Fact) -> float:
    """Two-sided p-value of "no difference", by Student's test; 1 where too little is known.

    Examples:
        >>> round(p_of(Fact("step:a", "effect", 0.1, "share", 100, 0, 0.2, spread=0.5)), 3)
        0.048
    """
    if fact.value is None or not fact.spread or fact.n < 2:  # noqa: PLR2004 - no spread of one
        return 1.0
    t = abs(fact.value) / error_of(fact)
    return float(2 * stdtr(fact.n - 1, -t))


def error_of(fact: Fact) -> float:
    """Standard error of an effect."""
    return float((fact.spread or 0.0) / np.sqrt(max(fact.n, 1)))


def caution(basis: Basis, fact: Fact) -> Phrase:
    """The sentence that goes with every effect: what was held equal, and that it shows no cause."""
    how = fact.source.partition(", ")[2]
    told = basis.evidence.sources.get(SOURCE, "").partition(": ")[2]
    return Phrase("caution.effect", how=held_equal(how or told))


def held_equal(how: str) -> str:
    """What was held equal, as phrases where it is known how the evidence words it.

    Args:
        how: As the evidence tells it; "" for nothing.

    Examples:
        >>> held_equal("adjusted for device, month; compared with cases that were still there")
        'adjusted for device, month; compared with cases that were still there'
        >>> held_equal("")
        'adjusted for what is known of the cases'
    """
    if not how:
        return Phrase("held.known")
    if how in ALIKE:
        return Phrase(ALIKE[how])
    if not how.startswith(ADJUSTED) or not how.endswith(STILL):
        return how
    names = how.removeprefix(ADJUSTED).removesuffix(STILL).split(", ")
    told = (Phrase(KNOWN[one]) if one in KNOWN else one for one in names)
    return Phrase("held.these", names=tuple(told))


def has_goal(basis: Basis) -> bool:
    """True where an effect on the goal was measured anywhere."""
    return next(basis.all("effect", "goal"), None) is not None
