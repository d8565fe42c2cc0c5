"""Several people and programs on one board at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.board.boards import open_board

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
ADDRESS = "#/maps/assumed"
MIXED = "Grün 🌱👩‍🌾 und 植物を探す"


def edit(server: Any, **data: Any) -> None:
    """An edit of a program."""
    caller = server.person(f"Program {data['ref']}", "editor")
    answer = caller.ask("POST", "/api/maps/assumed/edits", data)
    assert answer.status == 200, answer


def test_two_people_type_at_both_ends_of_one_card(page: Callable[..., Any]) -> None:
    one = open_board(page("editor", ADDRESS))
    other = open_board(page("facilitator", ADDRESS))
    ref = "statement:compare-page"
    for sheet in (one, other):
        sheet.spot(ref).dblclick()
        expect(sheet.page.locator(".board-editor")).to_be_focused()
    expect(one.page.locator(".board-people")).to_contain_text("Facilitator")

    one.press("Control+Home")
    other.press("Control+End")
    first, last = "Yes: ", ", even in the rain"
    for number in range(max(len(first), len(last))):
        for sheet, text in ((one, first), (other, last)):
            if number < len(text):
                sheet.page.keyboard.type(text[number])
    whole = "Yes: Light and water are explained well, even in the rain"
    for sheet in (one, other):
        expect(sheet.page.locator(".board-editor")).to_have_value(whole)
    one.press("Enter")
    other.press("Enter")
    for sheet in (one, other):
        expect(sheet.spot(ref)).to_contain_text(whole)
        sheet.saved()


def test_a_program_writes_while_somebody_types_emoji_and_japanese(
    server: Any, page: Callable[..., Any]
) -> None:
    sheet = open_board(page("editor", ADDRESS))
    sheet.spot("statement:compare-care").dblclick()
    editor = sheet.page.locator(".board-editor")
    expect(editor).to_be_focused()
    sheet.press("Control+End")
    sheet.page.keyboard.insert_text(" " + MIXED[:9])
    edit(
        server,
        do="change",
        ref="statement:compare-care",
        field="text",
        value="How much daily work will it be?",
    )
    expect(editor).to_have_value(f"How much daily work will it be? {MIXED[:9]}")
    sheet.page.keyboard.insert_text(MIXED[9:])
    sheet.press("Enter")
    whole = f"How much daily work will it be? {MIXED}"
    expect(sheet.spot("statement:compare-care")).to_contain_text(whole)
    sheet.saved()
    other = open_board(page("viewer", ADDRESS))
    expect(other.spot("statement:compare-care")).to_contain_text(whole)


def test_undo_takes_back_the_own_step_and_leaves_that_of_others(
    page: Callable[..., Any],
) -> None:
    one = open_board(page("editor", ADDRESS))
    other = open_board(page("facilitator", ADDRESS))
    one.spot("statement:basket-buys").click()
    one.press("Alt+ArrowRight")
    expect(other.cell("step:pay-web", "expectations")).to_contain_text("full basket")
    other.spot("statement:basket-chat").click()
    other.press("Delete")
    expect(one.spot("statement:basket-chat")).to_have_count(0)
    one.press("Control+z")
    for sheet in (one, other):
        expect(sheet.cell("step:basket", "expectations")).to_contain_text("full basket")
        expect(sheet.spot("statement:basket-chat")).to_have_count(0)
    other.page.get_by_role("button", name="Undo", exact=True).click()
    expect(one.spot("statement:basket-chat")).to_be_visible()


def test_a_text_somebody_wrote_over_can_be_brought_back(
    server: Any, page: Callable[..., Any]
) -> None:
    sheet = open_board(page("editor", ADDRESS))
    ref = "statement:search-light"
    sheet.spot(ref).dblclick()
    sheet.press("Control+a")
    sheet.write("My own words")
    sheet.press("Enter")
    sheet.saved()
    edit(
        server,
        do="change",
        ref=ref,
        field="text",
        value="Somebody else's words",
        was="Will it live with little sun?",
    )
    expect(sheet.spot(ref)).to_contain_text("Somebody else's words")
    notice = sheet.page.locator(".board-notices")
    expect(notice).to_contain_text("My own words")
    notice.get_by_role("button", name="Bring back").click()
    expect(sheet.spot(ref)).to_contain_text("My own words")
    sheet.saved()


def test_who_is_at_a_card_is_seen_by_the_others(page: Callable[..., Any]) -> None:
    one = open_board(page("editor", ADDRESS))
    other = open_board(page("facilitator", ADDRESS))
    one.spot("statement:magazine-value").click()
    expect(other.spot("statement:magazine-value")).to_contain_text("Editor")
    one.page.close()
    expect(other.spot("statement:magazine-value")).not_to_contain_text("Editor")
