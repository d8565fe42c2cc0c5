"""Pictures of the app in the documentation, taken of the demo. Run it after the app has changed its looks.

python docs/photograph.py        needs the extra "test", Chromium, and a minute
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
PROGRAM = (sys.executable, "-m", "desirepath")
PORT = "8790"
A_JOB_MS = 300_000


@contextmanager
def served() -> Iterator[str]:
    """The address at which the first administrator of the demo comes in."""
    with tempfile.TemporaryDirectory() as folder:
        made = [*PROGRAM, "demo", "--folder", folder, "--customers", "1000"]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
        asked = [*PROGRAM, "serve", folder, "--port", PORT]
        server = subprocess.Popen(asked, stdout=subprocess.PIPE, text=True)  # noqa: S603
        try:
            told = (
                re.search(r"http\S+/first/\S+", line) for line in server.stdout or ()
            )
            yield next(found[0] for found in told if found)
        finally:
            server.terminate()
            server.wait()


def opened(page: Any, first: str) -> None:
    """Make an account, and open the map as the demo's first check found it."""
    page.set_default_timeout(A_JOB_MS)
    page.goto(first)
    page.get_by_label("Your name").fill("Kim")
    page.get_by_label("Password", exact=True).fill("a plant on every balcony")
    page.get_by_role("button", name="Make the account").click()
    page.get_by_role("link", name="I make my balcony green").click()
    page.get_by_text("Difference", exact=True).click()
    page.get_by_text("refuted").first.wait_for()
    # what was asked about stands at the end of the journey
    last = page.get_by_role("columnheader", name="I come back for more", exact=True)
    last.scroll_into_view_if_needed()


def main() -> None:
    """Take the pictures."""
    with served() as first, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(
            viewport={"width": 1600, "height": 1250}, reduced_motion="reduce"
        )
        opened(page, first)
        page.wait_for_timeout(1000)  # until nothing moves any more
        page.screenshot(path=HERE / "images/board.png")
        browser.close()


if __name__ == "__main__":
    main()
