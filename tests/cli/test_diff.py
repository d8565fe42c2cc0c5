"""`desirepath diff`: what changed, and an exit code for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desirepath.cli.app import run
from desirepath.maps.templates import new_text


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    text = new_text("classic")
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace("score: 2", "score: 1"), encoding="utf-8")
    return str(old), str(new)


def test_equal_maps_leave_with_0(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", files[0], files[0]]) == 0
    assert capsys.readouterr().out == "The maps are the same.\n"


def test_a_difference_leaves_with_1_and_is_told_in_words(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", *files]) == 1
    assert capsys.readouterr().out == (
        "~ emotion at “I unpack the plant and find a place for it” changed from +2 to +1\n"
    )
    assert run(["diff", *files, "--json"]) == 1
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert (change["field"], change["old"], change["new"]) == ("score", 2, 1)


def test_a_file_that_is_not_there_leaves_with_3(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", files[0], files[0] + "x"]) == 3
    assert "there is no such file [E101]" in capsys.readouterr().err
