"""Tests: one share or quantile against a limit, two groups against each other. Corrects for nothing; see `multiple`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, ndtr, stdtr

from desirepath.stats.arrays import FloatArray, floats
from desirepath.stats.survival import Survival, share_by

PERMUTATIONS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class OneSided:
    """Two one-sided p-values of a quantity against a limit.

    Attributes:
        p_above: Small where the quantity is shown to lie above the limit.
        p_below: Small where the quantity is shown to lie below the limit.
    """

    p_above: FloatArray
    p_below: FloatArray


def one_sided_share(hits: ArrayLike, n: ArrayLike, limit: ArrayLike) -> OneSided:
    """Exact binomial tests of a share against a limit, in both directions.

    Never errs more often than the p-value says. Effective counts need not be whole: the binomial
    tail is taken as the incomplete beta function, which agrees with it at whole numbers.

    Args:
        hits: Cases for which it holds, 0 to n; any shape.
        n: Cases looked at; 0 gives p = 1 in both directions.
        limit: Share between 0 and 1.

    Returns:
        OneSided, each between 0 and 1.

    Examples:
        >>> one = one_sided_share(8, 10, 0.5)
        >>> f"{one.p_above:.4f} {one.p_below:.4f}"
        '0.0547 0.9893'

    References:
        Clopper and Pearson 1934, Biometrika 26:404.
    """
    k, m, p = np.broadcast_arrays(floats(hits), floats(n), floats(limit))
    k = np.clip(k, 0.0, m)
    return OneSided(p_above=_upper_tail(k, m, p), p_below=_upper_tail(m - k, m, 1 - p))


def _upper_tail(k: FloatArray, n: FloatArray, p: FloatArray) -> FloatArray:
    """P(X ≥ k) for X binomial(n, p); 1 at k = 0."""
    some = (k > 0) & (n > 0)
    tail = betainc(np.where(some, k, 1.0), np.where(some, n - k + 1, 1.0), p)
    return floats(np.where(some, tail, 1.0))


def one_sided_mean(mean: float, spread: float, n: float, limit: float) -> OneSided:
    """Student's tests of a mean against a limit, in both directions.

    Args:
        mean: Mean of independent values.
        spread: Their standard deviation. 0 (all alike) is taken as what one answer a unit away would
            give: values that happen to be equal are no proof that all are.
        n: Values, or their effective number; below 2 gives p = 1 in both directions.
        limit: In the unit of the mean.

    Returns:
        OneSided, each between 0 and 1.

    Examples:
        >>> one = one_sided_mean(0.3, 1.0, 100, 0.0)
        >>> f"{one.p_above:.4f} {one.p_below:.4f}"
        '0.0017 0.9983'

    References:
        Student 1908, Biometrika 6:1.
    """
    if n < 2:  # noqa: PLR2004 - one value has no spread
        return OneSided(floats(1.0), floats(1.0))
    error = (spread if spread > 0 else 1 / np.sqrt(n)) / np.sqrt(n)
    t = (mean - limit) / error
    return OneSided(floats(stdtr(n - 1, -t)), floats(stdtr(n - 1, t)))


def two_shares(
    hits1: ArrayLike, n1: ArrayLike, hits2: ArrayLike, n2: ArrayLike
) -> FloatArray:
    """Two-sided p-values of "the two shares are equal".

    Args:
        hits1: Cases of the first group for which it holds; may be effective counts.
        n1: Cases of the first group.
        hits2: As `hits1`, second group.
        n2: As `n1`, second group.

    Returns:
        float64, 0 to 1; 1 where a group is empty or both shares are 0 or both 1. Good from about
        one expected hit and one expected miss in each group.

    Examples:
        >>> round(float(two_shares(56, 70, 48, 80)), 4)
        0.0083

    References:
        Campbell 2007, Statistics in Medicine 26:3661 ("N - 1" chi-square test).
    """
    k1, m1, k2, m2 = np.broadcast_arrays(*(floats(x) for x in (hits1, n1, hits2, n2)))
    total = m1 + m2
    known = (m1 > 0) & (m2 > 0) & (total > 1)
    pooled = np.where(known, (k1 + k2) / np.where(known, total, 1.0), 0.0)
    share1, share2 = k1 / np.where(known, m1, 1.0), k2 / np.where(known, m2, 1.0)
    inverse = 1 / np.where(known, m1, 1.0) + 1 / np.where(known, m2, 1.0)
    variance = pooled * (1 - pooled) * inverse * total / np.where(known, total - 1, 1.0)
    told = known & (variance > 0)
    z = np.abs(share1 - share2) / np.sqrt(np.where(told, variance, 1.0))
    return floats(np.where(told, 2 * ndtr(-z), 1.0))


def permutation_test(
    first: ArrayLike,
    second: ArrayLike,
    rng: np.random.Generator,
    *,
    permutations: int = 5_000,
) -> float:
    """Two-sided p-value of "the two groups have the same distribution", by the difference of means.

    Args:
        first: float[n1], values of the first group; one per customer, since permuting treats values
            as independent.
        second: float[n2].
        rng: Generator of the permutations.
        permutations: How many; the smallest possible p is 1 / (permutations + 1).

    Returns:
        Between 0 and 1; 1 where a group is empty.

    Examples:
        >>> permutation_test([1, 2, 3, 4, 5], [11, 12, 13, 14, 15], np.random.default_rng(1)) < 0.02
        True

    References:
        Phipson and Smyth 2010 (why one is added to both counts).
    """
    a, b = floats(first).ravel(), floats(second).ravel()
    if not len(a) or not len(b):
        return 1.0
    pooled = np.concatenate([a, b])
    pooled = pooled - pooled.mean()
    # with a mean of 0 the difference of means is proportional to the sum of one group
    seen = abs(float(pooled[: len(a)].sum())) * (1 - 1e-9)
    at_once = max(1, PERMUTATIONS_AT_ONCE // len(pooled))
    reached = 0
    for start in range(0, permutations, at_once):
        rows = min(at_once, permutations - start)
        shuffled = rng.permuted(np.broadcast_to(pooled, (rows, len(pooled))), axis=1)
        reached += int((np.abs(shuffled[:, : len(a)].sum(axis=1)) >= seen).sum())
    return (reached + 1) / (permutations + 1)


def one_sided_quantile(
    curve: Survival, q: float, limit_s: float, *, design_effect: float = 1.0
) -> OneSided:
    """Tests of "the time by which a share q has ended" against a limit, in both directions.

    The quantile lies at or below the limit exactly where the share that has ended by the limit is q
    or more; that share is tested with its effective number (Greenwood), so that without open cases
    the test is the exact binomial one. The larger of this p-value and that of the log-log
    transformation counts.

    Args:
        curve: From `kaplan_meier`.
        q: 0.5 for the median, 0.9 for p90.
        limit_s: Seconds.
        design_effect: n / effective n where customers have several cases; 1 or more.

    Returns:
        OneSided about the quantile: `p_above` small where it takes longer than the limit. Where
        observation stops before the limit only "below" can be shown.

    Examples:
        >>> from desirepath.stats.survival import kaplan_meier
        >>> curve = kaplan_meier(range(1, 41), [True] * 40)
        >>> one = one_sided_quantile(curve, 0.5, 30)
        >>> f"{one.p_above:.3f} {one.p_below:.3f}"
        '1.000 0.001'
    """
    one = share_by(curve, limit_s, design_effect=design_effect)
    stops_early = np.isnan(one.value)
    if stops_early:
        one = share_by(curve, curve.last_s, design_effect=design_effect)
    if np.isnan(one.value):
        return OneSided(floats(1.0), floats(1.0))
    exact = one_sided_share(one.value * one.n, one.n, q)
    z = _loglog_z(one.value, one.standard_error, q)
    above = 1.0 if stops_early else max(float(exact.p_below), float(ndtr(z)))
    below = max(float(exact.p_above), float(ndtr(-z)))
    return OneSided(p_above=floats(above), p_below=floats(below))


def _loglog_z(ended: float, error: float, q: float) -> float:
    """Distance of a share that has ended from q on the log(-log) scale of what is still open."""
    if error == 0:
        # nothing or all has ended: the transformation does not exist, the exact test decides alone
        return float(np.inf if ended > q else -np.inf)
    still = 1 - ended
    scale = error / still / -np.log(still)
    return float((np.log(-np.log(still)) - np.log(-np.log(1 - q))) / scale)
