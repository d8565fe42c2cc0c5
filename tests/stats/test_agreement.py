"""Balanced accuracy and paired differences, against scikit-learn and simulated pairs."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import balanced_accuracy_score, precision_recall_fscore_support

from desirepath.stats.agreement import (
    balanced_accuracy,
    balanced_difference,
    sorted_well,
)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20_260_502)


def test_accuracy_is_that_of_scikit_learn(rng: np.random.Generator) -> None:
    truth, called = rng.integers(0, 3, 300), rng.integers(0, 3, 300)
    ours = balanced_accuracy((truth == called).astype(float), truth)
    assert ours == pytest.approx(balanced_accuracy_score(truth, called))


def test_precision_and_recall_are_those_of_scikit_learn(
    rng: np.random.Generator,
) -> None:
    truth, called = rng.random(300) < 0.3, rng.random(300) < 0.4
    ours = sorted_well(called, truth)
    theirs = precision_recall_fscore_support(truth, called, average="binary")
    assert (ours.precision, ours.recall, ours.f1) == pytest.approx(theirs[:3])


def test_the_interval_of_a_difference_holds_the_truth(rng: np.random.Generator) -> None:
    held, worlds = 0, 1_000
    for _ in range(worlds):
        kinds = np.repeat([-1, 1], [60, 240])
        shared = rng.random(300)
        first, second = (
            shared < 0.8,
            np.where(rng.random(300) < 0.3, rng.random(300), shared) < 0.7,
        )
        one = balanced_difference(first, second, kinds)
        held += one.low <= 0.1 <= one.high
    assert 0.93 <= held / worlds <= 0.97


def test_too_few_pairs_bound_nothing() -> None:
    one = balanced_difference([1.0, 0.0], [0.0, 0.0], [1, -1])
    assert np.isnan(one.value)
    assert (one.low, one.high) == (-np.inf, np.inf)
    assert np.isnan(balanced_accuracy([], []))
