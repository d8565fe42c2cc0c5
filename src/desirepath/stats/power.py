"""How many further cases would settle a question. Planning only; tests nothing."""

from __future__ import annotations

import numpy as np
from scipy.special import bdtrc, bdtrik, ndtri

from desirepath.stats.arrays import FloatArray, floats

MOST_CASES = 10_000_000
EXACT_UP_TO = 4_000


def further_cases_share(
    hits: float, n: float, limit: float, alpha: float = 0.05, *, power: float = 0.8
) -> int | None:
    """Further cases after which a share like the present one would be settled against a limit.

    Settled means: the one-sided exact test of all cases together has p ≤ alpha.

    Args:
        hits: Cases for which it holds so far; may be an effective count.
        n: Cases so far; multiply the result by n / effective n where these are effective counts.
        limit: Share between 0 and 1 to be told from the present one.
        alpha: Level of the one-sided test, after any correction for many questions.
        power: Chance to settle it, if the present share is the true one.

    Returns:
        0 or more; None where the present share equals the limit, nothing is known, or more than
        ten million cases would be needed.

    Examples:
        >>> further_cases_share(30, 100, 0.2)
        27
        >>> further_cases_share(20, 100, 0.2) is None
        True

    References:
        Fleiss, Levin and Paik 2003, 2.4 (with continuity correction), above 4 000 cases; exact below.
    """
    if n <= 0:
        return None
    share = min(max(hits / n, 0.0), 1.0)
    if abs(share - limit) < 1e-12 or not 0 < limit < 1:  # noqa: PLR2004 - rounding only
        return None
    if share < limit:  # count the others, so that "above" is the only direction
        share, limit = 1 - share, 1 - limit
    needed = _approximate_size(share, limit, alpha, power)
    if needed > MOST_CASES:
        return None
    if needed <= EXACT_UP_TO:
        needed = _exact_size(share, limit, alpha, power, needed)
    return max(0, int(np.ceil(needed - n)))


def further_cases_mean(
    mean: float,
    spread: float,
    n: float,
    limit: float,
    alpha: float = 0.05,
    *,
    power: float = 0.8,
) -> int | None:
    """Further values after which a mean like the present one would be settled against a limit.

    Args:
        mean: Mean so far.
        spread: Standard deviation of the values; 0 as in `one_sided_mean`.
        n: Values so far.
        limit: In the unit of the mean.
        alpha: Level of the one-sided test, after any correction for many questions.
        power: Chance to settle it, if the present mean is the true one.

    Returns:
        0 or more; None where the mean equals the limit, nothing is known, or more than ten million
        values would be needed.

    Examples:
        >>> further_cases_mean(0.3, 1.0, 20, 0.0)
        51
        >>> further_cases_mean(0.3, 1.0, 20, 0.3) is None
        True

    References:
        Guenther 1981, American Statistician 35:243 (the term added to the normal size).
    """
    if n < 1 or abs(mean - limit) < 1e-12:  # noqa: PLR2004 - rounding only
        return None
    shift = abs(mean - limit) / (spread if spread > 0 else 1 / np.sqrt(n))
    z = float(ndtri(1 - alpha))
    needed = ((z + float(ndtri(power))) / shift) ** 2 + z**2 / 2
    if needed > MOST_CASES:
        return None
    return max(0, int(np.ceil(max(needed, 2) - n)))


def _approximate_size(share: float, limit: float, alpha: float, power: float) -> float:
    """Cases at which a share above the limit is shown, by the normal distribution."""
    distance = share - limit
    spread = float(ndtri(1 - alpha)) * np.sqrt(limit * (1 - limit))
    spread += float(ndtri(power)) * np.sqrt(share * (1 - share))
    plain = (spread / distance) ** 2
    return float(plain / 4 * (1 + np.sqrt(1 + 2 / (plain * distance))) ** 2)


def _exact_size(
    share: float, limit: float, alpha: float, power: float, near: float
) -> float:
    """Fewest cases from which on the exact test keeps its power over the next tenth of them."""
    sizes = np.arange(1, int(2 * near) + 40, dtype=np.int64)
    enough = powers(sizes, share, limit, alpha) >= power
    # power is a saw: one lucky size is not enough
    span = max(3, int(near / 10))
    steady = np.convolve(enough, np.ones(span), mode="full")[span - 1 :] >= span
    return float(sizes[np.argmax(steady)]) if steady.any() else near


def powers(
    sizes: np.ndarray[tuple[int], np.dtype[np.int64]],
    share: float,
    limit: float,
    alpha: float,
) -> FloatArray:
    """Chance that the exact one-sided test shows a share to be above a limit, for each size.

    Args:
        sizes: int64[k], numbers of cases.
        share: True share, above the limit.
        limit: Share to be told from it.
        alpha: Level of the test.

    Examples:
        >>> powers(np.array([10, 100]), 0.7, 0.5, 0.05).round(3).tolist()
        [0.149, 0.993]
    """
    # fewest hits with P(X ≥ hits | limit) ≤ alpha; the inverse is continuous, so look around it
    around = np.floor(np.nan_to_num(bdtrik(1 - alpha, sizes, limit)))
    candidates = np.maximum(around + np.arange(-1, 3)[:, None], 1)
    shown = bdtrc(np.minimum(candidates, sizes) - 1, sizes, limit) <= alpha
    possible = shown & (candidates <= sizes)
    hits = np.take_along_axis(candidates, possible.argmax(axis=0)[None], axis=0)[0]
    chance = bdtrc(np.minimum(hits, sizes) - 1, sizes, share)
    return floats(np.where(possible.any(axis=0), chance, 0.0))
