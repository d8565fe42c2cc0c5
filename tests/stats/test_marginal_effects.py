from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from desirepath.stats.arrays import FloatArray, floats
from desirepath.stats.marginal_effects import (
    adjusted_difference,
    balance,
    linear_difference,
    weighted_difference,
)
from desirepath.stats.regression import Table, table_of

TWO = np.array([[1.0, 0.0], [1.0, 1.0]])
counts = st.integers(5, 60)
# three things known of each case, all combinations equally frequent
KNOWN = np.array(list(product((0.0, 1.0), repeat=3)))


def two_groups(
    hits0: int, n0: int, hits1: int, n1: int, each: int = 1
) -> tuple[Table, FloatArray]:
    """Cases of two groups; `each` copies of every case belong to one customer."""
    kind = np.repeat([0, 1], [n0, n1])
    outcome = np.concatenate([np.arange(n0) < hits0, np.arange(n1) < hits1])
    cluster = np.repeat(np.arange(n0 + n1), each)
    return Table(TWO, np.repeat(kind, each), cluster), floats(np.repeat(outcome, each))


@given(counts, counts, st.data())
def test_without_anything_to_adjust_for_the_effect_is_the_difference_of_shares(
    n0: int, n1: int, data: st.DataObject
) -> None:
    hits0 = data.draw(st.integers(1, n0 - 1))
    hits1 = data.draw(st.integers(1, n1 - 1))
    table, outcome = two_groups(hits0, n0, hits1, n1)
    plain = hits1 / n1 - hits0 / n0
    for effect in (
        adjusted_difference(table, outcome),
        weighted_difference(table, outcome),
        linear_difference(table, outcome),
    ):
        assert effect.value == pytest.approx(plain, abs=1e-6)
        assert effect.low <= effect.value <= effect.high
        assert effect.without == pytest.approx(hits0 / n0, abs=1e-6)


def test_copies_of_a_customers_case_tell_nothing_new() -> None:
    table, outcome = two_groups(20, 60, 30, 60)
    copies, copied = two_groups(20, 60, 30, 60, each=5)
    one, five = (
        adjusted_difference(table, outcome),
        adjusted_difference(copies, copied),
    )
    assert five.standard_error == pytest.approx(one.standard_error, rel=0.02)
    assert five.clusters == one.clusters == 120


def test_confounding_is_taken_out_by_all_three_ways(rng: np.random.Generator) -> None:
    count = 20_000
    segment = rng.integers(0, 2, count)
    exposed = (rng.random(count) < np.where(segment == 1, 0.7, 0.2)).astype(int)
    outcome = floats(rng.random(count) < 0.2 + 0.3 * segment)
    rows = np.array([[1.0, e, s] for s in (0, 1) for e in (0, 1)])
    table = Table(rows, segment * 2 + exposed, np.arange(count))
    plain = Table(TWO, exposed, np.arange(count))
    assert linear_difference(plain, outcome).value > 0.1
    for way in (adjusted_difference, weighted_difference, linear_difference):
        effect = way(table, outcome)
        assert effect.low < 0 < effect.high


def endless(
    chance: FloatArray, without: FloatArray, exposed: FloatArray
) -> tuple[Table, FloatArray]:
    """A world without chance: each kind of case as often as is expected, with its expected outcome.

    Args:
        chance: float64[8], chance to be exposed of each combination of what is known.
        without: float64[8], chance of the outcome if not exposed.
        exposed: float64[8], if exposed.
    """
    each = 2_000
    helped = np.round(each * chance).astype(int)
    kinds = np.repeat(np.arange(8), each)
    is_exposed = np.arange(8 * each) % each < helped[kinds]
    rows = np.column_stack(
        [np.ones(16), np.repeat([0.0, 1.0], 8), np.tile(KNOWN, (2, 1))]
    )
    table = table_of(rows, kinds + 8 * is_exposed, np.arange(8 * each))
    return table, floats(np.where(is_exposed, exposed[kinds], without[kinds]))


BY_ODDS = floats(expit(-1 + 1.2 * KNOWN[:, 0] + 0.8 * KNOWN[:, 1] - 0.5 * KNOWN[:, 2]))
BY_LUCK = floats(0.15 + 0.5 * (KNOWN[:, 0] == KNOWN[:, 1]) + 0.1 * KNOWN[:, 2])
SUMS = floats(0.05 + KNOWN @ [0.35, 0.25, 0.1])
ODDS = KNOWN @ [1.5, 1.0, 0.5] - 2


def test_an_effect_of_the_same_points_for_everybody_is_estimated_without_bias() -> None:
    # no logistic curve follows this outcome, but who is exposed is modeled rightly
    table, outcome = endless(BY_ODDS, SUMS, SUMS + 0.1)
    uncut = balance(table, trim=0)
    assert adjusted_difference(table, outcome, balanced=uncut).value == pytest.approx(
        0.1, abs=1e-4
    )
    # cutting one in a hundred weights costs a fraction of what not weighing would
    assert adjusted_difference(table, outcome).value == pytest.approx(0.1, abs=5e-4)


def test_an_effect_of_the_same_odds_for_everybody_is_estimated_without_bias() -> None:
    # who is exposed is modeled wrongly, but the outcome rightly: weighting alone is off
    table, outcome = endless(BY_LUCK, floats(expit(ODDS)), floats(expit(ODDS + 0.6)))
    true = float((expit(ODDS + 0.6) - expit(ODDS)).mean())
    assert adjusted_difference(table, outcome).value == pytest.approx(true, abs=1e-6)
    assert abs(weighted_difference(table, outcome).value - true) > 0.003


def test_few_exposed_are_told_by_few_columns(rng: np.random.Generator) -> None:
    count = 600
    known = floats(rng.random((count, 10)) < 0.4)
    rows = np.column_stack([np.ones(count), np.arange(count) < 40, known])
    by_lot = balance(table_of(rows, np.arange(count), np.arange(count)))
    assert by_lot.rows.shape[1] == 1 + 40 // 10
    assert by_lot.weights.max() < 5


@pytest.mark.truth
@pytest.mark.parametrize("is_additive", [True, False])
def test_effects_of_clustered_cases_are_covered(
    rng: np.random.Generator, *, is_additive: bool
) -> None:
    worlds, customers, each = 400, 300, 3
    cluster = np.repeat(np.arange(customers), each)
    held = 0
    for _ in range(worlds):
        kind = rng.integers(0, 8, customers)[cluster]
        ready = rng.normal(0, 0.05 if is_additive else 0.6, customers)[cluster]
        is_exposed = rng.random(len(cluster)) < BY_ODDS[kind]
        if is_additive:
            chance = SUMS[kind] + 0.1 * is_exposed + ready
            true = 0.1
        else:
            chance = expit(ODDS[kind] + 0.6 * is_exposed + ready)
            at, weight = np.polynomial.hermite_e.hermegauss(30)
            on, off = (
                expit(ODDS[:, None] + more + 0.6 * at).mean(axis=0)
                for more in (0.6, 0.0)
            )
            true = float((weight * (on - off)).sum() / weight.sum())
        rows = np.column_stack([np.ones(len(cluster)), is_exposed, KNOWN[kind]])
        distinct, row = np.unique(rows, axis=0, return_inverse=True)
        outcome = floats(rng.random(len(cluster)) < chance)
        one = adjusted_difference(table_of(distinct, row.ravel(), cluster), outcome)
        held += one.low <= true <= one.high
    # 95 %, and what 400 worlds may show by chance once in a thousand times
    assert 0.912 <= held / worlds <= 0.98
