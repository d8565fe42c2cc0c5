"""How often somebody may try, how much they may send, and that ended rights end at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.server import MAP, PASSWORD, Caller, Server, running
from websockets.exceptions import ConnectionClosed

from desirepath.web.throttle import MINUTE_US, Throttle, TooManyError

SECOND_US = 1_000_000


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(tmp_path) as one:
        ann = one.person("Ann", "administrator")
        assert ann.ask("POST", "/api/maps", MAP.format(map_id="shop")).status == 201
        yield one


def tried(throttle: Throttle, name: str, address: str, now_us: int) -> int:
    """Seconds to wait, 0 where the try is allowed."""
    try:
        throttle.refuse_many(address, name, now_us)
    except TooManyError as error:
        return error.wait_s
    return 0


def test_five_tries_a_name_in_any_minute() -> None:
    throttle = Throttle()
    for number in range(5):
        assert tried(throttle, "Ann", f"a{number}", number * SECOND_US) == 0
    assert tried(throttle, "Ann", "b", 5 * SECOND_US) == 55
    assert tried(throttle, "Ben", "b", 5 * SECOND_US) == 0
    assert tried(throttle, "Ann", "b", MINUTE_US - 1) == 1
    assert tried(throttle, "Ann", "b", MINUTE_US) == 0
    assert tried(throttle, "Ann", "b", MINUTE_US) == 1


@pytest.mark.parametrize("name", ["ANN  B", " Ann B", "Ann\tB ", "ann b"])
def test_another_way_to_write_a_name_gives_no_more_tries(name: str) -> None:
    throttle = Throttle()
    for number in range(5):
        tried(throttle, "Ann B", f"a{number}", 0)
    assert tried(throttle, name, "b", 0) == 60


def test_twenty_tries_an_address_whatever_the_names() -> None:
    throttle = Throttle()
    waits = [tried(throttle, f"name {number}", "a", 0) for number in range(21)]
    assert waits == [0] * 20 + [60]
    assert tried(throttle, "Ann", "b", 0) == 0


def test_a_whole_room_comes_in_by_one_link_and_guesses_are_counted(
    server: Server,
) -> None:
    secret, _ = server.people.new_link("shop", "viewer", server.clock() + 10**12, "open")  # fmt: skip

    def come(password: str) -> int:
        asked = {"link": secret, "name": "Gus", "password": password}
        return server.caller().ask("POST", "/api/guest", asked).status

    assert {come("open") for _ in range(25)} == {200}
    assert [come("guess") for _ in range(6)] == [403] * 5 + [429]
    assert come("open") == 429  # for the rest of the minute
    server.clock.us += MINUTE_US
    assert come("open") == 200


def test_many_names_do_not_make_it_forget_the_last_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("desirepath.web.throttle.MOST_KNOWN", 50)
    throttle = Throttle()
    for number in range(5):
        tried(throttle, "Ann", f"a{number}", 0)
    for number in range(200):
        tried(throttle, f"name {number}", f"b{number}", SECOND_US)
    assert tried(throttle, "Ann", "c", SECOND_US) == 59
    assert tried(throttle, "Ann", "c", 3 * MINUTE_US) == 0
    assert len(throttle._tries) < 10


def test_a_program_is_told_how_long_to_wait(server: Server) -> None:
    wrong = {"name": "Ann", "password": "wrong" * 4}
    for _ in range(5):
        server.caller().ask("POST", "/api/session", wrong)
    server.clock.us += 10 * SECOND_US
    answer = server.caller().ask("POST", "/api/session", wrong)
    assert (answer.status, answer.data["code"]) == (429, "E709")
    assert answer.headers["retry-after"] == "50"
    assert answer.data["detail"] == "Wait 50 seconds."


def test_a_wrong_name_costs_as_much_work_as_a_wrong_password(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    fits = server.people._fits

    def counted(known: str, password: str) -> bool:
        hashed.append(known[:20])
        return fits(known, password)

    monkeypatch.setattr(server.people, "_fits", counted)
    for name in ("Ann", "Nobody"):
        asked = {"name": name, "password": "wrong" * 4}
        assert server.caller().ask("POST", "/api/session", asked).status == 401
    assert len(hashed) == 2
    assert hashed[0] == hashed[1]


def test_signing_in_anew_ends_the_session_before(server: Server) -> None:
    asked = {"name": "Ann", "password": PASSWORD}
    first = server.caller().signed_in("/api/session", asked)
    second = first.signed_in("/api/session", asked)
    assert first.cookie != second.cookie
    assert len(second.cookie) >= 22  # 128 bits and more
    assert first.ask("GET", "/api/maps").status == 401
    assert second.ask("GET", "/api/maps").status == 200


def test_what_is_too_large_or_too_deep_is_refused(server: Server) -> None:
    ann = server.caller().signed_in("/api/session", {"name": "Ann", "password": PASSWORD})  # fmt: skip
    large = json.dumps({"name": "x" * 70_000, "password": ""})
    deep = "[" * 100_000
    nested: dict[str, Any] = {"do": "mark_gone", "ref": "stage:buy"}
    for _ in range(20):
        nested = {"do": "together", "edits": [nested]}
    table = (
        (server.caller(), "/api/session", large, 413, "E707"),
        (ann, "/api/session", deep, 415, "E717"),
        (ann, "/api/maps/shop/edits", f'{{"do": {deep}', 415, "E717"),
        (ann, "/api/maps/shop/edits", json.dumps(nested), 400, "E107"),
        (ann, "/api/maps/shop/edits", json.dumps({"do": "x" * 2_000_001}), 413, "E707"),
        (ann, "/api/maps", "x" * 2_000_001, 413, "E707"),
    )
    for caller, path, body, status, code in table:
        answer = caller.ask("POST", path, body, Content_Type="application/json")
        assert (answer.status, answer.data["code"]) == (status, code), path
    with ann.live("shop", {"client": "a"}) as page:
        page.hear("hello")
        page.say(say="edit", n=1, edit={"do": "x" * 70_000})
        assert page.hear("denied")["code"] == "E707"
    assert server.log.since("shop", 0) == []


@pytest.mark.parametrize("how", ["role", "lanes", "password", "suspended", "token", "link", "sign out"])  # fmt: skip
def test_an_ended_right_ends_the_open_page(server: Server, how: str) -> None:
    ann = server.caller().signed_in("/api/session", {"name": "Ann", "password": PASSWORD})  # fmt: skip
    ben = server.person("Ben", "editor")
    (person,) = [one for one in server.people.everyone() if one.name == "Ben"]
    path, page = f"/api/people/{person.id}", ben
    asked: tuple[Caller, str, str, Any]
    match how:
        case "token":
            made = ben.ask("POST", "/api/keys", {"name": "script"}).data
            page = Caller(server.port, token=made["secret"])
            asked = (ben, "DELETE", f"/api/keys/{made['id']}", None)
        case "link":
            made = ann.ask("POST", "/api/maps/shop/links", {"role": "editor"}).data
            page = server.caller().signed_in("/api/guest", {"link": made["secret"]})
            asked = (ann, "DELETE", f"/api/maps/shop/links/{made['id']}", None)
        case "sign out":
            asked = (ben, "DELETE", "/api/session", None)
        case _:
            values = {"role": "viewer", "lanes": ["pains"], "password": PASSWORD + "!", "suspended": True}  # fmt: skip
            asked = (ann, "PATCH", path, {how: values[how]})
    with page.live("shop", {"client": "b"}) as socket:
        socket.hear("hello")
        who, method, address, data = asked
        assert who.ask(method, address, data).status == 204
        with pytest.raises(ConnectionClosed):
            socket.hear("saved")
    assert page.ask("GET", "/api/maps/shop").status == 401
