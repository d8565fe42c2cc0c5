"""The command line starts fast, because nothing heavy is loaded before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "duckdb",
    "scipy",
    "pydantic",
    "typst",
    "lxml",
    "uharfbuzz",
    "numpy",
    "ruamel.yaml",
)
PROGRAM = """
import sys, time
from desirepath.cli.app import run
code = run({arguments!r})
heavy = [name for name in {heavy!r} if name in sys.modules]
print("@", code, round(time.process_time(), 3), *heavy)
"""
# 0.3 s on a quiet machine; the factor is for a busy one
MOST_CPU_S = 0.3 * 5


def start(*arguments: str) -> tuple[int, float, list[str]]:
    program = PROGRAM.format(arguments=list(arguments), heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    code, cpu_s, *heavy = done.stdout.rpartition("@")[2].split()
    return int(code), float(cpu_s), heavy


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_loads_nothing_heavy(argument: str) -> None:
    code, cpu_s, heavy = start(argument)
    assert code == 0
    assert heavy == []
    assert cpu_s < MOST_CPU_S


@pytest.mark.parametrize("command", ["check", "draw", "discover", "demo"])
def test_help_of_a_command_loads_no_more_than_its_parser_does(command: str) -> None:
    code, _, heavy = start(command, "--help")
    assert code == 0
    assert set(heavy) <= {"pydantic"}  # Typer turns arguments into values with it


def test_importing_the_package_loads_nothing_heavy() -> None:
    program = (
        f"import sys, desirepath; print(*[n for n in {HEAVY!r} if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def test_an_unknown_option_is_wrong_usage() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desirepath", "--nonsense"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
