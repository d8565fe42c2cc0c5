"""Processes end with all they started, and with who started them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading


def end(process: subprocess.Popen[bytes]) -> None:
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
