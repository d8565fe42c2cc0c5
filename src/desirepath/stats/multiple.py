"""Many questions at once: false-discovery control. Tests nothing itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from desirepath.stats.arrays import FloatArray, floats


def benjamini_hochberg(p: ArrayLike) -> FloatArray:
    """Adjusted p-values: the false-discovery rate at which each would still be a finding.

    Args:
        p: float[m], p-values in any order; nan marks a question that was not asked.

    Returns:
        float64[m] in the same order, at least p and at most 1; nan stays nan.

    Examples:
        >>> benjamini_hochberg([0.01, 0.04, 0.03, 0.5]).round(4).tolist()
        [0.04, 0.0533, 0.0533, 0.5]

    References:
        Benjamini and Hochberg 1995, JRSS B 57:289.
    """
    given = floats(p).ravel()
    asked = np.flatnonzero(~np.isnan(given))
    order = asked[np.argsort(-given[asked], kind="stable")]
    ranks = np.arange(len(order), 0, -1)
    adjusted = np.full(len(given), np.nan)
    adjusted[order] = np.minimum.accumulate(
        np.minimum(given[order] * len(order) / ranks, 1.0)
    )
    return adjusted
