"""Every screen and every dialog: nothing on it hinders people seriously, whatever the look, and nothing is too small."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.board.conftest import AXE, Visit
from tests.board.hostile_world import World, hostile_world
from tests.board.payloads import FEW, Words
from tests.board.screens import SCREENS, counted
from tests.web.server import MAP, Caller, Server, running

from desirepath.web.api.asking import COOKIE

pytestmark = pytest.mark.nightly
LOOKS = {
    "light": {"width": 1280, "scheme": "light"},
    "dark": {"width": 1280, "scheme": "dark"},
    "narrow": {"width": 320, "scheme": "light"},
    "narrow and dark": {"width": 320, "scheme": "dark"},
}
# Small targets count too: at least 24 pixels, or as much room around them.
FAULTS = """async () => (await axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})).violations
  .filter(one => ['serious', 'critical'].includes(one.impact))
  .map(one => one.id + ': ' + one.nodes.map(node => node.target.join(' ')).join(', '))"""
# What a narrow page has no place for: there rows are arranged from the menu of the board.
WIDE_ONLY = ("lanes",)
IS_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(scope="module")
def full(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A server with everything, and hostile words in it."""
    folder = tmp_path_factory.mktemp("screens")
    for name in ("project", "jobs"):
        (folder / name).mkdir()
    with running(folder, project=folder / "project", with_jobs=True) as server:
        yield hostile_world(server, Words(FEW), "hostile", folder / "jobs")


@pytest.fixture(scope="module")
def bare(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Caller]]:  # fmt: skip
    """A server with one map about which nothing is known."""
    folder = tmp_path_factory.mktemp("bare")
    with running(folder, project=folder, with_jobs=True) as server:
        server.add_map(MAP.format(map_id="bare"))
        yield server, server.person("Ann", "administrator")


def faults(visit: Visit, server: Server, lead: Caller, names: dict[str, str], look: str, has_data: bool) -> list[str]:  # fmt: skip # noqa: FBT001
    """What hinders people on any screen."""
    visit.server = server
    visit.expect("status of 404", "status of 401")
    home = f"http://127.0.0.1:{server.port}/"
    inside, outside = (counted(visit.page(None, "about:blank", **LOOKS[look])) for _ in range(2))  # type: ignore[arg-type] # fmt: skip
    inside.context.add_cookies([{"name": COOKIE, "value": lead.cookie, "url": home, "sameSite": "Strict"}])  # fmt: skip
    axe, found = AXE.read_text(encoding="utf-8"), []
    for screen in SCREENS:
        if screen.needs == "data" and not has_data:
            continue
        if "narrow" in look and screen.name in WIDE_ONLY:
            continue
        page = inside if screen.is_inside else outside
        screen.show(page, names)
        page.evaluate(axe)
        found += [f"{screen.name}: {one}" for one in page.evaluate(FAULTS)]
        if page.evaluate(IS_WIDE):
            found.append(f"{screen.name} must be moved sideways")
    return found


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_hinders_people_on_a_screen_full_of_data(visit: Visit, full: World, look: str) -> None:  # fmt: skip
    if not AXE.is_file():
        pytest.skip("axe-core is not installed in frontend")
    names = full.names | {"map": full.map_id, "reading": "low_points"}
    assert faults(visit, full.server, full.lead, names, look, has_data=True) == []


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_hinders_people_where_nothing_is_known_yet(
    visit: Visit, bare: tuple[Server, Caller], look: str
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed in frontend")
    server, lead = bare
    link = lead.ask("POST", "/api/maps/bare/links", {"role": "viewer"}).data["secret"]
    assert faults(visit, server, lead, {"map": "bare", "link": link}, look, has_data=False) == []  # fmt: skip
