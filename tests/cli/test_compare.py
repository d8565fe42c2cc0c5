"""`desirepath compare` on files: what it prints, saves and leaves with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desirepath.cli.app import run

MAP = """format: desirepath/map/1
id: shop
title: I order a plant
goal: {text: Mine, success: pay}
stages:
  - id: buy
    name: Buy
    steps:
      - {id: look, name: I look, events: [{activity: look}]}
      - {id: pay, name: I pay, events: [{activity: pay}]}
"""
CHANGES = """changes:
  - {date: 2024-01-21, what: new checkout, steps: [pay]}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A map, its changed version, and 400 cases of which fewer pay from 21 January on."""
    rows = ["case,activity,time,device"]
    for case in range(400):
        day = 1 + case // 10
        month, day = (1, day) if day <= 31 else (2, day - 31)
        moment = f"2024-{month:02}-{day:02} 10"
        device = "app" if case % 2 else "web"
        rows.append(f"c{case},look,{moment}:00:00,{device}")
        if case % 10 < (7 if case < 200 else 2):
            rows.append(f"c{case},pay,{moment}:05:00,{device}")
    (tmp_path / "events.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "shop.yaml").write_text(MAP, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(
        MAP.replace("name: I pay", "name: I pay at once"), encoding="utf-8"
    )
    (tmp_path / "changes.yaml").write_text(CHANGES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_got_worse_leaves_with_4_and_names_the_change_before_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["compare", "shop.yaml", "--events", "events.csv", "--split", "2024-01-21"]
    assert run([*asked, "--changes", "changes.yaml", "-o", "report.md"]) == 4
    out = capsys.readouterr().out
    assert "before: 200 cases of 200 customers, 2024-01-01 to 2024-01-20" in out
    assert "▼ worse" in out
    assert "70.0 %" in out
    assert "20.0 %" in out
    assert "Logged: “2024-01-21 new checkout”" in out
    assert "The goal is reached less often: 70.0 % and 20.0 % of the cases." in out
    assert "does not show that it is the cause" in out
    report = (folder / "report.md").read_text("utf-8")
    assert report.startswith("# after against before\n")
    assert "| ▼ worse | whole journey | reach the goal | 70.0 % | 20.0 % |" in report


def test_two_segments_without_a_difference_leave_with_0(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["compare", "shop.yaml", "--events", "events.csv"]
    sides = ["--segment", "device=app", "--against", "device=web"]
    assert run([*asked, *sides]) == 0
    out = capsys.readouterr().out
    assert "device=web: 200 cases" in out
    assert "No sign of a change in" in out
    assert "would have been seen in four of five cases" in out


def test_two_maps_are_told_apart_in_words(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare", "shop.yaml", "shop.yaml"]) == 0
    assert capsys.readouterr().out == "The maps are the same.\n"
    assert run(["compare", "shop.yaml", "new.yaml"]) == 1
    assert capsys.readouterr().out == (
        "On the map:\n  step “I pay” is now called “I pay at once”\n"
    )
    assert run(["compare", "shop.yaml", "new.yaml", "--events", "events.csv"]) == 1
    assert "come from the maps, so nothing is tested" in capsys.readouterr().out


def test_two_evidence_files_are_compared_under_their_names(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (folder / "events.csv").read_text("utf-8").splitlines()
    for name, months in (("winter", "2024-01-0"), ("spring", "2024-02-0")):
        rows = [line for line in lines if months in line]
        part = folder / f"{name}.csv"
        part.write_text("\n".join([lines[0], *rows]) + "\n", encoding="utf-8")
        asked = ["measure", "shop.yaml", "--events", str(part)]
        assert run([*asked, "-o", f"{name}.json"]) == 0
    capsys.readouterr()
    two = ["compare", "winter.json", "spring.json", "--map", "shop.yaml"]
    assert run([*two, "--json"]) == 4
    found = json.loads(capsys.readouterr().out)
    assert found["format"] == "desirepath/comparison/1"
    assert (found["before"]["name"], found["after"]["name"]) == ("winter", "spring")
    assert found["map_changes"] == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "say what to compare"),
        (["--before", "2024-01-01.."], "--before and --after need each other"),
        (["--segment", "device=app"], "--segment name=value and --against need"),
        (["--split", "2024-01-05", "--against", "device=app"], "either windows or"),
        (["--split", "2024-01-05", "--after", "2024-01-05.."], "either --split or"),
    ],
)
def test_options_that_make_no_two_sides_are_refused(
    options: list[str],
    said: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["compare", "shop.yaml", "--events", "events.csv", *options]) == 2
    assert said in capsys.readouterr().err


def test_a_report_is_markdown_or_json(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare", "shop.yaml", "new.yaml", "-o", "report.pdf"]) == 3
    assert capsys.readouterr().err == (
        'report.pdf: a report cannot be written as ".pdf" [E437]\n  Use .md or .json.\n'
    )
    assert run(["compare", "shop.yaml", "new.yaml", "-o", "report.json"]) == 1
    saved = json.loads((folder / "report.json").read_text("utf-8"))
    assert saved["map_changes"] == ["step “I pay” is now called “I pay at once”"]
