"""`desirepath events report`: one report of files and of databases, and which way was taken."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from desirepath.cli.app import run
from desirepath.errors import DesirepathError
from desirepath.project import read_project

COLUMNS = "case_id,event,timestamp,country"
ROWS = [
    (
        f"c{n}",
        event,
        f"2024-01-{1 + n % 28:02} 10:{minute:02}:00",
        "DE" if n % 3 else "FR",
    )
    for n in range(60)
    for minute, event in enumerate(
        ["home", "basket", "pay"] if n % 4 else ["home", "home", "leave"]
    )
]
TOML = """
[[sources]]
name = "shop"
engine = "sqlite"
file = "shop.db"
table = "events"
case = "case_id"
activity = "event"
time = "timestamp"
segments = ["country"]
"""
GOAL = ("--goal", "home > pay")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lines = [COLUMNS, *(",".join(row) for row in ROWS)]
    (tmp_path / "events.csv").write_text("\n".join(lines) + "\n")
    with sqlite3.connect(tmp_path / "shop.db") as con:
        con.execute(f"CREATE TABLE events ({COLUMNS})")
        con.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", ROWS)
    con.close()
    (tmp_path / "desirepath.toml").write_text(TOML)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(*given: str, capsys: pytest.CaptureFixture[str]) -> Any:
    assert run(["events", "report", "--json", *GOAL, *given]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_database_and_a_file_give_one_report(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counted = report(capsys=capsys)
    read = report("events.csv", "--segment", "country", capsys=capsys)
    own = ("way", "source", "told")
    ways = [[one.pop(key) for key in own] for one in (counted, read)]
    assert counted == read
    assert ways == [
        [
            "counted",
            "shop (sqlite: events)",
            "all cases, counted in the database; no event left it",
        ],
        ["read", "events.csv", "all cases, read and counted here"],
    ]
    assert counted["cases"] == 60
    assert counted["funnel"] == [
        {"pattern": "home", "cases": 60},
        {"pattern": "pay", "cases": 45},
    ]
    assert counted["moves"][0]["median_s"] == 60


def test_a_person_reads_tables(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["events", "report", *GOAL]) == 0
    said = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    for line in (
        "way all cases, counted in the database; no event left it",
        "home 75 60 100 % 60 0",
        "home basket 45 45 1 min 1 min 1 min",
        "45 75 % 3 home > basket > pay",
        "pay 45 75 % 75 %",
        "country DE 40 67 % 3.0 75.0 %",
    ):
        assert line in said


def test_other_commands_say_which_way_was_taken(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["discover", "--goal", "pay", "-o", "map.yaml"]) == 0
    assert "shop (sqlite: events): all cases were read." in capsys.readouterr().err
    (folder / "desirepath.toml").write_text(TOML + "sample = 0.5\n")
    for command in (["measure", "map.yaml", "-o", "facts.json"], ["check", "map.yaml"]):
        assert run(command) in (0, 4)
        said = " ".join(capsys.readouterr().err.split())
        assert "a sample of 50 % of the cases was read: intervals are wider" in said
    facts = json.loads((folder / "facts.json").read_text())
    assert facts["sources"]["way"].startswith("a sample of 50 % of the cases was read")


def test_where_only_counts_may_leave_nothing_else_does(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "desirepath.toml").write_text(TOML + 'may_leave = "counts"\n')
    assert run(["discover", "--goal", "pay", "-o", "x.yaml"]) == 3
    said = capsys.readouterr().err
    assert (
        "the events of shop (sqlite: events) may not leave their database [E286]"
        in said
    )
    assert not (folder / "x.yaml").exists()
    assert run(["events", "inspect"]) == 3
    capsys.readouterr()
    told = report(capsys=capsys)
    assert told["least_cases"] == 10
    assert {one["cases"] for one in told["variants"]} == {45, 15}
    assert report("--least-cases", "20", capsys=capsys)["variants"][0]["cases"] == 45


def test_what_only_events_tell_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["events", "report", "--drop-bots"]) == 3
    assert "cases of bots cannot be told from counts [E285]" in capsys.readouterr().err
    assert run(["events", "report", "--gap", "auto"]) == 3
    assert "a gap that is auto cannot be told from counts" in capsys.readouterr().err


def test_what_may_leave_is_one_of_two_words(folder: Path) -> None:
    file = folder / "desirepath.toml"
    file.write_text(TOML + 'may_leave = "nothing"\n')
    with pytest.raises(DesirepathError, match="may_leave is neither events nor counts"):
        read_project(file)
