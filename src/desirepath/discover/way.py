"""Way: one row of at most twelve steps out of the journeys of one kind, and how well it tells them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from desirepath.discover.represent import NEAR, word_of
from desirepath.events import kernels
from desirepath.events.sequences import IntArray

FloatArray = NDArray[np.float64]

MAX_STEPS = 12
MIN_STEPS = 3
MAX_COMPARED = 2_000


@dataclass(frozen=True, slots=True)
class Way:
    """A row of activities.

    Attributes:
        codes: Activities in order, each once.
        cases: Cases of its kind.
        kind: Number of its representative.
    """

    codes: tuple[int, ...]
    cases: int
    kind: int


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near cases are to a way.

    Attributes:
        near_cases: Cases within a normalized edit distance of 0.25.
        median_distance: Median distance, 0 to 1.
    """

    near_cases: int
    median_distance: float


@dataclass(frozen=True, slots=True)
class Firsts:
    """Cases as the order in which they first show each activity, distinct ones with their weight.

    Going back and forth does not hide the way in them.

    Attributes:
        words: One string per distinct order, the most frequent first.
        weights: float64[k], cases that show it.
    """

    words: tuple[str, ...]
    weights: FloatArray


def first_orders(codes: IntArray, offsets: IntArray, code_count: int) -> Firsts:
    """Distinct orders of first activities.

    Args:
        codes: int64[n_events], activities.
        offsets: int64[n_cases + 1].
        code_count: Number of activities.
    """
    is_first = kernels.occurrence(codes, offsets, code_count) == 0
    first_offsets, _ = kernels.keep(is_first, offsets)
    firsts = codes[is_first]
    found = kernels.variants(firsts, first_offsets)
    words = tuple(
        word_of(firsts, first_offsets, int(case)) for case in found.first_case
    )
    return Firsts(words, found.counts.astype(np.float64))


def find_way(
    kind: int,
    journey: tuple[int, ...],
    firsts: Firsts,
    code_count: int,
    *,
    last: frozenset[int] = frozenset(),
    max_steps: int = MAX_STEPS,
) -> Way:
    """A representative made simple: each activity once, then steps dropped while that saves bits.

    Args:
        kind: Number of the representative.
        journey: A real journey.
        firsts: The cases of its kind.
        code_count: Number of activities.
        last: Activities never dropped, such as the goal.
        max_steps: Steps a poster can carry.
    """
    way = tuple(dict.fromkeys(journey))
    words, weights = firsts.words[:MAX_COMPARED], firsts.weights[:MAX_COMPARED]
    way = _shorten(way, words, weights, code_count, last, max_steps)
    return Way(way, int(firsts.weights.sum()), kind)


def nearness(way: Way, firsts: Firsts) -> Nearness:
    """How near the cases are to a way, whatever their kind."""
    distance = _distances([way.codes], firsts.words)[0]
    lengths = np.array([len(word) for word in firsts.words])
    normal = distance / np.maximum(np.maximum(lengths, len(way.codes)), 1)
    order = np.argsort(normal, kind="stable")
    total = firsts.weights.sum()
    middle = order[np.searchsorted(np.cumsum(firsts.weights[order]), total / 2)]
    near = int(firsts.weights[normal <= NEAR].sum())
    return Nearness(near, float(normal[middle]))


def _shorten(
    way: tuple[int, ...],
    words: tuple[str, ...],
    weights: FloatArray,
    code_count: int,
    last: frozenset[int],
    max_steps: int,
) -> tuple[int, ...]:
    """The way without steps whose loss saves bits, or that a poster has no room for."""
    step_bits = np.log2(code_count + 1)
    edit_bits = step_bits + np.log2(len(way) + 1)
    total = _distances([way], words)[0] @ weights * edit_bits + len(way) * step_bits
    while len(way) > MIN_STEPS:
        places = [place for place, code in enumerate(way) if code not in last]
        if not places:
            break
        trials = [way[:place] + way[place + 1 :] for place in places]
        totals = (
            _distances(trials, words) @ weights * edit_bits + (len(way) - 1) * step_bits
        )
        pick = int(totals.argmin())
        if totals[pick] >= total and len(way) <= max_steps:
            break
        way, total = trials[pick], totals[pick]
    return way


def _distances(ways: list[tuple[int, ...]], words: tuple[str, ...]) -> FloatArray:
    rows = [
        word_of(np.array(way, dtype=np.int64), np.array([0, len(way)]), 0)
        for way in ways
    ]
    found = cdist(rows, words, scorer=Levenshtein.distance, dtype=np.uint16, workers=-1)
    return np.asarray(found, dtype=np.float64)
