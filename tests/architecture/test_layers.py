"""Imports go downwards; walls to third parties hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FORBIDDEN_MODULES = {"utils", "util", "helpers", "common", "manager", "base2", "misc"}


def sources(root: Path) -> list[Path]:
    found = sorted((root / "src" / "desirepath").rglob("*.py"))
    assert len(found) > 50  # a gate proves that it looked at something
    return found


def imported(file: Path) -> Iterator[str]:
    for part in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(part, ast.Import):
            yield from (one.name for one in part.names)
        elif isinstance(part, ast.ImportFrom):
            yield part.module or ""


def test_dependencies_flow_one_way(root: Path) -> None:
    tool = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [tool, "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 kept, 0 broken" in done.stdout
    analyzed = re.search(r"Analyzed (\d+) files", done.stdout)
    assert analyzed is not None
    assert int(analyzed[1]) > 50


def test_only_the_engine_talks_to_a_database(root: Path) -> None:
    inside = root / "src" / "desirepath" / "events" / "engine"
    for file in sources(root):
        if inside not in file.parents:
            assert not any(name.split(".")[0] == "duckdb" for name in imported(file)), (
                file
            )


def test_nothing_reaches_for_the_network_or_runs_commands(root: Path) -> None:
    walls = {
        "socket",
        "urllib.request",
        "http.client",
        "requests",
        "httpx",
        "subprocess",
    }
    # `pull` and `push` ask the server their user names: through `remote`, and nothing else does.
    # `serving` reaches for nobody: it opens the address others ask. `sending` sends digests where the
    # project says so. Jobs and files that people bring are looked at in processes of our own program.
    web = root / "src" / "desirepath" / "web"
    network = {"remote.py", "serving.py", "jobs/sending.py"}
    processes = {"jobs/limits.py", "jobs/runner.py", "data/confined.py"}
    doors = {web / name for name in network | processes}
    for file in set(sources(root)) - doors:
        assert not walls & set(imported(file)), file
    assert all(file.exists() for file in doors)


def test_no_module_is_a_drawer_for_everything(root: Path) -> None:
    for file in sources(root):
        assert not FORBIDDEN_MODULES & {file.stem, file.parent.name}, file
