"""The board read as belief, evidence and difference: marks, whose they are, what is missing, what changed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from tests.board.boards import Sheet, open_board
from tests.web.shop_check import ShopCheck, shop_check

from desirepath.evidence.facts import Fact
from desirepath.web.jobs.results import Results

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
ADDRESS = "#/maps/assumed"
BUYS = "statement:basket-buys"
NASTY = "<img src=x onerror=alert(1)>" + "x" * 300
RIGHT_TO_LEFT = (
    "\u0623\u062f\u0641\u0639 \u0641\u064a \u0627\u0644\u0645\u062a\u062c\u0631"
)


@pytest.fixture(scope="module")
def check() -> ShopCheck:
    """A check of the shop, whose customers were also asked what they expected of the chat."""
    found = shop_check()
    told = (("expectation", 1.2), ("delivery", -0.3), ("expectation_gap", -1.5))
    window = found.evidence.window_from, found.evidence.window_to
    asked = [
        Fact("touchpoint:support", measure, value, "emotion", 80, value - 0.2, value + 0.2, target="paired" if value == -1.5 else "emotion", window_from=window[0], window_to=window[1])
        for measure, value in told
    ]  # fmt: skip
    evidence = replace(found.evidence, facts=(*found.evidence.facts, *asked))
    return replace(found, evidence=evidence)


@pytest.fixture(scope="module")
def checked(server: Any, check: ShopCheck) -> Any:
    """The server, with a check of its map."""
    check.keep(Results(server.log.engine), made_us=server.clock())
    return server


def look_at_what_was_measured(sheet: Sheet) -> None:
    """The arrows lead below a step to its numbers, and from there to those of the next one."""
    sheet.spot("step:search").focus()
    sheet.press("ArrowDown")
    met = sheet.spot("met:step:search")
    expect(met).to_be_focused()
    told = re.compile(r"Measured at I look for a plant.*come here: \d.* \(.*\), n 700")
    expect(met).to_have_attribute("aria-description", told)
    sheet.press("ArrowRight", "ArrowUp")
    expect(sheet.spot("step:magazine")).to_be_focused()
    look_at_a_gap(sheet)


def look_at_a_gap(sheet: Sheet) -> None:
    """Promise, expectation and delivery side by side, where customers got less than they expected."""
    chat = sheet.page.locator('[data-lane="touchpoints"] [data-touchpoint="touchpoint:support"]').first  # fmt: skip
    expect(chat).to_contain_text("Less than expected: −1.5 (−1.7 to −1.3), n 80")
    chat.focus()
    sheet.press("e")
    dialog = sheet.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Somebody answers within five minutes")
    expect(dialog).to_contain_text("unknown whether it was kept")
    expect(dialog).to_contain_text("Deliveredmeasured: −0.3 (−0.5 to −0.1), n 80")
    expect(dialog).to_contain_text("each customer compared with themselves")
    sheet.press("Escape")
    expect(dialog).to_have_count(0)
    expect(chat).to_be_focused()


def below_heads(sheet: Sheet, spot: str) -> float:
    """How far below the heads of the board something stands."""
    top: float = sheet.page.evaluate(
        """spot => document.querySelector(`[data-spot="${CSS.escape(spot)}"]`).getBoundingClientRect().top
          - document.querySelector('.board-top').getBoundingClientRect().bottom""",
        spot,
    )
    return top


def look_at_jana(page: Any, check: ShopCheck, card: Any) -> None:
    """Somebody's numbers at the same cards, said of whom; then those of everybody again."""
    group = next(one for one in check.apart.groups if one.segment == "persona=beginner")
    before = card.locator(".mark").inner_text()
    away = "**/verdicts?*beginner*"
    page.route(away, lambda route: route.abort())
    page.get_by_role("button", name="all customers").click()
    page.get_by_role("option", name="Jana, balcony beginner").click()
    # numbers of everybody are never shown as if they were hers
    missing = page.get_by_role("alert")
    expect(missing).to_contain_text("Could not be loaded: Jana, balcony beginner.")
    expect(card).to_contain_text(before)
    page.unroute(away)
    missing.get_by_role("button", name="Try again").click()
    whose = f"Jana, balcony beginner: {group.evidence.cases} cases"
    bar = page.get_by_role("region", name="Evidence of this map")
    expect(bar).to_contain_text(whose)
    expect(missing).to_have_count(0)
    expect(card).not_to_contain_text(before)
    page.get_by_role("button", name="Jana, balcony beginner").click()
    page.get_by_role("option", name="all customers").click()


