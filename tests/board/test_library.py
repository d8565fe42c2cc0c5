"""The library of maps: finding, copying, beginning and drafting, as people do it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.board.conftest import DEMO, MAP, ROLES, Visit, password_of
from tests.web.server import Server, running


@pytest.fixture
def own(built: Path, tmp_path: Path, visit: Visit, server: Server) -> Iterator[Server]:
    """A server of one test, for those that make maps."""
    with running(tmp_path) as one:
        for role in ROLES:
            one.people.add(role.title(), password_of(role), role)  # type: ignore[arg-type]
        visit.server = one
        yield one
        visit.complaints += visit.close()
        visit.contexts.clear()
        visit.server = server


def card(page: Any, title: str) -> Any:
    heading = page.get_by_role("heading", name=title, exact=True)
    return page.get_by_role("listitem").filter(has=heading)


def test_an_empty_library_says_how_to_begin_and_questions_make_the_first_map(
    visit: Visit, own: Server
) -> None:
    page = visit.page("facilitator")
    expect(page.get_by_role("heading", name="No map yet")).to_be_visible()
    page.get_by_role("link", name="New map").last.click()
    page.get_by_role("link", name="Begin with questions").click()
    # by keyboard alone: every question has the focus when it comes
    for answer in ("Beginner", "My balcony looks bare", "I make it green", "", "", ""):
        expect(page.get_by_role("textbox")).to_be_focused()
        page.keyboard.type(answer)
        page.keyboard.press("Enter")
    expect(page.get_by_text("Question 7 of 27")).to_be_visible()
    page.keyboard.type("Find")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("What do they do in “Find”?")).to_be_focused()
    page.keyboard.type("I look\nI compare")
    page.reload()  # nothing is lost
    for _ in range(7):
        page.get_by_role("button", name="Skip").click()
    expect(page.get_by_label("What do they do in “Find”?")).to_have_value("I look\nI compare")  # fmt: skip
    for _ in range(4):
        page.get_by_role("button", name="Skip").click()
    page.get_by_role("radio", name="Bad").check(force=True)
    page.get_by_role("button", name="Make the map").click()
    expect(page).to_have_url(f"http://127.0.0.1:{own.port}/#/maps/i-make-it-green")
    journey = own.log.load("i-make-it-green").board.journey()
    assert [one.name for one in journey.steps()] == ["I look", "I compare"]
    assert [one.score for one in journey.all_statements()] == [-1]


def test_maps_are_found_copied_retired_and_lead_to_their_details(
    visit: Visit, own: Server
) -> None:
    own.add_map(DEMO.read_text(encoding="utf-8"))
    page = visit.page("facilitator", "#/new")
    page.get_by_role("button", name="Use One interaction").click()
    page.get_by_label("Title of the map").fill("I wait for my parcel")
    page.get_by_role("button", name="Make the map").click()
    expect(page).to_have_url(f"http://127.0.0.1:{own.port}/#/maps/i-wait-for-my-parcel")
    lead = own.person("Fay", "facilitator")
    edit = {"do": "change", "ref": "step:see-ad", "field": "detail", "value": "i-wait-for-my-parcel"}  # fmt: skip
    assert lead.ask("POST", f"/api/maps/{MAP}/edits", edit).status == 200
    page.goto("#/")
    demo = card(page, "I make my balcony green")
    expect(demo.get_by_role("link", name="I wait for my parcel")).to_be_visible()
    expect(demo.get_by_role("img")).to_have_count(0)  # the picture repeats the words
    assert demo.locator("img").evaluate("one => one.complete && one.naturalWidth > 0")

    demo.get_by_role("button", name="What to do with").click()
    page.get_by_role("menuitem", name="Owner, tags").click()
    page.get_by_role("textbox", name="Tags").fill("web shop, first order")
    page.get_by_label("Last reviewed on").fill("soon")
    visit.expect("status of 400")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("is not a date")
    page.get_by_label("Last reviewed on").fill("2023-01-31")
    page.get_by_role("button", name="Save").click()
    expect(demo.get_by_text("Review was due on May 1, 2023")).to_be_visible()
    page.get_by_role("searchbox").fill("first order")
    expect(page.get_by_text("1 map", exact=True)).to_be_visible()

    demo.get_by_role("button", name="What to do with").click()
    page.get_by_role("menuitem", name="Copy").click()
    page.get_by_label("Title of the copy").fill("I make my balcony green, 2027")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page).to_have_url(
        f"http://127.0.0.1:{own.port}/#/maps/i-make-my-balcony-green-2027"
    )
    page.goto("#/")
    copy = card(page, "I make my balcony green, 2027")
    expect(copy.get_by_text("Copied from I make my balcony green")).to_be_visible()
    copy.get_by_role("button", name="What to do with").click()
    page.get_by_role("menuitem", name="Retire").click()
    expect(page.get_by_text("2 maps")).to_be_visible()
    page.get_by_role("button", name="State").click()
    page.get_by_role("option", name="Retired", exact=True).click()
    expect(page.get_by_text("1 map", exact=True)).to_be_visible()
    assert own.log.load("i-make-my-balcony-green-2027").board.journey().status == "retired"  # fmt: skip


def test_viewers_look_and_change_nothing(visit: Visit) -> None:
    page = visit.page("viewer")
    expect(page.get_by_role("link", name="I make my balcony green")).to_be_visible()
    expect(page.get_by_role("button", name="What to do with")).to_have_count(0)
    expect(page.get_by_role("link", name="New map")).to_have_count(0)
    page.goto("#/new")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()


SCREENS = ("#/", "#/new", "#/draft", "#/personas", "#/people")


@pytest.mark.parametrize("look", ["light", "dark", "narrow"])
def test_nothing_hinders_people_seriously(visit: Visit, look: str) -> None:
    width = 320 if look == "narrow" else 1280
    scheme = "dark" if look == "dark" else "light"
    language = "de-DE" if look == "narrow" else "en-US"
    page = visit.page("administrator", width=width, scheme=scheme, language=language)
    found = []
    for screen in SCREENS:
        page.goto(screen)
        expect(page.get_by_role("heading").first).to_be_visible()
        expect(page.locator("main")).not_to_contain_text("One moment")
        found += [f"{screen} {one}" for one in visit.faults(page)]
        is_wider = "document.documentElement.scrollWidth > innerWidth"
        if page.evaluate(is_wider):
            found.append(f"{screen} must be moved sideways")
    nobody = visit.page(None, width=width, scheme=scheme)
    expect(nobody.get_by_role("heading")).to_be_visible()
    found += visit.faults(nobody)
    assert found == []


def test_maps_are_downloaded_and_taken_in_by_another_server(
    visit: Visit, own: Server, tmp_path: Path
) -> None:
    own.add_map(DEMO.read_text(encoding="utf-8"))
    page = visit.page("administrator")
    title = "I make my balcony green"
    with page.expect_download() as whole:
        page.get_by_role("link", name="Download everything").click()
    everything = tmp_path / "everything.zip"
    whole.value.save_as(everything)
    page.get_by_role("button", name=f"What to do with {title}").click()
    with page.expect_download() as one:
        page.get_by_role("menuitem", name="Download the map (YAML)").click()
    assert f"title: {title}" in Path(one.value.path()).read_text(encoding="utf-8")

    page.goto("#/new")
    chooser = page.locator("input[type=file]").first
    chooser.set_input_files(everything)
    expect(page.get_by_role("alert")).to_be_visible()  # its map is here already
    folder = tmp_path / "other"
    folder.mkdir()
    with running(folder) as other:
        other.people.add("Fay", password_of("facilitator"), "facilitator")
        visit.server = other
        there = visit.page(None)
        there.get_by_label("Name").fill("Fay")
        there.get_by_label("Password", exact=True).fill(password_of("facilitator"))
        there.keyboard.press("Enter")
        expect(there.get_by_role("heading", name="No map yet")).to_be_visible()
        there.goto("#/new")
        there.locator("input[type=file]").first.set_input_files(everything)
        expect(there.get_by_role("link", name=title)).to_be_visible()
        visit.expect("409")
        visit.complaints += visit.close()
        visit.contexts.clear()
        visit.server = own
