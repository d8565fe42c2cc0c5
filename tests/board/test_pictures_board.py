"""Pictures on cards: chosen, pasted and dropped; what is drawn anew; the head on a narrow screen."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.board.boards import Sheet, open_board

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
ADDRESS = "#/maps/assumed"
# Gives a file to the focused card, or to what is named, as the clipboard or the mouse would.
GIVE = """([what, selector, bytes, name, kind]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name, {type: kind}));
  const told = {bubbles: true, cancelable: true};
  const node = selector ? document.querySelector(selector) : document.activeElement;
  if (what === 'paste') {
    node.dispatchEvent(new ClipboardEvent('paste', {...told, clipboardData: data}));
    return;
  }
  node.dispatchEvent(new DragEvent('dragover', {...told, dataTransfer: data}));
  node.dispatchEvent(new DragEvent('drop', {...told, dataTransfer: data}));
}"""
DRAWN = """() => Object.fromEntries([...document.querySelectorAll('.board-cell')]
  .map(node => [node.dataset.at + ' ' + node.dataset.lane, node.dataset.drawn]))"""


def picture(color: str) -> bytes:
    """A small picture of one color."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), color).save(out, "PNG")
    return out.getvalue()


def give(
    sheet: Sheet,
    what: str,
    data: bytes,
    selector: str = "",
    name: str = "a.png",
    kind: str = "image/png",
) -> None:
    """Paste a file on the focused card, or drop it somewhere."""
    sheet.page.evaluate(GIVE, [what, selector, list(data), name, kind])


def test_pictures_come_by_file_paste_and_drop_and_go_by_undo(
    page: Callable[..., Any], tmp_path: Path
) -> None:
    sheet = open_board(page("editor", ADDRESS))
    card, step = sheet.spot("statement:search-light"), sheet.spot("step:basket")
    card.click()
    give(sheet, "paste", picture("green"))
    shown = card.locator("img")
    expect(shown).to_have_js_property("naturalWidth", 60)
    expect(card).to_contain_text("No words yet")

    sheet.press("Space")
    panel = sheet.page.get_by_role("complementary")
    panel.get_by_label("What the picture shows").fill("A dark balcony")
    expect(shown).to_have_attribute("alt", "A dark balcony")
    expect(shown).to_have_attribute("lang", "en")
    expect(card).not_to_contain_text("No words yet")
    expect(panel.get_by_role("img", name="A dark balcony")).to_be_visible()

    give(sheet, "drop", picture("red"), '[data-spot="step:basket"] .head-name')
    expect(step.locator("img")).to_have_js_property("naturalWidth", 60)
    expect(step).to_be_focused()
    give(sheet, "drop", picture("red"), '[data-spot="lane:pains"]')
    expect(sheet.page.get_by_text("Put the picture on a statement")).to_be_visible()

    file = tmp_path / "blue.png"
    file.write_bytes(picture("blue"))
    before = step.locator("img").get_attribute("src")
    with sheet.page.expect_file_chooser() as chooser:
        panel.get_by_role("button", name="Choose a picture").click()
    chooser.value.set_files(file)
    expect(step.locator("img")).not_to_have_attribute("src", str(before))
    panel.get_by_role("button", name="Without a picture").click()
    expect(step.locator("img")).to_have_count(0)
    sheet.page.get_by_role("button", name="Undo my last change").click()
    expect(step.locator("img")).to_have_count(1)
    sheet.saved()

    other = open_board(page("viewer", ADDRESS))
    seen = other.spot("statement:search-light").locator("img")
    expect(seen).to_have_attribute("alt", "A dark balcony")
    expect(seen).to_have_js_property("naturalWidth", 60)


def test_what_is_no_picture_is_refused_in_words(visit: Any) -> None:
    visit.expect("400", "415", "422")
    sheet = open_board(visit.page("editor", ADDRESS, language="de-DE"))
    card = sheet.spot("statement:compare-mood")
    card.click()
    give(sheet, "paste", b"not a picture at all")
    expect(sheet.page.get_by_text("Dieses Bild lässt sich nicht lesen")).to_be_visible()
    give(sheet, "paste", b"words", "", "a.pdf", "application/pdf")
    expect(sheet.page.get_by_text("Das ist kein Bild.")).to_be_visible()
    expect(card.locator("img")).to_have_count(0)


def test_one_edit_draws_its_own_cells_only(page: Callable[..., Any]) -> None:
    sheet = open_board(page("editor", ADDRESS))
    sheet.saved()
    # who leaves is drawn away from where they stood
    expect(sheet.page.locator(".board-people")).to_have_count(0)
    card = sheet.spot("statement:search-light")
    card.click()
    sheet.press("F2")
    expect(sheet.page.locator(".board-editor")).to_be_focused()
    before = sheet.page.evaluate(DRAWN)
    sheet.write(" And wind?")
    sheet.press("Enter")
    expect(card).to_contain_text("And wind?")
    sheet.saved()
    after = sheet.page.evaluate(DRAWN)
    changed = {key for key, count in after.items() if before[key] != count}
    assert changed == {"step:search questions"}
    assert len(after) > len(changed)


def test_what_is_pulled_from_a_small_board_is_as_small(
    page: Callable[..., Any],
) -> None:
    sheet = open_board(page("editor", ADDRESS))
    card = sheet.spot("statement:compare-mood")
    card.click()
    sheet.press("Alt+0")
    expect(sheet.page.locator(".board-sheet")).not_to_have_css("zoom", "1")
    start = card.bounding_box()
    mouse = sheet.page.mouse
    mouse.move(start["x"] + 10, start["y"] + 5)
    mouse.down()
    mouse.move(start["x"] + 40, start["y"] + 25)
    ghost = sheet.page.locator(".board-ghost").bounding_box()
    sheet.press("Escape")
    mouse.up()
    moved = [ghost["x"] - start["x"], ghost["y"] - start["y"]]
    assert moved == pytest.approx([30, 20], abs=2)
    assert ghost["width"] == pytest.approx(start["width"], abs=2)


def test_the_head_of_a_narrow_board_is_one_row_with_one_menu(visit: Any) -> None:
    page = visit.page("facilitator", ADDRESS, width=320, height=700, touch=True)
    open_board(page)
    head, tools = page.locator(".map-head"), page.locator(".board-tools")
    title = page.get_by_role("heading", level=1)
    menu = head.get_by_role("button")
    expect(menu).to_have_count(1)
    boxes = [one.bounding_box() for one in (title, menu)]
    assert boxes[0]["x"] < boxes[1]["x"]
    assert boxes[0]["y"] < boxes[1]["y"] + boxes[1]["height"]
    tops = {one.bounding_box()["y"] for one in tools.locator(":scope > .button").all()}
    assert len(tops) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    menu.click()
    entries = page.get_by_role("menu")
    expect(entries).to_contain_text("Dark")
    expect(entries).to_contain_text("Sign out")
    page.get_by_role("menuitem", name="Versions").click()
    expect(page.get_by_role("dialog")).to_contain_text("Versions")
    assert visit.faults(page) == []
