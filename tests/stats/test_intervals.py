from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import bdtr

from desirepath.stats.intervals import (
    binomial_quantile,
    mean_interval,
    median_interval,
    newcombe_difference,
    nps_interval,
    wilson,
)

counts = st.integers(0, 5_000).flatmap(
    lambda n: st.tuples(st.integers(0, n), st.just(n))
)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_values(
    hits: int, n: int, low: float, high: float
) -> None:
    # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3
    one = wilson(hits, n)
    assert (float(one.low), float(one.high)) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_gives_the_published_values(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    # Newcombe 1998, Statistics in Medicine 17:873, table II, method 10
    one = newcombe_difference(*first, *second)
    assert (float(one.low), float(one.high)) == pytest.approx((low, high), abs=5e-5)


def test_no_case_gives_no_value_and_the_whole_range() -> None:
    one = wilson([0, 3], [0, 10])
    assert np.isnan(one.value).tolist() == [True, False]
    assert (one.low[0], one.high[0], one.n[0]) == (0, 1, 0)
    difference = newcombe_difference(0, 0, 3, 10)
    assert np.isnan(difference.value)
    assert (float(difference.low), float(difference.high)) == (-1, 1)
    score = nps_interval(0, 0, 0)
    assert np.isnan(score.value)
    assert (float(score.low), float(score.high)) == (-100, 100)


@given(counts)
def test_an_interval_holds_its_share_and_is_mirrored_for_the_others(
    count: tuple[int, int],
) -> None:
    hits, n = count
    one, others = wilson(hits, n), wilson(n - hits, n)
    assert 0 <= one.low <= one.high <= 1
    if n:
        assert one.low <= one.value <= one.high
        assert one.low < one.high
        assert float(one.low) == pytest.approx(1 - float(others.high), abs=1e-9)


@given(counts, counts)
def test_a_difference_lies_in_its_interval_and_turns_with_its_groups(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    one = newcombe_difference(*first, *second)
    turned = newcombe_difference(*second, *first)
    assert -1 <= one.low <= one.high <= 1
    assert float(one.low) == pytest.approx(-float(turned.high), abs=1e-9)
    if first[1] and second[1]:
        assert one.low - 1e-9 <= one.value <= one.high + 1e-9


def test_a_higher_level_is_wider() -> None:
    assert wilson(3, 10, level=0.99).low < wilson(3, 10).low


def test_few_values_leave_the_ends_of_a_median_open() -> None:
    one = median_interval([1, 2, 3, 4, 5])
    assert (one.value, one.low, one.high) == (3, -np.inf, np.inf)
    assert np.isnan(median_interval([]).value)
    assert median_interval(range(1, 7)).low == 1


def test_fewer_effective_observations_widen_a_median() -> None:
    values = np.arange(1000.0)
    plain = median_interval(values)
    clustered = median_interval(values, n_effective=100)
    assert clustered.low < plain.low < plain.high < clustered.high
    assert clustered.n == 100
    hardly = median_interval(values, n_effective=4)
    assert (hardly.low, hardly.high) == (-np.inf, np.inf)


def test_a_mean_of_alike_values_has_no_width(rng: np.random.Generator) -> None:
    one = mean_interval([4, 4, 4], rng)
    assert (one.value, one.low, one.high) == (4, 4, 4)


def test_a_mean_of_one_value_is_unbounded(rng: np.random.Generator) -> None:
    assert mean_interval([4], rng).high == np.inf
    assert np.isnan(mean_interval([], rng).value)


def test_the_same_seed_gives_the_same_mean_interval() -> None:
    values = [1, 5, 2, 8, 3]
    first, second = (mean_interval(values, np.random.default_rng(3)) for _ in range(2))
    assert first == second


def test_a_skewed_mean_has_a_skewed_interval(rng: np.random.Generator) -> None:
    values = np.random.default_rng(8).exponential(1, 25)
    one = mean_interval(values, rng)
    assert one.high - one.value > one.value - one.low


def test_a_score_of_equal_answers_still_has_a_width() -> None:
    one = nps_interval(0, 0, 12)
    assert one.value == 100
    assert 50 < one.low < one.high == 100


def test_binomial_quantiles_agree_with_going_through_all_ranks() -> None:
    for n in range(1, 400, 7):
        for q in (0.1, 0.25, 0.5, 0.9):
            upto = bdtr(np.arange(n + 1, dtype=float), n, q)
            for probability in (0.025, 0.05, 0.5, 0.975):
                first = int(np.argmax(upto >= probability))
                assert binomial_quantile(probability, n, q) == first
