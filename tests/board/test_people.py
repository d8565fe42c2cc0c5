"""Who may come in, links for guests, and versions: as administrators and facilitators keep them."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.board.conftest import MAP, Visit, password_of
from tests.web.server import Server


def test_an_administrator_adds_somebody_and_lets_them_go(
    visit: Visit, server: Server
) -> None:
    visit.expect("status of 401", "status of 409")
    page = visit.page("administrator", "#/people")
    page.get_by_role("button", name="Add somebody").click()
    page.get_by_label("Name").fill("Editor")
    page.get_by_label("Password", exact=True).fill(password_of("newcomer"))
    page.get_by_label("Only these rows").fill("pains, gains")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("Somebody has this name already.")
    page.get_by_label("Name").fill("Newcomer")
    page.get_by_role("button", name="Add", exact=True).click()
    row = page.get_by_role("listitem").filter(has_text="Newcomer")
    expect(row.get_by_text("Editor, only pains and gains")).to_be_visible()

    theirs = visit.page("newcomer")
    expect(theirs.get_by_role("heading", name="Maps")).to_be_visible()
    row.get_by_role("button", name="Change Newcomer").click()
    page.get_by_text("Suspended: cannot come in").click()
    page.get_by_role("button", name="Save").click()
    expect(row.get_by_text("Suspended")).to_be_visible()
    theirs.goto("#/personas")
    expect(theirs.get_by_text("Your session has ended")).to_be_visible()


def test_a_link_is_made_shown_once_and_ended(visit: Visit, server: Server) -> None:
    visit.expect("status of 401")  # what the guest's page asks once the link has ended
    page = visit.page("facilitator")
    page.get_by_role("button", name="What to do with").click()
    page.get_by_role("menuitem", name="Share").click()
    expect(page.get_by_text("No link yet")).to_be_visible()
    page.get_by_role("button", name="Make a link").click()
    address = page.get_by_role("textbox", name="Link", exact=True).input_value()
    assert address.startswith(f"http://127.0.0.1:{server.port}/#/link/")
    guest = visit.page(None, address)
    guest.get_by_label("Your name").fill("Gus")
    guest.get_by_role("button", name="Open the map").click()
    expect(guest).to_have_url(f"http://127.0.0.1:{server.port}/#/maps/{MAP}")
    page.get_by_role("button", name="End the link that lets guests look").click()
    expect(page.get_by_text("No link yet")).to_be_visible()
    assert server.people.keys(map_id=MAP) == ()


def test_a_version_is_named_and_restored(visit: Visit, server: Server) -> None:
    page = visit.page("facilitator")
    page.get_by_role("button", name="What to do with").click()
    page.get_by_role("menuitem", name="Versions …").click()
    page.get_by_label("Name of the version").fill("Agreed in May")
    page.get_by_role("button", name="Name it").click()
    expect(page.get_by_text("by Facilitator")).to_be_visible()
    lead = server.person("Lea", "facilitator")
    edit = {"do": "change", "ref": "map", "field": "title", "value": "Spoiled"}
    assert lead.ask("POST", f"/api/maps/{MAP}/edits", edit).status == 200
    page.get_by_role("button", name="Restore: Agreed in May").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Restore").click()
    expect(page.get_by_text("The map is “Agreed in May” again.")).to_be_visible()
    assert server.log.load(MAP).board.journey().title == "I make my balcony green"
