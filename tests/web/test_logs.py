"""What a server tells of itself: every request and event, and no secret or text of anybody."""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path

import pytest
from tests.web.server import MAP, PASSWORD, Clock, running
from websockets.exceptions import ConnectionClosed

from desirepath.web.logs import Handler, Journal, Kind

CANARY = "Zitronenfalter"


@pytest.mark.parametrize("kind", ["json", "text"])
def test_no_secret_and_no_text_stands_in_the_log(tmp_path: Path, kind: Kind) -> None:
    to = io.StringIO()
    with running(tmp_path, say=Journal(kind, Clock(), to)) as server:
        secrets = [PASSWORD, CANARY, f"p{CANARY}p" * 3]
        key = server.people.first_key(server.clock())
        first = {"key": key, "name": CANARY, "password": PASSWORD}
        ann = server.caller().signed_in("/api/first", first)
        made = MAP.format(map_id="shop").replace("I order a plant", CANARY)
        assert ann.ask("POST", f"/api/maps?secret={CANARY}", made).status == 201
        link = ann.ask("POST", "/api/maps/shop/links", {"role": "editor"}).data
        token = ann.ask("POST", "/api/keys", {"name": CANARY}).data
        asked = {"name": CANARY, "password": f"p{CANARY}p" * 3}
        assert server.caller().ask("POST", "/api/session", asked).status == 401
        guest = server.caller().signed_in("/api/guest", {"link": link["secret"], "name": CANARY})  # fmt: skip
        ann.ask("GET", f"/{CANARY}")
        ann.ask("GET", f"/api/maps/{CANARY}")
        ann.ask("POST", "/api/maps", f"id: [{CANARY}")
        edit = {"do": "change", "ref": "step:pay", "field": "name", "value": CANARY}
        with guest.live("shop", {"client": CANARY}) as page:
            page.hear("hello")
            page.say(say="edit", n=1, edit=edit)
            page.hear("saved")
        with guest.live("shop", CANARY) as page, pytest.raises(ConnectionClosed):
            page.hear("hello")
        secrets += [key, ann.cookie, guest.cookie, link["secret"], token["secret"]]
    lines = to.getvalue().splitlines()
    assert [one for one in secrets if one in to.getvalue()] == []
    assert any("sign-in refused" in one and "127.0.0.1" in one for one in lines)
    assert any("socket closed" in one for one in lines)
    if kind == "json":
        events = [json.loads(one) for one in lines]
        asked_for = {(one.get("method"), one.get("route"), one.get("status")) for one in events}  # fmt: skip
        assert ("POST", "/api/maps", 201) in asked_for
        assert ("POST", "/api/session", 401) in asked_for
        assert ("GET", "/api/maps/{map}", 404) in asked_for
        assert all(one["at"] == "2023-11-14T22:13:20.000Z" for one in events)


def test_an_error_of_a_library_is_told_without_its_text() -> None:
    to = io.StringIO()
    logger = logging.Logger("uvicorn.error")  # noqa: LOG001 - one of its own
    logger.addHandler(Handler(Journal("json", Clock(), to)))
    try:
        int(CANARY)
    except ValueError:
        logger.exception("Exception in ASGI application\n")
    told = json.loads(to.getvalue())
    assert CANARY not in to.getvalue()
    assert (told["event"], told["error"]) == ("error", "ValueError")
    assert told["what"] == "Exception in ASGI application"
    assert "web/test_logs.py:" in told["where"]
