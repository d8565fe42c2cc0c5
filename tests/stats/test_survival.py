from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirepath.stats.survival import (
    cumulative_incidence,
    kaplan_meier,
    quantile_by,
    share_by,
)

# Freireich et al. 1963: weeks in remission of the group that got 6-MP; + is still in remission
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSE = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

durations = st.lists(
    st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=60
)


def test_the_leukemia_curve_is_the_published_one() -> None:
    curve = kaplan_meier(WEEKS, RELAPSE)
    assert curve.times_s.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    published = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert curve.survival.tolist() == pytest.approx(published, abs=5e-4)
    errors = [share_by(curve, week).standard_error for week in curve.times_s]
    published = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    assert errors == pytest.approx(published, abs=5e-5)


def test_the_leukemia_medians_are_23_and_8_weeks() -> None:
    treated = quantile_by(kaplan_meier(WEEKS, RELAPSE))
    assert (treated.value, treated.low, treated.high) == (23, 13, np.inf)
    placebo = quantile_by(kaplan_meier(PLACEBO, [True] * 21))
    assert (placebo.value, placebo.low, placebo.high) == (8, 4, 11)


def test_a_quantile_that_too_few_reach_is_not_told() -> None:
    one = quantile_by(kaplan_meier([1, 2, 9, 9, 9], [1, 1, 0, 0, 0]))
    assert np.isnan(one.value)
    assert one.high == np.inf
    assert one.low > 0


def test_only_open_cases_tell_nothing() -> None:
    curve = kaplan_meier([3, 4, 5], [False] * 3)
    one = quantile_by(curve)
    assert np.isnan(one.value)
    assert (one.low, one.high) == (0, np.inf)
    assert share_by(curve, 2).value == 0
    assert share_by(curve, 2).high < 1
    assert np.isnan(share_by(curve, 6).value)


def test_no_case_tells_nothing() -> None:
    curve = kaplan_meier([], [])
    assert np.isnan(quantile_by(curve).value)
    one = share_by(curve, 1)
    assert np.isnan(one.value)
    assert (one.low, one.high) == (0, 1)


def test_a_share_after_the_end_of_watching_is_bounded_from_below_only() -> None:
    curve = kaplan_meier([1, 2, 3, 4], [True, True, False, False])
    seen, later = share_by(curve, 4), share_by(curve, 5)
    assert np.isnan(later.value)
    assert (later.low, later.high) == (seen.low, 1)


def test_customers_with_several_cases_widen_the_interval() -> None:
    curve = kaplan_meier(range(1, 101), [True] * 100)
    plain, clustered = quantile_by(curve), quantile_by(curve, design_effect=3)
    assert clustered.low < plain.low
    assert clustered.high > plain.high
    assert share_by(curve, 50, design_effect=4).n == pytest.approx(25)


@given(durations)
def test_a_curve_falls_and_its_interval_holds_it(
    cases: list[tuple[int, bool]],
) -> None:
    curve = kaplan_meier([t for t, _ in cases], [o for _, o in cases])
    assert (np.diff(curve.survival) < 0).all()
    assert ((curve.survival >= -1e-12) & (curve.survival <= 1)).all()
    for time in curve.times_s:
        one = share_by(curve, time)
        assert one.low - 1e-9 <= one.value <= one.high + 1e-9


@given(durations)
def test_without_open_cases_the_curve_is_the_plain_share(
    cases: list[tuple[int, bool]],
) -> None:
    times = np.array([t for t, _ in cases])
    curve = kaplan_meier(times, np.ones(len(times), dtype=bool))
    for time in (0, 3, 10, 30):
        assert share_by(curve, time).value == pytest.approx((times <= time).mean())


@given(durations)
def test_the_quantile_is_the_first_time_the_share_is_reached(
    cases: list[tuple[int, bool]],
) -> None:
    curve = kaplan_meier([t for t, _ in cases], [o for _, o in cases])
    one = quantile_by(curve, 0.5)
    if not np.isnan(one.value):
        assert share_by(curve, one.value).value >= 0.5 - 1e-9
        assert one.low <= one.value <= one.high


def test_incidences_of_all_ends_add_up_to_what_has_ended(
    rng: np.random.Generator,
) -> None:
    times, cause = rng.integers(1, 20, 200), rng.integers(0, 3, 200)
    first = cumulative_incidence(times, cause, of=1)
    second = cumulative_incidence(times, cause, of=2)
    open_share = kaplan_meier(times, cause > 0).survival
    assert (first.value + second.value + open_share).tolist() == pytest.approx(
        np.ones(len(open_share)).tolist()
    )


def test_without_a_competing_end_incidence_is_what_kaplan_meier_says() -> None:
    ours = cumulative_incidence(WEEKS, RELAPSE)
    curve = kaplan_meier(WEEKS, RELAPSE)
    assert ours.value.tolist() == pytest.approx((1 - curve.survival).tolist())
    errors = [share_by(curve, week).standard_error for week in curve.times_s]
    assert ours.standard_error.tolist() == pytest.approx(errors)


def test_incidence_before_the_first_end_is_zero() -> None:
    one = cumulative_incidence([2, 3], [1, 2])
    assert (one.by(1), one.by(2), one.by(99)) == (0, 0.5, 0.5)
    assert cumulative_incidence([], []).by(1) == 0


@pytest.mark.parametrize(
    ("n", "high_s"), [(20, np.inf), (35, np.inf), (36, 3.0), (100, 3.0)]
)
def test_that_all_took_equally_long_is_proof_where_they_are_many(
    n: int, high_s: float
) -> None:
    curve = kaplan_meier([3.0] * n, [True] * n)
    slow = quantile_by(curve, 0.9)
    assert (slow.value, slow.low, slow.high) == (3.0, 3.0, high_s)
    assert quantile_by(curve).high == 3.0
