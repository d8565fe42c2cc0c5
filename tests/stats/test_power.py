from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desirepath.stats.power import further_cases_mean, further_cases_share
from desirepath.stats.significance import one_sided_mean, one_sided_share


@pytest.mark.parametrize(
    ("hits", "n", "limit"),
    [(30, 100, 0.2), (3, 20, 0.4), (1, 60, 0.05), (90, 100, 0.8)],
)
def test_as_many_further_cases_settle_it_with_the_power_promised(
    hits: int, n: int, limit: float, rng: np.random.Generator
) -> None:
    further = further_cases_share(hits, n, limit)
    assert further is not None
    total = n + further
    found = one_sided_share(rng.binomial(total, hits / n, 20_000), total, limit)
    p = found.p_above if hits / n > limit else found.p_below
    assert 0.79 <= (p <= 0.05).mean() <= 0.90


def test_large_numbers_keep_the_power_too(rng: np.random.Generator) -> None:
    further = further_cases_share(204, 1000, 0.2)
    assert further is not None
    total = 1000 + further
    found = one_sided_share(rng.binomial(total, 0.204, 20_000), total, 0.2)
    assert (found.p_above <= 0.05).mean() == pytest.approx(0.8, abs=0.015)


def test_a_value_at_the_limit_is_never_settled() -> None:
    assert further_cases_share(20, 100, 0.2) is None
    assert further_cases_share(0, 0, 0.2) is None
    assert further_cases_share(5, 10, 1.0) is None
    assert further_cases_share(200_001, 1_000_000, 0.2) is None


def test_enough_cases_need_no_more() -> None:
    assert further_cases_share(900, 1000, 0.2) == 0


def test_a_share_of_zero_needs_the_cases_of_the_rule_of_three() -> None:
    assert further_cases_share(0, 10, 0.05) == 59 - 10  # 0.95^59 ≤ 0.05


@given(st.integers(1, 40), st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_a_stricter_level_needs_no_fewer_cases(
    n: int, share: float, limit: float
) -> None:
    assume(abs(share - limit) > 0.05)
    loose = further_cases_share(share * n, n, limit)
    strict = further_cases_share(share * n, n, limit, alpha=0.005)
    assert loose is not None
    assert strict is not None
    assert strict >= loose


def test_further_values_of_a_mean_give_the_power_asked_for() -> None:
    rng = np.random.default_rng(5)
    further = further_cases_mean(0.3, 1.0, 20, 0.0)
    assert further is not None
    drawn = rng.normal(0.3, 1.0, (4000, 20 + further))
    tests = one_sided_mean_of(drawn)
    assert 0.78 <= (tests <= 0.05).mean() <= 0.83


def one_sided_mean_of(
    drawn: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """p-values of "the mean is above 0", row by row."""
    size = drawn.shape[1]
    return np.array(
        [
            float(one_sided_mean(row.mean(), row.std(ddof=1), size, 0.0).p_above)
            for row in drawn
        ]
    )


def test_a_mean_at_the_limit_or_without_values_is_settled_by_no_number() -> None:
    assert further_cases_mean(0.3, 1.0, 20, 0.3) is None
    assert further_cases_mean(0.3, 1.0, 0, 0.0) is None
    assert further_cases_mean(0.3, 1.0, 20, 0.29999) is None
    assert further_cases_mean(2.0, 1.0, 400, 0.0) == 0
