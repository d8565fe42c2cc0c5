"""Stages: a row of steps cut into contiguous groups that customers move within more than between."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desirepath.events.sequences import IntArray

FloatArray = NDArray[np.float64]

MIN_STAGES = 3
MAX_STAGES = 7
LONGEST_STAGE = 4
# Below 1 a stage is cut only at links clearly weaker than usual, not at every link below the mean.
RESOLUTION = 0.6


def cut_stages(moves: IntArray, *, stages: int | None = None) -> tuple[int, ...]:
    """Where each stage begins, so that the flow inside stages is largest against what position alone gives.

    Position alone: six tenths of the mean flow between steps equally far apart. A stage of one step has nothing
    inside and gains nothing; a stage of strongly linked steps gains.

    Args:
        moves: int64[n_steps, n_steps], moves between steps in either direction.
        stages: Number wanted, 1 or more, at most one a step; None for the best of 3 to 7.

    Returns:
        Index of the first step of each stage, the first is 0.

    Examples:
        >>> block = np.full((2, 2), 50)
        >>> cut_stages(np.kron(np.eye(3, dtype=int), block))
        (0, 2, 4)
    """
    size = len(moves)
    if not stages and size <= MIN_STAGES:
        return tuple(range(size))
    counts = (
        [min(stages, size)] if stages else range(MIN_STAGES, min(MAX_STAGES, size) + 1)
    )
    longest = max(LONGEST_STAGE, -(-size // counts[-1]))
    gain = _gains(np.asarray(moves, dtype=np.float64), longest)
    return max((_best_cut(gain, count) for count in counts), key=lambda cut: cut[0])[1]


def _gains(moves: FloatArray, longest: int) -> FloatArray:
    """float64[n, n], gain of a stage from step i to step j, both inside; -inf where it is too long."""
    size = len(moves)
    flow = moves + moves.T
    excess = np.zeros_like(flow)
    for apart in range(1, size):
        diagonal = np.diagonal(flow, apart)
        places = np.arange(size - apart)
        excess[places, places + apart] = diagonal - RESOLUTION * diagonal.mean()
    gain = np.full((size, size), -np.inf)
    for start in range(size):
        for end in range(start, min(size, start + longest)):
            gain[start, end] = excess[start : end + 1, start : end + 1].sum()
    return gain


def _best_cut(gain: FloatArray, count: int) -> tuple[float, tuple[int, ...]]:
    """Largest total gain with so many stages, by dynamic programming, and where they begin."""
    size = len(gain)
    best = np.full((count + 1, size + 1), -np.inf)
    came = np.zeros((count + 1, size + 1), dtype=np.int64)
    best[0, 0] = 0.0
    for number in range(1, count + 1):
        for end in range(number, size + 1):
            options = best[number - 1, :end] + gain[:end, end - 1]
            came[number, end] = int(options.argmax())
            best[number, end] = options[came[number, end]]
    starts, end = [], size
    for number in range(count, 0, -1):
        end = int(came[number, end])
        starts.append(end)
    return float(best[count, size]), tuple(reversed(starts))
