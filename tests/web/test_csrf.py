"""Other sites cannot act in somebody's name: every route that changes something, every way they may ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from tests.web.direct import Direct, direct
from tests.web.server import MAP, PASSWORD

from desirepath.web.api.asking import COOKIE, UNSAFE
from desirepath.web.openapi import described, method_of

OWN, FOREIGN = "http://127.0.0.1", "http://evil.example"
# What a browser says of a page elsewhere that asks: site, mode, origin, content type.
FORM, PLAIN, JSON = "application/x-www-form-urlencoded", "text/plain", "application/json"  # fmt: skip
WAYS = [
    ("cross-site", "navigate", FOREIGN, FORM),
    ("cross-site", "no-cors", FOREIGN, PLAIN),
    ("cross-site", "cors", FOREIGN, JSON),
    ("cross-site", "cors", OWN, JSON),
    ("cross-site", "navigate", "null", FORM),
    ("cross-site", "navigate", "", FORM),
    ("same-site", "cors", FOREIGN, JSON),
    ("same-site", "navigate", OWN, FORM),
    ("same-site", "no-cors", "", PLAIN),
    ("none", "navigate", OWN, JSON),
    ("none", "navigate", "", FORM),
    ("same-origin", "cors", FOREIGN, JSON),
    ("same-origin", "cors", "null", JSON),
    ("same-origin", "cors", "", JSON),
    ("", "", FOREIGN, JSON),
    ("", "", "", JSON),
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Direct]:
    with direct(tmp_path_factory.mktemp("csrf")) as one:
        yield one


@pytest.fixture(scope="module")
def cookie(app: Direct) -> str:
    app.people.add("Ann", PASSWORD, "administrator")
    secret = app.people.sign_in("Ann", PASSWORD, app.clock())
    own = {"Cookie": f"{COOKIE}={secret}", "Origin": OWN, "Content-Type": "application/yaml"}  # fmt: skip
    made = app.ask("POST", "/api/maps", own, MAP.format(map_id="shop").encode())
    assert made.status == 201
    return f"{COOKIE}={secret}"


@pytest.mark.parametrize("number", range(len(WAYS)))
def test_no_route_lets_another_site_act(app: Direct, cookie: str, number: int) -> None:
    site, mode, origin, kind = WAYS[number]
    said = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Origin": origin}
    headers = {name: value for name, value in said.items() if value}
    headers |= {"Cookie": cookie, "Content-Type": kind}
    before = app.log.since("shop", 0), app.people.everyone(), app.log.maps()
    unsafe = [one for one in described(app.app.routes) if method_of(one) in UNSAFE]
    assert len(unsafe) > 12
    for one in unsafe:
        path = re.sub(r"{\w+}", "x", one.path.replace("{map}", "shop"))
        answer = app.ask(method_of(one), path, headers, b'{"name": "x"}')
        assert (answer.status, answer.data["code"]) == (403, "E716"), path
    assert before == (app.log.since("shop", 0), app.people.everyone(), app.log.maps())


def test_our_own_pages_and_programs_may(app: Direct, cookie: str) -> None:
    version = "/api/maps/shop/versions"
    own = {"Cookie": cookie, "Origin": OWN, "Content-Type": JSON}
    made = app.ask("POST", version, own | {"Sec-Fetch-Site": "same-origin"}, b'{"name": "a"}')  # fmt: skip
    assert made.status == 201
    (ann,) = app.people.everyone()
    secret = app.people.new_token(ann.id, "script", app.clock() + 10**12)[0]
    program = {"Authorization": f"Bearer {secret}", "Content-Type": JSON}
    assert app.ask("POST", version, program, b'{"name": "b"}').status == 201
