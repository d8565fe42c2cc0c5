"""Equivalence: is an effect shown to be too small to matter? Not seeing one is no answer."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr

from desirepath.stats.arrays import FloatArray, floats


def equivalent(
    value: ArrayLike, standard_error: ArrayLike, degrees: ArrayLike, margin: ArrayLike
) -> FloatArray:
    """p-values of "the effect is at least as large as the margin, in one direction or the other".

    Two one-sided t tests; the larger p counts. Small p shows that the effect lies within ±margin, be it
    a difference of shares or of means.

    Args:
        value: Effect.
        standard_error: Of the effect, above 0.
        degrees: Degrees of freedom, such as customers - 1; below 1 gives p = 1.
        margin: Smallest effect that matters, above 0, in the unit of the effect.

    Returns:
        float64, 0 to 1.

    Examples:
        >>> f"{float(equivalent(0.0, 0.01, 1000, 0.05)):.1e}"
        '3.4e-07'
        >>> round(float(equivalent(0.04, 0.01, 1000, 0.05)), 3)
        0.159

    References:
        Schuirmann 1987, J. Pharmacokinetics and Biopharmaceutics 15:657.
    """
    effect, error, df, limit = np.broadcast_arrays(
        *(floats(x) for x in (value, standard_error, degrees, margin))
    )
    known = (error > 0) & (df >= 1)
    safe, freedom = np.where(known, error, 1.0), np.where(known, df, 1.0)
    below = stdtr(freedom, (effect - limit) / safe)
    above = stdtr(freedom, -(effect + limit) / safe)
    return floats(np.where(known, np.maximum(below, above), 1.0))
