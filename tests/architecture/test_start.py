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
import sys
from desirepath.cli.app import run
code = run({arguments!r})
print("@", code, *sys.modules)
"""
# what is loaded is counted, not how long it takes: that is the same on every machine
OWN = {
    "desirepath",
    "desirepath.__version__",
    "desirepath.cli",
    "desirepath.cli.app",
    "desirepath.cli.commands",
    "desirepath.cli.output",
    "desirepath.cli.watching",
    "desirepath.errors",
    "desirepath.sentences",
    "desirepath.sentences.rounding",
}


def start(*arguments: str) -> tuple[int, set[str]]:
    """Exit code of a command and the modules it loaded."""
    program = PROGRAM.format(arguments=list(arguments))
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    code, *loaded = done.stdout.rpartition("@")[2].split()
    return int(code), set(loaded)


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_loads_no_command_and_nothing_heavy(argument: str) -> None:
    code, loaded = start(argument)
    assert code == 0
    assert {name for name in loaded if name.partition(".")[0] == "desirepath"} <= OWN
    assert loaded.isdisjoint(HEAVY)


@pytest.mark.parametrize("command", ["check", "draw", "discover", "demo"])
def test_help_of_a_command_loads_no_more_than_its_parser_does(command: str) -> None:
    code, loaded = start(command, "--help")
    assert code == 0
    # Typer turns arguments into values with it
    assert loaded & set(HEAVY) <= {"pydantic"}


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
