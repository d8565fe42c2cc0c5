"""`desirepath discover`: what it writes and what it says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from desirepath.cli.app import run
from desirepath.maps.files import read_map

REPORT = """\
Read: 160 cases, 570 events; looked at 160 cases of 160 customers, 2024-01-02 to 2024-03-01.
Set aside or folded: 60 cases that never reach the goal (they count for drop-off); 10 returns.

One way tells 100 journeys; 100 of them (100 %) go such a way to within a quarter of its steps.
Ways

 map   cases most like it   near to it   steps
 ───────────────────────────────────────────────────────────────
 1     100 (100 %)          100 %        Look > Basket > Pay > Get

Where most people leave (first map)

 step     cases       share
 ──────────────────────────────────────
 Basket   50 of 150   33 % (26 to 41 %)
 Look     9 of 159    6 % (3 to 10 %)

Look first at
  1. “Basket”: 50 cases leave here without the goal, 33 % of those who come here (26 to 41 %).
  2. “help”: the 50 cases that show it reach the goal 91 points less often than others; not on the map, and not known to be the cause.
  3. “Look”: 10 cases come back to it, 6 % of those who come here (3 to 11 %).
  4. “Pay” to “Get” is the slowest move: 3 h for half of 100 cases (3 h to 3 h).

Left out of the first map: look > pay (10.0%), basket > look (10.0%).
Written: {out}
"""


def write(folder: Path, cases: Sequence[tuple[str, str]]) -> Path:
    """A CSV file of cases, an event a minute, getting it takes three hours; the last case comes in March."""
    rows = ["case,activity,time,side"]
    for number, (activities, side) in enumerate(cases):
        minute, day = 0, "2024-03-01" if number == len(cases) - 1 else "2024-01-02"
        for activity in activities.split():
            minute += 180 if activity == "get" else 1
            rows.append(
                f"c{number},{activity},{day} {minute // 60 + 8:02d}:{minute % 60:02d}:00,{side}"
            )
    path = folder / "shop.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return write(
        tmp_path,
        [
            *[("look basket pay get", "web")] * 90,
            *[("look basket look pay get", "web")] * 10,
            *[("look basket help", "app")] * 50,
            *[("look", "app")] * 10,
        ],
    )


def plain(text: str) -> str:
    """Text without rules and blanks at ends of lines, and without empty lines that are doubled."""
    lines = [line.rstrip().rstrip("─").rstrip() for line in text.splitlines()]
    kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(kept).strip() + "\n"


def test_the_report_says_what_was_cut_and_what_to_look_at(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "map.yaml"
    assert run(["discover", str(shop), "--goal", "get", "-o", str(out)]) == 0
    printed = capsys.readouterr()
    assert plain(printed.out) == plain(REPORT.format(out=out))
    assert printed.err == ""
    assert "\x1b" not in printed.out
    assert read_map(out).goal is not None


def test_json_is_whole(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "map.yaml")
    assert run(["discover", str(shop), "--json", "-o", out]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["format"] == "desirepath/discovery/1"
    assert {"kinds", "ledger", "looks", "ends", "notes"} <= set(data)


def test_the_ledger_is_printed_where_asked_for(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "map.yaml")
    options = ["--goal", "get", "--maps", "1", "--ledger", "-", "-o", out]
    assert run(["discover", str(shop), *options]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "events given 160 570" in lines
    assert "on the maps 100 400" in lines
    assert "journeys that do not reach the goal 60 160" in lines
    assert "returns, counted where the activity first comes look 10 10" in lines


def test_each_kind_has_its_file_and_none_is_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = write(tmp_path, [*[("a b c d", "x")] * 60, *[("p q r s", "x")] * 50])
    out = tmp_path / "map.yaml"
    arguments = ["discover", str(events), "--maps", "2", "-o", str(out)]
    (tmp_path / "map-2.yaml").write_text(
        "format: desirepath/map/1\nid: mine\ntitle: Mine\n"
    )
    assert run(arguments) == 3
    assert capsys.readouterr().err == (
        f"{tmp_path / 'map-2.yaml'}: a file is already here [E421]\n"
        "  Name another with -o, or give --force.\n"
    )
    assert not out.exists()
    assert run([*arguments, "--force"]) == 0
    assert read_map(out).step_ids() == ("a", "b", "c", "d")
    assert read_map(tmp_path / "map-2.yaml").step_ids() == ("p", "q", "r", "s")


def test_a_map_for_each_value_of_a_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = [*[("a b c", "Big Shop")] * 120, *[("a x c", "App")] * 110, ("a", "TV")]
    events = write(tmp_path, cases)
    out = tmp_path / "map.yaml"
    assert run(["discover", str(events), "--segment", "side", "-o", str(out)]) == 0
    printed = capsys.readouterr().out
    assert read_map(tmp_path / "map-big-shop.yaml").step_ids() == ("a", "b", "c")
    assert read_map(tmp_path / "map-app.yaml").title.endswith("(side: App)")
    assert "Too few cases for a map of their own: TV (1)." in printed
    lines = [" ".join(line.split()) for line in printed.splitlines()]
    assert "b 100 % * 0 % *" in lines
    assert not out.exists()


def test_words_backstage_and_days_are_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = write(tmp_path, [("A_one W_x A_two A_three", "x")] * 40)
    words = tmp_path / "words.yaml"
    words.write_text("A_one: I start\n", encoding="utf-8")
    out = tmp_path / "map.yaml"
    options = ["--words", str(words), "--backstage", "W_*", "--since", "2024-01-01"]
    days = ["--until", "2024-03-31"]
    assert run(["discover", str(events), *options, *days, "-o", str(out)]) == 0
    found = read_map(out)
    assert [step.name for step in found.steps()] == ["I start", "A two", "A three"]
    assert run(["discover", str(events), "--until", "2020-01-01", "-o", "no.yaml"]) == 3
    assert "[E413]" in capsys.readouterr().err
    assert run(["discover", str(events), "--since", "soon", "-o", "no.yaml"]) == 2


def with_column(path: Path, column: str, value: dict[str, str]) -> Path:
    """The events with one more column, its value by activity."""
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    more = [f"{row},{value.get(row.split(',')[1], '')}" for row in rows]
    path.write_text("\n".join([f"{head},{column}", *more]) + "\n", encoding="utf-8")
    return path


def test_a_column_tells_which_activities_are_work_behind_the_scenes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = [("ask route check pay", "x"), ("ask route pay", "y")] * 120
    events = with_column(
        write(tmp_path, cases), "by", {"route": "bot 7", "check": "clerk", "pay": "bot"}
    )
    out = tmp_path / "map.yaml"
    told = ["--backstage-where", "by=bot*|clerk", "--goal", "pay"]
    assert run(["discover", str(events), *told, "-o", str(out)]) == 0
    # what the goal names is a step, whoever did it
    assert [step.name for step in read_map(out).steps()] == ["Ask", "Pay"]
    said = capsys.readouterr().out
    note = (
        "Note: Behind the scenes, told by a column: by=bot*|clerk holds in at least half of the rows "
        "of 3 of 4 activities: check (100 %), pay (100 %), route (100 %).\n"
    )
    assert note in said
    assert "events of 2 activities behind the scenes" in said
    sides = ["--segment", "side", "-o", str(tmp_path / "side.yaml")]
    assert run(["discover", str(events), *told, *sides]) == 0
    assert capsys.readouterr().out.count(note) == 1
    for rule, code in (
        ("by=Ann", "E418"),
        ("by=*", "E418"),
        ("bye=x", "E223"),
        ("by", "E248"),
    ):
        wrong = ["--backstage-where", rule, "-o", str(tmp_path / "no.yaml")]
        assert run(["discover", str(events), *wrong]) == 3
        assert f"[{code}]" in capsys.readouterr().err
    assert not (tmp_path / "no.yaml").exists()


def test_no_map_is_written_where_one_would_replace_something_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = write(tmp_path, [("look basket pay", "web"), ("look pay", "app")] * 110)
    other = tmp_path / "map-web.yaml"
    other.write_text("shopping: [milk]\n", encoding="utf-8")
    parts = ["--segment", "side", "-o", str(tmp_path / "map.yaml"), "--force"]
    assert run(["discover", str(events), *parts]) == 3
    assert "[E127]" in capsys.readouterr().err
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "map-web.yaml",
        "shop.csv",
    ]
    one = ["-o", str(other), "--force"]
    assert (
        run(["discover", "nowhere.csv", *one]) == 3
    )  # refused before any event is read
    assert "[E127]" in capsys.readouterr().err
    assert other.read_text(encoding="utf-8") == "shopping: [milk]\n"


def test_the_ledger_is_a_file_that_begins_with_what_reading_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = write(
        tmp_path, [("Look look basket pay", "web"), ("look pay", "app")] * 110
    )
    rows = events.read_text(encoding="utf-8").splitlines()
    events.write_text("\n".join([*rows, rows[1]]) + "\n", encoding="utf-8")
    (tmp_path / "desirepath.toml").write_text(
        f'sources = ["{events.name}"]\n[[names]]\npattern = "Look"\nname = "look"\n'
    )
    chdir = pytest.MonkeyPatch()
    chdir.chdir(tmp_path)
    try:
        said = ["discover", "--segment", "side", "--ends-with", "basket", "--ledger"]
        assert run([*said, "l.csv"]) == 0
        assert run([*said, "l.json", "--force"]) == 0
        capsys.readouterr()
        assert (
            run(["discover", "--ends-with", "basket", "--ledger", "-", "--force"]) == 0
        )
        assert run([*said, "l.txt"]) == 3
        assert "[E423]" in capsys.readouterr().err
    finally:
        chdir.undo()
    table = (tmp_path / "l-web.csv").read_text(encoding="utf-8").splitlines()
    assert table[:6] == [
        "part,why,name,cases,events,counted,before,after",
        "reading,left out while reading,exact duplicates,1,1,,,",
        "reading,activities called by other names,,110,110,activities,4,3",
        "reading,of them by the rule,Look → look,110,110,activities,1,1",
        "reading,cases cut at what ends them,basket,,0,cases,220,330",
        "given,events given,,220,440,,,",
    ]
    data = json.loads((tmp_path / "l-app.json").read_text(encoding="utf-8"))
    assert data["format"] == "desirepath/ledger/1"
    assert [one["what"] for one in data["reading"]] == [
        "left out",
        "names",
        "name",
        "ends with",
    ]
