"""What the machine, or the container on it, lets the embedded engine have."""

from __future__ import annotations

import os
from pathlib import Path

from desirepath.errors import EventsError, Problem

VARIABLE = "DESIREPATH_MEMORY"
MOST = 4 * 1000**3
LEAST = 256 * 1000**2
LARGEST = 1000**6
SHARE = 0.4  # the rest is for arrays, and for others
MOST_THREADS = 8
# where Linux says what a container may have, by version of control groups
LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
UNITS = {"KB": 1000, "MB": 1000**2, "GB": 1000**3, "TB": 1000**4}


def memory_limit() -> int:
    """Bytes the engine may take: 40 % of what is there, at most 4 GB, or what DESIREPATH_MEMORY says.

    Raises:
        EventsError: E288 if the variable is no size.
    """
    given = os.environ.get(VARIABLE, "").strip()
    if given:
        return size_of(given)
    return min(max(int(SHARE * memory_there()), LEAST), MOST)


def size_of(text: str) -> int:
    """Bytes of a size that somebody wrote.

    Raises:
        EventsError: E288 if it is none.

    Examples:
        >>> size_of("1.5 GB"), size_of("800MB")
        (1500000000, 800000000)
    """
    number, unit = text[:-2].strip(), text[-2:].upper()
    try:
        size = int(float(number) * UNITS[unit])
    except (ValueError, KeyError, OverflowError):
        size = 0
    if not LEAST <= size <= LARGEST:
        what = f'"{text}" is no size of at least {LEAST // 1000**2} MB'
        hint = f"Set {VARIABLE}=2GB, or leave it away."
        raise EventsError(Problem("E288", what, VARIABLE, hint))
    return size


def memory_there() -> int:
    """Bytes of memory of the machine, or of its container where that has less."""
    found = []
    if hasattr(os, "sysconf"):
        found.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    for file in LIMITS:
        try:
            text = file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
        if text.isdigit():
            found.append(int(text))
    return min(found, default=MOST)


def thread_count() -> int:
    """Processors this process may use, at most eight."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), MOST_THREADS)
    return min(os.cpu_count() or 1, MOST_THREADS)
