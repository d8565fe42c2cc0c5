#!/usr/bin/env python3
"""Set up and run, with the standard library only.

python3 dev.py demo [options]   make .venv, install the pinned packages, run `desirepath demo`
python3 dev.py test [options]   the same with the test tools, then run the tests
python3 dev.py nightly [options] run the dearest proofs, which the tests leave out
python3 dev.py checks           install at once what tests, further engines (650 MB) and documentation need
python3 dev.py spark-cluster    in .venv-spark: start a cluster of Spark, kill a worker, same bytes
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
VENV_SPARK = ROOT / ".venv-spark"
OLDEST_PYTHON = (3, 11)
# one more than the processors there are: many tests wait for a server or a page
WORKERS = str((os.cpu_count() or 1) + 1)


def python_of(folder: Path) -> Path:
    """The interpreter of an environment."""
    scripts = "Scripts" if os.name == "nt" else "bin"
    return folder / scripts / ("python.exe" if os.name == "nt" else "python")


PYTHON = python_of(VENV)


def call(*command: object) -> None:
    """Run a command here and stop when it fails."""
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT)


def wanted_for(extra: str) -> str:
    """What an environment with an extra is made of; another text where any of it changes."""
    files = [ROOT / name for name in ("pyproject.toml", "constraints.txt")]
    client = (one for one in (ROOT / "frontend").rglob("*") if one.is_file())
    files += sorted(one for one in client if "node_modules" not in one.parts)
    inputs = b"".join(one.read_bytes() for one in files)
    return hashlib.sha256(inputs + extra.encode() + sys.version.encode()).hexdigest()


def install(*extras: str, folder: Path = VENV) -> None:
    """Make the environment and install the project, unless nothing changed since the last time.

    Several extras are installed at once, which takes hardly longer than one.
    """
    stamps = {folder / f"installed-{one or 'base'}.sha256": wanted_for(one) for one in extras}  # fmt: skip
    if all(file.exists() and file.read_text() == text for file, text in stamps.items()):
        return
    python = python_of(folder)
    uv = shutil.which("uv")
    if not python.exists():
        call(uv, "venv", "-q", "--python", sys.executable, folder) if uv else call(
            sys.executable, "-m", "venv", folder
        )
    named = ",".join(one for one in extras if one)
    target = f".[{named}]" if named else "."
    print(f"Installing {target} into {folder.name} …", flush=True)
    if uv:
        # refreshed, since the browser's program may have changed
        pip = (uv, "pip", "install", "-q", "--refresh-package", "desirepath", "--python", python)  # fmt: skip
    else:
        pip = (python, "-m", "pip", "install", "--disable-pip-version-check", "-q")
    command = (*pip, "-c", "constraints.txt", "-e", target)
    try:
        call(*command)
    except subprocess.CalledProcessError:
        print("Trying again without the board in the browser …", flush=True)
        os.environ["DESIREPATH_CLIENT"] = "skip"
        call(*command)
        return
    for file, text in stamps.items():
        file.write_text(text)


def demo(options: list[str]) -> int:
    """Simulate a shop and hold its map against it; with --open, on the board."""
    install("web")
    return subprocess.call([PYTHON, "-m", "desirepath", "demo", *options], cwd=ROOT)


def test(options: list[str]) -> int:
    """Run the tests."""
    install("test")
    return subprocess.call(
        [PYTHON, "-m", "pytest", "-q", "-n", WORKERS, *options], cwd=ROOT
    )


def nightly(options: list[str]) -> int:
    """Run the dearest proofs."""
    return test(["-m", "nightly", *options])


def checks(_: list[str]) -> int:
    """Install at once what all checks need."""
    install("test", "engines", "docs")
    return 0


def spark_cluster(options: list[str]) -> int:
    """Run the test that starts a cluster of Spark."""
    install("spark-cluster", folder=VENV_SPARK)
    file = "tests/engines/test_spark_cluster.py"
    run = (python_of(VENV_SPARK), "-m", "pytest", "-v", "-m", "cluster", file)
    return subprocess.call([*run, *options], cwd=ROOT)


def docs(_: list[str]) -> int:
    """Build the documentation; a warning is an error."""
    install("docs")
    sphinx = (PYTHON, "-m", "sphinx", "-q", "-n", "-W", "-b", "html")
    return subprocess.call([*sphinx, "docs", "docs/_build"], cwd=ROOT)


TASKS = {
    "demo": demo,
    "test": test,
    "nightly": nightly,
    "checks": checks,
    "spark-cluster": spark_cluster,
    "docs": docs,
}


def main() -> int:
    """Run one of the tasks and give its exit code."""
    if sys.version_info < OLDEST_PYTHON:
        print("Python 3.11 or newer is needed.", file=sys.stderr)
        return 2
    task, rest = (sys.argv[1:2] or ["help"])[0], sys.argv[2:]
    if task in TASKS:
        return TASKS[task](rest)
    print(__doc__)
    return 0 if task == "help" else 2


if __name__ == "__main__":
    sys.exit(main())
