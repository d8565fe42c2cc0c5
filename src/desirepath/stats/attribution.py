"""Attribution: how much of the goals goes through each touch, by removal from a Markov chain and by simple rules."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirepath.stats.arrays import BoolArray, FloatArray, IntArray, floats

RESAMPLES = 400
MAX_GROUPS = 2_000


@dataclass(frozen=True, slots=True)
class Paths:
    """Touches in order, and how often they led to the goal.

    Attributes:
        codes: int64[touches], code of each touch, 0 to `count` - 1.
        offsets: int64[paths + 1]; touches of path i are offsets[i] to offsets[i + 1]; none is empty.
        count: Number of different touches.
        reached: float64[paths], times the path ended at the goal.
        missed: float64[paths], times it did not.
        customers: int64[paths], customer of each path; None where each passage is one of its own.
    """

    codes: IntArray
    offsets: IntArray
    count: int
    reached: FloatArray
    missed: FloatArray
    customers: IntArray | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """Numbers of each touch, with intervals.

    Attributes:
        value: float64[touches].
        low: float64[touches], lower ends.
        high: float64[touches], upper ends.
    """

    value: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True, slots=True)
class Attribution:
    """What each touch does for the goal, by several rules.

    Attributes:
        goal_share: Share of the paths that reach the goal in the chain; equals the share seen.
        removal: Share of the goals that would be lost if every move to the touch were lost.
        markov: Share of the goals credited: removal effects scaled to add up to 1.
        first: Share of the goals whose first touch it is.
        last: Share of the goals whose last touch it is.
        linear: Each goal shared equally among the touches of its path.
        goals: Goals seen.
    """

    goal_share: float
    removal: Credit
    markov: Credit
    first: Credit
    last: Credit
    linear: Credit
    goals: float


def removal_effects(moves: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Goal share of absorbing chains, and the share of it that is lost without each touch.

    Solved exactly: with Q the moves among touches, the chance of each touch to end at the goal is
    (I - Q)⁻¹ times the moves to the goal. Without a touch, every move to it ends in nothing.

    Args:
        moves: float64[..., touches + 1, touches + 2], counts of moves; the last row holds those from the
            start, the last two columns those to the goal and to nothing.

    Returns:
        float64[...] goal share and float64[..., touches] removal effects, 0 to 1; nan where nothing
        reaches the goal.

    Examples:
        >>> moves = np.array([[0.0, 1.0, 1.0, 0.0], [0.0, 0.0, 1.0, 1.0], [2.0, 1.0, 0.0, 0.0]])
        >>> share, lost = removal_effects(moves)
        >>> round(float(share), 3), lost.round(3).tolist()
        (0.667, [0.75, 0.5])

    References:
        Anderl, Becker, von Wangenheim and Schumann 2016, Int. J. Research in Marketing 33:457.
    """
    count = moves.shape[-1] - 2
    leaving = moves.sum(axis=-1, keepdims=True)
    chance = np.divide(moves, leaving, out=np.zeros_like(moves), where=leaving > 0)
    among, goal, start = (
        chance[..., :count, :count],
        chance[..., :count, count],
        chance[..., count, :count],
    )
    keep = 1 - np.vstack([np.zeros(count), np.eye(count)])  # nothing, then each removed
    systems = np.eye(count) - among[..., None, :, :] * keep[:, None, :]
    ends = np.linalg.solve(
        systems, np.broadcast_to(goal[..., None, :, None], (*systems.shape[:-1], 1))
    )[..., 0]
    shares = (ends * (start[..., None, :] * keep)).sum(axis=-1)
    whole = shares[..., :1]
    lost = 1 - np.divide(
        shares[..., 1:], whole, out=np.full_like(shares[..., 1:], np.nan), where=whole > 0
    )  # fmt: skip
    return floats(shares[..., 0]), floats(lost)


