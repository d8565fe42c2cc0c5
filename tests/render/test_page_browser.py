"""The page under real keys in a real browser: panel, story, choice of group, narrow and dark screens."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.render.browser import Browser

from desirepath.check.report import CheckReport
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.maps.persona import Persona
from desirepath.render.draw import draw_map

SHOWN = "document.querySelector('#walk .story > li:not([hidden]) h3').textContent"
SCORE_OF = "document.querySelector('#map a[href=\"#verdict-statement:empty\"]')"


@pytest.fixture
def page(
    shop_map: JourneyMap,
    shop_report: CheckReport,
    shop_evidence: Evidence,
    tmp_path: Path,
) -> Path:
    return drawn(shop_map, shop_report, shop_evidence, tmp_path / "page.html")


def drawn(
    journey: JourneyMap, report: CheckReport, evidence: Evidence, path: Path
) -> Path:
    app = "device=app"
    facts = (
        *evidence.facts,
        Fact("step:search", "reach", 0.5, "share", 400, 0.45, 0.55, 200, 400, segment=app),
        Fact("statement:empty", "share", 0.031, "share", 7904, 0.02, 0.04, target="e"),
        Fact("statement:empty", "share", 0.25, "share", 300, 0.2, 0.3, target="e", segment=app),
    )  # fmt: skip
    told = Evidence("shop", facts, 13087, 99123, 12010, "2011-10-01", "2012-03-14")
    return draw_map(journey, path, report=report, evidence=told)


def test_arrows_turn_the_steps_and_escape_ends_the_walk(
    chromium: Browser, page: Path
) -> None:
    chromium.open(page.as_uri())
    chromium.run("document.getElementById('walk-start').focus()")
    chromium.press("Enter")
    chromium.settle(SHOWN, "I look for a plant")
    chromium.press("ArrowRight")
    chromium.settle(SHOWN, "I compare")
    chromium.press("End")
    chromium.settle(SHOWN, "I pay")
    chromium.settle("document.getElementById('walk-at').textContent", "Step 3 of 3")  # fmt: skip
    chromium.settle("location.hash", "#step=pay")
    chromium.press("ArrowRight")
    chromium.settle(SHOWN, "I pay")
    chromium.press("Home")
    chromium.settle(SHOWN, "I look for a plant")
    chromium.press("Escape")
    chromium.settle("!document.getElementById('walk').open")
    chromium.settle("location.hash", "")
    chromium.settle("document.activeElement.id", "walk-start")
    chromium.settle("document.querySelectorAll('#story .story > li').length", 3)


def test_the_group_can_be_chosen_while_walking(chromium: Browser, page: Path) -> None:
    chromium.open(page.as_uri() + "#step=search")
    told = "document.querySelector('#walk .story > li:not([hidden]) dd').textContent"
    chromium.settle(f"{told}.startsWith('87')")
    chromium.settle("group.closest('dialog').id", "walk")
    chromium.run(
        "group.value = 'device=app'; group.dispatchEvent(new Event('change', {bubbles: true}))"
    )
    chromium.settle(f"{told}.startsWith('200 of 400 · 50')")
    chromium.settle("location.hash", "#step=search&group=device%3Dapp")
    chromium.press("Escape")
    chromium.settle("group.closest('dialog')", None)


def test_arrows_follow_the_direction_of_the_language(
    chromium: Browser,
    shop_map: JourneyMap,
    shop_report: CheckReport,
    shop_evidence: Evidence,
    tmp_path: Path,
) -> None:
    arabic = shop_map.model_copy(update={"language": "ar"})
    path = drawn(arabic, shop_report, shop_evidence, tmp_path / "ar.html")
    chromium.open(path.as_uri() + "#step=search")
    chromium.press("ArrowLeft")
    chromium.settle(SHOWN, "I compare")


def test_a_card_of_the_poster_opens_its_evidence_by_keyboard(
    chromium: Browser, page: Path
) -> None:
    chromium.open(page.as_uri())
    stops = "document.querySelectorAll('#poster [role=button][tabindex=\"0\"]').length"
    chromium.settle(stops, 1)
    card = "document.querySelector('#poster [data-ref=\"statement:empty\"]')"
    chromium.run(f"{card}.focus()")
    chromium.press("Enter")
    chromium.settle("document.getElementById('panel').open")
    chromium.settle("document.getElementById('panel-title').textContent", "Search finds nothing")  # fmt: skip
    body = chromium.run("document.getElementById('panel-body').textContent")
    told = body.replace("\u00a0", " ")
    assert "The whole interval is below 20 %." in told
    assert "device: app25 % (20–30 %) · n 300" in told
    chromium.press("Escape")
    chromium.settle("document.activeElement.dataset.ref", "statement:empty")
    chromium.press("ArrowRight")
    chromium.settle("document.activeElement.dataset.ref !== 'statement:empty'")
    chromium.settle(stops, 1)


def test_a_mark_in_the_table_opens_the_same_panel(
    chromium: Browser, page: Path
) -> None:
    chromium.open(page.as_uri())
    chromium.run(f"{SCORE_OF}.click()")
    chromium.settle("document.getElementById('panel').open")


def test_the_choice_of_a_group_is_shown_and_kept_in_the_address(
    chromium: Browser, page: Path
) -> None:
    chromium.open(page.as_uri() + "#group=device%3Dapp")
    told = f"{SCORE_OF}.textContent.replaceAll('\u00a0', ' ')"
    chromium.settle(told, "25 % (20–30 %) · n 300")
    chromium.settle(f"{SCORE_OF}.className", "mark")
    fee = "document.querySelector('#map a[href=\"#verdict-statement:fee\"]')"
    chromium.settle(f"{fee}.textContent", "only measured for everyone")
    chromium.run(
        "group.value = ''; group.dispatchEvent(new Event('change', {bubbles: true}))"
    )
    chromium.settle("location.hash", "")
    chromium.settle(f"{SCORE_OF}.className", "mark refuted")
    chromium.settle(f"{SCORE_OF}.textContent.startsWith('refuted · 3')")


def test_statements_of_another_persona_are_hidden_with_their_empty_lane(
    chromium: Browser,
    shop_map: JourneyMap,
    shop_report: CheckReport,
    shop_evidence: Evidence,
    tmp_path: Path,
) -> None:
    stage = shop_map.stages[1]
    fee = stage.steps[0].statements[0].model_copy(update={"persona": "gifter"})
    pay = stage.steps[0].model_copy(update={"statements": (fee,)})
    journey = shop_map.model_copy(
        update={
            "stages": (shop_map.stages[0], stage.model_copy(update={"steps": (pay,)})),
            "personas": (*shop_map.personas, Persona(id="gardener", name="Gardener")),
        }
    )
    facts = (
        *shop_evidence.facts,
        Fact("step:pay", "reach", 0.5, "share", 400, 0.4, 0.6, 200, 400, segment="persona=gardener"),
    )  # fmt: skip
    told = Evidence("shop", facts, 13087, 99123, 12010, "2011-10-01", "2012-03-14")
    path = drawn(journey, shop_report, told, tmp_path / "personas.html")
    shown = "document.querySelector('#story-pay .lanes > div').hidden"
    chromium.open(path.as_uri() + "#step=pay")
    chromium.settle(f"!{shown}")
    chromium.open(path.as_uri() + "#group=persona%3Dgardener&step=pay")
    chromium.settle(shown)


def test_nothing_is_wider_than_a_narrow_screen(chromium: Browser, page: Path) -> None:
    chromium.open(page.as_uri(), wide=320, high=700)
    assert chromium.run("document.documentElement.scrollWidth") <= 320
    chromium.open(page.as_uri() + "#step=search", wide=320, high=700)
    chromium.settle("document.getElementById('walk').open")
    wide = chromium.run("document.getElementById('walk').scrollWidth")
    assert 0 < wide <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_of_the_page_reads_at_four_and_a_half_to_one(
    chromium: Browser, page: Path, scheme: str
) -> None:
    chromium.open(page.as_uri() + "#step=search", scheme=scheme)
    chromium.run(
        "for (const one of document.querySelectorAll('details')) one.open = true"
    )
    pale = chromium.run(
        """(() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const part = (v) => ((v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const under = (one) => {
    for (; one; one = one.parentElement) {
      const found = rgb(getComputedStyle(one).backgroundColor);
      if (found.length < 4 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  const pale = [];
  for (const one of document.querySelectorAll('body *')) {
    const has = [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    if (!has || one.closest('svg, script, style, button:disabled, .skip')) continue;
    const [a, b] = [light(rgb(getComputedStyle(one).color)), light(under(one))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) pale.push(one.tagName + ' ' + one.textContent.slice(0, 40));
  }
  return pale.join(' | ');
})()"""
    )
    assert pale == ""
