"""What logs larger than memory cost: time and peak memory of each step, by size, in a child held to 4 GiB.

    python benchmarks/large.py                         # 1, 10 and 100 million events
    python benchmarks/large.py --events 1000000 --gib 4

All sizes are read in slices, as logs of 50 million rows and more always are. Where the system has
control groups of memory that may be written (Linux, root), nothing beyond the limit is given, pages
of mapped files included; elsewhere the peak is only told.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
GROUP = Path("/sys/fs/cgroup/memory/desirepath-large")
SIZES = (1_000_000, 10_000_000, 100_000_000)
DRAFT_CASES = 50_000
LOOK_EVERY_S = 0.05


class Steps:
    """Seconds on the wall, seconds of all processors, and peak of own memory of each step."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[float, float, float, float]] = {}

    @contextmanager
    def take(self, name: str) -> Iterator[None]:
        """Measure a step."""
        peak = [0.0]
        is_over = threading.Event()

        def look() -> None:
            while not is_over.wait(LOOK_EVERY_S):
                peak[0] = max(peak[0], own_mb())

        looking = threading.Thread(target=look)
        looking.start()
        started, worked = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            wall, work = time.perf_counter() - started, time.process_time() - worked
            is_over.set()
            looking.join()
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            self.found[name] = (wall, work, max(peak[0], own_mb()), most)


def own_mb() -> float:
    """Memory of this process that no file stands behind, in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) / 1024
    return 0.0


def child(path: Path, engine_memory: str) -> None:
    """Read, draft, measure and judge one file; print what it took."""
    import duckdb  # noqa: TID251 - the bare reading that ours is held against
    import numpy as np

    import desirepath
    from desirepath.events import sliced
    from desirepath.events.sampling import fitting_share, sample_cases

    sliced.LARGE = 1
    if engine_memory:
        os.environ["DESIREPATH_MEMORY"] = engine_memory
    steps = Steps()
    looked = (
        "sum(length(case_id)), sum(length(customer_id)), sum(length(event)), "
        "sum(epoch_us(timestamp)), sum(length(channel)), sum(length(platform))"
    )
    with steps.take("bare reading"), duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        connection.execute("SET memory_limit = '1GB'")
        connection.execute(f"SELECT {looked} FROM '{path}'").fetchall()
    with steps.take("sequences on disk"):
        sequences = desirepath.read_events(path)
    few = sequences.take(np.arange(min(DRAFT_CASES, sequences.case_count)))
    with steps.take(f"draft of {DRAFT_CASES // 1000}k cases"):
        draft = desirepath.discover_maps(few).best
    del few
    with steps.take("sample that fits"):
        fitting = sample_cases(sequences, fitting_share(sequences.event_count))
    with steps.take("facts for verdicts"):
        evidence = desirepath.measure_map(draft, fitting, readings=False)
    with steps.take("verdicts"):
        report = desirepath.check_map(draft, evidence)
    told = {
        "events": sequences.event_count,
        "cases": sequences.case_count,
        "measured": fitting.case_count,
        "facts": len(evidence.facts),
        "verdicts": len(report.verdicts),
        "steps": steps.found,
    }
    print(json.dumps(told))


def held(gib: float) -> list[str]:
    """Command before the child's that holds it to so much memory; none where that cannot be."""
    try:
        GROUP.mkdir(exist_ok=True)
        (GROUP / "memory.limit_in_bytes").write_text(str(int(gib * 1024**3)))
        (GROUP / "memory.max_usage_in_bytes").write_text("0")
    except OSError:
        return []
    return ["sh", "-c", f'echo $$ > {GROUP}/cgroup.procs && exec "$@"', "held"]


def main() -> None:
    """Make what is missing, run every size, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="*", default=SIZES)
    parser.add_argument("--gib", type=float, default=4.0)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache/desirepath-benchmarks")  # fmt: skip
    parser.add_argument("--engine-memory", default="")
    parser.add_argument("--child", type=Path)
    options = parser.parse_args()
    if options.child:
        child(options.child, options.engine_memory)
        return
    before = held(options.gib)
    print(f"held to {options.gib:g} GiB" if before else "not held to any memory")
    options.cache.mkdir(parents=True, exist_ok=True)
    for count in options.events:
        path = options.cache / f"large-{count}.parquet"
        if not path.exists():
            make = [sys.executable, HERE / "make_events.py", str(count), path]
            subprocess.run(make, check=True)
        arguments = ["--child", path, "--engine-memory", options.engine_memory]
        command = [*before, sys.executable, Path(__file__), *map(str, arguments)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            print(f"| {count:,} | the child ended with {done.returncode} |")
            continue
        show(json.loads(done.stdout.splitlines()[-1]))


def show(told: dict[str, object]) -> None:
    """The table of one size."""
    head = "{events:,} events, {cases:,} cases, {measured:,} of them measured, {facts} facts, {verdicts} verdicts"
    print(f"\n{head.format(**told)}\n")
    print("| step | wall s | all processors s | own memory MB | with mapped files MB |")
    print("| --- | --- | --- | --- | --- |")
    steps = told["steps"]
    assert isinstance(steps, dict)
    for name, (wall, work, own, most) in steps.items():
        print(f"| {name} | {wall:.1f} | {work:.1f} | {own:,.0f} | {most:,.0f} |")


if __name__ == "__main__":
    main()
