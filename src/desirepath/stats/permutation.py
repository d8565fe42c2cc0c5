"""Permutation test of groups of few values. Exact where that is possible."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb

import numpy as np

from desirepath.stats.arrays import FloatArray, IntArray, floats

MOST_EXACT = 20_000
DRAWS = 9_999
SLACK = 1e-12  # sums of the same floats in another order


def permutation_p(
    values: Sequence[float] | FloatArray, group: IntArray, rng: np.random.Generator
) -> float:
    """P-value of "who is in which group makes no difference", by exchanging the values.

    The statistic is the variation between the groups' means, Σ n (mean - overall mean)².

    Args:
        values: float[n], one of each contributor.
        group: int[n], group of each, 0 to k - 1.
        rng: Generator of the draws; not touched where all ways can be counted (two groups, at most
            20,000 ways).

    Returns:
        Share of ways to exchange that vary at least as much as what was found; 1 for fewer than two
        groups. With draws, the found one is counted among them, so that it is never 0.

    Examples:
        >>> rng = np.random.default_rng(1)
        >>> permutation_p([1.0, 1.0, 1.0, -1.0, -1.0, -1.0], np.array([0, 0, 0, 1, 1, 1]), rng)
        0.1

    References:
        Pitman 1937, Supplement to JRSS 4:119; Phipson and Smyth 2010, SAGMB 9:39 (never 0).
    """
    given = floats(values)
    sizes = np.bincount(group)
    sizes = sizes[sizes > 0]
    if len(sizes) < 2:  # noqa: PLR2004 - one group has nothing to differ from
        return 1.0
    order = given[np.argsort(group, kind="stable")]
    found = _between(order[None, :], sizes)[0]
    if len(sizes) == 2 and comb(len(given), int(sizes[0])) <= MOST_EXACT:  # noqa: PLR2004
        drawn = _between(_all_ways(order, int(sizes[0])), sizes)
        return float((drawn >= found - SLACK).mean())
    ways = rng.permuted(np.tile(order, (DRAWS, 1)), axis=1)
    as_far = int((_between(ways, sizes) >= found - SLACK).sum())
    return (as_far + 1) / (DRAWS + 1)


def _between(values: FloatArray, sizes: IntArray) -> FloatArray:
    """float64[rows], variation between consecutive blocks of each row."""
    ends = np.cumsum(sizes)
    sums = np.add.reduceat(values, np.concatenate([[0], ends[:-1]]), axis=1)
    overall = values.mean(axis=1, keepdims=True)
    return floats((sizes * (sums / sizes - overall) ** 2).sum(axis=1))


def _all_ways(values: FloatArray, first: int) -> FloatArray:
    """float64[ways, n], the values with each choice of the first block in front."""
    n = len(values)
    chosen = np.array(list(combinations(range(n), first)), dtype=np.int64)
    is_first = np.zeros((len(chosen), n), dtype=np.bool_)
    np.put_along_axis(is_first, chosen, values=True, axis=1)
    order = np.argsort(~is_first, axis=1, kind="stable")
    return floats(values[order])
