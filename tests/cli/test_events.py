"""`desirepath events inspect`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desirepath.cli.app import run

ROWS = """user_id,session_id,event,timestamp,platform
u1,a,home,2024-01-02 10:00:00,web
u1,a,buy,2024-01-02 10:05:00,web
u1,a,buy,2024-01-02 10:05:00,web
u2,b,home,2024-01-05 09:00:00,ios
u2,b,search,2024-01-05 09:00:00,ios
u2,b,home,2024-01-05 09:30:00,ios
u3,c,home,2024-01-05 10:30:00,ios
u3,c,buy,2024-01-05 10:31:00,ios
"""
REPORT = """shop.csv: 8 rows, 5 columns

 role       column       why                        others that would do
 ───────────────────────────────────────────────────────────────────────
 time       timestamp    its name
 activity   event        its name
 case       session_id   its name
 customer   user_id      its name
 channel    –            nothing fits
 segments   platform     few values, one per case

  times of timestamp: year-month-day, ISO 8601; 100.0 % read; zone UTC (assumed)

What is used

 ─────────────────────────────────────────────────────────────────
 events                         7
   left out: exact duplicates   1
 cases                          3 (median 2 events, longest 3)
 customers                      3
 activities                     3
 segment platform               ios, web
 time                           2024-01-02 10:00 to 2024-01-05 10:31 UTC

To look at
  - 1 exact duplicate (whole row equal, 12.5 %) is left out; so many may be real: --keep-duplicates keeps them
  - 1 event happens at the same time as the one before it in its case; order of the rows decides
  - longest silence: 3 d from 2024-01-02 10:05 UTC; 2 days without events
  - times of timestamp carry no zone; UTC is assumed, --zone says otherwise

Activities

 activity   events
 ─────────────────
 home       4
 buy        2
 search     1
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.csv"
    path.write_text(ROWS)
    return path


def plain(text: str) -> str:
    """Text without rules and blanks at ends of lines, and without empty lines that are doubled."""
    lines = [line.rstrip().rstrip("─").rstrip() for line in text.splitlines()]
    kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(kept).strip() + "\n"


def test_the_report_says_what_is_read_how_and_what_looks_odd(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["events", "inspect", str(shop)]) == 0
    printed = capsys.readouterr()
    assert plain(printed.out) == plain(REPORT)
    assert printed.err == ""


def test_json_holds_the_same_for_machines(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["events", "inspect", str(shop), "--json", "--keep-duplicates"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["event_count"], data["duplicates_kept"]) == (8, True)
    assert data["tables"][0]["times"][0]["zone_source"] == "assumed"


def test_options_choose_columns_and_cut_cases(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--case", "user_id", "--activity", "event+platform", "--gap", "10m"]
    assert run(["events", "inspect", str(shop), "--json", *options]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["case_count"], data["rules"]) == (4, {"gap": "10m"})
    assert data["top_activities"][0] == {"activity": "home+ios", "count": 3}


def test_files_and_a_recipe_exclude_each_other(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["events", "inspect", str(shop), "--recipe", "r.yaml"]) == 3
    assert capsys.readouterr().err == (
        "r.yaml: both events and a recipe are given [E240]\n"
        "  Give one of them; a recipe names its files itself.\n"
    )


def test_no_file_at_all_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["events", "inspect"]) == 2
