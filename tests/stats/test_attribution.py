from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirepath.stats.arrays import FloatArray, floats
from desirepath.stats.attribution import MAX_GROUPS, Paths, attribute, removal_effects

ways = st.lists(
    st.tuples(
        st.lists(st.integers(0, 3), min_size=1, max_size=6),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=12,
)


def paths_of(rows: list[tuple[list[int], int, int]], *, each: bool = False) -> Paths:
    return Paths(
        np.array([code for codes, _, _ in rows for code in codes]),
        np.concatenate([[0], np.cumsum([len(codes) for codes, _, _ in rows])]),
        4,
        floats([hit for _, hit, _ in rows]),
        floats([miss for _, _, miss in rows]),
        np.arange(len(rows)) if each else None,
    )


def walk(moves: FloatArray, without: int | None) -> float:
    """Share that reaches the goal, by following everybody for a long time."""
    chance = moves / np.maximum(moves.sum(axis=1, keepdims=True), 1)
    count = moves.shape[1] - 2
    here, reached = chance[count].copy(), 0.0
    for _ in range(400):
        if without is not None:
            here[without] = 0.0
        reached += here[count]
        here = here[:count] @ chance[:count]
    return reached


def test_removal_effects_are_those_of_walking_the_chain() -> None:
    moves = np.array(
        [[0.0, 3, 1, 2, 1], [2, 0, 4, 1, 3], [1, 1, 0, 3, 2], [5, 2, 1, 0, 1]]
    )
    share, lost = removal_effects(moves)
    whole = walk(moves, None)
    assert float(share) == pytest.approx(whole)
    for touch in range(3):
        assert lost[touch] == pytest.approx(1 - walk(moves, touch) / whole)


@given(ways)
def test_every_rule_shares_out_all_goals(
    rows: list[tuple[list[int], int, int]],
) -> None:
    if not any(hit for _, hit, _ in rows):
        return
    found = attribute(paths_of(rows), np.random.default_rng(1), resamples=5)
    for credit in (found.first, found.last, found.linear, found.markov):
        assert credit.value.sum() == pytest.approx(1)
        assert (credit.value >= -1e-12).all()
    assert ((found.removal.value >= -1e-12) & (found.removal.value <= 1 + 1e-12)).all()


def test_the_share_of_the_chain_is_the_share_seen() -> None:
    rows = [([0, 1, 1, 2], 3, 5), ([2, 0], 1, 1), ([3], 0, 4)]
    paths = paths_of(rows)
    found = attribute(paths, np.random.default_rng(1), resamples=5)
    assert found.goal_share == pytest.approx(4 / 14)
    assert found.goals == 4


def test_a_touch_that_all_goals_pass_has_a_removal_effect_of_one() -> None:
    found = attribute(
        paths_of([([0, 1], 5, 1), ([1], 2, 2), ([0], 0, 3)]),
        np.random.default_rng(1),
        resamples=5,
    )
    assert found.removal.value[1] == pytest.approx(1)
    assert found.removal.value[3] == pytest.approx(0)


def test_intervals_hold_when_customers_are_drawn_in_groups(
    rng: np.random.Generator,
) -> None:
    # 5 000 customers of one path each, half of them with the goal: the share of touch 0 as first touch
    count = 5_000
    first = (rng.random(count) < 0.3).astype(int)
    paths = Paths(
        first,
        np.arange(count + 1),
        2,
        floats(rng.random(count) < 0.5),
        floats(np.zeros(count)),
        np.arange(count),
    )
    assert count > MAX_GROUPS
    found = attribute(paths, rng)
    width = found.first.high[0] - found.first.low[0]
    goals = paths.reached.sum()
    assert width == pytest.approx(2 * 1.96 * np.sqrt(0.3 * 0.7 / goals), rel=0.15)
