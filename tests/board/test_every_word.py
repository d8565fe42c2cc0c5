"""Every word of the app is in its lists, and has the room that longer languages need: tried with words of no language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error
from tests.board import screens
from tests.board.conftest import MAP, ROLES, Visit, password_of
from tests.board.hostile_world import World, hostile_world
from tests.board.payloads import Words
from tests.board.screens import ON_BOARD, SCREENS, WRITTEN, Screen
from tests.web.server import Server, running

from desirepath.web.api.asking import COOKIE

VOWELS, LONGER = (
    "aeiouAEIOUy",
    ["åä", "éë", "íï", "óö", "úü", "ÅÄ", "ÉË", "ÍÏ", "ÓÖ", "ÚÜ", "ýÿ"],
)
ESCAPED = re.compile(r"\\(.)")
# Pages that the server writes speak the language of the map or of the browser.
OURS = tuple(one for one in SCREENS if one not in WRITTEN)
FEW = (
    "sign in", "library", "new", "people", "new person", "personas", "board", "sharing", "runs",
    "binding", "findings", "comments", "review", "plan", "numbers",
)  # fmt: skip
NARROW_PX = 320
NARROW = ("library", "board", "runs", "findings", "numbers")
LEAST_SCREENS = 50
# What is called the same in every language.
# "and" stands between names, "Dismiss" is of the library of fields, which has languages of its own.
OWN = (
    "and",
    "Dismiss",
    "harmless",
    "English",
    "Deutsch",
    "العربية",
    "日本語",
    "desirepath",
    *(role.title() for role in ROLES),
)
# All that the server answers and tells, as it comes.
HEAR = """
  window.heard = [];
  const asking = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await asking(...asked);
    window.heard.push(await answer.clone().text().catch(() => ''));
    return answer;
  };
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', event => window.heard.push(String(event.data)));
    }
  };
"""
# Texts and labels without marks that are no data, and words that are cut off. Letters in marks are of a
# list; what the server answered, days, and the names of languages are none.
LOOK = """(given) => {
  const even = text => text.replace(/[\\s_]+/gu, ' ').trim().toLowerCase();
  const known = new Set(given.map(even));
  const take = value => {
    if (typeof value === 'string') known.add(even(value));
    else if (value && typeof value === 'object') for (const [key, one] of Object.entries(value)) { known.add(key.length > 30 ? key : ''); take(one); }
  };
  for (const text of window.heard ?? []) { try { take(JSON.parse(text)); } catch { /* no data */ } }
  const all = [...known].join('\\n');
  const letters = /\\p{L}{2,}/u;
  const days = /^(\\p{Lu}\\p{Ll}{2}( \\d+)?|[AP]M|(in )?\\d+ \\p{L}+( ago)?|(this|last|next) \\p{L}+|yesterday|today|tomorrow|now)$/u;
  const plain = text => {
    let before = '';
    while (before !== text) { before = text; text = text.replace(/⟦[^⟦⟧]*⟧/gu, ' ¦ '); }
    return text.replace(/\\s+/gu, ' ').trim();
  };
  const isKnown = text => known.has(text) || (text.length > 14 && all.includes(text));
  const isData = text => !letters.test(text) || days.test(text) || isKnown(even(text)) || isKnown(even(text).replace(/[.…]+$/u, ''));
  // from large parts to small ones, so that what people wrote is not taken apart
  const between = [/¦/u, /\\. |\\.$|[“”"–→]/u, /[·;()]/u, /[:=+<>\\/%]/u, /,/u];
  const bare = text => text.replace(/^[\\s:,;.·]+|[\\s:,;·]+$/gu, '');
  const isTold = (text, level = 0) => isData(bare(text)) || (level < between.length && text.split(between[level]).every(part => isTold(part, level + 1)));
  const rest = text => {
    const left = plain(text);
    return isTold(left) || isTold(left.replace(/harmless w\\d+w/giu, ' ¦ ')) ? '' : left.slice(0, 90);
  };
  const at = node => `${node.tagName.toLowerCase()}.${node.className}`;
  const isShown = node => node.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!parent || parent.closest('script, style, template, code, kbd, pre, svg, textarea, .badge-letters') || !isShown(parent)) continue;
    const left = rest(node.textContent);
    if (left) found.push(`in no list: ${left} (${at(parent)})`);
    if (!node.textContent.includes('⟦')) continue;
    for (let one = parent; one && one !== document.body; one = one.parentElement) {
      const {overflowX, textOverflow} = getComputedStyle(one);
      if (one.getBoundingClientRect().width <= 2 || ['auto', 'scroll'].includes(overflowX)) break;
      const isCut = ['hidden', 'clip'].includes(overflowX) || textOverflow === 'ellipsis';
      if (isCut && one.scrollWidth > one.clientWidth + 1) {
        found.push(`cut off: ${node.textContent.slice(0, 60)} (${at(one)}, ${one.scrollWidth} > ${one.clientWidth})`);
        break;
      }
    }
  }
  for (const node of document.querySelectorAll('[aria-label], [title], [placeholder], img[alt]')) {
    if (!isShown(node) || node.closest('svg')) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      const left = rest(node.getAttribute(name) ?? '');
      if (left) found.push(`in no list: ${left} (${name} of ${at(node)})`);
    }
  }
  const page = document.scrollingElement;
  if (page.scrollWidth > page.clientWidth + 1) found.push(`wider than the window: ${page.scrollWidth} > ${page.clientWidth}`);
  return [...new Set(found)];
}"""


def lengthened(text: str) -> str:
    """Words as `?lang=x-pseudo` shows them, without their marks."""
    return "".join(LONGER[VOWELS.index(one)] if one in VOWELS else one for one in text)


class Lengthened:
    """A window in which what is looked up by its English name is found under its lengthened one."""

    def __init__(self, page: Any, home: str) -> None:
        self._page = page
        self._home = home

    def __getattr__(self, name: str) -> Any:
        return getattr(self._page, name)

    def goto(self, address: str, **more: Any) -> None:
        """Go to an address of the app."""
        own = address.startswith("#")
        target = f"{self._home}?lang=x-pseudo{address}" if own else address
        self._page.goto(target, **more)

    def get_by_role(self, role: str, *, name: Any = None, **more: Any) -> Any:
        """What has a role, and a name that begins like this."""
        if name is None:
            return self._page.get_by_role(role, **more)
        text = name if isinstance(name, str) else name.pattern
        begins = "^⟦*" if text.startswith("^") else ""
        plain = ESCAPED.sub(r"\1", text.removeprefix("^"))
        wanted = re.compile(begins + re.escape(lengthened(plain)))
        return self._page.get_by_role(role, name=wanted, **more)


@pytest.fixture(scope="module")
def world(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A map with everything around it, in words without harm."""
    folder = tmp_path_factory.mktemp("words")
    for name in ("project", "jobs"):
        (folder / name).mkdir()
    with running(folder, project=folder / "project", with_jobs=True) as one:
        yield hostile_world(one, Words(("harmless",)), "words", folder / "jobs")


