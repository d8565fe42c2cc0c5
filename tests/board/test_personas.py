"""Personas all maps share: written, pictured, linked, taken off and brought back."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from playwright.sync_api import expect
from tests.board.conftest import MAP, Visit
from tests.web.server import Server


def shared(server: Server) -> dict[str, Any]:
    board = server.log.load("_shared").board
    return {card.id: dict(card.fields) for card in board.row("map", "persona")}


def test_a_persona_is_written_and_known_by_maps(visit: Visit, server: Server) -> None:
    page = visit.page("editor", "#/personas")
    expect(page.get_by_role("heading", name="No persona yet")).to_be_visible()
    page.get_by_role("button", name="New persona").click()
    page.keyboard.type("Jana, balcony beginner")
    page.get_by_label("How did they find us?").fill("An ad")
    page.get_by_label("What do they like?").fill("plants\nquiet")
    page.get_by_label("Says").fill("Will it live?")
    page.get_by_label("Traits").fill("patience")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Each line needs a value from 1 to 5")).to_be_visible()
    page.get_by_label("Traits").fill("patience 2")
    photo = io.BytesIO()
    Image.new("RGB", (300, 300), "#7a4cc2").save(photo, "PNG")
    chosen = {"name": "jana.png", "mimeType": "image/png", "buffer": photo.getvalue()}
    page.locator("input[type=file]").set_input_files(chosen)
    expect(page.get_by_role("dialog").locator("img")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    card = page.get_by_role("listitem").filter(has_text="balcony beginner")
    expect(card.get_by_text("plants · quiet")).to_be_visible()
    assert card.locator("img").evaluate("one => one.decode().then(() => one.naturalWidth)") == 300  # fmt: skip
    (fields,) = shared(server).values()
    image = fields.pop("image")
    assert len(image) == 64
    assert fields == {
        "name": "Jana, balcony beginner",
        "found_us": "An ad",
        "likes": ["plants", "quiet"],
        "says": ["Will it live?"],
        "traits": [{"name": "patience", "value": 2}],
    }
    lead = server.person("Fay", "facilitator")
    link = {"do": "add", "ref": "persona:jana-balcony-beginner"}
    assert lead.ask("POST", f"/api/maps/{MAP}/edits", link).status == 200
    page.reload()
    expect(card.get_by_role("link", name="I make my balcony green")).to_be_visible()

    card.get_by_role("button", name="Edit Jana").click()
    page.get_by_role("button", name="Take off").click()
    expect(page.get_by_role("heading", name="No persona yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(card).to_be_visible()
