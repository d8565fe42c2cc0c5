"""The journey on a page as the customer walks it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desirepath.analyze.finding import AnalysisReport, Finding, Section
from desirepath.check.report import CheckReport, Verdict
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.quotes import Quote
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.model import JourneyMap, Stage, Statement
from desirepath.render.draw import draw_map

QUOTES = tuple(
    Quote("pay", theme, text, "en", "2025-02-03", "web", score)
    for theme, text, score in (
        ("charged", "I was charged twice <b>", -2.0),
        ("effort", "Why do I need an account for this?", -1.0),
        ("effort", "Three tries until it worked at last.", None),
    )
)


@pytest.fixture
def evidence(shop_evidence: Evidence) -> Evidence:
    facts = (
        *shop_evidence.facts,
        Fact("step:pay", "reach", 0.4, "share", 13087, 0.39, 0.41, 5235, 13087),
        Fact("step:pay", "drop_off", 0.1, "share", 5235, 0.09, 0.11, 524, 5235),
        Fact("transition:compare>pay", "time", 7200.0, "s", 800, 7000.0, 7500.0, target="pay"),
        Fact("step:pay", "score", -0.8, "emotion", 300, -1.0, -0.6, target="emotion"),
        Fact("step:pay", "mentions", 0.2, "share", 200, 0.1, 0.3, 40, 200, "charged"),
        Fact("step:pay", "expectation", 1.2, "emotion", 240, 1.1, 1.3),
        Fact("step:pay", "delivery", -0.3, "emotion", 240, -0.4, -0.2),
        Fact("step:pay", "expectation_gap", -1.5, "emotion", 240, -1.8, -1.2, target="paired"),
        Fact("step:pay", "promise_kept", 0.62, "share", 2100, 0.6, 0.64, target="fee"),
    )  # fmt: skip
    return Evidence("shop", facts, 13087, 99123, 12010, "2011-10-01", "2012-03-14")


def page_of(text: str) -> str:
    bare = re.sub(r"<(svg|style|script).*?</\1>", "", text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare).replace("\u00a0", " "))


def step_of(text: str, step: str) -> str:
    found = re.search(rf'<li id="story-{step}".*?(?=<li id="story-|</ol>)', text, re.DOTALL)  # fmt: skip
    assert found
    return page_of(found[0])


def test_a_step_tells_who_comes_who_leaves_and_how_long_it_took(
    shop_map: JourneyMap, shop_report: CheckReport, evidence: Evidence, tmp_path: Path
) -> None:
    page = draw_map(
        shop_map, tmp_path / "p.html", report=shop_report, evidence=evidence
    )
    told = step_of(page.read_text("utf-8"), "pay")
    assert "Order · Step 3 of 3" in told
    assert "Come here 5,235 of 13,087 · 40 % (39–41 %)" in told
    assert "Leave for good here 524 of 5,235 · 10 % (9–11 %)" in told
    assert "Time since “I compare”, typically 2 h (1.9 h–2.1 h) · n 800" in told


def test_a_step_tells_feelings_gaps_promises_and_words(
    shop_map: JourneyMap, shop_report: CheckReport, evidence: Evidence, tmp_path: Path
) -> None:
    page = draw_map(
        shop_map, tmp_path / "p.html", report=shop_report, evidence=evidence, quotes=QUOTES
    ).read_text("utf-8")  # fmt: skip
    told = step_of(page, "pay")
    assert "assumed – measured" in told
    assert "−0.8 (−1 … −0.6) · n 300" in told
    assert "expected +1.2, delivered −0.3 · gap −1.5 (−1.8 … −1.2) · n 240" in told
    assert "promise kept 62 % (60–64 %) · n 2,100" in told
    assert "charged · web · 2025-02-03 · −2 · 40 of 200 who wrote here mention it" in told  # fmt: skip
    assert "More of what customers say (1)" in told
    assert "twice <b>" not in page
    assert "nobody was asked" in step_of(page, "search")


def test_what_stands_behind_a_step_is_folded(
    shop_map: JourneyMap, tmp_path: Path, tree_of: Callable[[str], Any]
) -> None:
    search = Touchpoint(
        id="web-search", name="Shop search", technology=("search engine",), process="upkeep"
    )  # fmt: skip
    journey = shop_map.model_copy(update={"touchpoints": (search,)})
    text = draw_map(journey, tmp_path / "p.html").read_text("utf-8")
    assert tree_of(text).open == []
    behind = re.search(r"<details><summary>What stands behind it.*?</details>", text, re.DOTALL)  # fmt: skip
    assert behind
    assert "search engine" in page_of(behind[0])
    assert "upkeep" in page_of(behind[0])


def test_a_stage_without_steps_is_a_stop_too(tmp_path: Path) -> None:
    one = Statement(id="s", lane="pains", text="It takes long")
    journey = JourneyMap(
        id="m",
        title="M",
        stages=(Stage(id="wait", name="Wait", goal="Have it", statements=(one,)),),
    )
    text = draw_map(journey, tmp_path / "p.html").read_text("utf-8")
    assert "Wait Have it Pains It takes long" in step_of(text, "stage-wait")


def test_a_map_without_stages_has_no_story(tmp_path: Path) -> None:
    text = draw_map(JourneyMap(id="m", title="M"), tmp_path / "p.html").read_text()
    assert 'id="story"' not in text
    assert 'id="numbers"' not in text
    assert 'id="group"' not in text


def test_quotes_of_no_step_stand_apart(shop_map: JourneyMap, tmp_path: Path) -> None:
    lost = Quote("", "speed", "It all took longer than I thought.", "en")
    text = draw_map(shop_map, tmp_path / "p.html", quotes=[lost]).read_text("utf-8")
    assert "Said of no single step (1)" in page_of(text)


def test_no_text_of_a_user_becomes_markup(
    shop_map: JourneyMap, tmp_path: Path, tree_of: Callable[[str], Any]
) -> None:
    bad = "</script></style><img src=x onerror=alert(1)>\"'--><svg onload=alert(1)>"
    step = shop_map.stages[0].steps[0]
    statement = Statement(id="x", lane=bad, text=bad, persona=bad)
    step = step.model_copy(
        update={"name": bad, "statements": (statement,), "owner": bad}
    )
    stage = Stage(id="find", name=bad, goal=bad, steps=(step,))
    touchpoint = Touchpoint(id="web-search", name=bad, process=bad, people=(bad,))
    journey = shop_map.model_copy(
        update={"title": bad, "stages": (stage,), "touchpoints": (touchpoint,)}
    )
    facts = (
        Fact("step:search", "reach", 0.8, "share", 90, 0.7, 0.9),
        Fact("step:search", "reach", 0.8, "share", 90, 0.7, 0.9, segment=f"{bad}={bad}"),
        Fact("step:search", "channel", 0.8, "share", 90, 0.7, 0.9, target=bad),
    )  # fmt: skip
    told = Evidence("shop", facts, 90, 90, 90, "", "")
    verdict = Verdict("statement:x", "search", "find", "share", bad, bad, is_implied=False, verdict="unknown", reason=bad, value=0.1, unit="share", n=9, low=0.0, high=0.2, segments=((bad, "refuted"),))  # fmt: skip
    report = CheckReport("shop", bad, (verdict,), (), (), 90, 90, 90, "", "", 0.05, notes=(bad,))  # fmt: skip
    finding = Finding("low_points", "A301", f"step:{bad}", bad, bad, 5, 0.1, None, "", None, None, 9, 0.9, quotes=(bad,), warning=bad, to_know_more=bad)  # fmt: skip
    analysis = AnalysisReport("shop", bad, (Section(bad, bad, (finding,)),), 90, 90, 90, "", "", 0.05)  # fmt: skip
    text = draw_map(
        journey,
        tmp_path / "p.html",
        report=report,
        evidence=told,
        quotes=[Quote("search", bad, bad, bad, bad, bad, 1.0)],
        analysis=analysis,
    ).read_text("utf-8")
    tree = tree_of(text)
    assert tree.open == []
    assert [tag for tag, _ in tree.tags].count("script") == 1
    assert not any(tag == "img" for tag, _ in tree.tags)
    assert not any(name.startswith("on") for _, attrs in tree.tags for name in attrs)


def test_each_mark_leads_to_its_verdict_without_a_script(
    shop_map: JourneyMap, shop_report: CheckReport, evidence: Evidence, tmp_path: Path, tree_of: Callable[[str], Any]
) -> None:  # fmt: skip
    text = draw_map(
        shop_map, tmp_path / "p.html", report=shop_report, evidence=evidence
    ).read_text("utf-8")
    tags = tree_of(text).tags
    ids = {attrs.get("id") for _, attrs in tags}
    links = [attrs["href"][1:] for tag, attrs in tags if tag == "a" and attrs["href"]]
    assert set(links) <= ids
    assert {"verdict-statement:empty", "verdict-step:search", "numbers-step:pay"} <= set(links)  # fmt: skip
    rows = {attrs["data-row"] for _, attrs in tags if "data-row" in attrs}
    assert rows <= ids


def test_the_first_findings_lead_to_their_step(
    shop_map: JourneyMap, tmp_path: Path
) -> None:
    finding = Finding("low_points", "A301", "step:pay", "“I pay”", "Many leave at “I pay”.", 524, 0.04, 0.1, "share", 0.09, 0.11, 5235, 0.9, quotes=("charged twice",), warning="It need not be the cause.")  # fmt: skip
    report = AnalysisReport("shop", "M", (Section("low_points", "Low", (finding,)),), 13087, 12010, 99123, "", "", 0.05)  # fmt: skip
    text = draw_map(shop_map, tmp_path / "p.html", analysis=report).read_text("utf-8")
    told = page_of(text)
    assert '<a href="#story-pay">“I pay”</a>' in text
    assert "What to fix first" in told
    assert "Affected 524 (4 %)" in told
    assert "Beware It need not be the cause. charged twice" in told
