"""The stretch of time in which one group fared worse than the others and than itself. Knows only counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit
from scipy.stats import hypergeom

from desirepath.stats.arrays import FloatArray, IntArray, floats

ROUNDING = 1e-9  # of counts that are whole but for the last digits
LEAST_ROOM = 1e-9


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive spans of time, and how the group fared in them.

    Attributes:
        start: Index of the first span.
        end: Index after the last one.
        inside: Share of the group within it.
        outside: Share of the group at other times.
        others_inside: Share of the others within it.
        others_outside: Share of the others at other times.
        expected: Share of the group within it, had it fared as it does else and as the others do then.
        expected_n: As many cases would tell the expected share as surely as the counts do.
        n: Cases of the group within it.
        tried: Stretches that were looked at.
        p: Two-sided p-value of "as expected", for the worst of all stretches looked at.
    """

    start: int
    end: int
    inside: float
    outside: float
    others_inside: float
    others_outside: float
    expected: float
    expected_n: float
    n: float
    tried: int
    p: float


def worst_stretch(
    hits: ArrayLike,
    n: ArrayLike,
    others_hits: ArrayLike,
    others_n: ArrayLike,
    *,
    least: float,
) -> Stretch | None:
    """The stretch of at most half the time in which a group was hit more often than expected.

    Expected is the largest of four shares: that of the group at other times, that of the others in the
    stretch, and both together, added as differences and as odds. So neither a group that is always
    worse nor a time that is bad for all is a finding. The stretch is tested by Fisher's exact test
    against as many cases as would tell the expected share as surely, times the stretches looked at.

    Args:
        hits: float[k], cases of the group in each span that were hit; may be effective counts.
        n: float[k], cases of the group in each span.
        others_hits: float[k], as `hits`, of the others.
        others_n: float[k], as `n`, of the others.
        least: Fewest cases of the group, and of the others, inside a stretch and outside.

    Returns:
        None where no stretch has enough cases on all four sides.

    Examples:
        >>> one = worst_stretch([5, 6, 20, 21, 5, 6], [40] * 6, [10] * 6, [80] * 6, least=30)
        >>> one.start, one.end, round(one.inside, 3), round(one.expected, 3), one.p < 0.001
        (2, 4, 0.512, 0.141, True)

    References:
        Fisher 1922, JRSS 85:87; Bonferroni's inequality for the stretches.
    """
    sides = [floats(part).ravel() for part in (hits, n, others_hits, others_n)]
    starts, ends = _stretches(len(sides[0]))
    within = [_sums(part, starts, ends) for part in sides]
    rest = [part.sum() - inside for part, inside in zip(sides, within, strict=True)]
    enough = np.ones(len(starts), dtype=np.bool_)
    for count in (within[1], within[3], rest[1], rest[3]):
        enough &= count >= least
    if not enough.any():
        return None
    k1, n1, e1, m1 = (part[enough] for part in within)
    k2, n2, e2, m2 = (part[enough] for part in rest)
    expected = _expected((k2, n2), (e1, m1), (e2, m2))
    variance = _variance(k2, n2) + _variance(e1, m1) + _variance(e2, m2)
    room = np.maximum(expected * (1 - expected), LEAST_ROOM)
    expected_n = np.clip(room / variance, 1.0, n2 + m1 + m2)
    p = _fisher_upper(k1, n1, expected * expected_n, expected_n)
    best = int(np.argmin(p))
    tried = int(enough.sum())
    return Stretch(
        start=int(starts[enough][best]),
        end=int(ends[enough][best]),
        inside=float(k1[best] / n1[best]),
        outside=float(k2[best] / n2[best]),
        others_inside=float(e1[best] / m1[best]),
        others_outside=float(e2[best] / m2[best]),
        expected=float(expected[best]),
        expected_n=float(expected_n[best]),
        n=float(n1[best]),
        tried=tried,
        p=float(min(1.0, 2 * tried * p[best])),
    )


def _stretches(spans: int) -> tuple[IntArray, IntArray]:
    """Start and end of each stretch of up to half the spans."""
    starts, ends = np.triu_indices(spans + 1, k=1)
    short = ends - starts <= spans // 2
    return starts[short], ends[short]


def _sums(counts: FloatArray, starts: IntArray, ends: IntArray) -> FloatArray:
    total = np.append(0.0, np.cumsum(counts))
    return floats(total[ends] - total[starts])


def _share(side: tuple[FloatArray, FloatArray]) -> FloatArray:
    """Share with half a hit and half a miss more, so that none is 0 or 1."""
    return floats((side[0] + 0.5) / (side[1] + 1))


def _expected(
    group: tuple[FloatArray, FloatArray],
    others_then: tuple[FloatArray, FloatArray],
    others_else: tuple[FloatArray, FloatArray],
) -> FloatArray:
    own, then, other = (_share(side) for side in (group, others_then, others_else))
    by_odds = expit(logit(own) + logit(then) - logit(other))
    by_points = own + then - other
    most = np.maximum(np.maximum(by_odds, by_points), np.maximum(own, then))
    return floats(np.clip(most, 0.0, 1.0))


def _variance(hits: FloatArray, n: FloatArray) -> FloatArray:
    share = _share((hits, n))
    return floats(share * (1 - share) / n)


def _fisher_upper(
    hits: FloatArray, n: FloatArray, base_hits: FloatArray, base_n: FloatArray
) -> FloatArray:
    """Upper tail of Fisher's test; counts are rounded so that a part of a case proves nothing."""
    a, m = np.floor(hits + ROUNDING), np.ceil(n - ROUNDING)
    c, b = np.ceil(base_hits - ROUNDING), np.ceil(base_n - ROUNDING)
    return floats(hypergeom.sf(a - 1, m + b, a + np.minimum(c, b), m))
