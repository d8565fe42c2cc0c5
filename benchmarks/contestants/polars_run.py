"""Polars in an environment of its own: the same questions, written by hand with lazy frames where that helps."""

from __future__ import annotations

import argparse
from pathlib import Path

import polars as pl
from clock import Clock

NEEDED = ["case_id", "event", "timestamp"]


def funnel(events: pl.DataFrame, steps: list[str]) -> list[int]:
    """Cases that reach each step after the one before."""
    placed = events.with_columns(place=pl.int_range(pl.len()).over("case_id"))
    reached = None
    counts = []
    for step in steps:
        hits = placed.lazy().filter(pl.col("event") == step)
        if reached is not None:
            hits = hits.join(reached, on="case_id").filter(
                pl.col("place") > pl.col("at")
            )
        found = hits.group_by("case_id").agg(at=pl.col("place").min()).collect()
        reached = found.lazy()
        counts.append(len(found))
    return counts


def main() -> None:
    """Run every task as often as asked and print the result as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("repeats", type=int)
    parser.add_argument("steps", nargs="*")
    options = parser.parse_args()
    clock = Clock("polars", pl.__version__)
    pair = ["event", "next"]
    for _ in range(options.repeats):
        with clock.time("sequences"):
            events = pl.read_parquet(options.path, columns=NEEDED)
            events = events.with_columns(pl.col("event").cast(pl.Categorical))
            events = events.sort("case_id", "timestamp", maintain_order=True)
        with clock.time("transitions"):
            moves = events.with_columns(
                next=pl.col("event").shift(-1).over("case_id")
            ).drop_nulls("next")
            counts = moves.group_by(pair).len()
        with clock.time("times"):
            waits = events.with_columns(
                next=pl.col("event").shift(-1).over("case_id"),
                wait=pl.col("timestamp").shift(-1).over("case_id")
                - pl.col("timestamp"),
            ).drop_nulls("next")
            wait = pl.col("wait").dt.total_microseconds()
            times = waits.group_by(pair).agg(
                median=wait.quantile(0.5, "lower"), slow=wait.quantile(0.9, "lower")
            )
        with clock.time("variants"):
            whole = events.group_by("case_id", maintain_order=True).agg(
                pl.col("event").to_physical()
            )
            variants = whole.group_by("event").len()
        with clock.time("funnel"):
            reached = funnel(events, options.steps)
    names = [
        f"{a} > {b}" for a, b in counts.select(pl.col(pair).cast(pl.String)).rows()
    ]
    timed = [f"{a} > {b}" for a, b in times.select(pl.col(pair).cast(pl.String)).rows()]
    clock.show(
        {
            "cases": len(whole),
            "events": len(events),
            "transitions": dict(zip(names, counts["len"].to_list(), strict=True)),
            "median_s": {
                name: median / 1e6
                for name, median in zip(timed, times["median"].to_list(), strict=True)
            },
            "variants": len(variants),
            "funnel": reached,
        }
    )


if __name__ == "__main__":
    main()
