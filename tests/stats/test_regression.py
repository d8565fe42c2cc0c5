from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirepath.stats.arrays import FloatArray, floats
from desirepath.stats.regression import (
    RIDGE,
    Table,
    adjusted_difference,
    fit_logistic,
    independent_columns,
    linear_difference,
    products,
    table_of,
    weighted_difference,
)

TWO = np.array([[1.0, 0.0], [1.0, 1.0]])
counts = st.integers(5, 60)


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


def test_an_outcome_that_a_column_decides_gets_a_ridge_and_says_so() -> None:
    table, outcome = two_groups(0, 50, 25, 50)
    fit = fit_logistic(table, table.total(outcome))
    assert fit.ridge == RIDGE
    assert np.isfinite(fit.coefficients).all()
    assert adjusted_difference(table, outcome).value == pytest.approx(0.5, abs=0.01)


def test_a_column_that_others_tell_is_left_out() -> None:
    rows = np.array([[1.0, 0, 1, 5], [1.0, 1, 0, 5], [1.0, 1, 0, 5]])
    assert independent_columns(rows, np.ones(3)).tolist() == [True, True, False, False]
    table = table_of(rows, np.array([0, 1, 2, 1]), np.array([7, 9, 9, 4]))
    assert table.rows.shape == (3, 2)
    assert table.cluster.tolist() == [1, 2, 2, 0]


@given(st.integers(1, 400), st.integers(1, 30))
def test_products_in_blocks_are_products(count: int, columns: int) -> None:
    rng = np.random.default_rng(count)
    rows, weight = rng.normal(size=(count, columns)), rng.random(count)
    whole = np.einsum("ij,i,ik->jk", rows, weight, rows)
    assert np.allclose(products(rows, weight), whole)


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
