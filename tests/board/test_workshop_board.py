"""A workshop in real browsers: a facilitator, an editor, and a guest with a phone of 360 pixels."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect
from tests.board.conftest import MAP, Visit
from tests.web.server import Server

from desirepath.web.api.asking import COOKIE
from desirepath.web.workshop.votes import Asked, Option, Voter, Votes

ROOM = f"#/maps/{MAP}/workshop"
LONG = "x" * 300
RIGHT_TO_LEFT = "متجر النباتات"
HOSTILE = "<img src=x onerror=alert(1)>"


def guest_page(server: Server, visit: Visit, path: str) -> Any:
    """The phone of a guest who may comment."""
    until_us = server.clock() + 10**15
    link = server.people.new_link(MAP, "commenter", until_us)[0]
    secret = server.people.come_in(link, "Gus", "", server.clock())
    page = visit.page(None, "about:blank", width=360, height=740, touch=True)
    url = f"http://127.0.0.1:{server.port}/"
    page.context.add_cookies([{"name": COOKIE, "value": secret, "url": url, "sameSite": "Strict"}])  # fmt: skip
    page.goto(f"{url}{path}")
    return page


def is_within(page: Any) -> bool:
    """Whether nothing makes the page wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def go(page: Any, name: str) -> None:
    page.get_by_role("navigation", name="Parts of the workshop").get_by_role("link", name=name).click()  # fmt: skip


def test_everybody_sees_the_clock_and_goes_where_the_facilitator_goes(
    server: Server, visit: Visit, page: Callable[..., Any]
) -> None:
    lead = page("facilitator", ROOM)
    ben = page("editor", f"#/maps/{MAP}", language="de-DE", scheme="dark")
    gus = guest_page(server, visit, ROOM)

    # the plan, and a clock that everybody sees, after a reload too
    expect(gus.get_by_text("The facilitator has written no plan yet.")).to_be_visible()
    lead.get_by_role("button", name="Draw what we believe (90 minutes)").click()
    lead.get_by_role("button", name="Start: Stages and steps").click()
    expect(lead.get_by_role("timer").first).to_contain_text(re.compile(r"1[45]:\d\d left"))  # fmt: skip
    expect(ben.get_by_role("timer")).to_contain_text(re.compile(r"noch 1[45]:\d\d"))
    lead.get_by_role("button", name="Pause").click()
    lead.get_by_role("button", name="5 more minutes").click()
    expect(gus.get_by_role("timer").first).to_contain_text(re.compile(r"Paused, (19|20):\d\d left"))  # fmt: skip
    gus.reload()
    expect(gus.get_by_role("timer").first).to_contain_text("Paused")

    # everybody goes along; who comes late too; who does not want to stays
    lead.get_by_role("button", name="Lead everybody").click()
    expect(ben.get_by_role("heading", name="Plan", exact=True)).to_be_visible()
    go(lead, "Votes")
    expect(ben.get_by_role("heading", name="Abstimmungen")).to_be_visible()
    expect(gus.get_by_role("heading", name="Votes")).to_be_visible()
    expect(gus.get_by_text("The facilitator leads. You go along.")).to_be_visible()
    ben.get_by_role("button", name="Nicht mitgehen").click()
    go(lead, "Departments")
    late = page("viewer", f"#/maps/{MAP}")
    expect(late.get_by_role("heading", name="Departments")).to_be_visible()
    expect(ben.get_by_role("heading", name="Abstimmungen")).to_be_visible()
    late.close()
    go(lead, "Votes")
    lead.get_by_role("button", name="Stop leading").click()
    expect(gus.get_by_role("button", name="Do not go along")).to_have_count(0)


