"""Intervals and p-values that stay right however often one looks. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from desirepath.stats.arrays import FloatArray, floats


@dataclass(frozen=True, slots=True)
class AlwaysValid:
    """A difference watched over time.

    Attributes:
        low: Lower end of the interval at this look.
        high: Upper end.
        p: p-value at this look; the least one over all looks is a p-value as well.
    """

    low: FloatArray
    high: FloatArray
    p: FloatArray


def always_valid(
    value: ArrayLike, error: ArrayLike, *, scale: ArrayLike, level: float = 0.95
) -> AlwaysValid:
    """Confidence sequence of a difference by a normal mixture.

    The chance that the interval misses the truth at *any* of all looks is 1 - level. That holds for
    sums of many cases, where an estimate is normal; with few cases it holds about.

    Args:
        value: Estimated difference at this look.
        error: Its standard error at this look.
        scale: Size of the differences one hopes to see; the interval is narrowest about there. Set it
            before the first look and do not change it.
        level: Coverage over all looks.

    Examples:
        >>> one = always_valid(0.06, 0.015, scale=0.05)
        >>> f"{one.low:.3f} {one.high:.3f} {one.p:.4f}"
        '0.014 0.106 0.0023'

    References:
        Robbins 1970, Annals of Mathematical Statistics 41:1397; Johari, Koomen, Pekelis and Walsh
        2022, Operations Research 70:1806; Waudby-Smith et al. 2024, Annals of Statistics 52:2613.
    """
    d, se, tau = np.broadcast_arrays(floats(value), floats(error), floats(scale))
    gain = tau**2 / se**2
    half = se * np.sqrt((1 + 1 / gain) * (np.log1p(gain) - 2 * np.log(1 - level)))
    log_odds = (d / se) ** 2 / 2 * gain / (1 + gain) - np.log1p(gain) / 2
    return AlwaysValid(
        floats(d - half), floats(d + half), floats(np.minimum(1.0, np.exp(-log_odds)))
    )
