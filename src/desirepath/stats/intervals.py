"""Intervals for shares, quantiles, means and scores of independent observations. Clusters are the job of `clusters`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr, bdtrik, ndtr, ndtri, stdtrit

from desirepath.stats.arrays import FloatArray, floats

BOOTSTRAP_BELOW_N = 30
RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares with intervals, or differences of two shares.

    Attributes:
        value: float64, 0 to 1 (differences -1 to 1); nan where n is 0.
        low: Lower end.
        high: Upper end.
        n: Effective number of observations; for differences that of both groups together.
    """

    value: FloatArray
    low: FloatArray
    high: FloatArray
    n: FloatArray


@dataclass(frozen=True, slots=True)
class Estimate:
    """One number with its interval, in the unit of what was given.

    Attributes:
        value: nan where it cannot be told.
        low: Lower end; -inf (0 for times) where the data set no lower bound.
        high: Upper end; inf where the data set no upper bound.
        n: Effective number of observations.
    """

    value: float
    low: float
    high: float
    n: float


def two_sided_z(level: float) -> float:
    """Normal quantile of a two-sided interval.

    Examples:
        >>> round(two_sided_z(0.95), 4)
        1.96
    """
    return float(ndtri(0.5 + level / 2))


def wilson(hits: ArrayLike, n: ArrayLike, *, level: float = 0.95) -> Shares:
    """Shares hits / n with Wilson score intervals.

    Both counts may be effective counts, so need not be whole.

    Args:
        hits: Cases for which it holds, 0 to n; any shape.
        n: Cases looked at; broadcasts against `hits`. 0 gives value nan and the interval 0 to 1.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        Shares between 0 and 1; never an empty interval.

    Examples:
        >>> one = wilson(15, 148)
        >>> f"{one.value:.4f} {one.low:.4f} {one.high:.4f}"
        '0.1014 0.0624 0.1605'

    References:
        Wilson 1927; the example is Newcombe 1998 (Statistics in Medicine 17:857), table I.
    """
    k, m = np.broadcast_arrays(floats(hits), floats(n))
    z2 = two_sided_z(level) ** 2
    known = m > 0
    size = np.where(known, m, 1.0)
    p = np.clip(k / size, 0.0, 1.0)
    middle = (p + z2 / (2 * size)) / (1 + z2 / size)
    half = np.sqrt(p * (1 - p) * z2 / size + (z2 / (2 * size)) ** 2) / (1 + z2 / size)
    # at p = 0 and p = 1 the ends are exactly 0 and 1; rounding must not move them inside
    low = np.where(p == 0, 0.0, np.clip(middle - half, 0.0, 1.0))
    high = np.where(p == 1, 1.0, np.clip(middle + half, 0.0, 1.0))
    return Shares(
        value=floats(np.where(known, p, np.nan)),
        low=floats(np.where(known, low, 0.0)),
        high=floats(np.where(known, high, 1.0)),
        n=floats(m).copy(),
    )


def newcombe_difference(
    hits1: ArrayLike,
    n1: ArrayLike,
    hits2: ArrayLike,
    n2: ArrayLike,
    *,
    level: float = 0.95,
) -> Shares:
    """Difference of two shares, first minus second, with Newcombe's interval.

    Args:
        hits1: Cases of the first group for which it holds; may be effective counts.
        n1: Cases of the first group.
        hits2: As `hits1`, second group.
        n2: As `n1`, second group.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        Differences between -1 and 1; nan with the interval -1 to 1 where a group is empty.

    Examples:
        >>> one = newcombe_difference(56, 70, 48, 80)
        >>> f"{one.value:.4f} {one.low:.4f} {one.high:.4f}"
        '0.2000 0.0524 0.3339'

    References:
        Newcombe 1998, Statistics in Medicine 17:873, method 10; the example is its table II (a).
    """
    first, second = wilson(hits1, n1, level=level), wilson(hits2, n2, level=level)
    value = first.value - second.value
    known = ~np.isnan(value)
    difference = np.where(known, value, 0.0)
    p1 = np.where(known, first.value, 0.0)
    p2 = np.where(known, second.value, 0.0)
    low = difference - np.hypot(p1 - first.low, second.high - p2)
    high = difference + np.hypot(first.high - p1, p2 - second.low)
    return Shares(
        value=floats(value),
        low=floats(np.where(known, np.clip(low, -1.0, 1.0), -1.0)),
        high=floats(np.where(known, np.clip(high, -1.0, 1.0), 1.0)),
        n=floats(first.n + second.n),
    )


