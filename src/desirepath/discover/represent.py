"""Represent: a few real journeys that stand for most cases, and how far each case is from its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from desirepath.discover.bits import Words, codes_of, word_of
from desirepath.discover.kinds import Kind, joined, kind_of
from desirepath.events import kernels
from desirepath.events.sequences import IntArray

FloatArray = NDArray[np.floating]

MAX_KINDS = 7
FIRST_KINDS = 12
MAX_CANDIDATES = 300
MAX_DISTINCT = 20_000
NEAR = 0.25


@dataclass(frozen=True, slots=True)
class Representatives:
    """Real journeys that stand for the others.

    Attributes:
        journeys: Codes of each in the order in which they first come, the one that stands for most
            cases first.
        cases: int64[k], cases nearest to each.
        near_cases: int64[k], those of them within a normalized distance of 0.25.
        median_distance: float64[k], median normalized distance of its cases, 0 to 1.
        of_case: int64[n_cases], representative of each case; -1 for cases that were not compared.
        bits: Description length of all cases, given these.
        compared_cases: Cases compared; fewer than all where distinct sequences were sampled.
    """

    journeys: tuple[tuple[int, ...], ...]
    cases: IntArray
    near_cases: IntArray
    median_distance: FloatArray
    of_case: IntArray
    bits: float
    compared_cases: int


def represent(
    codes: IntArray,
    offsets: IntArray,
    code_count: int,
    rng: np.random.Generator,
    *,
    kinds: int | None = None,
) -> Representatives:
    """The real journeys with which all cases can be told in the fewest bits.

    Told means: which representative, where a case stops, what it skips, adds and does out of order.
    The number of representatives is the one with the least total, unless asked for. The order of the
    cases does not matter.

    Args:
        codes: int64[n_events], activities, each at most once in a case.
        offsets: int64[n_cases + 1].
        code_count: Number of activities.
        rng: Draws candidates and, above 20 000 distinct sequences, the sequences compared.
        kinds: Number of representatives wanted, None for the best.

    References:
        Rissanen 1978 (description length); Kaufman and Rousseeuw 1990 (greedy addition and swaps, as
        in partitioning around medoids).
    """
    found = kernels.variants(codes, offsets)
    prints = kernels.fingerprints(codes, offsets)[found.first_case]
    ranked = np.lexsort((prints, -found.counts))
    chosen = ranked[_sample(found.counts[ranked], MAX_DISTINCT, rng)]
    texts = [word_of(codes, offsets, int(found.first_case[index])) for index in chosen]
    words = Words.of(texts, found.counts[chosen].astype(np.float64), code_count)
    candidates = _candidates(words.weights, rng)
    distance = cdist(
        [texts[index] for index in candidates],
        texts,
        scorer=Levenshtein.distance,
        dtype=np.uint16,
        workers=-1,
    ).astype(np.float32)
    groups, bits = _grouped(distance, candidates, words, kinds)
    nearest = np.empty(len(texts), dtype=np.int64)
    for number, group in enumerate(groups):
        nearest[group.members] = number
    own = np.array([group.representative for group in groups])
    rows = np.searchsorted(candidates, own)
    normal = distance[rows[nearest], np.arange(len(texts))] / np.maximum(
        words.lengths, words.lengths[own][nearest]
    )
    return _summary(
        [codes_of(texts[one]) for one in own],
        words.weights,
        nearest,
        normal,
        bits,
        _spread(found, chosen, nearest),
    )


def _summary(
    journeys: list[IntArray],
    weights: FloatArray,
    nearest: IntArray,
    normal: FloatArray,
    bits: float,
    of_case: IntArray,
) -> Representatives:
    """Representatives in the order of the cases they stand for."""
    size = len(journeys)
    cases = np.bincount(nearest, weights=weights, minlength=size)
    near = np.bincount(nearest, weights=weights * (normal <= NEAR), minlength=size)
    order = np.lexsort((np.arange(size), -cases))
    rank = np.empty(size + 1, dtype=np.int64)
    rank[order] = np.arange(size)
    rank[size] = -1  # cases that were not compared
    return Representatives(
        journeys=tuple(tuple(journeys[index].tolist()) for index in order),
        cases=cases[order].astype(np.int64),
        near_cases=near[order].astype(np.int64),
        median_distance=np.array(
            [
                _weighted_median(normal[nearest == index], weights[nearest == index])
                for index in order
            ]
        ),
        of_case=rank[of_case],
        bits=bits,
        compared_cases=int(weights.sum()),
    )


def _spread(found: kernels.Variants, chosen: IntArray, nearest: IntArray) -> IntArray:
    """Representative of each case, -1 where its sequence was not compared."""
    of_variant = np.full(len(found.counts), -1, dtype=np.int64)
    of_variant[chosen] = nearest
    return np.asarray(of_variant[found.of_case])


def _sample(counts: IntArray, size: int, rng: np.random.Generator) -> IntArray:
    """Indices of at most `size` distinct sequences, drawn by their weight where there are more."""
    if len(counts) <= size:
        return np.arange(len(counts), dtype=np.int64)
    return np.sort(
        rng.choice(len(counts), size=size, replace=False, p=counts / counts.sum())
    )


def _candidates(weights: FloatArray, rng: np.random.Generator) -> IntArray:
    """The most frequent sequences and a weighted draw of the others."""
    if len(weights) <= MAX_CANDIDATES:
        return np.arange(len(weights), dtype=np.int64)
    order = np.argsort(-weights, kind="stable")
    head, tail = order[: MAX_CANDIDATES // 2], order[MAX_CANDIDATES // 2 :]
    share = weights[tail] / weights[tail].sum()
    drawn = rng.choice(tail, size=MAX_CANDIDATES - len(head), replace=False, p=share)
    return np.sort(np.concatenate([head, drawn])).astype(np.int64)


def _grouped(
    distance: FloatArray, candidates: IntArray, words: Words, kinds: int | None
) -> tuple[list[Kind], float]:
    """Kinds of cases: those near to one of a dozen real journeys, joined while that saves bits."""
    medoids: list[int] = []
    for _ in range(min(max(FIRST_KINDS, kinds or 0), len(candidates))):
        add = _best_addition(medoids, distance, words.weights)
        medoids = _swap([*medoids, add], distance, words.weights)
    nearest = distance[medoids].argmin(axis=0)
    parts = [
        kind_of(words, np.flatnonzero(nearest == number), candidates)
        for number in range(len(medoids))
    ]
    return joined(
        words, parts, candidates, at_most=kinds or MAX_KINDS, at_least=kinds or 1
    )


def _best_addition(others: list[int], distance: FloatArray, weights: FloatArray) -> int:
    """The candidate that, added to others, leaves the fewest edits."""
    return int(_edits_with_each(others, distance, weights).argmin())


def _edits_with_each(
    others: list[int], distance: FloatArray, weights: FloatArray
) -> FloatArray:
    """float64[n_candidates], edits in all if each candidate were added to others."""
    nearest = np.minimum(distance[others].min(axis=0), distance) if others else distance
    # single precision halves the time; the sums of a million cases keep 7 digits
    edits = (nearest @ weights.astype(nearest.dtype)).astype(np.float64)
    edits[others] = np.inf
    return np.asarray(edits)


def _swap(chosen: list[int], distance: FloatArray, weights: FloatArray) -> list[int]:
    """The same number of representatives after all swaps that save edits."""
    chosen = list(chosen)
    total = np.inf
    while True:
        start = total
        for place in range(len(chosen)):
            others = chosen[:place] + chosen[place + 1 :]
            edits = _edits_with_each(others, distance, weights)
            pick = int(edits.argmin())
            if edits[pick] < total:
                chosen[place], total = pick, float(edits[pick])
        if total >= start:
            return chosen


def _weighted_median(values: FloatArray, weights: FloatArray) -> float:
    order = np.argsort(values, kind="stable")
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])
