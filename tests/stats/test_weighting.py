"""Weights against margins counted by hand, SciPy's chi-square and a textbook formula."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from desirepath.stats.weighting import (
    answer_bias,
    design_effect,
    rake,
    weighted_mean,
)


def test_raked_weights_meet_all_margins() -> None:
    rng = np.random.default_rng(5)
    one, two = rng.integers(0, 2, 400), rng.integers(0, 3, 400)
    targets = [np.array([0.7, 0.3]), np.array([0.2, 0.3, 0.5])]
    weights = rake([one, two], targets)
    assert weights.mean() == pytest.approx(1)
    for codes, target in zip((one, two), targets, strict=True):
        assert np.bincount(codes, weights) / 400 == pytest.approx(target)


def test_one_margin_is_post_stratification() -> None:
    codes = np.repeat([0, 1], [80, 20])
    assert rake([codes], [np.array([0.5, 0.5])])[[0, -1]] == pytest.approx([0.625, 2.5])


def test_a_category_nobody_answered_in_is_spread_over_the_others() -> None:
    weights = rake([np.array([0, 0, 2, 2])], [np.array([0.3, 0.4, 0.3])])
    assert weights == pytest.approx([1, 1, 1, 1])


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1)), min_size=5, max_size=60),
    st.floats(0.01, 0.98),
)
def test_no_weight_is_above_the_limit_and_the_mean_is_1(
    codes: list[tuple[int, int]], share: float
) -> None:
    one, two = np.array(codes).T
    weights = rake([one, two], [np.array([share, 0.01, 0.99 - share]), np.array([0.9, 0.1])])  # fmt: skip
    assert weights.max() <= 5 + 1e-6
    assert weights.min() >= 0
    assert weights.mean() == pytest.approx(1, abs=1e-6)


def test_equal_weights_give_the_plain_mean_and_its_error() -> None:
    values = np.random.default_rng(3).normal(0, 1, 50)
    found, spread = weighted_mean(values, np.ones(50), np.arange(50))
    plain = stats.ttest_1samp(values, 0).confidence_interval()
    assert (found.value, found.n) == pytest.approx((values.mean(), 50))
    assert (found.low, found.high) == pytest.approx((plain.low, plain.high))
    assert spread == pytest.approx(values.std(ddof=1))


def test_answers_of_one_customer_count_as_one() -> None:
    values = np.repeat(np.random.default_rng(3).normal(0, 1, 20), 3)
    once, _ = weighted_mean(values[::3], np.ones(20), np.arange(20))
    thrice, _ = weighted_mean(values, np.ones(60), np.repeat(np.arange(20), 3))
    assert (thrice.low, thrice.high) == pytest.approx((once.low, once.high))


def test_differing_weights_cost_answers() -> None:
    assert design_effect(np.array([1.0, 1.0, 1.0, 3.0])) == pytest.approx(4 * 12 / 36)


def test_the_bias_is_tested_as_scipy_does() -> None:
    rng = np.random.default_rng(9)
    codes = rng.integers(0, 4, 500)
    did = rng.random(500) < np.array([0.2, 0.3, 0.25, 0.4])[codes]
    table = np.array([np.bincount(codes[did]), np.bincount(codes[~did])])
    truth = stats.chi2_contingency(table, correction=False)
    p, v = answer_bias(codes, did)
    assert p == pytest.approx(truth.pvalue)
    assert v == pytest.approx(stats.contingency.association(table, method="cramer"))
    assert answer_bias(codes, np.ones(500, np.bool_)) == (1.0, 0.0)
