"""The program that reads a file nobody has looked at yet. It is told what to do by a file, and answers into one."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desirepath.errors import DesirepathError
from desirepath.web.ending import end_with_parent

try:
    import resource
except ImportError:  # Windows has none: time alone is limited there, by who asked
    resource = None  # type: ignore[assignment]

OPEN_FILES = 256
ADDRESS_BYTES = 6 * 1024**3


def confine(memory_bytes: int, written_bytes: int, time_s: float) -> None:
    """Take away from this process what it does not need; it cannot take it back."""
    if resource is None:
        return
    for kind, most in (
        ("RLIMIT_CORE", 0),
        ("RLIMIT_CPU", int(2 * time_s) + 2),  # of several processors
        ("RLIMIT_FSIZE", written_bytes),
        ("RLIMIT_NOFILE", OPEN_FILES),
        ("RLIMIT_AS", ADDRESS_BYTES),
        # what a process fills; addresses alone cost nothing
        ("RLIMIT_DATA", memory_bytes),
    ):
        number = getattr(resource, kind, None)
        if number is None:
            continue
        _, hard = resource.getrlimit(number)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # time is told of by a signal of its own before the process is killed for it
        soft = max(1, least - 1) if kind == "RLIMIT_CPU" else least
        resource.setrlimit(number, (soft, least))


def main(work: Path) -> dict[str, Any]:
    """The answer to what is asked in a folder."""
    asked: dict[str, Any] = json.loads((work / "asked.json").read_text("utf-8"))
    confine(*asked.pop("limits"))
    try:
        return _done(asked)
    except DesirepathError as error:
        if any("Out of Memory" in one.what for one in error.problems):
            return {"took": "memory"}
        listed = [
            {"code": one.code, "what": one.what, "place": one.place, "hint": one.hint}
            for one in error.problems
        ]
        return {"problems": listed}
    except MemoryError:
        return {"took": "memory"}
    except OSError as error:
        is_full = error.errno in (errno.EFBIG, errno.ENOSPC)
        return {"took": "room" if is_full else type(error).__name__}
    except BaseException as error:  # noqa: BLE001 - whatever a reader of files says of a broken one
        is_memory = "memory" in f"{type(error).__name__} {error}".lower()
        return {"took": "memory" if is_memory else type(error).__name__}


def _done(asked: dict[str, Any]) -> dict[str, Any]:
    # after the limits hold
    from desirepath.web.data.databases import prove_database  # noqa: PLC0415
    from desirepath.web.data.proofs import prove, prove_own  # noqa: PLC0415
    from desirepath.web.data.rewriting import rewrite  # noqa: PLC0415

    acts: dict[str, Callable[..., dict[str, Any]]]
    acts = {
        "prove": prove,
        "prove_own": prove_own,
        "prove_database": prove_database,
        "rewrite": rewrite,
    }
    return acts[asked.pop("do")](**asked)


if __name__ == "__main__":
    end_with_parent()
    folder = Path(sys.argv[1])
    told = json.dumps(main(folder))
    (folder / "answer.json").write_text(told, encoding="utf-8")
