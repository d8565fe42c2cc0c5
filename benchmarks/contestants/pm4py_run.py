"""pm4py (AGPL) in an environment of its own: the same questions, its documented functions."""

from __future__ import annotations

import argparse
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pm4py
from clock import Clock

NEEDED = ["case_id", "event", "timestamp"]


def main() -> None:
    """Run every task as often as asked and print the result as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("repeats", type=int)
    parser.add_argument("steps", nargs="*", help="not asked here")
    options = parser.parse_args()
    clock = Clock("pm4py", version("pm4py"))
    for _ in range(options.repeats):
        with clock.time("sequences"):
            log = pm4py.format_dataframe(
                pd.read_parquet(options.path, columns=NEEDED),
                case_id="case_id",
                activity_key="event",
                timestamp_key="timestamp",
            )
        with clock.time("transitions"):
            moves = pm4py.discover_dfg(log)[0]
        with clock.time("times"):
            times = pm4py.discover_performance_dfg(log)[0]
        with clock.time("variants"):
            variants = pm4py.get_variants(log)
    clock.show(
        {
            "cases": int(log["case:concept:name"].nunique()),
            "events": len(log),
            "transitions": {f"{a} > {b}": int(n) for (a, b), n in moves.items()},
            "median_s": {
                f"{a} > {b}": float(found["median"]) for (a, b), found in times.items()
            },
            "variants": len(variants),
        }
    )


if __name__ == "__main__":
    main()
