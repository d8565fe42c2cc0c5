from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirepath.stats.arrays import FloatArray
from desirepath.stats.drivers import (
    MAX_EXACT,
    drivers,
    lmg,
    penalty_reward,
    relative_weights,
)


def correlations(count: int, seed: int) -> FloatArray:
    rng = np.random.default_rng(seed)
    data = rng.normal(size=(60, count + 1)) + rng.normal(size=(60, 1))
    return np.asarray(np.corrcoef(data, rowvar=False))


def r2(matrix: FloatArray) -> float:
    inner, outer = matrix[:-1, :-1], matrix[:-1, -1]
    return float(outer @ np.linalg.solve(inner, outer))


@given(st.integers(1, 6), st.integers(0, 10_000))
def test_shares_add_up_to_what_is_explained(count: int, seed: int) -> None:
    matrix = correlations(count, seed)
    for rule in (lmg, relative_weights):
        shares = rule(matrix)
        assert shares.sum() == pytest.approx(r2(matrix), abs=1e-9)
        assert (shares >= -1e-9).all()


def test_two_equal_drivers_share_equally() -> None:
    matrix = np.array([[1, 0.99, 0.5], [0.99, 1, 0.5], [0.5, 0.5, 1]])
    first, second = lmg(matrix)
    assert first == pytest.approx(second)


def test_a_driver_that_another_tells_entirely_breaks_nothing() -> None:
    matrix = np.array([[1, 1.0, 0.5], [1.0, 1, 0.5], [0.5, 0.5, 1]])
    assert lmg(matrix).tolist() == pytest.approx([0.125, 0.125])


def test_many_drivers_are_weighed_by_relative_weights(rng: np.random.Generator) -> None:
    values = rng.normal(size=(400, MAX_EXACT + 1))
    outcome = values[:, 0] + rng.normal(size=400)
    found = drivers(values, outcome, np.arange(400), rng, resamples=20)
    assert found.method == "relative weights"
    assert found.share.argmax() == 0
    assert found.share[0] == pytest.approx(0.5, abs=0.08)


def test_basics_and_delights_are_told_apart(rng: np.random.Generator) -> None:
    was = rng.choice([-2.0, -1.0, 0.0, 1.0, 2.0], 3_000)
    basic = np.minimum(was, 0) + rng.normal(size=3_000)
    delight = np.maximum(was, 0) + rng.normal(size=3_000)
    for outcome, harms, wins in ((basic, True, False), (delight, False, True)):
        found = penalty_reward(was, outcome, np.arange(3_000), low=-0.5, high=0.5)
        assert (found.penalty.high < -1) is harms
        assert (found.reward.low > 1) is wins


@pytest.mark.truth
def test_intervals_of_drivers_hold_the_truth(rng: np.random.Generator) -> None:
    # two related drivers of known correlation; their true shares by lmg of the true matrix
    truth = np.array([[1, 0.4, 0.6], [0.4, 1, 0.4], [0.6, 0.4, 1.0]])
    wanted = lmg(truth)
    root = np.linalg.cholesky(truth)
    held = np.zeros(2)
    for _ in range(300):
        data = rng.normal(size=(300, 3)) @ root.T
        found = drivers(data[:, :2], data[:, 2], np.arange(300), rng)
        held += (found.low <= wanted) & (wanted <= found.high)
    assert ((held / 300 >= 0.91) & (held / 300 <= 0.98)).all()
