from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from desirepath.cli.app import run

MAP = """
format: desirepath/map/1
id: shop
title: I order a plant
goal: {text: mine, success: pay}
stages:
  - id: find
    name: Find
    steps:
      - {id: search, name: I look, touchpoints: [page], events: [{activity: look}]}
      - {id: pay, name: I pay, events: [{activity: pay}]}
touchpoints:
  - {id: page, name: Page, people: [web team]}
"""
FIRST = "Of those at “I look” who meet “error”, 80 % leave right there; of the others there, 0 %."


@pytest.fixture
def journey(tmp_path: Path) -> Path:
    file = tmp_path / "shop.yaml"
    file.write_text(MAP, encoding="utf-8")
    return file


@pytest.fixture
def events(tmp_path: Path) -> Path:
    rows = ["case,activity,time"]
    for case in range(200):
        day = f"2024-01-{1 + case % 20:02d}"
        rows.append(f"c{case},look,{day} 10:00:00")
        if case % 2:
            rows.append(f"c{case},error,{day} 10:01:00")
        if case % 2 == 0 or case % 10 == 1:
            rows.append(f"c{case},pay,{day} 10:05:00")
    # long after the others, so that none of them may still go on
    rows += ["last,look,2024-02-20 10:00:00", "last,pay,2024-02-20 10:05:00"]
    file = tmp_path / "events.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def test_the_first_thing_said_is_what_to_fix_first(
    journey: Path, events: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["analyze", str(journey), "--events", str(events)]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("WHAT TO FIX FIRST, AND HOW SURE")
    assert lines[at + 1].startswith("1. Those who meet “error” at “I look”")
    assert lines[at + 2].startswith("   100 cases (50 % of all cases); -80 points (")
    assert lines[at + 2].endswith("; almost certain.")


def test_a_reading_without_data_says_what_it_needs(
    journey: Path, events: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["analyze", str(journey), "--events", str(events)])
    out = capsys.readouterr().out
    lacking = out[out.index("What more data would tell:\n") :]
    assert "Channel transitions: The channel of each event" in lacking
    # what is asked for is said once, with all that it would tell
    asked = [line.rpartition(": ")[0] for line in lacking.splitlines()[1:]]
    assert len(asked) == len(set(asked))


