"""Effects as findings: the p-value of a fact that carries its standard error, and how it was told. Ranks nothing."""

from __future__ import annotations

import numpy as np
from scipy.special import stdtr

from desirepath.analyze.basis import Basis
from desirepath.evidence.facts import Fact

CONFOUNDED = (
    "An association, not a cause: {}. What nobody recorded may still explain it."
)
HELD = "adjusted for what is known of the cases"
SOURCE = "effects on the goal"


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


def caution(basis: Basis, fact: Fact) -> str:
    """The sentence that goes with every effect: what was held equal, and that it shows no cause."""
    how = fact.source.partition(", ")[2]
    told = basis.evidence.sources.get(SOURCE, "").partition(": ")[2]
    return CONFOUNDED.format(how or told or HELD)


def has_goal(basis: Basis) -> bool:
    """True where an effect on the goal was measured anywhere."""
    return next(basis.all("effect", "goal"), None) is not None
