"""Worlds: shares that follow from the plan are those that are drawn."""

from __future__ import annotations

import numpy as np
import pytest

from desirepath.events.sequences import Sequences
from desirepath.events.simulate import (
    PlantedStep,
    Shown,
    World,
    null_world,
    simulate_journey,
)

SHOP = World(
    (
        PlantedStep("looks", shows=(Shown("finds nothing", 0.3, go_on=0.4),)),
        PlantedStep("orders", go_on=0.8, skip=0.2, channels={"app": 0.25, "web": 0.75}),
        PlantedStep("pays", go_on=0.7, skip=0.1, typical_s=7200.0, repeat=0.15),
        PlantedStep("receives", go_on=0.9),
    ),
    leaving="leaves",
    elsewhere={"reads magazine": 0.1},
)


def has(sequences: Sequences, activity: str, channel: str | None = None) -> np.ndarray:
    """bool[n_cases], which cases show an activity."""
    meant = np.array(
        [
            name == activity and channel in (None, via)
            for name, via in zip(sequences.activities, sequences.channels, strict=True)
        ]
    )
    hits = sequences.case_index()[meant[sequences.codes]]
    return np.bincount(hits, minlength=sequences.case_count) > 0


def test_reach_is_what_follows_from_the_plan() -> None:
    log = simulate_journey(SHOP, 50_000, np.random.default_rng(1))
    seen = [has(log.sequences, step.activity).mean() for step in SHOP.steps]
    np.testing.assert_allclose(seen, SHOP.planted().reach, atol=0.01)
    np.testing.assert_array_equal(log.done.mean(axis=0), seen)


def test_goal_shares_are_what_follows_from_the_plan() -> None:
    log = simulate_journey(SHOP, 50_000, np.random.default_rng(1))
    seen = [log.done[log.done[:, step], -1].mean() for step in range(4)]
    np.testing.assert_allclose(seen, SHOP.planted().goal_from, atol=0.01)


def test_moves_are_what_follows_from_the_plan() -> None:
    log = simulate_journey(SHOP, 50_000, np.random.default_rng(1))
    padded = np.column_stack([log.done, np.ones(len(log.done), dtype=np.bool_)])
    counts = np.zeros((4, 5))
    for here in range(4):
        following = here + 1 + padded[padded[:, here], here + 1 :].argmax(axis=1)
        counts[here] = np.bincount(following, minlength=5)
    seen = counts[:3, :4] / counts[:3, :4].sum(axis=1, keepdims=True)
    np.testing.assert_allclose(seen, SHOP.planted().moves[:3], atol=0.01)


def test_channels_shown_events_repeats_and_foreign_events_have_their_shares() -> None:
    sequences = simulate_journey(SHOP, 50_000, np.random.default_rng(1)).sequences
    orders = has(sequences, "orders")
    pays = sequences.activities.index("pays")
    assert abs(has(sequences, "orders", "app")[orders].mean() - 0.25) < 0.01
    assert abs(has(sequences, "finds nothing").mean() - 0.3) < 0.01
    assert abs(has(sequences, "reads magazine").mean() - 0.1) < 0.01
    paid = has(sequences, "pays").sum()
    assert abs((sequences.codes == pays).sum() / paid - 1.15) < 0.01


def test_who_does_not_receive_leaves() -> None:
    log = simulate_journey(
        World((PlantedStep("looks"), PlantedStep("buys", go_on=0.5)), leaving="leaves"),
        1_000,
        np.random.default_rng(1),
    )
    np.testing.assert_array_equal(has(log.sequences, "leaves"), ~log.done[:, 1])


def test_the_median_time_between_steps_is_the_one_planted() -> None:
    world = World((PlantedStep("looks"), PlantedStep("buys", typical_s=5_000.0)))
    sequences = simulate_journey(world, 50_000, np.random.default_rng(1)).sequences
    waits_s = np.diff(sequences.times_us)[::2] / 1e6
    assert abs(np.median(waits_s) - 5_000) < 60


def test_observation_ends_with_the_window() -> None:
    world = World(
        (PlantedStep("looks"), PlantedStep("buys", typical_s=864_000.0)),
        window_days=20.0,
        is_censored=True,
    )
    log = simulate_journey(world, 5_000, np.random.default_rng(1))
    assert log.sequences.times_us.max() < log.sequences.end_us
    assert log.done[:, 1].all()
    assert 0.3 < has(log.sequences, "buys").mean() < 0.7


def test_swapped_steps_come_first_in_the_planted_share() -> None:
    world = World((PlantedStep("looks"), PlantedStep("buys", early=0.2)))
    sequences = simulate_journey(world, 20_000, np.random.default_rng(1)).sequences
    first = sequences.codes[sequences.offsets[:-1]]
    assert abs((first == sequences.activities.index("buys")).mean() - 0.2) < 0.01


def test_cases_of_a_customer_are_alike_and_the_share_stays() -> None:
    world = World(
        (PlantedStep("looks"), PlantedStep("buys", go_on=0.4)),
        cases_per_customer=4.0,
        correlation=0.6,
    )
    log = simulate_journey(world, 40_000, np.random.default_rng(1))
    _, customer = np.unique(log.sequences.customers, return_inverse=True)
    buys = log.done[:, 1].astype(float)
    counts = np.bincount(customer)
    rates = np.bincount(customer, weights=buys) / counts
    spread = np.average((rates - 0.4) ** 2, weights=counts)
    independent = np.average(0.24 / counts, weights=counts)
    assert abs(buys.mean() - 0.4) < 0.02
    assert abs(counts.mean() - 4) < 0.1
    assert spread > 1.8 * independent


def test_worlds_differ_by_segment() -> None:
    good = World((PlantedStep("looks"), PlantedStep("buys", go_on=0.9)))
    bad = World((PlantedStep("looks"), PlantedStep("buys", go_on=0.2)))
    log = simulate_journey(
        {"web": bad, "app": good},
        20_000,
        np.random.default_rng(1),
        segment="platform",
        shares={"web": 0.7, "app": 0.3},
    )
    platform = log.sequences.segments["platform"]
    share = {
        value: log.done[platform.codes == code, 1].mean()
        for code, value in enumerate(platform.values)
        if value
    }
    assert platform.values == ("", "app", "web")
    assert abs((platform.codes == 1).mean() - 0.3) < 0.02
    assert abs(share["app"] - 0.9) < 0.02
    assert abs(share["web"] - 0.2) < 0.02


def test_in_the_null_world_segments_mean_nothing() -> None:
    log = simulate_journey(null_world(), 40_000, np.random.default_rng(3))
    assert log.sequences.segments
    for segment in log.sequences.segments.values():
        first, second = (log.done[segment.codes == code, -1].mean() for code in (1, 2))
        assert abs(first - second) < 0.015


def test_a_first_step_that_not_all_do_needs_an_entry() -> None:
    with pytest.raises(ValueError, match="needs an entry"):
        World((PlantedStep("looks", go_on=0.5),))
    log = simulate_journey(
        World((PlantedStep("looks", go_on=0.5),), entry="sees ad"),
        2_000,
        np.random.default_rng(1),
    )
    assert has(log.sequences, "sees ad").all()
    assert abs(has(log.sequences, "looks").mean() - 0.5) < 0.04
