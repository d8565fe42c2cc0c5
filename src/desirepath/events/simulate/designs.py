"""Designs drawn at random, far enough apart to be told from each other: worlds for discovery."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from rapidfuzz.distance import Levenshtein

from desirepath.events.simulate.mixture import Design, DesignStep, Loop

MAX_TRIES = 1_000


def draw_designs(
    count: int,
    rng: np.random.Generator,
    *,
    activity_count: int = 20,
    step_counts: tuple[int, int] = (5, 9),
    optional_count: int = 0,
    repeat: float = 0.0,
    loop: float = 0.0,
    distance: float = 0.6,
) -> tuple[Design, ...]:
    """Designs over one vocabulary, any two at least `distance` apart.

    Args:
        count: How many.
        rng: Source of randomness.
        activity_count: Size of the vocabulary.
        step_counts: Fewest and most steps of a design.
        optional_count: Inner steps of each design that half of its cases leave out.
        repeat: Share with which one inner step of each design is done again.
        loop: Share with which each design goes back from its third step to its second.
        distance: Least edit distance of two designs, divided by the longer of them.

    Raises:
        ValueError: no such designs are found.

    Examples:
        >>> two = draw_designs(2, np.random.default_rng(1))
        >>> edit_distance(*two) >= 0.6
        True
    """
    for _ in range(MAX_TRIES):
        drawn = tuple(
            _draw(rng, activity_count, step_counts, optional_count, repeat, loop)
            for _ in range(count)
        )
        apart = [edit_distance(*pair) for pair in combinations(drawn, 2)]
        if min(apart, default=1.0) >= distance:
            return drawn
    msg = f"no {count} designs over {activity_count} activities are {distance} apart"
    raise ValueError(msg)


def edit_distance(first: Design, second: Design) -> float:
    """Edit distance of the activities of two designs, divided by the longer one: 0 same, 1 nothing alike.

    Examples:
        >>> edit_distance(Design.of("a", "b"), Design.of("a", "c"))
        0.5
    """
    return Levenshtein.normalized_distance(first.activities, second.activities)


def _draw(
    rng: np.random.Generator,
    activity_count: int,
    step_counts: tuple[int, int],
    optional_count: int,
    repeat: float,
    loop: float,
) -> Design:
    length = int(rng.integers(step_counts[0], step_counts[1] + 1))
    chosen = rng.permutation(activity_count)[:length]
    inner = rng.permutation(np.arange(1, length - 1))
    optional = set(inner[:optional_count].tolist())
    again = int(inner[-1])
    steps = tuple(
        DesignStep(
            f"activity {activity:02d}",
            probability=0.5 if place in optional else 1.0,
            repeat=repeat if place == again else 0.0,
        )
        for place, activity in enumerate(chosen.tolist())
    )
    return Design(steps, (Loop(1, 2, loop),) if loop else ())
