"""Times to a later event where some cases are still open: Kaplan-Meier, and incidence with a competing end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from desirepath.stats.arrays import BoolArray, FloatArray, IntArray, floats
from desirepath.stats.intervals import Estimate, two_sided_z, wilson

TIE = 1e-12  # shares closer than this are equal; products of many factors lose the last digits
MOST_EXPONENT = 700.0  # of a float


@dataclass(frozen=True, slots=True)
class Survival:
    """Kaplan-Meier curve.

    Attributes:
        times_s: float64[k], times at which something ends, rising.
        survival: float64[k], share still open just after each time.
        greenwood: float64[k], Σ d / (n (n - d)) up to each time; inf where none is left.
        at_risk: int64[k], cases still watched just before each time.
        ended: int64[k], cases that end at each time.
        durations_s: float64[n], all durations, observed or not, rising; nothing is known after the last.
    """

    times_s: FloatArray
    survival: FloatArray
    greenwood: FloatArray
    at_risk: IntArray
    ended: IntArray
    durations_s: FloatArray

    @property
    def n(self) -> int:
        """Cases."""
        return len(self.durations_s)

    @property
    def last_s(self) -> float:
        """Longest duration; 0 without cases."""
        return float(self.durations_s[-1]) if self.n else 0.0

    def watched_until(self, time_s: float) -> int:
        """Cases that were still open, or just ended, at a time.

        Examples:
            >>> kaplan_meier([3, 5, 6], [False, True, True]).watched_until(4)
            2
        """
        return self.n - int(np.searchsorted(self.durations_s, time_s, side="left"))


@dataclass(frozen=True, slots=True)
class ShareBy:
    """Share that has ended by a time.

    Attributes:
        value: 0 to 1; nan where observation stops before that time.
        low: Lower end of the interval.
        high: Upper end of the interval.
        standard_error: Greenwood; 0 where the share is 0 or 1.
        n: Effective number: the n of a plain share with this standard error.
    """

    value: float
    low: float
    high: float
    standard_error: float
    n: float


def kaplan_meier(durations_s: ArrayLike, observed: ArrayLike) -> Survival:
    """Kaplan-Meier curve of durations of which some are cut off.

    A case cut off at the time of an event counts as still watched at that time.

    Args:
        durations_s: float[n], seconds, 0 or more: to the event, or to the end of watching.
        observed: bool[n], False where the case was still open.

    Returns:
        Survival; without times where nothing ended.

    Examples:
        >>> curve = kaplan_meier([1, 2, 2, 3], [True, True, False, True])
        >>> curve.survival.tolist()
        [0.75, 0.5, 0.0]

    References:
        Kaplan and Meier 1958, JASA 53:457.
    """
    durations = floats(durations_s).ravel()
    happened = np.asarray(observed, dtype=np.bool_).ravel()
    times, at_risk, ended = risk_table(durations, happened)
    with np.errstate(divide="ignore"):
        terms = np.where(
            at_risk > ended,
            ended / (at_risk * np.maximum(at_risk - ended, 1.0)),
            np.inf,
        )
    return Survival(
        times_s=times,
        survival=floats(np.cumprod(1 - ended / at_risk)),
        greenwood=floats(np.cumsum(terms)),
        at_risk=at_risk.astype(np.int64),
        ended=ended.astype(np.int64),
        durations_s=floats(np.sort(durations)),
    )


def risk_table(
    durations: FloatArray, happened: BoolArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Distinct times of events, cases at risk just before each, and events at each.

    Examples:
        >>> times, at_risk, ended = risk_table(np.array([1.0, 2.0, 2.0]), np.array([True, False, True]))
        >>> times.tolist(), at_risk.tolist(), ended.tolist()
        ([1.0, 2.0], [3.0, 2.0], [1.0, 1.0])
    """
    times, ended = np.unique(durations[happened], return_counts=True)
    ordered = np.sort(durations)
    at_risk = len(ordered) - np.searchsorted(ordered, times, side="left")
    return times, floats(at_risk), floats(ended)


