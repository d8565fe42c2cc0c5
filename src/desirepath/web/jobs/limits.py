"""What a process of its own may use: memory, time, size of files. Held by the system, not by good will."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desirepath.events.engine.machine import memory_there

GIB = 1024**3
NICE = 10
# What a program needs of its surroundings; everything else may be a secret of the server.
KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SYSTEMROOT", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "DESIREPATH_MEMORY")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use; a system without these limits holds the time that passes alone.

    Attributes:
        memory_bytes: Memory it may ask for.
        cpu_s: Time of all its processors.
        file_bytes: Size of each file it writes.
        open_files: Files open at once.
        wall_s: Time that passes; held by who started it.
    """

    memory_bytes: int = 4 * GIB
    cpu_s: int = 3_600
    file_bytes: int = 8 * GIB
    open_files: int = 256
    wall_s: float = 3_600.0


def limits_here() -> Limits:
    """Limits of jobs on this machine: three quarters of its memory, but at least 2 GiB."""
    return Limits(memory_bytes=max(2 * GIB, memory_there() * 3 // 4))


def hold(limits: Limits) -> None:
    """Hold the limits from now on, in this process and those it starts; nobody can lift them again."""
    try:
        import resource  # noqa: PLC0415 - only where the system has it
    except ImportError:
        return
    wanted = {
        "RLIMIT_AS": limits.memory_bytes,
        "RLIMIT_CPU": limits.cpu_s,
        "RLIMIT_FSIZE": limits.file_bytes,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_CORE": 0,
    }
    for name, most in wanted.items():
        kind = getattr(resource, name, None)
        if kind is not None:
            hard = resource.getrlimit(kind)[1]
            least = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (least, least))
    os.nice(NICE)


def surroundings(
    folder: Path, environment: Mapping[str, str], also: Iterable[str] = ()
) -> dict[str, str]:
    """Environment of a process: what programs need, a folder for its files, and nothing secret.

    Args:
        folder: Where it may write.
        environment: Variables of the server.
        also: Names of variables it needs besides.
    """
    told = {name: environment[name] for name in (*KEPT, *also) if name in environment}
    own = {"HOME": folder, "TMPDIR": folder, "TEMP": folder, "TMP": folder}
    return {
        **told,
        **{name: str(place) for name, place in own.items()},
        "PYTHONIOENCODING": "utf-8",
        "OPENBLAS_NUM_THREADS": "1",  # threads of it would count as memory
    }


def start(
    command: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """A process in its own group, that ends when this one does.

    Its input is a pipe of which nothing comes: its end tells the process that we are gone. What it
    writes beside its answer stands in ``log.txt``.

    Args:
        command: What to run; it gets the folder besides.
        folder: Its folder.
        environment: Of `surroundings`.
    """
    with (folder / "log.txt").open("wb") as log:
        return subprocess.Popen(  # noqa: S603 - our own program
            [*command, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=folder,
            env=dict(environment),
            start_new_session=True,
        )
