"""Represent: a few real journeys that stand for most cases, and how far each case is from its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from desirepath.events import kernels
from desirepath.events.sequences import IntArray

FloatArray = NDArray[np.floating]

MAX_KINDS = 7
MAX_CANDIDATES = 300
MAX_DISTINCT = 20_000
MAX_LENGTH = 400
FIRST_CHARACTER = (
    0x4E00  # any block of ordinary characters does; surrogates must be avoided
)
NEAR = 0.25


@dataclass(frozen=True, slots=True)
class Representatives:
    """Real journeys that stand for the others.

    Attributes:
        journeys: Codes of each, the one that stands for most cases first.
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

    Told means: which representative, and the edits from it. The number of representatives is the one
    with the least total, unless asked for.

    Args:
        codes: int64[n_events], activities without repeats.
        offsets: int64[n_cases + 1].
        code_count: Number of activities.
        rng: Draws candidates and, above 20 000 distinct sequences, the sequences compared.
        kinds: Number of representatives wanted, None for the best.

    References:
        Rissanen 1978 (description length); Kaufman and Rousseeuw 1990 (greedy addition and swaps, as
        in partitioning around medoids).
    """
    found = kernels.variants(codes, offsets)
    chosen = _sample(found.counts, MAX_DISTINCT, rng)
    words = [word_of(codes, offsets, int(found.first_case[index])) for index in chosen]
    weights = found.counts[chosen].astype(np.float64)
    candidates = _candidates(weights, rng)
    distance = cdist(
        [words[index] for index in candidates],
        words,
        scorer=Levenshtein.distance,
        dtype=np.uint16,
        workers=-1,
    ).astype(np.float32)
    lengths = np.array([len(word) for word in words], dtype=np.float32)
    cost = distance * (
        np.log2(code_count + 1) + np.log2(lengths[candidates][:, None] + 1)
    )
    price = lengths[candidates] * np.log2(code_count + 1)
    medoids, bits = _choose(cost, price, weights, kinds)
    nearest = cost[medoids].argmin(axis=0)
    normal = distance[medoids][nearest, np.arange(len(words))] / np.maximum(
        np.maximum(lengths, lengths[candidates[medoids]][nearest]), 1
    )
    return _summary(
        medoids,
        candidates,
        words,
        weights,
        nearest,
        normal,
        bits,
        _spread(found, chosen, nearest),
    )


def _summary(
    medoids: list[int],
    candidates: IntArray,
    words: list[str],
    weights: FloatArray,
    nearest: IntArray,
    normal: FloatArray,
    bits: float,
    of_case: IntArray,
) -> Representatives:
    """Representatives in the order of the cases they stand for."""
    size = len(medoids)
    cases = np.bincount(nearest, weights=weights, minlength=size)
    near = np.bincount(nearest, weights=weights * (normal <= NEAR), minlength=size)
    order = np.lexsort((np.arange(size), -cases))
    rank = np.empty(size + 1, dtype=np.int64)
    rank[order] = np.arange(size)
    rank[size] = -1  # cases that were not compared
    return Representatives(
        journeys=tuple(_codes(words[candidates[medoids[index]]]) for index in order),
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


def _choose(
    cost: FloatArray, price: FloatArray, weights: FloatArray, kinds: int | None
) -> tuple[list[int], float]:
    """Candidates chosen greedily by largest saving, improved by swaps, as many as pay for themselves."""
    chosen: list[int] = []
    best = np.full(cost.shape[1], np.inf, dtype=cost.dtype)
    total = np.inf
    limit = min(kinds or MAX_KINDS, len(price))
    while len(chosen) < limit:
        totals = _totals(np.minimum(best, cost), price, weights, chosen)
        totals[chosen] = np.inf
        add = int(totals.argmin())
        trial, value = _swap([*chosen, add], cost, price, weights)
        if kinds is None and value >= total:
            break
        chosen, total = trial, value
        best = cost[chosen].min(axis=0)
    return chosen, float(total)


def _totals(
    nearest: FloatArray, price: FloatArray, weights: FloatArray, chosen: list[int]
) -> FloatArray:
    """float64[n_candidates], bits in all if each candidate were added to those chosen."""
    naming = np.log2(len(chosen) + 1) * weights.sum()
    # single precision halves the time; the sums of a million cases keep 7 digits
    edits = (nearest @ weights.astype(nearest.dtype)).astype(np.float64)
    return np.asarray(edits + price + price[chosen].sum() + naming)


def _swap(
    chosen: list[int], cost: FloatArray, price: FloatArray, weights: FloatArray
) -> tuple[list[int], float]:
    """The same number of representatives after all swaps that save bits."""
    chosen = list(chosen)
    total = np.inf
    while True:
        start = total
        for place in range(len(chosen)):
            others = chosen[:place] + chosen[place + 1 :]
            rest = (
                cost[others].min(axis=0)
                if others
                else np.full(cost.shape[1], np.inf, dtype=cost.dtype)
            )
            totals = _totals(np.minimum(rest, cost), price, weights, others)
            totals[others] = np.inf
            pick = int(totals.argmin())
            if totals[pick] < total - 1e-9:
                chosen[place], total = pick, float(totals[pick])
        if total >= start:
            return chosen, total


def word_of(codes: IntArray, offsets: IntArray, case: int) -> str:
    """A sequence as a string, one character an activity, so that fast string distances apply."""
    part = codes[offsets[case] : offsets[case + 1]][:MAX_LENGTH]
    return (part + FIRST_CHARACTER).astype("<u4").tobytes().decode("utf-32-le")


def _codes(word: str) -> tuple[int, ...]:
    return tuple(ord(letter) - FIRST_CHARACTER for letter in word)


def _weighted_median(values: FloatArray, weights: FloatArray) -> float:
    if not len(values):
        return 0.0
    order = np.argsort(values, kind="stable")
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])
