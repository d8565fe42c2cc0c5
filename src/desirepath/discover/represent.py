"""Represent: a few real journeys that stand for most cases, and how far each case is from its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from desirepath.discover.bits import Words, codes_of, words_of
from desirepath.discover.kinds import Kind, joined, kind_of, nearest_teller, total_bits
from desirepath.events import kernels
from desirepath.events.sequences import IntArray

FloatArray = NDArray[np.floating]

MAX_KINDS = 7
FIRST_KINDS = 12
MAX_CANDIDATES = 300
MAX_DISTINCT = 20_000
CHUNK = 50_000
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
        of_case: int64[n_cases], representative of each case.
        bits: Description length of the cases compared, given these.
        compared_cases: Cases compared; fewer than all where distinct sequences were sampled. The
            others are counted with the real journey that is nearest.
        parts: Kinds before any were joined.
    """

    journeys: tuple[tuple[int, ...], ...]
    cases: IntArray
    near_cases: IntArray
    median_distance: FloatArray
    of_case: IntArray
    bits: float
    compared_cases: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A kind as it was before kinds were joined.

    Attributes:
        journey: Codes of the journey nearest to which its cases are.
        cases: Cases of it.
        kind: Number of the representative that stands for it now.
    """

    journey: tuple[int, ...]
    cases: int
    kind: int


@dataclass(frozen=True, slots=True)
class _Found:
    """Kinds of the words compared, and the real journeys around which they were first grouped.

    Attributes:
        kinds: After joining.
        medoids: Indices of words, one for each first group.
        kind_of: int64[n_medoids], kind in which each first group ended.
        bits: Description length.
    """

    kinds: list[Kind]
    medoids: list[int]
    kind_of: IntArray
    bits: float


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
    texts = words_of(codes, offsets, found.first_case[ranked])
    counts = found.counts[ranked].astype(np.float64)
    chosen = _sample(counts, MAX_DISTINCT, rng)
    words = Words.of([texts[one] for one in chosen], counts[chosen], code_count)
    groups = _grouped(words, rng, kinds)
    kind = np.full(len(texts), -1, dtype=np.int64)
    for number, group in enumerate(groups.kinds):
        kind[chosen[group.members]] = number
    rest = np.flatnonzero(kind < 0)
    medoids = [words.texts[one] for one in groups.medoids]
    kind[rest] = groups.kind_of[_nearest(medoids, [texts[one] for one in rest])]
    of_variant = np.empty(len(texts), dtype=np.int64)
    of_variant[ranked] = np.arange(len(texts))
    return _summary(groups, words, texts, counts, kind, of_variant[found.of_case])


def _summary(
    groups: _Found,
    words: Words,
    texts: list[str],
    counts: FloatArray,
    kind: IntArray,
    of_case: IntArray,
) -> Representatives:
    """Representatives in the order of the cases they stand for."""
    own = [words.texts[group.representative] for group in groups.kinds]
    normal = _normal_distances(own, texts, kind)
    size = len(own)
    cases = np.bincount(kind, weights=counts, minlength=size)
    near = np.bincount(kind, weights=counts * (normal <= NEAR), minlength=size)
    order = np.lexsort((np.arange(size), -cases))
    rank = np.empty(size, dtype=np.int64)
    rank[order] = np.arange(size)
    return Representatives(
        journeys=tuple(tuple(codes_of(own[index]).tolist()) for index in order),
        cases=cases[order].astype(np.int64),
        near_cases=near[order].astype(np.int64),
        median_distance=np.array(
            [
                _weighted_median(normal[kind == index], counts[kind == index])
                for index in order
            ]
        ),
        of_case=rank[kind[of_case]],
        bits=groups.bits,
        compared_cases=int(words.weights.sum()),
        parts=_parts(groups, words, rank),
    )


def _parts(groups: _Found, words: Words, rank: IntArray) -> tuple[Part, ...]:
    """First groups by the kind they ended in; only words that were compared are counted."""
    texts = [words.texts[one] for one in groups.medoids]
    weights = np.bincount(
        _nearest(texts, words.texts), weights=words.weights, minlength=len(texts)
    )
    parts = [
        Part(tuple(codes_of(text).tolist()), int(weight), int(rank[kind]))
        for text, weight, kind in zip(texts, weights, groups.kind_of, strict=True)
    ]
    return tuple(sorted(parts, key=lambda part: (part.kind, -part.cases, part.journey)))


def _nearest(representatives: Sequence[str], texts: Sequence[str]) -> IntArray:
    """int64[n], index of the representative with the fewest edits to each text, the first of equals."""
    found = np.empty(len(texts), dtype=np.int64)
    for start in range(0, len(texts), CHUNK):
        part = texts[start : start + CHUNK]
        found[start : start + CHUNK] = _edits(representatives, part).argmin(axis=0)
    return found


def _normal_distances(
    own: Sequence[str], texts: Sequence[str], kind: IntArray
) -> FloatArray:
    """float64[n], edits from each text to its own representative, of the longer of the two."""
    normal = np.empty(len(texts))
    for number, text in enumerate(own):
        here = np.flatnonzero(kind == number)
        mine = [texts[one] for one in here.tolist()]
        edits = _edits([text], mine)[0]
        longest = [max(len(one), len(text), 1) for one in mine]
        normal[here] = edits / np.array(longest, dtype=np.float64)
    return normal


def _edits(some: Sequence[str], others: Sequence[str]) -> FloatArray:
    return cdist(
        some, others, scorer=Levenshtein.distance, dtype=np.uint16, workers=-1
    ).astype(np.float32)


def _sample(counts: FloatArray, size: int, rng: np.random.Generator) -> IntArray:
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


def _grouped(words: Words, rng: np.random.Generator, kinds: int | None) -> _Found:
    """Kinds of cases: those near to one of a dozen real journeys, joined while that saves bits."""
    candidates = _candidates(words.weights, rng)
    distance = _edits([words.texts[index] for index in candidates], words.texts)
    medoids: list[int] = []
    for _ in range(min(max(FIRST_KINDS, kinds or 0), len(candidates))):
        add = _best_addition(medoids, distance, words.weights)
        medoids = _swap([*medoids, add], distance, words.weights)
    nearest = distance[medoids].argmin(axis=0)
    parts = [
        kind_of(words, np.flatnonzero(nearest == number), candidates)
        for number in range(len(medoids))
    ]
    kinds_found = joined(
        words, parts, candidates, at_most=kinds or MAX_KINDS, at_least=kinds or 1
    )
    found = [nearest_teller(words, group, candidates) for group in kinds_found]
    kind_of_word = np.empty(len(words.texts), dtype=np.int64)
    for number, group in enumerate(found):
        kind_of_word[group.members] = number
    chosen = candidates[medoids]
    return _Found(found, chosen.tolist(), kind_of_word[chosen], total_bits(found))


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
