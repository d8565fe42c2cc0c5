"""The demo: what is planted is found, and nothing of the user's is overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import desirepath
from desirepath.check.report import CheckReport
from desirepath.cli import demo
from desirepath.cli.app import run
from desirepath.cli.output import REFUTED
from desirepath.errors import DesirepathError
from desirepath.events.simulate import simulate_shop


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "project"
    demo.prepare(folder)
    return folder


@pytest.fixture(scope="module")
def report(project: Path) -> CheckReport:
    assumed = desirepath.read_map(project / demo.MAP_FILE)
    sequences = simulate_shop(20_000, np.random.default_rng(1)).sequences()
    checked = desirepath.check_map(assumed, desirepath.measure_map(assumed, sequences))
    assert isinstance(checked, CheckReport)
    return checked


def test_the_map_fares_as_the_shop_was_planned(report: CheckReport) -> None:
    verdicts = {
        one.subject.removeprefix("statement:"): one.verdict
        for one in report.verdicts
        if one.text and one.kind != "score"
    }
    assert {name: word for name, word in verdicts.items() if word != "untestable"} == {
        "map": "refuted",
        "ad-first": "confirmed",
        "search-finds": "mixed",
        "basket-chat": "confirmed",
        "basket-buys": "refuted",
        "web-first-try": "refuted",
        "web-fails": "confirmed",
        "app-works": "confirmed",
        "wait-handed": "confirmed",
        "wait-two-days": "refuted",
        "wait-asks": "confirmed",
        "unpack-damage": "unknown",
        "call-everybody": "refuted",
        "call-again": "confirmed",
    }
    assert verdicts["grow-proud"] == "untestable"


def test_nobody_reads_the_magazine(report: CheckReport) -> None:
    assert [step for step, _, _ in report.dead] == ["magazine"]


def test_the_map_misses_what_the_shop_plans_and_the_map_does_not_draw(
    report: CheckReport,
) -> None:
    missed = {gap.name for gap in report.missing if gap.kind == "activity"}
    assert {"care_guide", "delay_notice", "survey_answered"} <= missed


def test_another_project_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DesirepathError) as error:
        demo.prepare(tmp_path)
    assert str(error.value) == (
        f"{tmp_path}: something that is not a demo stands here [E801]\n"
        "  Name an empty folder: desirepath demo --folder NAME."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_in_the_place_of_the_folder_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("mine", encoding="utf-8")
    assert run(["demo", "--folder", str(tmp_path / "demo")]) == 3
    assert (tmp_path / "demo").read_text(encoding="utf-8") == "mine"


def test_an_edited_map_is_kept_when_the_demo_is_refreshed(tmp_path: Path) -> None:
    demo.prepare(tmp_path)
    edited = tmp_path / demo.MAP_FILE
    text = edited.read_text(encoding="utf-8").replace("Head of online shop", "Jana")
    edited.write_text(text, encoding="utf-8")
    demo.prepare(tmp_path)
    assert edited.read_text(encoding="utf-8") == text


def test_the_demo_leaves_a_project_behind(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "shop"
    assert run(["demo", "--folder", str(folder), "--customers", "2000"]) == 0
    files = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert {
        "desirepath.toml",
        "maps/assumed.yaml",
        "maps/discovered.yaml",
        "events/events.yaml",
        "events/truth.json",
        "results/poster.pdf",
        "results/poster.png",
        "results/map.html",
        "results/discovered.pdf",
        "results/report.md",
        "results/report.json",
        "results/evidence.json",
    } <= files
    saved = json.loads((folder / "results/report.json").read_text(encoding="utf-8"))
    assert saved["cases"] == 2000
    said = capsys.readouterr().out
    assert "Plant shop Blattwerk: 2,000 customers" in said
    assert "confirmed: “The payment window breaks for one in ten or more”" in said
    # a reader who goes on in that folder need not name the events again
    monkeypatch.chdir(folder)
    assert run(["check", "maps/assumed.yaml", "--json"]) == REFUTED
    assert json.loads(capsys.readouterr().out)["cases"] == 2000


def test_what_customers_answered_is_held_against_the_feelings_of_the_map(
    project: Path, tmp_path: Path
) -> None:
    shop = simulate_shop(20_000, np.random.default_rng(1))
    recipe = shop.write(tmp_path)
    feedback = desirepath.read_feedback(recipe)
    assumed = desirepath.read_map(project / demo.MAP_FILE)
    evidence = desirepath.measure_map(
        assumed, desirepath.read_events(recipe), feedback=feedback
    )
    found = desirepath.check_map(assumed, evidence)
    moods = {one.step: one.verdict for one in found.verdicts if one.kind == "score"}
    assert (moods["unpack"], moods["call"], moods["wait"]) == (
        "refuted",
        "confirmed",
        "unknown",
    )
    call, unpack = (
        evidence.find(f"step:{step}", "score", target="emotion")
        for step in ("call", "unpack")
    )
    assert call is not None
    assert unpack is not None
    # the plan gives a call 1.6 of ten points, which are 0.64 of an emotion
    assert call.value is not None
    assert unpack.value is not None
    assert 0.5 <= call.value - unpack.value <= 0.8
    assert call.low is not None
    assert unpack.high is not None
    assert call.low > unpack.high


def test_the_sources_read_by_the_recipe_give_the_events_of_the_shop(
    tmp_path: Path,
) -> None:
    shop = simulate_shop(2_000, np.random.default_rng(2))
    read = desirepath.read_events(shop.write(tmp_path))
    truth = shop.sequences()
    assert read.activities == truth.activities
    assert read.channels == truth.channels
    assert read.case_count == truth.case_count
    np.testing.assert_array_equal(
        np.bincount(read.codes, minlength=len(read.activities)),
        np.bincount(truth.codes, minlength=len(truth.activities)),
    )
    assert sorted(read.segments) == ["first_device", "region"]
    # ads are written without seconds, everything else to the second or better
    assert abs(np.sort(read.starts_us) - np.sort(truth.starts_us)).max() < 60_000_000
