"""A program of its own that reads a file nobody has looked at yet: little memory, little time, no environment."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desirepath.errors import Problem, WebError
from desirepath.web.ending import end

MEMORY_BYTES = 1024**3
ENGINE_BYTES = 400 * 10**6
LARGE_BYTES = 64 * 10**6
TIMES_IN_MEMORY = 5  # what is more than a large file needs, as events in memory
ENGINE_SHARE = 0.25  # of that
TIME_S = 30.0
TIME_PER_MB_S = 1.5  # nobody waits for it, and a busy machine is no fault of the file
LEAST_WRITTEN_BYTES = 1024**3
MOST_WRITTEN_BYTES = 8 * 1024**3
TIMES_ITS_SIZE = 8
MOST_ANSWER_BYTES = 16 * 1024**2
WORK = "work-"
ASKED, ANSWER = "asked.json", "answer.json"
TICK_S = 0.25
KEPT = ("SYSTEMROOT", "SYSTEMDRIVE")  # without which no program starts on Windows
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}


class UnwantedError(Exception):
    """What was asked is wanted no longer, or the server stops."""


def always() -> bool:
    """What is asked stays wanted."""
    return True


@dataclass(frozen=True, slots=True)
class Limits:
    """What the program may take.

    Attributes:
        time_s: Seconds on the clock, and of a processor.
        memory_bytes: Memory it fills.
        written_bytes: Size of the largest file it writes.
    """

    time_s: float = TIME_S
    memory_bytes: int = MEMORY_BYTES
    written_bytes: int = LEAST_WRITTEN_BYTES


def limits_for(file_bytes: int) -> Limits:
    """Limits for reading a file: large ones may take longer, and more of memory and disk.

    Examples:
        >>> limits_for(1000).time_s, limits_for(512 * 10**6).time_s
        (30.0, 798.0)
        >>> [round(limits_for(one * 10**6).memory_bytes / 2**30, 1) for one in (1, 64, 512)]
        [1.0, 1.0, 3.1]
    """
    memory = MEMORY_BYTES + TIMES_IN_MEMORY * max(0, file_bytes - LARGE_BYTES)
    written = max(LEAST_WRITTEN_BYTES, TIMES_ITS_SIZE * file_bytes)
    time_s = round(TIME_S + TIME_PER_MB_S * file_bytes / 10**6, 1)
    return Limits(time_s, memory, min(written, MOST_WRITTEN_BYTES))


def ask_child(
    folder: Path,
    asked: Mapping[str, Any],
    limits: Limits,
    name: str,
    known: Sequence[str] = (),
    is_wanted: Callable[[], bool] = always,
) -> dict[str, Any]:
    """What `desirepath.web.data.child` answers; whatever else it left is gone afterwards.

    Args:
        folder: The only folder it is told of.
        asked: What it is asked, as JSON.
        limits: What it may take.
        name: Of the file, for messages.
        known: Variables of our environment it may know, such as the connection to a database.
        is_wanted: Asked now and then while it runs; where it says no, the program is ended.

    Raises:
        UnwantedError: It was wanted no longer.
        WebError: E754 it took too much, E758 the file cannot be read; E2xx as the readers of files say.
    """
    work = Path(tempfile.mkdtemp(prefix=WORK, dir=folder))
    try:
        told = {
            "limits": [limits.memory_bytes, limits.written_bytes, limits.time_s],
            **asked,
        }
        (work / ASKED).write_text(json.dumps(told), encoding="utf-8")
        program = _started(folder, work, limits, (*KEPT, *known))
        code = _followed(program, limits, name, is_wanted)
        return _answer(work / ANSWER, code, name)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _started(
    folder: Path, work: Path, limits: Limits, kept: Sequence[str]
) -> subprocess.Popen[bytes]:
    """The program; nothing comes of its input, whose end tells it that we are gone."""
    known = {key: os.environ[key] for key in kept if key in os.environ}
    own = {"HOME": str(work), "TMPDIR": str(work), "TEMP": str(work), "TMP": str(work)}
    engine = ENGINE_BYTES + int(ENGINE_SHARE * (limits.memory_bytes - MEMORY_BYTES))
    own["DESIREPATH_MEMORY"] = f"{engine // 10**6}MB"
    module = "desirepath.web.data.child"
    return subprocess.Popen(  # noqa: S603 - our own program, nothing of the request in its line
        [sys.executable, "-I", "-X", "utf8", "-m", module, work.name],
        cwd=folder,
        env={**known, **ENVIRONMENT, **own},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _followed(
    program: subprocess.Popen[bytes],
    limits: Limits,
    name: str,
    is_wanted: Callable[[], bool],
) -> int:
    """How a program ended; it and all it started are gone afterwards, whatever happens."""
    until_s = time.monotonic() + limits.time_s
    try:
        while (left_s := until_s - time.monotonic()) > 0:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return program.wait(min(TICK_S, left_s))
            if not is_wanted():
                raise UnwantedError
        raise _too_much(name, "time")
    finally:
        end(program)
        if program.stdin is not None:
            program.stdin.close()


def _answer(file: Path, code: int, name: str) -> dict[str, Any]:
    try:
        if file.stat().st_size > MOST_ANSWER_BYTES:
            raise _too_much(name, "memory")
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise _unreadable(name, code) from None
    if found.get("took") in ("memory", "room"):
        raise _too_much(name, found["took"])
    if found.get("took"):
        raise _unreadable(name, code)
    if "problems" in found:
        raise WebError(*(Problem(**one) for one in found["problems"]))
    return found


def _too_much(name: str, what: str) -> WebError:
    told = f"the file takes too much {what} to read"
    hint = "Send a part of it, or write it anew as Parquet."
    return WebError(Problem("E754", told, name, hint))


def _unreadable(name: str, code: int) -> WebError:
    if code and code == -getattr(signal, "SIGXCPU", 0):
        return _too_much(name, "time")
    if code < 0:  # ended by the system, which counts time and size as well
        return _too_much(name, "time or memory")
    hint = "Export it again, and send it as CSV, JSON lines, Parquet or XES."
    return WebError(Problem("E758", "the file cannot be read", name, hint))
