"""Bounds of rates seen in simulated worlds, so that the chance to fail a right program is known."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from scipy.stats import binom

CHANCE = 0.001  # that a program exactly as good as promised misses a bound


@pytest.fixture
def fewest() -> Callable[[int, float], int]:
    """Function of (worlds, promised rate): hits that a program at that rate misses once in a thousand times."""
    return lambda worlds, rate: int(binom.ppf(CHANCE, worlds, rate))


@pytest.fixture
def most() -> Callable[[int, float], int]:
    """Function of (worlds, promised rate): hits that a program at that rate exceeds once in a thousand times."""
    return lambda worlds, rate: int(binom.ppf(1 - CHANCE, worlds, rate))
