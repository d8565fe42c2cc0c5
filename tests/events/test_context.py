"""Where visits end, judged by the wait and by what stands before and after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import rankdata

from desirepath.errors import EventsError
from desirepath.events.context import BoundaryScores, boundary_scores, context_starts
from desirepath.events.cutting import check_gap, cut_by_silence
from desirepath.events.sequences import Sequences
from desirepath.events.simulate import SimulatedVisits, simulate_visits

Log = Callable[..., Sequences]
PAUSES = (0.05, 0.25, 0.5, 1.0, 2.0)


def area(scores: NDArray[Any], truth: NDArray[np.bool_]) -> float:
    """Area under the curve: probability that a boundary scores higher than another move."""
    ranks = rankdata(scores)
    yes, no = np.count_nonzero(truth), np.count_nonzero(~truth)
    return float((ranks[truth].sum() - yes * (yes + 1) / 2) / (yes * no))


def scored(
    world: SimulatedVisits,
) -> tuple[BoundaryScores, NDArray[Any], NDArray[np.bool_]]:
    log = world.sequences
    inside = np.ones(log.event_count, dtype=np.bool_)
    inside[log.offsets[:-1]] = False
    at = np.flatnonzero(inside)
    waits = log.times_us[at] - log.times_us[at - 1]
    scores = boundary_scores(
        log.codes[at - 1], log.codes[at], waits, len(log.activities)
    )
    return scores, waits, world.is_start[at]


@pytest.mark.truth
@pytest.mark.parametrize("pause", PAUSES)
@pytest.mark.parametrize("spread", [0.3, 1.0, 5.0])
def test_context_is_never_worse_than_the_gap_alone(pause: float, spread: float) -> None:
    world = simulate_visits(300, pause, np.random.default_rng(5), spread=spread)
    scores, waits, truth = scored(world)
    assert area(scores.log_odds, truth) >= area(waits, truth)


@pytest.mark.truth
def test_the_gap_alone_is_as_hard_as_in_the_benchmark() -> None:
    known = (0.523, 0.608, 0.692, 0.811, 0.930)
    for pause, expected in zip(PAUSES, known, strict=True):
        world = simulate_visits(500, pause, np.random.default_rng(1))
        _, waits, truth = scored(world)
        assert area(waits, truth) == pytest.approx(expected, abs=0.015)


@pytest.mark.truth
def test_most_boundaries_are_found_where_few_activities_follow_one() -> None:
    world = simulate_visits(500, 1.0, np.random.default_rng(2), spread=0.3)
    scores, _, truth = scored(world)
    found = scores.log_odds > 0
    assert np.mean(found == truth) > 0.93
    assert scores.boundary_share == pytest.approx(truth.mean(), abs=0.02)


def test_a_longer_wait_never_speaks_against_a_boundary() -> None:
    world = simulate_visits(100, 2.0, np.random.default_rng(3))
    scores, waits, _ = scored(world)
    log = world.sequences
    inside = np.ones(log.event_count, dtype=np.bool_)
    inside[log.offsets[:-1]] = False
    at = np.flatnonzero(inside)
    pair = log.codes[at - 1].astype(int) * 100 + log.codes[at]
    order = np.lexsort((waits, pair))
    same = np.diff(pair[order]) == 0
    assert (np.diff(scores.log_odds[order])[same] >= -1e-9).all()


def test_the_unit_of_waits_does_not_matter() -> None:
    world = simulate_visits(100, 1.0, np.random.default_rng(4))
    log = world.sequences
    codes, waits = log.codes, np.diff(log.times_us)
    first = boundary_scores(codes[:-1], codes[1:], waits, len(log.activities))
    second = boundary_scores(codes[:-1], codes[1:], waits / 3600, len(log.activities))
    np.testing.assert_allclose(first.log_odds, second.log_odds)


def test_cases_are_cut_and_the_way_is_said() -> None:
    world = simulate_visits(200, 50.0, np.random.default_rng(6))
    cut, said = cut_by_silence(world.sequences, "context")
    assert said == "context (by the wait and the activities before and after it)"
    truth = np.flatnonzero(world.is_start)
    found = cut.offsets[:-1]
    assert len(np.intersect1d(found, truth)) > 0.97 * max(len(found), len(truth))
    assert cut.event_count == world.sequences.event_count


def test_few_moves_teach_nothing(log: Log) -> None:
    with pytest.raises(EventsError) as error:
        context_starts(log("a b c"))
    assert str(error.value) == (
        "2 moves are too few to learn where cases end; 200 are needed [E283]\n"
        "  Give a gap such as --gap 30m."
    )


def test_context_needs_times(log: Log) -> None:
    with pytest.raises(EventsError) as error:
        context_starts(log("a b", has_times=False))
    assert error.value.code == "E280"


def test_waits_that_are_all_alike_are_no_harm() -> None:
    codes = np.tile(np.array([0, 1, 2]), 100)
    scores = boundary_scores(codes[:-1], codes[1:], np.ones(299), 3)
    assert np.isfinite(scores.log_odds).all()
    assert not (scores.log_odds > 0).any()


def test_context_is_a_gap_that_can_be_asked_for() -> None:
    check_gap("context")
    with pytest.raises(EventsError):
        check_gap("contexts")
