"""`desirepath check`: verdicts first, then what follows; what moved since the last check."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desirepath.cli.app import run

MAP = """\
format: desirepath/map/1
id: shop
title: I order
review_every: 90d
goal: {text: It is mine, success: pay}
stages:
  - id: buy
    name: Buy
    steps:
      - id: look
        name: I look
        events: [{activity: look}]
        statements:
          - {id: buys, lane: expectations, text: Who looks buys, importance: 5, claim: {share: {activity: pay, at_least: 50%}}}
          - {id: mood, lane: emotion, score: 1}
      - id: pay
        name: I pay
        events: [{activity: pay}]
"""
HEAD = "session_id,event,timestamp\n"


def events(month: int, *cases: str) -> Iterator[str]:
    """Rows of sessions, one an hour from the first of a month on."""
    for number, case in enumerate(cases):
        for minute, name in enumerate(case.split()):
            day, hour = divmod(number, 24)
            yield f"m{month}-{number},{name},2024-{month:02}-{day + 1:02} {hour:02}:{minute:02}:00\n"


SPRING = ("look pay", "look pay", "look x pay", "look pay", "look") * 40
SUMMER = ("look pay", "look x", "look x", "look x", "look x") * 40


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "shop.yaml").write_text(MAP, encoding="utf-8")
    (tmp_path / "desirepath.toml").write_text('sources = ["events.csv"]\n')
    grow(tmp_path, 3, SPRING)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def grow(folder: Path, month: int, cases: tuple[str, ...]) -> None:
    file = folder / "events.csv"
    old = file.read_text() if file.exists() else HEAD
    file.write_text(old + "".join(events(month, *cases)))


def test_a_check_begins_with_verdicts_and_ends_with_what_to_find_out(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "shop.yaml"]) == 0
    text = capsys.readouterr().out
    parts = (
        "I order: 200 cases of 200 customers, 2024-03-01 to 2024-03-09\n",
        "✓ confirmed   I look   Who looks buys",
        "Not listed: 3 confirmed claims",
        "Settled by evidence: 1 of 2 statements, 63 % of their importance.\n",
        "  by stage: Buy 1 of 2\n",
        "  by lane: expectations 1 of 1, emotion 0 of 1\n",
        "What is settled is due for review on 2024-06-07 (every 90d).\n",
        "What customers do and the map does not show",
        "For example (three of each with -o report.md):\n  x: 2024-03-",
        "look > [x] > pay (case of 3 events)\n",
        "Put it on the map:\n  1. desirepath add shop.yaml --step look --lane actions --text",
        "Where customers depart from the map",
        "60.0 % of cases (53.1 to 66.5 %) do just what the map draws",
        "What to find out next",
        "Ask: How did you feel at “I look”?",
    )
    places = [text.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)


def test_a_kept_check_is_compared_with_what_came_after_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "shop.yaml", "--save"]) == 0
    assert (project / "checks" / "shop.json").is_file()
    grow(project, 6, SUMMER)
    capsys.readouterr()
    # over all events 50 % buy, which settles nothing; of the newest 20 %
    assert run(["check", "shop.yaml", "--json"]) == 4
    report = json.loads(capsys.readouterr().out)
    (buys,) = (one for one in report["verdicts"] if one["subject"] == "statement:buys")
    assert (buys["verdict"], buys["value"]) == ("stale", 0.2)
    was = buys["staleness"]
    assert (was["because"], was["was"], was["now"]) == ("drift", "confirmed", "refuted")
    assert (was["value"], was["window_to"]) == (0.8, "2024-03-09")
    assert report["earlier_to"] == "2024-03-09"
    assert report["notes"][0] == (
        "What was settled by evidence up to 2024-03-09 was compared with the 200 cases from 2024-06-01 to 2024-06-09."
    )
    assert run(["check", "shop.yaml"]) == 4
    assert "(then 80.0 %" in " ".join(capsys.readouterr().out.split())


def test_a_report_in_a_file_is_an_earlier_check_too(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "shop.yaml", "-o", "spring.json"]) == 0
    (project / "events.csv").unlink()
    grow(project, 6, SUMMER)
    assert run(["check", "shop.yaml", "--since-report", "spring.json"]) == 4
    assert "⌛ stale" in capsys.readouterr().out


def test_old_evidence_is_stale_from_the_day_that_is_given(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "shop.yaml", "--today", "2024-06-07"]) == 0
    assert "⌛ stale" not in capsys.readouterr().out
    assert run(["check", "shop.yaml", "--today", "2024-06-08"]) == 0
    text = capsys.readouterr().out
    assert "⌛ stale" in text
    assert "What is settled was due for review on 2024-06-07 (every 90d).\n" in text


def test_the_report_in_markdown_has_every_part(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "shop.yaml", "-o", "report.md"]) == 0
    capsys.readouterr()
    text = (project / "report.md").read_text(encoding="utf-8")
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings == [
        "# I order",
        "## Unknown",
        "## Confirmed",
        "## How much is settled",
        "## What the map misses",
        "## Planned against actual",
        "## What to find out next",
        "## Notes",
    ]
    assert text.count("  - example, 2024-03-") == 3
    assert "  - add it: `desirepath add MAP --step look" in text


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["--today", "soon"], '--today: "soon" is not a day [E405]\n  Write a day such as 2024-08-01.\n'),
        (["--since-report", "none.json"], "none.json: the file cannot be read: No such file or directory [E403]\n"),
        (["--since-report", "shop.yaml"], "shop.yaml: the file is not a report in JSON [E404]\n"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(
    project: Path, capsys: pytest.CaptureFixture[str], words: list[str], error: str
) -> None:
    assert run(["check", "shop.yaml", *words]) == 3
    assert capsys.readouterr().err.startswith(error)


def test_without_a_project_there_is_no_place_to_keep_a_check(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "desirepath.toml").unlink()
    (project / ".git").mkdir()
    assert run(["check", "shop.yaml", "--events", "events.csv", "--save"]) == 3
    assert capsys.readouterr().err == (
        "--save: there is no project to keep the check in [E406]\n"
        "  Make a desirepath.toml, or use -o FILE.json now and --since-report FILE.json next time.\n"
    )
