"""A board on a page, as tests read and work it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import expect

MOST_TABS = 60
MOST_MOVES = 80
NAMED = """([role, name]) => {
  const node = document.activeElement;
  const own = node.getAttribute('role') ?? node.tagName.toLowerCase();
  const kind = {button: 'button', input: node.type === 'checkbox' ? 'checkbox' : 'textbox'}[own] ?? own;
  const labels = (node.getAttribute('aria-labelledby') ?? '').split(' ')
    .map(id => document.getElementById(id)?.textContent ?? '').join(' ').trim();
  const label = node.closest('label')?.textContent ?? '';
  const told = (node.ariaLabel || label || node.textContent).trim();
  return kind === role && (labels.includes(name) || told.startsWith(name));
}"""


@dataclass
class Sheet:
    """A board somebody looks at."""

    page: Any

    def spot(self, name: str) -> Any:
        """What stands at a spot."""
        return self.page.locator(f'[data-spot="{name}"]')

    def cell(self, at: str, lane: str) -> Any:
        """A cell."""
        return self.page.locator(f'.board-cell[data-at="{at}"][data-lane="{lane}"]')

    def card(self, text: str) -> Any:
        """The card of a text, whole."""
        texts = self.page.locator(".card-text").get_by_text(text, exact=True)
        return self.page.locator(".board-card").filter(has=texts).first

    def head(self, name: str) -> Any:
        """The head of a stage or step."""
        names = self.page.locator(".head-name").get_by_text(name, exact=True)
        return self.page.locator(".board-head").filter(has=names).first

    def texts(self, at: str, lane: str) -> list[str]:
        """What the cards of a cell say."""
        found: list[str] = self.cell(at, lane).locator(".card-text").all_text_contents()
        return found

    def steps(self) -> list[str]:
        """Names of steps."""
        return self._names("step")

    def stages(self) -> list[str]:
        """Names of stages."""
        return self._names("stage")

    def lanes(self) -> list[str]:
        """Titles of lanes."""
        found: list[str] = self.page.locator(
            ".lane-name > span:first-child"
        ).all_text_contents()
        return found

    def _names(self, kind: str) -> list[str]:
        heads = self.page.locator(f'.board-head[data-kind="{kind}"] .head-name')
        found: list[str] = heads.all_text_contents()
        return found

    def press(self, *keys: str) -> None:
        """Keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Text into the open editor."""
        expect(self.page.locator(".board-editor")).to_be_focused()
        self.page.keyboard.type(text)

    def reach_by_tab(self) -> None:
        """Tab until the board has the focus."""
        for _ in range(MOST_TABS):
            if self.page.evaluate(
                "document.activeElement.closest('[role=grid]') !== null"
            ):
                return
            self.press("Tab")
        raise AssertionError("the keyboard does not reach the board")

    def walk_to(self, spot: str) -> None:
        """Arrows until a spot has the focus, by rows and columns as they are seen."""
        for _ in range(MOST_MOVES):
            way = self.page.evaluate(
                """spot => {
                  const to = document.querySelector(`[data-spot="${CSS.escape(spot)}"]`);
                  const from = document.activeElement;
                  if (from === to) return '';
                  const [a, b] = [from, to].map(node => node.getBoundingClientRect());
                  const lane = node => node.closest('.board-row');
                  if (lane(from) === lane(to) && (b.left > a.right - 9 || b.right < a.left + 9))
                    return b.left > a.left ? 'ArrowRight' : 'ArrowLeft';
                  return b.top > a.top ? 'ArrowDown' : 'ArrowUp';
                }""",
                spot,
            )
            if not way:
                return
            self.press(way)
        raise AssertionError(f"the arrows do not lead to {spot}")

    def tab_to(self, name: str, *, role: str) -> None:
        """Tab until something of a role that begins with a name has the focus."""
        for _ in range(MOST_TABS):
            if self.page.evaluate(NAMED, [role, name]):
                return
            self.press("Tab")
        raise AssertionError(f"the keyboard does not reach the {role} {name}")

    def dialog(self, title: str) -> None:
        """Wait for a dialog of a title."""
        expect(self.page.get_by_role("dialog")).to_contain_text(title)

    def saved(self) -> None:
        """Wait until the page says that all is saved."""
        expect(self.page.locator(".save-state")).to_have_attribute(
            "data-state", "saved"
        )
        expect(self.page.locator(".save-state")).to_have_attribute("data-waiting", "0")


def open_board(page: Any) -> Sheet:
    """The board of a page, once it is there."""
    expect(page.locator(".board-sheet, .board-list, .empty").first).to_be_visible()
    return Sheet(page)
