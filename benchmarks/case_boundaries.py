"""How well true boundaries between visits are found: by the wait alone, and by the wait with its context.

python benchmarks/case_boundaries.py [--customers 1000] [--seeds 5]
"""

from __future__ import annotations

import argparse

import numpy as np
from scipy.stats import rankdata

from desirepath.events.context import boundary_scores
from desirepath.events.simulate import simulate_visits

PAUSES = (0.05, 0.25, 0.5, 1.0, 2.0)
WORLDS = {"few": 0.3, "some": 1.0, "almost all": 5.0}


def area(scores: np.ndarray, truth: np.ndarray) -> float:
    """Area under the curve for true boundaries."""
    ranks = rankdata(scores)
    yes, no = np.count_nonzero(truth), np.count_nonzero(~truth)
    return float((ranks[truth].sum() - yes * (yes + 1) / 2) / (yes * no))


def areas(
    pause: float, spread: float, customers: int, seed: int
) -> tuple[float, float]:
    """Area by the wait alone, and with context, in one world."""
    world = simulate_visits(
        customers, pause, np.random.default_rng(seed), spread=spread
    )
    log = world.sequences
    inside = np.ones(log.event_count, dtype=np.bool_)
    inside[log.offsets[:-1]] = False
    at = np.flatnonzero(inside)
    waits = log.times_us[at] - log.times_us[at - 1]
    found = boundary_scores(
        log.codes[at - 1], log.codes[at], waits, len(log.activities)
    )
    truth = world.is_start[at]
    return area(waits, truth), area(found.log_odds, truth)


def main() -> None:
    """Print the table of docs/explanation/cases.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=5)
    given = parser.parse_args()
    print("| pause | " + " | ".join(f"{pause:g}" for pause in PAUSES) + " |")
    print("| --- " * (len(PAUSES) + 1) + "|")
    for name, spread in WORLDS.items():
        table = np.array(
            [
                [areas(pause, spread, given.customers, seed) for pause in PAUSES]
                for seed in range(given.seeds)
            ]
        ).mean(axis=0)
        for column, way in enumerate(("wait alone", "with context")):
            cells = " | ".join(f"{value:.3f}" for value in table[:, column])
            print(f"| {name} activities follow one: {way} | {cells} |")


if __name__ == "__main__":
    main()
