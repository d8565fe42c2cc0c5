from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirepath.stats.arrays import FloatArray, floats
from desirepath.stats.marginal_effects import adjusted_difference
from desirepath.stats.regression import (
    RIDGE,
    Table,
    fit_logistic,
    independent_columns,
    products,
    table_of,
)

TWO = np.array([[1.0, 0.0], [1.0, 1.0]])


def two_groups(
    hits0: int, n0: int, hits1: int, n1: int, each: int = 1
) -> tuple[Table, FloatArray]:
    """Cases of two groups; `each` copies of every case belong to one customer."""
    kind = np.repeat([0, 1], [n0, n1])
    outcome = np.concatenate([np.arange(n0) < hits0, np.arange(n1) < hits1])
    cluster = np.repeat(np.arange(n0 + n1), each)
    return Table(TWO, np.repeat(kind, each), cluster), floats(np.repeat(outcome, each))


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