@dataclass(frozen=True)
class Place:
    """Where screens are visited, and what stands there that is in no list.

    Attributes:
        home: Address of the server.
        cookie: Of somebody who may see all.
        names: What stands in addresses.
        data: Words of people.
    """

    home: str
    cookie: str
    names: Mapping[str, str]
    data: tuple[str, ...] = ()

    def window(self, visit: Visit, width: int, cookie: str) -> Any:
        """A window of somebody with a cookie, of nobody without one."""
        page = visit.page(None, "about:blank", width=width, height=1000)
        if cookie:
            one = {"name": COOKIE, "value": cookie, "url": self.home, "sameSite": "Strict"}  # fmt: skip
            page.context.add_cookies([one])
        page.context.add_init_script(HEAR)
        return screens.counted(page)


def wrong_on(
    visit: Visit, place: Place, shown: Sequence[Screen], width: int
) -> list[str]:
    """What is in no list, or cut off, on some screens."""
    visit.expect("status of 404", "status of 401")
    told = [" ".join(one.split()) for one in (*place.data, *place.names.values(), *OWN)]
    inside, outside = (place.window(visit, width, one) for one in (place.cookie, ""))
    found = []
    for screen in shown:
        page = Lengthened(inside if screen.is_inside else outside, place.home)
        try:
            screen.show(page, place.names)
        except (AssertionError, Error) as error:
            found.append(f"{screen.name} ({width}): not shown: {str(error)[:200]}")
            continue
        found += [f"{screen.name} ({width}): {one}" for one in page.evaluate(LOOK, told)]  # fmt: skip
    return found


def test_words_are_of_the_lists_and_have_room(visit: Visit, server: Server) -> None:
    secret = server.people.sign_in("Administrator", password_of("administrator"), server.clock())  # fmt: skip
    place = Place(f"http://127.0.0.1:{server.port}/", secret, {"map": MAP})
    for width, names in ((1280, FEW), (320, NARROW)):
        shown = [one for one in OURS if one.name in names]
        assert len(shown) == len(names)
        assert "\n".join(wrong_on(visit, place, shown, width)) == ""


@pytest.mark.nightly
@pytest.mark.parametrize("width", [1280, 320])
def test_every_word_is_of_the_lists_and_has_room(
    visit: Visit, world: World, width: int
) -> None:
    # what is opened on the board with keys is reached otherwise where it is a list
    shown = [one for one in OURS if width > NARROW_PX or one not in ON_BOARD or not one.opened]  # fmt: skip
    assert len(shown) >= LEAST_SCREENS
    names = world.names | {"map": world.map_id, "reading": "low_points"}
    place = Place(f"http://127.0.0.1:{world.server.port}/", world.lead.cookie, names, tuple(world.words.given.values()))  # fmt: skip
    assert "\n".join(wrong_on(visit, place, shown, width)) == ""
