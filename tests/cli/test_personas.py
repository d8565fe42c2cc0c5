"""`desirepath personas` and the views of personas on files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desirepath.cli.app import run

MAP = """format: desirepath/map/1
id: shop
title: I order a plant
goal: {text: Mine, success: pay}
personas:
  - id: mia
    name: Mia
    likes: [Green things]
    pains: [{text: Nearly all give up, claim: {goal: {at_most: 50%}}}]
    segment: {name: mobile, rule: {device: app}}
  - {id: dan, name: Dan, segment: {name: talkers, did: chat}}
  - {id: gus, name: Gus}
stages:
  - id: buy
    name: Buy
    steps:
      - id: look
        name: I look
        events: [{activity: look}]
        statements:
          - {lane: pains, persona: mia, text: Few pay, claim: {goal: {at_most: 50%}}}
      - {id: pay, name: I pay, events: [{activity: pay}]}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A map with three personas and 200 cases."""
    rows = ["case,activity,time,device"]
    for case in range(200):
        device = "app" if case % 4 else "web"
        rows.append(f"c{case},look,2024-01-01 10:00:00,{device}")
        if case % 10 == 0:
            rows.append(f"c{case},chat,2024-01-01 10:02:00,{device}")
        if case % 5 == 0:
            rows.append(f"c{case},pay,2024-01-01 10:05:00,{device}")
    (tmp_path / "events.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "shop.yaml").write_text(MAP, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_personas_are_told_ranked_and_their_statements_judged(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["personas", "shop.yaml", "--events", "events.csv"]
    assert run([*asked, "--propose", "auto"]) == 0
    out = capsys.readouterr().out
    assert "75.0 % (68.6" in out
    assert "Look at Mia first" in out
    assert "Mia and Dan share" in out
    assert "Gus cannot be measured: no segment.rule says who they are." in out
    assert "confirmed" in out
    assert "Nearly all give up" in out
    assert "Texts of personas: 1 confirmed, 1 without a claim." in out
    assert "No kinds of customers are proposed: " in out


def test_personas_are_told_from_saved_evidence_as_json(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    measure = ["measure", "shop.yaml", "--events", "events.csv", "-o", "e.json"]
    assert run(measure) == 0
    capsys.readouterr()
    assert run(["personas", "shop.yaml", "--evidence", "e.json", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in found["rows"]] == ["mia", "dan", "gus"]
    assert found["first"] == "mia"
    assert found["proposal"] is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--events", "events.csv", "--evidence", "e.json"], "give either --events"),
        (["--evidence", "e.json", "--propose", "2"], "--propose needs --events"),
        (["--events", "events.csv", "--propose", "many"], "--propose takes auto or"),
        (["--events", "events.csv", "--propose", "1"], "--propose takes auto, or 2"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    options: list[str],
    said: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["personas", "shop.yaml", *options]) == 2
    assert said in capsys.readouterr().err


def test_views_of_personas_are_drawn(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draw = ["draw", "shop.yaml", "--view"]
    assert run([*draw, "empathy", "--persona", "dan", "-o", "dan.svg"]) == 0
    assert "Dan" in (folder / "dan.svg").read_text("utf-8")
    assert run([*draw, "persona"]) == 0
    assert (folder / "shop.persona.pdf").read_bytes().startswith(b"%PDF")
    assert run([*draw, "poster"]) == 2
    assert "--view takes map, persona, empathy, personas" in capsys.readouterr().err
