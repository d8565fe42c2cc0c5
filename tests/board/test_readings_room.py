"""Findings, the flow and the story in the browser: from what to fix first to its place on the board, by keys alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.board.conftest import MAP, Visit
from tests.web.server import MAP as SMALL
from tests.web.server import Server
from tests.web.shop_results import add_results, shop_parts

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
ROOM = f"#/maps/{MAP}/readings"
BAD = "<img src=x onerror=alert(1)>\u202e"
LONG = "W" * 300


@pytest.fixture(scope="module")
def found(server: Server) -> Server:
    """The server with the results of the shop."""
    add_results(server.log, MAP, server.clock())
    return server


@pytest.mark.usefixtures("found")
def test_what_to_fix_first_leads_to_the_board_the_flow_the_story_and_the_report(
    visit: Visit,
) -> None:
    page = visit.page("viewer", ROOM)
    first = shop_parts()["findings"]["sections"]
    heaviest = max((one for part in first for one in part["findings"] if one["kind"] == "fix"), key=lambda one: one["rank_score"])  # fmt: skip
    section = page.get_by_role("region", name="What to fix first")
    expect(section.get_by_role("article").first).to_contain_text(heaviest["words"])
    assert visit.faults(page) == []
    read_of_a_group(page)
    assert visit.faults(page) == []
    follow_the_flow(page, visit)
    walk(page, visit)
    # the report, in a window of its own
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Report for management").click()
    report = opened.value
    expect(
        report.get_by_role("heading", level=2, name="What to fix first", exact=True)
    ).to_be_visible()
    assert visit.faults(report) == []


def read_of_a_group(page: Any) -> None:
    """Open a reading and narrow it to a group."""
    page.get_by_role("link", name="Who fares worse").click()
    expect(page.get_by_role("heading", level=1, name="Who fares worse")).to_be_visible()
    count = page.get_by_role("article").count()
    page.get_by_role("button", name="About").click()
    page.get_by_role("option").nth(1).click()
    expect(page.get_by_role("article").first).to_be_visible()
    assert 0 < page.get_by_role("article").count() <= count


def follow_the_flow(page: Any, visit: Visit) -> None:
    """Show more of it by keys, and go from a card to its step."""
    page.get_by_role("link", name="Flow", exact=True).click()
    status = page.locator("figcaption [role=status]")
    expect(status).to_contain_text("at least 5 %")
    slider = page.get_by_role("slider", name="Show ways of at least")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(status).not_to_contain_text("at least 5 %")
    assert visit.faults(page) == []
    page.get_by_role("button", name="Cards are").click()
    page.get_by_role("option", name="everything customers do").click()
    card = page.locator("a.flow-off").first
    expect(card.locator("title").first).to_have_text(re.compile("not on your map$"))
    expect(card).to_have_attribute("href", re.compile(rf"^#/maps/{MAP}/at/missing:"))
    page.get_by_text("The same as tables").click()
    expect(page.get_by_role("table").first).to_contain_text("search_empty")
    card = page.locator("a.flow-stop:not(.flow-off)").first
    expect(card).to_have_attribute("href", re.compile(rf"^#/maps/{MAP}/at/step:"))
    card.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("grid")).to_be_visible()
    page.get_by_role("link", name="Readings").click()


def walk(page: Any, visit: Visit) -> None:
    """Walk the story by keys alone; every step has an address of its own."""
    page.get_by_role("link", name="Story", exact=True).click()
    head = page.get_by_role("heading", level=1).last
    expect(head).to_have_text("I see a green balcony and visit the shop")
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile("/story/step:"))
    last = head.text_content()
    page.keyboard.press("Home")
    expect(head).to_have_text("I see a green balcony and visit the shop")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(head).to_have_text("I pay in the web shop")
    expect(head).to_be_focused()
    expect(page.get_by_text("refuted · 19 %").first).to_be_visible()
    assert last != head.text_content()
    assert visit.faults(page) == []
    page.reload()
    expect(head).to_have_text("I pay in the web shop")
    page.emulate_media(media="print")
    expect(page.locator(".story-print article")).to_have_count(12)
    expect(page.locator(".story-print article").last).to_be_visible()
    expect(page.get_by_role("button", name="Next")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Next").click()
    expect(head).to_have_text("I pay in the app")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1, name="What the data say")).to_be_visible()  # fmt: skip


def test_narrow_dark_german_pages_with_hostile_and_endless_names(
    found: Server, page: Callable[..., Any], visit: Visit
) -> None:
    name = f"{BAD} {LONG} أدفع"
    text = SMALL.format(map_id="hostile").replace("I pay", f'"{name}"').replace("Buy", f'"{name}"')  # fmt: skip
    found.add_map(text)
    spoilt = [{**part, "findings": [{**one, "words": name, "place": name, "quotes": [name]} for one in part["findings"]]} for part in shop_parts()["findings"]["sections"]]  # fmt: skip
    flow = shop_parts()["flow"]
    levels = [{**one, "stops": [stop if number else {**stop, "name": f"{BAD} {LONG[:40]}"} for number, stop in enumerate(one["stops"])]} for one in flow["levels"]]  # fmt: skip
    findings = {**shop_parts()["findings"], "sections": spoilt}
    add_results(found.log, "hostile", found.clock(), flow={**flow, "levels": levels}, findings=findings, **{"findings:de": findings})  # fmt: skip
    shown = page("viewer", "#/maps/hostile/readings", width=320, language="de-DE", scheme="dark")  # fmt: skip
    for at, ready in (("", "article"), ("/of/low_points", "article"), ("/flow", "a.flow-stop"), ("/story/step:pay", "article")):  # fmt: skip
        shown.goto(f"#/maps/hostile/readings{at}")
        expect(shown.locator(ready).first).to_be_attached()
        assert BAD[:20] in (shown.locator("main").text_content() or "")
        assert shown.locator("main img").count() == 0
        assert shown.evaluate("document.documentElement.scrollWidth") == 320
        assert visit.faults(shown) == []


def test_nothing_measured_says_what_to_do(found: Server, page: Callable[..., Any], visit: Visit) -> None:  # fmt: skip
    found.add_map(SMALL.format(map_id="bare"))
    shown = page("viewer", "#/maps/bare/readings")
    expect(shown.get_by_role("heading", name="Nothing was analyzed yet")).to_be_visible()  # fmt: skip
    expect(shown.get_by_role("link", name="To the evidence")).to_be_visible()
    shown.goto("#/maps/bare/readings/flow")
    expect(shown.get_by_role("heading", name="No flow was measured yet")).to_be_visible()  # fmt: skip
    shown.goto("#/maps/bare/readings/story")
    expect(shown.get_by_role("heading", name="I pay")).to_be_visible()
    expect(shown.get_by_text("what the team believes")).to_be_visible()
    assert visit.faults(shown) == []


def _loses_nothing(page: Any, field: Any) -> None:
    """Typed words stay after a slip of the hand beside their dialog, and whoever leaves is asked."""
    words = field.input_value()
    page.mouse.click(5, 5)
    expect(field).to_have_value(words)
    page.evaluate(f"location.hash = '#/maps/{MAP}/discussion'")
    asked = page.get_by_role("alertdialog", name="Leave and lose what you typed?")
    asked.get_by_role("button", name="Cancel").press("Enter")
    expect(asked).to_have_count(0)
    expect(field).to_have_value(words)
    expect(page).to_have_url(re.compile("/readings$"))


@pytest.mark.usefixtures("found")
def test_a_finding_is_talked_about_and_evidence_becomes_a_proposal(
    visit: Visit,
) -> None:
    ben = visit.page("commenter", ROOM)
    section = ben.get_by_role("region", name="What to fix first")
    finding = section.get_by_role("article").first
    words = finding.get_by_role("heading").inner_text()
    finding.get_by_role("button", name="Discuss").press("Enter")
    box = finding.get_by_role("textbox", name="Your comment")
    box.fill(f"Since when? {BAD}{LONG}")
    box.press("Control+Enter")
    expect(finding.get_by_text("Since when?")).to_be_visible()
    expect(finding.get_by_text("Nobody has said anything")).to_have_count(0)
    expect(finding.get_by_role("button", name="Discuss (1 comment)")).to_be_visible()
    assert visit.faults(ben) == []

    # what was found is the reason of what is proposed
    finding.get_by_role("button", name="Propose a change").press("Enter")
    dialog = ben.get_by_role("dialog", name="Propose a change")
    after = dialog.get_by_role("textbox", name="After")
    after.fill(f"I choose a plant {BAD}")
    _loses_nothing(ben, after)
    dialog.get_by_role("button", name="Put it into my proposal").press("Enter")
    expect(dialog.get_by_role("textbox", name="Reason")).to_have_value(re.compile(re.escape(words)))  # fmt: skip
    assert visit.faults(ben) == []
    dialog.get_by_role("button", name="Send the proposal").press("Enter")
    expect(dialog).to_have_count(0)

    # the thread is told in the words of the finding, and leads to it
    ben.get_by_role("link", name=re.compile("^Discussion")).click()
    ben.get_by_role("article", name=words).get_by_role("link", name=words).click()
    named = ben.get_by_role("article").filter(has_text="Since when?")
    expect(named).to_be_focused()
    expect(named.get_by_role("heading")).to_have_text(words)

    # so is what customers do and the map does not show
    ben.evaluate(f"location.hash = '#/maps/{MAP}/at/missing'")
    gap = ben.get_by_role("complementary", name="Not on your map").get_by_role("listitem").first  # fmt: skip
    gap.get_by_role("button", name=re.compile("^Propose a change")).press("Enter")
    expect(dialog.get_by_role("textbox", name="Title")).to_have_value(re.compile("^Add"))  # fmt: skip
    expect(dialog.get_by_role("textbox", name="Reason")).to_have_value(re.compile("Checked"))  # fmt: skip
    assert visit.faults(ben) == []
    dialog.get_by_role("button", name="Send the proposal").press("Enter")
    expect(dialog).to_have_count(0)
    ann = visit.page("editor", f"#/maps/{MAP}/discussion/proposals")
    expect(ann.get_by_role("list").get_by_role("heading", level=3)).to_have_count(2)
    narrow = visit.page("commenter", ROOM, width=320, scheme="dark", language="de-DE")
    expect(narrow.get_by_role("button", name=re.compile("^Besprechen")).first).to_be_visible()  # fmt: skip
    assert visit.faults(narrow) == []
    # without words of its own a dialog closes with the page it is on
    narrow.get_by_role("button", name=re.compile("^Eine Änderung vorschlagen")).first.press("Enter")  # fmt: skip
    expect(narrow.get_by_role("dialog")).to_be_visible()
    narrow.evaluate(f"location.hash = '#/maps/{MAP}/discussion'")
    expect(narrow.get_by_role("dialog")).to_have_count(0)
