"""Mixtures of designs: what is planted is what an observer can find."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirepath.events.sequences import Sequences
from desirepath.events.simulate import (
    Design,
    DesignStep,
    Loop,
    draw_designs,
    edit_distance,
    simulate_mixture,
)

SHORT = Design.of("look", "order", "pay")
LONG = Design(
    (
        DesignStep("look"),
        DesignStep("ask", probability=0.5, channel="chat"),
        DesignStep("compare", repeat=0.3),
        DesignStep("pay", typical_s=600.0),
    ),
    (Loop(1, 2, 0.4),),
)


def words(sequences: Sequences, case: int) -> list[str]:
    first, end = sequences.offsets[case : case + 2]
    return [sequences.activities[code] for code in sequences.codes[first:end]]


def test_without_noise_every_case_of_a_plain_design_shows_the_design() -> None:
    log = simulate_mixture([SHORT], [1], 50, np.random.default_rng(1))
    assert all(
        words(log.sequences, case) == ["look", "order", "pay"] for case in range(50)
    )


def test_shares_of_designs_are_those_planted() -> None:
    log = simulate_mixture([SHORT, LONG], [3, 1], 20_000, np.random.default_rng(1))
    assert abs(log.shares[0] - 0.75) < 0.01
    assert len(log.design) == log.sequences.case_count == 20_000


def test_optional_steps_repeats_and_loops_come_as_often_as_planted() -> None:
    log = simulate_mixture([LONG], [1], 20_000, np.random.default_rng(1))
    sequences = log.sequences
    counts = np.bincount(sequences.codes, minlength=4)
    per_case = dict(zip(sequences.activities, counts / 20_000, strict=True))
    rounds = sum(0.4**i for i in range(7))
    repeats = sum(0.3**i for i in range(6))
    assert abs(per_case["ask"] - 0.5 * rounds) < 0.02
    assert abs(per_case["compare"] - repeats * rounds) < 0.03
    assert per_case["look"] == per_case["pay"] == 1


def test_the_median_time_to_a_step_is_the_one_planted() -> None:
    log = simulate_mixture([LONG], [1], 20_000, np.random.default_rng(1))
    last = log.sequences.offsets[1:] - 1
    waits_s = (log.sequences.times_us[last] - log.sequences.times_us[last - 1]) / 1e6
    assert abs(np.median(waits_s) - 600) < 15


def test_noise_disturbs_about_the_share_asked_for() -> None:
    clean = simulate_mixture([SHORT], [1], 20_000, np.random.default_rng(1))
    noisy = simulate_mixture([SHORT], [1], 20_000, np.random.default_rng(1), noise=0.1)
    whole = sum(
        words(noisy.sequences, case) == ["look", "order", "pay"]
        for case in range(2_000)
    )
    assert noisy.sequences.case_count == clean.sequences.case_count
    # three events untouched: 0.9^3; a swapped last event or an equal pair changes nothing
    assert abs(whole / 2_000 - 0.9**3 - 0.03) < 0.03


@settings(max_examples=25, deadline=None)
@given(
    noise=st.floats(0, 1),
    n_cases=st.integers(1, 60),
    seed=st.integers(0, 2**32 - 1),
)
def test_any_mixture_gives_sound_sequences(
    noise: float, n_cases: int, seed: int
) -> None:
    log = simulate_mixture(
        [SHORT, LONG],
        [1, 2],
        n_cases,
        np.random.default_rng(seed),
        noise=noise,
        segments={"city": {"Graz": 1, "Linz": 2}},
    )
    sequences = log.sequences
    pairs = list(zip(sequences.activities, sequences.channels, strict=True))
    within = np.diff(sequences.case_index()) == 0
    assert sequences.lengths.min() >= 1
    assert sequences.offsets[-1] == len(sequences.codes) == len(sequences.times_us)
    assert (np.diff(sequences.times_us)[within] >= 0).all()
    assert pairs == sorted(set(pairs))
    assert len(np.unique(sequences.codes)) == len(pairs)
    assert len(np.unique(sequences.case_keys)) == n_cases
    assert sequences.segments["city"].codes.min() >= 1


def test_the_same_seed_gives_the_same_log() -> None:
    first, second = (
        simulate_mixture(
            [SHORT, LONG], [1, 1], 500, np.random.default_rng(7), noise=0.2
        )
        for _ in range(2)
    )
    assert (first.sequences.codes == second.sequences.codes).all()
    assert (first.sequences.times_us == second.sequences.times_us).all()
    assert (first.design == second.design).all()


def test_drawn_designs_are_far_apart() -> None:
    designs = draw_designs(
        5, np.random.default_rng(1), optional_count=1, repeat=0.2, loop=0.3
    )
    assert min(edit_distance(*pair) for pair in combinations(designs, 2)) >= 0.6
    assert all(5 <= len(design.steps) <= 9 for design in designs)
    assert all(
        sum(step.probability < 1 for step in design.steps) == 1 for design in designs
    )


def test_designs_that_cannot_be_far_apart_are_refused() -> None:
    with pytest.raises(
        ValueError, match=r"no 5 designs over 5 activities are 1\.0 apart"
    ):
        draw_designs(
            5,
            np.random.default_rng(1),
            activity_count=5,
            step_counts=(5, 5),
            distance=1.0,
        )
