"""How long an event store takes to make and to refresh with 1 % new events, beside reading everything.

python benchmarks/refresh.py [--events 1000000] [--new 0.01]

The new events lie in cases that are spread over all others, the worst case for a merge. It is asserted
that the refreshed store holds what reading all files gives before any time is printed.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb  # noqa: TID251 - writes the files that the engine reads later
import numpy as np

from desirepath.events.read import read_events
from desirepath.events.refresh import refresh_events

EVENTS_A_CASE = 8
COLUMNS = ("offsets", "codes", "times_us", "case_keys", "customers")


def write_events(folder: Path, count: int, new: int) -> None:
    """Parquet files old and new, in order of time; activities of skewed frequency, one segment."""
    with duckdb.connect() as engine:
        engine.execute("SELECT setseed(0.5)")
        engine.execute(
            f"""CREATE TABLE events AS SELECT 'c' || CAST(floor(random() * {count // EVENTS_A_CASE}) AS INT) AS case_id,
            'activity ' || CAST(floor(-ln(random() + 1e-9) * 6) AS INT) AS event,
            TIMESTAMP '2024-01-01' + INTERVAL (i * 6000000) MICROSECOND AS timestamp,
            'platform ' || CAST(floor(random() * 3) AS INT) AS platform FROM range({count}) t(i)"""
        )
        for name, part in (
            ("old", f"LIMIT {count - new}"),
            ("new", f"OFFSET {count - new}"),
        ):
            engine.execute(
                f"COPY (SELECT * FROM events {part}) TO '{folder / name}.parquet'"
            )


def timed(task: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the wall and of all processors."""
    wall, cpu = time.perf_counter(), time.process_time()
    task()
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Print one row for each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--new", type=float, default=0.01)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "data").mkdir()
        write_events(folder, given.events, round(given.events * given.new))
        (folder / "old.parquet").rename(folder / "data" / "1.parquet")
        data, store, other = folder / "data", folder / "store", folder / "other"
        rows = [("make the store", timed(lambda: refresh_events(store, data)))]
        (folder / "new.parquet").rename(folder / "data" / "2.parquet")
        rows += [
            ("refresh", timed(lambda: refresh_events(store))),
            ("refresh, nothing new", timed(lambda: refresh_events(store))),
            ("make the store of all", timed(lambda: refresh_events(other, data))),
            ("read the store", timed(lambda: read_events(store))),
            ("read all files", timed(lambda: read_events(data))),
        ]
        mine, whole = read_events(store), read_events(data)
        for name in COLUMNS:
            np.testing.assert_array_equal(getattr(mine, name), getattr(whole, name))
        print("| way | wall s | cpu s |\n| --- | --- | --- |")
        for name, (wall, cpu) in rows:
            print(f"| {name} | {wall:.2f} | {cpu:.2f} |")
        cpu_of = {name: cpu for name, (_, cpu) in rows}
        share = cpu_of["refresh"] / cpu_of["make the store of all"]
        print(f"a refresh costs {share:.1%} of making the store of all")
        size = sum(one.stat().st_size for one in store.rglob("*") if one.is_file())
        print(f"bytes an event on disk: {size / given.events:.0f}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"peak memory of all together: {peak} MB")


if __name__ == "__main__":
    main()
