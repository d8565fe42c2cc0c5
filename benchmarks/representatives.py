"""What it costs to find the journeys that stand for others, and how good they are beside two simpler ways.

    python benchmarks/representatives.py cost                 # 10 000, 100 000 and 1 million cases
    python benchmarks/representatives.py cost --json out.json --cases 10000
    python benchmarks/representatives.py rivals FOLDER         # logs of a folder of public data

The rivals choose as many journeys as ours: k-medoids (partitioning around medoids) on the same edit
distance, and the most frequent variants. "As drawn" are the ways of our maps, which nobody need
have taken exactly.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

import desirepath
from desirepath.discover.bits import Words, choice_bits, kind_bits, word_of, words_of
from desirepath.discover.draft import discover_maps
from desirepath.discover.represent import represent
from desirepath.discover.simplify import simplify
from desirepath.discover.way import find_way, first_only
from desirepath.events import kernels
from desirepath.events.patterns import matching_codes
from desirepath.events.sequences import IntArray, Sequences
from desirepath.events.simulate import Design, simulate_mixture

FloatArray = NDArray[np.float64]

ACTIVITIES = [f"does {number:02d}" for number in range(30)]
DESIGNS = 8
NOISE = 0.2
MIN_SHARE = 0.02
MAX_MEDOID_CANDIDATES = 3_000
RECIPE = Path(__file__).parents[1] / "examples" / "recipes" / "olist-orders.yaml"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one size costs.

    Attributes:
        cases: Cases.
        events: Events in them.
        distinct: Distinct journeys that are compared or counted with the nearest.
        represent_s: Seconds to simplify and to find the journeys that stand for the others.
        discover_s: Seconds for everything, with measured maps.
        peak_mb: Most memory used, the simulated events included.
        kinds: Journeys found; eight were planted, seven are the most.
    """

    cases: int
    events: int
    distinct: int
    represent_s: float
    discover_s: float
    peak_mb: int
    kinds: int


@dataclass(frozen=True, slots=True)
class Quality:
    """How well some journeys stand for all others.

    Attributes:
        log: Name of the log.
        method: Who chose them.
        kinds: How many they are.
        bits_per_case: Description length of all cases, given them.
        mean_distance: Mean edits to the nearest of them, of the longer of the two.
        total_length: Activities in all of them.
    """

    log: str
    method: str
    kinds: int
    bits_per_case: float
    mean_distance: float
    total_length: int


def cost_of(case_count: int) -> Cost:
    """What it costs to discover so many simulated cases; run in a process of its own for the memory."""
    rng = np.random.default_rng(1)
    designs = [
        Design.of(*rng.choice(ACTIVITIES, size=int(rng.integers(6, 11)), replace=False))
        for _ in range(DESIGNS)
    ]
    log = simulate_mixture(designs, [1.0] * DESIGNS, case_count, rng, noise=NOISE)
    start = time.perf_counter()
    order, offsets, size = firsts_of(log.sequences)
    found = represent(order, offsets, size, np.random.default_rng(0))
    represent_s = time.perf_counter() - start
    distinct = len(kernels.variants(order, offsets).counts)
    start = time.perf_counter()
    discover_maps(log.sequences)
    discover_s = time.perf_counter() - start
    return Cost(
        cases=case_count,
        events=log.sequences.event_count,
        distinct=distinct,
        represent_s=round(represent_s, 2),
        discover_s=round(discover_s, 2),
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        kinds=len(found.journeys),
    )


def firsts_of(sequences: Sequences) -> tuple[IntArray, IntArray, int]:
    """Activities where they first come, offsets and number of activities, as discovery compares them."""
    simple = simplify(sequences, min_share=MIN_SHARE)
    order, offsets = first_only(simple.codes, simple.offsets, simple.kept_count)
    return order, offsets, simple.kept_count


def qualities(name: str, sequences: Sequences) -> Iterator[Quality]:
    """Ours, k-medoids and the most frequent variants on one log."""
    order, offsets, size = firsts_of(sequences)
    found = kernels.variants(order, offsets)
    texts = words_of(order, offsets, found.first_case)
    words = Words.of(texts, found.counts.astype(np.float64), size)
    ours = represent(order, offsets, size, np.random.default_rng(0))
    count = len(ours.journeys)
    groups = ours.of_case[found.first_case]
    own = [word(row) for row in ours.journeys]
    yield quality(name, "desirepath", words, own, groups)
    drawn = []
    for kind in range(count):
        events = np.repeat(ours.of_case == kind, np.diff(offsets))
        bounds, _ = kernels.keep(events, offsets)
        drawn.append(word(find_way(order[events], bounds, size)))
    yield quality(name, "desirepath, as drawn", words, drawn, groups)
    for method, chosen in (
        ("k-medoids", medoids(words, count)),
        ("most frequent", words.texts[:count]),
    ):
        yield quality(name, method, words, chosen, None)


def word(row: Sequence[int]) -> str:
    """Activities as one string."""
    return word_of(np.array(row), np.array([0, len(row)]), 0)


