"""What a person sees of long work: the step on a terminal after two seconds, and a time table on request."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

PATIENCE_S = 2.0
PERIOD_S = 0.5
CLEAR_LINE = "\r\x1b[K"


@dataclass(slots=True)
class StepTime:
    """Time of one step, over all its runs.

    Attributes:
        name: What was done.
        depth: Steps around it.
        count: How often it ran.
        wall_s: Time that passed.
        cpu_s: Time of all processors.
    """

    name: str
    depth: int
    count: int = 0
    wall_s: float = 0.0
    cpu_s: float = 0.0


class Progress:
    """Watches steps; shows the current one on a terminal once it takes long.

    Args:
        stream: Where to show it; a terminal, or None to show nothing.
        wall: Clock of the time that passes, in seconds.
        cpu: Clock of the time of all processors, in seconds.
    """

    def __init__(
        self,
        stream: TextIO | None,
        wall: Callable[[], float] = time.perf_counter,
        cpu: Callable[[], float] = time.process_time,
    ) -> None:
        self._stream = stream
        self._wall, self._cpu = wall, cpu
        self._began = wall()
        self._running: list[tuple[str, float, float]] = []
        self._times: dict[tuple[str, ...], StepTime] = {}
        self._is_shown = False
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to show steps, where there is a terminal."""
        if self._stream is not None:
            self._thread = threading.Thread(target=self._show_steps, daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Show nothing more and take away what is shown."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        if self._stream is not None and self._is_shown:
            self._stream.write(CLEAR_LINE)
            self._stream.flush()

    def begin(self, name: str) -> None:
        """A step begins."""
        self._running = [*self._running, (name, self._wall(), self._cpu())]
        self._time_of(tuple(one[0] for one in self._running))

    def end(self) -> None:
        """The step that began last ends."""
        path = tuple(one[0] for one in self._running)
        _, wall, cpu = self._running[-1]
        entry = self._time_of(path)
        entry.count += 1
        entry.wall_s += self._wall() - wall
        entry.cpu_s += self._cpu() - cpu
        self._running = self._running[:-1]

    def times(self) -> tuple[StepTime, ...]:
        """Time of each step, in the order in which they first began."""
        return tuple(self._times.values())

    def line(self) -> str:
        """The current step and how long the command has run; "" before two seconds have passed."""
        running, passed = self._running, self._wall() - self._began
        if not running or passed < PATIENCE_S:
            return ""
        return f"{running[-1][0]} … {passed:.0f} s"

    def _time_of(self, path: tuple[str, ...]) -> StepTime:
        return self._times.setdefault(path, StepTime(path[-1], len(path) - 1))

    def _show_steps(self) -> None:
        while not self._stop.wait(PERIOD_S):
            line = self.line()
            if line and self._stream is not None:
                self._stream.write(f"{CLEAR_LINE}{line}")
                self._stream.flush()
                self._is_shown = True


def time_table(times: tuple[StepTime, ...], wall_s: float, cpu_s: float) -> str:
    """Time of each step as a table.

    Examples:
        >>> print(time_table((StepTime("reading events", 0, 1, 1.5, 2.0),), 2.0, 2.5))
        step                                      times    wall s     cpu s
        reading events                                1      1.50      2.00
        the whole command                             1      2.00      2.50
    """
    rows = [f"{'step':<40}{'times':>7}{'wall s':>10}{'cpu s':>10}"]
    rows += [
        f"{'  ' * one.depth + one.name:<40}{one.count:>7}{one.wall_s:>10.2f}{one.cpu_s:>10.2f}"
        for one in (*times, StepTime("the whole command", 0, 1, wall_s, cpu_s))
    ]
    return "\n".join(rows)