def loglog_ends(
    share: FloatArray, log_variance: FloatArray, level: float
) -> tuple[FloatArray, FloatArray]:
    """Ends of the log(-log) interval of shares strictly between 0 and 1.

    Args:
        share: float64[k], such as S(t).
        log_variance: float64[k], variance of log(share); Greenwood's sum for S(t).
        level: Coverage.

    Returns:
        Lower and upper ends; share itself at 0 and 1, where the transformation does not exist.

    Examples:
        >>> low, high = loglog_ends(np.array([0.5]), np.array([0.01]), 0.95)
        >>> f"{low[0]:.3f} {high[0]:.3f}"
        '0.399 0.593'
    """
    inside = (share > 0) & (share < 1) & np.isfinite(log_variance)
    log = np.log(np.where(inside, share, 0.5))
    # a share that rounding alone keeps below 1 has no bound worth the name
    spread = two_sided_z(level) * np.sqrt(np.where(inside, log_variance, 0.0)) / -log
    spread = np.minimum(spread, MOST_EXPONENT)
    low = np.where(inside, np.exp(log * np.exp(spread)), share)
    high = np.where(inside, np.exp(log * np.exp(-spread)), share)
    return floats(low), floats(high)


def quantile_by(
    curve: Survival, q: float = 0.5, *, level: float = 0.95, design_effect: float = 1.0
) -> Estimate:
    """Time by which a share q has ended, with the log-log interval of Brookmeyer and Crowley.

    Args:
        curve: From `kaplan_meier`.
        q: 0.5 for the median, 0.9 for p90.
        level: Coverage of the interval, between 0 and 1.
        design_effect: n / effective n where customers have several cases; 1 or more.

    Returns:
        Estimate in seconds: value nan where fewer than q ever end, high inf where no upper end can
        be given (for p90 of fewer than 36 cases); all bounds unknown (0 to inf) where nothing ended.

    Examples:
        >>> curve = kaplan_meier(range(1, 21), [True] * 20)
        >>> quantile_by(curve)
        Estimate(value=10.0, low=5.0, high=15.0, n=20.0)

    References:
        Brookmeyer and Crowley 1982, Biometrics 38:29; Klein and Moeschberger 2003, 4.5.
    """
    n = curve.n / design_effect
    low, high = loglog_ends(curve.survival, curve.greenwood * design_effect, level)
    left = 1 - q + TIE
    # where none is left there is no variance; that all of so few were that quick is no proof (exact)
    seen = max(float(curve.ended.sum()) / design_effect, 1.0)
    high = np.where(curve.survival > TIE, high, 1 - ((1 - level) / 2) ** (1 / seen))
    # the band is not monotone in its tail: the earliest crossing counts
    value, first, last = (
        _first_time(curve.times_s, band <= left) for band in (curve.survival, low, high)
    )
    if np.isinf(first):
        first = 0.0 if not len(curve.times_s) else float(curve.times_s[-1])
    return Estimate(np.nan if np.isinf(value) else value, first, last, n)


def _first_time(times: FloatArray, crossed: BoolArray) -> float:
    """First time at which it holds; inf where it never does."""
    return float(times[np.argmax(crossed)]) if crossed.any() else float(np.inf)


def share_by(
    curve: Survival, time_s: float, *, level: float = 0.95, design_effect: float = 1.0
) -> ShareBy:
    """Share that has ended by a time, with log-log interval.

    Args:
        curve: From `kaplan_meier`.
        time_s: Seconds; cases that end exactly then count.
        level: Coverage of the interval, between 0 and 1.
        design_effect: n / effective n where customers have several cases; 1 or more.

    Returns:
        ShareBy; where nothing or all has ended by then, the Wilson interval of the cases that were
        watched that long. Value nan where observation stops before `time_s` with cases still open;
        the interval then only says what was seen until it stopped.

    Examples:
        >>> one = share_by(kaplan_meier(range(1, 21), [True] * 20), 10)
        >>> f"{one.value:.2f} {one.low:.3f} {one.high:.3f} {one.n:.0f}"
        '0.50 0.308 0.729 20'
    """
    at = int(np.searchsorted(curve.times_s, time_s, side="right")) - 1
    open_share = float(curve.survival[at]) if at >= 0 else 1.0
    stops_early = time_s > curve.last_s and open_share > TIE
    if open_share >= 1 or open_share <= TIE:
        one = _all_or_none(
            curve, time_s, level, design_effect, all_ended=open_share <= TIE
        )
    else:
        log_variance = float(curve.greenwood[at]) * design_effect
        low, high = loglog_ends(floats([open_share]), floats([log_variance]), level)
        error = open_share * float(np.sqrt(log_variance))
        n = (1 - open_share) / open_share / log_variance
        one = ShareBy(1 - open_share, 1 - float(high[0]), 1 - float(low[0]), error, n)
    if not stops_early:
        return one
    # more may have ended since: only the lower end holds
    return ShareBy(np.nan, one.low, 1.0, one.standard_error, one.n)


