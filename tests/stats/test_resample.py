from __future__ import annotations

import numpy as np
import pytest

from desirepath.stats.arrays import FloatArray
from desirepath.stats.clusters import effective_n
from desirepath.stats.intervals import wilson
from desirepath.stats.resample import case_weights, cluster_bootstrap


def share(sums: FloatArray) -> FloatArray:
    return sums[:, 0] / sums[:, 1]


def test_bootstrap_and_design_effect_tell_the_same_of_many_customers(
    rng: np.random.Generator,
) -> None:
    size = rng.integers(1, 6, 400)
    hits = rng.binomial(size, rng.beta(1, 2, 400))
    totals = np.stack([hits, size], axis=1).astype(float)
    boot = cluster_bootstrap(totals, share, rng)
    cluster = np.repeat(np.arange(400), size)
    hit = np.arange(len(cluster)) - np.repeat(np.cumsum(size) - size, size)
    flags = hit < np.repeat(hits, size)
    n = effective_n(flags, cluster)
    ends = wilson(boot.value * n, n)
    assert boot.low == pytest.approx(float(ends.low), abs=0.01)
    assert boot.high == pytest.approx(float(ends.high), abs=0.01)


def test_fewer_than_two_customers_leave_it_open(rng: np.random.Generator) -> None:
    one = cluster_bootstrap(np.array([[1.0, 4.0]]), share, rng)
    assert (one.value, one.low, one.high) == (0.25, -np.inf, np.inf)
    assert np.isnan(cluster_bootstrap(np.zeros((0, 2)), share, rng).value)


def test_the_same_seed_draws_the_same_customers() -> None:
    totals = np.arange(20.0).reshape(10, 2) + 1
    first, second = (
        cluster_bootstrap(totals, share, np.random.default_rng(5)) for _ in range(2)
    )
    assert first == second


def test_cases_of_one_customer_are_drawn_together(rng: np.random.Generator) -> None:
    cluster = np.array([4, 7, 4, 7, 9])
    weights = case_weights(cluster, rng)
    assert weights[0] == weights[2]
    assert weights[1] == weights[3]
    assert weights[[0, 1, 4]].sum() == 3
    assert case_weights(np.zeros(0, dtype=np.int64), rng).tolist() == []
