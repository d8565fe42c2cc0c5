"""What people do in the rooms around the board, by keyboard alone: nothing here touches a mouse."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.board.conftest import MAP, Visit
from tests.web.server import Server
from tests.web.shop_check import shop_check

from desirepath.events.read import read_events
from desirepath.evidence.activities import list_activities
from desirepath.web.jobs.results import ReadSource, Results

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect
ROOM = f"#/maps/{MAP}"
MOST_TABS = 300
HAS_FOCUS = "one => one === document.activeElement || one.contains(document.activeElement)"  # fmt: skip
EVENTS = "session_id,email,event,at\n" + "".join(
    f"s{case},ann{case}@cage.example,{activity},2024-03-{day:02d} 10:00:00\n"
    for case in range(1, 7)
    for day, activity in enumerate(("home", "track", "buy"), 1)
)


class Keys:
    """A keyboard at a page."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def reach(self, role: str, name: str | re.Pattern[str]) -> Any:
        """Tab until it has the focus."""
        target = self.page.get_by_role(role, name=name).first
        expect(target).to_be_visible()
        for _ in range(MOST_TABS):
            if target.evaluate(HAS_FOCUS):
                return target
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach the {role} {name}")

    def enter(self, role: str, name: str | re.Pattern[str]) -> None:
        """Reach it and press Enter."""
        self.reach(role, name)
        self.page.keyboard.press("Enter")

    def write(self, name: str | re.Pattern[str], text: str) -> None:
        """Reach a field and write into it."""
        self.reach("textbox", name)
        self.page.keyboard.insert_text(text)

    def choose(self, field: str | re.Pattern[str], words: str) -> None:
        """Open a list, type the beginning of a choice, and take it."""
        self.enter("button", field)
        expect(self.page.get_by_role("listbox")).to_be_visible()
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")


@pytest.mark.nightly
def test_data_are_brought_and_bound(
    visit: Visit, server: Server, tmp_path: Path
) -> None:
    server.app.state.project = tmp_path / "project"
    server.app.state.project.mkdir()
    file = tmp_path / "events.csv"
    file.write_text(EVENTS, encoding="utf-8")
    keys = Keys(visit.page("facilitator", f"{ROOM}/evidence/sources"))
    with keys.page.expect_file_chooser() as chooser:
        keys.enter("button", "Choose a file")
    chooser.value.set_files(file)
    keys.choose(re.compile("This is the customer"), "email")
    told = keys.page.get_by_role("button", name="What happens to “email”")
    expect(told).to_contain_text("Replace by a secret code")
    keys.enter("button", "Yes, use it")
    expect(keys.page.get_by_text("In use", exact=True)).to_be_visible()

    activities = list_activities(read_events(file))
    Results(server.log.engine).add(
        MAP, "activities", {"activities": activities.to_dict()}, seq=0, epoch="e", made_us=server.clock(), by="Ann", sources=[ReadSource("events.csv")]
    )  # fmt: skip
    keys = Keys(visit.page("editor", f"{ROOM}/evidence/binding"))
    keys.enter("button", "Bind to … a step: “track”")
    keys.page.keyboard.type("Receive: I unpack")
    keys.page.keyboard.press("Enter")
    expect(
        keys.page.get_by_text("“track” means “I unpack my plant” now.")
    ).to_be_visible()


@pytest.mark.nightly
def test_what_is_missing_is_put_on_the_map_of_a_group(
    visit: Visit, server: Server
) -> None:
    shop_check().keep(Results(server.log.engine), made_us=server.clock())
    keys = Keys(visit.page("editor", ROOM))
    expect(keys.page.locator(".board-card").first).to_be_visible()
    keys.reach("radio", "Belief")
    keys.page.keyboard.press("ArrowRight")
    expect(keys.page.get_by_role("radio", name="Evidence")).to_be_checked()
    keys.choose(re.compile("all customers"), "Jana")
    expect(keys.page.get_by_text("Jana, balcony beginner: ")).to_be_visible()
    keys.enter("button", re.compile("Not on your map"))
    keys.enter("button", "Put on the map")
    expect(keys.page.get_by_role("columnheader", name=re.compile("Survey answered|Care guide|Delay notice"))).not_to_have_count(0)  # fmt: skip


