"""Events for the benchmarks as Parquet: simulated cases of eight designs, in order of time.

python benchmarks/make_events.py 1000000 events-1m.parquet
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import duckdb  # noqa: TID251 - writes the file that the engine reads later
import numpy as np
from numpy.typing import NDArray

from desirepath.events.simulate import Design, DesignStep, Loop, simulate_mixture

ACTIVITY_COUNT = 30
DESIGN_COUNT = 8
CHUNK_CASES = 100_000
CHANNELS = ("app", "chat", "phone", "store", "web")
NOISE = 0.1
COLUMNS = ("case_id", "customer_id", "event", "timestamp", "channel", "platform")


def designs(rng: np.random.Generator) -> list[Design]:
    """Designs of 6 to 14 steps over one vocabulary, with options, repeats and a loop each."""
    made = []
    for _ in range(DESIGN_COUNT):
        length = int(rng.integers(6, 15))
        chosen = rng.permutation(ACTIVITY_COUNT)[:length]
        steps = tuple(
            DesignStep(
                f"activity {index:02d}",
                probability=0.7 if place % 3 == 1 else 1.0,
                repeat=0.3 if place % 4 == 2 else 0.0,
                typical_s=float(rng.integers(20, 40_000)),
                channel=CHANNELS[index % len(CHANNELS)],
            )
            for place, index in enumerate(chosen.tolist())
        )
        made.append(Design(steps, (Loop(1, 3, 0.2),)))
    return made


def make(event_count: int, path: Path, seed: int = 1) -> int:
    """Write at least `event_count` events, cut to that number; gives the number of cases."""
    rng = np.random.default_rng(seed)
    plan = designs(rng)
    weights = rng.dirichlet(np.full(DESIGN_COUNT, 2.0))
    names = sorted(
        {(step.activity, step.channel) for one in plan for step in one.steps}
    )
    code_of = {name: code for code, name in enumerate(names)}
    cases: list[NDArray[np.int64]] = []
    codes: list[NDArray[np.int64]] = []
    times_us: list[NDArray[np.int64]] = []
    made = case_count = 0
    while made < event_count:
        log = simulate_mixture(plan, weights.tolist(), CHUNK_CASES, rng, noise=NOISE)
        one = log.sequences
        recode = np.array(
            [code_of[name] for name in zip(one.activities, one.channels, strict=True)]
        )
        cases.append((one.case_index() + case_count).astype(np.int64))
        codes.append(recode[one.codes])
        times_us.append(one.times_us.astype(np.int64))
        made += one.event_count
        case_count += one.case_count
    events = {
        "case_index": np.concatenate(cases)[:event_count],
        "code": np.concatenate(codes)[:event_count],
        "time_us": np.concatenate(times_us)[:event_count],
    }
    _write(events, names, path)
    return int(events["case_index"].max()) + 1


def _write(
    events: dict[str, NDArray[np.int64]], names: list[tuple[str, str]], path: Path
) -> None:
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.register("events", events)
    connection.execute(
        f"""
        COPY (
            SELECT 'sess_' || lpad(CAST(case_index AS VARCHAR), 8, '0') AS case_id,
                   'user_' || lpad(CAST(case_index // 3 AS VARCHAR), 8, '0') AS customer_id,
                   list_extract($activities, code + 1) AS event,
                   make_timestamp(time_us) AS "timestamp",
                   list_extract($channels, code + 1) AS channel,
                   CASE WHEN case_index % 3 = 0 THEN 'mobile' ELSE 'desktop' END AS platform
            FROM events ORDER BY time_us, case_index
        ) TO '{path}' (FORMAT parquet)
        """,
        {
            "activities": [activity for activity, _ in names],
            "channels": [channel for _, channel in names],
        },
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    started = time.perf_counter()
    found = make(options.events, options.path, options.seed)
    seconds = time.perf_counter() - started
    print(
        f"{options.events:,} events of {found:,} cases in {seconds:.1f} s: {options.path}"
    )
