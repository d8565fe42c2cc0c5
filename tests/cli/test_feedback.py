"""`desirepath feedback inspect`, and feedback given to measure and check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desirepath.cli.app import run

SURVEY = """customer_id,submitted_at,touchpoint,csat_1_5,Seat comfort,comment
c1,2024-05-01 10:00,pay,4,0,quick and friendly help
c2,2024-05-01 11:00,pay,7,5,where is it
c3,2024-05-01 12:00,look,N/A,3,
c4,2024-05-01 13:00,look,,2,
"""
REPORT = """survey.csv: 4 rows

 role       column         why       others that would do
 ────────────────────────────────────────────────────────
 customer   customer_id    by name
 time       submitted_at   by name
 at         touchpoint     by name

Questions

 question   scale    why                         answered   n/a   empty   not usable
 ────────────────────────────────────────────────────────────────────────────────────────
 csat_1_5   csat-5   the question names 1 to 5   1          1     1       outside 1 to 5 1
 comment    words    words                       2                2

  times of submitted_at: year-month-day, ISO 8601; 100.0 % read; zone UTC (assumed)
  not taken: "Seat comfort", answers from 0 to 5: say on which scale, and whether 0 means not applicable
  rows left out: 2 (no answer in the row)

What is used


 ────────────────────────────────────────────────
 responses    2
 scores       1
 with words   2
 customers    2
 about        pay 2
 time         2024-05-01 10:00 to 2024-05-01 11:00 UTC

Scores become emotions, -2 to +2, by convention
  - csat-5: e = s - 3
"""
EVENTS = "customer_id,session_id,event,timestamp\n" + "".join(
    f"c{number},s{number},{event},2024-05-01 0{hour}:00:00\n"
    for number in range(1, 41)
    for hour, event in enumerate(("look", "pay"), start=8)
)
ANSWERS = "customer_id,submitted_at,csat_1_5\n" + "".join(
    f"c{number},2024-05-01 12:00,{4 + number % 2}\n" for number in range(1, 31)
)
MAP = """format: desirepath/map/1
id: shop
title: Shop
stages:
  - id: buy
    name: Buy
    steps:
      - {id: look, name: I look, events: [{activity: look}]}
      - id: pay
        name: I pay
        events: [{activity: pay}]
        statements: [{id: mood, lane: emotion, score: -1}]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("survey.csv", SURVEY),
        ("events.csv", EVENTS),
        ("answers.csv", ANSWERS),
        ("shop.yaml", MAP),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_inspect_says_how_answers_would_be_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["feedback", "inspect", "survey.csv"]) == 0
    said = "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())
    plain = said.replace("─", "")
    wanted = "\n".join(line.rstrip() for line in REPORT.splitlines()).replace("─", "")
    assert [line.strip() for line in plain.splitlines()] == [
        line.strip() for line in wanted.splitlines()
    ]


def test_inspect_never_prints_what_customers_wrote(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for options in ([], ["--json"]):
        assert run(["feedback", "inspect", "survey.csv", *options]) == 0
        said = capsys.readouterr().out
        assert "friendly" not in said
        assert "where is it" not in said


def test_inspect_gives_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["feedback", "inspect", "survey.csv", "--score", "Seat comfort=csat-5@seat", "--zero-is-na", "--json"]  # fmt: skip
    assert run(arguments) == 0
    seen = json.loads(capsys.readouterr().out)
    (score,) = [one for one in seen["tables"][0]["questions"] if one["scale"]]
    assert (score["at"], score["answered"], score["not_applicable"]) == ("seat", 3, 1)
    assert score["counts"] == {"2": 1, "3": 1, "5": 1}


def test_an_unreadable_file_leaves_with_3(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "ids.csv").write_text("id\nx\n", encoding="utf-8")
    assert run(["feedback", "inspect", "ids.csv"]) == 3
    assert capsys.readouterr().err == (
        "ids.csv: no column holds scores or words of customers [E250]\n"
        '  Name them: --score "COLUMN=csat-5" or --text COLUMN.\n'
    )


def test_measure_shows_feelings_where_feedback_is_given(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["measure", "shop.yaml", "--events", "events.csv", "--feedback", "answers.csv", "-o", "evidence.json"]  # fmt: skip
    assert run(arguments) == 0
    said = capsys.readouterr().out
    assert "+1.50 (+1.31 to +1.69), n 30" in said
    assert (
        "Feedback joined: 30 of 30 answers joined to cases (100 %): 30 by customer and time"
        in said
    )
    assert run(["check", "shop.yaml", "--evidence", "evidence.json"]) == 4


def test_check_refutes_a_feeling_customers_do_not_have(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["check", "shop.yaml", "--events", "events.csv", "--feedback", "answers.csv"]  # fmt: skip
    assert run([*arguments, "--json"]) == 4
    report = json.loads(capsys.readouterr().out)
    (mood,) = [one for one in report["verdicts"] if one["kind"] == "score"]
    assert (mood["verdict"], mood["value"], mood["n"]) == ("refuted", 1.5, 30)
    # a limit of three hours leaves every answer without a case
    assert run([*arguments, "--feedback-within", "2h", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    (mood,) = [one for one in report["verdicts"] if one["kind"] == "score"]
    assert mood["reason"] == "no answer on this scale is about this place"


def test_a_map_without_feedback_says_that_it_has_none(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "shop.yaml", "--events", "events.csv", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    (mood,) = [one for one in report["verdicts"] if one["kind"] == "score"]
    assert mood["reason"] == (
        "no feedback is in the evidence, so a score cannot be held against it"
    )


def test_feedback_needs_events(folder: Path) -> None:
    arguments = ["check", "shop.yaml", "--evidence", "e.json", "--feedback", "answers.csv"]  # fmt: skip
    assert run(arguments) == 2
