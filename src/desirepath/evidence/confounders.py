"""What is held equal when cases are compared: segments, start, month, length so far, steps reached before. Compares nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from desirepath.events.sequences import BoolArray, IntArray
from desirepath.evidence.laid import Laid
from desirepath.stats.arrays import FloatArray
from desirepath.stats.regression import Table, table_of

MAX_LEVELS = 12
MIN_LEVEL_CASES = 30
MIN_LEVEL_SHARE = 0.02
LENGTHS = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 60])
LENGTH_BITS = 4
# Below this many rarer outcomes a column, coefficients are no longer told from chance.
OUTCOMES_PER_COLUMN = 5


@dataclass(frozen=True, slots=True)
class Confounders:
    """What is known of each case before anything happens, as few distinct kinds.

    Attributes:
        names: What they are, for the reader.
        dummies: float64[kinds, columns], 0 or 1.
        kind: int64[n_cases], kind of each case.
    """

    names: tuple[str, ...]
    dummies: FloatArray
    kind: IntArray


def confounders_of(laid: Laid) -> Confounders:
    """Segments, first activity and month of each case."""
    levels = [(name, _leveled(codes)) for name, codes in _factors(laid)]
    used = [(name, codes) for name, codes in levels if codes.max(initial=0) > 0]
    key = np.zeros(laid.sequences.case_count, dtype=np.int64)
    for _, codes in used:
        key = key * (MAX_LEVELS + 1) + codes
        # numbered anew after each, so that many segments never outgrow 63 bits
        key = np.unique(key, return_inverse=True)[1].astype(np.int64)
    _, one, kind = np.unique(key, return_index=True, return_inverse=True)
    columns = [
        codes[one] == level
        for _, codes in used
        for level in range(1, int(codes.max()) + 1)
    ]
    dummies = np.array(columns, dtype=np.float64).reshape(-1, len(one)).T
    names = tuple(name for name, _ in used)
    return Confounders(names, dummies, kind.astype(np.int64))


def _factors(laid: Laid) -> Iterator[tuple[str, IntArray]]:
    sequences = laid.sequences
    for name, segment in sequences.segments.items():
        yield name, segment.codes.astype(np.int64)
    first = sequences.codes[sequences.offsets[:-1]]
    _, activity = np.unique(np.array(sequences.activities), return_inverse=True)
    yield "first activity", activity[first].astype(np.int64)
    if sequences.has_times:
        months = sequences.starts_us.astype("datetime64[us]").astype("datetime64[M]")
        yield "month", months.astype(np.int64)


def _leveled(codes: IntArray) -> IntArray:
    """int64[n], 0 for the largest level and all rare ones, 1 and more for the next ones."""
    _, code, counts = np.unique(codes, return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    least = max(MIN_LEVEL_CASES, MIN_LEVEL_SHARE * len(codes))
    level = np.zeros(len(counts), dtype=np.int64)
    kept = [one for one in order[1:MAX_LEVELS] if counts[one] >= least]
    level[kept] = np.arange(1, len(kept) + 1)
    return level[code]


def table_for(
    known: Confounders,
    laid: Laid,
    cases: IntArray,
    landmark: IntArray,
    is_exposed: BoolArray,
    customers: IntArray,
    rarer: int,
) -> Table:
    """Distinct rows of a comparison: 1, exposed or not, then what is held equal.

    Args:
        known: From `confounders_of`.
        laid: Map and cases.
        cases: int64[k], indices of the cases compared.
        landmark: int64[k], event from which on they are compared; what came before is held equal.
        is_exposed: bool[k].
        customers: int64[k], key of the customer of each.
        rarer: Cases with the rarer outcome; it limits how much can be held equal.
    """
    first = laid.aligned.first[cases]
    before = (first >= 0) & (first < landmark[:, None])
    before = before[:, _varies(before)]
    so_far = landmark - laid.sequences.offsets[:-1][cases]
    length = np.searchsorted(LENGTHS, so_far, side="right")
    length = np.where(np.bincount(length)[length] < MIN_LEVEL_CASES, 0, length)
    key = known.kind[cases]
    for bit in before.T:
        key = key * 2 + bit
        if key.max(initial=0) >= 2**48:
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
    key = ((key << LENGTH_BITS) + length) * 2 + is_exposed
    _, one, kind = np.unique(key, return_index=True, return_inverse=True)
    dummies = known.dummies[known.kind[cases][one]]
    lengths = length[one, None] == np.unique(length)[1:]
    rows = np.column_stack(
        [np.ones(len(one)), is_exposed[one], before[one], lengths, dummies]
    )
    room = 2 + max(rarer // OUTCOMES_PER_COLUMN, 0)
    return table_of(rows[:, :room], kind.astype(np.int64), customers)


def _varies(is_there: BoolArray) -> BoolArray:
    """bool[columns], columns that are neither nearly always nor nearly never so."""
    counts = is_there.sum(axis=0)
    rare = np.minimum(counts, len(is_there) - counts)
    return np.asarray(rare >= MIN_LEVEL_CASES)
