"""What goes away under one's hands: a button that has the focus, a part of the app, the screen for paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.board.conftest import MAP, Visit

# Enter that takes a word of an input method, as browsers tell it.
COMPOSING = """node => node.dispatchEvent(new KeyboardEvent('keydown',
  {key: 'Enter', keyCode: 229, isComposing: true, bubbles: true}))"""


def test_the_focus_stays_near_what_went_away(visit: Visit) -> None:
    page = visit.page("editor", "#/")
    search = page.get_by_role("searchbox", name="Search maps")
    search.fill("balcony")
    page.get_by_role("button", name="Clear").press("Enter")
    expect(search).to_be_focused()
    page.goto(f"#/maps/{MAP}")
    page.get_by_role("button", name="Details").click()
    panel = page.get_by_role("complementary", name="Details")
    panel.get_by_role("button", name="The whole map").click()
    gone = panel.get_by_role("button", name="off the map").first
    gone.press("Enter")
    expect(panel.locator(":focus")).to_be_visible()


def test_a_key_that_an_input_method_takes_gives_nothing(visit: Visit) -> None:
    page = visit.page("editor", f"#/maps/{MAP}")
    page.get_by_role("button", name="Details").click()
    panel = page.get_by_role("complementary", name="Details")
    panel.get_by_role("button", name="The whole map").click()
    field = panel.get_by_label("Reviewed every")
    field.fill("いつも")
    field.evaluate(COMPOSING)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")


@pytest.mark.nightly
def test_what_somebody_gave_while_one_typed_is_told(visit: Visit) -> None:
    fields = []
    for role in ("editor", "facilitator"):
        page = visit.page(role, f"#/maps/{MAP}")
        page.get_by_role("button", name="Details").click()
        panel = page.get_by_role("complementary", name="Details")
        panel.get_by_role("button", name="The whole map").click()
        fields.append(panel.get_by_label("Reviewed every"))
    mine, theirs = fields
    mine.fill("30d")
    theirs.fill("60d")
    theirs.press("Enter")
    expect(theirs).to_have_value("60d")
    mine.press("Enter")
    told = mine.page.get_by_text("You wrote over what")
    expect(told).to_contain_text("60d")
    told.page.get_by_role("button", name="Bring back").click()
    expect(theirs).to_have_value("60d")


def test_a_part_that_is_gone_asks_to_reload_and_the_rest_stays(visit: Visit) -> None:
    visit.expect("dynamically imported module", "Unable to preload CSS", "ERR_FAILED")
    page = visit.page("editor", f"#/maps/{MAP}")
    board = page.get_by_role("grid")
    expect(board).to_be_visible()
    page.route("**/assets/*", lambda route: route.abort())
    page.get_by_role("link", name="Progress").click()
    expect(page.get_by_role("alert")).to_contain_text("a newer version")
    expect(page.get_by_role("button", name="Reload")).to_be_visible()
    page.get_by_role("link", name="Board", exact=True).click()
    expect(board).to_be_visible()


def test_paper_gets_the_whole_board(visit: Visit) -> None:
    page = visit.page("editor", f"#/maps/{MAP}")
    expect(page.get_by_role("grid")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    last = page.locator(".board-list .list-step").last
    expect(last).to_be_attached()
    page.emulate_media(media="print")
    assert last.evaluate("node => node.getBoundingClientRect().bottom > innerHeight")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.get_by_role("grid")).to_be_visible()
