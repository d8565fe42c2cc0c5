"""Work on a board with the mouse and with a finger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.board.boards import Sheet, open_board

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
ADDRESS = "#/maps/assumed"
EMPTY = "format: desirepath/map/1\nid: fresh\ntitle: A new map\n"
# What a spreadsheet puts on the clipboard: a merged stage over two steps, and a cell of no lane.
TABLE = """<table><tr><td></td><td colspan=2>Think</td></tr>
<tr><td></td><td>I ask</td><td>I wait</td></tr>
<tr><td>Pains</td><td>Nobody answers</td><td>So long</td></tr></table>"""
PASTE = """html => {
  const data = new DataTransfer();
  data.setData('text/html', html);
  document.activeElement.dispatchEvent(
    new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""
COPY = """() => {
  const data = new DataTransfer();
  document.activeElement.dispatchEvent(
    new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true}));
  return data.getData('text/plain');
}"""


def pull(sheet: Sheet, spot: str, to: Any, *, down: float = 0.5) -> None:
    """Pull a card with the mouse to the middle of something."""
    sheet.spot(spot).scroll_into_view_if_needed()
    start, end = sheet.spot(spot).bounding_box(), to.bounding_box()
    mouse = sheet.page.mouse
    mouse.move(start["x"] + 20, start["y"] + 10)
    mouse.down()
    mouse.move(start["x"] + 40, start["y"] + 20)
    mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] * down, steps=4)
    mouse.up()


@pytest.fixture
def sheet(page: Callable[..., Any]) -> Sheet:
    return open_board(page("editor", ADDRESS, height=1000))


def test_cards_steps_and_points_of_the_curve_are_pulled_with_the_mouse(
    sheet: Sheet,
) -> None:
    pull(sheet, "statement:search-light", sheet.cell("step:see-ad", "questions"))
    assert sheet.texts("step:see-ad", "questions") == ["Will it live with little sun?"]

    before = sheet.steps()
    step = sheet.spot("step:see-ad")
    box = sheet.spot("step:search").bounding_box()
    start = step.bounding_box()
    mouse = sheet.page.mouse
    mouse.move(start["x"] + 20, start["y"] + 10)
    mouse.down()
    mouse.move(start["x"] + 40, start["y"] + 10)
    mouse.move(box["x"] + box["width"] - 10, box["y"] + 20, steps=4)
    mouse.up()
    assert sheet.steps()[:2] == [before[1], before[0]]

    point = sheet.page.locator('[data-point="statement:compare-mood"]')
    point.scroll_into_view_if_needed()
    band = sheet.page.locator(".curve").bounding_box()
    at = point.bounding_box()
    mouse.move(at["x"] + 14, at["y"] + 14)
    mouse.down()
    mouse.move(at["x"] + 14, band["y"] + band["height"] - 2, steps=4)
    mouse.up()
    expect(sheet.spot("statement:compare-mood")).to_contain_text("angry")
    sheet.saved()


def test_a_pull_that_is_called_off_changes_nothing(sheet: Sheet) -> None:
    start = sheet.spot("statement:compare-care").bounding_box()
    mouse = sheet.page.mouse
    mouse.move(start["x"] + 20, start["y"] + 10)
    mouse.down()
    mouse.move(start["x"] + 200, start["y"] + 10, steps=4)
    expect(sheet.page.locator(".board-ghost")).to_have_count(1)
    sheet.press("Escape")
    expect(sheet.page.locator(".board-ghost")).to_have_count(0)
    mouse.up()
    assert "How much work will it be?" in sheet.texts("step:compare", "questions")


def test_what_is_taken_off_comes_back_and_what_stood_in_it_waits_in_the_tray(
    sheet: Sheet,
) -> None:
    step = sheet.spot("step:magazine")
    step.click(button="right")
    sheet.page.get_by_role("menuitem", name="Take off the map").click()
    expect(step).to_have_count(0)
    tray = sheet.page.locator(".board-tray")
    expect(tray).to_contain_text("The stories make me want a plant")
    waiting = tray.locator("li").filter(has_text="The stories make me want a plant")
    waiting.get_by_role("button", name="Give a place").click()
    dialog = sheet.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(sheet.card("The stories make me want a plant")).to_be_visible()
    sheet.page.get_by_role("button", name="Undo my last change").click()
    sheet.page.get_by_role("button", name="Undo my last change").click()
    expect(step).to_be_visible()
    expect(tray).to_have_count(0)


