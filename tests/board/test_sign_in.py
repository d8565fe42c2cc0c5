"""Coming in, going, and the frame around every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect


def test_the_first_page_shows_the_maps(page: Callable[..., Any]) -> None:
    expect(page("editor").get_by_role("heading", name="Maps")).to_be_visible()