def _all_or_none(
    curve: Survival,
    time_s: float,
    level: float,
    design_effect: float,
    *,
    all_ended: bool,
) -> ShareBy:
    """Share 0 or 1 with the Wilson interval of the cases that were followed up to the time."""
    if all_ended:
        n = float(curve.ended.sum()) / design_effect
        return ShareBy(1.0, float(wilson(n, n, level=level).low), 1.0, 0.0, n)
    n = curve.watched_until(time_s) / design_effect
    value = 0.0 if n > 0 else np.nan
    return ShareBy(value, 0.0, float(wilson(0, n, level=level).high), 0.0, n)


@dataclass(frozen=True, slots=True)
class Incidence:
    """Cumulative incidence of one of several ends (Aalen-Johansen).

    Attributes:
        times_s: float64[k], times at which any end happens, rising.
        value: float64[k], share that has met this end by each time.
        low: float64[k], lower end of the log-log interval.
        high: float64[k], upper end.
        standard_error: float64[k].
        n: Cases.
    """

    times_s: FloatArray
    value: FloatArray
    low: FloatArray
    high: FloatArray
    standard_error: FloatArray
    n: int

    def by(self, time_s: float) -> float:
        """Share that has met this end by a time."""
        at = int(np.searchsorted(self.times_s, time_s, side="right")) - 1
        return float(self.value[at]) if at >= 0 else 0.0


def cumulative_incidence(
    durations_s: ArrayLike, cause: ArrayLike, *, of: int = 1, level: float = 0.95
) -> Incidence:
    """Share of cases that meet one end by each time, where another end may come first.

    Taking the other end as "still open" would overstate it: a customer who left never orders.

    Args:
        durations_s: float[n], seconds to the first end or to the end of watching.
        cause: int[n], 0 still open, else the number of the end.
        of: The end asked for.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        Incidence.

    Examples:
        >>> one = cumulative_incidence([1, 2, 3, 4], [1, 2, 1, 0])
        >>> one.value.tolist()
        [0.25, 0.25, 0.5]

    References:
        Aalen and Johansen 1978; variance as in Marubini and Valsecchi 1995, 10.14.
    """
    durations = floats(durations_s).ravel()
    causes = np.asarray(cause).ravel()
    times, at_risk, ended = risk_table(durations, causes != 0)
    of_times, of_counts = np.unique(durations[causes == of], return_counts=True)
    hits = np.zeros(len(times))
    hits[np.searchsorted(times, of_times)] = of_counts
    after = np.cumprod(1 - ended / at_risk)
    before = np.concatenate([[1.0], after])[: len(times)]
    value = np.cumsum(before * hits / at_risk)
    error = _incidence_error(value, before, hits, ended, at_risk)
    inside = (value > 0) & (value < 1)
    relative = np.where(inside, error / np.where(inside, value, 1.0), 0.0) ** 2
    low, high = loglog_ends(floats(value), floats(relative), level)
    return Incidence(times, floats(value), low, high, error, len(durations))


def _incidence_error(
    value: FloatArray,
    before: FloatArray,
    hits: FloatArray,
    ended: FloatArray,
    at_risk: FloatArray,
) -> FloatArray:
    """Standard error by the delta method, as running sums instead of a double sum."""
    # the term of the last time is multiplied by (F(t) - F(t)) = 0 there
    rest = np.where(at_risk > ended, at_risk - ended, np.inf)
    a = ended / (at_risk * rest)
    b = before**2 * (at_risk - hits) * hits / at_risk**3
    c = before * hits / at_risk**2
    squares = value**2 * np.cumsum(a) - 2 * value * np.cumsum(value * a)
    squares += np.cumsum(value**2 * a) + np.cumsum(b)
    squares -= 2 * (value * np.cumsum(c) - np.cumsum(value * c))
    return floats(np.sqrt(np.maximum(squares, 0.0)))
