"""The worst stretch against SciPy's test of Fisher, and what must not be called one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from desirepath.stats.stretches import worst_stretch

FLAT = [40.0] * 8


def test_the_p_value_is_that_of_fisher_times_the_stretches_looked_at() -> None:
    hits = [4.0, 4, 4, 22, 4, 4, 4, 4]
    found = worst_stretch(hits, FLAT, [8] * 8, [80] * 8, least=30)
    assert found is not None
    assert (found.start, found.end) == (3, 4)
    base_n = int(np.ceil(found.expected_n))
    base = int(np.ceil(found.expected * found.expected_n))
    table = np.array([[22, 40 - 22], [base, base_n - base]])
    fisher = stats.fisher_exact(table, alternative="greater").pvalue
    # eight spans: eight stretches of one, seven of two, six of three, five of four
    assert found.tried == 26
    assert found.p == pytest.approx(2 * 26 * fisher)


def test_expected_is_the_largest_of_what_could_explain_it() -> None:
    # others rise from 10 % to 30 % in the same weeks, the group from 20 %: points say 40 %, odds more
    hits = [8.0, 8, 8, 30, 30, 8, 8, 8]
    others = [8.0, 8, 8, 24, 24, 8, 8, 8]
    found = worst_stretch(hits, FLAT, others, [80] * 8, least=30)
    assert found is not None
    own, then, other = 48.5 / 241, 48.5 / 161, 48.5 / 481
    odds = own / (1 - own) * then / (1 - then) / (other / (1 - other))
    assert (found.start, found.end) == (3, 5)
    assert found.expected == pytest.approx(odds / (1 + odds))
    assert found.expected > own + then - other


@pytest.mark.parametrize(
    ("hits", "others"),
    [
        ([20.0] * 8, [8.0] * 8),  # always worse
        ([4.0, 4, 4, 20, 20, 4, 4, 4], [8.0, 8, 8, 40, 40, 8, 8, 8]),  # all are
        ([4.0, 4, 4, 0, 0, 4, 4, 4], [8.0] * 8),  # better for once
        ([0.0] * 8, [0.0] * 8),
        ([40.0] * 8, [80.0] * 8),
    ],
)
def test_what_others_or_other_weeks_explain_is_no_bad_stretch(
    hits: list[float], others: list[float]
) -> None:
    found = worst_stretch(hits, FLAT, others, [80] * 8, least=30)
    assert found is not None
    assert found.p == 1.0


def test_stretches_with_too_few_cases_are_not_looked_at() -> None:
    hits, n = [0.0, 9, 0, 0], [10.0, 10, 10, 100]
    assert worst_stretch(hits, n, [1] * 4, [9] * 4, least=30) is None
    found = worst_stretch(hits, n, [1] * 4, [40] * 4, least=30)
    assert found is not None
    # at most half the time and thirty cases in and out: none of the three small spans alone
    assert (found.start, found.end, found.tried) == (3, 4, 1)


@pytest.mark.truth
@pytest.mark.parametrize("share", [0.02, 0.2, 0.5])
def test_the_worst_of_all_stretches_is_rarely_called_significant(share: float) -> None:
    rng, worlds, wrong = np.random.default_rng(5), 400, 0
    n, others = np.full(26, 20), np.full(26, 40)
    for _ in range(worlds):
        found = worst_stretch(
            rng.binomial(n, share), n, rng.binomial(others, share), others, least=30
        )
        wrong += found is not None and found.p <= 0.05
    # a test that errs in 5 % of worlds fails this once in a thousand times
    assert wrong <= stats.binom.ppf(0.999, worlds, 0.05)
