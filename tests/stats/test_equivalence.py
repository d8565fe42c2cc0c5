from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirepath.stats.equivalence import equivalent


@given(st.floats(-0.2, 0.2), st.floats(0.001, 0.2), st.integers(2, 5_000))
def test_it_does_not_matter_in_which_direction_an_effect_points(
    effect: float, error: float, degrees: int
) -> None:
    p = float(equivalent(effect, error, degrees, 0.05))
    assert p == pytest.approx(float(equivalent(-effect, error, degrees, 0.05)))
    assert 0 <= p <= 1


def test_an_effect_as_large_as_the_margin_has_half_a_chance() -> None:
    assert float(equivalent(0.05, 1e-4, 500, 0.05)) == pytest.approx(0.5)


def test_too_little_data_shows_nothing() -> None:
    assert equivalent([0.0, 0.0], [0.0, 0.01], [100, 0], 0.05).tolist() == [1.0, 1.0]


@pytest.mark.truth
def test_a_difference_as_large_as_the_margin_is_called_equivalent_in_a_twentieth_of_the_worlds(
    rng: np.random.Generator,
) -> None:
    worlds, n = 4_000, 2_000
    one, two = rng.binomial(n, 0.3, worlds), rng.binomial(n, 0.35, worlds)
    share1, share2 = one / n, two / n
    error = np.sqrt(share1 * (1 - share1) / n + share2 * (1 - share2) / n)
    called = equivalent(share2 - share1, error, 2 * n - 2, 0.05) <= 0.05
    assert called.mean() == pytest.approx(0.05, abs=0.012)