def test_details_say_everything_of_a_statement(sheet: Sheet) -> None:
    page = sheet.page
    sheet.spot("statement:basket-chat").click()
    page.get_by_role("button", name="Details").click()
    panel = page.get_by_role("complementary")
    panel.get_by_role("button", name="Importance").click()
    page.get_by_role("option", name="4", exact=True).click()
    expect(sheet.spot("statement:basket-chat")).to_contain_text("importance 4 of 5")
    share = panel.get_by_role("textbox", name="Share of customers")
    share.fill("lots")
    share.press("Enter")
    expect(panel).to_contain_text("Write a percentage between 0% and 100%")
    share.fill("20%")
    share.press("Enter")
    expect(share).to_have_value("20%")
    panel.get_by_role("button", name="What can be checked").click()
    page.get_by_role("option", name="it takes at most").click()
    panel.get_by_label("Until which activity or step").fill("pay_start")
    keep = panel.get_by_role("button", name="Keep this")
    expect(keep).to_be_disabled()
    panel.get_by_label("typically at most").fill("2d")
    keep.click()
    expect(keep).to_have_count(0)
    sheet.saved()
    expect(page.locator(".board-notices")).to_have_count(0)
    panel.get_by_role("button", name="The whole map").click()
    title = panel.get_by_label("Title")
    title.fill("I make my roof green")
    expect(page.get_by_role("heading", level=1)).to_have_text("I make my roof green")


def test_a_new_map_says_how_to_begin(server: Any, page: Callable[..., Any]) -> None:
    server.add_map(EMPTY)
    sheet = open_board(page("editor", "#/maps/fresh"))
    one = sheet.page
    one.get_by_role("button", name="Use the usual lanes").click()
    one.get_by_role("button", name="Name the first stage").click()
    sheet.write("Find")
    sheet.press("Enter", "s")
    sheet.write("I look around")
    sheet.press("Enter")
    expect(sheet.head("I look around")).to_be_focused()
    assert sheet.lanes()[0] == "Actions"
    sheet.saved()


def test_cells_go_to_a_spreadsheet_and_come_back_with_merged_stages(
    server: Any, page: Callable[..., Any]
) -> None:
    server.add_map(EMPTY.replace("fresh", "table"))
    sheet = open_board(page("editor", "#/maps/table"))
    one = sheet.page
    one.get_by_role("button", name="Name the first stage").click()
    sheet.write("Find")
    sheet.press("Enter")
    one.evaluate(PASTE, TABLE)
    dialog = one.get_by_role("dialog")
    expect(dialog).to_contain_text("6 changes will be made to the map")
    dialog.get_by_role("button", name="Paste").click()
    expect(sheet.card("Nobody answers")).to_be_visible()
    assert sheet.stages() == ["Find", "Think"]
    assert sheet.steps() == ["I ask", "I wait"]
    sheet.spot("corner:0").click()
    assert one.evaluate(COPY) == (
        "\tFind\tThink\t\n\t\tI ask\tI wait\nPains\t\tNobody answers\tSo long"
    )


def test_a_finger_pulls_a_card_by_its_handle(page: Callable[..., Any]) -> None:
    one = page("editor", ADDRESS, touch=True)
    sheet = open_board(one)
    card = sheet.spot("statement:basket-chat")
    handle = card.locator("[data-act=menu]").bounding_box()
    end = sheet.cell("step:compare", "questions").bounding_box()
    session = one.context.new_cdp_session(one)

    def touch(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = handle["x"] + 12, handle["y"] + 12
    touch("touchStart", x, y)
    touch("touchMove", x - 20, y)
    touch("touchMove", end["x"] + 60, end["y"] + 12)
    touch("touchEnd")
    expect(sheet.cell("step:compare", "questions")).to_contain_text("ask in the chat")