def quality(
    name: str,
    method: str,
    words: Words,
    chosen: Sequence[str],
    groups: IntArray | None,
) -> Quality:
    """How well some journeys stand for all; cases belong to the nearest unless groups are given."""
    edits = distances(chosen, words.texts)
    longest = np.maximum(
        words.lengths, np.array([[len(text)] for text in chosen])
    ).astype(np.float64)
    nearest = edits.argmin(axis=0) if groups is None else groups
    weights = np.bincount(nearest, weights=words.weights, minlength=len(chosen))
    bits = choice_bits(weights) + sum(
        kind_bits(words.take(np.flatnonzero(nearest == number)), text)
        for number, text in enumerate(chosen)
    )
    total = words.weights.sum()
    mean = float(words.weights @ (edits / longest).min(axis=0) / total)
    return Quality(
        log=name,
        method=method,
        kinds=len(chosen),
        bits_per_case=round(bits / total, 3),
        mean_distance=round(mean, 4),
        total_length=sum(len(text) for text in chosen),
    )


def medoids(words: Words, count: int) -> list[str]:
    """Partitioning around medoids: greedy addition, then the best exchange again and again.

    References:
        Kaufman and Rousseeuw 1990, chapter 2.
    """
    heavy = np.argsort(-words.weights, kind="stable")[:MAX_MEDOID_CANDIDATES]
    rows = distances([words.texts[one] for one in heavy], words.texts)
    chosen: list[int] = []
    for _ in range(count):
        nearest = rows[chosen].min(axis=0) if chosen else np.full(rows.shape[1], np.inf)
        chosen.append(int((np.minimum(rows, nearest) @ words.weights).argmin()))
    best = float(rows[chosen].min(axis=0) @ words.weights)
    while True:
        before = best
        for place in range(count):
            others = chosen[:place] + chosen[place + 1 :]
            nearest = (
                rows[others].min(axis=0) if others else np.full(rows.shape[1], np.inf)
            )
            totals = np.minimum(rows, nearest) @ words.weights
            if totals.min() < best - 1e-9:
                chosen[place], best = int(totals.argmin()), float(totals.min())
        if best >= before:
            return [words.texts[heavy[one]] for one in chosen]


def distances(some: Sequence[str], others: Sequence[str]) -> FloatArray:
    """float64[n_some, n_others], edits."""
    return np.asarray(
        cdist(some, others, scorer=Levenshtein.distance, dtype=np.uint16, workers=-1),
        dtype=np.float64,
    )


def real_logs(folder: Path) -> Iterator[tuple[str, Sequences]]:
    """Public logs of a folder, the loan log whole and with A_ activities only."""
    loans = desirepath.read_events(folder / "bpic2012-loan" / "bpic2012.xes.gz")
    yield "bpic2012", loans
    is_customer = matching_codes(loans.activities, loans.channels, "A_*")
    yield "bpic2012, A_ only", loans.keep(is_customer[loans.codes])
    yield (
        "helpdesk",
        desirepath.read_events(folder / "helpdesk-it" / "helpdesk.xes.gz"),
    )
    yield "rete-ecom", desirepath.read_events(folder / "rete-ecom" / "ecom.csv.gz")
    with TemporaryDirectory() as name:
        place = Path(name)
        for file in (folder / "olist-orders-sample").glob("*.csv"):
            (place / file.name).symlink_to(file)
        (place / RECIPE.name).write_text(RECIPE.read_text())
        yield "olist", desirepath.read_events(place / RECIPE.name)


def print_costs(sizes: Sequence[int]) -> list[Cost]:
    """Print the cost curve; each size in a process of its own."""
    print("| cases | events | distinct | represent | discover | memory | kinds |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    costs = []
    for size in sizes:
        done = subprocess.run(
            [sys.executable, __file__, "one", str(size)],
            capture_output=True,
            check=True,
            text=True,
        )
        one = Cost(**json.loads(done.stdout))
        costs.append(one)
        print(
            f"| {one.cases:,} | {one.events:,} | {one.distinct:,} | {one.represent_s:.1f} s "
            f"| {one.discover_s:.1f} s | {one.peak_mb:,} MB | {one.kinds} |",
            flush=True,
        )
    return costs


def print_qualities(folder: Path) -> list[Quality]:
    """Print the comparison with the rivals."""
    print("| log | chosen by | k | bits a case | mean distance | total length |")
    print("| --- | --- | --- | --- | --- | --- |")
    found = []
    for name, sequences in real_logs(folder):
        for one in qualities(name, sequences):
            found.append(one)
            print(
                f"| {one.log} | {one.method} | {one.kinds} | {one.bits_per_case:.2f} "
                f"| {one.mean_distance:.3f} | {one.total_length} |",
                flush=True,
            )
    return found


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked = parser.add_subparsers(dest="asked", required=True)
    cost = asked.add_parser("cost", help="seconds and memory by number of cases")
    cost.add_argument(
        "--cases", type=int, nargs="*", default=[10_000, 100_000, 1_000_000]
    )
    rivals = asked.add_parser("rivals", help="beside k-medoids and frequent variants")
    rivals.add_argument("folder", type=Path)
    for part in (cost, rivals):
        part.add_argument("--json", type=Path, help="file for the numbers")
    one = asked.add_parser("one", help="one size, as JSON")
    one.add_argument("cases", type=int)
    given = parser.parse_args()
    if given.asked == "one":
        print(json.dumps(asdict(cost_of(given.cases))))
        return
    rows: Sequence[Cost | Quality] = (
        print_costs(given.cases)
        if given.asked == "cost"
        else print_qualities(given.folder)
    )
    if given.json:
        given.json.write_text(
            json.dumps([asdict(row) for row in rows], indent=1) + "\n"
        )


if __name__ == "__main__":
    main()
