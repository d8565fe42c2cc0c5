"""Times of one contestant, printed as one line of JSON. Needs nothing but Python."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Clock:
    """Wall and CPU seconds of each task, one number per repeat."""

    def __init__(self, name: str, version: str) -> None:
        self.name = name
        self.version = version
        self.seconds: dict[str, list[float]] = {}
        self.cpu_seconds: dict[str, list[float]] = {}

    @contextmanager
    def time(self, task: str) -> Iterator[None]:
        """Seconds until the block ends, noted under the task."""
        started, worked = time.perf_counter(), time.process_time()
        yield
        taken, work = time.perf_counter() - started, time.process_time() - worked
        self.seconds.setdefault(task, []).append(round(taken, 4))
        self.cpu_seconds.setdefault(task, []).append(round(work, 4))

    def show(self, answers: dict[str, object]) -> None:
        """Print everything as the last line."""
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        result = {
            "name": self.name,
            "version": self.version,
            "seconds": self.seconds,
            "cpu_seconds": self.cpu_seconds,
            "peak_mb": round(peak_mb),
            "answers": answers,
        }
        print(json.dumps(result))
