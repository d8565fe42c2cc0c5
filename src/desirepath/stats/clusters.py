"""Effective numbers of observations where customers have several cases. Customers are the unit, not their cases."""

from __future__ import annotations

import numpy as np
from scipy.special import stdtrit

from desirepath.stats.arrays import BoolArray, FloatArray, IntArray, floats
from desirepath.stats.intervals import two_sided_z

# Keys below this bound are counted directly; larger ones (hashes) are numbered first.
DIRECT_PER_CASE = 8
DIRECT_AT_LEAST = 1_000_000


def number_clusters(cluster: IntArray) -> IntArray:
    """Clusters numbered from 0 in the order of their keys.

    Number once and pass slices of the result on: numbering sorts, all else only counts.

    Args:
        cluster: int64[n], any keys.

    Returns:
        int64[n], 0 to number of clusters - 1.

    Examples:
        >>> number_clusters(np.array([900, 7, 900])).tolist()
        [1, 0, 1]
    """
    return np.unique(cluster, return_inverse=True)[1].astype(np.int64)


def cluster_totals(values: FloatArray, cluster: IntArray) -> FloatArray:
    """Sum of the values of each cluster.

    Args:
        values: float64[n].
        cluster: int64[n], keys of the clusters.

    Returns:
        float64[clusters]; clusters without a case may be present, with total 0.

    Examples:
        >>> cluster_totals(np.array([1.0, 2.0, 4.0]), np.array([1, 0, 1])).tolist()
        [2.0, 5.0]
    """
    largest = max(DIRECT_PER_CASE * len(cluster), DIRECT_AT_LEAST)
    if len(cluster) and (cluster.min() < 0 or cluster.max() > largest):
        cluster = number_clusters(cluster)
    return floats(np.bincount(cluster, weights=values))


def effective_n(hits_per_case: BoolArray, cluster: IntArray) -> float:
    """Number of independent cases that would tell as much about a share as these do.

    Use it in place of n, and share * effective n in place of the hits, in `wilson` and in
    `one_sided_share`.

    Args:
        hits_per_case: bool[n], whether it holds for the case.
        cluster: int64[n], key of the customer of the case. 1 M cases take some milliseconds when
            keys are small (`number_clusters`).

    Returns:
        0 to n. n when each customer has one case. Where the share is 0 or 1 the data cannot tell how
        alike the cases of a customer are; they are then taken as copies of each other (Kish's
        (Σm)² / Σm²), the smallest number that is possible.

    Examples:
        >>> hits = np.array([True, True, False, False, True, True, False, False])
        >>> effective_n(hits, np.arange(8))
        8.0
        >>> copies = effective_n(hits, np.array([0, 0, 1, 1, 2, 2, 3, 3]))
        >>> 1 < copies < 4
        True

    References:
        Kish 1965, Survey Sampling, 8.2; Korn and Graubard 1998 (degrees of freedom), Survey
        Methodology 24:193.
    """
    ones = np.ones(len(hits_per_case))
    return effective_n_ratio(floats(hits_per_case), ones, cluster)


def effective_n_ratio(
    numerator: FloatArray, denominator: FloatArray, cluster: IntArray
) -> float:
    """Effective number for a share of counts, such as the moves of a case that go one way.

    Args:
        numerator: float64[n], hits of each case, 0 to `denominator`.
        denominator: float64[n], tries of each case, 0 or more; need not be 1.
        cluster: int64[n], key of the customer of the case, or of the case itself.

    Returns:
        0 to Σ denominator: effective number of tries.

    Examples:
        >>> effective_n_ratio(np.array([4.0, 0.0]), np.array([4.0, 4.0]), np.array([0, 1])) < 1
        True
        >>> effective_n_ratio(np.array([0.0, 0.0]), np.array([3.0, 1.0]), np.array([0, 1]))
        1.6
    """
    return _from_totals(
        cluster_totals(numerator, cluster), cluster_totals(denominator, cluster)
    )


def effective_n_among(asked: BoolArray, hits: BoolArray, cluster: IntArray) -> float:
    """Effective number for the share of some cases; as `effective_n_ratio`, only quicker.

    Args:
        asked: bool[n], the cases the share is of.
        hits: bool[n], those of them for which it holds.
        cluster: int64[n], numbers of the customers from 0, as `number_clusters` gives them.

    Returns:
        0 to the number of cases asked.

    Examples:
        >>> asked, hits = np.array([True, True, True]), np.array([True, False, True])
        >>> effective_n_among(asked, hits, np.array([0, 1, 2]))
        3.0
    """
    size = np.bincount(cluster[asked])
    return _from_totals(np.bincount(cluster[hits], minlength=len(size)), size)


def _from_totals(hits: FloatArray | IntArray, size: FloatArray | IntArray) -> float:
    """Effective number from what each customer has of hits and of tries."""
    total = float(size.sum())
    if total == 0:
        return 0.0
    if size.max() <= 1:
        return total
    present = size > 0
    hits, size = floats(hits[: len(size)][present]), floats(size[present])
    kish = total**2 / float((size**2).sum())
    share = float(hits.sum()) / total
    if len(size) == 1 or share <= 0 or share >= 1:
        return kish
    return min(total, _from_variance(hits, size, share))


def _from_variance(hits: FloatArray, size: FloatArray, share: float) -> float:
    """Effective number from the linearized variance of a ratio of cluster totals."""
    count, total = len(size), float(size.sum())
    spread = float(((hits - share * size) ** 2).sum())
    variance = count / (count - 1) * spread / total**2
    simple = share * (1 - share) / total
    plain = total / max(1.0, variance / simple)
    # the variance itself is estimated from `count` clusters: Student's quantile, not the normal one
    wider = two_sided_z(0.95) / float(stdtrit(count - 1, 0.975))
    return plain * wider**2
