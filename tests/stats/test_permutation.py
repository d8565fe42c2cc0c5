"""The permutation test against SciPy's, which counts all ways as well."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from desirepath.stats.permutation import permutation_p


@pytest.mark.parametrize("sizes", [(3, 3), (3, 5), (4, 6)])
def test_two_groups_have_the_exact_value_of_scipy(sizes: tuple[int, int]) -> None:
    rng = np.random.default_rng(4)
    one, two = rng.normal(0, 1, sizes[0]), rng.normal(0.7, 1, sizes[1])
    truth = stats.permutation_test(
        (one, two),
        lambda a, b: abs(np.mean(a) - np.mean(b)),
        alternative="greater",
        n_resamples=100_000,
    )
    found = permutation_p(
        np.concatenate([one, two]), np.repeat([0, 1], sizes), np.random.default_rng(1)
    )
    assert found == pytest.approx(truth.pvalue)


def test_drawn_values_are_near_those_of_the_analysis_of_variance() -> None:
    rng = np.random.default_rng(8)
    groups = [rng.normal(shift, 1, 30) for shift in (0.0, 0.3, 0.5)]
    found = permutation_p(
        np.concatenate(groups), np.repeat([0, 1, 2], 30), np.random.default_rng(1)
    )
    assert found == pytest.approx(stats.f_oneway(*groups).pvalue, abs=0.015)


def test_one_group_differs_from_nobody() -> None:
    assert permutation_p([1.0, 2.0], np.array([0, 0]), np.random.default_rng(1)) == 1


@pytest.mark.truth
def test_groups_that_do_not_differ_are_called_different_as_often_as_is_said() -> None:
    rng = np.random.default_rng(20_260_503)
    group = np.repeat([0, 1], [4, 5])
    p = [
        permutation_p(rng.integers(-2, 3, 9).astype(float), group, rng)
        for _ in range(2_000)
    ]
    assert np.mean(np.array(p) <= 0.05) <= 0.06
