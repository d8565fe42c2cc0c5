"""Tests of several groups, against SciPy and against the tests of two."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from desirepath.stats.alike import means_alike, shares_alike, shares_differ
from desirepath.stats.significance import two_shares
from desirepath.stats.two_groups import mean_differences


def test_shares_agree_with_pearsons_test_but_for_its_factor() -> None:
    hits, n = np.array([30, 42, 65]), np.array([100, 120, 140])
    found = stats.chi2_contingency(np.array([hits, n - hits]), correction=False)
    total = n.sum()
    expected = stats.chi2.sf(found.statistic * (total - 1) / total, 2)
    assert shares_alike(hits, n) == pytest.approx(float(expected), rel=1e-12)


def test_two_groups_are_the_test_of_two_groups() -> None:
    assert shares_alike([56, 48], [70, 80]) == pytest.approx(
        float(two_shares(56, 70, 48, 80))
    )
    two = mean_differences(1.0, 0.8, 50, 1.5, 1.4, 30)
    assert means_alike([1.0, 1.5], [0.8, 1.4], [50, 30]) == pytest.approx(float(two.p))


def test_means_agree_with_scipys_welch_anova() -> None:
    rng = np.random.default_rng(5)
    groups = [
        rng.normal(shift, scale, size)
        for shift, scale, size in ((0, 1, 20), (0.4, 2, 35), (0.1, 0.5, 50))
    ]
    found = stats.f_oneway(*groups, equal_var=False)
    ours = means_alike(
        [one.mean() for one in groups],
        [one.std(ddof=1) for one in groups],
        [len(one) for one in groups],
    )
    assert ours == pytest.approx(float(found.pvalue), rel=1e-9)


def test_nothing_to_compare_is_no_difference() -> None:
    assert shares_alike([3], [10]) == 1.0
    assert shares_alike([0, 0], [10, 20]) == 1.0
    assert shares_alike([3, 0], [10, 0]) == 1.0
    assert means_alike([1.0, 2.0], [1.0, 1.0], [10, 1]) == 1.0


@pytest.mark.truth
def test_groups_that_are_alike_differ_in_one_of_twenty() -> None:
    rng = np.random.default_rng(7)
    n = np.array([80, 200, 500, 60])
    share = [shares_alike(rng.binomial(n, 0.2), n) <= 0.05 for _ in range(2000)]
    assert 0.035 <= np.mean(share) <= 0.065
    mean = []
    for _ in range(2000):
        drawn = [
            rng.normal(0, scale, size) for scale, size in ((1, 20), (3, 40), (2, 90))
        ]
        mean.append(
            means_alike(
                [one.mean() for one in drawn],
                [one.std(ddof=1) for one in drawn],
                [len(one) for one in drawn],
            )
            <= 0.05
        )
    assert 0.035 <= np.mean(mean) <= 0.065


@pytest.mark.truth
def test_one_odd_group_is_seen_and_groups_that_are_alike_seldom_differ() -> None:
    rng = np.random.default_rng(8)
    n = np.full(7, 200)
    odd = np.where(np.arange(7) == 6, 0.24, 0.4)
    found = {shares_alike: [0, 0], shares_differ: [0, 0]}
    for _ in range(1000):
        for test, counts in found.items():
            counts[0] += test(rng.binomial(n, 0.4), n) <= 0.01
            counts[1] += test(rng.binomial(n, odd), n) <= 0.01
    # 1 % is promised; 20 of 1000 is what a right program shows once in a thousand times
    assert found[shares_differ][0] <= 20
    assert found[shares_differ][1] > found[shares_alike][1] + 30
    assert found[shares_differ][1] >= 820
