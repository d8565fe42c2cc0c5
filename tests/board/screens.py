"""Every screen and every dialog of the app, and how to come there; a new one that is not here fails a test."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import expect
from tests.board.conftest import PATIENCE_MS

SOURCES = Path(__file__).parents[2] / "frontend" / "src"
LOADING = [
    "One moment …",
    "Einen Moment …",
    "Asking for the evidence …",
    "Die Belege werden geholt …",
]
Open = Callable[[Any], None]
# What stays open when only the part of an address behind the "#" changes.
STAYS = "[role=menu], .board-panel, .evidence-sheet"
DIALOGS = "[role=dialog], [role=alertdialog]"
# A page that the server draws anew from the whole map takes seconds, many of them on a busy machine.
DRAWN_MS = 120_000
COUNT = """
  window.waiting = 0;
  const ask = window.fetch;
  window.fetch = async (...asked) => {
    window.waiting += 1;
    try { return await ask(...asked); } finally { window.waiting -= 1; }
  };
"""
# Nothing is waited for, in four frames one after the other: what came may ask for more.
CALM = """async ([words, patience]) => {
  const until = performance.now() + patience;
  for (let frames = 0; frames < 4; frames += 1) {
    await new Promise(done => requestAnimationFrame(done));
    const isCalm = !window.waiting && document.readyState === 'complete';
    if (!isCalm || words.some(one => document.body.textContent.includes(one))) frames = -1;
    if (performance.now() > until) throw new Error('the page waits for something that does not come');
  }
}"""
PART_OF_ROOM = "the link to it says that one is there"


@dataclass(frozen=True)
class Screen:
    """A screen, or a dialog on it.

    Attributes:
        name: What it is called.
        path: Its address; names in braces are filled in.
        ready: What can be seen there once it is there.
        opened: What to do then.
        dialog: File of the browser's program that draws the dialog, "" for none.
        is_inside: Whether one signs in before.
        needs: What must be there for it to be reached: "data" for a map with everything.
        is_fresh: Whether the one before could be taken for it.
    """

    name: str
    path: str
    ready: str = PART_OF_ROOM
    opened: Open | None = None
    dialog: str = ""
    is_inside: bool = True
    needs: str = ""
    is_fresh: bool = False

    def address(self, names: Mapping[str, str]) -> str:
        """Where it stands."""
        return self.path.format_map(names)

    def show(self, page: Any, names: Mapping[str, str]) -> None:
        """Go there, and wait until it is there."""
        address = self.address(names)
        if self.is_fresh or self.opened or page.locator(STAYS).count():
            page.goto("about:blank")
        page.goto(address, timeout=DRAWN_MS)
        expect(page.locator(DIALOGS)).to_have_count(0)
        if self.ready == PART_OF_ROOM:
            expect(page.locator(f'a[aria-current="page"][href="{address}"]').first).to_be_attached()  # fmt: skip
        else:
            expect(page.locator(self.ready).first).to_be_visible()
        calm(page)
        if self.opened:
            self.opened(page)
            calm(page)


def counted(page: Any) -> Any:
    """The same window, which counts from now on what it waits for."""
    page.context.add_init_script(COUNT)
    return page


def calm(page: Any) -> None:
    """Wait until a page waits for nothing and has drawn what came."""
    page.evaluate(CALM, [LOADING, PATIENCE_MS])


def press(*names: str) -> Open:
    """Press buttons one after the other; "menu: NAME" for an entry of a menu.

    What stands in the head of a wide page stands in a menu of a narrow one.
    """

    def act(page: Any) -> None:
        for one in names:
            kind, _, name = one.rpartition(": ")
            told = re.compile(f"^{re.escape(name)}")
            button = page.get_by_role("button", name=told)
            more = page.get_by_role("button", name=re.compile("^This map and"))
            if kind != "menu" and not button.count() and more.count():
                more.click()
                kind = "menu"
            wanted = page.get_by_role("menuitem", name=told) if kind == "menu" else button  # fmt: skip
            wanted.first.click()
        expect(page.get_by_role(_role_of(page)).first).to_be_visible()

    return act


def _role_of(page: Any) -> Any:
    """Role of what was opened."""
    return "alertdialog" if page.get_by_role("alertdialog").count() else "dialog"


def keys(spot: str, *pressed: str, shows: str = "[role=dialog]") -> Open:
    """Press keys at a spot of the board."""

    def act(page: Any) -> None:
        page.locator(f'[data-spot="{spot}"]').first.focus()
        for one in pressed:
            page.keyboard.press(one)
        expect(page.locator(shows).first).to_be_visible()

    return act


def paste(page: Any) -> None:
    """Paste rows of a spreadsheet into the board."""
    page.locator('[data-spot="step:look"]').first.focus()
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData('text/plain', '<b>a</b>\\tb\\nc\\td');
          document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true}));
        }"""
    )
    expect(page.get_by_role("dialog")).to_be_visible()


