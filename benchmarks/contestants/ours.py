"""desirepath and the bare reading it is measured against."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import duckdb  # noqa: TID251 - the bare reading that ours is measured against
import numpy as np
from clock import Clock

import desirepath
from desirepath.events import kernels
from desirepath.events.read import read_events
from desirepath.events.sequences import Sequences

READ = "case_id, customer_id, event, timestamp, channel, platform"
MOST_DISCOVERED = 50_000


def bare_reading(clock: Clock, path: Path) -> None:
    """The columns as DuckDB reads them: looked at, and brought into memory."""
    looked = ", ".join(
        "sum(epoch_us(timestamp))" if name == "timestamp" else f"sum(length({name}))"
        for name in READ.split(", ")
    )
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        with clock.time("scan"):
            connection.execute(f"SELECT {looked} FROM '{path}'").fetchall()
        with clock.time("load"):
            connection.execute(f"SELECT {READ} FROM '{path}'").fetchnumpy()


def funnel(sequences: Sequences, steps: list[str]) -> list[int]:
    """Cases that reach each step after the one before."""
    activities, offsets = np.array(sequences.activities), sequences.offsets
    reached, counts = None, []
    for step in steps:
        is_hit = (activities == step)[sequences.codes]
        if reached is None:
            reached = kernels.first_in_case(is_hit, offsets)
        else:
            reached = kernels.first_after(is_hit, reached, offsets)
        counts.append(int(np.count_nonzero(reached >= 0)))
    return counts


def answers(clock: Clock, sequences: Sequences, steps: list[str]) -> dict[str, object]:
    """Transitions, their times and variants; the numbers that peers must agree with."""
    codes, offsets = sequences.codes, sequences.offsets
    count = len(sequences.activities)
    with clock.time("transitions"):
        moves = kernels.transitions(codes, offsets, count)
    with clock.time("times"):
        times = kernels.transition_times(codes, sequences.times_us, offsets, count)
    with clock.time("variants"):
        variants = kernels.variants(codes, offsets)
    with clock.time("funnel"):
        reached = funnel(sequences, steps)
    names = [
        f"{sequences.activities[before]} > {sequences.activities[after]}"
        for before, after in zip(
            moves.from_codes.tolist(), moves.to_codes.tolist(), strict=True
        )
    ]
    return {
        "cases": sequences.case_count,
        "events": sequences.event_count,
        "transitions": dict(zip(names, moves.counts.tolist(), strict=True)),
        "median_s": dict(
            zip(names, (times.median_us / 1e6).round(6).tolist(), strict=True)
        ),
        "variants": len(variants.counts),
        "funnel": reached,
    }


def main() -> None:
    """Run every task as often as asked and print the result as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("repeats", type=int)
    parser.add_argument("steps", nargs="*")
    parser.add_argument("--without-draft", action="store_true")
    options = parser.parse_args()
    clock = Clock("desirepath", desirepath.__version__)
    found: dict[str, object] = {}
    for _ in range(options.repeats):
        bare_reading(clock, options.path)
        with clock.time("sequences"):
            sequences = read_events(options.path)
        found = answers(clock, sequences, options.steps)
    if options.without_draft:
        clock.show(found)
        return
    few = sequences.take(np.arange(min(MOST_DISCOVERED, sequences.case_count)))
    for _ in range(options.repeats):
        with clock.time("draft of 50k cases"):
            draft = desirepath.discover_maps(few).best
        with clock.time("facts"):
            evidence = desirepath.measure_map(draft, sequences)
        with clock.time("verdicts"):
            desirepath.check_map(draft, evidence)
    with tempfile.TemporaryDirectory() as folder:
        found["facts"] = len(evidence.facts)
        desirepath.write_map(draft, Path(folder) / "draft.yaml")
    clock.show(found)


if __name__ == "__main__":
    main()
