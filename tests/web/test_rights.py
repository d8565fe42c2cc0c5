"""Rights: every route for every kind of actor, and every address a foreign page may come from."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from tests.web.server import MAP, PASSWORD, Caller, Server, running
from websockets.exceptions import ConnectionClosed, InvalidStatus

from desirepath.web.api.asking import AskedRoute
from desirepath.web.app import build_app
from desirepath.web.collab.log import EditLog
from desirepath.web.openapi import described
from desirepath.web.people import People

ACTORS = (
    "nobody",
    "ended link",
    "suspended",
    "guest viewer",
    "guest of another map",
    "viewer",
    "commenter",
    "editor",
    "facilitator",
    "administrator",
)


def every_route() -> list[AskedRoute]:
    log = EditLog("sqlite://")
    try:
        return described(build_app(log, People(log.engine), lambda: 0).routes)
    finally:
        log.close()


ROUTES = every_route()
MAY = {
    "look": {"guest viewer", "viewer", "commenter", "editor", "facilitator", "administrator"},
    "comment": {"commenter", "editor", "facilitator", "administrator"},
    "edit": {"editor", "facilitator", "administrator"},
    "lead": {"facilitator", "administrator"},
    "administer": {"administrator"},
}  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("rights")) as one:
        yield one


@pytest.fixture(scope="module")
def actors(server: Server) -> dict[str, Caller]:
    """A page of each kind."""
    found = {"nobody": server.caller()}
    for role in ("viewer", "commenter", "editor", "facilitator", "administrator"):
        found[role] = server.person(role, role)
    admin = found["administrator"]
    for name in ("shop", "other"):
        assert admin.ask("POST", "/api/maps", MAP.format(map_id=name)).status == 201
    for name, map_id in (("guest viewer", "shop"), ("guest of another map", "other"), ("ended link", "shop")):  # fmt: skip
        path = f"/api/maps/{map_id}/links"
        link = admin.ask("POST", path, {"role": "viewer"}).data
        found[name] = server.caller().signed_in("/api/guest", {"link": link["secret"]})
        if name == "ended link":
            assert admin.ask("DELETE", f"{path}/{link['id']}").status == 204
    found["suspended"] = server.person("gone", "administrator")
    (gone,) = [one for one in server.people.everyone() if one.name == "gone"]
    assert admin.ask("PATCH", f"/api/people/{gone.id}", {"suspended": True}).status == 204  # fmt: skip
    return found


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize(
    "route", ROUTES, ids=lambda one: f"{max(one.methods or ())} {one.path}"
)
def test_each_route_for_each_actor(
    server: Server, actors: dict[str, Caller], route: AskedRoute, actor: str
) -> None:
    if route.action is None:
        return  # those look for themselves; the tests of the server try them
    path = re.sub(r"{\w+}", "x", route.path.replace("{map}", "shop"))
    (method,) = (route.methods or set()) - {"HEAD"}
    is_allowed = actor in MAY[route.action]
    if actor == "guest viewer" and not route.is_of_map:
        is_allowed = False
    before = server.log.since("shop", 0), server.people.everyone()
    answer = actors[actor].ask(method, path, {} if method != "GET" else None)
    if is_allowed:
        assert answer.status not in (401, 403), answer
    else:
        unknown = ("nobody", "ended link", "suspended")
        assert answer.status == (401 if actor in unknown else 403), answer
        assert (server.log.since("shop", 0), server.people.everyone()) == before


def test_every_route_of_a_map_asks_for_a_right() -> None:
    free = {(one.path, *sorted(one.methods or ())) for one in ROUTES if one.action is None}  # fmt: skip
    assert free == {
        ("/api/maps", "GET", "HEAD"),
        ("/api/me", "GET", "HEAD"),
        ("/api/first", "POST"),
        ("/api/session", "POST"),
        ("/api/session", "DELETE"),
        ("/api/guest", "POST"),
        ("/api/oidc/start", "GET", "HEAD"),
        ("/api/oidc/back", "GET", "HEAD"),
        ("/api/keys", "GET", "HEAD"),
        ("/api/images/{image}", "GET", "HEAD"),
        ("/api/keys", "POST"),
        ("/api/keys/{key}", "DELETE"),
        ("/api/openapi.json", "GET", "HEAD"),
    }


@pytest.mark.parametrize("actor", ACTORS)
def test_the_socket_for_each_actor(
    server: Server, actors: dict[str, Caller], actor: str
) -> None:
    hello = {"client": "x"}
    if actor in MAY["look"]:
        with actors[actor].live("shop", hello) as page:
            page.hear("hello")
            edit = {"do": "add", "ref": f"stage:{actor.replace(' ', '-')}", "fields": {"name": "X"}}  # fmt: skip
            page.say(say="edit", n=1, edit=edit)
            page.hear("saved" if actor in MAY["edit"] else "denied")
        return
    with pytest.raises((ConnectionClosed, InvalidStatus)):  # noqa: SIM117
        with actors[actor].live("shop", hello) as page:
            page.hear("hello")


def test_a_list_shows_what_one_may_look_at(actors: dict[str, Caller]) -> None:
    def ids(actor: str) -> list[str]:
        return [one["id"] for one in actors[actor].ask("GET", "/api/maps").data["maps"]]

    # those that may make maps have made some in other tests
    assert {"other", "shop"} <= set(ids("viewer"))
    assert ids("guest viewer") == ["shop"]
    for actor in ("nobody", "ended link", "suspended"):
        assert actors[actor].ask("GET", "/api/maps").status == 401


def test_guests_have_no_tokens(actors: dict[str, Caller]) -> None:
    for actor in ("guest viewer", "nobody"):
        assert actors[actor].ask("GET", "/api/keys").status in (401, 403)
        assert actors[actor].ask("POST", "/api/keys", {"name": "x"}).status in (401, 403)  # fmt: skip
        assert actors[actor].ask("DELETE", "/api/keys/x").status in (401, 403)


def foreign(port: int) -> list[str]:
    """Addresses that are not ours, however like ours they look."""
    return [
        "null",
        "http://evil.example",
        f"http://127.0.0.1.evil.example:{port}",
        f"http://evil-127.0.0.1:{port}",
        f"http://x.127.0.0.1:{port}",
        f"https://127.0.0.1:{port}",
        f"http://127.0.0.1:{port + 1}",
        "http://127.0.0.1",
        f"http://localhost:{port}",
        f"http://127.0.0.1:{port}/",
        f"HTTP://127.0.0.1:{port}",
        f"http://user@127.0.0.1:{port}",
        f"http://127.0.0.1:{port}@evil.example",
        "http://127.0.0.1:99999999",
    ]


@pytest.mark.parametrize("number", range(14))
def test_a_foreign_page_cannot_act_in_ones_name(
    server: Server, actors: dict[str, Caller], number: int
) -> None:
    origin = foreign(server.port)[number]
    page = Caller(server.port, actors["editor"].cookie, origin=origin)
    before = server.log.since("other", 0)
    edit = {"do": "mark_gone", "ref": "stage:buy"}
    answer = page.ask("POST", "/api/maps/other/edits", edit)
    assert (answer.status, answer.data["code"]) == (403, "E716")
    with pytest.raises((ConnectionClosed, InvalidStatus)):  # noqa: SIM117
        with page.live("other", {"client": "x"}) as socket:
            socket.hear("hello")
    assert server.log.since("other", 0) == before


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_what_the_browser_says_of_the_asking_site_counts(
    actors: dict[str, Caller], site: str
) -> None:
    edit = {"do": "mark_gone", "ref": "stage:buy"}
    answer = actors["editor"].ask(
        "POST", "/api/maps/other/edits", edit, Sec_Fetch_Site=site
    )
    assert answer.data["code"] == "E716"


def test_a_cookie_without_an_origin_is_refused(server: Server, actors: dict[str, Caller]) -> None:  # fmt: skip
    page = Caller(server.port, extra={"Cookie": f"desirepath_session={actors['editor'].cookie}"})  # fmt: skip
    answer = page.ask("POST", "/api/maps/other/edits", {"do": "mark_gone", "ref": "stage:buy"})  # fmt: skip
    assert answer.data["code"] == "E716"


def test_a_form_of_another_kind_is_refused(actors: dict[str, Caller]) -> None:
    answer = actors["editor"].ask(
        "POST",
        "/api/maps/other/edits",
        '{"do": "mark_gone", "ref": "stage:buy"}',
        Content_Type="text/plain",
    )
    assert (answer.status, answer.data["code"]) == (415, "E717")


def test_no_secret_stands_in_the_database(server: Server, actors: dict[str, Caller]) -> None:  # fmt: skip
    secrets = [one.cookie for one in actors.values() if one.cookie] + [PASSWORD]
    for suffix in ("", "-wal"):
        file = server.log.engine.url.database
        assert file
        with open(file + suffix, "rb") as database:  # noqa: PTH123 - a name with a suffix
            content = database.read()
        assert [one for one in secrets if one.encode() in content] == []


def test_every_answer_tells_browsers_to_be_careful(actors: dict[str, Caller]) -> None:
    for path in ("/healthz", "/api/maps", "/api/maps/none", "/nowhere"):
        headers = actors["viewer"].ask("GET", path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