def binomial_quantile(probability: float, n: int, p: float) -> int:
    """Smallest k with P(X ≤ k) ≥ probability for X binomial(n, p).

    Examples:
        >>> binomial_quantile(0.5, 10, 0.5)
        5
    """
    k = int(np.clip(np.ceil(np.nan_to_num(bdtrik(probability, n, p), nan=0.0)), 0, n))
    # the inverse is continuous and may be off by one after rounding
    while k > 0 and float(bdtr(float(k - 1), n, p)) >= probability:
        k -= 1
    while k < n and float(bdtr(float(k), n, p)) < probability:
        k += 1
    return k


def median_interval(
    values: ArrayLike,
    q: float = 0.5,
    *,
    level: float = 0.95,
    n_effective: float | None = None,
) -> Estimate:
    """Quantile of fully observed values with an interval between two of the values.

    Makes no assumption about the distribution. Values of open cases are not fully observed: use
    `survival` for them.

    Args:
        values: float[n], any unit, any order, no nan.
        q: Which quantile, between 0 and 1; 0.5 is the median.
        level: Coverage of the interval at least, between 0 and 1.
        n_effective: Effective number of observations where customers have several values; the
            interval is then Woodruff's, from the Wilson interval of q.

    Returns:
        Estimate in the unit of the values; an end is -inf or inf where n is too small to bound it
        (for the median below n = 6), value nan where there are no values.

    Examples:
        >>> median_interval(range(1, 31))
        Estimate(value=15.5, low=10.0, high=21.0, n=30.0)
        >>> median_interval([3.0, 5.0]).low
        -inf

    References:
        David and Nagaraja 2003, Order Statistics, 7.1; Woodruff 1952.
    """
    ordered = np.sort(floats(values).ravel())
    n = len(ordered)
    if n == 0:
        return Estimate(np.nan, -np.inf, np.inf, 0.0)
    value = float(np.quantile(ordered, q))
    if n_effective is not None and n_effective < n:
        bounds = wilson(q * n_effective, n_effective, level=level)
        first = int(np.floor(float(bounds.low) * n))
        last = int(np.ceil(float(bounds.high) * n)) + 1
        size = float(n_effective)
        if n_effective < np.log((1 - level) / 2) / np.log(max(q, 1 - q)):
            first, last = 0, n + 1
    else:
        first = binomial_quantile((1 - level) / 2, n, q)
        last = binomial_quantile((1 + level) / 2, n, q) + 1
        size = float(n)
    low = float(ordered[first - 1]) if first >= 1 else -np.inf
    high = float(ordered[last - 1]) if last <= n else np.inf
    return Estimate(value, low, high, size)


