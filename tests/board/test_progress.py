"""Progress in the browser: a target, numbers, better or worse, versions, and a page for everybody."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.board.conftest import DEMO, MAP, Visit
from tests.board.test_safety import PAYLOADS, nasty_map
from tests.web.checked import add_check, evidence_of, share
from tests.web.server import Caller, Server

from desirepath.maps.files import parse_map

WINDOWS = ("2023-03-01", "2023-04-30"), ("2023-05-01", "2023-06-30")
LONG = "N" * 200
WORDS = f"<img src=x onerror=alert(1)> {LONG[:150]}"
JOURNEY = parse_map(DEMO.read_text(encoding="utf-8"), "map.yaml")


@pytest.fixture(scope="module")
def lead(server: Server) -> Caller:
    """A facilitator of a map that was checked twice; between the checks fewer gave up paying."""
    for number, (window, leave) in enumerate(zip(WINDOWS, (380, 230), strict=True)):
        facts = [share("step:pay-web", "drop_off", leave, 2000)]
        facts += [share(f"step:{step}", "reach", 1500, 2000) for step in JOURNEY.step_ids()]  # fmt: skip
        checked = evidence_of(MAP, *facts, window=window)
        windows = [evidence_of(MAP, *facts, window=one) for one in WINDOWS]
        add_check(server, checked, server.clock() + number, windows)
    return server.person("Lea Winter", "facilitator")


def test_progress_from_a_target_to_what_got_better(visit: Visit, lead: Caller) -> None:  # fmt: skip
    visit.expect("400")  # what is wrong in an import
    page = visit.page("facilitator", f"#/maps/{MAP}/progress")
    expect(page.get_by_text("No number is followed yet")).to_be_visible()
    # a series that checks feed, by keyboard alone
    page.get_by_role("button", name="New series").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Where its numbers come from").press("Enter")
    page.get_by_role("option", name=re.compile("I pay in the web shop")).first.press("Enter")  # fmt: skip
    page.get_by_label("Target").fill("12 %")
    page.keyboard.press("Enter")
    card = page.get_by_role("article").first
    expect(card).to_contain_text("12 % on Jun 30, 2023".replace(" %", "\u00a0%"))
    expect(card).to_contain_text("Too close to the target to tell")
    expect(card.get_by_role("img")).to_have_accessible_name(re.compile("2 numbers from 19"))  # fmt: skip
    # numbers people give: what is wrong is told, then it is right
    page.get_by_role("button", name="New series").click()
    page.get_by_label("Name of the series").fill(WORDS)
    page.get_by_role("button", name="Follow it").click()
    given = page.get_by_role("article", name="<img")
    given.get_by_role("button", name="Add numbers").click()
    page.get_by_label("Lines").fill("2023-01-31,40,20\n2023-02-31,41,30")
    page.get_by_role("button", name="Take them in").click()
    expect(page.get_by_role("alert")).to_contain_text('line 2: "2023-02-31" is no day')
    page.get_by_label("Lines").fill("2023-01-31,40,20\n2023-02-28,41,30")
    page.get_by_role("button", name="Take them in").click()
    expect(given).to_contain_text("41 on Feb 28, 2023")
    given.get_by_text("As a table (2 numbers)").click()
    expect(given.get_by_role("row", name=re.compile("imported by Facilitator"))).to_have_count(2)  # fmt: skip
    # what was changed in the business is marked, and told where something got better
    page.get_by_role("button", name="Write down a change").click()
    page.get_by_label("What was changed").fill("<b>New</b> payment window")
    page.get_by_label("From", exact=True).fill("2023-05-02")
    page.get_by_role("button", name="Write it down").click()
    expect(card).to_contain_text("1. May 2, 2023: <b>New</b> payment window")
    assert visit.faults(page) == []
    edit_a_change(page, "<b>New</b> payment window")
    page.get_by_role("link", name="Better or worse").click()
    row = page.get_by_role("row", name=re.compile("I pay in the web shop"))
    expect(row).to_contain_text("▲ better")
    expect(row).to_contain_text("Before it: 2023-05-02 <b>New</b> payment window")
    expect(page.get_by_text("1 better, 0 worse, 0 changed")).to_be_visible()
    page.get_by_text(re.compile("^No sign of change: ")).click()
    expect(page.get_by_text("would have been seen").first).to_be_visible()
    assert visit.faults(page) == []
    # two windows of one check, measured alike
    for label, day in (("Before", "Mar 1"), ("After", "May 1")):
        page.get_by_role("button", name=label).click()
        page.get_by_role("option", name=re.compile(f"Begun from {day}")).click()
    expect(page.get_by_text("0 better, 0 worse, 0 changed")).to_be_visible()


def edit_a_change(page: Any, what: str) -> None:
    """A change gets two places by keys; taken away, it can be brought back."""
    changes = page.locator(".changes li")
    expect(changes).to_contain_text("The whole journey")
    page.get_by_role("button", name=f"Change “{what}”").press("Enter")
    for place in ("Pay", "I wait for my parcel"):
        page.get_by_role("checkbox", name=place, exact=True).press("Space")
    expect(page.get_by_role("checkbox", name="The whole journey")).not_to_be_checked()
    page.get_by_role("button", name="Save").press("Enter")
    expect(changes).to_contain_text("Pay and I wait for my parcel")
    page.get_by_role("button", name=f"Take away “{what}”").click()
    expect(changes).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(changes).to_contain_text("Pay and I wait for my parcel")


def test_versions_differ_in_words_and_marks(visit: Visit, lead: Caller) -> None:
    assert lead.ask("POST", f"/api/maps/{MAP}/versions", {"name": "Before"}).status == 201  # fmt: skip
    edit = {"do": "add", "ref": "step:extra", "place": {"at": "stage:find"}, "fields": {"name": WORDS}}  # fmt: skip
    assert lead.ask("POST", f"/api/maps/{MAP}/edits", edit).status == 200
    page = visit.page("viewer", f"#/maps/{MAP}/progress")
    page.get_by_role("link", name="Versions", exact=True).click()
    expect(page.get_by_text("1 added, 0 taken off, 0 moved, 0 changed")).to_be_visible()
    picture = page.get_by_role("region", name="On the map")
    expect(picture.get_by_role("heading", name=re.compile("onerror.* added"))).to_be_visible()  # fmt: skip
    assert visit.faults(page) == []
    for at in ("progress", "progress/judged", "progress/versions"):
        narrow = visit.page("viewer", f"#/maps/{MAP}/{at}", width=320, scheme="dark", language="de-DE")  # fmt: skip
        expect(narrow.get_by_role("heading", level=2).last).to_be_visible()
        expect(narrow.get_by_role("main").get_by_text("Einen Moment")).to_have_count(0)  # fmt: skip
        assert visit.faults(narrow) == []
        wide = narrow.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, at


def test_a_page_for_everybody_is_made_seen_and_ended(visit: Visit, server: Server, lead: Caller) -> None:  # fmt: skip
    server.add_map(nasty_map())
    for name in ("told", "untold"):
        place = {"at": "step:step1", "lane": "quotes"}
        edit = {"do": "add", "ref": f"statement:{name}", "place": place, "fields": {"text": f"I {name} {WORDS}"}}  # fmt: skip
        assert lead.ask("POST", "/api/maps/nasty/edits", edit).status == 200
    page = visit.page("facilitator", "#/maps/nasty")
    page.get_by_role("button", name="Share …").click()
    public = page.get_by_role("dialog")
    public.get_by_text("What happens backstage").click()
    public.get_by_text("Words of customers").click()
    public.get_by_text("Choose the words (0 of 2 are shown)").press("Enter")
    public.get_by_role("checkbox", name=re.compile("I told")).press("Space")
    expect(public.get_by_text("Choose the words (1 of 2 are shown)")).to_be_visible()
    public.get_by_label("Sites that may embed it").fill("http://localhost:1")
    expect(public.get_by_role("link", name="Look at it first")).to_have_attribute(
        "href",
        re.compile("layers=belief%2Cverdicts%2Cnumbers%2Cemotion%2Cbackstage%2Cquotes"),
    )
    public.get_by_role("button", name="Make the page").click()
    address = public.get_by_label("Address").input_value()
    code = public.get_by_label("To embed it").input_value()
    assert address in code
    assert code.count("<") == 2
    assert visit.faults(page) == []
    dialogs, asked = opened(visit, address)
    assert dialogs == []
    assert asked == [address]
    public.get_by_role("button", name=re.compile("End the page made by")).click()
    expect(public.get_by_text("No page yet")).to_be_visible()
    visit.expect("404")
    stranger = visit.page(None, address)
    expect(stranger.get_by_role("heading")).to_contain_text("it has ended")


def opened(visit: Visit, address: str) -> tuple[list[str], list[str]]:
    """What a page says in dialogs and asks for, once a stranger has read all of it."""
    stranger = visit.page(None, "about:blank")
    dialogs: list[str] = []
    asked: list[str] = []

    def refuse(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    stranger.on("dialog", refuse)
    stranger.on("request", lambda one: asked.append(one.url))
    stranger.goto(address)
    expect(stranger.locator("#map")).to_be_visible()
    everything = stranger.locator("body").inner_text()
    assert f"I told {WORDS}" in everything
    assert "I untold" not in everything
    shown = stranger.locator("h1, td, td li, th").all_text_contents()
    for one in PAYLOADS:
        assert any(one in text for text in shown), one
    for button in stranger.locator("#story button:visible, [data-linked]").all()[:3]:
        button.click()
        stranger.keyboard.press("Escape")
    assert visit.faults(stranger) == []
    return dialogs, asked
