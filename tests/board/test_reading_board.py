"""A board as it is read: light, dark, narrow, by who may only look, and from right to left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.board.boards import open_board

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
ADDRESS = "#/maps/assumed"
# Sends an edit over the page's own socket, as a page would whose buttons were put back.
WRITE = """async edit => {
  const socket = new WebSocket(location.origin.replace('http', 'ws') + '/api/maps/assumed/live');
  await new Promise(resolve => { socket.onopen = resolve; });
  const answer = new Promise(resolve => {
    socket.onmessage = event => {
      for (const one of JSON.parse(event.data)) if (one.say === 'denied' || one.say === 'saved') resolve(one);
    };
  });
  socket.send(JSON.stringify({client: 'hostile'}));
  socket.send(JSON.stringify({say: 'edit', n: 1, edit}));
  const told = await answer;
  socket.close();
  return told;
}"""


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light")]
)
def test_axe_finds_nothing_that_hinders_people(
    visit: Any, width: int, scheme: str
) -> None:
    page = visit.page("editor", ADDRESS, width=width, scheme=scheme)
    sheet = open_board(page)
    sheet.spot("step:basket").click()
    if width == 320:
        page.get_by_role("button", name="More …").click()
        page.get_by_role("menuitem", name="Details").click()
    else:
        page.get_by_role("button", name="Details").click()
    expect(page.get_by_role("complementary")).to_be_visible()
    assert visit.faults(page) == []


def test_nothing_on_a_board_is_too_small_to_hit_or_wider_than_the_screen(
    page: Callable[..., Any],
) -> None:
    narrow = page("editor", ADDRESS, width=320, height=700, touch=True)
    sheet = open_board(narrow)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320
    small = narrow.evaluate(
        """[...document.querySelectorAll('button, input, [tabindex="0"]')]
        // who hits the label hits what it labels
        .map(node => [(node.closest('label') ?? node).getBoundingClientRect(), node])
        .filter(([box]) => box.width && (box.width < 24 || box.height < 24))
        .map(([box, node]) => `${node.className} ${box.width} ${box.height}`)"""
    )
    assert small == []
    names = narrow.locator("h2, h3").all_text_contents()
    assert names[:2] == ["Find", "I see a green balcony and visit the shop"]
    sheet.cell("step:see-ad", "pains").get_by_role(
        "button", name="New statement"
    ).click()
    sheet.write("Too many pictures")
    sheet.press("Enter")
    expect(sheet.cell("step:see-ad", "pains")).to_contain_text("Too many pictures")


def test_who_may_only_look_finds_no_way_to_change_anything(visit: Any) -> None:
    page = visit.page("viewer", ADDRESS)
    sheet = open_board(page)
    expect(page.get_by_role("button", name="New stage")).to_have_count(0)
    expect(page.locator(".cell-add, .card-menu")).to_have_count(0)
    sheet.spot("statement:search-light").click()
    old = sheet.spot("statement:search-light").inner_text()
    sheet.press("F2", "Delete", "n", "d", "Alt+ArrowRight")
    expect(page.locator(".board-editor")).to_have_count(0)
    expect(sheet.spot("statement:search-light")).to_have_text(old)
    told = page.evaluate(WRITE, {"do": "mark_gone", "ref": "statement:search-light"})
    assert (told["say"], told["code"]) == ("denied", "E708")
    told = page.evaluate(
        WRITE,
        {"do": "change", "ref": "map", "field": "title", "value": "Mine now"},
    )
    assert told["say"] == "denied"
    other = open_board(visit.page("editor", ADDRESS))
    expect(other.spot("statement:search-light")).to_contain_text(old)
    expect(other.page.get_by_role("heading", level=1)).to_have_text(
        "I make my balcony green"
    )


def test_texts_of_a_map_are_never_markup(server: Any, page: Callable[..., Any]) -> None:
    nasty = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    caller = server.person("Mallory", "editor")
    for ref, field in (
        ("statement:search-light", "text"),
        ("step:search", "name"),
        ("stage:find", "goal"),
        ("touchpoint:shop-search", "name"),
    ):
        data = {"do": "change", "ref": ref, "field": field, "value": nasty}
        answer = caller.ask("POST", "/api/maps/assumed/edits", data)
        assert answer.status == 200, answer
    one = page("editor", ADDRESS)
    dialogs: list[str] = []

    def heard(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    one.on("dialog", heard)
    sheet = open_board(one)
    expect(sheet.spot("statement:search-light")).to_contain_text(nasty)
    expect(sheet.spot("step:search")).to_contain_text(nasty)
    assert one.locator(".board-sheet img, .board-sheet script").count() == 0
    assert dialogs == []


def test_a_board_from_right_to_left_is_mirrored(page: Callable[..., Any]) -> None:
    one = page("editor", ADDRESS)
    sheet = open_board(one)
    one.evaluate("document.documentElement.dir = 'rtl'")
    boxes = [sheet.spot(f"step:{name}").bounding_box() for name in ("see-ad", "search")]
    assert boxes[0]["x"] > boxes[1]["x"]
    lane = sheet.spot("lane:pains").bounding_box()
    assert lane["x"] > boxes[0]["x"]
    sheet.spot("step:search").click()
    sheet.press("ArrowRight")
    expect(sheet.spot("step:see-ad")).to_be_focused()
