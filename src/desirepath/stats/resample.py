"""Bootstrap over customers. The generator is always passed in."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from desirepath.stats.arrays import FloatArray, IntArray, floats
from desirepath.stats.clusters import number_clusters
from desirepath.stats.intervals import RESAMPLES, Estimate

CELLS_AT_ONCE = 8_000_000


def cluster_bootstrap(
    totals: FloatArray,
    statistic: Callable[[FloatArray], FloatArray],
    rng: np.random.Generator,
    *,
    level: float = 0.95,
    resamples: int = RESAMPLES,
) -> Estimate:
    """Statistic of sums over customers, with the percentile interval of drawing customers anew.

    Args:
        totals: float64[customers, k], sums of each customer, such as hits and tries.
        statistic: float64[rows, k] → float64[rows]: the number of interest from sums over customers;
            nan where a draw leaves it undefined.
        rng: Generator of the draws.
        level: Coverage of the interval, between 0 and 1.
        resamples: Draws.

    Returns:
        Estimate with n = customers; unbounded with fewer than two customers.

    Examples:
        >>> totals = np.array([[2.0, 4.0], [0.0, 1.0], [3.0, 5.0], [1.0, 2.0]])
        >>> one = cluster_bootstrap(totals, lambda sums: sums[:, 0] / sums[:, 1], np.random.default_rng(1))
        >>> one.value, one.low < one.value < one.high
        (0.5, True)

    References:
        Davison and Hinkley 1997, 3.8; Field and Welsh 2007.
    """
    customers = len(totals)
    if customers == 0:
        return Estimate(np.nan, -np.inf, np.inf, 0.0)
    value = float(statistic(totals.sum(axis=0, keepdims=True))[0])
    if customers == 1:
        return Estimate(value, -np.inf, np.inf, 1.0)
    at_once = max(1, CELLS_AT_ONCE // customers)
    even = np.full(customers, 1 / customers)
    parts = [
        statistic(
            rng.multinomial(customers, even, min(at_once, resamples - start)) @ totals
        )
        for start in range(0, resamples, at_once)
    ]
    draws = np.concatenate(parts)
    low, high = np.nanquantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return Estimate(value, float(low), float(high), float(customers))


def case_weights(cluster: IntArray, rng: np.random.Generator) -> FloatArray:
    """How often each case is drawn when customers are drawn with replacement.

    For statistics that are no function of sums, such as a median: weigh the cases with it.

    Args:
        cluster: int64[n], key of the customer of each case.
        rng: Generator of the draw.

    Returns:
        float64[n], whole numbers; equal for all cases of a customer.

    Examples:
        >>> weights = case_weights(np.array([5, 5, 9]), np.random.default_rng(3))
        >>> bool(weights[0] == weights[1])
        True
    """
    index = number_clusters(cluster)
    count = int(index.max()) + 1 if len(index) else 0
    drawn = np.bincount(rng.integers(0, max(count, 1), count), minlength=count)
    return floats(drawn[index])
