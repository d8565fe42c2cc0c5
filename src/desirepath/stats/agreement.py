"""How often two ways of sorting agree with the truth, and whether one is better. Knows no words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from desirepath.stats.arrays import floats
from desirepath.stats.intervals import Estimate, two_sided_z


@dataclass(frozen=True, slots=True)
class Sorted:
    """How well one kind is found.

    Attributes:
        precision: Of what is called so, the share that is; nan where nothing is called so.
        recall: Of what is so, the share that is called so; nan where nothing is.
        f1: Harmonic mean of both; 0 where nothing is found.
    """

    precision: float
    recall: float
    f1: float


def balanced_accuracy(is_right: ArrayLike, kinds: ArrayLike) -> float:
    """Mean over the kinds of the share that is sorted rightly.

    Args:
        is_right: float[n], 1 right, 0 wrong, 0.5 where nothing is said and a coin would decide.
        kinds: int[n], what it is in truth.

    Returns:
        0 to 1; 0.5 is a coin between two kinds. nan without kinds.

    Examples:
        >>> balanced_accuracy([1, 1, 1, 0.5], [1, 1, 1, -1])
        0.75
    """
    right, truth = floats(is_right), np.asarray(kinds)
    found = np.unique(truth)
    if not len(found):
        return float("nan")
    return float(np.mean([right[truth == one].mean() for one in found]))


def balanced_difference(
    first: ArrayLike, second: ArrayLike, kinds: ArrayLike, *, level: float = 0.95
) -> Estimate:
    """Balanced accuracy of the first way minus that of the second, on the same things.

    The differences of the pairs are averaged within each kind, so what both get right or wrong
    together counts nothing, as in McNemar's test.

    Args:
        first: float[n], as `is_right` of `balanced_accuracy`.
        second: float[n], the same of the other way.
        kinds: int[n], what it is in truth.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        Estimate between -1 and 1, by the normal approximation; unbounded where a kind has fewer than
        two things.

    Examples:
        >>> one = balanced_difference([1, 1, 0, 1] * 20, [1, 0, 0, 1] * 20, [1, 1, -1, -1] * 20)
        >>> f"{one.value:.2f} {one.low:.2f} {one.high:.2f}"
        '0.25 0.17 0.33'

    References:
        McNemar 1947, Psychometrika 12:153; Agresti 2013, Categorical Data Analysis, 11.1 (paired shares).
    """
    change, truth = floats(first) - floats(second), np.asarray(kinds)
    groups = [change[truth == one] for one in np.unique(truth)]
    if not groups or min(map(len, groups)) < 2:  # noqa: PLR2004 - one pair has no spread
        return Estimate(float("nan"), -np.inf, np.inf, float(len(change)))
    value = float(np.mean([one.mean() for one in groups]))
    spread = sum(one.var(ddof=1) / len(one) for one in groups) / len(groups) ** 2
    half = two_sided_z(level) * float(np.sqrt(spread))
    return Estimate(value, value - half, value + half, float(len(change)))


def sorted_well(called: ArrayLike, truth: ArrayLike) -> Sorted:
    """Precision, recall and F1 of one kind.

    Args:
        called: bool[n], what is called so.
        truth: bool[n], what is so.

    Examples:
        >>> sorted_well([True, True, False], [True, False, False])
        Sorted(precision=0.5, recall=1.0, f1=0.6666666666666666)
    """
    said, is_so = np.asarray(called, np.bool_), np.asarray(truth, np.bool_)
    both = float((said & is_so).sum())
    total = float(said.sum() + is_so.sum())
    return Sorted(
        both / float(said.sum()) if said.any() else float("nan"),
        both / float(is_so.sum()) if is_so.any() else float("nan"),
        2 * both / total if total else 0.0,
    )
