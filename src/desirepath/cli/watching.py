"""Around every command: steps shown or timed, and Ctrl-C."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from typing import NoReturn, TextIO

STOPPED = 130  # what shells expect of a command that was interrupted


@contextlib.contextmanager
def watching(stream: TextIO | None, is_timed: bool) -> Iterator[None]:
    """Show steps on a terminal, or print a table of their times at the end.

    Args:
        stream: A terminal; None to show nothing.
        is_timed: Print the table.
    """
    if stream is None and not is_timed:
        yield
        return
    from desirepath.cli.progress import Progress, time_table
    from desirepath.steps import watched

    wall, cpu = time.perf_counter(), time.process_time()
    progress = Progress(stream)
    progress.start()
    try:
        with watched(progress):
            yield
    finally:
        progress.stop()
        if is_timed:
            passed = time.perf_counter() - wall, time.process_time() - cpu
            print(time_table(progress.times(), *passed), file=sys.stderr)


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Ctrl-C ends the command with code 130; what was being written is taken away on the way out."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _stop(*_: object) -> NoReturn:
    """Leave as shells expect it."""
    print("\nStopped; nothing was written in part.", file=sys.stderr)
    raise SystemExit(STOPPED)
