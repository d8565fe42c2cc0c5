"""Drivers: how much of an outcome each of several related numbers explains. An association, never a cause."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirepath.stats.arrays import FloatArray, IntArray, floats
from desirepath.stats.clusters import number_clusters
from desirepath.stats.marginal_effects import Effect, linear_difference
from desirepath.stats.regression import Table

MAX_EXACT = 12
RESAMPLES = 200
TINY = 1e-10


@dataclass(frozen=True, slots=True)
class Drivers:
    """Shares of the variance of an outcome.

    Attributes:
        share: float64[drivers], share of the variance each explains; they add up to `explained`.
        low: float64[drivers], lower ends.
        high: float64[drivers], upper ends.
        explained: R², what all explain together.
        method: ``LMG`` (exact) or ``relative weights``.
        clusters: Customers behind it.
    """

    share: FloatArray
    low: FloatArray
    high: FloatArray
    explained: float
    method: str
    clusters: int


def lmg(correlations: FloatArray) -> FloatArray:
    """Share of the variance of the outcome that each driver explains, averaged over all orders of entry.

    Args:
        correlations: float64[..., drivers + 1, drivers + 1]; the outcome stands last. At most 12
            drivers.

    Returns:
        float64[..., drivers], adding up to R²; never below 0 but for rounding.

    Examples:
        >>> apart = np.array([[1.0, 0.0, 0.6], [0.0, 1.0, 0.3], [0.6, 0.3, 1.0]])
        >>> lmg(apart).round(4).tolist()
        [0.36, 0.09]

    References:
        Lindeman, Merenda and Gold 1980; Grömping 2007, The American Statistician 61:139.
    """
    count = correlations.shape[-1] - 1
    explained = _all_r2(correlations)
    subsets = np.arange(2**count)
    sizes = np.array([int(one).bit_count() for one in subsets])
    # of the orders of `count` drivers, the share in which just this subset comes before the driver
    weight = np.array([_order_share(size, count) for size in range(count)])
    shares = []
    for driver in range(count):
        before = subsets[(subsets >> driver) & 1 == 0]
        gain = explained[..., before | (1 << driver)] - explained[..., before]
        shares.append((gain * weight[sizes[before]]).sum(axis=-1))
    return floats(np.stack(shares, axis=-1))


def _order_share(size: int, count: int) -> float:
    """Share of the orders that put just `size` drivers first: s! (c - 1 - s)! / c!."""
    ways = np.arange(1, count + 1, dtype=np.float64)
    return float(
        np.exp(
            np.log(ways[:size]).sum()
            + np.log(ways[: count - 1 - size]).sum()
            - np.log(ways).sum()
        )
    )


def _all_r2(correlations: FloatArray) -> FloatArray:
    """float64[..., 2 ** drivers], R² of each subset of drivers, by sweeping one driver after another."""
    count = correlations.shape[-1] - 1
    found = np.zeros((*correlations.shape[:-2], 2**count))

    def extend(matrix: FloatArray, subset: int, start: int) -> None:
        for driver in range(start, count):
            pivot = matrix[..., driver, driver]
            is_new = pivot > TINY  # else the others tell it already
            row = matrix[..., driver, :]
            part = row / np.where(is_new, pivot, 1.0)[..., None]
            part = np.where(is_new[..., None], part, 0.0)
            swept = matrix - part[..., :, None] * row[..., None, :]
            mine = subset | (1 << driver)
            found[..., mine] = 1.0 - swept[..., count, count]
            extend(swept, mine, driver + 1)

    extend(correlations, 0, 0)
    return floats(found)


def relative_weights(correlations: FloatArray) -> FloatArray:
    """As `lmg`, by orthogonal stand-ins of the drivers: for more drivers than can be put into all orders.

    Args:
        correlations: float64[..., drivers + 1, drivers + 1]; the outcome stands last.

    Returns:
        float64[..., drivers], adding up to R².

    Examples:
        >>> apart = np.array([[1.0, 0.0, 0.6], [0.0, 1.0, 0.3], [0.6, 0.3, 1.0]])
        >>> relative_weights(apart).round(4).tolist()
        [0.36, 0.09]

    References:
        Johnson 2000, Multivariate Behavioral Research 35:1.
    """
    among, with_outcome = correlations[..., :-1, :-1], correlations[..., :-1, -1]
    values, vectors = np.linalg.eigh(among)
    values = np.maximum(values, TINY)
    root = (vectors * np.sqrt(values)[..., None, :]) @ np.swapaxes(vectors, -1, -2)
    pull = np.linalg.solve(root, with_outcome[..., None])[..., 0]
    return floats(((root**2) @ (pull**2)[..., None])[..., 0])


def drivers(
    values: FloatArray,
    outcome: FloatArray,
    customers: IntArray,
    rng: np.random.Generator,
    *,
    level: float = 0.95,
    resamples: int = RESAMPLES,
) -> Drivers:
    """Share of the variance of an outcome that each driver explains, with intervals over customers.

    Args:
        values: float64[n, drivers], without gaps; each driver varies.
        outcome: float64[n], varies.
        customers: int64[n], key of the customer of each row.
        rng: Generator of the draws of customers.
        level: Coverage of the intervals.
        resamples: Draws.
    """
    method = "LMG" if values.shape[1] <= MAX_EXACT else "relative weights"
    rule = lmg if values.shape[1] <= MAX_EXACT else relative_weights
    data = np.column_stack([values, outcome])
    cluster = number_clusters(customers)
    groups = int(cluster.max()) + 1
    drawn = rng.multinomial(groups, np.full(groups, 1 / groups), resamples)
    every = np.vstack([np.ones(groups), drawn])
    found = rule(_correlations(data, cluster, every))
    tails = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(found[1:], tails, axis=0)
    return Drivers(
        floats(found[0]),
        floats(np.maximum(low, 0.0)),
        floats(high),
        float(found[0].sum()),
        method,
        groups,
    )


def _correlations(
    data: FloatArray, cluster: IntArray, weights: FloatArray
) -> FloatArray:
    """float64[draws, columns, columns], correlations where each customer counts `weights` times."""
    centered = data - data.mean(axis=0)
    width = data.shape[1]
    full = np.column_stack([np.ones(len(data)), centered])
    products = (full[:, :, None] * full[:, None, :]).reshape(len(full), -1)
    groups = weights.shape[1]
    sums = np.column_stack(
        [np.bincount(cluster, column, minlength=groups) for column in products.T]
    )
    moments = (weights @ sums).reshape(-1, width + 1, width + 1)
    count = np.maximum(moments[:, 0, 0], 1.0)[:, None, None]
    mean = moments[:, 0, 1:]
    spread = moments[:, 1:, 1:] / count - mean[:, :, None] * mean[:, None, :] / count**2
    deviation = np.sqrt(np.maximum(np.einsum("bii->bi", spread), TINY))
    return floats(spread / deviation[:, :, None] / deviation[:, None, :])


@dataclass(frozen=True, slots=True)
class Contrast:
    """What a bad and a good experience do to an outcome, each against a middling one.

    Attributes:
        penalty: Difference after a bad one; mostly below 0.
        reward: Difference after a good one; mostly above 0.
    """

    penalty: Effect
    reward: Effect


def penalty_reward(
    values: FloatArray,
    outcome: FloatArray,
    customers: IntArray,
    *,
    low: float,
    high: float,
    level: float = 0.95,
) -> Contrast:
    """Penalty and reward of one experience: basics have a penalty alone, delights a reward alone.

    Args:
        values: float64[n], how it was.
        outcome: float64[n].
        customers: int64[n], key of the customer.
        low: A bad experience lies at or below it.
        high: A good one lies at or above it.
        level: Coverage of the intervals.

    Examples:
        >>> was = np.repeat([-2.0, 0.0, 2.0], 2)
        >>> found = penalty_reward(was, was.clip(max=0), np.arange(6), low=-1, high=1)
        >>> round(found.penalty.value, 6), abs(round(found.reward.value, 6))
        (-2.0, 0.0)

    References:
        Brandt 1987; Mikulić and Prebežac 2011, Managing Service Quality 21:46.
    """
    kind = np.where(values <= low, 1, np.where(values >= high, 2, 0))
    rows = np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [1.0, 0.0, 1.0]])
    table = Table(rows, kind.astype(np.int64), number_clusters(customers))
    return Contrast(
        linear_difference(table, outcome, exposure=1, level=level),
        linear_difference(table, outcome, exposure=2, level=level),
    )