def whole_map(page: Any) -> None:
    """Open the details of the map."""
    keys("step:look", "Space", shows=PANEL)(page)
    page.get_by_role("button", name="The whole map").click()


def touchpoint(page: Any) -> None:
    """Open the details of a touchpoint."""
    whole_map(page)
    page.locator(".panel-list button").first.click()


def contact(page: Any) -> None:
    """Open the choice of touchpoints of a step."""
    keys("cell:step:wait touchpoints", "Enter")(page)


def done(page: Any) -> None:
    """Choose the comments that are done."""
    page.get_by_role("button", name="Show").click()
    page.get_by_role("option", name="Done").click()
    expect(page.get_by_role("article").first).to_be_visible()


MAP = "#/maps/{map}"
BOARD = ".board-sheet, .board-list, .empty"
APP = (
    Screen("sign in", "#/", ".entrance-form", is_inside=False),
    Screen("first", "#/first/none", ".entrance-form", is_inside=False, is_fresh=True),
    Screen("invited", "#/link/{link}", ".entrance-form", is_inside=False, is_fresh=True),
    Screen("nowhere", "#/no/such/page", "main h1", is_fresh=True),
    Screen("library", "#/", ".shelf, .empty"),
    Screen("menu of a map", "#/", ".shelf", lambda page: page.get_by_role("button", name="What to do with").first.click(), needs="data"),
    Screen("copy", "#/", ".shelf", press("What to do with", "menu: Copy"), "pages/library/TitleDialog.tsx", needs="data"),
    Screen("facts of a map", "#/", ".shelf", press("What to do with", "menu: Owner"), "pages/library/CardDialogs.tsx", needs="data"),
    Screen("personas", "#/personas", ".personas, .empty"),
    Screen("new persona", "#/personas", ".personas, .empty", press("New persona"), "pages/personas/PersonaDialog.tsx"),
    Screen("known persona", "#/personas", ".personas", press("Edit "), "pages/personas/PersonaDialog.tsx", needs="data"),
    Screen("people", "#/people", ".people"),
    Screen("new person", "#/people", ".people", press("Add somebody"), "pages/people/People.tsx"),
    Screen("changed person", "#/people", ".people", press("Change "), "pages/people/People.tsx"),
    Screen("audit", "#/people/audit", ".talk-choices"),
    Screen("new", "#/new", ".ways"),
    Screen("template", "#/new", ".ways", press("Use "), "pages/library/TitleDialog.tsx"),
    Screen("draft", "#/draft", ".draft"),
)  # fmt: skip
HEAD = (
    Screen("sharing", MAP, BOARD, press("Share …"), "pages/sharing/SharingDialog.tsx"),
    Screen("versions", MAP, BOARD, press("Versions …"), "pages/versions/VersionsDialog.tsx"),
    Screen("restore", MAP, BOARD, press("Versions …", "Restore"), "pages/versions/VersionsDialog.tsx", needs="data"),
)  # fmt: skip
PANEL, SHEET = ".board-panel", ".evidence-sheet"
ON_BOARD = (
    Screen("board", MAP, BOARD),
    Screen("map made of answers", "#/maps/{drafted}", BOARD, needs="data", is_fresh=True),
    Screen("place on the board", f"{MAP}/at/step:look", BOARD, needs="data"),
    Screen("evidence on the board", MAP, BOARD, keys("step:look", "2", shows=".mark"), needs="data"),
    Screen("difference on the board", MAP, BOARD, keys("step:look", "3", shows=".mark"), needs="data"),
    Screen("evidence of a card", MAP, BOARD, keys("statement:pay-0", "2", "v", shows=SHEET), "board/view/EvidencePopover.tsx", needs="data"),
    Screen("details of a card", MAP, BOARD, keys("statement:pay-0", "Space", shows=PANEL), needs="data"),
    Screen("details of a step", MAP, BOARD, keys("step:look", "Space", shows=PANEL), needs="data"),
    Screen("details of a stage", MAP, BOARD, keys("stage:begin", "Space", shows=PANEL), needs="data"),
    Screen("details of the map", MAP, BOARD, whole_map, needs="data"),
    Screen("details of a touchpoint", MAP, BOARD, touchpoint, needs="data"),
    Screen("menu of a card", MAP, BOARD, keys("step:look", "Shift+F10", shows="[role=menu]"), needs="data"),
    Screen("move", MAP, BOARD, keys("statement:pay-0", "m"), "board/view/Questions.tsx", needs="data"),
    Screen("split", MAP, BOARD, keys("statement:pay-0", "x"), "board/view/Questions.tsx", needs="data"),
    Screen("keys", MAP, BOARD, keys("step:look", "?"), "board/view/Questions.tsx", needs="data"),
    Screen("lanes", MAP, BOARD, keys("lane:actions", "Enter"), "board/view/Questions.tsx", needs="data"),
    Screen("touchpoints", MAP, BOARD, contact, "board/view/Questions.tsx", needs="data"),
    Screen("paste", MAP, BOARD, paste, "board/view/Questions.tsx", needs="data"),
)  # fmt: skip
EVIDENCE = (
    Screen("runs", f"{MAP}/evidence"),
    Screen("sources", f"{MAP}/evidence/sources"),
    Screen("take away a source", f"{MAP}/evidence/sources", ".source", press("Take away"), "pages/evidence/sources/Sources.tsx", needs="data"),
    Screen("proof of events", f"{MAP}/evidence/sources/{{events}}", ".proof", is_fresh=True, needs="data"),
    Screen("proof of answers", f"{MAP}/evidence/sources/{{feedback}}", ".proof", is_fresh=True, needs="data"),
    Screen("binding", f"{MAP}/evidence/binding"),
)  # fmt: skip
READINGS = (
    Screen("findings", f"{MAP}/readings"),
    Screen(
        "one reading", f"{MAP}/readings/of/{{reading}}", ".readings-back", needs="data"
    ),
    Screen(
        "proposal of a finding",
        f"{MAP}/readings",
        ".finding",
        press("Propose a change"),
        "pages/discussion/ProposeDialog.tsx",
        needs="data",
    ),
    Screen("flow", f"{MAP}/readings/flow"),
    Screen("story", f"{MAP}/readings/story"),
    Screen(
        "step of the story",
        f"{MAP}/readings/story/step:pay",
        ".story-turn",
        is_fresh=True,
        needs="data",
    ),
)
DISCUSSION = (
    Screen("comments", f"{MAP}/discussion"),
    Screen("delete a comment", f"{MAP}/discussion", "article", press("Delete this comment"), "pages/discussion/ThreadView.tsx", needs="data"),
    Screen("task", f"{MAP}/discussion", "article", press("Make it a task"), "pages/discussion/TaskView.tsx", needs="data"),
    Screen("proposals", f"{MAP}/discussion/proposals"),
    Screen("one proposal", f"{MAP}/discussion/proposals/{{proposal}}", ".talk-item", needs="data"),
    Screen("done comments", f"{MAP}/discussion", opened=done, needs="data"),
    Screen("review", f"{MAP}/discussion/review"),
    Screen("activity", f"{MAP}/discussion/activity"),
)  # fmt: skip
WORKSHOP = (
    Screen("plan", f"{MAP}/workshop"),
    Screen("change of the plan", f"{MAP}/workshop", PART_OF_ROOM, press("Change the plan"), "pages/workshop/PlanDialog.tsx", needs="data"),
    Screen("votes", f"{MAP}/workshop/votes"),
    Screen("new vote", f"{MAP}/workshop/votes", PART_OF_ROOM, press("Ask something"), "pages/workshop/NewVote.tsx"),
    Screen("reveal a vote", f"{MAP}/workshop/votes", PART_OF_ROOM, press("Reveal"), "pages/workshop/VotesPage.tsx", needs="data"),
    Screen("drop a vote", f"{MAP}/workshop/votes", PART_OF_ROOM, press("Take away"), "pages/workshop/VotesPage.tsx", needs="data"),
    Screen("scoring", f"{MAP}/workshop/scoring"),
    Screen("notes", f"{MAP}/workshop/notes"),
    Screen("stories", f"{MAP}/workshop/stories"),
)  # fmt: skip
PROGRESS = (
    Screen("numbers", f"{MAP}/progress"),
    Screen("new series", f"{MAP}/progress", "h3, .empty, article", press("New series"), "pages/progress/NewSeries.tsx"),
    Screen("add numbers", f"{MAP}/progress", "article", press("Add numbers"), "pages/progress/AddNumbers.tsx", needs="data"),
    Screen("change a series", f"{MAP}/progress", "article", press("Change “"), "pages/progress/ChangeSeries.tsx", needs="data"),
    Screen("remove a series", f"{MAP}/progress", "article", press("Take “"), "pages/progress/SeriesCard.tsx", needs="data"),
    Screen("change in the business", f"{MAP}/progress", "h3, .empty, article", press("Write down a change"), "pages/progress/ChangeDialog.tsx"),
    Screen("better or worse", f"{MAP}/progress/judged"),
    Screen("difference of versions", f"{MAP}/progress/versions"),
)  # fmt: skip
# Pages the server writes itself.
WRITTEN = (
    Screen("public page", "/p/{public}", "#map", is_inside=False, needs="data"),
    Screen("public page of a version", "/p/{version}", "#map", is_inside=False, needs="data"),
    Screen("public page with a password", "/p/{locked}", "form", is_inside=False, needs="data"),
    Screen("no public page", "/p/none", "h1", is_inside=False),
    Screen("form for phones", "{tell}", "form", is_inside=False, needs="data"),
    Screen("thanks of the form", "{tell}?thanks=1", "h1", is_inside=False, needs="data"),
    Screen("no form", "/tell/none", "h1", is_inside=False),
    Screen("report", "/api/maps/{map}/report", "h1", needs="data"),
    Screen("preview of a public page", "/api/maps/{map}/pages/preview", "#map", needs="data"),
)  # fmt: skip
SCREENS = (*APP, *ON_BOARD, *HEAD, *EVIDENCE, *READINGS, *DISCUSSION, *WORKSHOP, *PROGRESS, *WRITTEN)  # fmt: skip