def test_belief_is_held_against_the_evidence_by_keys(
    checked: Any, visit: Any, check: ShopCheck
) -> None:
    page = visit.page("editor", f"{ADDRESS}/at/{BUYS}", height=700)
    sheet = open_board(page)
    card = sheet.spot(BUYS)
    expect(card).to_be_focused()
    assert below_heads(sheet, BUYS) >= 0
    expect(page).to_have_url(re.compile(f"{ADDRESS}$"))
    expect(page.locator(".mark")).to_have_count(0)
    bar = page.get_by_role("region", name="Evidence of this map")
    expect(bar).to_contain_text("of 47 statements settled")

    # evidence: each statement with its verdict, in words for who hears it
    sheet.press("2")
    verdict = next(one for one in check.report.verdicts if one.subject == BUYS)
    told = f"refuted.*n {verdict.n}"
    expect(card).to_contain_text(re.compile(told))
    expect(card).to_have_attribute("aria-description", re.compile(told))
    reach = re.compile(r"come here, n\s700")
    expect(sheet.spot("step:search")).to_have_attribute("aria-description", reach)
    expect(page.locator(".felt-band")).not_to_have_count(0)
    expect(page.get_by_text("nobody was asked").first).to_be_attached()
    sheet.press("e")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(re.compile("the evidence contradicts.*at least 90 % of the cases here show"))  # fmt: skip
    assert visit.faults(page) == []
    sheet.press("Escape")
    expect(dialog).to_have_count(0)
    expect(card).to_be_focused()

    visit.expect("beginner")
    look_at_what_was_measured(sheet)
    look_at_jana(page, check, card)
    expect(card).to_contain_text(f"n {verdict.n}")

    # difference: what agrees steps back
    card.focus()
    sheet.press("3")
    expect(card).to_have_attribute("data-differs", "true")
    expect(sheet.spot("statement:web-fails")).to_have_attribute("data-differs", "false")
    gap = "1 thing customers do after this is not on the map"
    expect(page.locator('[data-met="step:compare"]')).to_contain_text(gap)

    # what is changed is not shown with an old verdict, and another check renews it in place
    sheet.press("Enter", "End")
    sheet.write(" at once")
    sheet.press("Enter")
    expect(card).to_contain_text("changed since the check")
    expect(bar).to_contain_text("1 statement changed since")
    sheet.saved()
    results, log = Results(checked.log.engine), checked.log
    known = check.keep(
        results, made_us=checked.clock() + 1, seq=log.load("assumed").seq
    )
    checked.app.state.desk.tell_about("assumed", "evidence")
    expect(bar).to_contain_text("of 47 statements settled")
    expect(card).to_be_focused()
    page.get_by_role("button", name="Undo my last change").click()
    expect(card).to_contain_text("refuted")
    page.close()  # it may be asking for what goes now
    results.drop([known.id])


def test_what_is_missing_goes_on_the_map_and_what_nobody_does_off_it(
    checked: Any, visit: Any
) -> None:
    page = visit.page("editor", f"{ADDRESS}/at/missing:care_guide")
    sheet = open_board(page)
    tray = page.get_by_role("complementary", name="Not on your map")
    guide = tray.locator('[data-missing="care_guide"]')
    expect(guide).to_be_focused()
    expect(guide).to_contain_text("after “I compare plants”")
    expect(guide).to_contain_text("real cases")
    assert visit.faults(page) == []
    guide.get_by_role("button", name="Put on the map").click()
    step = sheet.head("Care guide")
    expect(step).to_be_focused()
    names = sheet.steps()
    assert names.index("Care guide") == names.index("I compare plants") + 1
    expect(guide).to_have_count(0)
    sheet.press("Control+z")
    expect(guide).to_have_count(1)
    expect(step).to_have_count(0)

    dead = tray.get_by_role("listitem").filter(
        has_text="I read up in the plant magazine"
    )
    expect(dead).to_contain_text("of 700 cases, at most")
    dead.get_by_role("button", name="Take off the map").click()
    expect(sheet.spot("step:magazine")).to_have_count(0)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(sheet.spot("step:magazine")).to_have_count(1)
    sheet.saved()


def test_marks_are_read_on_a_phone_in_the_dark_with_any_words(
    checked: Any, visit: Any, check: ShopCheck
) -> None:
    parts = json.loads(json.dumps(check.parts()))
    parts["report"]["missing"][0]["name"] = NASTY
    parts["quotes"]["quotes"][0] |= {"text": NASTY, "step": "unpack"}
    for one in parts["report"]["verdicts"]:
        if one["subject"] == BUYS:
            one["reason"] = NASTY
    results = Results(checked.log.engine)
    known = results.add(
        "assumed",
        "check",
        parts,
        seq=0,
        epoch="epoch",
        made_us=checked.clock() + 2,
        by="Ann",
    )
    name = {
        "do": "change",
        "ref": "step:basket",
        "field": "name",
        "value": RIGHT_TO_LEFT,
    }
    caller = checked.person("Omar", "editor")
    assert caller.ask("POST", "/api/maps/assumed/edits", name).status == 200
    page = visit.page(
        "viewer",
        ADDRESS,
        width=320,
        height=700,
        touch=True,
        language="de-DE",
        scheme="dark",
    )
    sheet = open_board(page)
    page.locator(".switch-part", has_text="Beleg").click()
    mark = sheet.spot(BUYS).locator(".mark")
    expect(mark).to_contain_text("widerlegt")
    assert visit.faults(page) == []
    mark.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(NASTY)
    expect(dialog).to_contain_text("die Belege widersprechen")
    assert visit.faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.keyboard.press("Escape")
    sheet.spot("step:unpack").locator(".met-lines").scroll_into_view_if_needed()
    page.get_by_role("button", name="Nicht auf Ihrer Karte").click()
    expect(page.get_by_role("heading", name=NASTY)).to_be_attached()
    expect(page.get_by_role("button", name="Auf die Karte setzen")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("img").count() == 0
    assert visit.faults(page) == []
    results.drop([known.id])
