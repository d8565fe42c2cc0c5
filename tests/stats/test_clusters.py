from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirepath.stats.clusters import (
    cluster_totals,
    effective_n,
    effective_n_ratio,
    number_clusters,
)

cases = st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=1, max_size=60)


@given(cases)
def test_effective_numbers_never_exceed_the_cases(
    given_cases: list[tuple[bool, int]],
) -> None:
    hits = np.array([hit for hit, _ in given_cases])
    cluster = np.array([key for _, key in given_cases], dtype=np.int64)
    n = effective_n(hits, cluster)
    assert 0 < n <= len(hits)


@given(cases, st.integers(1, 2**58))
def test_only_who_belongs_together_counts_not_the_keys(
    given_cases: list[tuple[bool, int]], factor: int
) -> None:
    hits = np.array([hit for hit, _ in given_cases])
    cluster = np.array([key for _, key in given_cases], dtype=np.int64)
    hashed = cluster * np.int64(factor) - 5
    assert effective_n(hits, hashed) == pytest.approx(effective_n(hits, cluster))
    assert effective_n(hits, number_clusters(cluster)) == pytest.approx(
        effective_n(hits, cluster)
    )


def test_one_case_per_customer_keeps_every_case() -> None:
    assert effective_n(np.array([True, False, True]), np.array([3, 1, 2])) == 3


def test_copies_count_about_once(rng: np.random.Generator) -> None:
    once = rng.random(1000) < 0.3
    hits, cluster = np.repeat(once, 5), np.repeat(np.arange(1000), 5)
    assert effective_n(hits, cluster) == pytest.approx(1000, rel=0.01)


def test_a_share_of_zero_counts_each_customer_once() -> None:
    cluster = np.repeat(np.arange(20), 3)
    assert effective_n(np.zeros(60, dtype=bool), cluster) == 20
    assert effective_n(np.ones(60, dtype=bool), cluster) == 20


def test_one_customer_is_one_observation() -> None:
    hits = np.array([True, False, True])
    assert effective_n(hits, np.zeros(3, dtype=np.int64)) == 1


def test_no_case_is_no_observation() -> None:
    assert effective_n(np.zeros(0, dtype=bool), np.zeros(0, dtype=np.int64)) == 0
    zeros = np.zeros(2)
    assert effective_n_ratio(zeros, zeros, np.array([0, 1])) == 0


def test_moves_of_one_case_are_not_independent(rng: np.random.Generator) -> None:
    tries = rng.integers(1, 10, 500).astype(float)
    always = np.where(rng.random(500) < 0.5, tries, 0.0)
    n = effective_n_ratio(always, tries, np.arange(500))
    assert 300 < n < 500 < tries.sum()
    by_chance = rng.binomial(tries.astype(int), 0.5).astype(float)
    assert effective_n_ratio(by_chance, tries, np.arange(500)) > 0.85 * tries.sum()


def test_totals_of_customers_add_up(rng: np.random.Generator) -> None:
    values = rng.random(50)
    keys = rng.integers(-5, 5, 50)
    assert cluster_totals(values, keys).sum() == pytest.approx(values.sum())
