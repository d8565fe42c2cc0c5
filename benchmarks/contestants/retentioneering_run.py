"""Retentioneering in an environment of its own; its tracking is switched off. It has no variants."""

from __future__ import annotations

import os

os.environ["RETENTIONEERING_NO_TRACK"] = "1"

import argparse
from importlib.metadata import version
from pathlib import Path

import pandas as pd
from clock import Clock
from retentioneering.eventstream.eventstream import Eventstream

NEEDED = ["case_id", "event", "timestamp"]
SCHEMA = {"path_cols": ["case_id"], "event_col": "event", "timestamp_col": "timestamp"}
ADDED = ("path_start", "path_end")


def main() -> None:
    """Run every task as often as asked and print the result as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("repeats", type=int)
    parser.add_argument("steps", nargs="*", help="not asked here")
    options = parser.parse_args()
    clock = Clock("retentioneering", version("retentioneering"))
    for _ in range(options.repeats):
        with clock.time("sequences"):
            frame = pd.read_parquet(options.path, columns=NEEDED)
            stream = Eventstream(frame, schema=dict(SCHEMA))
        with clock.time("transitions"):
            counts = stream.transition_graph_data("count")
        with clock.time("times"):
            medians = stream.transition_graph_data("time_median")
            stream.transition_graph_data("time_q95")
    shape = stream.describe()["shape"]
    inner = [name for name in counts.index if name not in ADDED]
    clock.show(
        {
            "cases": int(shape["n_paths"]),
            "events": int(shape["n_events"]),
            "transitions": {
                f"{a} > {b}": int(counts.loc[a, b])
                for a in inner
                for b in inner
                if counts.loc[a, b]
            },
            "median_s": {
                f"{a} > {b}": medians.loc[a, b].total_seconds()
                for a in inner
                for b in inner
                if counts.loc[a, b]
            },
        }
    )


if __name__ == "__main__":
    main()
