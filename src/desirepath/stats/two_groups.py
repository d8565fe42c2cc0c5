"""Differences between two groups with interval and test, and how small a one would have been seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, ndtr, ndtri, stdtr, stdtrit

from desirepath.stats.arrays import FloatArray, floats
from desirepath.stats.intervals import newcombe_difference, two_sided_z
from desirepath.stats.significance import two_shares

ROUNDING = 1e-9  # of counts that are whole but for the last digits
FEW_EXPECTED = 5.0  # below, the test of two shares counts tables instead


@dataclass(frozen=True, slots=True)
class Differences:
    """Second group minus first.

    Attributes:
        value: The difference; nan where it cannot be told.
        low: Lower end of the interval.
        high: Upper end.
        error: Standard error, for planning and for watching.
        p: Two-sided p-value of "no difference"; nan where nothing can be told.
    """

    value: FloatArray
    low: FloatArray
    high: FloatArray
    error: FloatArray
    p: FloatArray


def share_differences(
    hits1: ArrayLike,
    n1: ArrayLike,
    hits2: ArrayLike,
    n2: ArrayLike,
    *,
    level: float = 0.95,
) -> Differences:
    """Differences of shares: Newcombe's interval; the "N - 1" chi-square test, Fisher's for few.

    Args:
        hits1: Cases of the first group for which it holds; may be effective counts.
        n1: Cases of the first group.
        hits2: As `hits1`, second group.
        n2: As `n1`, second group.
        level: Coverage of the interval.

    Returns:
        Differences between -1 and 1. Where fewer than five hits or misses are expected in a group
        the p-value is Fisher's, with counts rounded down, which never errs more often than it says.

    Examples:
        >>> one = share_differences(48, 80, 56, 70)
        >>> f"{one.value:.2f} {one.low:.3f} {one.high:.3f} {one.p:.4f}"
        '0.20 0.052 0.334 0.0083'

    References:
        Newcombe 1998; Campbell 2007, Statistics in Medicine 26:3661 (which test for which counts);
        Agresti and Caffo 2000 (one hit and one miss added for the standard error).
    """
    k1, m1, k2, m2 = np.broadcast_arrays(*(floats(x) for x in (hits1, n1, hits2, n2)))
    interval = newcombe_difference(k2, m2, k1, m1, level=level)
    total = np.maximum(m1 + m2, 1.0)
    pooled = np.clip((k1 + k2) / total, 0.0, 1.0)
    least = np.minimum(pooled, 1 - pooled) * np.minimum(m1, m2)
    p = two_shares(k1, m1, k2, m2)
    few = (least < FEW_EXPECTED) & (m1 > 0) & (m2 > 0)
    if few.any():
        tables = zip(*(part[few].tolist() for part in (k1, m1, k2, m2)), strict=True)
        p = p.copy()
        p[few] = [_fisher(*table) for table in tables]
    error = np.sqrt(_variance(k1, m1) + _variance(k2, m2))
    known = (m1 > 0) & (m2 > 0)
    return Differences(
        interval.value,
        interval.low,
        interval.high,
        floats(error),
        floats(np.where(known, p, np.nan)),
    )


def _variance(hits: FloatArray, n: FloatArray) -> FloatArray:
    share = (hits + 0.5) / (n + 1)
    return floats(share * (1 - share) / (n + 1))


def _fisher(hits1: float, n1: float, hits2: float, n2: float) -> float:
    """Two-sided p-value of one table, twice the smaller tail."""
    # rounded down, so that a part of a case proves nothing
    n, m = int(n1 + ROUNDING), int(n2 + ROUNDING)
    a, c = min(int(hits1 + ROUNDING), n), min(int(hits2 + ROUNDING), m)
    if not n or not m:
        return 1.0
    if n > m:  # the smaller group has the fewer tables
        a, n, c, m = c, m, a, n
    hits = a + c
    x = np.arange(max(0, hits - m), min(n, hits) + 1)
    logs = _log_choose(n, x) + _log_choose(m, hits - x) - _log_choose(n + m, hits)
    chance = np.exp(logs)
    tails = chance[x <= a].sum(), chance[x >= a].sum()
    return float(min(1.0, 2 * min(tails)))


def _log_choose(n: int, k: ArrayLike) -> FloatArray:
    """Logarithm of the number of ways to choose k of n."""
    return floats(gammaln(n + 1) - gammaln(floats(k) + 1) - gammaln(n - floats(k) + 1))


def mean_differences(
    mean1: ArrayLike,
    spread1: ArrayLike,
    n1: ArrayLike,
    mean2: ArrayLike,
    spread2: ArrayLike,
    n2: ArrayLike,
    *,
    level: float = 0.95,
) -> Differences:
    """Differences of means after Welch.

    Args:
        mean1: Mean of the first group.
        spread1: Its standard deviation. 0 (all alike) is taken as what one answer a unit away would
            give: values that happen to be equal are no proof that all are.
        n1: Its independent values; below 2 nothing can be told.
        mean2: As `mean1`, second group.
        spread2: As `spread1`.
        n2: As `n1`.
        level: Coverage of the interval.

    Examples:
        >>> one = mean_differences(20.5, 2.3, 40, 22.1, 3.1, 35)
        >>> f"{one.value:.1f} {one.low:.3f} {one.high:.3f} {one.p:.4f}"
        '1.6 0.325 2.875 0.0147'

    References:
        Welch 1947, Biometrika 34:28.
    """
    one, s1, m1, two, s2, m2 = np.broadcast_arrays(
        *(floats(x) for x in (mean1, spread1, n1, mean2, spread2, n2))
    )
    known = (m1 > 1) & (m2 > 1)
    m1, m2 = np.maximum(m1, 2.0), np.maximum(m2, 2.0)
    v1 = np.where(s1 > 0, s1**2, 1 / m1) / m1
    v2 = np.where(s2 > 0, s2**2, 1 / m2) / m2
    error = np.sqrt(v1 + v2)
    freedom = (v1 + v2) ** 2 / (v1**2 / (m1 - 1) + v2**2 / (m2 - 1))
    value = two - one
    half = stdtrit(freedom, 0.5 + level / 2) * error
    p = 2 * stdtr(freedom, -np.abs(value) / error)
    return Differences(
        floats(np.where(known, value, np.nan)),
        floats(np.where(known, value - half, -np.inf)),
        floats(np.where(known, value + half, np.inf)),
        floats(np.where(known, error, np.inf)),
        floats(np.where(known, p, np.nan)),
    )


def overlapping_difference(
    first: ArrayLike,
    second: ArrayLike,
    pairs: tuple[ArrayLike, ArrayLike],
    *,
    level: float = 0.95,
) -> Differences:
    """Difference of the means of two groups some of whose members are in both.

    Welch's, with what those in both have in common taken off the variance. Where all are in both it is
    the paired t interval; where none is, Welch's.

    Args:
        first: float[n1], values of the first group, those in both among them.
        second: float[n2], values of the second.
        pairs: float[k] twice, the values of those in both, in the first and in the second group.
        level: Coverage of the interval.

    Examples:
        >>> one = overlapping_difference([1, 2, 3, 4], [2, 4, 4, 6, 5], ([1, 2, 3], [2, 4, 4]))
        >>> f"{one.value:.1f} {one.error:.3f}"
        '1.7 0.599'

    References:
        Derrick, Russ, Toher and White 2017, J. Modern Applied Statistical Methods 16:137 (the statistic
        for unequal variances).
    """
    x, y = floats(first).ravel(), floats(second).ravel()
    both = np.array([floats(side).ravel() for side in pairs])
    wide = [one.std(ddof=1) if len(one) > 1 else 0.0 for one in (x, y)]
    plain = mean_differences(
        x.mean(), wide[0], len(x), y.mean(), wide[1], len(y), level=level
    )
    k, alone = both.shape[1], len(x) + len(y) - 2 * both.shape[1]
    if k < 2 or not all(wide):  # noqa: PLR2004 - one pair tells nothing of what they have in common
        return plain
    spreads = both.std(axis=1, ddof=1)
    # the correlation is that of the pairs, the spreads are those of all
    correlation = np.cov(both)[0, 1] / max(float(spreads.prod()), 1e-300)
    v1, v2 = wide[0] ** 2 / len(x), wide[1] ** 2 / len(y)
    shared = 2 * correlation * np.sqrt(v1 * v2) * k / np.sqrt(len(x) * len(y))
    error = float(np.sqrt(max(v1 + v2 - shared, 0.0)))
    if not error:
        return plain
    welch = (v1 + v2) ** 2 / (v1**2 / (len(x) - 1) + v2**2 / (len(y) - 1))
    freedom = k - 1 + (welch - k + 1) / (alone + 2 * k) * alone
    half = float(stdtrit(freedom, 0.5 + level / 2)) * error
    value = float(y.mean() - x.mean())
    p = 2 * stdtr(freedom, -abs(value) / error)
    return Differences(*(floats(one) for one in (value, value - half, value + half, error, p)))  # fmt: skip


def end_differences(
    first: tuple[ArrayLike, ArrayLike, ArrayLike],
    second: tuple[ArrayLike, ArrayLike, ArrayLike],
    *,
    least_error: ArrayLike = 0.0,
    level: float = 0.95,
) -> Differences:
    """Differences of any two numbers with intervals, from the ends of these.

    Each end of the difference takes the end of each interval that lies towards it, so that skewed
    intervals stay skewed. The p-value uses the ends between the two values.

    Args:
        first: value, low and high of the first group; ends may be infinite.
        second: As `first`, second group.
        least_error: Standard error that is taken at least; intervals of tied values have no width.
        level: Coverage of the two intervals and of that of the difference.

    Examples:
        >>> one = end_differences((10.0, 8.0, 13.0), (20.0, 17.0, 24.0))
        >>> f"{one.value:.0f} {one.low:.2f} {one.high:.2f} {one.p:.6f}"
        '10 5.76 14.47 0.000004'

    References:
        Zou and Donner 2008, Statistics in Medicine 27:1693.
    """
    v1, l1, u1, v2, l2, u2, least = np.broadcast_arrays(
        *(floats(x) for x in (*first, *second, least_error))
    )
    z = two_sided_z(level)
    value = v2 - v1
    down = np.maximum(np.hypot(v2 - l2, u1 - v1), z * least)
    up = np.maximum(np.hypot(u2 - v2, v1 - l1), z * least)
    inner = np.where(value >= 0, down, up) / z
    known = np.isfinite(value)
    told = known & np.isfinite(inner) & ((inner > 0) | (value == 0))
    ratio = np.abs(value) / np.where(told & (inner > 0), inner, 1.0)
    return Differences(
        floats(np.where(known, value, np.nan)),
        floats(np.where(known, value - down, -np.inf)),
        floats(np.where(known, value + up, np.inf)),
        floats(np.where(known, inner, np.inf)),
        floats(np.where(told, 2 * ndtr(-ratio), np.where(known, 1.0, np.nan))),
    )


def seen_at_least(
    error: ArrayLike, alpha: ArrayLike, *, power: float = 0.8
) -> FloatArray:
    """Smallest true difference that would be shown with the given power.

    Args:
        error: Standard error of the difference.
        alpha: Two-sided level at which it would be a finding, after any correction.
        power: Chance to find it.

    Examples:
        >>> f"{seen_at_least(0.015, 0.05):.3f}"
        '0.042'
    """
    return floats(floats(error) * (ndtri(1 - floats(alpha) / 2) + ndtri(power)))


def effect_of_shares(share1: ArrayLike, share2: ArrayLike) -> FloatArray:
    """Cohen's h, second minus first: 0.2 is small, 0.5 medium, 0.8 large, wherever the shares lie.

    Examples:
        >>> f"{effect_of_shares(0.5, 0.6):.2f} {effect_of_shares(0.01, 0.05):.2f}"
        '0.20 0.25'

    References:
        Cohen 1988, Statistical Power Analysis, 6.2.
    """
    one, two = (np.arcsin(np.sqrt(floats(x))) for x in (share1, share2))
    return floats(2 * (two - one))
