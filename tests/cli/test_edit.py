"""`desirepath edit`: what one person changed, put into what another changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desirepath.cli.app import run
from desirepath.maps.files import read_map

BASE = """\
# what we believe
format: desirepath/map/1
id: shop
title: I order a plant   # by me
lanes: [pains]
stages:
  - id: buy
    name: Buy
    steps:
      - id: pay
        name: I pay
        statements:
          - {lane: pains, text: The payment is very slow}   # says Ann
      - id: wait
        name: I wait
"""


def changed(tmp_path: Path, name: str, *swaps: tuple[str, str]) -> Path:
    text = BASE
    for before, after in swaps:
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def edits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """What Ben changed in his copy: a title, a reworded pain, a step in between."""
    old = changed(tmp_path, "old.yaml")
    ben = changed(
        tmp_path,
        "ben.yaml",
        ("I order a plant", "I order a green plant"),
        ("very slow", "very slow on phones"),
        ("      - id: wait", "      - {id: ask, name: I ask}\n      - id: wait"),
    )
    assert run(["diff", str(old), str(ben), "--edits"]) == 1
    path = tmp_path / "edits.json"
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    return path


def test_a_reworded_statement_is_a_change_of_the_one_that_was_there(
    edits: Path,
) -> None:
    given = json.loads(edits.read_text(encoding="utf-8"))["edits"]
    assert [one["do"] for one in given] == ["change", "add", "change"]
    assert given[2]["was"] == "The payment is very slow"


def test_edits_meet_what_others_changed_meanwhile(
    tmp_path: Path, edits: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ann = changed(
        tmp_path, "ann.yaml", ("I order a plant", "We order a plant"), ("I wait", "I wait long")
    )  # fmt: skip
    undo = tmp_path / "undo.json"
    before = ann.read_text(encoding="utf-8")
    assert run(["edit", str(ann), str(edits), "--undo", str(undo)]) == 0
    assert capsys.readouterr().out == (
        "~ title of the map changed from “We order a plant” to “We order a green plant”\n"
        "~ pains at “I pay” changed from “The payment is very slow” to “The payment is very slow on phones”\n"
        "+ step “I ask” was added to stage Buy\n"
        f"Changed {ann}. {undo} takes it back.\n"
    )
    assert ann.read_text(encoding="utf-8").startswith("# what we believe\n")
    assert "# says Ann" in ann.read_text(encoding="utf-8")
    assert read_map(ann).step_ids() == ("pay", "ask", "wait")
    assert run(["edit", str(ann), str(undo)]) == 0
    assert read_map(ann) == read_map(changed(tmp_path, "x.yaml", ("I order a plant", "We order a plant"), ("I wait", "I wait long")))  # fmt: skip
    assert ann.read_text(encoding="utf-8").splitlines()[:5] == before.splitlines()[:5]


def test_what_is_written_over_is_told(
    tmp_path: Path, edits: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ann = changed(tmp_path, "ann.yaml", ("a plant", "a big plant"))
    assert run(["edit", str(ann), str(edits)]) == 0
    out = capsys.readouterr().out
    assert '! title of map had become "I order a big plant" meanwhile; it was replaced.' in out  # fmt: skip
    assert read_map(ann).title == "I order a green plant"


def test_a_dry_run_writes_nothing(
    tmp_path: Path, edits: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ann = changed(tmp_path, "ann.yaml")
    before = ann.read_bytes()
    undo = tmp_path / "undo.json"
    command = ["edit", str(ann), str(edits), "--undo", str(undo), "--dry-run"]
    assert run(command) == 0
    assert "+ step “I ask”" in capsys.readouterr().out
    assert ann.read_bytes() == before
    assert not undo.exists()


def test_one_wrong_edit_and_nothing_is_written(
    tmp_path: Path, edits: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ann = changed(tmp_path, "ann.yaml")
    before = ann.read_bytes()
    data = json.loads(edits.read_text(encoding="utf-8"))
    data["edits"].append({"do": "mark_gone", "ref": "step:payy"})
    edits.write_text(json.dumps(data), encoding="utf-8")
    assert run(["edit", str(ann), str(edits)]) == 3
    assert 'no step is called "payy" [E112]' in capsys.readouterr().err
    assert ann.read_bytes() == before


def test_steps_of_a_stage_taken_off_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ann = changed(tmp_path, "ann.yaml")
    edits = tmp_path / "edits.json"
    edits.write_text(
        '{"format": "desirepath/edits/1", "edits": [{"do": "mark_gone", "ref": "stage:buy"}]}',
        encoding="utf-8",
    )
    assert run(["edit", str(ann), str(edits), "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "! step:pay stood in what was taken off and leaves the file with it." in out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "the format line is missing or names something else [E110]"),
        ('{"format": "desirepath/edits/1"}', '"edits" is missing [E114]'),
        ("[]", "[E109]"),
        ('{"format": "desirepath/edits/1", "edits": [3]}', 'edit 1: expected an edit with a "do", found the number 3 [E116]'),
    ],
)  # fmt: skip
def test_a_file_without_edits_is_refused(
    tmp_path: Path, text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ann = changed(tmp_path, "ann.yaml")
    path = tmp_path / "edits.json"
    path.write_text(text, encoding="utf-8")
    assert run(["edit", str(ann), str(path)]) == 3
    assert message in capsys.readouterr().err
