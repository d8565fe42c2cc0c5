from __future__ import annotations

import json
from pathlib import Path

import pytest

from desirepath.cli.app import run

MAP = {
    "format": "desirepath/map/1",
    "id": "shop",
    "title": "I order a plant",
    "language": "de",
    "stages": [
        {
            "id": "find",
            "name": "Find",
            "steps": [
                {"id": "search", "name": "Suchen", "events": [{"activity": "look"}]},
                {"id": "pay", "name": "Zahlen", "events": [{"activity": "pay"}]},
            ],
        }
    ],
}


@pytest.fixture
def events(tmp_path: Path) -> Path:
    rows = ["case,activity,time,platform"]
    for case in range(80):
        platform = "mobile" if case % 2 else "desktop"
        rows.append(f"c{case},look,2024-01-01 10:00:00,{platform}")
        if case % 2 == 0 or case < 10:
            rows.append(f"c{case},pay,2024-01-01 10:05:00,{platform}")
    file = tmp_path / "events.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def test_flow_draws_and_names_the_file(
    events: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "flow.svg"
    assert run(["flow", str(events), "-o", str(target), "--size", "A4"]) == 0
    out = capsys.readouterr().out
    assert "80 cases, 2 stops, 1 moves that at least 2 % make" in out
    assert "look > pay" in out
    assert out.endswith(f"Written: {target}\n")
    assert 'width="297mm"' in target.read_text("utf-8")


def test_a_segment_that_one_source_of_a_recipe_holds_can_be_drawn(
    events: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = tmp_path / "calls.csv"
    calls.write_text("who,what,at\nc1,call,2024-01-02 10:00:00\n", encoding="utf-8")
    recipe = tmp_path / "all.yaml"
    recipe.write_text(
        "format: desirepath/recipe/1\nsources:\n"
        "  - {files: calls.csv, case: who, activity: what, time: at, segments: []}\n"
        "  - {files: events.csv, case: case, segments: [platform]}\n",
        encoding="utf-8",
    )
    target = str(tmp_path / "flow.svg")
    assert run(["flow", str(recipe), "--segment", "platform=mobile", "-o", target]) == 0
    assert "40 cases" in capsys.readouterr().out
    assert run(["flow", str(recipe), "--segment", "plan=gold", "-o", target]) == 3
    assert capsys.readouterr().err == (
        'no segment is called "plan=gold" [E290]\n'
        "  Known: platform; write name=value.\n"
    )


def test_steps_of_a_map_are_drawn_in_its_language(events: Path, tmp_path: Path) -> None:
    journey = tmp_path / "shop.json"
    journey.write_text(json.dumps(MAP), encoding="utf-8")
    target = tmp_path / "flow.svg"
    assert run(["flow", str(events), "--map", str(journey), "-o", str(target)]) == 0
    text = target.read_text("utf-8")
    assert "Zahlen" in text
    assert "Wie Kunden sich bewegen" in text


def test_one_segment_is_drawn_alone(
    events: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "flow.svg"
    chosen = ["--segment", "platform=mobile", "--level", "5%"]
    assert run(["flow", str(events), *chosen, "-o", str(target)]) == 0
    assert "40 cases" in capsys.readouterr().out
    assert "platform=mobile" in target.read_text("utf-8")


def test_two_segments_are_compared(
    events: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "flow.html"
    chosen = ["--segment", "platform=mobile", "--against", "platform=desktop"]
    assert run(["flow", str(events), *chosen, "-o", str(target)]) == 0
    out = capsys.readouterr().out
    assert "shares are shown to differ" in out
    assert "13 %" in out
    assert target.exists()


def test_a_saved_flow_is_shown_on_the_page_of_a_map(
    events: Path, tmp_path: Path
) -> None:
    journey, saved, page = (
        tmp_path / name for name in ("shop.json", "flow.json", "map.html")
    )
    journey.write_text(json.dumps(MAP), encoding="utf-8")
    assert run(["flow", str(events), "-o", str(saved)]) == 0
    assert run(["draw", str(journey), "--flow", str(saved), "-o", str(page)]) == 0
    assert 'id="flow"' in page.read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ["--level", "much"],
        ["--level", "200%"],
        ["--against", "platform=desktop"],
        ["--segment", "platform=mobile", "--segment", "platform=desktop"],
    ],
)
def test_options_that_make_no_sense_are_wrong_usage(
    words: list[str], events: Path, tmp_path: Path
) -> None:
    assert run(["flow", str(events), *words, "-o", str(tmp_path / "a.svg")]) == 2


def test_small_pictures_are_drawn_alone(events: Path, tmp_path: Path) -> None:
    for picture in ("ways", "times", "drop-off"):
        target = tmp_path / f"{picture}.svg"
        words = ["--picture", picture, "-o", str(target)]
        assert run(["flow", str(events), *words]) == 0
        assert target.exists()
