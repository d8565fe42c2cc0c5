"""Order of stops: from first to last, so that few cases run back. Plain numbers in and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MOST_SHIFTS = 100


def ordered_stops(
    start: Sequence[int], weights: Mapping[tuple[int, int], int]
) -> list[int]:
    """Stops moved one at a time from a first order while that lessens what runs back.

    Args:
        start: Stops in a first order, such as where in the case they mostly come.
        weights: Cases that move from one stop to another.

    Examples:
        >>> ordered_stops([2, 0, 1], {(0, 1): 9, (1, 2): 8, (2, 0): 1})
        [0, 1, 2]

    References:
        Eades, Lin and Smyth 1993 (feedback arcs); here a local search from a good start.
    """
    order = list(start)
    for _ in range(MOST_SHIFTS):
        gain, place, target = _best_shift(order, weights)
        if gain <= 0:
            break
        order.insert(target, order.pop(place))
    return order


def _best_shift(
    order: Sequence[int], weights: Mapping[tuple[int, int], int]
) -> tuple[int, int, int]:
    """What the best shift gains, from which place it goes, and to which."""
    best = (0, 0, 0)
    for place, stop in enumerate(order):
        for step in (-1, 1):
            gain, target = 0, place + step
            while 0 <= target < len(order):
                other = order[target]
                there = weights.get((stop, other), 0)
                gain += step * (weights.get((other, stop), 0) - there)
                if gain > best[0]:
                    best = (gain, place, target)
                target += step
    return best