def test_saved_evidence_gives_the_same_report(
    journey: Path, events: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "evidence.json"
    run(["measure", str(journey), "--events", str(events), "-o", str(saved)])
    capsys.readouterr()
    assert run(["analyze", str(journey), "--evidence", str(saved), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["format"] == "desirepath/analysis/1"
    found = [one for part in report["sections"] for one in part["findings"]]
    assert FIRST in {one["words"] for one in found}
    assert all(one["rank_score"] >= 0 for one in found)


@pytest.mark.parametrize("suffix", ["html", "md", "json"])
def test_the_report_is_written_in_the_form_of_its_name(
    journey: Path, events: Path, tmp_path: Path, suffix: str
) -> None:
    target = tmp_path / f"report.{suffix}"
    command = ["analyze", str(journey), "--events", str(events), "-o", str(target)]
    assert run(command) == 0
    first = target.read_bytes()
    # on a page a number and its percent sign stay on one line
    assert FIRST in first.decode().replace("\u00a0", " ")
    assert run(command) == 0
    assert target.read_bytes() == first


def test_a_report_in_markdown_has_the_bars_of_the_page_beside_it(
    journey: Path, events: Path, tmp_path: Path
) -> None:
    target = tmp_path / "my report.md"
    command = ["analyze", str(journey), "--events", str(events), "-o", str(target)]
    assert run(command) == 0
    links = re.findall(r"!\[(.+?)\]\((.+?)\)", target.read_text("utf-8"))
    folder = tmp_path / "my report_pictures"
    assert {tmp_path / unquote(link) for _, link in links} == set(folder.iterdir())
    for words, link in links:
        # each picture says its number to those who cannot see it, in the text and by itself
        assert f"<title>{words}</title>" in (tmp_path / unquote(link)).read_text()
    page = target.with_suffix(".html")
    assert run([*command[:-1], str(page)]) == 0
    on_page = re.findall(
        r'class="bar"><svg.+?aria-label="(.+?)"', page.read_text(), re.DOTALL
    )
    assert [words for words, _ in links] == [
        one.replace("\u00a0", " ") for one in on_page
    ]


def test_a_new_report_takes_away_its_old_pictures_and_nothing_else(
    journey: Path, events: Path, tmp_path: Path
) -> None:
    target = tmp_path / "report.md"
    command = ["analyze", str(journey), "--events", str(events), "-o", str(target)]
    assert run(command) == 0
    folder = tmp_path / "report_pictures"
    old = set(folder.iterdir())
    own = folder / "A001-000000000000.svg"
    own.write_text("drawn by hand")
    rows = events.read_text().splitlines()
    events.write_text("\n".join(row for row in rows if not row.startswith("c1")) + "\n")
    assert run(command) == 0
    text = target.read_text("utf-8")
    left = set(folder.iterdir()) - {own}
    assert own.is_file()
    assert left != old
    assert {one.name for one in left} == set(re.findall(r"/([^/)]+\.svg)", text))


def test_the_page_needs_nothing_from_outside(
    journey: Path, events: Path, tmp_path: Path
) -> None:
    target = tmp_path / "report.html"
    run(["analyze", str(journey), "--events", str(events), "-o", str(target)])
    text = target.read_text("utf-8")
    assert "default-src &#x27;none&#x27;" in text
    assert text.count("<h1>") == 1
    # each bar tells its number to those who cannot see it
    assert 'aria-label="+80 points (' in text
    assert "<script src" not in text


def test_quotes_stand_beside_findings(
    journey: Path, events: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    survey = tmp_path / "survey.csv"
    rows = ["session_id,touchpoint,score,comment"]
    rows += [
        f"c{case},I look,{1 if case % 2 else 5},{'The page showed an error again and again.' if case % 2 else 'All was easy and quick for me here.'}"
        for case in range(120)
    ]
    survey.write_text("\n".join(rows) + "\n", encoding="utf-8")
    quotes = tmp_path / "quotes.json"
    given = ["--events", str(events), "--feedback", str(survey)]
    assert run(["feedback", "quotes", str(journey), *given, "-o", str(quotes)]) == 0
    capsys.readouterr()
    assert run(["analyze", str(journey), *given, "--quotes", str(quotes)]) == 0
    out = capsys.readouterr().out
    assert "   “The page showed an error again and again.”" in out


@pytest.mark.parametrize(
    ("language", "title", "sentence", "way"),
    [
        ("de", "Was zuerst zu verbessern ist", "„I look“", "ltr"),
        ("ja", "まず直すこと", "「I look」", "ltr"),
        ("ar", "ما يجب إصلاحه أولًا", "«\u2068I look\u2069»", "rtl"),
    ],
)
def test_the_report_speaks_the_language_of_the_map(
    journey: Path,
    events: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    language: str,
    title: str,
    sentence: str,
    way: str,
) -> None:
    journey.write_text(MAP.replace("id: shop", f"id: shop\nlanguage: {language}"))
    page, text = tmp_path / "report.html", tmp_path / "report.md"
    for target in (page, text):
        command = ["analyze", str(journey), "--events", str(events), "-o", str(target)]
        assert run(command) == 0
    out = capsys.readouterr().out
    for told in (out, page.read_text("utf-8"), text.read_text("utf-8")):
        assert title.casefold() in told.casefold()
        assert sentence in told
        # nothing of the English report is left but names
        assert "of those" not in told
        assert "counted" not in told
    assert f'lang="{language}" dir="{way}"' in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("report.pdf", 'no form of the report is called ".pdf" [E620]'),
        ("no/such/report.md", "the report cannot be written: "),
    ],
)
def test_a_report_that_cannot_be_written_is_said_to_be(
    journey: Path,
    events: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    said: str,
) -> None:
    target = tmp_path / name
    assert (
        run(["analyze", str(journey), "--events", str(events), "-o", str(target)]) == 3
    )
    assert said in capsys.readouterr().err
