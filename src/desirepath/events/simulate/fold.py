"""Simulated events to Sequences: the same shape and order as events that were read. Simulates nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from desirepath.events.sequences import IntArray, Segment, Sequences, code_type

FloatArray: TypeAlias = NDArray[np.floating[Any]]
Pair: TypeAlias = tuple[str, str]

START_US = 1_704_067_200_000_000  # 2024-01-01 UTC
DAY_US = 86_400_000_000
SECOND_US = 1_000_000
KEY_BITS = np.uint64(2**60 - 1)


@dataclass(frozen=True, slots=True)
class Cases:
    """What is known of simulated cases beside their events.

    Attributes:
        count: Number of cases.
        customers: int64[count], index of the customer of each case; None where each case is its own.
        segments: Properties of cases by name.
        end_us: Time at which observation ended; None for the time of the last event.
        source: Text for the reader: which simulation made them.
    """

    count: int
    customers: IntArray | None = None
    segments: Mapping[str, Segment] = field(default_factory=dict)
    end_us: int | None = None
    source: str = "simulated"


def keys(count: int, salt: int = 0) -> IntArray:
    """int64[count], distinct keys of 60 bits in rising order, the same for every run.

    Args:
        count: How many.
        salt: Another number gives other keys, so that cases and customers never share one.

    Examples:
        >>> bool((np.diff(keys(1000)) > 0).all())
        True
    """
    mixed = np.arange(1, count + 1, dtype=np.uint64) + np.uint64(salt) * np.uint64(
        2**40
    )
    # splitmix64: as spread out as a digest, without hashing texts one by one
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.sort((mixed ^ (mixed >> np.uint64(31))) & KEY_BITS).astype(np.int64)


def draw_segments(
    segments: Mapping[str, Mapping[str, float]], count: int, rng: np.random.Generator
) -> dict[str, Segment]:
    """Segments that have nothing to do with what the cases do.

    Args:
        segments: Share of each value, by segment; shares of one segment are scaled to 1.
        count: Number of cases.
        rng: Source of randomness.
    """
    drawn = {}
    for name, shares in segments.items():
        values = tuple(sorted(shares))
        weights = np.array([shares[value] for value in values], dtype=float)
        codes = rng.choice(len(values), size=count, p=weights / weights.sum())
        drawn[name] = Segment(("", *values), (codes + 1).astype(np.uint16))
    return drawn


def sequences_of(
    case: IntArray,
    times_us: IntArray,
    pair: IntArray,
    pairs: Sequence[Pair],
    cases: Cases,
) -> Sequences:
    """Sequences of events given in any order; equal times keep the order given.

    Args:
        case: int64[n_events], index of the case, 0 to cases.count - 1; each case has an event.
        times_us: int64[n_events], microseconds since 1970 UTC.
        pair: int64[n_events], index into `pairs`.
        pairs: (activity, channel) of each index; the same pair may stand twice.
        cases: Number, customers and segments of the cases.
    """
    order = np.lexsort((times_us, case))
    names = sorted({pairs[one] for one in np.unique(pair).tolist()})
    code_of = {name: code for code, name in enumerate(names)}
    recode = np.array([code_of.get(name, 0) for name in pairs], dtype=np.int64)
    small = code_type(len(names))
    ordered_us = times_us[order].astype(np.int64)
    lengths = np.bincount(case, minlength=cases.count)
    case_keys = keys(cases.count)
    return Sequences(
        activities=tuple(activity for activity, _ in names),
        channels=tuple(channel for _, channel in names),
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        codes=recode[pair[order]].astype(small),
        times_us=ordered_us,
        case_keys=case_keys,
        customers=case_keys
        if cases.customers is None
        else keys(int(cases.customers.max(initial=-1)) + 1, 1)[cases.customers],
        segments=dict(cases.segments),
        has_times=True,
        end_us=int(ordered_us.max(initial=0)) if cases.end_us is None else cases.end_us,
        source={"source": cases.source},
    )
