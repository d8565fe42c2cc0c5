"""How often discovery finds the designs that were planted: a table over noise, options and loops.

python benchmarks/discovery_truth.py                  # 10 worlds for each of 75 settings
python benchmarks/discovery_truth.py --worlds 2 --cases 1000
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from desirepath.discover.represent import represent
from desirepath.discover.simplify import simplify
from desirepath.discover.way import find_way, first_only
from desirepath.events import kernels
from desirepath.events.sequences import IntArray
from desirepath.events.simulate import Design, draw_designs, simulate_mixture

NOISES = (0.0, 0.05, 0.1, 0.2, 0.3)
KINDS = (1, 2, 3, 4, 5)
WORLDS = ("plain", "optional", "loops")
ACTIVITIES = 14
LEAST_APART = 0.5
OPTIONAL = 0.7
AGAIN = 0.2


@dataclass(frozen=True, slots=True)
class Found:
    """How well one world was found.

    Attributes:
        world: plain, optional (a step that three in ten skip) or loops (a step repeated, a way back).
        noise: Share of events swapped, dropped, doubled or put in.
        kinds: Designs planted.
        found: Kinds found.
        agreement: Adjusted Rand index of the kinds with the designs.
        way_distance: Mean edits from each design to the nearest way, of the longer of the two.
    """

    world: str
    noise: float
    kinds: int
    found: int
    agreement: float
    way_distance: float


def planted(world: str, kinds: int, rng: np.random.Generator) -> list[Design]:
    """Designs over one vocabulary, at least half different from each other."""
    is_loops = world == "loops"
    designs = draw_designs(
        kinds,
        rng,
        activity_count=ACTIVITIES,
        step_counts=(5, 8),
        optional_count=int(world == "optional"),
        repeat=AGAIN if is_loops else 0.0,
        loop=AGAIN if is_loops else 0.0,
        distance=LEAST_APART,
    )
    return [
        replace(
            design,
            steps=tuple(
                replace(step, probability=OPTIONAL) if step.probability < 1 else step
                for step in design.steps
            ),
        )
        for design in designs
    ]


def one_world(
    world: str, noise: float, kinds: int, seed: int, case_count: int
) -> Found:
    """Simulate one world and hold what is found against what was planted."""
    rng = np.random.default_rng([seed, kinds, WORLDS.index(world), round(noise * 100)])
    designs = planted(world, kinds, rng)
    weights = rng.uniform(0.5, 1.5, kinds).tolist()
    log = simulate_mixture(designs, weights, case_count, rng, noise=noise)
    simple = simplify(log.sequences, min_share=0.02)
    size = simple.kept_count
    order, offsets = first_only(simple.codes, simple.offsets, size)
    found = represent(order, offsets, size, np.random.default_rng(0))
    ways = []
    for kind in range(len(found.journeys)):
        events = np.repeat(found.of_case == kind, np.diff(offsets))
        bounds, _ = kernels.keep(events, offsets)
        steps = find_way(order[events], bounds, size)
        ways.append([simple.activities[code] for code in steps])
    nearest = [
        min(
            Levenshtein.normalized_distance(list(design.activities), way)
            for way in ways
        )
        for design in designs
    ]
    return Found(
        world=world,
        noise=noise,
        kinds=kinds,
        found=len(found.journeys),
        agreement=adjusted_rand_index(log.design[simple.cases], found.of_case),
        way_distance=float(np.mean(nearest)),
    )


def adjusted_rand_index(one: IntArray, other: IntArray) -> float:
    """Agreement of two groupings: 1 for the same, 0 for what chance gives (Hubert and Arabie 1985)."""
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1)
    pairs, rows, columns = (
        float((part * (part - 1) / 2).sum())
        for part in (table, table.sum(axis=1), table.sum(axis=0))
    )
    expected = rows * columns / (len(one) * (len(one) - 1) / 2)
    most = (rows + columns) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)


def table(rows: Sequence[Found]) -> Iterator[str]:
    """Markdown: one line for each noise and world, over all numbers of kinds."""
    yield "| world | noise | right number of kinds | agreement (mean, least) | way to design (mean, most) |"
    yield "| --- | --- | --- | --- | --- |"
    for world in WORLDS:
        for noise in NOISES:
            some = [row for row in rows if (row.world, row.noise) == (world, noise)]
            if not some:
                continue
            right = np.mean([row.found == row.kinds for row in some])
            agreement = [row.agreement for row in some]
            distance = [row.way_distance for row in some]
            yield (
                f"| {world} | {noise:.0%} | {right:.0%} "
                f"| {np.mean(agreement):.3f}, {min(agreement):.2f} "
                f"| {np.mean(distance):.3f}, {max(distance):.2f} |"
            )
    yield ""
    yield "| planted kinds | right number, all worlds and noises | agreement |"
    yield "| --- | --- | --- |"
    for kinds in KINDS:
        some = [row for row in rows if row.kinds == kinds]
        right = np.mean([row.found == row.kinds for row in some])
        yield f"| {kinds} | {right:.0%} | {np.mean([row.agreement for row in some]):.3f} |"


def main() -> None:
    """Simulate all worlds and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--worlds", type=int, default=10)
    parser.add_argument("--cases", type=int, default=2_000)
    parser.add_argument("--json", type=Path, help="file for the numbers")
    given = parser.parse_args()
    rows = [
        one_world(world, noise, kinds, seed, given.cases)
        for world in WORLDS
        for noise in NOISES
        for kinds in KINDS
        for seed in range(given.worlds)
    ]
    print("\n".join(table(rows)))
    if given.json:
        given.json.write_text(
            json.dumps([asdict(row) for row in rows], indent=1) + "\n"
        )


if __name__ == "__main__":
    main()
