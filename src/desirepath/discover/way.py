"""Way: one row of at most twelve steps out of the journeys of one kind, and how well it tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from desirepath.discover.bits import Words, word_of, words_of
from desirepath.discover.represent import NEAR
from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray

FloatArray = NDArray[np.float64]

MAX_STEPS = 12
MIN_STEPS = 3
MIN_SHOWN_SHARE = 0.5
MIN_REACH_SHARE = 0.1
MAX_COMPARED = 2_000
MAX_ORDERED = 60
MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Way:
    """A row of activities.

    Attributes:
        codes: Activities in order, each once.
        cases: Cases of its kinds.
        kinds: Numbers of the representatives it stands for.
    """

    codes: tuple[int, ...]
    cases: int
    kinds: tuple[int, ...]

    def places(self, code_count: int) -> IntArray:
        """int64[code_count], place of each activity on the way, -1 where it is not on it."""
        place = np.full(code_count, -1, dtype=np.int64)
        place[list(self.codes)] = np.arange(len(self.codes))
        return place


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
    first = is_first(codes, offsets, code_count)
    return codes[first], kernels.keep(first, offsets)[0]


def is_first(codes: IntArray, offsets: IntArray, code_count: int) -> BoolArray:
    """bool[n_events], True where the activity first comes in its case."""
    return np.asarray(kernels.occurrence(codes, offsets, code_count) == 0)


def first_orders(firsts: IntArray, offsets: IntArray) -> Firsts:
    """Distinct orders of first activities; ties in an order that does not depend on that of the cases.

    Args:
        firsts: int64[n_events], activities, each at most once in a case.
        offsets: int64[n_cases + 1].
    """
    found = kernels.variants(firsts, offsets)
    prints = kernels.fingerprints(firsts, offsets)[found.first_case]
    ranked = np.lexsort((prints, -found.counts))
    words = tuple(words_of(firsts, offsets, found.first_case[ranked]))
    return Firsts(words, found.counts[ranked].astype(np.float64))


def find_way(
    firsts: IntArray,
    offsets: IntArray,
    code_count: int,
    *,
    last: frozenset[int] = frozenset(),
    max_steps: int = MAX_STEPS,
    min_shown_share: float = MIN_SHOWN_SHARE,
) -> tuple[int, ...]:
    """The steps that at least half of the cases of a kind do, of those that get so far, in order.

    Half is where leaving a step out and telling who does it anyway becomes cheaper than keeping it
    and telling who skips it. Customers who left before do not count against a step.

    Args:
        firsts: int64[n_events], activities of its cases, each at most once in a case.
        offsets: int64[n_cases + 1].
        code_count: Number of activities.
        last: Activities that stay and come last, such as the goal.
        max_steps: Steps a poster can carry; those that most cases do.
        min_shown_share: Another share than half, such as a quarter for a map with optional steps.
    """
    case_count = len(offsets) - 1
    counts = np.bincount(firsts, minlength=code_count)
    is_last = np.isin(np.arange(code_count), list(last)) & (counts > 0)
    ranked = np.lexsort((np.arange(code_count), -counts, ~is_last))
    is_common = is_last | (counts >= MIN_REACH_SHARE * case_count)
    common = ranked[is_common[ranked] & (counts[ranked] > 0)][:MAX_ORDERED]
    before = _before(common, first_orders(firsts, offsets), code_count)
    order = _in_order(common, before, is_last)
    order = _without_rare(order, counts, is_last, firsts, offsets, min_shown_share)
    least = min(MIN_STEPS, int((counts > 0).sum()))
    if len(order) < least:
        order = ranked[:least]
        before = _before(order, first_orders(firsts, offsets), code_count)
        order = _in_order(order, before, is_last)
    while len(order) > max(max_steps, least):
        rarest = np.argmin(np.where(is_last[order], np.inf, counts[order]))
        order = np.delete(order, rarest)
    return tuple(_neighbors_agree(order, before, is_last).tolist())


def _before(codes: IntArray, firsts: Firsts, code_count: int) -> FloatArray:
    """float64[n_codes, n_codes], share of the cases with both in which one comes before the other, of some activities."""
    texts, weights = firsts.words[:MAX_COMPARED], firsts.weights[:MAX_COMPARED]
    places = Words.of(texts, weights, code_count).places[:, codes]
    count = np.array(
        [
            weights
            @ ((places >= 0) & (places[:, [one]] >= 0) & (places[:, [one]] < places))
            for one in range(len(codes))
        ]
    )
    both = count + count.T
    share = np.divide(count, both, out=np.full_like(both, 0.5), where=both > 0)
    whole = np.full((code_count, code_count), 0.5)
    whole[np.ix_(codes, codes)] = share
    return whole


def _in_order(codes: IntArray, before: FloatArray, is_last: BoolArray) -> IntArray:
    """Activities by how many of the others they mostly come before, where both are in a case."""
    wins = before[np.ix_(codes, codes)].sum(axis=1)
    order = codes[np.lexsort((codes, -wins, is_last[codes]))]
    return _neighbors_agree(order, before, is_last)


def _neighbors_agree(
    order: IntArray, before: FloatArray, is_last: BoolArray
) -> IntArray:
    """Activities after exchanging neighbors that most cases do the other way round, until none are left."""
    rows = order.tolist()
    changed = True
    while changed:
        changed = False
        for at in range(len(rows) - 1):
            one, other = rows[at], rows[at + 1]
            if before[other, one] > MOSTLY and is_last[one] == is_last[other]:
                rows[at], rows[at + 1] = other, one
                changed = True
    return np.array(rows, dtype=np.int64)


def _without_rare(
    order: IntArray,
    counts: IntArray,
    is_last: BoolArray,
    firsts: IntArray,
    offsets: IntArray,
    min_shown_share: float,
) -> IntArray:
    """Steps that enough of the cases do that do it or any later step."""
    while len(order) > 1:
        shares = shown_shares(order, counts, firsts, offsets)
        shares = np.where(is_last[order], 1.0, shares)
        rarest = int(shares.argmin())
        if shares[rarest] >= min_shown_share:
            break
        order = np.delete(order, rarest)
    return order


def shown_shares(
    order: IntArray, counts: IntArray, firsts: IntArray, offsets: IntArray
) -> FloatArray:
    """float64[n_steps], share of the cases that do each step among those that do it or any later step.

    Args:
        order: int64[n_steps], activities in order.
        counts: int64[n_codes], cases that do each activity.
        firsts: int64[n_events], activities, each at most once in a case.
        offsets: int64[n_cases + 1].
    """
    place = np.full(len(counts), -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    furthest = np.maximum.reduceat(place[firsts], offsets[:-1])
    stops = np.bincount(furthest + 1, minlength=len(order) + 1)[1:]
    reaching = np.cumsum(stops[::-1])[::-1]
    return np.asarray(counts[order] / np.maximum(reaching, 1))


def distances(ways: Sequence[Way], firsts: Firsts) -> FloatArray:
    """float64[n_ways, k], edits from each way to each distinct order, of the longer of the two, 0 to 1."""
    lengths = np.array([len(word) for word in firsts.words])
    rows = [np.array(way.codes, dtype=np.int64) for way in ways]
    texts = [word_of(row, np.array([0, len(row)]), 0) for row in rows]
    edits = cdist(
        texts, firsts.words, scorer=Levenshtein.distance, dtype=np.uint16, workers=-1
    )
    longest = np.maximum(lengths, np.array([[len(row)] for row in rows]))
    return np.asarray(edits / np.maximum(longest, 1), dtype=np.float64)


def nearness(normal: FloatArray, firsts: Firsts) -> Nearness:
    """How near the cases are to a way, whatever their kind.

    Args:
        normal: float64[k], distance of each distinct order, from `distances`.
        firsts: The distinct orders.
    """
    order = np.argsort(normal, kind="stable")
    total = firsts.weights.sum()
    middle = order[np.searchsorted(np.cumsum(firsts.weights[order]), total / 2)]
    near = int(firsts.weights[normal <= NEAR].sum())
    return Nearness(near, float(normal[middle]))
