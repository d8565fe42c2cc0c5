"""Noise on simulated events: some are lost, some are foreign, some change places."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from desirepath.events.sequences import BoolArray, IntArray

DELETED, FOREIGN_AFTER, SWAPPED = 0, 1, 2


class Flat(NamedTuple):
    """Events in order of case and time; one array per column."""

    case: IntArray
    times_us: IntArray
    pair: IntArray


def disturbed(
    events: Flat, noise: float, pair_count: int, rng: np.random.Generator
) -> Flat:
    """Events after noise; every case keeps at least one event.

    The times stay in order: where two events change places, their activities do and the times stay.

    Args:
        events: Events ordered by case, then time.
        noise: Share of events hit, each by one of deleted, followed by a random activity, swapped.
        pair_count: Random activities are drawn from 0 to pair_count - 1.
        rng: Source of randomness.
    """
    if noise <= 0:
        return events
    count = len(events.case)
    is_hit = rng.random(count) < noise
    kind = np.where(is_hit, rng.integers(0, 3, size=count), -1)
    kept = _keep_one_of_each(events.case, kind != DELETED)
    place = np.arange(count, dtype=float)
    has_follower = np.append(events.case[1:] == events.case[:-1], False)
    place[(kind == SWAPPED) & has_follower] += 1.25
    foreign = np.flatnonzero(kind == FOREIGN_AFTER)
    case = np.concatenate([events.case[kept], events.case[foreign]])
    times_us = np.concatenate([events.times_us[kept], events.times_us[foreign] + 1])
    pair = np.concatenate(
        [events.pair[kept], rng.integers(0, pair_count, size=len(foreign))]
    )
    place = np.concatenate([place[kept], foreign + 0.5])
    order = np.lexsort((place, case))
    return Flat(case[order], times_us[np.lexsort((times_us, case))], pair[order])


def _keep_one_of_each(case: IntArray, kept: BoolArray) -> BoolArray:
    """`kept`, and the first event of every case that would lose all of them."""
    is_first = np.append(True, case[1:] != case[:-1])
    left = np.bincount(case, weights=kept, minlength=int(case.max(initial=-1)) + 1)
    return np.asarray(kept | (is_first & (left[case] == 0)), dtype=np.bool_)
