"""Where nothing differs, each reading of `analyze` says so in 19 of 20 worlds."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from scipy.stats import binom
from tests.truth.analysis_rates import (
    OWN_WORLD,
    WORDS_ONLY,
    counted_where_nothing_happens,
    loud,
)
from tests.truth.analysis_worlds import Plant
from tests.truth.conftest import CHANCE

from desirepath.analyze.reading import ANALYSES

pytestmark = pytest.mark.truth

WORLDS = 24
READINGS = len(ANALYSES) - len(OWN_WORLD)


def too_loud(found: Counter[str], worlds: int) -> dict[str, int]:
    """Readings beyond what all of them together exceed once in a thousand times; and all of them."""
    most = binom.ppf(1 - CHANCE / READINGS, worlds, 0.05)
    loud_ones = {name: count for name, count in found.items() if count > most}
    if found.total() > binom.ppf(1 - CHANCE, worlds * READINGS, 0.05):
        loud_ones["all readings together"] = found.total()
    return loud_ones


def test_a_reading_says_nothing_of_what_does_not_differ() -> None:
    found = loud(WORLDS, np.random.default_rng(4))
    assert len(found) == READINGS
    assert not too_loud(found, WORLDS)


@pytest.mark.nightly
def test_errors_and_returns_that_mean_nothing_are_no_reason() -> None:
    idle = {**WORDS_ONLY, "basket": Plant(back=0.2), "pay": Plant(error=0.1)}
    found = loud(WORLDS, np.random.default_rng(5), plants=idle)
    # who goes on has got through a step that who goes back has still to get through: that is true
    del found["choice_of_way"]
    assert not too_loud(found, WORLDS)


@pytest.mark.nightly
def test_customers_of_several_cases_are_not_taken_for_several_customers() -> None:
    found = loud(WORLDS, np.random.default_rng(6), each=3, alike=0.4)
    assert not too_loud(found, WORLDS)


@pytest.mark.nightly
def test_weeks_that_are_alike_are_not_told_apart() -> None:
    found = loud(WORLDS // 2, np.random.default_rng(7), every="week")
    assert not too_loud(found, WORLDS // 2)


def test_what_does_not_happen_is_not_counted() -> None:
    assert not counted_where_nothing_happens(4, np.random.default_rng(8))
