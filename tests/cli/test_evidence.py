"""`desirepath evidence`: the list and what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desirepath.cli.app import run

MAP = """format: desirepath/map/1
id: shop
title: I order a plant
stages:
  - id: get
    name: Get
    steps:
      - id: wait
        name: I wait
        statements:
          - {id: quick, lane: pains, text: Few wait long, evidence: [late, lost]}
"""
STORIES = """anecdotes:
  - {id: late, told_by_role: support agent, heard_from: 12, when: 2026-03, step: wait, how_often: daily, what_happened: Parcels hang}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "maps").mkdir()
    (tmp_path / "evidence").mkdir()
    (tmp_path / "desirepath.toml").write_text("")
    (tmp_path / "maps" / "shop.yaml").write_text(MAP, encoding="utf-8")
    (tmp_path / "evidence" / "anecdotes.yaml").write_text(STORIES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("arguments", [[], ["maps/shop.yaml"]])
def test_the_list_names_who_told_and_where_it_is_used(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evidence", "list", *arguments]) == 0
    out = capsys.readouterr().out
    (line,) = [one for one in out.splitlines() if one.lstrip().startswith("late")]
    for word in ("anecdote", "2026-03", "support agent", "12", "daily", "wait", "not said", "shop/quick"):  # fmt: skip
        assert word in line
    assert "Parcels" not in out
    assert "that supports a statement, it never confirms one" in out


@pytest.mark.usefixtures("project")
def test_a_link_to_nothing_is_found_with_its_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["evidence", "lint", "--json"]) == 1
    (one,) = json.loads(capsys.readouterr().out)["problems"]
    assert one["code"] == "E332"
    assert one["place"] == "maps/shop.yaml:11 stages[0].steps[0].statements[0].evidence[1]"  # fmt: skip


def test_a_clean_library_leaves_with_0(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = project / "maps" / "shop.yaml"
    file.write_text(MAP.replace(", lost", ""), encoding="utf-8")
    assert run(["evidence", "lint"]) == 0
    assert capsys.readouterr().out == "Nothing to mend in 1 items and 1 maps.\n"


def test_bad_files_leave_with_3(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "evidence" / "anecdotes.yaml").write_text("anecdotes:\n  - {step: a}\n")
    assert run(["evidence", "list"]) == 3
    assert "anecdotes.yaml:2" in capsys.readouterr().err


def test_an_empty_folder_says_how_to_begin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evidence", "list", "--folder", str(tmp_path)]) == 0
    assert "Write for example evidence/anecdotes.yaml" in capsys.readouterr().out


TOLD = ["evidence", "add-anecdote", "Nobody: rings #2", "--role", "driver", "--step", "wait", "--when", "2026-03", "--how-often", "weekly", "--against", "quick"]  # fmt: skip


def test_an_anecdote_is_added_and_the_rest_stays(project: Path) -> None:
    file = project / "evidence" / "anecdotes.yaml"
    file.write_text("# ours\n" + STORIES, encoding="utf-8")
    assert run(TOLD) == 0
    assert file.read_text(encoding="utf-8") == "# ours\n" + STORIES + (
        "  - told_by_role: driver\n"
        '    when: "2026-03"\n'
        "    step: wait\n"
        '    what_happened: "Nobody: rings #2"\n'
        "    how_often: weekly\n"
        "    against:\n"
        "      - quick\n"
    )
    assert run(["evidence", "list"]) == 0


def test_the_first_anecdote_makes_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*TOLD, "--folder", str(tmp_path)]) == 0
    assert run(["evidence", "list", "--folder", str(tmp_path)]) == 0
    assert "driver" in capsys.readouterr().out


def test_a_wrong_word_writes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (project / "evidence" / "anecdotes.yaml").read_bytes()
    assert run([*TOLD, "--how-often", "often"]) == 3
    assert "expected once or now and then or weekly or daily" in capsys.readouterr().err
    assert (project / "evidence" / "anecdotes.yaml").read_bytes() == before


def test_a_list_that_is_not_at_the_end_is_left_alone(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = project / "evidence" / "anecdotes.yaml"
    text = STORIES + "format: desirepath/anecdotes/1\n"
    file.write_text(text, encoding="utf-8")
    assert run(TOLD) == 3
    assert "E340" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == text
    assert [one.name for one in file.parent.iterdir()] == ["anecdotes.yaml"]