def mean_interval(
    values: ArrayLike,
    rng: np.random.Generator,
    *,
    level: float = 0.95,
    resamples: int = RESAMPLES,
) -> Estimate:
    """Mean with Student's interval from n = 30 on and a BCa bootstrap interval below.

    The bootstrap uses Student's quantile and the factor √(n / (n - 1)) in place of the normal
    quantile, because the plain one is too narrow for few values.

    Args:
        values: float[n], no nan.
        rng: Generator of the bootstrap; not touched from n = 30 on.
        level: Coverage of the interval, between 0 and 1.
        resamples: Bootstrap samples.

    Returns:
        Estimate in the unit of the values; unbounded where n < 2.

    Examples:
        >>> one = mean_interval(range(30), np.random.default_rng(1))
        >>> round(one.low, 2), round(one.high, 2)
        (11.21, 17.79)

    References:
        Efron 1987, JASA 82:171; Hesterberg 2015, American Statistician 69:371 (the widening).
    """
    given = floats(values).ravel()
    n = len(given)
    if n < 2:  # noqa: PLR2004 - one value has no spread
        return Estimate(float(given[0]) if n else np.nan, -np.inf, np.inf, float(n))
    value = float(given.mean())
    quantile = float(stdtrit(n - 1, 0.5 + level / 2))
    half = quantile * float(given.std(ddof=1)) / float(np.sqrt(n))
    if n >= BOOTSTRAP_BELOW_N or half == 0:
        return Estimate(value, value - half, value + half, float(n))
    means = given[rng.integers(0, n, (resamples, n))].mean(axis=1)
    low, high = bca_ends(means, value, given, quantile * np.sqrt(n / (n - 1)))
    return Estimate(value, low, high, float(n))


def bca_ends(
    means: FloatArray, value: float, given: FloatArray, quantile: float
) -> tuple[float, float]:
    """Ends of the bias-corrected accelerated interval of a mean.

    Args:
        means: float64[resamples], bootstrap means.
        value: The mean itself.
        given: float64[n], the values; the acceleration is that of the jackknife.
        quantile: Normal (or wider) quantile of the level.

    Examples:
        >>> low, high = bca_ends(np.arange(101.0), 50.0, np.array([-1.0, 1.0]), 1.959964)
        >>> f"{low:.3f} {high:.3f}"
        '2.500 97.500'
    """
    below = (np.sum(means < value) + np.sum(means == value) / 2) / len(means)
    shift = float(ndtri(np.clip(below, 1 / len(means), 1 - 1 / len(means))))
    left_out = given - given.mean()
    acceleration = float((left_out**3).sum() / (6 * (left_out**2).sum() ** 1.5))
    ends = shift + np.array([-quantile, quantile])
    at = ndtr(shift + ends / (1 - acceleration * ends))
    low, high = np.quantile(means, at)
    return float(low), float(high)


def nps_interval(
    detractors: ArrayLike,
    passives: ArrayLike,
    promoters: ArrayLike,
    *,
    level: float = 0.95,
) -> Shares:
    """Net promoter score, -100 to 100, with an adjusted interval that works for extreme counts.

    The plain interval has no width when all answer alike. Here three answers (¾, 1½, ¾) are added
    before the variance (p + d - (p - d)²) / n is taken.

    Args:
        detractors: Answers 0 to 6.
        passives: Answers 7 and 8.
        promoters: Answers 9 and 10.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        Value, low and high in points -100 to 100; nan with -100 to 100 where there is no answer.

    Examples:
        >>> one = nps_interval(10, 30, 60)
        >>> f"{one.value:.0f} {one.low:.1f} {one.high:.1f}"
        '50 35.5 61.6'

    References:
        Rocks 2016, American Statistician 70:365, "Interval estimation for the net promoter score".
    """
    d, c, p = (floats(x) for x in (detractors, passives, promoters))
    n = d + c + p
    known = n > 0
    value = np.where(known, 100 * (p - d) / np.where(known, n, 1.0), np.nan)
    size = n + 3.0
    up, down = (p + 0.75) / size, (d + 0.75) / size
    spread = np.sqrt((up + down - (up - down) ** 2) / size)
    middle, half = 100 * (up - down), 100 * two_sided_z(level) * spread
    low = np.where(known, np.clip(middle - half, -100, 100), -100.0)
    high = np.where(known, np.clip(middle + half, -100, 100), 100.0)
    return Shares(floats(value), floats(low), floats(high), floats(n))