def attribute(
    paths: Paths,
    rng: np.random.Generator,
    *,
    level: float = 0.95,
    resamples: int = RESAMPLES,
) -> Attribution:
    """What each touch does for the goal; touches repeated at once count once.

    Intervals by drawing customers anew. Where there are more than 2 000 different customers they are put
    into 2 000 groups at random and groups are drawn, so that the cost does not grow with the data.

    Args:
        paths: Touches of each path.
        rng: Generator of the groups and draws.
        level: Coverage of the intervals.
        resamples: Draws.

    Examples:
        >>> two = Paths(np.array([0, 1, 1, 0]), np.array([0, 3, 4]), 2, np.ones(2), np.zeros(2))
        >>> found = attribute(two, np.random.default_rng(1), resamples=10)
        >>> found.first.value.tolist(), found.last.value.tolist(), found.linear.value.tolist()
        ([1.0, 0.0], [0.5, 0.5], [0.75, 0.25])

    References:
        Wolter 2007, Introduction to Variance Estimation, 2 (random groups).
    """
    totals, weights = _totals(paths, rng)
    draws = max(resamples, 1)
    size = float(weights.sum())
    drawn = rng.multinomial(round(size), weights / size, draws) @ totals
    every = np.vstack([weights @ totals, drawn * (size / round(size))])
    numbers = _numbers(every, paths.count)
    tails = [(1 - level) / 2, (1 + level) / 2]
    credits_of = {}
    for name, values in numbers.items():
        rest = values[1:][~np.isnan(values[1:]).any(axis=1)]
        low, high = (
            np.quantile(rest, tails, axis=0)
            if len(rest)
            else np.full((2, paths.count), np.nan)
        )
        credits_of[name] = Credit(floats(values[0]), floats(low), floats(high))
    goals = float(paths.reached.sum())
    return Attribution(
        goal_share=goals / max(goals + float(paths.missed.sum()), 1e-300),
        goals=goals,
        **credits_of,
    )


def _numbers(every: FloatArray, count: int) -> dict[str, FloatArray]:
    """Each rule's share of every touch, for the totals seen (first row) and each draw."""
    cells = (count + 1) * (count + 2)
    _, lost = removal_effects(every[:, :cells].reshape(-1, count + 1, count + 2))
    sums = every[:, cells:].reshape(len(every), 3, count)
    goals = sums[:, 1].sum(axis=1)
    shares = np.divide(
        sums,
        goals[:, None, None],
        out=np.full_like(sums, np.nan),
        where=goals[:, None, None] > 0,
    )
    scale = lost.sum(axis=1, keepdims=True)
    markov = np.divide(lost, scale, out=np.full_like(lost, np.nan), where=scale > 0)
    return {
        "removal": lost,
        "markov": markov,
        "first": floats(shares[:, 0]),
        "last": floats(shares[:, 1]),
        "linear": floats(shares[:, 2]),
    }


def _totals(paths: Paths, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Moves and credits of each unit that is drawn, and how many such units there are.

    Returns:
        float64[units, cells] and float64[units].
    """
    codes, path, is_first, is_last = _collapsed(paths)
    count = paths.count
    width, cells = count + 2, (count + 1) * (count + 2)
    columns = cells + 3 * count
    unit, amount, weights = _units(paths, rng)
    touches = np.bincount(path, minlength=len(paths.offsets) - 1)
    following = np.append(codes[1:], 0)
    totals = np.zeros(len(weights) * columns)
    for is_goal in (True, False):
        mine = unit[0 if is_goal else 1][path]
        times = amount[0 if is_goal else 1][path]
        ended = count if is_goal else count + 1
        moves = codes * width + np.where(is_last, ended, following)
        parts = [(moves, times), (count * width + codes, times * is_first)]
        if is_goal:
            parts += [
                (cells + codes, times * is_first),
                (cells + count + codes, times * is_last),
                (cells + 2 * count + codes, times / touches[path]),
            ]
        for column, value in parts:
            totals += np.bincount(mine * columns + column, value, len(totals))
    return totals.reshape(len(weights), columns), weights


def _units(
    paths: Paths, rng: np.random.Generator
) -> tuple[IntArray, FloatArray, FloatArray]:
    """What is drawn: customers (in groups, where there are many), or each passage of a path by itself.

    Returns:
        int64[2, paths] unit of each path with the goal and without; float64[2, paths] how often it holds
        the path; float64[units] how many such units there are.
    """
    ways = np.stack([paths.reached, paths.missed])
    if paths.customers is None:
        unit = np.arange(ways.size).reshape(ways.shape)
        return unit, np.ones(ways.shape), ways.ravel()
    of_path = np.unique(paths.customers, return_inverse=True)[1].astype(np.int64)
    found = int(of_path.max()) + 1
    if found > MAX_GROUPS:
        of_path, found = (rng.permutation(found) % MAX_GROUPS)[of_path], MAX_GROUPS
    return np.stack([of_path, of_path]), ways, np.ones(found)


def _collapsed(paths: Paths) -> tuple[IntArray, IntArray, BoolArray, BoolArray]:
    """Codes, paths and ends of the touches that differ from the one before."""
    path = np.repeat(np.arange(len(paths.offsets) - 1), np.diff(paths.offsets))
    is_new = np.ones(len(path), dtype=np.bool_)
    is_new[1:] = (paths.codes[1:] != paths.codes[:-1]) | (path[1:] != path[:-1])
    codes, path = paths.codes[is_new].astype(np.int64), path[is_new]
    is_first = np.ones(len(path), dtype=np.bool_)
    is_first[1:] = path[1:] != path[:-1]
    is_last = np.append(is_first[1:], True)
    return codes, path, is_first, is_last
