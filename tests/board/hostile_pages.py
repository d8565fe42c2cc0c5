"""Whether words stayed words on a page: nothing ran, nothing was asked for elsewhere, nothing became a tag."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.board.screens import counted

# What the policy of a page refused is counted from its very beginning.
WATCH = """
  window.refused = [];
  document.addEventListener('securitypolicyviolation', event =>
    window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
ALIEN = """() => {
  const tags = ['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'MARQUEE', 'MATH', 'FRAME', 'VIDEO', 'AUDIO', 'APPLET'];
  const addresses = ['href', 'src', 'action', 'formaction', 'xlink:href', 'srcset', 'poster', 'data', 'background'];
  const schemes = ['http:', 'https:', 'data:', 'blob:'];
  const found = [];
  for (const node of document.querySelectorAll('*')) {
    const tag = node.tagName.toUpperCase();
    if (tags.includes(tag) || node.hasAttribute('srcdoc')) found.push(tag);
    if (tag === 'SCRIPT' && /^\\s*(alert|import)/.test(node.textContent)) found.push('a script');
    if (tag === 'STYLE' && node.textContent.includes('away.example')) found.push('a style');
    for (const {name, value} of node.attributes) {
      if (name.startsWith('on') || (name === 'style' && value.includes('away.example'))) found.push(`${tag} ${name}`);
      if (!addresses.includes(name)) continue;
      const to = new URL(value, document.baseURI);
      const isHere = to.href.split('#')[0] === location.href.split('#')[0];
      const isOurs = isHere || schemes.includes(to.protocol) && (!to.protocol.startsWith('http') || to.origin === location.origin);
      const isPicture = to.protocol !== 'data:' || /^data:(image\\/(?!svg)|font\\/|application\\/(font|x-font))/.test(value) || (tag === 'IMG' || tag === 'LINK');
      if (!isOurs || !isPicture) found.push(`${tag} ${name}=${value.slice(0, 80)}`);
    }
  }
  return found;
}"""
TOLD = """() => {
  const parts = [document.title, document.body.textContent];
  for (const node of document.querySelectorAll('*'))
    for (const name of ['aria-label', 'title', 'alt', 'placeholder', 'content'])
      if (node.hasAttribute(name)) parts.push(node.getAttribute(name));
  for (const node of document.querySelectorAll('input, textarea')) parts.push(node.value);
  return parts.join('\\n');
}"""


@dataclass
class Watched:
    """A window that is watched while it is shown one page after the other.

    Attributes:
        page: The window.
        home: Beginning of all addresses that are ours.
        dialogs: What opened a dialog of the browser.
        asked: Addresses elsewhere that were asked for.
        faults: What became a tag, and what was refused, with the page it was on.
        told: Everything that was shown, in one line.
    """

    page: Any
    home: str
    dialogs: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    told: str = ""

    def __post_init__(self) -> None:
        counted(self.page).context.add_init_script(WATCH)
        self.page.on("dialog", self._refuse)
        self.page.on("request", self._ask)

    def look(self, name: str) -> None:
        """Look at what is shown now."""
        found = self.page.evaluate(ALIEN) + self.page.evaluate("window.refused ?? []")
        self.faults += [f"{name}: {one}" for one in found]
        self.told += " " + one_line(self.page.evaluate(TOLD))

    def everything(self) -> list[str]:
        """All that is wrong."""
        return self.dialogs + self.asked + self.faults

    def _refuse(self, dialog: Any) -> None:
        self.dialogs.append(f"a dialog on {self.page.url}: {dialog.message}")
        dialog.dismiss()

    def _ask(self, request: Any) -> None:
        if not request.url.startswith((self.home, "data:", "blob:", "about:")):
            self.asked.append(f"{self.page.url} asked for {request.url}")


def one_line(text: str) -> str:
    """A text with single blanks, to be looked for."""
    return " ".join(text.split())
