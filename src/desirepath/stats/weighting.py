"""Weights that make those who answered look like those who were there, and means with them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import chdtrc, stdtrit

from desirepath.stats.arrays import BoolArray, FloatArray, IntArray, floats
from desirepath.stats.clusters import cluster_totals, number_clusters
from desirepath.stats.intervals import Estimate

MOST = 5.0
ROUNDS = 100
CLOSE = 1e-9


def rake(
    codes: Sequence[IntArray], targets: Sequence[FloatArray], *, most: float = MOST
) -> FloatArray:
    """Weights by which the shares of each margin are those of the population.

    With one margin this is post-stratification. Weights above `most` times their mean are cut, and
    the margins fitted again as far as the limit lets them.

    Args:
        codes: One int64[n] for each margin: category of each respondent.
        targets: One float64[categories] for each margin: shares in the population; those of categories
            nobody answered in are spread over the others.
        most: Largest weight, in means.

    Returns:
        float64[n], mean 1, at most `most`.

    Examples:
        >>> rake([np.array([0, 0, 0, 1])], [np.array([0.5, 0.5])]).round(3).tolist()
        [0.667, 0.667, 0.667, 2.0]

    References:
        Deming and Stephan 1940, Annals of Mathematical Statistics 11:427.
    """
    n = len(codes[0]) if codes else 0
    weights = np.ones(n)
    if not n:
        return weights
    wanted = [_spread(code, target) for code, target in zip(codes, targets, strict=True)]  # fmt: skip
    for _ in range(ROUNDS):
        before = weights
        for code, target in zip(codes, wanted, strict=True):
            now = np.bincount(code, weights=weights, minlength=len(target))
            factor = np.divide(target * n, now, out=np.zeros(len(target)), where=now > 0)  # fmt: skip
            weights = weights * factor[code]
        weights = np.minimum(weights / weights.mean(), most)
        if np.abs(weights - before).max() < CLOSE:
            break
    # the limit holds for the final mean as well
    for _ in range(ROUNDS):
        weights = weights / weights.mean()
        if weights.max() <= most + CLOSE:
            break
        weights = np.minimum(weights, most)
    return floats(np.minimum(weights, most))


def _spread(code: IntArray, target: FloatArray) -> FloatArray:
    """Target shares of the categories that occur, adding up to 1."""
    occurs = np.bincount(code, minlength=len(target)) > 0
    kept = np.where(occurs, target, 0.0)
    total = kept.sum()
    return floats(kept / total if total > 0 else occurs / occurs.sum())


def design_effect(weights: FloatArray) -> float:
    """How many times more answers than independent ones there are, because weights differ.

    Examples:
        >>> design_effect(np.ones(8)), round(design_effect(np.array([1.0, 1.0, 1.0, 3.0])), 3)
        (1.0, 1.333)

    References:
        Kish 1965, Survey Sampling, 11.7.
    """
    total = float(weights.sum())
    return len(weights) * float((weights**2).sum()) / total**2 if total else 1.0


def weighted_mean(
    values: FloatArray, weights: FloatArray, cluster: IntArray, *, level: float = 0.95
) -> tuple[Estimate, float]:
    """Weighted mean with Student's interval; customers are the unit.

    The variance is that of a ratio of customers' totals (linearized). That the weights were fitted to
    the margins is not used, which makes the interval a little wider than it need be.

    Args:
        values: float64[n].
        weights: float64[n], 0 or more.
        cluster: int64[n], key of the customer.
        level: Coverage.

    Returns:
        Estimate with n = effective number of customers (Kish), and the standard deviation that goes
        with it: spread / √n is the standard error. Unbounded below two customers.

    Examples:
        >>> one, spread = weighted_mean(np.array([1.0, 3.0]), np.array([1.0, 3.0]), np.array([1, 2]))
        >>> one.value, one.n
        (2.5, 1.6)

    References:
        Cochran 1977, Sampling Techniques, 2.11 and 11.18.
    """
    number = number_clusters(cluster)
    size = cluster_totals(weights, number)
    total = cluster_totals(weights * values, number)
    whole = float(size.sum())
    if whole <= 0:
        return Estimate(np.nan, -np.inf, np.inf, 0.0), 0.0
    value = float(total.sum()) / whole
    n = whole**2 / float((size**2).sum())
    count = int((size > 0).sum())
    if count < 2 or n <= 1:  # noqa: PLR2004 - one customer has no spread
        return Estimate(value, -np.inf, np.inf, n), 0.0
    rest = total - value * size
    error = np.sqrt(count / (count - 1) * float((rest**2).sum())) / whole
    half = float(stdtrit(n - 1, 0.5 + level / 2)) * float(error)
    return Estimate(value, value - half, value + half, n), float(error) * float(np.sqrt(n))  # fmt: skip


def answer_bias(codes: IntArray, did_answer: BoolArray) -> tuple[float, float]:
    """Whether some categories answer more often than others.

    Args:
        codes: int64[n], category of each case that was there.
        did_answer: bool[n].

    Returns:
        p-value of "all answer equally often" (Pearson's chi-square) and Cramér's V, 0 to 1; 1 and 0
        where there is nothing to compare.

    Examples:
        >>> p, v = answer_bias(np.repeat([0, 1], 100), np.arange(200) % 100 < np.repeat([60, 30], 100))
        >>> f"{p:.6f} {v:.2f}"
        '0.000020 0.30'
    """
    all_in = np.bincount(codes)
    used = all_in > 0
    answered = np.bincount(codes, weights=did_answer, minlength=len(all_in))[used]
    there = all_in[used].astype(np.float64)
    n, k = float(there.sum()), len(there)
    share = answered.sum() / n if n else 0.0
    if k < 2 or share in (0.0, 1.0):  # noqa: PLR2004 - nothing to compare
        return 1.0, 0.0
    statistic = float(((answered - share * there) ** 2 / (there * share * (1 - share))).sum())  # fmt: skip
    return float(chdtrc(k - 1, statistic)), float(np.sqrt(statistic / n))
