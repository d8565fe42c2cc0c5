"""What is planted for each reading of `analyze` is told in the reading that is about it, at the right place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from tests.truth.analysis_rates import OWN_WORLD, drop_off_held, helped, told
from tests.truth.analysis_things import SCENES, Scene

from desirepath.analyze.reading import ANALYSES

pytestmark = pytest.mark.truth

WORLDS = 12
Bound = Callable[[int, float], int]


def test_something_is_planted_for_every_reading() -> None:
    planted = {one.section for scene in SCENES for one in scene.things}
    readings = {getattr(one, "__name__", "") for one in ANALYSES}
    assert planted | set(OWN_WORLD) == readings


# scenes much like another one of those that every change runs
NIGHTLY = {
    "moods by step",
    "moods that last",
    "moods by kind",
    "weekdays",
    "to and fro",
}


@pytest.mark.parametrize(
    "scene",
    [
        pytest.param(
            one,
            id=one.name,
            marks=[pytest.mark.nightly] if one.name in NIGHTLY else [],
        )
        for one in SCENES
    ],
)
def test_what_is_planted_is_told_at_the_right_place(
    scene: Scene, fewest: Bound
) -> None:
    found = told(scene, WORLDS, np.random.default_rng(20_261_122))
    missed = {
        one.what: found[one]
        for one in scene.things
        if found[one] < fewest(WORLDS, one.rate)
    }
    assert not missed


def test_shares_that_leave_lie_in_their_intervals(fewest: Bound, most: Bound) -> None:
    for one in drop_off_held(WORLDS, np.random.default_rng(1)).values():
        assert fewest(one.asked, 0.95) <= one.held <= most(one.asked, 0.95)


def test_a_step_that_helps_is_told_and_one_that_does_not_is_seldom(
    fewest: Bound, most: Bound
) -> None:
    rng, worlds = np.random.default_rng(2), 60
    helping = Counter(code for _ in range(worlds) for code in helped(0.1, 1_500, rng))
    idle = Counter(code for _ in range(worlds) for code in helped(0.0, 1_500, rng))
    assert helping["A801"] >= fewest(worlds, 0.9)
    assert idle["A801"] + idle["A802"] <= most(worlds, 0.05)


def test_a_step_without_effect_is_told_as_one_that_may_be_unnecessary(
    fewest: Bound, most: Bound
) -> None:
    rng, worlds = np.random.default_rng(3), 60
    idle = sum("A201" in helped(0.0, 6_000, rng) for _ in range(worlds))
    # the smallest effect that matters is five points
    helping = sum("A201" in helped(0.05, 6_000, rng) for _ in range(worlds))
    assert idle >= fewest(worlds, 0.9)
    assert helping <= most(worlds, 0.05)
