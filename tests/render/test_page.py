from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.render.browser import Browser

from desirepath.check.report import CheckReport
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap, Stage, Statement, Step
from desirepath.render.draw import draw_map


@pytest.fixture
def page(
    shop_map: JourneyMap,
    shop_report: CheckReport,
    shop_evidence: Evidence,
    tmp_path: Path,
) -> Path:
    return draw_map(
        shop_map, tmp_path / "page.html", report=shop_report, evidence=shop_evidence
    )


def test_the_page_is_well_formed_and_asks_for_nothing_from_outside(
    page: Path, tree_of: Callable[[str], Any]
) -> None:
    text = page.read_text("utf-8")
    tree = tree_of(text)
    assert tree.open == []
    assert not any("src" in attrs for _, attrs in tree.tags)
    links = [attrs["href"] or "" for _, attrs in tree.tags if "href" in attrs]
    assert all(link.startswith("#") for link in links)
    assert not any("style" in attrs for _, attrs in tree.tags)
    assert "default-src &#x27;none&#x27;" in text


def test_every_statement_and_verdict_is_there_in_words(page: Path) -> None:
    text = re.sub(r"<svg.*?</svg>", "", page.read_text("utf-8"), flags=re.DOTALL)
    plain = re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ")
    for words in (
        "Will it live with little sun?",
        "Search finds nothing",
        "refuted · 3 % (2–4 %) · n 7,904",
        "The whole interval is below 20 %.",
        "120 more cases needed",
        "Say what share asks this.",
        "ask_friend (after I look for a plant): 31 % (30–32 %)",
        "assumption",
        "+1.5",
    ):
        assert words in plain


def test_ids_are_given_once(page: Path) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page.read_text("utf-8"))
    assert len(ids) == len(set(ids))
    assert "verdict-statement:empty" in ids


def test_language_and_direction_are_set(shop_map: JourneyMap, tmp_path: Path) -> None:
    arabic = shop_map.model_copy(update={"language": "ar"})
    text = draw_map(arabic, tmp_path / "a.html").read_text("utf-8")
    assert '<html lang="ar" dir="rtl">' in text


def test_buttons_without_a_script_are_hidden(page: Path) -> None:
    tools = re.findall(r'<div class="tools"[^>]*>', page.read_text("utf-8"))
    assert len(tools) == 3  # poster, story, verdicts
    assert all(" hidden" in one for one in tools)


def test_a_browser_runs_the_page_within_its_own_policy(
    page: Path, chromium: Browser
) -> None:
    chromium.open(page.as_uri())
    chromium.settle("document.querySelectorAll('.tools').length", 3)
    chromium.settle("document.querySelectorAll('.tools[hidden]').length", 0)
    chromium.settle("document.querySelector('[data-linked]') !== null")


def test_actions_of_customers_stand_in_the_words_of_a_page(tmp_path: Path) -> None:
    stir = Statement(lane="actions", text="I stir the pot")
    cook = Step(id="cook", name="I cook", statements=(stir,))
    stage = Stage(id="all", name="All", steps=(cook,))
    journey = JourneyMap(id="soup", title="Soup", lanes=("actions",), stages=(stage,))
    html = draw_map(journey, tmp_path / "soup.html").read_text("utf-8")
    words = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)
    assert words.count("I stir the pot") == 2  # in the story and in the table
