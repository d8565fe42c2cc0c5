"""Processes end with all they started, and with who started them."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from typing import Protocol


class Process(Protocol):
    """A process that was started in a group of its own."""

    pid: int

    def kill(self) -> None:
        """End it."""

    def wait(self) -> int:
        """Wait until it is gone."""
        ...


def end(process: Process) -> None:
    """End a process with all it started, and wait until it is gone."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def end_with_parent() -> None:
    """From now on this process ends, with all it started, as soon as who started it is gone."""

    def watch() -> None:
        while os.read(0, 1024):
            pass
        if hasattr(os, "killpg"):
            os.killpg(0, signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="parent").start()
