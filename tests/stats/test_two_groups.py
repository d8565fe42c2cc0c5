"""Differences of two groups against SciPy, against each other, and over simulated worlds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from desirepath.stats.mix import mix_and_within
from desirepath.stats.sequential import always_valid
from desirepath.stats.two_groups import (
    effect_of_shares,
    end_differences,
    mean_differences,
    overlapping_difference,
    seen_at_least,
    share_differences,
)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20_260_601)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ((20.5, 2.3, 40), (22.1, 3.1, 35)),
        ((0.0, 1.0, 5), (1.0, 4.0, 300)),
        ((-1.5, 0.2, 12), (-1.4, 0.9, 12)),
    ],
)
def test_means_agree_with_welch_in_scipy(
    one: tuple[float, float, int], two: tuple[float, float, int]
) -> None:
    ours = mean_differences(*one, *two)
    theirs = stats.ttest_ind_from_stats(*two, *one, equal_var=False)
    assert float(ours.p) == pytest.approx(float(theirs.pvalue), rel=1e-10)
    assert float(ours.value / ours.error) == pytest.approx(float(theirs.statistic))


def test_the_interval_of_means_is_that_of_scipy(rng: np.random.Generator) -> None:
    first, second = rng.normal(0, 1, 40), rng.normal(0.5, 3, 25)
    theirs = stats.ttest_ind(second, first, equal_var=False).confidence_interval()
    ours = mean_differences(
        first.mean(), first.std(ddof=1), 40, second.mean(), second.std(ddof=1), 25
    )
    ends = [float(ours.low), float(ours.high)]
    assert ends == pytest.approx([theirs.low, theirs.high])


@pytest.mark.parametrize("table", [(0, 8, 5, 9), (1, 30, 6, 25), (3, 4, 1, 40)])
def test_few_cases_are_tested_as_fisher_does(table: tuple[int, int, int, int]) -> None:
    k1, n1, k2, n2 = table
    counts = np.array([[k1, n1 - k1], [k2, n2 - k2]])
    tails = [
        stats.fisher_exact(counts, alternative=side).pvalue
        for side in ("less", "greater")
    ]
    ours = share_differences(k1, n1, k2, n2)
    assert float(ours.p) == pytest.approx(min(1.0, 2 * min(tails)))


def test_many_cases_are_tested_as_the_corrected_chi_square() -> None:
    counts = np.array([[300, 700], [360, 640]])
    plain = stats.chi2_contingency(counts, correction=False).statistic
    p = stats.chi2.sf(plain * 1999 / 2000, 1)
    assert float(share_differences(300, 1000, 360, 1000).p) == pytest.approx(p)


def test_an_empty_group_tells_nothing() -> None:
    none = share_differences(0, 0, 5, 10)
    assert np.isnan(none.p)
    assert np.isnan(mean_differences(1, 1, 1, 2, 1, 30).p)


def test_from_symmetric_ends_the_test_is_the_normal_one() -> None:
    half = 1.959964
    found = end_differences((0, -half, half), (3, 3 - half, 3 + half))
    assert float(found.error) == pytest.approx(np.sqrt(2), rel=1e-5)
    assert float(found.p) == pytest.approx(2 * stats.norm.sf(3 / np.sqrt(2)), rel=1e-4)


def test_an_unbounded_end_towards_the_other_side_tells_nothing() -> None:
    found = end_differences((10, 8, np.inf), (20, 18, 22))
    assert found.p == 1.0
    assert found.low == -np.inf
    assert np.isfinite(found.high)
    # the end that looks away does not matter
    assert end_differences((10, -np.inf, 12), (20, 18, 22)).p < 0.001


def test_what_would_have_been_seen_is_seen_in_four_of_five_worlds(
    rng: np.random.Generator,
) -> None:
    n, share = 1000, 0.3
    size = float(seen_at_least(np.sqrt(2 * share * 0.7 / n), 0.01))
    first = rng.binomial(n, share, 4000)
    second = rng.binomial(n, share + size, 4000)
    found = (share_differences(first, n, second, n).p <= 0.01).mean()
    assert found == pytest.approx(0.8, abs=0.03)


@pytest.mark.parametrize(("share", "n"), [(0.3, 200), (0.02, 400), (0.5, 40)])
def test_equal_shares_differ_as_rarely_as_the_level_says(
    share: float, n: int, rng: np.random.Generator
) -> None:
    first, second = rng.binomial(n, share, (2, 20_000))
    p = share_differences(first, n, second, n).p
    # counts are whole, so the level is met only about: at n = 40 it is 5.8 %
    assert (p <= 0.05).mean() <= 0.06
    # false-discovery control asks far out in the tail
    assert (p <= 0.001).mean() <= 0.0016


def test_cohens_h_is_alike_for_opposite_shares() -> None:
    assert effect_of_shares(0.1, 0.3) == pytest.approx(-effect_of_shares(0.9, 0.7))


def test_the_two_parts_of_a_change_add_up(rng: np.random.Generator) -> None:
    cases = rng.integers(5, 500, (2, 6))
    hits = rng.binomial(cases, rng.uniform(0, 1, (2, 6)))
    found = mix_and_within(hits[0], cases[0], hits[1], cases[1])
    change = hits[1].sum() / cases[1].sum() - hits[0].sum() / cases[0].sum()
    assert found.mix + found.within == pytest.approx(change)


def test_a_segment_of_one_side_only_is_mix() -> None:
    found = mix_and_within([50, 0], [100, 0], [50, 90], [100, 100])
    assert found.within == 0.0
    assert found.mix == pytest.approx(0.2)
    assert found.overlap == 0.5


def test_the_interval_within_holds_the_truth(rng: np.random.Generator) -> None:
    worlds, held = 2000, 0
    share = np.array([[0.1, 0.5, 0.7], [0.15, 0.5, 0.6]])
    weight = np.array([[0.5, 0.3, 0.2], [0.3, 0.4, 0.3]])
    truth = float(((share[1] - share[0]) * weight.mean(axis=0)).sum())
    for _ in range(worlds):
        cases = [rng.multinomial(1000, one) for one in weight]
        hits = [rng.binomial(cases[side], share[side]) for side in (0, 1)]
        found = mix_and_within(hits[0], cases[0], hits[1], cases[1])
        held += found.low <= truth <= found.high
    assert 0.93 <= held / worlds <= 0.97


def test_looking_again_and_again_raises_few_false_alarms(
    rng: np.random.Generator,
) -> None:
    # fifty looks at two equal shares, a hundred cases a side between them
    worlds, looks, step = 2000, 50, 100
    hits = rng.binomial(step, 0.3, (2, worlds, looks)).cumsum(axis=2)
    n = step * np.arange(1, looks + 1)
    found = share_differences(hits[0], n, hits[1], n)
    watched = always_valid(found.value, found.error, scale=0.05)
    assert (watched.p <= 0.05).any(axis=1).mean() <= 0.05
    misses = (watched.low > 0) | (watched.high < 0)
    assert misses.any(axis=1).mean() <= 0.05
    # an ordinary test cries wolf in a third of the worlds
    assert (found.p <= 0.05).any(axis=1).mean() > 0.3


def test_a_watched_difference_is_found_in_the_end(rng: np.random.Generator) -> None:
    worlds, n = 1000, 4000
    hits = rng.binomial(n, 0.3, worlds), rng.binomial(n, 0.35, worlds)
    found = share_differences(hits[0], n, hits[1], n)
    watched = always_valid(found.value, found.error, scale=0.05)
    assert (watched.p <= 0.05).mean() >= 0.9


def test_groups_that_overlap_wholly_or_not_at_all_agree_with_scipy(
    rng: np.random.Generator,
) -> None:
    one = rng.normal(0.0, 1.0, 40)
    two = 0.5 * one + rng.normal(0.3, 1.5, 40)
    paired = overlapping_difference(one, two, (one, two))
    assert float(paired.p) == pytest.approx(stats.ttest_rel(two, one).pvalue)
    ends = stats.ttest_rel(two, one).confidence_interval()
    assert (float(paired.low), float(paired.high)) == pytest.approx((ends.low, ends.high))  # fmt: skip
    apart = overlapping_difference(one, two[:25], ([], []))
    welch = stats.ttest_ind(two[:25], one, equal_var=False)
    assert float(apart.p) == pytest.approx(welch.pvalue)


@pytest.mark.truth
@pytest.mark.parametrize("correlation", [-0.6, 0.0, 0.5])
def test_intervals_of_groups_that_overlap_hold_the_truth(
    correlation: float, rng: np.random.Generator
) -> None:
    worlds, held, width = 1_000, 0, 0.0
    for _ in range(worlds):
        both = rng.normal(size=(2, 30))
        both[1] = correlation * both[0] + np.sqrt(1 - correlation**2) * both[1]
        one = np.concatenate([both[0], rng.normal(size=70)])
        two = 0.3 + np.concatenate([both[1], rng.normal(size=150)])
        found = overlapping_difference(one, two, (both[0], 0.3 + both[1]))
        held += bool(found.low <= 0.3 <= found.high)
        width += float(found.high - found.low) / worlds
    # bounds that a right program fails once in a thousand times
    assert stats.binom.ppf(0.0005, worlds, 0.95) <= held
    assert held <= stats.binom.ppf(0.9995, worlds, 0.95)
    # narrower than the pairs alone, as long as these are not very alike
    assert width < 0.75 * 2 * 1.96 * np.sqrt(2 * (1 - correlation) / 30)
