#!/usr/bin/env python3
"""Set up and run, with the standard library only.

python3 dev.py demo [options]   make .venv, install the pinned packages, run `desirepath demo`
python3 dev.py test [options]   the same with the test tools, then run the tests
python3 dev.py engines          add what the tests of further engines need, 650 MB
python3 dev.py docs             build the documentation into docs/_build
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST_PYTHON = (3, 11)


def call(*command: object) -> None:
    """Run a command here and stop when it fails."""
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT)


def install(extra: str) -> None:
    """Make the environment and install the project, unless nothing changed since the last time."""
    inputs = b"".join(
        (ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")
    )
    wanted = hashlib.sha256(inputs + extra.encode() + sys.version.encode()).hexdigest()
    stamp = VENV / f"installed-{extra or 'base'}.sha256"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    uv = shutil.which("uv")
    if not PYTHON.exists():
        call(uv, "venv", "-q", "--python", sys.executable, VENV) if uv else call(
            sys.executable, "-m", "venv", VENV
        )
    target = f".[{extra}]" if extra else "."
    print(f"Installing {target} into .venv …", flush=True)
    if uv:
        call(
            uv,
            "pip",
            "install",
            "-q",
            "--python",
            PYTHON,
            "-c",
            "constraints.txt",
            "-e",
            target,
        )
    else:
        pip = (PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "-q")
        call(*pip, "-c", "constraints.txt", "-e", target)
    stamp.write_text(wanted)


def main() -> int:
    """Run one of the tasks and give its exit code."""
    if sys.version_info < OLDEST_PYTHON:
        print("Python 3.11 or newer is needed.", file=sys.stderr)
        return 2
    task, rest = (sys.argv[1:2] or ["help"])[0], sys.argv[2:]
    if task == "demo":
        install("")
        return subprocess.call([PYTHON, "-m", "desirepath", "demo", *rest], cwd=ROOT)
    if task == "test":
        install("test")
        return subprocess.call(
            [PYTHON, "-m", "pytest", "-q", "-n", "2", *rest], cwd=ROOT
        )
    if task == "engines":
        install("engines")
        return 0
    if task == "docs":
        install("docs")
        return subprocess.call(
            [
                PYTHON,
                "-m",
                "sphinx",
                "-q",
                "-n",
                "-W",
                "-b",
                "html",
                "docs",
                "docs/_build",
            ],
            cwd=ROOT,
        )
    print(__doc__)
    return 0 if task == "help" else 2


if __name__ == "__main__":
    sys.exit(main())