@pytest.mark.nightly
def test_people_talk_propose_and_decide(visit: Visit) -> None:
    keys = Keys(visit.page("commenter", f"{ROOM}/at/statement:search-light"))
    expect(keys.page.locator('[data-spot="statement:search-light"]')).to_be_focused()
    keys.page.keyboard.press("Space")
    keys.enter("button", "Say something")
    keys.write("Your comment", "Is this so?")
    keys.page.keyboard.press("Control+Enter")
    expect(keys.page.get_by_text("Is this so?")).to_be_visible()
    keys.enter("button", "Propose a change")
    keys.reach("textbox", "After")
    keys.page.keyboard.press("Control+a")
    keys.page.keyboard.insert_text("Will it live in the shade?")
    keys.enter("button", "Put it into my proposal")
    keys.write("Title", "Truer words")
    keys.enter("button", "Send the proposal")
    expect(keys.page.get_by_text("The proposal is sent.")).to_be_visible()

    keys = Keys(visit.page("editor", f"{ROOM}/discussion"))
    keys.enter("button", "Done")
    expect(keys.page.get_by_text("No comment fits this choice.")).to_be_visible()
    keys.enter("link", "Proposals")
    keys.enter("link", "Truer words")
    keys.enter("button", "Accept: Change 1")
    expect(keys.page.get_by_text("Accepted by Editor")).to_be_visible()


@pytest.mark.nightly
def test_a_workshop_votes_scores_and_sorts(visit: Visit) -> None:
    keys = Keys(visit.page("facilitator", f"{ROOM}/workshop/votes"))
    keys.enter("button", "Ask something")
    keys.write("Question", "What first?")
    keys.write(re.compile("One option a line"), "Search\nPay")
    keys.enter("button", "Begin the vote")
    keys.enter("button", "One more on “Search”")
    keys.enter("button", re.compile("^Vote$"))
    expect(keys.page.get_by_text("1 person has voted")).to_be_visible()
    reveal(keys)
    expect(keys.page.get_by_role("listitem").filter(has_text="1 dot")).to_contain_text("Search")  # fmt: skip

    keys.enter("link", "Departments")
    keys.enter("button", "Let departments score")
    keys.write("Question", "How does each step feel?")
    keys.enter("button", "Begin the vote")
    keys.write("Your department", "Sales")
    keys.page.keyboard.press("Tab")
    keys.page.keyboard.press("ArrowRight")
    keys.enter("button", re.compile("^Vote$"))
    expect(keys.page.get_by_text("1 person has voted")).to_be_visible()

    keys.enter("link", "Sticky notes")
    keys.write("Paste notes, one a line", "The parcel arrived broken")
    keys.enter("button", "Add notes")
    keys.enter("button", re.compile("^Yes: put “The parcel"))
    keys.enter("button", "Put 1 note on the map")
    expect(keys.page.get_by_text("1 note is on the map.")).to_be_visible()


def reveal(keys: Keys) -> None:
    """Show what everybody said."""
    keys.enter("button", "Reveal")
    dialog = keys.page.get_by_role("alertdialog", name="Reveal what was said?")
    expect(dialog).to_be_visible()
    for _ in range(MOST_TABS):
        if dialog.get_by_role("button", name="Reveal").evaluate(HAS_FOCUS):
            break
        keys.page.keyboard.press("Tab")
    keys.page.keyboard.press("Enter")


@pytest.mark.nightly
def test_a_page_for_everybody_is_made_and_ended(visit: Visit) -> None:
    keys = Keys(visit.page("facilitator", ROOM))
    keys.enter("button", re.compile("^Share"))
    keys.reach("checkbox", "What happens backstage")
    keys.page.keyboard.press("Space")
    keys.enter("button", "Make the page")
    expect(keys.page.get_by_label("Address")).to_have_value(re.compile("http"))
    keys.enter("button", re.compile("End the page made by"))
    expect(keys.page.get_by_text("No page yet")).to_be_visible()