def test_dots_stay_secret_until_they_are_revealed(
    server: Server, visit: Visit, page: Callable[..., Any]
) -> None:
    lead = page("facilitator", f"{ROOM}/votes")
    ben = page("editor", f"{ROOM}/votes", language="de-DE", scheme="dark")
    gus = guest_page(server, visit, f"{ROOM}/votes")
    lead.get_by_role("button", name="Ask something").first.press("Enter")
    lead.get_by_role("textbox", name="Question").fill(f"What first? {HOSTILE}")
    lead.get_by_label("One option a line").fill(f"Search\n{LONG}\n{RIGHT_TO_LEFT}\n{HOSTILE}")  # fmt: skip
    assert visit.faults(lead) == []
    lead.get_by_role("button", name="Begin the vote").press("Enter")
    expect(gus.get_by_role("heading", name="What first?")).to_be_visible()
    for _ in range(2):
        gus.get_by_role("button", name="One more on “Search”").click()
    # a name that runs against its sentence is set apart
    gus.get_by_role("button", name=re.compile(f"^One more on .*{RIGHT_TO_LEFT}")).click()  # fmt: skip
    expect(gus.get_by_text("0 dots left")).to_be_visible()
    expect(gus.get_by_role("button", name="One more on “Search”")).to_be_disabled()
    gus.get_by_role("button", name="Vote", exact=True).click()
    expect(lead.get_by_text("1 person has voted")).to_be_visible()
    expect(lead.get_by_text("Ballots of guests among them: 1.")).to_be_visible()
    ben.get_by_role("button", name="Einen mehr auf „Search“").press("Enter")
    ben.get_by_role("button", name="Abstimmen", exact=True).press("Enter")
    expect(lead.get_by_text("2 people have voted")).to_be_visible()
    assert "2 dots" not in lead.content()
    for one in (lead, ben, gus):
        assert visit.faults(one) == []
        assert is_within(one)
    lead.get_by_role("button", name="Reveal").click()
    lead.get_by_role("alertdialog", name="Reveal what was said?").get_by_role(
        "button", name="Reveal"
    ).click()
    results = gus.get_by_role("listitem")
    expect(results.filter(has_text="3 dots")).to_contain_text("Search")
    expect(gus.get_by_text("2 people voted.")).to_be_visible()
    for one in (ben, gus):
        assert visit.faults(one) == []
        assert is_within(one)


def test_departments_that_score_apart_are_laid_beside_each_other(
    server: Server, visit: Visit, page: Callable[..., Any]
) -> None:
    lead = page("facilitator", f"{ROOM}/scoring")
    gus = guest_page(server, visit, f"{ROOM}/scoring")
    lead.get_by_role("button", name="Let departments score").click()
    lead.get_by_role("textbox", name="Question").fill("How does each step feel?")
    lead.get_by_role("button", name="Begin the vote").click()
    for one, department, score in ((lead, f"Sales {RIGHT_TO_LEFT}", "+2"), (gus, "Support", "−2")):  # fmt: skip
        one.get_by_label("Your department").fill(department)
        one.get_by_role("group").first.get_by_role("radio", name=score, exact=True).check()  # fmt: skip
        one.get_by_role("button", name="Vote", exact=True).click()
    expect(lead.get_by_text("2 people have voted")).to_be_visible()
    lead.get_by_role("button", name="Reveal").click()
    dialog = lead.get_by_role("alertdialog", name="Reveal what was said?")
    expect(dialog).to_contain_text("Only 2 voted.")
    dialog.get_by_role("button", name="Reveal").click()
    row = lead.get_by_role("row").nth(1)
    expect(row).to_contain_text("Too few to tell")
    expect(row).to_contain_text("+2.0 (n 1)")
    expect(gus.get_by_text("Departments of fewer than 10 people are not shown to guests.")).to_be_visible()  # fmt: skip
    assert "Sales" not in gus.content()
    lead.get_by_role("button", name="Keep as evidence of staff").click()
    expect(lead.get_by_text("and kept as evidence of staff")).to_be_visible()
    lead.get_by_role("button", name="Write onto the cards").click()
    expect(lead.get_by_text("1 card was changed.")).to_be_visible()
    assert visit.faults(lead) == []

    # a round with enough people says so at the step on the board
    votes = Votes(server.log.engine)
    step = Option(key="a", ref="step:search", text="I search")
    asked = Asked(question="And this one?", kind="apart", measure="emotion", options=[step])  # fmt: skip
    vote = votes.get(MAP, votes.ask(MAP, asked, "Facilitator", server.clock()))
    for n in range(10):
        rating = (("Sales", 2), ("Support", -2))[n % 2]
        votes.cast(vote, Voter(str(n), str(n), is_guest=False), rating[0], {"a": rating[1]})  # fmt: skip
    votes.reveal(vote, server.clock() + 1)
    board = page("commenter", f"#/maps/{MAP}/at/step:search")
    told = "Departments disagree: −2.0 to +2.0, n 10"
    expect(board.get_by_role("columnheader", name=re.compile(re.escape(told)))).to_be_visible()  # fmt: skip
    board.get_by_role("button", name="Details").click()
    details = board.get_by_role("complementary", name="Details")
    expect(details.get_by_role("heading", name=told)).to_be_visible()
    expect(details.get_by_text("Support −2.0 (n 5, spread 0)")).to_be_visible()
    assert visit.faults(board) == []
    details.get_by_role("link", name="What departments have scored").click()
    expect(board.get_by_role("heading", name="And this one?")).to_be_visible()


