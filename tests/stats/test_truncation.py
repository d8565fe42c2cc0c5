"""Times of arrivals: late starts, open cases and leavers do not bias them."""

from __future__ import annotations

import numpy as np
import pytest

from desirepath.stats.survival import kaplan_meier, quantile_by, share_by
from desirepath.stats.truncation import arrival_curve


def test_where_all_were_followed_for_long_it_is_the_plain_curve(
    rng: np.random.Generator,
) -> None:
    waits = rng.integers(1, 20, 60)
    curve = arrival_curve(waits, np.full(60, 99))
    plain = kaplan_meier(waits, np.ones(60, dtype=np.bool_))
    np.testing.assert_allclose(curve.survival, plain.survival, atol=1e-12)
    np.testing.assert_array_equal(curve.times_s, plain.times_s)
    np.testing.assert_allclose(curve.greenwood[:-1], plain.greenwood[:-1])
    assert quantile_by(curve, 0.5) == quantile_by(plain, 0.5)


def test_it_is_the_product_over_later_times(rng: np.random.Generator) -> None:
    waits = rng.integers(1, 9, 30).astype(float)
    followed = waits + rng.integers(0, 9, 30)
    curve = arrival_curve(waits, followed)
    for time, still in zip(curve.times_s, curve.survival, strict=True):
        share = 1.0
        for later in sorted(set(waits[waits > time])):
            compared = sum(
                wait <= later <= limit
                for wait, limit in zip(waits, followed, strict=True)
            )
            share *= 1 - (waits == later).sum() / compared
        assert 1 - still == pytest.approx(share)


def test_nobody_arrives() -> None:
    curve = arrival_curve([], [])
    assert curve.n == 0
    assert np.isnan(quantile_by(curve).value)


@pytest.mark.truth
@pytest.mark.parametrize("window", [20.0, 90.0])
def test_intervals_hold_the_median_while_watching_goes_on(
    rng: np.random.Generator, window: float
) -> None:
    held = 0
    for _ in range(2_000):
        followed = rng.uniform(0, window, 400)
        waits = 2 * np.exp(0.8 * rng.standard_normal(400))
        # four in ten never come, and who would come too late is not seen
        seen = (rng.random(400) < 0.6) & (waits <= followed)
        curve = arrival_curve(waits[seen], followed[seen])
        one = quantile_by(curve, 0.5)
        held += one.low <= 2 <= one.high
        assert share_by(curve, 2).value > 0
    assert 0.93 <= held / 2_000 <= 0.97
