"""Matters: activities that few customers meet and that go with another share of customers at the goal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.stats.clusters import effective_n_ratio, number_clusters
from desirepath.stats.multiple import benjamini_hochberg
from desirepath.stats.significance import two_shares

FloatArray = NDArray[np.float64]

MIN_CASES = 10
MIN_DIFFERENCE = 0.05
FALSE_DISCOVERY_RATE = 0.05


@dataclass(frozen=True, slots=True)
class Effect:
    """An activity that goes with another share at the goal; an association, not a cause.

    Attributes:
        activity: Its name.
        cases: Cases that show it before they reach the goal.
        goal_share: Share of them that reach the goal.
        other_share: Share of all other cases that reach it.
        n: Effective number of independent cases behind `goal_share`.
    """

    activity: str
    cases: int
    goal_share: float
    other_share: float
    n: int


def rare_that_matter(
    sequences: Sequences,
    reaches: BoolArray,
    is_before_goal: BoolArray,
    *,
    max_share: float,
    left_aside: BoolArray,
) -> tuple[Effect, ...]:
    """Rare activities with which shown to be more or fewer customers reach the goal, the most frequent first.

    Tested with the effective number of customers and a false-discovery rate of 5 % over all rare
    activities; differences below five points do not matter.

    Args:
        sequences: All cases, those without the goal as well.
        reaches: bool[n_cases], cases that reach the goal.
        is_before_goal: bool[n_events], events that count: what follows the goal cannot matter to it.
        max_share: Activities that fewer cases show are rare.
        left_aside: bool[n_codes], codes that are not asked about, such as the goal itself.
    """
    names, of_code = np.unique(np.array(sequences.activities), return_inverse=True)
    counted = is_before_goal & ~left_aside[sequences.codes]
    codes = of_code[sequences.codes[counted]].astype(np.int64)
    pairs = kernels.distinct(
        codes * sequences.case_count + sequences.case_index()[counted]
    )
    activity, case = pairs // sequences.case_count, pairs % sequences.case_count
    cases = np.bincount(activity, minlength=len(names)).astype(np.float64)
    hits = np.bincount(activity, weights=reaches[case], minlength=len(names))
    asked = (cases >= MIN_CASES) & (cases < max_share * sequences.case_count)
    others, other_hits = sequences.case_count - cases, reaches.sum() - hits
    share = hits / np.maximum(cases, 1)
    other_share = other_hits / np.maximum(others, 1)
    p = np.where(asked, two_shares(hits, cases, other_hits, others), np.nan)
    is_large = np.abs(share - other_share) >= MIN_DIFFERENCE
    likely = asked & is_large & (benjamini_hochberg(p) <= FALSE_DISCOVERY_RATE)
    n = cases.copy()
    customers = number_clusters(sequences.customers)
    for one in np.flatnonzero(likely):
        shows = np.zeros(sequences.case_count, dtype=np.bool_)
        shows[case[activity == one]] = True
        n[one], n_others = (
            _effective(reaches, part, customers) for part in (shows, ~shows)
        )
        p[one] = two_shares(
            share[one] * n[one], n[one], other_share[one] * n_others, n_others
        )
    shown = likely & (benjamini_hochberg(p) <= FALSE_DISCOVERY_RATE)
    order = np.lexsort((np.arange(len(names)), -cases))
    return tuple(
        Effect(
            str(names[one]),
            int(cases[one]),
            float(share[one]),
            float(other_share[one]),
            int(n[one] + 1e-6),
        )
        for one in order
        if shown[one]
    )


def _effective(reaches: BoolArray, group: BoolArray, customers: IntArray) -> float:
    asked = group.astype(np.float64)
    return float(
        effective_n_ratio((group & reaches).astype(np.float64), asked, customers)
    )
