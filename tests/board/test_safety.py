"""What a page loads, and what words that would be programs come to."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import expect
from tests.board.conftest import Visit
from tests.web.server import Server

MOST_BYTES_AT_FIRST = 250_000  # of all that the library needs, compressed
PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "\"><script src='http://127.0.0.1:1/x.js'></script>",
    "javascript:alert(1)",
    "'-alert(1)-'",
    "${alert(1)}",
    "{{constructor.constructor('alert(1)')()}}",
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>x</a>",
    "<style>@import 'http://127.0.0.1:1/x.css'</style>",
    "<link rel=stylesheet href=http://127.0.0.1:1/x.css>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onload=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "]]><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)

TITLE = "<b onmouseover=alert(1)>Plants</b>"


def test_the_first_screen_needs_little(built: Path) -> None:
    page = (built / "index.html").read_bytes()
    names = re.findall(r'(?:src|href)="\./(assets/[^"]+)"', page.decode())
    assert names
    sizes = [len(gzip.compress((built / one).read_bytes())) for one in names]
    assert sum(sizes) + len(gzip.compress(page)) <= MOST_BYTES_AT_FIRST


def nasty_map() -> str:
    """A map with a payload in every text it can hold."""
    words, others = iter(PAYLOADS * 2), iter(PAYLOADS * 2)

    def shown() -> str:
        return "'" + next(words).replace("'", "''") + "'"

    def word() -> str:
        return "'" + next(others).replace("'", "''") + "'"

    lanes = "[actions, pains]"
    steps = "".join(
        f"""      - id: step{n}
        name: {shown()}
        touchpoints: [place]
        statements:
          - {{id: a{n}, lane: actions, text: {shown()}}}
          - {{id: p{n}, lane: pains, text: {shown()}, source: {{kind: staff, by: {word()}}}}}
"""
        for n in range(8)
    )
    return f"""format: desirepath/map/1
id: nasty
title: {TITLE}
owner: {word()}
tags: [{word()}]
trigger: {word()}
goal: {{text: {word()}}}
purpose: {{why: {word()}, business_result: {word()}}}
scope: {{starts: {word()}, ends: {word()}}}
lanes: {lanes}
personas:
  - {{id: somebody, name: {word()}, quote: {word()}, found_us: {word()}}}
organizations:
  - {{id: partner, name: {word()}}}
stages:
  - id: stage
    name: {word()}
    goal: {word()}
    steps:
{steps}touchpoints:
  - {{id: place, name: {word()}, channel: web, promise: {word()}, process: {word()}}}
"""


def test_words_that_would_be_programs_are_words(visit: Visit, server: Server) -> None:
    server.add_map(nasty_map())
    page = visit.page("administrator", "#/")
    asked: list[str] = []
    dialogs: list[str] = []

    def refuse(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", refuse)
    page.reload()
    expect(page.get_by_role("link", name=TITLE).first).to_be_visible()
    page.goto("#/maps/nasty")
    expect(page.locator(".card-text").first).to_be_visible()
    shown = page.locator(".card-text, .head-name").all_text_contents()
    assert {one for one in PAYLOADS if one in shown} == set(PAYLOADS)
    page.locator(".board-card").first.click()
    page.keyboard.press("Space")
    expect(page.get_by_role("complementary")).to_be_visible()
    for path in ("#/personas", "#/people"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    picture = page.goto("/api/maps/nasty/thumbnail.svg")
    assert picture.status == 200
    assert b"<script" not in picture.body()
    own = f"http://127.0.0.1:{server.port}/"
    assert dialogs == []
    assert [one for one in asked if not one.startswith((own, "data:", "blob:"))] == []
