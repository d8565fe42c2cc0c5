"""Where one visit ends and the next begins, judged by the wait and by what stands before and after it. Cuts nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from desirepath.events.schema import fail
from desirepath.events.sequences import BoolArray, CodeArray, IntArray, Sequences
from desirepath.events.sessions import US_PER_S, find_valley

FloatArray: TypeAlias = NDArray[np.floating[Any]]

WAIT_BINS = 48
MOST_BINS = WAIT_BINS + 1  # the valley parts one bin in two
ROUNDS = 30
SETTLED = 1e-4
MIN_MOVES = 200
START_AT = 0.7  # boundaries are first sought among the longest waits
START_SLOPE = 6.0
SURE = 0.95  # for the side of the valley on which a wait lies, at first
PRIOR = (
    0.5  # counts added to each activity, so that what was never seen is not impossible
)
LEAST_SHARE, MOST_SHARE = 1e-4, 0.5


@dataclass(frozen=True, slots=True)
class BoundaryScores:
    """How likely a new case begins between two successive events of a customer.

    Attributes:
        log_odds: float64[n_moves], above 0 where a boundary is more likely than none.
        boundary_share: Expected share of the moves that are boundaries.
        rounds: Rounds until the scores settled.
    """

    log_odds: FloatArray
    boundary_share: float
    rounds: int


def context_starts(sequences: Sequences) -> BoolArray:
    """bool[n_events], True where a new case is more likely than not.

    Args:
        sequences: All events of a customer in one case.

    Raises:
        EventsError: E280 if there are no times, E283 if there are fewer than 200 moves to learn from.
    """
    if not sequences.has_times:
        raise fail(
            "E280",
            "cases cannot be cut by a gap: the events have no times",
            hint="Cut by a column or at a goal instead.",
        )
    inside = np.ones(sequences.event_count, dtype=np.bool_)
    inside[sequences.offsets[:-1]] = False
    at = np.flatnonzero(inside)
    if len(at) < MIN_MOVES:
        raise fail(
            "E283",
            f"{len(at):,} moves are too few to learn where cases end; {MIN_MOVES} are needed",
            hint="Give a gap such as --gap 30m.",
        )
    waits_us = sequences.times_us[at] - sequences.times_us[at - 1]
    valley = find_valley(waits_us[waits_us >= US_PER_S] / US_PER_S)
    # the same activity in two channels is two activities here
    scores = boundary_scores(
        sequences.codes[at - 1],
        sequences.codes[at],
        waits_us,
        len(sequences.activities),
        valley=valley.gap_s * US_PER_S if valley else None,
    )
    starts = np.zeros(sequences.event_count, dtype=np.bool_)
    starts[at[scores.log_odds > 0]] = True
    return starts


def boundary_scores(
    before: CodeArray | IntArray,
    after: CodeArray | IntArray,
    waits: NDArray[Any],
    code_count: int,
    *,
    valley: float | None = None,
) -> BoundaryScores:
    """Scores of moves from the wait and the pair of activities.

    Two kinds of moves are told apart. Within a case a pair is as frequent as it is; across a boundary
    any activity that ends cases meets any that begins them, so a pair is as frequent as both are.
    Waits have a distribution of their own for each kind, and the longer one speaks for a boundary.
    Both are learned from the moves themselves by expectation and maximization, beginning with the
    longest waits as boundaries.

    Args:
        before: int[n_moves], code of the event before.
        after: int[n_moves], code of the event after.
        waits: number[n_moves], time between them, in any unit.
        code_count: Number of codes.
        valley: Wait between short and long ones where there is one, in the unit of the waits; longer
            ones are taken for boundaries at first. Without it the longest third is.

    References:
        Dempster, Laird, Rubin 1977, "Maximum likelihood from incomplete data via the EM algorithm".
    """
    edges = np.quantile(waits, np.linspace(0, 1, WAIT_BINS + 1)[1:-1])
    if valley is not None:
        edges = np.sort(np.append(edges, valley))
    cells = _Cells.of(before, after, np.searchsorted(edges, waits), code_count)
    if valley is None:
        place = (cells.bins + 0.5) / WAIT_BINS
        chance: FloatArray = 1 / (1 + np.exp(-START_SLOPE * (place - START_AT)))
    else:
        is_long = cells.bins > np.searchsorted(edges, valley)
        chance = np.where(is_long, SURE, 1 - SURE)
    log_odds: FloatArray = np.zeros(len(chance))
    share, rounds = 0.0, 0
    for _ in range(ROUNDS):
        log_odds = cells.log_odds(chance)
        newer: FloatArray = 1 / (1 + np.exp(-np.clip(log_odds, -500, 500)))
        moved = float(np.average(np.abs(newer - chance), weights=cells.counts))
        chance, rounds = newer, rounds + 1
        if moved < SETTLED:
            break
    share = float(np.average(chance, weights=cells.counts))
    return BoundaryScores(log_odds[cells.of_move], share, rounds)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Moves with the same pair and about the same wait, counted.

    Attributes:
        counts: float64[n_cells], moves.
        bins: int64[n_cells], bin of the wait.
        pairs: int64[n_cells], index of the pair.
        pair_before: int64[n_pairs], code before.
        pair_after: int64[n_pairs], code after.
        of_move: int64[n_moves], cell of each move.
        code_count: Number of codes.
    """

    counts: FloatArray
    bins: IntArray
    pairs: IntArray
    pair_before: IntArray
    pair_after: IntArray
    of_move: IntArray
    code_count: int

    @classmethod
    def of(
        cls,
        before: CodeArray | IntArray,
        after: CodeArray | IntArray,
        bins: IntArray,
        code_count: int,
    ) -> _Cells:
        pair = before.astype(np.int64) * code_count + after
        cells, of_move, counts = np.unique(
            pair * MOST_BINS + bins, return_inverse=True, return_counts=True
        )
        known, pairs = np.unique(cells // MOST_BINS, return_inverse=True)
        return cls(
            counts.astype(float),
            cells % MOST_BINS,
            pairs,
            known // code_count,
            known % code_count,
            of_move,
            code_count,
        )

    def log_odds(self, chance: FloatArray) -> FloatArray:
        """float64[n_cells], logarithm of the odds of a boundary, learned from chances of boundaries.

        Args:
            chance: float64[n_cells] between 0 and 1.
        """
        across = self.counts * chance
        within = self.counts - across
        share = np.clip(across.sum() / self.counts.sum(), LEAST_SHARE, MOST_SHARE)
        pairs = np.log(self._across(across)) - np.log(self._within(within))
        prior = np.log(share / (1 - share))
        return np.asarray(prior + pairs[self.pairs] + self._waits(across, within))

    def _across(self, across: FloatArray) -> FloatArray:
        """float64[n_pairs], probability of each pair across a boundary: ends and beginnings are independent."""
        return self._share(across, self.pair_before) * self._share(
            across, self.pair_after
        )

    def _share(self, weights: FloatArray, code_of_pair: IntArray) -> FloatArray:
        """float64[n_pairs], share of the code of each pair."""
        totals = np.bincount(code_of_pair[self.pairs], weights, self.code_count) + PRIOR
        return np.asarray((totals / totals.sum())[code_of_pair])

    def _within(self, within: FloatArray) -> FloatArray:
        """float64[n_pairs], probability of each pair within a case, drawn towards that of its second activity."""
        totals = np.bincount(self.pairs, within, len(self.pair_before))
        after = self._share(within, self.pair_after)
        return np.asarray(
            (totals + PRIOR * after) / (within.sum() + PRIOR * self.code_count)
        )

    def _waits(self, across: FloatArray, within: FloatArray) -> FloatArray:
        """float64[n_cells], how much the wait speaks for a boundary; never less for a longer one."""
        from scipy.optimize import isotonic_regression  # noqa: PLC0415 - heavy

        some = np.bincount(self.bins, across, MOST_BINS) + 1
        others = np.bincount(self.bins, within, MOST_BINS) + 1
        ratio = np.log(some / some.sum()) - np.log(others / others.sum())
        rising = isotonic_regression(ratio, weights=some + others).x
        return np.asarray(rising[self.bins])
