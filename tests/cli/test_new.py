"""`desirepath new`, `schema` and `migrate`: files to start from."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from desirepath.cli.app import run
from desirepath.maps.files import read_map
from desirepath.maps.schema import map_schema
from desirepath.maps.templates import TEMPLATES, new_text

OLD = Path(__file__).parents[1] / "compatibility" / "map-0.yaml"


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_new_map_can_be_read(
    tmp_path: Path, template: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "My map.yaml"
    arguments = ["--template", template, "--title", "I rent a bicycle"]
    assert run(["new", str(file), *arguments]) == 0
    assert (read_map(file).id, read_map(file).title) == ("my-map", "I rent a bicycle")
    assert capsys.readouterr().out == (
        f"Wrote {file} from the template {template}.\n"
        f"Overwrite the example, then: desirepath lint {file}\n"
    )


def test_answers_become_a_map_and_enter_skips(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "green.yaml"
    answers = ["Beginner", "", "I make it green", "", "", "", "Find; Buy", "I look;", "Web shop", "", "", "9", "-1"]  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(answers)))
    assert run(["new", str(file), "--guided"]) == 0
    journey = read_map(file)
    assert (journey.id, journey.title) == ("green", "I make it green")
    assert [one.name for one in journey.steps()] == ["I look", "Buy"]
    assert [one.score for one in journey.all_statements()] == [-1]
    assert capsys.readouterr().out.endswith(
        f"Wrote {file} from your answers; all of it is assumption.\n"
        f"Draw it: desirepath draw {file} map.pdf\n"
    )


def test_a_new_map_can_be_json(tmp_path: Path) -> None:
    file = tmp_path / "shop.json"
    assert run(["new", str(file)]) == 0
    assert json.loads(file.read_text(encoding="utf-8"))["id"] == "shop"


def test_an_existing_file_is_replaced_only_by_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "shop.yaml"
    file.write_text("mine\n", encoding="utf-8")
    assert run(["new", str(file)]) == 3
    assert file.read_text(encoding="utf-8") == "mine\n"
    assert capsys.readouterr().err == (
        f"{file}: the file exists already [E122]\n"
        "  Give another name, or --force to replace it.\n"
    )
    assert run(["new", str(file), "--force"]) == 0
    assert read_map(file).id == "shop"


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == map_schema()


def test_an_old_map_is_brought_up_to_date(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "shop.yaml"
    file.write_bytes(OLD.read_bytes())
    assert run(["migrate", str(file)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("format: desirepath/map/1\n")
    assert file.read_bytes() == OLD.read_bytes()
    assert run(["migrate", str(file), "--write"]) == 0
    assert file.read_text(encoding="utf-8") == printed
    assert read_map(file) == read_map(OLD)


def test_a_map_that_is_up_to_date_keeps_its_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, copy = tmp_path / "shop.yaml", tmp_path / "copy.yaml"
    file.write_text(new_text("classic"), encoding="utf-8")
    assert run(["migrate", str(file), "--write"]) == 0
    assert run(["migrate", str(file), "-o", str(copy)]) == 0
    assert capsys.readouterr().out == f"{file} is up to date.\nWrote {copy}.\n"
    assert file.read_text(encoding="utf-8") == new_text("classic")
    assert copy.read_text(encoding="utf-8") == new_text("classic")
    assert run(["migrate", str(file), "--write", "-o", str(copy)]) == 2
