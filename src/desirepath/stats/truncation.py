"""Times of what was seen to arrive before watching ended: nobody who is still to arrive is waited for."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from desirepath.stats.arrays import floats
from desirepath.stats.survival import Survival


def arrival_curve(waits_s: ArrayLike, followed_s: ArrayLike) -> Survival:
    """Curve of the times of those who arrive, from those seen to arrive.

    A slow customer who started late has not been seen to arrive yet, so what was seen is too fast.
    Each arrival is therefore compared only with those that were followed long enough to have been as
    slow. Who leaves without a word is no arrival and does not matter; to Kaplan and Meier such a
    customer would look like one who takes very long.

    Args:
        waits_s: float[n], seconds to the arrival, 0 or more.
        followed_s: float[n], seconds from the start to the end of watching, at least the wait.

    Returns:
        Survival, in which `at_risk` are the arrivals compared at each time. Where everybody was
        followed for long it is the plain empirical curve. Says nothing of arrivals later than the
        longest follow-up.

    Examples:
        >>> arrival_curve([1, 2, 4, 8], [9, 9, 9, 9]).survival.tolist()
        [0.75, 0.5, 0.25, 0.0]
        >>> arrival_curve([1, 1, 2], [1.5, 9, 9]).survival.round(3).tolist()
        [0.5, 0.0]

    References:
        Lynden-Bell 1971, MNRAS 155:95; Lagakos, Barraj and De Gruttola 1988, Biometrika 75:515.
    """
    waits, followed = floats(waits_s).ravel(), floats(followed_s).ravel()
    ordered, limits = np.sort(waits), np.sort(followed)
    # they are in order already: each run is a time, and its end says how many arrived by then
    arrived = (
        np.flatnonzero(np.append(ordered[1:] != ordered[:-1], True)[: len(ordered)]) + 1
    )
    times, ended = ordered[arrived - 1], np.diff(arrived, prepend=0)
    # compared at a time: arrived by then, less those that were not followed for so long
    at_risk = arrived - np.searchsorted(limits, times, side="left")
    later = floats(1 - ended / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(at_risk > ended, ended / (at_risk * (at_risk - ended)), np.inf)
        # products and sums over all later times, the time itself left out
        share = np.append(np.cumprod(later[::-1])[::-1], 1.0)[1:]
        spread = np.append(np.cumsum(terms[::-1])[::-1], 0.0)[1:]
        greenwood = (share / (1 - share)) ** 2 * spread
    return Survival(
        times_s=times,
        survival=floats(1 - share),
        greenwood=floats(np.where(share < 1, greenwood, np.inf)),
        at_risk=at_risk.astype(np.int64),
        ended=ended.astype(np.int64),
        durations_s=ordered,
    )
