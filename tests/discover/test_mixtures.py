"""Mixtures of designs: the kinds that were planted are the kinds that are found."""

from __future__ import annotations

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from desirepath.discover.draft import discover_maps
from desirepath.discover.represent import represent
from desirepath.discover.simplify import simplify
from desirepath.discover.way import first_only
from desirepath.events.sequences import IntArray
from desirepath.events.simulate import (
    Design,
    DesignStep,
    Loop,
    SimulatedLog,
    null_world,
    simulate_journey,
    simulate_mixture,
)

ACTIVITIES = [f"does {number:02d}" for number in range(14)]
CASES = 2_000
LEAST_APART = 0.5


def designs_of(count: int, rng: np.random.Generator, *, is_plain: bool) -> list[Design]:
    """Designs that share activities but are at least half different.

    Those that are not plain have a step that three in ten skip, one that two in ten repeat, and a loop.
    """
    found: list[Design] = []
    while len(found) < count:
        names = rng.choice(ACTIVITIES, size=int(rng.integers(5, 9)), replace=False)
        if any(
            Levenshtein.normalized_distance(names.tolist(), list(one.activities))
            < LEAST_APART
            for one in found
        ):
            continue
        middle = len(names) // 2
        steps = tuple(
            DesignStep(
                str(name),
                probability=0.7 if place == middle and not is_plain else 1.0,
                repeat=0.2 if place == 1 and not is_plain else 0.0,
            )
            for place, name in enumerate(names)
        )
        found.append(Design(steps, () if is_plain else (Loop(1, 2, 0.2),)))
    return found


def world(
    kinds: int, seed: int, noise: float, *, is_plain: bool
) -> tuple[list[Design], SimulatedLog]:
    rng = np.random.default_rng([seed, kinds])
    designs = designs_of(kinds, rng, is_plain=is_plain)
    weights = rng.uniform(0.5, 1.5, kinds).tolist()
    return designs, simulate_mixture(designs, weights, CASES, rng, noise=noise)


def adjusted_rand_index(one: IntArray, other: IntArray) -> float:
    """Agreement of two groupings: 1 for the same, 0 for what chance gives (Hubert and Arabie 1985)."""
    table = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(table, (one, other), 1)
    pairs, rows, columns = (
        float((part * (part - 1) / 2).sum())
        for part in (table, table.sum(axis=1), table.sum(axis=0))
    )
    expected = rows * columns / (len(one) * (len(one) - 1) / 2)
    most = (rows + columns) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)


@pytest.mark.truth
@pytest.mark.parametrize("is_plain", [True, False], ids=["plain", "optional and loops"])
@pytest.mark.parametrize(
    "noise",
    [
        0.0,
        pytest.param(0.05, marks=pytest.mark.nightly),
        pytest.param(0.1, marks=pytest.mark.nightly),
        0.3,
    ],
)
def test_planted_kinds_are_found(noise: float, *, is_plain: bool) -> None:
    right, agreement = [], []
    for kinds in range(1, 6):
        for seed in range(2):
            _, log = world(kinds, seed, noise, is_plain=is_plain)
            simple = simplify(log.sequences, min_share=0.02)
            size = len(simple.activities)
            order, offsets = first_only(simple.codes, simple.offsets, size)
            found = represent(order, offsets, size, np.random.default_rng(0))
            right.append(len(found.journeys) == kinds)
            agreement.append(
                adjusted_rand_index(log.design[simple.cases], found.of_case)
            )
            assert found.cases.sum() == found.compared_cases == len(simple.cases)
    assert np.mean(right) >= 0.9
    assert np.mean(agreement) >= 0.9
    assert noise > 0.1 or min(agreement) >= 0.9


@pytest.mark.truth
@pytest.mark.parametrize("is_plain", [True, False], ids=["plain", "optional and loops"])
@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_the_way_found_is_the_way_planted(noise: float, *, is_plain: bool) -> None:
    for kinds in range(1, 6):
        designs, log = world(kinds, 7, noise, is_plain=is_plain)
        discovery = discover_maps(log.sequences)
        ways = [
            [step.events[0].activity for step in one.steps()] for one in discovery.maps
        ]
        for design in designs:
            nearest = min(
                Levenshtein.normalized_distance(list(design.activities), way)
                for way in ways
            )
            assert nearest <= 0.1


@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_the_order_of_the_cases_means_nothing(noise: float) -> None:
    _, log = world(3, 1, noise, is_plain=False)
    order = np.random.default_rng(2).permutation(CASES)
    one = discover_maps(log.sequences)
    other = discover_maps(log.sequences.take(order))
    assert one.to_dict() == other.to_dict()
    assert one.maps == other.maps


def test_customers_who_leave_are_not_another_kind() -> None:
    log = simulate_journey(null_world(), CASES, np.random.default_rng(1)).sequences
    (found,) = discover_maps(log).maps
    assert found.step_ids() == (
        "sees-ad",
        "searches",
        "puts-in-basket",
        "pays",
        "receives",
    )


def test_as_many_kinds_as_asked_for_are_given() -> None:
    _, log = world(3, 1, 0.1, is_plain=True)
    for kinds in (1, 2, 4, 9):
        simple = simplify(log.sequences, min_share=0.02)
        size = len(simple.activities)
        order, offsets = first_only(simple.codes, simple.offsets, size)
        found = represent(order, offsets, size, np.random.default_rng(0), kinds=kinds)
        assert len(found.journeys) == kinds
        assert (np.diff(found.cases) <= 0).all()
        assert set(found.of_case.tolist()) == set(range(kinds))


def test_more_distinct_journeys_than_can_be_compared_are_sampled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("desirepath.discover.represent.MAX_DISTINCT", 100)
    designs, log = world(2, 1, 0.3, is_plain=True)
    discovery = discover_maps(log.sequences, rng=np.random.default_rng(1))
    ways = {
        tuple(step.events[0].activity for step in one.steps()) for one in discovery.maps
    }
    assert ways == {design.activities for design in designs}


def test_representatives_say_how_near_their_cases_are() -> None:
    log = simulate_mixture(
        [Design.of("a", "b", "c", "d")], [1], 100, np.random.default_rng(1)
    )
    simple = simplify(log.sequences, min_share=0.02)
    found = represent(simple.codes, simple.offsets, 4, np.random.default_rng(0))
    assert found.journeys == ((0, 1, 2, 3),)
    assert (found.cases.tolist(), found.near_cases.tolist()) == ([100], [100])
    assert found.median_distance.tolist() == [0]