def test_notes_are_sorted_by_people_and_put_on_the_map(
    server: Server, visit: Visit, page: Callable[..., Any]
) -> None:
    lead = page("facilitator", f"{ROOM}/notes")
    lead.get_by_label("Paste notes, one a line").fill(f"The parcel arrived broken\nparcel arrived broken\n{LONG}\n{HOSTILE}")  # fmt: skip
    lead.get_by_role("button", name="Add notes").click()
    expect(lead.get_by_text("it complains (broken)").first).to_be_visible()
    expect(lead.get_by_role("button", name=re.compile("^Put .* on the map"))).to_have_count(0)  # fmt: skip
    lead.get_by_role("button", name=re.compile("^Yes: put “The parcel")).press("Enter")
    expect(lead.get_by_role("button", name="Put 1 note on the map")).to_be_visible()
    assert visit.faults(lead) == []
    lead.get_by_role("button", name="Put 1 note on the map").press("Enter")
    expect(lead.get_by_text("1 note is on the map.")).to_be_visible()
    expect(lead.get_by_text("The parcel arrived broken")).to_have_count(0)
    board = server.log.load(MAP).board
    (put,) = [one for one in board.cards.values() if one.fields.get("text") == "The parcel arrived broken"]  # fmt: skip
    assert put.fields["source"]["by"] == "workshop"
    assert put.spot.lane == "pains"
    lead.get_by_role("button", name="Undo").click()
    expect(lead.get_by_role("button", name="Put 1 note on the map")).to_be_visible()


def test_a_story_is_told_on_a_phone_without_scripts(
    visit: Visit, page: Callable[..., Any]
) -> None:
    lead = page("facilitator", f"{ROOM}/stories")
    lead.get_by_role("button", name="Make a link for phones").click()
    address = lead.get_by_label("Link", exact=True).input_value()
    expect(lead.get_by_role("img", name="The link as a code for phones")).to_be_visible()  # fmt: skip
    phone = visit.browser.new_context(
        viewport={"width": 320, "height": 640}, locale="de-DE", java_script_enabled=False, color_scheme="dark"
    )  # fmt: skip
    visit.contexts.append(phone)
    form = phone.new_page()
    form.goto(address)
    form.get_by_label("Wo ist es passiert?").select_option(index=2)
    form.get_by_label("Was ist passiert?").fill(f"Es hing. {HOSTILE} {LONG}")
    form.get_by_label("Ich arbeite hier").check()
    form.get_by_label("Jeden Tag").check()
    form.get_by_label("Nein").check()
    form.get_by_label("Wann war es").fill("2023-11-01")
    form.get_by_role("button", name="Senden").click()
    expect(form.get_by_role("heading", name="Danke")).to_be_visible()
    expect(lead.get_by_text("Es hing.")).to_contain_text(HOSTILE)
    assert visit.faults(lead) == []
    lead.get_by_role("button", name="Accept").click()
    expect(lead.get_by_role("heading", name="Accepted", exact=True)).to_be_visible()
    lead.set_viewport_size({"width": 320, "height": 640})
    assert is_within(lead)
