"""Options of the program before a command, and what a run leaves with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desirepath import __version__
from desirepath.cli.app import run
from desirepath.errors import MapError


def test_an_error_is_told_in_words_unless_its_traceback_is_asked_for(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    missing = str(tmp_path / "none.yaml")
    with pytest.raises(MapError):
        run(["--debug", "migrate", missing])
    assert run(["migrate", missing]) == 3
    assert "[E101]" in capsys.readouterr().err
    monkeypatch.setenv("DESIREPATH_DEBUG", "1")
    with pytest.raises(MapError):
        run(["migrate", missing])


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"desirepath {__version__}\n"


def test_a_command_nearby_is_named_for_one_that_is_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["chek"]) == 2
    assert "No such command 'chek'. Did you mean 'check'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["migrate"], ["events", "inspect"]], ids=["command", "group"]
)
def test_the_parser_leaves_files_to_our_errors(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # to root every file is readable, so the answer of the system is played
    monkeypatch.setattr(os, "access", lambda *_: False)
    file = tmp_path / "empty.csv"
    file.touch()
    assert run([*words, str(file)]) == 3
