"""Truth: in 2 000 simulated worlds the intervals hold the truth as often as they say, and tests err as rarely."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import bdtr

from desirepath.stats.arrays import BoolArray, FloatArray, IntArray, floats
from desirepath.stats.clusters import effective_n
from desirepath.stats.intervals import (
    mean_interval,
    median_interval,
    newcombe_difference,
    nps_interval,
    wilson,
)
from desirepath.stats.multiple import benjamini_hochberg
from desirepath.stats.resample import cluster_bootstrap
from desirepath.stats.significance import (
    one_sided_quantile,
    one_sided_share,
    permutation_test,
    two_shares,
)
from desirepath.stats.survival import (
    cumulative_incidence,
    kaplan_meier,
    quantile_by,
    share_by,
)

pytestmark = pytest.mark.truth

WORLDS = 2_000
LOW, HIGH = 0.93, 0.97


def binomial_mass(n: int, p: float) -> FloatArray:
    upto = bdtr(np.arange(n + 1, dtype=float), n, p)
    return floats(np.diff(upto, prepend=0.0))


def wilson_coverage(n: int, p: float) -> float:
    ends = wilson(np.arange(n + 1), n)
    held = (ends.low <= p) & (p <= ends.high)
    return float(binomial_mass(n, p)[held].sum())


def test_shares_are_covered_on_average_over_all_shares() -> None:
    for n in (10, 30, 100, 1000):
        coverage = np.mean([wilson_coverage(n, p) for p in np.arange(0.005, 1, 0.005)])
        assert LOW <= coverage <= HIGH


def test_a_share_of_one_percent_of_thirty_cases_is_covered_by_96_percent() -> None:
    # exact, not simulated: 0 or 1 hit hold the truth, 2 or more do not
    assert wilson_coverage(30, 0.01) == pytest.approx(0.9639, abs=1e-4)


def test_no_share_from_one_percent_on_is_covered_below_89_percent() -> None:
    # a binomial interval has dips; Brown, Cai and DasGupta 2001 show the same for Wilson's
    worst = min(wilson_coverage(30, p) for p in np.arange(0.01, 0.995, 0.001))
    assert worst > 0.89


def test_differences_are_covered(rng: np.random.Generator) -> None:
    for n1, p1, n2, p2 in (
        (40, 0.3, 60, 0.5),
        (30, 0.1, 30, 0.05),
        (500, 0.01, 300, 0.02),
    ):
        a, b = rng.binomial(n1, p1, WORLDS), rng.binomial(n2, p2, WORLDS)
        ends = newcombe_difference(a, n1, b, n2)
        held = (ends.low <= p1 - p2) & (p1 - p2 <= ends.high)
        # with few cases and rare hits Newcombe's interval is wider than it need be
        assert LOW <= held.mean() <= 0.985


def test_medians_and_p90_are_covered(rng: np.random.Generator) -> None:
    for n, q, truth in ((30, 0.5, np.log(2)), (1000, 0.9, np.log(10))):
        held = 0
        for values in rng.exponential(1, (WORLDS, n)):
            one = median_interval(values, q)
            held += one.low <= truth <= one.high
        assert LOW <= held / WORLDS <= HIGH


def test_means_are_covered(rng: np.random.Generator) -> None:
    for n in (12, 20, 40):
        held = 0
        for values in rng.normal(3, 1, (WORLDS, n)):
            one = mean_interval(values, rng, resamples=800)
            held += one.low <= 3 <= one.high
        assert LOW <= held / WORLDS <= HIGH


def test_net_promoter_scores_are_covered(rng: np.random.Generator) -> None:
    for n, shares in (
        (30, (0.1, 0.2, 0.7)),
        (100, (0.3, 0.3, 0.4)),
        (50, (0.02, 0.08, 0.9)),
    ):
        d, c, p = rng.multinomial(n, shares, WORLDS).T
        ends = nps_interval(d, c, p)
        truth = 100 * (shares[2] - shares[0])
        coverage = np.mean((ends.low <= truth) & (truth <= ends.high))
        assert LOW <= coverage <= 0.975


def clustered_hits(
    rng: np.random.Generator, customers: int, share: float, alike: float
) -> tuple[BoolArray, IntArray]:
    """Hits of cases whose customers have 1 to 8 of them, with intra-class correlation `alike`."""
    size = rng.integers(1, 9, customers)
    weight = (1 - alike) / alike
    chance = rng.beta(share * weight, (1 - share) * weight, customers)
    cluster = np.repeat(np.arange(customers), size)
    return rng.random(len(cluster)) < chance[cluster], cluster


def test_shares_of_clustered_cases_are_covered(rng: np.random.Generator) -> None:
    for customers, share, alike in ((40, 0.3, 0.5), (200, 0.1, 0.3), (300, 0.03, 0.3)):
        held = plain = above = below = 0
        for _ in range(WORLDS):
            hits, cluster = clustered_hits(rng, customers, share, alike)
            n = effective_n(hits, cluster)
            one = wilson(hits.mean() * n, n)
            held += bool(one.low <= share <= one.high)
            naive = wilson(hits.sum(), len(hits))
            plain += bool(naive.low <= share <= naive.high)
            test = one_sided_share(hits.mean() * n, n, share)
            above += bool(test.p_above <= 0.05)
            below += bool(test.p_below <= 0.05)
        assert LOW <= held / WORLDS <= HIGH
        assert (
            plain / WORLDS < held / WORLDS - 0.03
        )  # what leaving the customers out would do


def test_effective_numbers_cost_nothing_where_cases_are_independent(
    rng: np.random.Generator,
) -> None:
    ratio = []
    for _ in range(200):
        cluster = np.repeat(np.arange(300), rng.integers(1, 5, 300))
        ratio.append(
            effective_n(rng.random(len(cluster)) < 0.3, cluster) / len(cluster)
        )
    assert 0.93 < np.mean(ratio) <= 1


def test_ratios_by_the_cluster_bootstrap_are_covered(rng: np.random.Generator) -> None:
    held = 0
    worlds = 500
    for _ in range(worlds):
        hits, cluster = clustered_hits(rng, 150, 0.3, 0.4)
        totals = np.stack([np.bincount(cluster, hits), np.bincount(cluster)], axis=1)
        one = cluster_bootstrap(
            totals.astype(float),
            lambda sums: sums[:, 0] / sums[:, 1],
            rng,
            resamples=300,
        )
        held += one.low <= 0.3 <= one.high
    assert LOW - 0.01 <= held / worlds <= HIGH


def test_times_with_a_third_of_cases_open_are_covered(rng: np.random.Generator) -> None:
    median, p_by = np.log(2), 1 - np.exp(-1)
    for n in (40, 150):
        held = shares = above = below = 0
        for _ in range(WORLDS):
            event = rng.exponential(1, n)
            cut = rng.exponential(7 / 3, n)  # censors 30 %
            curve = kaplan_meier(np.minimum(event, cut), event <= cut)
            one = quantile_by(curve)
            held += one.low <= median < one.high
            by = share_by(curve, 1.0)
            shares += by.low <= p_by <= by.high
            test = one_sided_quantile(curve, 0.5, median)
            above += bool(test.p_above <= 0.05)
            below += bool(test.p_below <= 0.05)
        assert LOW <= held / WORLDS <= HIGH
        assert LOW <= shares / WORLDS <= HIGH + 0.01
        assert max(above, below) / WORLDS <= 0.06


def test_incidences_with_a_competing_end_are_covered(rng: np.random.Generator) -> None:
    n, held = 100, 0
    truth = 2 / 3 * (1 - np.exp(-1.5))
    for _ in range(WORLDS):
        ends = rng.exponential((1.0, 2.0, 3.0), (n, 3))
        cause = np.array([1, 2, 0])[ends.argmin(axis=1)]
        one = cumulative_incidence(ends.min(axis=1), cause)
        at = int(np.searchsorted(one.times_s, 1.0, side="right")) - 1
        held += bool(one.low[at] <= truth <= one.high[at])
    assert LOW <= held / WORLDS <= HIGH


def test_a_true_share_at_the_limit_is_called_different_at_most_as_often_as_said() -> (
    None
):
    # exact for each n and share: the sum over all outcomes that would be called a finding
    for n in (10, 12, 30, 100, 500):
        test_at = np.arange(n + 1)
        for p in (0.01, 0.02, 0.05, 0.2, 0.5, 0.8, 0.99):
            one = one_sided_share(test_at, n, p)
            mass = binomial_mass(n, p)
            assert mass[one.p_above <= 0.05].sum() <= 0.05 + 1e-12
            assert mass[one.p_below <= 0.05].sum() <= 0.05 + 1e-12


def test_equal_groups_are_called_different_at_most_as_often_as_said(
    rng: np.random.Generator,
) -> None:
    for n1, n2, p in ((50, 80, 0.1), (300, 1000, 0.02), (30, 30, 0.5)):
        a, b = rng.binomial(n1, p, 20_000), rng.binomial(n2, p, 20_000)
        errs = (two_shares(a, n1, b, n2) <= 0.05).mean()
        assert errs <= 0.065
    wrong = sum(
        permutation_test(rng.normal(size=8), rng.normal(size=12), rng, permutations=199)
        <= 0.05
        for _ in range(1000)
    )
    assert 0.03 <= wrong / 1000 <= 0.07


def test_reports_without_any_difference_carry_findings_at_most_as_often_as_said(
    rng: np.random.Generator,
) -> None:
    found = [(benjamini_hochberg(p) <= 0.05).any() for p in rng.random((WORLDS, 40))]
    assert np.mean(found) <= 0.065
