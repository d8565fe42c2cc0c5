"""Two people talk about a map: comments, mentions and answers arrive at once; proposals are decided one by one."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect
from tests.board.conftest import MAP, Visit, password_of
from tests.web.server import Server

REF = "statement:search-light"
EVIL = "<img src=x onerror=alert(1)>"
LONG = "W" * 300
ROOM = f"#/maps/{MAP}/discussion"


def details(page: Any, ref: str) -> Any:
    """Details of a card on the board."""
    page.locator(f'[data-ref="{ref}"]').first.click()
    panel = page.get_by_role("complementary", name="Details")
    if not panel.is_visible():
        page.get_by_role("button", name="Details").click()
    return panel


def test_two_people_talk_and_decide(visit: Visit, server: Server) -> None:
    server.people.add(f"{EVIL} {LONG}"[:200], password_of("guest"), "editor")
    ben, ann = (visit.page(who, f"#/maps/{MAP}") for who in ("commenter", "editor"))
    expect(ann.locator(f'[data-ref="{REF}"]')).to_be_visible()
    talk(visit, ben, ann)
    propose(ben)
    decide(visit, ben, ann)
    look_narrow(visit)
    audit = visit.page("administrator", "#/people/audit")
    expect(audit.get_by_text("Facilitator deleted a comment")).to_be_visible()
    expect(audit.get_by_text("Editor accepted a proposed change")).to_be_visible()
    assert visit.faults(audit) == []


def talk(visit: Visit, ben: Any, ann: Any) -> None:
    """A comment with a mention, an answer that arrives at once, and the end of it."""
    panel = details(ben, REF)
    panel.get_by_role("button", name="Say something").click()
    box = panel.get_by_role("textbox", name="Your comment")
    box.press_sequentially("Is this so, @edi")
    panel.get_by_role("button", name="Mention Editor").click()
    expect(box).to_be_focused()
    ben.keyboard.insert_text(f"and @<im? {EVIL} سارة {LONG}")
    panel.get_by_role("button", name="Send", exact=True).click()
    expect(panel.get_by_text(EVIL)).to_be_visible()

    # the other one sees it at once, by number and by words
    link = ann.get_by_role("link", name="Discussion 1 thing waits for you")
    expect(link).to_be_visible()
    expect(ann.get_by_role("group", name=re.compile("1 open comment"))).to_be_visible()
    link.click()
    thread = ann.get_by_role("article", name="Will it live with little sun?")
    expect(thread.get_by_text("Mentions you")).to_be_visible()
    expect(ann.get_by_role("link", name="Discussion", exact=True)).to_be_visible()
    assert visit.faults(ann) == []
    thread.get_by_role("button", name="Answer").press("Enter")
    thread.get_by_role("textbox", name="Your comment").fill("I have asked three.")
    thread.get_by_role("textbox", name="Your comment").press("Control+Enter")
    expect(panel.get_by_text("I have asked three.")).to_be_visible()
    give(visit, thread, ann, ben)
    panel.get_by_role("button", name="Done").click()
    expect(ann.get_by_text("No comment fits this choice.")).to_be_visible()


def give(visit: Visit, thread: Any, ann: Any, ben: Any) -> None:
    """The thread becomes a task by keyboard alone: its day, whose it is, and that it waits."""
    thread.get_by_role("button", name="Make it a task").press("Enter")
    dialog = ann.get_by_role("dialog", name="Make it a task")
    dialog.get_by_role("button", name=re.compile("Given to")).press("Enter")
    ann.keyboard.type("Comm")
    ann.keyboard.press("Enter")
    day = dialog.get_by_label("By when")
    day.fill("2020-01-02")
    assert visit.faults(ann) == []
    day.press("Enter")
    expect(thread.get_by_role("button", name="Change the task")).to_be_focused()
    expect(thread.get_by_text("Given to Commenter")).to_be_visible()
    waits = ben.get_by_role("link", name="Discussion 1 thing waits for you")
    expect(waits).to_be_visible()
    panel = ben.get_by_role("complementary", name="Details")
    expect(panel.get_by_text("Given to you")).to_be_visible()
    expect(panel.get_by_text("Overdue since Jan 2, 2020")).to_be_visible()
    panel.get_by_text("Given to you").scroll_into_view_if_needed()
    choose(ann, "Show", "My tasks")
    expect(ann.get_by_text("No comment fits this choice.")).to_be_visible()
    choose(ann, "Show", "Tasks")
    expect(thread.get_by_text("Overdue since Jan 2, 2020")).to_be_visible()


def choose(page: Any, label: str, words: str) -> None:
    """Another choice of a list."""
    page.get_by_role("button", name=re.compile(label)).click()
    page.get_by_role("option", name=words, exact=True).click()


def propose(ben: Any) -> None:
    """Another wording and a new statement, as one proposal."""
    panel = details(ben, REF)
    panel.get_by_role("button", name="Propose a change").click()
    panel.get_by_role("textbox", name="After").fill(f"Will it live in the shade? {EVIL}")  # fmt: skip
    panel.get_by_role("button", name="Put it into my proposal").click()
    panel = details(ben, "step:search")
    # the card before may still be shown
    expect(panel.get_by_role("heading", level=2).first).to_contain_text("I look for a plant")  # fmt: skip
    panel.get_by_role("button", name="Propose a change").click()
    panel.get_by_role("button", name=re.compile("What would you change")).click()
    ben.get_by_role("option", name="Add a statement here").click()
    panel.get_by_role("textbox", name=re.compile("Text")).fill(f"It is slow {LONG}")
    panel.get_by_role("button", name="Put it into my proposal").click()
    panel.get_by_role("textbox", name="Title").fill("Truer words")
    panel.get_by_role("button", name="Send the proposal").click()
    expect(ben.get_by_text("The proposal is sent.")).to_be_visible()


def decide(visit: Visit, ben: Any, ann: Any) -> None:
    """One is rejected, one accepted; what is accepted stands on the board at once."""
    ann.get_by_role("link", name="Proposals").click()
    ann.get_by_role("link", name="Truer words").click()
    ann.get_by_role("textbox", name=re.compile("Why")).fill("Not heard of")
    ann.get_by_role("button", name="Reject: Change 2").click()
    expect(ann.get_by_text("Rejected by Editor")).to_be_visible()
    ann.get_by_role("button", name="Accept: Change 1").click()
    expect(ann.get_by_text("Accepted by Editor")).to_be_visible()
    assert visit.faults(ann) == []
    card = ben.locator(f'[data-ref="{REF}"]')
    expect(card).to_contain_text(f"Will it live in the shade? {EVIL}")
    ann.get_by_role("link", name="Activity").click()
    expect(ann.get_by_text("proposed by Commenter")).to_be_visible()
    ann.get_by_role("link", name="Review", exact=True).click()
    ann.get_by_role("button", name="Reviewed today").click()
    expect(ann.get_by_text("The next review is due on")).to_be_visible()


def look_narrow(visit: Visit) -> None:
    """In German, in the dark, on a phone: what is done, and how a facilitator deletes a comment."""
    narrow = visit.page("facilitator", ROOM, width=320, height=700, language="de-DE", scheme="dark")  # fmt: skip
    choose(narrow, "Zeigen", "Erledigte")
    expect(narrow.get_by_text("I have asked three.")).to_be_visible()
    expect(narrow.get_by_text("Überfällig")).to_have_count(0)
    narrow.get_by_role("button", name="Wieder öffnen").click()
    choose(narrow, "Zeigen", "Aufgaben")
    expect(narrow.get_by_text("Überfällig seit 02.01.2020")).to_be_visible()
    narrow.get_by_role("button", name="Aufgabe ändern").click()
    choose(narrow, "Wer", f"{EVIL} {LONG}"[:200])
    assert narrow.evaluate("document.documentElement.scrollWidth") == 320
    narrow.get_by_role("button", name="Speichern").click()
    expect(narrow.get_by_text(f"Übernimmt {EVIL}")).to_be_visible()
    narrow.get_by_text(f"Übernimmt {EVIL}").scroll_into_view_if_needed()
    assert narrow.evaluate("document.documentElement.scrollWidth") == 320
    assert visit.faults(narrow) == []
    narrow.get_by_role("button", name="Diesen Kommentar löschen").nth(1).click()
    narrow.get_by_role("alertdialog").get_by_role("button", name="Entfernen").click()
    expect(narrow.get_by_text("I have asked three.")).to_have_count(0)
