"""Points in groups: k-means, how much it explains, and how alike two groupings are. Chooses no number of groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirepath.stats.arrays import FloatArray, IntArray, floats

STARTS = 4
ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Grouping:
    """Points in groups.

    Attributes:
        centers: float64[k, d].
        group: int64[n], group of each point.
        explained: Share of the variance that the groups explain, 0 to 1.
    """

    centers: FloatArray
    group: IntArray
    explained: float


def k_means(
    points: FloatArray, count: int, rng: np.random.Generator, *, starts: int = STARTS
) -> Grouping:
    """Best of some runs of Lloyd's algorithm, each from centers that k-means++ draws.

    Args:
        points: float64[n, d], n at least `count`.
        count: Number of groups.
        rng: Generator of the starts.
        starts: Runs.

    Examples:
        >>> points = np.array([[0.0], [0.1], [5.0], [5.1]])
        >>> found = k_means(points, 2, np.random.default_rng(1))
        >>> round(found.explained, 3), bool(found.group[0] == found.group[1] != found.group[2])
        (1.0, True)

    References:
        Arthur and Vassilvitskii 2007, "k-means++: the advantages of careful seeding".
    """
    total = float(((points - points.mean(axis=0)) ** 2).sum())
    best: tuple[float, FloatArray, IntArray] | None = None
    for _ in range(starts):
        centers, group, within = _lloyd(points, _start(points, count, rng))
        if best is None or within < best[0]:
            best = within, centers, group
    assert best is not None  # noqa: S101 - there is at least one start
    explained = 1 - best[0] / total if total > 0 else 0.0
    return Grouping(best[1], best[2], explained)


def nearest(points: FloatArray, centers: FloatArray) -> tuple[IntArray, FloatArray]:
    """int64[n] nearest center of each point, float64[n] squared distance to it."""
    distances = _beside(points, centers)
    group = distances.argmin(axis=1)
    own = distances[np.arange(len(points)), group] + (points**2).sum(axis=1)
    return group.astype(np.int64), floats(np.maximum(own, 0.0))


def _beside(points: FloatArray, centers: FloatArray) -> FloatArray:
    """float64[n, k], squared distances without the squares of the points, the same for all centers."""
    return floats((centers**2).sum(axis=1) - 2 * (points @ centers.T))


def adjusted_rand(first: IntArray, second: IntArray) -> float:
    """How alike two groupings of the same points are: 1 the same, 0 as by chance.

    Args:
        first: int64[n], group of each point, 0 or more.
        second: As `first`.

    Examples:
        >>> one = np.array([0, 0, 1, 1])
        >>> [round(adjusted_rand(one, np.array(two)), 3) for two in ([5, 5, 2, 2], [0, 1, 0, 1])]
        [1.0, -0.5]

    References:
        Hubert and Arabie 1985, Journal of Classification 2:193.
    """
    table = np.zeros((int(first.max()) + 1, int(second.max()) + 1))
    np.add.at(table, (first, second), 1)
    pairs = _pairs(table).sum()
    rows, columns = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    expected = rows * columns / _pairs(floats(len(first)))
    most = (rows + columns) / 2
    return 1.0 if most == expected else float((pairs - expected) / (most - expected))


def _pairs(counts: FloatArray) -> FloatArray:
    return floats(counts * (counts - 1) / 2)


def _start(points: FloatArray, count: int, rng: np.random.Generator) -> FloatArray:
    """Centers drawn one after the other, far from those before."""
    chosen = [points[int(rng.integers(len(points)))]]
    away = ((points - chosen[0]) ** 2).sum(axis=1)
    for _ in range(count - 1):
        total = away.sum()
        weight = away / total if total > 0 else None
        chosen.append(points[int(rng.choice(len(points), p=weight))])
        away = np.minimum(away, ((points - chosen[-1]) ** 2).sum(axis=1))
    return floats(np.array(chosen))


def _lloyd(
    points: FloatArray, centers: FloatArray
) -> tuple[FloatArray, IntArray, float]:
    count = len(centers)
    group = _beside(points, centers).argmin(axis=1)
    for _ in range(ROUNDS):
        sizes = np.bincount(group, minlength=count)
        # one row of 0 and 1 per group: faster than adding point by point
        sums = (group == np.arange(count)[:, None]).astype(np.float64) @ points
        # an empty group keeps its center
        held = sizes > 0
        centers = np.where(held[:, None], sums / np.maximum(sizes, 1)[:, None], centers)
        moved = _beside(points, centers).argmin(axis=1)
        if (moved == group).all():
            break
        group = moved
    group, away = nearest(points, centers)
    return centers, group, float(away.sum())
