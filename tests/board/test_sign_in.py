"""Coming in, going, and the frame around every page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect
from tests.board.conftest import MAP, Visit, password_of
from tests.web.server import Server, running


def test_signing_in_opens_what_was_asked_for_and_signing_out_closes_it(
    visit: Visit,
) -> None:
    visit.expect("status of 401")
    page = visit.page(None, "#/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.keyboard.type("Editor")  # the first field has the focus
    page.get_by_label("Password", exact=True).fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("The name or the password is wrong.")
    page.get_by_label("Password", exact=True).fill(password_of("editor"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Maps")).to_be_visible()
    expect(page.get_by_role("link", name="People")).to_have_count(0)
    page.get_by_role("button", name="Editor").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_the_first_administrator_comes_in_with_the_printed_link_once(
    tmp_path: Path, visit: Visit, server: Server
) -> None:
    visit.expect("status of 403", "status of 400")
    with running(tmp_path) as empty:
        visit.server = empty
        key = empty.people.first_key(empty.clock())
        page = visit.page(None, f"#/first/{key}")
        page.get_by_label("Your name").fill("Ann")
        page.get_by_label("Password", exact=True).fill("a sentence that is long enough")
        page.get_by_role("button", name="Make the account").click()
        expect(page.get_by_role("link", name="People")).to_be_visible()
        (ann,) = empty.people.everyone()
        assert (ann.name, ann.role) == ("Ann", "administrator")
        again = visit.page(None, f"#/first/{key}")
        again.get_by_label("Your name").fill("Mallory")
        again.get_by_label("Password", exact=True).fill(
            "a sentence that is long enough"
        )
        again.get_by_role("button", name="Make the account").click()
        expect(again.get_by_role("alert")).to_contain_text(
            "This link is wrong, was used"
        )
        assert len(empty.people.everyone()) == 1
        visit.complaints += visit.close()
    visit.server = server


def test_a_guest_comes_in_with_a_link_and_sees_one_map_only(
    visit: Visit, server: Server
) -> None:
    visit.expect("status of 403")
    secret, _ = server.people.new_link(
        MAP, "viewer", server.clock() + 10**15, "open sesame, please"
    )
    page = visit.page(None, f"#/link/{secret}")
    page.get_by_label("Your name").fill("Gus")
    page.get_by_role("button", name="Open the map").click()
    expect(page.get_by_role("alert")).to_contain_text("or its password is wrong")
    page.get_by_label("Password of the link").fill("open sesame, please")
    page.get_by_role("button", name="Open the map").click()
    expect(page).to_have_url(f"http://127.0.0.1:{server.port}/#/maps/{MAP}")
    page.goto("#/people")
    expect(page).to_have_url(f"http://127.0.0.1:{server.port}/#/maps/{MAP}")


def test_a_session_that_was_ended_is_told(visit: Visit, server: Server) -> None:
    visit.expect("status of 401")
    server.people.add("Leaving", password_of("leaving"), "editor")
    page = visit.page("leaving")
    expect(page.get_by_role("heading", name="Maps")).to_be_visible()
    (who,) = [one for one in server.people.everyone() if one.name == "Leaving"]
    server.people.change(who.id, {"suspended": True})
    page.goto("#/personas")
    expect(page.get_by_text("Your session has ended")).to_be_visible()


def test_language_and_appearance_are_kept(visit: Visit) -> None:
    page = visit.page("viewer", language="de-DE")
    expect(page.get_by_role("heading", name="Karten")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("button", name="Viewer").click()
    page.get_by_role("menuitemradio", name="English").click()
    page.get_by_role("button", name="Viewer").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    page.reload()
    expect(page.get_by_role("heading", name="Maps")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_server_that_does_not_answer_is_told_and_asked_again(visit: Visit) -> None:
    visit.expect("ERR_", "Failed to load resource")
    page = visit.page("viewer")
    expect(page.get_by_role("heading", name="Maps")).to_be_visible()
    page.route("**/api/me", lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer")
    page.unroute("**/api/me")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Maps")).to_be_visible()
