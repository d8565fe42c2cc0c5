"""Change of a share taken apart: other kinds of cases, or the same kinds behaving otherwise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from desirepath.stats.arrays import FloatArray, floats
from desirepath.stats.intervals import two_sided_z


@dataclass(frozen=True, slots=True)
class MixAndWithin:
    """Two parts that add up to the change of a share, second group minus first.

    Attributes:
        mix: Part that follows from other weights of the segments.
        within: Part that follows from other shares within them.
        low: Lower end of the interval of `within`.
        high: Upper end.
        overlap: Share of the weight that both groups have in common, 0 to 1.
    """

    mix: float
    within: float
    low: float
    high: float
    overlap: float


def mix_and_within(
    hits1: ArrayLike,
    cases1: ArrayLike,
    hits2: ArrayLike,
    cases2: ArrayLike,
    *,
    design_effect: float = 1.0,
    level: float = 0.95,
) -> MixAndWithin:
    """Kitagawa's two parts of the change of a share.

    Segments with no cases in one group have no share there; they count wholly as mix, with the share
    of the other group.

    Args:
        hits1: float[k], cases of each segment for which it holds, first group.
        cases1: float[k], cases of each segment, first group.
        hits2: As `hits1`, second group.
        cases2: As `cases1`, second group.
        design_effect: Cases / effective cases, 1 or more.
        level: Coverage of the interval of the part within.

    Examples:
        >>> one = mix_and_within([80, 10], [100, 100], [40, 15], [50, 150])
        >>> f"{one.mix:.3f} {one.within:.3f} {one.overlap:.2f}"
        '-0.175 0.000 0.75'

    References:
        Kitagawa 1955, JASA 50:1168.
    """
    k1, m1, k2, m2 = (floats(x).ravel() for x in (hits1, cases1, hits2, cases2))
    w1, w2 = m1 / m1.sum(), m2 / m2.sum()
    p1, p2 = k1 / np.maximum(m1, 1.0), k2 / np.maximum(m2, 1.0)
    p1, p2 = np.where(m1 > 0, p1, p2), np.where(m2 > 0, p2, p1)
    mix = float(((w2 - w1) * (p1 + p2) / 2).sum())
    weight = (w1 + w2) / 2
    within = float(((p2 - p1) * weight).sum())
    both = (m1 > 0) & (m2 > 0)
    variance = np.where(both, _variance(k1, m1) + _variance(k2, m2), 0.0)
    error = float(np.sqrt((weight**2 * variance).sum() * design_effect))
    half = two_sided_z(level) * error
    overlap = float(np.minimum(w1, w2).sum())
    return MixAndWithin(mix, within, within - half, within + half, overlap)


def _variance(hits: FloatArray, n: FloatArray) -> FloatArray:
    share = (hits + 1) / (n + 2)
    return floats(share * (1 - share) / (n + 2))
