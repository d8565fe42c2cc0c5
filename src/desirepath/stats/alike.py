"""Several groups at once: are their shares, are their means all the same? Says nothing about which differ."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, fdtrc

from desirepath.stats.arrays import floats
from desirepath.stats.two_groups import share_differences


def shares_alike(hits: ArrayLike, n: ArrayLike) -> float:
    """P-value of "all groups have the same share".

    Pearson's chi-square test of homogeneity with the factor (N - 1) / N, which for two groups is the
    test of `two_shares`.

    Args:
        hits: float[k], cases of each group for which it holds; may be effective counts.
        n: float[k], cases of each group; groups without any are left out.

    Returns:
        0 to 1; 1 where fewer than two groups have cases, or all or none hold.

    Examples:
        >>> round(shares_alike([56, 48], [70, 80]), 4)
        0.0083
        >>> shares_alike([10, 20, 30], [100, 200, 300])
        1.0

    References:
        Pearson 1900; Campbell 2007, Statistics in Medicine 26:3661 (the factor).
    """
    k, m = floats(hits).ravel(), floats(n).ravel()
    k, m = k[m > 0], m[m > 0]
    total = float(m.sum())
    if len(m) < 2 or total <= 1:  # noqa: PLR2004 - two groups at least
        return 1.0
    share = float(k.sum()) / total
    if not 0 < share < 1:
        return 1.0
    expected = m * share
    statistic = float(((k - expected) ** 2 / (expected * (1 - share))).sum())
    return float(chdtrc(len(m) - 1, statistic * (total - 1) / total))


def shares_differ(hits: ArrayLike, n: ArrayLike) -> float:
    """P-value of "all groups have the same share", that sees one odd group among many as well.

    The smaller of two p-values, doubled: of all groups at once (`shares_alike`, good where many differ a
    little) and of the group furthest from all others together, times the number of groups (good where
    one day of seven is bad). Of two groups, that of `shares_alike`.

    Args:
        hits: As `shares_alike`.
        n: As `shares_alike`.

    Examples:
        >>> week = [[80, 80, 80, 80, 80, 80, 46], [200] * 7]
        >>> round(shares_alike(*week), 4), round(shares_differ(*week), 4)
        (0.0018, 0.0001)
        >>> shares_differ([56, 48], [70, 80]) == shares_alike([56, 48], [70, 80])
        True

    References:
        Bonferroni's inequality, twice.
    """
    k, m = floats(hits).ravel(), floats(n).ravel()
    k, m = k[m > 0], m[m > 0]
    together = shares_alike(k, m)
    if len(m) <= 2:  # noqa: PLR2004 - of two, either is as far off
        return together
    each = share_differences(k.sum() - k, m.sum() - m, k, m).p
    return min(1.0, 2 * min(together, len(m) * float(np.nanmin(each))))


def means_alike(mean: ArrayLike, spread: ArrayLike, n: ArrayLike) -> float:
    """P-value of "all groups have the same mean", where they may spread differently.

    Args:
        mean: float[k], mean of each group.
        spread: float[k], its standard deviation. 0 (all alike) is taken as what one value a unit away
            would give.
        n: float[k], its independent values; groups with fewer than two are left out.

    Returns:
        0 to 1; 1 where fewer than two groups can be compared.

    Examples:
        >>> round(means_alike([20.5, 22.1], [2.3, 3.1], [40, 35]), 4)
        0.0147

    References:
        Welch 1951, Biometrika 38:330.
    """
    m, s, size = (floats(x).ravel() for x in (mean, spread, n))
    told = size > 1
    m, s, size = m[told], s[told], size[told]
    groups = len(m)
    if groups < 2:  # noqa: PLR2004 - two groups at least
        return 1.0
    weight = size / np.where(s > 0, s**2, 1 / size)
    total = weight.sum()
    middle = (weight * m).sum() / total
    between = (weight * (m - middle) ** 2).sum() / (groups - 1)
    lack = ((1 - weight / total) ** 2 / (size - 1)).sum()
    statistic = between / (1 + 2 * (groups - 2) / (groups**2 - 1) * lack)
    freedom = (groups**2 - 1) / (3 * lack)
    return float(fdtrc(groups - 1, freedom, statistic))
