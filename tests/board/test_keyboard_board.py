"""All of the work on a board is done with keys alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.board.boards import Sheet, open_board
from tests.board.conftest import DEMO

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect


@pytest.fixture
def sheet(server: Any, page: Callable[..., Any], request: Any) -> Sheet:
    # a map of its own: what one test adds, another would have to walk around
    name = f"keys-{request.node.name[5:25].replace('_', '-')}"
    text = DEMO.read_text(encoding="utf-8").replace("id: assumed", f"id: {name}", 1)
    server.add_map(text)
    return open_board(page("editor", f"#/maps/{name}"))


def test_the_keyboard_finds_the_board_and_walks_over_it(sheet: Sheet) -> None:
    sheet.reach_by_tab()
    expect(sheet.spot("stage:find")).to_be_focused()
    sheet.press("ArrowRight")
    expect(sheet.spot("stage:choose")).to_be_focused()
    sheet.press("ArrowLeft", "ArrowDown", "ArrowRight")
    expect(sheet.spot("step:search")).to_be_focused()
    sheet.press("Home")
    expect(sheet.spot("corner:1")).to_be_focused()
    sheet.press("Control+End")
    assert sheet.page.evaluate("document.activeElement.dataset.spot").startswith(
        ("cell:", "statement:", "chip:")
    )


def test_statements_are_written_moved_parted_and_taken_off(sheet: Sheet) -> None:
    sheet.reach_by_tab()
    sheet.walk_to("statement:compare-choice")

    sheet.press("n")
    sheet.write("Nobody tells me which")
    sheet.press("Enter")
    new = sheet.card("Nobody tells me which")
    expect(new).to_be_focused()

    sheet.press("F2", "End")
    sheet.write(" is right")
    sheet.press("Enter")
    expect(sheet.card("Nobody tells me which is right")).to_be_focused()

    sheet.press("Enter")
    sheet.write(" in winter")
    sheet.press("Escape")
    expect(sheet.card("Nobody tells me which is right")).to_be_focused()

    sheet.press("Alt+ArrowUp")
    assert sheet.texts("step:compare", "pains")[0] == "Nobody tells me which is right"
    sheet.press("Alt+ArrowRight")
    assert sheet.texts("step:basket", "pains") == ["Nobody tells me which is right"]
    sheet.press("Alt+ArrowDown")
    assert "Nobody tells me which is right" in sheet.texts("step:basket", "gains")

    sheet.press("d")
    assert (
        sheet.texts("step:basket", "gains").count("Nobody tells me which is right") == 2
    )
    sheet.press("j")
    expect(
        sheet.card("Nobody tells me which is right\nNobody tells me which is right")
    ).to_be_focused()
    sheet.press("Control+z", "Delete")
    assert (
        sheet.texts("step:basket", "gains").count("Nobody tells me which is right") == 1
    )
    sheet.press("Control+z")
    assert (
        sheet.texts("step:basket", "gains").count("Nobody tells me which is right") == 2
    )
    sheet.press("Control+y")
    assert (
        sheet.texts("step:basket", "gains").count("Nobody tells me which is right") == 1
    )


def test_a_statement_is_split_and_moved_by_dialog(sheet: Sheet) -> None:
    sheet.reach_by_tab()
    sheet.walk_to("statement:basket-chat")
    sheet.press("x")
    sheet.dialog("Split")
    sheet.tab_to("Split", role="button")
    sheet.press("Enter")
    expect(sheet.page.get_by_role("dialog")).to_have_count(0)
    assert len(sheet.texts("step:basket", "questions")) == 2

    sheet.press("m")
    sheet.dialog("Move")
    sheet.tab_to("Lane", role="button")
    sheet.press("Enter")
    sheet.page.keyboard.type("Pains")
    sheet.press("Enter")
    sheet.tab_to("Move", role="button")
    sheet.press("Enter")
    expect(sheet.page.get_by_role("dialog")).to_have_count(0)
    assert len(sheet.texts("step:basket", "questions")) == 1
    assert len(sheet.texts("step:basket", "pains")) == 1


def test_steps_and_stages_are_added_named_moved_merged_and_marked(sheet: Sheet) -> None:
    sheet.reach_by_tab()
    sheet.press("g")
    sheet.write("Dream")
    sheet.press("Enter")
    expect(sheet.head("Dream")).to_be_focused()
    sheet.press("s")
    sheet.write("I dream")
    sheet.press("Enter")
    expect(sheet.head("I dream")).to_be_focused()
    sheet.press("t")
    expect(sheet.head("I dream")).to_contain_text("Moment of truth")
    sheet.press("Enter", "Control+a")
    sheet.write("I dream of green")
    sheet.press("Enter")
    expect(sheet.head("I dream of green")).to_be_focused()
    sheet.press("Alt+ArrowLeft")
    assert sheet.steps()[:4][3] == "I dream of green"
    sheet.press("j")
    assert "I dream of green" not in sheet.steps()
    sheet.press("Control+z")
    sheet.press("Control+Home")
    sheet.press("ArrowRight", "Alt+ArrowLeft")
    assert sheet.stages()[0] == "Dream"
    sheet.press("Delete")
    assert "Dream" not in sheet.stages()


def test_feelings_lanes_size_and_details_need_no_mouse(sheet: Sheet) -> None:
    sheet.reach_by_tab()
    sheet.walk_to("statement:search-mood")
    sheet.press("-")
    expect(sheet.spot("statement:search-mood")).to_contain_text("−0.5")
    sheet.press("+", "+")
    expect(sheet.spot("statement:search-mood")).to_contain_text("+0.5")

    sheet.press("Alt+0")
    frame = sheet.page.locator(".board-frame")
    wide = "node => node.scrollWidth <= node.clientWidth + 1"
    assert frame.evaluate(wide)
    sheet.press("Alt+1")
    assert not frame.evaluate(wide)

    sheet.press("Space")
    panel = sheet.page.get_by_role("complementary")
    expect(panel).to_be_visible()
    sheet.tab_to("Importance", role="button")
    sheet.press("Enter", "ArrowDown", "Enter")
    expect(sheet.spot("statement:search-mood")).to_contain_text("importance")

    sheet.reach_by_tab()
    sheet.walk_to("lane:gains")
    sheet.press("Enter")
    sheet.dialog("Lanes")
    sheet.tab_to("Move “Gains” up", role="button")
    sheet.press("Enter", "Escape")
    expect(sheet.page.get_by_role("dialog")).to_have_count(0)
    lanes = sheet.lanes()
    assert lanes.index("Gains") + 1 == lanes.index("Pains")

    sheet.press("?")
    expect(sheet.page.get_by_role("dialog")).to_contain_text("Keys of the board")
    sheet.press("Escape")
    expect(sheet.spot("lane:gains")).to_be_focused()


def test_touchpoints_are_chosen_and_the_menu_opens_with_keys(sheet: Sheet) -> None:
    sheet.reach_by_tab()
    sheet.walk_to("step:magazine")
    sheet.press("ArrowDown", "Enter")
    sheet.dialog("Touchpoints of")
    sheet.page.keyboard.type("Basket")
    sheet.tab_to("Basket", role="checkbox")
    sheet.press("Space", "Escape")
    expect(sheet.page.get_by_role("dialog")).to_have_count(0)
    expect(sheet.cell("step:magazine", "touchpoints")).to_contain_text("Basket")

    sheet.walk_to("step:magazine")
    sheet.press("Shift+F10")
    expect(sheet.page.get_by_role("menu")).to_be_visible()
    sheet.page.keyboard.type("Make")
    sheet.press("Enter")
    names = sheet.steps()
    assert names.count("I read up in the plant magazine") == 2
