"""The tutorial "From belief to what to fix first", done in the browser exactly as it is written."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.board.conftest import ROOT, Visit
from tests.web.jobs import shop
from tests.web.server import Server, running

TEXT = (ROOT / "docs/tutorials/first-priorities.md").read_text(encoding="utf-8")
DONE = re.compile(r"`([^`]+)` into \*\*([^*]+)\*\*|\*\*([^*]+)\*\*|\*([^*]+)\*")
PRESSED = ("button", "link", "radio", "tab")
A_JOB_MS = 120_000


def steps() -> list[str]:
    """The numbered lines."""
    found = re.findall(r"^(\d+)\. (.+)$", TEXT, re.MULTILINE)
    assert [int(number) for number, _ in found] == list(range(1, len(found) + 1))
    return [line for _, line in found]


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server as the command of the tutorial starts it, with fewer customers."""
    folder = tmp_path_factory.mktemp("tutorial")
    with running(folder, project=shop.project(folder), with_jobs=True) as one:
        shop.take_map(one.log)
        yield one


def press(page: Any, name: str) -> None:
    """Press what has a name, or whose name begins with it."""
    for is_exact in (True, False):
        named = name if is_exact else re.compile(f"^{re.escape(name)}")
        found = page.get_by_role(PRESSED[0], name=named, exact=is_exact)
        for role in PRESSED[1:]:
            found = found.or_(page.get_by_role(role, name=named, exact=is_exact))
        there = found.locator("visible=true")
        if is_exact:
            try:
                expect(there.first).to_be_visible(timeout=5_000)
            except AssertionError:
                continue
        one = there.first
        # what a job makes can be pressed when that has ended
        expect(one).to_be_visible(timeout=A_JOB_MS)
        is_choice = (
            one.get_attribute("type") == "radio"
        )  # its label is what people press
        (one.locator("xpath=ancestor::label") if is_choice else one).click()
        return


def test_the_tutorial_is_true(visit: Visit, server: Server) -> None:
    key = server.people.first_key(server.clock())
    page = visit.page(None, f"#/first/{key}")
    for line in steps():
        for typed, field, pressed, seen in DONE.findall(line):
            if field:
                page.get_by_label(field, exact=True).fill(typed)
            elif pressed:
                press(page, pressed)
            else:
                words = re.compile(re.escape(seen))
                told = page.get_by_text(words).locator("visible=true").first
                expect(told).to_be_visible(timeout=A_JOB_MS)


def test_the_command_of_the_tutorial_is_one() -> None:
    (command,) = re.findall(r"^desirepath (demo .+)$", TEXT, re.MULTILINE)
    reference = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    options = [one for one in shlex.split(command) if one.startswith("--")]
    assert options
    assert [one for one in options if one not in reference] == []