ROUTE = re.compile(r'<Route path="([^"]+)"')
PART = re.compile(r'\{\s*at: "([\w-]*)"')
DIALOG = re.compile(r"<(?:Ask|Send|Form)?Dialog\b(?!Trigger)")
# What is drawn by these is counted where it is used.
PARTS_OF_ALL = ("ui/Dialog.tsx", "pages/SendForm.tsx")


def known_addresses() -> set[str]:
    """Addresses the browser's program knows, as patterns: those of the app, of rooms and of their pages."""
    found = set(ROUTE.findall(_read("pages/App.tsx")))
    for file in sorted(SOURCES.glob("pages/**/*.tsx")):
        text = file.read_text(encoding="utf-8")
        if "RoomPart[]" in text or "Room[]" in text:
            room = "" if file.name == "rooms.tsx" else f"{file.parent.name}/"
            found |= {f"/maps/:map/{room}{one}".rstrip("/") for one in PART.findall(text)}  # fmt: skip
    return found


def known_dialogs() -> set[str]:
    """Files of the browser's program that draw a dialog."""
    files = SOURCES.glob("**/*.tsx")
    found = {one.relative_to(SOURCES).as_posix() for one in files if DIALOG.search(one.read_text(encoding="utf-8"))}  # fmt: skip
    return found - set(PARTS_OF_ALL)


def _read(name: str) -> str:
    return (SOURCES / name).read_text(encoding="utf-8")
