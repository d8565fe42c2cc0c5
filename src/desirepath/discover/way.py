"""Way: one row of at most twelve steps out of the journeys of one kind, and how well it tells them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from desirepath.discover.bits import codes_of, word_of
from desirepath.discover.represent import NEAR
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


def first_only(
    codes: IntArray, offsets: IntArray, code_count: int
) -> tuple[IntArray, IntArray]:
    """Cases with each activity only where it first comes.

    Args:
        codes: int64[n_events], activities.
        offsets: int64[n_cases + 1].
        code_count: Number of activities.

    Returns:
        int64[k] activities and int64[n_cases + 1] offsets.

    Examples:
        >>> [part.tolist() for part in first_only(np.array([0, 1, 0]), np.array([0, 3]), 2)]
        [[0, 1], [0, 2]]
    """
    is_first = kernels.occurrence(codes, offsets, code_count) == 0
    return codes[is_first], kernels.keep(is_first, offsets)[0]


def first_orders(firsts: IntArray, offsets: IntArray) -> Firsts:
    """Distinct orders of first activities; ties in an order that does not depend on that of the cases.

    Args:
        firsts: int64[n_events], activities, each at most once in a case.
        offsets: int64[n_cases + 1].
    """
    found = kernels.variants(firsts, offsets)
    prints = kernels.fingerprints(firsts, offsets)[found.first_case]
    ranked = np.lexsort((prints, -found.counts))
    words = tuple(
        word_of(firsts, offsets, int(case)) for case in found.first_case[ranked]
    )
    return Firsts(words, found.counts[ranked].astype(np.float64))


def find_way(
    kind: int,
    journey: tuple[int, ...],
    firsts: Firsts,
    code_count: int,
    *,
    last: frozenset[int] = frozenset(),
    max_steps: int = MAX_STEPS,
) -> Way:
    """A representative made simple: each activity once, then steps dropped and put in while that saves bits.

    A step stays where about half of the cases of its kind show it in its place.

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
    telling = _Telling(words, weights, code_count, last)
    way = telling.shorten(way, max_steps)
    way = telling.improve(way, max_steps)
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


@dataclass(frozen=True, slots=True)
class _Telling:
    """The bits it takes to tell cases by the edits from a way.

    Attributes:
        words: Distinct orders of activities.
        weights: float64[k], cases of each.
        code_count: Number of activities.
        kept: Activities that are never dropped.
    """

    words: tuple[str, ...]
    weights: FloatArray
    code_count: int
    kept: frozenset[int]

    def bits(self, ways: list[tuple[int, ...]]) -> FloatArray:
        """float64[n_ways], bits for the way itself and the edits of all cases."""
        step_bits = np.log2(self.code_count + 1)
        edit_bits = step_bits + np.log2(MAX_STEPS + 1)
        lengths = np.array([len(way) for way in ways])
        edits = _distances(ways, self.words) @ self.weights
        return np.asarray(edits * edit_bits + lengths * step_bits)

    def shorten(self, way: tuple[int, ...], max_steps: int) -> tuple[int, ...]:
        """The way without steps whose loss saves bits, or that a poster has no room for."""
        total = self.bits([way])[0]
        while len(way) > MIN_STEPS:
            trials = self._shorter(way)
            if not trials:
                break
            found = self.bits(trials)
            pick = int(found.argmin())
            if found[pick] >= total and len(way) <= max_steps:
                break
            way, total = trials[pick], found[pick]
        return way

    def improve(self, way: tuple[int, ...], max_steps: int) -> tuple[int, ...]:
        """The way after all single insertions and losses of a step that save bits."""
        total = self.bits([way])[0]
        while True:
            trials = self._longer(way) if len(way) < max_steps else []
            trials += self._shorter(way) if len(way) > MIN_STEPS else []
            if not trials:
                return way
            found = self.bits(trials)
            pick = int(found.argmin())
            if found[pick] >= total:
                return way
            way, total = trials[pick], found[pick]

    def _shorter(self, way: tuple[int, ...]) -> list[tuple[int, ...]]:
        places = [place for place, code in enumerate(way) if code not in self.kept]
        return [way[:place] + way[place + 1 :] for place in places]

    def _longer(self, way: tuple[int, ...]) -> list[tuple[int, ...]]:
        """Ways with one activity more that at least a quarter of the cases show, never after a kept end."""
        shown = Counter[str]()
        for word, weight in zip(self.words, self.weights.tolist(), strict=True):
            shown.update(dict.fromkeys(word, weight))
        enough = self.weights.sum() / 4
        common = [letter for letter, count in shown.items() if count >= enough]
        codes = set(codes_of("".join(common)).tolist())
        end = len(way) - (way[-1] in self.kept)
        return [
            (*way[:place], code, *way[place:])
            for code in sorted(codes - set(way))
            for place in range(1, end + 1)
        ]


def _distances(ways: list[tuple[int, ...]], words: tuple[str, ...]) -> FloatArray:
    rows = [
        word_of(np.array(way, dtype=np.int64), np.array([0, len(way)]), 0)
        for way in ways
    ]
    found = cdist(rows, words, scorer=Levenshtein.distance, dtype=np.uint16, workers=-1)
    return np.asarray(found, dtype=np.float64)
