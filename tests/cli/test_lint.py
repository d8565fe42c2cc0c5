"""`desirepath lint`: findings with their lines, and an exit code for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desirepath.cli.app import run
from desirepath.maps.templates import new_text


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "shop.yaml"
    path.write_text(new_text("classic"), encoding="utf-8")
    return path


def test_a_good_map_leaves_with_0(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lint", str(file)]) == 0
    assert capsys.readouterr().out == "Nothing to mend.\n"


def test_a_hint_alone_leaves_with_0(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = file.read_text(encoding="utf-8").replace("trigger:", "# trigger:")
    file.write_text(text, encoding="utf-8")
    assert run(["lint", str(file)]) == 0
    assert "L05" in capsys.readouterr().out


def test_a_warning_leaves_with_1_and_names_its_line(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = file.read_text(encoding="utf-8").replace("[parcel]", "[parcle]")
    line = text[: text.index("[parcle]")].count("\n") + 1
    file.write_text(text, encoding="utf-8")
    assert run(["lint", str(file), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["problems"] == []
    assert [(one["code"], one["place"]) for one in found["findings"]] == [
        ("L02", f"{file}:{line} stages[3].steps[1].touchpoints[0]"),
        (
            "L15",
            f"{file}:{text[: text.index('{id: parcel')].count(chr(10)) + 1} touchpoints[3]",
        ),
    ]


def test_a_file_that_is_no_map_leaves_with_3_and_the_others_are_read(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = file.with_name("bad.yaml")
    bad.write_text("- a\n", encoding="utf-8")
    assert run(["lint", str(bad), str(file)]) == 3
    printed = capsys.readouterr()
    assert printed.out == "Nothing to mend.\n"
    assert printed.err == (
        f"{bad}: expected a map of keys and values, found a list [E109]\n"
        "  Start with: format: desirepath/map/1\n"
    )
    assert run(["lint", str(bad), "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "E109"
