"""Kinds: groups of cases joined while the text that tells them all becomes shorter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from desirepath.discover.bits import Words, choice_bits, kind_bits
from desirepath.events.sequences import IntArray

FloatArray = NDArray[np.floating]

MAX_TRIED = 6
MAX_NEAREST = 40
SLACK = 0.02
MAX_COMPARED = 2_000


@dataclass(frozen=True, slots=True)
class Kind:
    """Cases told by one representative.

    Attributes:
        representative: Index of its word.
        members: int64[k], indices of the words of its cases.
        weight: Cases.
        bits: Bits that tell the representative and the cases, given that they are of this kind.
    """

    representative: int
    members: IntArray
    weight: float
    bits: float


def kind_of(
    words: Words, members: IntArray, candidates: IntArray, known: Iterable[int] = ()
) -> Kind:
    """The kind made of some words, with the representative that tells them in the fewest bits.

    Args:
        words: All words.
        members: int64[k], indices of those of the kind.
        candidates: int64[n], indices of words that may represent.
        known: Words that are tried beside the ones that tell most steps of most cases.
    """
    here = np.intersect1d(members, candidates)
    told = words.weights[here] * words.lengths[here]
    tried = {*known, *here[np.argsort(-told, kind="stable")[:MAX_TRIED]].tolist()}
    # the heaviest words show which representative is best; all of them count in the end
    heavy = members[np.argsort(-words.weights[members], kind="stable")[:MAX_COMPARED]]
    few, every = words.take(heavy), words.take(members)
    best = min(sorted(tried), key=lambda index: kind_bits(few, words.texts[index]))
    bits = kind_bits(every, words.texts[best])
    return Kind(best, members, float(every.weights.sum()), bits)


def nearest_teller(words: Words, kind: Kind, candidates: IntArray) -> Kind:
    """The same kind, represented by the journey nearest to its cases among those that tell them almost as well.

    Args:
        words: All words.
        kind: A kind.
        candidates: int64[n], indices of words that may represent.
    """
    here = np.intersect1d(kind.members, candidates)
    here = here[np.argsort(-words.weights[here], kind="stable")[:MAX_NEAREST]]
    tried = np.union1d(here, [kind.representative])
    heavy = np.argsort(-words.weights[kind.members], kind="stable")[:MAX_COMPARED]
    few = words.take(kind.members[heavy])
    bits = np.array([kind_bits(few, words.texts[one]) for one in tried])
    edits = cdist(
        [words.texts[one] for one in tried],
        few.texts,
        scorer=Levenshtein.distance,
        dtype=np.uint16,
        workers=-1,
    )
    is_good = bits <= (1 + SLACK) * bits.min()
    best = int(tried[np.where(is_good, edits @ few.weights, np.inf).argmin()])
    told = kind_bits(words.take(kind.members), words.texts[best])
    return Kind(best, kind.members, kind.weight, told)


def total_bits(kinds: Iterable[Kind]) -> float:
    """Bits of all kinds, and those that name the kind of each case."""
    found = list(kinds)
    named = choice_bits(np.array([kind.weight for kind in found]))
    return named + sum(kind.bits for kind in found)


def joined(
    words: Words,
    kinds: Sequence[Kind],
    candidates: IntArray,
    *,
    at_most: int,
    at_least: int = 1,
) -> list[Kind]:
    """Kinds after joining the two that save most bits, again and again.

    Args:
        words: All words.
        kinds: Kinds that hold each word once.
        candidates: int64[n], indices of words that may represent.
        at_most: Joined further until there are so many, even if that saves nothing.
        at_least: Not joined further than to so many.
    """
    left = dict(enumerate(kinds))
    pairs = {
        pair: _union(words, left, pair, candidates) for pair in combinations(left, 2)
    }
    total = total_bits(left.values())
    number = len(left)
    while len(left) > at_least:
        totals = {
            pair: total_bits([*_without(left, pair), union])
            for pair, union in pairs.items()
        }
        pair = min(totals, key=lambda one: totals[one])
        if totals[pair] >= total and len(left) <= at_most:
            break
        total, union = totals[pair], pairs[pair]
        left = {key: kind for key, kind in left.items() if key not in pair}
        pairs = {one: kind for one, kind in pairs.items() if not set(one) & set(pair)}
        left[number] = union
        for other in left:
            if other != number:
                pairs[other, number] = _union(words, left, (other, number), candidates)
        number += 1
    return list(left.values())


def _union(
    words: Words, kinds: dict[int, Kind], pair: tuple[int, int], candidates: IntArray
) -> Kind:
    parts = [kinds[key] for key in pair]
    members = np.sort(np.concatenate([part.members for part in parts]))
    known = [part.representative for part in parts]
    return kind_of(words, members, candidates, known)


def _without(kinds: dict[int, Kind], pair: tuple[int, int]) -> list[Kind]:
    return [kind for key, kind in kinds.items() if key not in pair]
