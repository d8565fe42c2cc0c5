"""The report for management says what it knows, with its numbers, and takes no text for source."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from desirepath.analyze.finding import AnalysisReport, Finding, Section
from desirepath.check.parts import Coverage
from desirepath.check.report import CheckReport
from desirepath.maps.model import JourneyMap
from desirepath.render.exports.brief import brief_of
from desirepath.render.exports.brief_page import brief_page
from desirepath.render.exports.brief_parts import Brief, Earlier
from desirepath.render.exports.brief_pdf import brief_pdf

HOSTILE = """</script><script>alert(1)</script> #panic("x") $x$ \\ *b* _i_ [a](b) <img src=x onerror=alert(1)>"""
LONG = "W" * 300


def analysis(words: str, people: int = 400) -> AnalysisReport:
    one = Finding("low_points", "A301", "step:pay", "Pay", words, people, 0.1, 0.2, "share", 0.1, 0.3, 90, 0.5)  # fmt: skip
    section = Section("low_points", "Low points", (one,))
    return AnalysisReport("shop", "I order a plant", (section,), 13087, 12010, 99123, "2011-10-01", "2012-03-14", 0.05)  # fmt: skip


def covered(report: CheckReport, share: float) -> CheckReport:
    whole = Coverage("map", "", 3, 0, 1, 0, 0, 1, 1, share)
    stage = Coverage("stage", "find", 2, 0, 1, 0, 0, 0, 1, share)
    return replace(report, coverage=(whole, stage))


def block(brief: Brief, key: str) -> list[tuple[str, str]]:
    return [(line.text, line.detail) for one in brief.blocks if one.key == key for line in one.lines]  # fmt: skip


def test_three_sentences_matter_and_each_has_its_numbers(
    shop_map: JourneyMap, shop_report: CheckReport
) -> None:
    brief = brief_of(
        shop_map,
        covered(shop_report, 0.4),
        day="2026-05-01",
        seq=7,
        analysis=analysis("Four in ten leave at the fee."),
        sources=("orders.csv",),
    )
    told = [(one.title, one.lines[0].text, one.lines[0].detail.replace("\u00a0", " ")) for one in brief.top]  # fmt: skip
    assert told == [
        ("What to fix first", "Four in ten leave at the fee.", "400 cases (10 % of all cases); 20 % (10 to 30 %), n 90; counted."),
        ("What holds", "Of 3 statements of the team, none is confirmed by these data.", ""),
        ("What is unknown", "1 of 3 statements cannot be told from these data. The first to find out: “The fee comes late”", "unknown · 4 % (1–20 %) · n 31 · 120 more cases needed"),
    ]  # fmt: skip
    assert [(one.verdict, one.count) for one in brief.counts] == [("refuted", 1), ("unknown", 1), ("untestable", 1)]  # fmt: skip
    assert block(brief, "contradicted")[0][0] == "Search finds nothing"
    assert "ask_friend" in block(brief, "missing")[0][0]
    method = [text for text, _ in block(brief, "method")]
    assert method[:2] == ["Made on 2026-05-01, of the map after edit 7.", "Read: orders.csv."]  # fmt: skip


def test_nothing_analyzed_is_said_and_not_guessed(
    shop_map: JourneyMap, shop_report: CheckReport
) -> None:
    brief = brief_of(shop_map, shop_report, day="2026-05-01")
    assert brief.top[0].lines[0].text == "Nothing was analyzed yet, so it cannot be told what to fix first."  # fmt: skip
    assert brief_pdf(brief, shop_map).startswith(b"%PDF")
    empty = replace(shop_report, verdicts=(), missing=(), dead=())
    assert {one.lines[0].text for one in brief_of(shop_map, empty, day="2026-05-01").top[1:]} == {"The map has no statements yet."}  # fmt: skip


def test_two_checks_tell_what_changed_between_them(
    shop_map: JourneyMap, shop_report: CheckReport
) -> None:
    was = replace(shop_report.verdicts[1], verdict="unknown", value=None, n=0, low=None, high=None)  # fmt: skip
    before = replace(shop_report, verdicts=(was, *shop_report.verdicts[2:]))
    brief = brief_of(
        shop_map,
        covered(shop_report, 0.4),
        day="2026-05-01",
        earlier=Earlier(covered(before, 0.1), "2026-02-01"),
    )
    trend = next(one for one in brief.blocks if one.key == "trend")
    assert trend.note.replace("\u00a0", " ") == "Settled: 10 % on 2026-02-01, 40 % on 2026-05-01."  # fmt: skip
    assert [(one.text, one.detail.replace("\u00a0", " ")) for one in trend.lines] == [
        ("Search finds nothing", "unknown → refuted · 3 % (2–4 %) · n 7,904")
    ]  # fmt: skip


def test_few_people_are_left_out_where_that_is_asked(
    shop_map: JourneyMap, shop_report: CheckReport
) -> None:
    found = analysis("Nine people leave.", people=9)
    for fewest, is_told in ((0, True), (10, False)):
        brief = brief_of(shop_map, shop_report, day="2026-05-01", analysis=found, fewest=fewest)  # fmt: skip
        assert ("Nine people leave." in str(brief)) is is_told


@pytest.mark.parametrize("language", ["en", "ar"])
def test_hostile_and_endless_words_are_text_in_the_page_and_in_the_pdf(
    shop_map: JourneyMap, shop_report: CheckReport, tmp_path: Path, language: str
) -> None:
    bad = f"{HOSTILE} {LONG}"
    judged = tuple(replace(one, text=bad) for one in shop_report.verdicts)
    mapped = shop_map.model_copy(update={"title": bad, "language": language})
    brief = brief_of(
        mapped,
        replace(covered(shop_report, 0.4), verdicts=judged),
        day="2026-05-01",
        analysis=replace(analysis(bad), language=language),
        sources=(bad,),
    )
    page = brief_page(brief, mapped)
    assert unescape(page).count(HOSTILE) >= 8
    bare = re.sub(r"<script>.*?</script>\n</body>", "", page, flags=re.DOTALL)
    assert "<script" not in bare
    assert "<img" not in bare
    pdf = brief_pdf(brief, mapped)
    assert pdf.startswith(b"%PDF")
    assert pdf == brief_pdf(brief, mapped)
    if shutil.which("pdftotext") is None:
        return
    file = tmp_path / "brief.pdf"
    file.write_bytes(pdf)
    text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout  # noqa: S607 # fmt: skip
    assert '#panic("x")' in text
