"""The server as pages and programs meet it: coming in, editing together, being let go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.server import MAP, PASSWORD, Server, running
from websockets.exceptions import ConnectionClosed

from desirepath.maps.files import parse_map


@pytest.fixture
def server(tmp_path: Path, database: str) -> Iterator[Server]:
    with running(tmp_path, database) as one:
        yield one


@pytest.fixture
def shop(server: Server) -> Server:
    """A server with a map."""
    ann = server.person("Ann", "administrator")
    assert ann.ask("POST", "/api/maps", MAP.format(map_id="shop")).status == 201
    return server


def change(value: str, was: str) -> dict[str, object]:
    return {"do": "change", "ref": "step:pay", "field": "name", "value": value, "was": was}  # fmt: skip


def test_the_first_key_makes_one_administrator(server: Server) -> None:
    key = server.people.first_key(server.clock())
    asked = {"key": key, "name": "Ann", "password": PASSWORD}
    ann = server.caller().signed_in("/api/first", asked)
    assert ann.ask("GET", "/api/me").data["role"] == "administrator"
    again = server.caller().ask("POST", "/api/first", asked | {"name": "Eve"})
    assert (again.status, again.data["code"]) == (403, "E711")


def test_a_first_key_ends_after_15_minutes(server: Server) -> None:
    key = server.people.first_key(server.clock())
    server.clock.us += 15 * 60 * 1_000_000
    asked = {"key": key, "name": "Ann", "password": PASSWORD}
    assert server.caller().ask("POST", "/api/first", asked).status == 403
    assert server.people.is_new()


def test_a_wrong_name_and_a_wrong_password_are_told_alike(shop: Server) -> None:
    answers = [
        shop.caller().ask("POST", "/api/session", {"name": name, "password": word})
        for name, word in (("Ann", "wrong" * 4), ("Nobody", PASSWORD))
    ]
    assert [one.status for one in answers] == [401, 401]
    assert answers[0].data == answers[1].data


def test_five_tries_a_minute(shop: Server) -> None:
    asked = {"name": "Ann", "password": "wrong" * 4}
    tries = [shop.caller().ask("POST", "/api/session", asked).status for _ in range(6)]
    assert tries == [401] * 5 + [429]
    right = {"name": "Ann", "password": PASSWORD}
    assert shop.caller().ask("POST", "/api/session", right).status == 429
    shop.clock.us += 61_000_000
    assert shop.caller().ask("POST", "/api/session", right).status == 200


def test_two_people_see_each_others_edits(shop: Server) -> None:
    ann, ben = shop.person("Ann B", "editor"), shop.person("Ben", "editor")
    with ann.live("shop", {"client": "a"}) as one, ben.live("shop", {"client": "b"}) as two:  # fmt: skip
        assert one.hear("hello")["seq"] == 0
        assert two.hear("hello")["board"]["map"] == "shop"
        one.say(say="edit", n=1, edit=change("I pay by card", "I pay"))
        saved = one.hear("saved")
        assert (saved["n"], saved["seq"]) == (1, 1)
        told = two.hear("edit")
        assert (told["by"], told["edit"]["value"]) == ("Ann B", "I pay by card")
        two.say(say="edit", n=1, edit=change("We pay", "I pay"))
        assert two.hear("saved")["edit"]["value"] == "We pay by card"
        assert one.hear("edit")["edit"]["value"] == "We pay by card"
        two.say(say="presence", at="step:pay")
        told = one.hear("presence")
        assert (told["who"], told["at"]) == ("Ben", "step:pay")
    assert shop.log.load("shop").board.journey().stages[0].steps[0].name == "We pay by card"  # fmt: skip


def test_a_page_that_comes_back_is_told_what_it_missed(shop: Server) -> None:
    ann = shop.person("Ann B", "editor")
    with ann.live("shop", {"client": "a"}) as page:
        epoch = page.hear("hello")["epoch"]
    ann.ask("POST", "/api/maps/shop/edits", change("I pay by card", "I pay"))
    with ann.live("shop", {"client": "a", "epoch": epoch, "seq": 0}) as page:
        hello = page.hear("hello")
        assert [one["seq"] for one in hello["edits"]] == [1]
        assert "board" not in hello
    with ann.live("shop", {"client": "a", "epoch": "of another past", "seq": 0}) as page:  # fmt: skip
        assert "board" in page.hear("hello")


def test_who_may_only_look_changes_nothing(shop: Server) -> None:
    eve = shop.person("Eve", "viewer")
    with eve.live("shop", {"client": "e"}) as page:
        page.hear("hello")
        page.say(say="edit", n=1, edit=change("Eve was here", "I pay"))
        assert page.hear("denied")["why"] == "a viewer may not edit here"
    assert shop.log.since("shop", 0) == []


def test_a_partner_edits_their_own_lanes(shop: Server) -> None:
    partner = shop.person("Post", "editor", ("gains",))
    own = {"do": "add", "ref": "statement:new", "place": {"at": "step:pay", "lane": "gains"}, "fields": {"text": "It is quick"}}  # fmt: skip
    assert partner.ask("POST", "/api/maps/shop/edits", own).status == 200
    others = {"do": "change", "ref": "statement:slow", "field": "text", "value": "No"}
    away = {"do": "move", "ref": "statement:new", "place": {"at": "step:pay", "lane": "pains"}}  # fmt: skip
    for edit in (others, away, {"do": "mark_gone", "ref": "stage:buy"}):
        answer = partner.ask("POST", "/api/maps/shop/edits", edit)
        assert answer.status == 403
        assert answer.data["title"] == "you may edit these lanes only: gains"


def test_a_changed_role_ends_every_open_socket(shop: Server) -> None:
    ann, ben = shop.person("Ann B", "administrator"), shop.person("Ben", "editor")
    token = ben.ask("POST", "/api/keys", {"name": "script"}).data["secret"]
    (person,) = [one for one in shop.people.everyone() if one.name == "Ben"]
    with ben.live("shop", {"client": "b"}) as page:
        page.hear("hello")
        path = f"/api/people/{person.id}"
        assert ann.ask("PATCH", path, {"role": "viewer"}).status == 204
        with pytest.raises(ConnectionClosed) as closed:
            page.hear("saved")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4010
    assert ben.ask("GET", "/api/maps/shop").status == 401
    program = shop.caller()
    program.token = token
    assert program.ask("GET", "/api/maps/shop").status == 401


def test_a_link_lets_guests_in_until_it_ends(shop: Server) -> None:
    ann = shop.person("Ann B", "facilitator")
    asked = {"role": "editor", "days": 1, "password": "rosebud"}
    made = ann.ask("POST", "/api/maps/shop/links", asked).data
    come = {"link": made["secret"], "name": "Gus"}
    refused = shop.caller().ask("POST", "/api/guest", come)
    assert (refused.status, refused.data["code"]) == (403, "E711")
    guest = shop.caller().signed_in("/api/guest", come | {"password": "rosebud"})
    assert guest.ask("GET", "/api/me").data == {"name": "Gus", "role": "editor", "map": "shop", "lanes": [], "provider": None}  # fmt: skip
    ann.ask("POST", "/api/maps", MAP.format(map_id="other"))
    assert guest.ask("GET", "/api/maps/other").status in (401, 403)
    with guest.live("shop", {"client": "g"}) as page:
        page.hear("hello")
        assert ann.ask("DELETE", f"/api/maps/shop/links/{made['id']}").status == 204
        with pytest.raises(ConnectionClosed):
            page.hear("saved")
    assert guest.ask("GET", "/api/maps/shop").status == 401


def test_signing_out_ends_the_session(shop: Server) -> None:
    ben = shop.person("Ben", "editor")
    assert ben.ask("DELETE", "/api/session").status == 204
    assert ben.ask("GET", "/api/maps").status == 401


def test_the_last_administrator_stays(shop: Server) -> None:
    (ann,) = shop.people.everyone()
    page = shop.caller().signed_in("/api/session", {"name": "Ann", "password": PASSWORD})  # fmt: skip
    answer = page.ask("PATCH", f"/api/people/{ann.id}", {"suspended": True})
    assert (answer.status, answer.data["code"]) == (409, "E715")
    assert page.ask("GET", "/api/people").status == 200


def test_a_file_becomes_edits_and_comes_back(shop: Server) -> None:
    ben = shop.person("Ben", "editor")
    first = ben.ask("GET", "/api/maps/shop")
    text = first.data.replace("name: I pay", "name: I pay by card")
    etag = first.headers["etag"]
    saved = ben.ask("PUT", "/api/maps/shop", text, If_Match=etag)
    assert saved.status == 200
    assert [one["do"] for one in saved.data["edit"]["edits"]] == ["change"]
    assert parse_map(ben.ask("GET", "/api/maps/shop").data) == parse_map(text)
    late = ben.ask("PUT", "/api/maps/shop", first.data, If_Match=etag)
    assert (late.status, late.data["code"]) == (412, "E718")
    same = ben.ask("GET", "/api/maps/shop", If_None_Match=saved.headers["etag"])
    assert same.status == 304


def test_a_version_can_be_gone_back_to_and_nothing_is_lost(shop: Server) -> None:
    ann = shop.person("Ann B", "facilitator")
    before = ann.ask("GET", "/api/maps/shop").data
    assert ann.ask("POST", "/api/maps/shop/versions", {"name": "spring"}).status == 201
    ann.ask("POST", "/api/maps/shop/edits", {"do": "mark_gone", "ref": "stage:buy"})
    back = ann.ask("POST", "/api/maps/shop/versions/spring/restore")
    assert back.status == 200
    assert ann.ask("GET", "/api/maps/shop").data == before
    assert len(shop.log.since("shop", 0)) == 2


@pytest.mark.parametrize(
    ("method", "path", "data", "code"),
    [
        ("POST", "/api/maps", "id: [", "E104"),
        ("POST", "/api/maps", MAP.format(map_id="shop"), "E701"),
        ("POST", "/api/maps", MAP.format(map_id='"a/b"'), "E719"),
        ("GET", "/api/maps/shup", None, "E702"),
        ("POST", "/api/maps/shop/edits", {"do": "fly"}, "E116"),
        ("POST", "/api/maps/shop/edits", {"do": "mark_gone", "ref": "step:x"}, "E112"),
        ("POST", "/api/maps/shop/edits", "no json", "E717"),
        ("POST", "/api/maps/shop/versions", {}, "E719"),
        ("POST", "/api/maps/shop/versions", {"name": " "}, "E719"),
        ("POST", "/api/maps/shop/versions/none/restore", None, "E702"),
        ("POST", "/api/maps/shop/links", {"role": "administrator"}, "E719"),
        ("POST", "/api/maps/shop/links", {"role": "viewer", "days": 0}, "E719"),
        ("DELETE", "/api/maps/shop/links/none", None, "E702"),
        ("POST", "/api/people", {"name": "A", "password": "short", "role": "viewer"}, "E712"),
        ("POST", "/api/people", {"name": "Ann", "password": PASSWORD, "role": "viewer"}, "E713"),
        ("POST", "/api/people", {"name": "A", "password": PASSWORD, "role": "king"}, "E719"),
        ("PATCH", "/api/people/none", {"role": "viewer"}, "E714"),
        ("PATCH", "/api/people/none", {}, "E719"),
        ("POST", "/api/maps/shop/edits", {"do": "x" * 2_100_000}, "E707"),
    ],
)  # fmt: skip
def test_bad_requests_get_one_clear_problem(
    shop: Server, method: str, path: str, data: object, code: str
) -> None:
    page = shop.caller().signed_in("/api/session", {"name": "Ann", "password": PASSWORD})  # fmt: skip
    answer = page.ask(method, path, data)
    assert answer.data["code"] == code
    assert answer.status == answer.data["status"]
    assert 400 <= answer.status < 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert shop.log.since("shop", 0) == []


def test_rubbish_on_a_socket_changes_nothing(shop: Server) -> None:
    ben = shop.person("Ben", "editor")
    rubbish = ("", "[]", "{", "[" * 100_000, "null", '{"client": 3}', '{"client": ""}')
    for text in rubbish:
        with ben.live("shop", text) as page, pytest.raises(ConnectionClosed):
            page.hear("hello")
    with ben.live("shop", {"client": "b"}) as page:
        page.hear("hello")
        for message in ({"say": "edit"}, {"say": "fly"}, {"say": "edit", "n": 1, "edit": 3}):  # fmt: skip
            page.say(**message)
            page.hear("denied")
    assert shop.log.since("shop", 0) == []
