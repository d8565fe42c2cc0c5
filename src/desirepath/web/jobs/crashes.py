"""What is said of the process of a job that did not say itself how it ended."""

from __future__ import annotations

import signal

from desirepath.errors import Problem
from desirepath.web.jobs.child import too_large


def crash_of(code: int) -> Problem:
    """What is said of a process that ended without a word."""
    if code == -getattr(signal, "SIGXCPU", 24):
        return too_long(0)
    if code in (-getattr(signal, "SIGKILL", 9), -getattr(signal, "SIGABRT", 6)):
        return too_large()
    what = "the job stopped unexpectedly"
    hint = "Start it again; where it stops again, the log of the server says more."
    return Problem("E766", what, hint=hint)


def too_long(wall_s: float) -> Problem:
    """What is said of a job that took too long; 0 where it is not known how long that was."""
    after = f" after {wall_s / 60:.0f} minutes" if wall_s else ""
    what = f"the job was ended{after}, because it took too long"
    return Problem("E767", what, hint="Look at less data.")
