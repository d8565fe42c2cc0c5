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
    assert printed.err == (
        "WARNING: 1 of 8 rows (12 %) are exact duplicates and are left out. "
        "If they are real, --keep-duplicates keeps them.\n"
    )


def test_few_duplicates_are_no_warning(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = "".join(f"u9,z,home,2024-01-06 10:{m:02}:00,web\n" for m in range(20))
    shop.write_text(ROWS + more)
    assert run(["events", "inspect", str(shop)]) == 0
    assert capsys.readouterr().err == ""


def test_duplicates_that_are_kept_are_a_warning_too(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["events", "inspect", str(shop), "--keep-duplicates"]) == 0
    assert capsys.readouterr().err == (
        "WARNING: 1 of 8 rows (12 %) are exact duplicates and are kept. "
        "If the export wrote them twice, leave out --keep-duplicates.\n"
    )


def test_none_means_no_segments(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["events", "inspect", str(shop), "--json", "--segment", "none"]) == 0
    assert json.loads(capsys.readouterr().out)["segments"] == {}


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


VISITS = "user_id,event,timestamp\n" + "".join(
    f"u{customer},{'buy' if customer % 3 == 0 and step == 3 else 'look'},"
    f"2024-01-{1 + visit * 3:02} {customer % 24:02}:{step * (2 + customer % 7):02}:{customer % 60:02}\n"
    for customer in range(40)
    for visit in range(4)
    for step in range(4)
)


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    path = tmp_path / "visits.csv"
    path.write_text(VISITS)
    return path


def test_cases_shows_choices_side_by_side(
    visits: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["events", "cases", str(visits), "--goal", "buy", "--gap", "5h"]) == 0
    text = plain(capsys.readouterr().out)
    assert text.startswith("640 events of 40 customers\n\nHow long customers wait")
    assert text.count("◀ valley") == 1
    rows = [line for line in text.splitlines() if line.startswith(" silence of")]
    assert [row.split()[2] for row in rows] == [
        *("30m", "2h", "3h,", "5h", "1d", "7d", "30d"),
    ]
    assert " ".join(rows[0].split()[3:]) == "160 4 4 15 min 24 min 0 % 35 % --gap 30m"


def test_cases_as_json_hold_the_histogram(
    visits: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["events", "cases", str(visits), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert sum(bar["count"] for bar in data["bars"]) == 600
    assert data["valley"]["longer_share"] == 0.2


def test_commands_say_which_gap_they_chose(
    visits: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["events", "inspect", str(visits), "--gap", "auto", "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["case_count"] == 160
    assert printed.err == (
        "Cases end after a silence of 3h (auto: the valley of the customers' waits).\n"
    )


def test_cases_without_times_show_columns_and_goal_only(
    visits: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--time", "none", "--case", "user_id"]
    assert run(["events", "cases", str(visits), *options]) == 0
    text = capsys.readouterr().out
    assert "silence" not in text
    assert "valley" not in text
