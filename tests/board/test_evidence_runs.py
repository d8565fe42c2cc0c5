"""The room of evidence: what there is, what runs, what failed, and what is done on a schedule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.board.conftest import ROLES, Visit, password_of
from tests.web.jobs import shop
from tests.web.server import MAP, Server, running

from desirepath.errors import Problem
from desirepath.web.jobs.results import Extent, ReadSource

HOSTILE = "<img src=x onerror=alert(1)>"
LONG = "W" * 150 + "رحلة"


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the project of the shop, where jobs run."""
    folder = tmp_path_factory.mktemp("evidence")
    with running(folder, project=shop.project(folder), with_jobs=True) as one:
        for role in ROLES:
            one.people.add(role.title(), password_of(role), role)  # type: ignore[arg-type]
        shop.take_map(one.log)
        one.add_map(MAP.format(map_id="unbound"))
        fill(one)
        yield one


def fill(server: Server) -> None:
    """Results and a failed job with the worst names there are."""
    runner, now_us = server.app.state.runner, server.clock()
    verdicts = [{"verdict": word} for word in ("confirmed", "confirmed", "refuted")]
    runner.results.add(
        shop.MAP, "check", {"report": {"verdicts": verdicts}}, seq=0, epoch="epoch", made_us=now_us, by=HOSTILE,
        sources=[ReadSource(f"{LONG}.csv", "ab" * 32, 9)], extent=Extent(1234, 9, "2025-04-01", "2025-09-01"),
    )  # fmt: skip
    runner._stops.set()  # so that nothing claims the job before it has failed
    runner._thread.join()
    asked = runner.jobs.ask(shop.MAP, "analyze", {}, LONG, "", now_us)
    claimed = runner.jobs.claim(runner.log.server, now_us)
    assert claimed is not None
    assert claimed.id == asked.id
    problem = Problem("E223", f"no column is called {HOSTILE}", f"{LONG}.csv:3", "Name another.")  # fmt: skip
    runner.jobs.end(claimed, "failed", now_us, [problem])
    runner._stops.clear()
    runner.start()


def test_results_are_asked_for_followed_and_taken(
    server: Server, visit: Visit, page: Callable[..., Any]
) -> None:
    sheet = page("facilitator", f"#/maps/{shop.MAP}/evidence")
    check = sheet.get_by_role("article", name="Check", exact=True)
    expect(check).to_contain_text("2 confirmed")
    expect(check).to_contain_text("1,234 cases, Apr 1, 2025 to Sep 1, 2025")
    expect(check).to_contain_text(f"asked for by {HOSTILE}")
    expect(check).to_contain_text("The map is as it was judged.")
    history = sheet.get_by_role("region", name="History")
    expect(history).to_contain_text(f"no column is called {HOSTILE} [E223]. Name another.")  # fmt: skip
    assert visit.faults(sheet) == []
    server.clock.us += 1_000_000
    # keys alone: ask for drafts, follow them, take one as a map
    sheet.get_by_role("button", name="Discover", exact=True).focus()
    sheet.keyboard.press("Enter")
    drafts = sheet.get_by_role("article", name="Drafts", exact=True)
    expect(drafts.get_by_role("progressbar")).to_be_visible()
    take = sheet.get_by_role("button", name="Take as a new map").first
    expect(take).to_be_visible(timeout=90_000)
    expect(drafts.get_by_role("progressbar")).to_have_count(0)
    expect(history.get_by_role("listitem").first).to_contain_text("Drafts")
    expect(history.get_by_role("listitem").first).to_contain_text("Done")
    take.focus()
    sheet.keyboard.press("Enter")
    expect(sheet.get_by_role("link", name="Open it")).to_be_visible()
    # a job that is wanted no longer
    server.clock.us += 1_000_000
    sheet.get_by_role("button", name="Check now").click()
    sheet.get_by_role("button", name="Cancel: Check").click()
    expect(history.get_by_role("listitem").first).to_contain_text("Cancelled")
    # when it is checked by itself
    sheet.get_by_role("button", name="How often").click()
    sheet.get_by_role("option", name="Every Monday").click()
    sheet.get_by_role("button", name="Save").click()
    expect(sheet.get_by_role("region", name="Checked on a schedule")).to_contain_text("Every Monday. Next time:")  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_room_is_read_by_everybody(
    scheme: str, visit: Visit, page: Callable[..., Any]
) -> None:
    narrow = page("viewer", f"#/maps/{shop.MAP}/evidence", width=320, language="de-DE", scheme=scheme)  # fmt: skip
    expect(narrow.get_by_role("heading", name="Verlauf")).to_be_visible()
    expect(narrow.get_by_role("button", name="Jetzt prüfen")).to_have_count(0)
    narrow.get_by_text("Aus 1 Quelle").click()
    wide = narrow.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320
    room = narrow.locator(".evidence-room")
    assert room.evaluate("node => node.scrollWidth - node.clientWidth") <= 0
    assert visit.faults(narrow) == []


def test_a_map_without_events_says_what_to_do(page: Callable[..., Any]) -> None:
    sheet = page("editor", "#/maps/unbound/evidence")
    expect(sheet.get_by_role("heading", name="No step is bound to events yet")).to_be_visible()  # fmt: skip
    expect(sheet.get_by_role("link", name="Choose events of steps")).to_be_visible()
    expect(sheet.get_by_role("button", name="Check now")).to_have_count(0)
    expect(sheet.get_by_role("button", name="Discover", exact=True)).to_be_enabled()
