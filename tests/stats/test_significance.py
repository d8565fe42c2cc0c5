from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_1samp

from desirepath.stats.significance import (
    one_sided_mean,
    one_sided_quantile,
    one_sided_share,
    permutation_test,
    two_shares,
)
from desirepath.stats.survival import kaplan_meier


@given(st.integers(0, 200), st.integers(0, 200), st.floats(0.01, 0.99))
def test_both_directions_share_the_outcome_itself(
    hits: int, others: int, limit: float
) -> None:
    one = one_sided_share(hits, hits + others, limit)
    assert one.p_above + one.p_below >= 1 - 1e-9
    assert 0 <= one.p_above <= 1
    assert 0 <= one.p_below <= 1


@given(st.floats(1, 400), st.floats(0, 1), st.floats(0.02, 0.98))
def test_parts_of_a_case_lie_between_whole_ones(
    n: float, share: float, limit: float
) -> None:
    fewer = one_sided_share(share * n, n, limit).p_above
    more = one_sided_share(min(share * n + 0.5, n), n, limit).p_above
    assert more <= fewer + 1e-9


def test_no_case_shows_nothing() -> None:
    one = one_sided_share(0, 0, 0.5)
    assert (float(one.p_above), float(one.p_below)) == (1, 1)


def test_no_hit_shows_below_but_never_above() -> None:
    one = one_sided_share(0, 20, 0.2)
    assert one.p_above == 1
    assert float(one.p_below) == pytest.approx(0.8**20)


def test_many_questions_are_asked_at_once() -> None:
    one = one_sided_share([0, 5, 10], 10, 0.5)
    assert one.p_above.shape == (3,)
    assert one.p_above.tolist() == one.p_below[::-1].tolist()


def test_groups_alike_in_all_cases_do_not_differ() -> None:
    assert two_shares([0, 9, 0], [9, 9, 0], [0, 5, 3], [5, 5, 9]).tolist() == [1, 1, 1]


def test_the_order_of_groups_does_not_matter() -> None:
    assert two_shares(3, 20, 9, 30) == two_shares(9, 30, 3, 20)


def test_permutations_agree_with_the_count_of_all_of_them(
    rng: np.random.Generator,
) -> None:
    # of the 20 ways to choose 3 of 6, 2 are as extreme as this one
    p = permutation_test([1, 2, 3], [4, 5, 6], rng, permutations=20_000)
    assert p == pytest.approx(0.1, abs=0.01)
    assert permutation_test([], [1.0], rng) == 1


def test_a_median_is_shown_to_lie_on_the_right_side_of_a_limit() -> None:
    curve = kaplan_meier(range(1, 101), [True] * 100)
    below, above = (
        one_sided_quantile(curve, 0.5, 70),
        one_sided_quantile(curve, 0.5, 30),
    )
    assert below.p_below < 0.001
    assert below.p_above > 0.99
    assert above.p_above < 0.001
    assert above.p_below > 0.99


def test_without_open_cases_the_test_is_the_exact_binomial_one_or_larger() -> None:
    curve = kaplan_meier(range(1, 41), [True] * 40)
    one = one_sided_quantile(curve, 0.5, 26)
    exact = one_sided_share(26, 40, 0.5)
    assert one.p_below == pytest.approx(float(exact.p_above))


def test_watching_that_stops_early_never_shows_that_it_takes_longer() -> None:
    curve = kaplan_meier([1, 2, 3, 3, 3, 3, 3, 3, 3, 3], [1, 1] + [0] * 8)
    assert one_sided_quantile(curve, 0.5, 4).p_above == 1
    assert one_sided_quantile(curve, 0.5, 3).p_above < 0.2
    mostly = kaplan_meier([*range(1, 31), 31, 31], [True] * 30 + [False] * 2)
    assert one_sided_quantile(mostly, 0.5, 60).p_below < 0.001


def test_nothing_ended_among_many_shows_that_it_takes_longer() -> None:
    cut_off = kaplan_meier([5] * 40 + [9], [False] * 40 + [True])
    assert one_sided_quantile(cut_off, 0.5, 3).p_above < 1e-9
    assert one_sided_quantile(cut_off, 0.5, 6).p_above == pytest.approx(0.5)
    watched = kaplan_meier([9] * 40, [True] * 40)
    assert one_sided_quantile(watched, 0.5, 3).p_above < 1e-9
    assert one_sided_quantile(watched, 0.5, 9).p_below < 1e-9


def test_no_case_shows_nothing_about_a_time() -> None:
    one = one_sided_quantile(kaplan_meier([], []), 0.5, 3)
    assert (float(one.p_above), float(one.p_below)) == (1, 1)


def test_customers_with_several_cases_show_less() -> None:
    curve = kaplan_meier(range(1, 101), [True] * 100)
    plain = one_sided_quantile(curve, 0.5, 60)
    clustered = one_sided_quantile(curve, 0.5, 60, design_effect=4)
    assert clustered.p_below > plain.p_below


@pytest.mark.parametrize("limit", [-0.4, 0.0, 0.21, 1.5])
def test_the_test_of_a_mean_is_that_of_scipy(limit: float) -> None:
    values = np.random.default_rng(3).normal(0.2, 1.3, 57)
    one = one_sided_mean(values.mean(), values.std(ddof=1), 57, limit)
    above = ttest_1samp(values, limit, alternative="greater").pvalue
    below = ttest_1samp(values, limit, alternative="less").pvalue
    assert float(one.p_above) == pytest.approx(above, rel=1e-9)
    assert float(one.p_below) == pytest.approx(below, rel=1e-9)


def test_one_value_shows_nothing_about_a_mean() -> None:
    one = one_sided_mean(5.0, 0.0, 1, 0.0)
    assert (float(one.p_above), float(one.p_below)) == (1, 1)


def test_values_that_are_all_alike_are_tested_as_if_one_were_not() -> None:
    alike = one_sided_mean(1.0, 0.0, 16, 0.5)
    spread = one_sided_mean(1.0, 0.25, 16, 0.5)
    assert float(alike.p_above) == float(spread.p_above)
