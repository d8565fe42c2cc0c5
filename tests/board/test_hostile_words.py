"""Words that would be programs, in every field and every imported name, on every page and in every file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from tests.board.conftest import Visit
from tests.board.hostile_fields import ELSEWHERE, unfilled
from tests.board.hostile_pages import Watched, one_line
from tests.board.hostile_world import World, hostile_world
from tests.board.payloads import FEW, PAYLOADS, Words
from tests.board.screens import SCREENS, Screen
from tests.web.server import running

from desirepath.web.api.asking import COOKIE

ROUNDS = 4
# Screens that guests with a link may open.
OF_GUESTS = ("board", "findings", "flow", "story", "comments", "proposals", "plan", "votes", "scoring")  # fmt: skip
# Words that no screen shows, and why not.
UNSEEN = {
    r"map\.persona\..*|shared\.(role|category|jobs|brands)": "pictures of personas show them, and the table of touchpoints",
    r"organization\.role|touchpoint\.physical_evidence": "only the file of the map shows them",
    r"person\.lanes|series\.name": "others were given in their place",
    r"draft\.(trigger|goal|why|starts|ends)": "the details of that map show them, as those of any other",
    r"story\.\d": "it was accepted, and is evidence now",
}  # fmt: skip
# Words that are shown otherwise than they were given: without what looks private, or as a board of notes wrote them.
ALTERED = re.compile(r"answers\.comment\.\d|note\.\d")


@contextmanager
def filled(folder: Path, words: Words) -> Iterator[World]:
    """A server of its own that is full of such words."""
    for name in ("project", "jobs"):
        (folder / name).mkdir()
    with running(folder, project=folder / "project", with_jobs=True) as server:
        yield hostile_world(server, words, "hostile", folder / "jobs")


@pytest.fixture(scope="module")
def world(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with filled(tmp_path_factory.mktemp("hostile"), Words(FEW)) as one:
        yield one


def window(visit: Visit, world: World, cookie: str) -> Watched:
    """A window of somebody who has come in, which is watched."""
    visit.server = world.server
    page = visit.page(None, "about:blank", height=1000)
    home = f"http://127.0.0.1:{world.server.port}/"
    if cookie:
        page.context.add_cookies([{"name": COOKIE, "value": cookie, "url": home, "sameSite": "Strict"}])  # fmt: skip
    return Watched(page, home)


def shown(visit: Visit, world: World, screens: tuple[Screen, ...]) -> tuple[list[str], str]:  # fmt: skip
    """What is wrong on any of some screens, and everything they told."""
    visit.expect("status of 404", "status of 401")
    inside, outside, guest = (window(visit, world, one) for one in (world.lead.cookie, "", world.names["guest"]))  # fmt: skip
    names = world.names | {"map": world.map_id, "reading": "low_points"}
    for screen in screens:
        watched = inside if screen.is_inside else outside
        screen.show(watched.page, names)
        watched.look(screen.name)
    for screen in screens:
        if screen.name in OF_GUESTS:
            screen.show(guest.page, names)
            guest.look(f"{screen.name}, for guests")
    windows = (inside, outside, guest)
    return [fault for one in windows for fault in one.everything()], " ".join(one.told for one in windows)  # fmt: skip


def unseen(words: Words, told: str) -> list[str]:
    """Fields whose words stand on no screen."""
    found = []
    for name, text in words.given.items():
        mark = text.rpartition(" ")[2]
        is_there = mark in told if ALTERED.fullmatch(name) else one_line(text) in told
        is_cut = f"{one_line(text)[:40]}" in told and "…" in told
        if not (is_there or is_cut or any(re.fullmatch(one, name) for one in UNSEEN)):
            found.append(name)
    return found


def test_words_that_would_be_programs_stay_words(visit: Visit, world: World) -> None:
    pages = tuple(one for one in SCREENS if one.opened is None)
    assert len(pages) > 35
    wrong, _ = shown(visit, world, pages)
    assert wrong == []


def test_every_field_of_the_api_that_takes_words_was_given_such_words(
    world: World,
) -> None:
    missed = unfilled(world)
    assert [one for one in missed if not any(re.fullmatch(each, one) for each in ELSEWHERE)] == []  # fmt: skip
    assert [each for each in ELSEWHERE if not any(re.fullmatch(each, one) for one in missed)] == []  # fmt: skip
    world = replace(world, sent=[one for one in world.sent if not one[1].endswith("/threads")])  # fmt: skip
    assert "POST /api/maps/{map}/threads text" in unfilled(world)


@pytest.mark.nightly
@pytest.mark.parametrize("number", range(ROUNDS))
def test_every_payload_stays_words_on_every_screen_and_dialog(
    built: Path, visit: Visit, tmp_path: Path, number: int
) -> None:
    words = Words(PAYLOADS, turn=number * len(PAYLOADS) // ROUNDS)
    with filled(tmp_path, words) as world:
        wrong, told = shown(visit, world, SCREENS)
        visit.complaints += visit.close()
        visit.contexts.clear()
    assert wrong == []
    assert unseen(words, told) == []
    given = " ".join(words.given.values())
    assert [one for one in PAYLOADS if one_line(one) not in given] == []
