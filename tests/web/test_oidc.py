"""Signing in with an account from elsewhere: who comes in, and every lie that does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from sqlalchemy import delete
from tests.web.provider import (
    CLIENT,
    KEY,
    NEXT_KEY,
    OTHER_KEY,
    SECRET,
    FakeProvider,
    faked,
    shared_key,
)
from tests.web.server import PASSWORD, Answer, Caller, Clock, Server, running

from desirepath.errors import WebError
from desirepath.web.oidc.provider import Provider
from desirepath.web.oidc.settings import Oidc, read_oidc
from desirepath.web.people import METADATA, PEOPLE
from desirepath.web.throttle import Throttle

COOKIE = "desirepath_sign_in"
SAID: list[str] = []
NOW_S = Clock().us // 1_000_000


@dataclass
class House:
    """A server and the provider it trusts."""

    server: Server
    fake: FakeProvider

    def trusts(self, **values: Any) -> None:
        settings = Oidc(self.fake.issuer, CLIENT, SECRET, "Example Ltd")
        provider = Provider(replace(settings, **values), self.server.clock)
        self.server.app.state.provider = provider

    def begin(self, to: str = "/", caller: Caller | None = None) -> tuple[str, str]:
        """The cookie of a sign-in, and the address of the provider."""
        page = caller or self.server.caller()
        answer = page.ask("GET", f"/api/oidc/start?to={quote(to)}")
        assert answer.status == 303, answer
        return cookies(answer)[COOKIE], answer.headers["location"]

    def back(self, cookie: str, state: str, code: str, more: str = "") -> Answer:
        extra = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
        page = Caller(self.server.port, extra=extra)
        return page.ask("GET", f"/api/oidc/back?code={code}&state={state}{more}")

    def come(self, to: str = "/") -> Answer:
        """The whole way."""
        cookie, address = self.begin(to)
        code = self.fake.let_in(address)
        return self.back(cookie, state_of(address), code)

    def people(self) -> list[tuple[str, str]]:
        return [(one.name, one.role) for one in self.server.people.everyone()]


def cookies(answer: Answer) -> dict[str, str]:
    found = [v for k, v in answer.headers.items() if k.lower() == "set-cookie"]
    return {
        one.partition("=")[0]: one.partition("=")[2].partition(";")[0].strip('"')
        for one in found
    }


def state_of(address: str) -> str:
    return parse_qs(urlsplit(address).query)["state"][0]


@pytest.fixture(scope="module")
def one_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    def say(event: str, **values: object) -> None:
        SAID.append(f"{event} {values}")

    folder = tmp_path_factory.mktemp("oidc")
    with running(folder, say=say) as server, faked() as fake:
        yield House(server, fake)


@pytest.fixture
def house(one_house: House) -> House:
    """A house with one administrator, in which nothing has happened yet."""
    server = one_house.server
    with server.log.engine.begin() as connection:
        for table in METADATA.tables.values():
            connection.execute(delete(table))
    server.people.add("Root", PASSWORD, "administrator")
    server.app.state.throttle = Throttle()
    server.clock.us = Clock().us
    fresh = FakeProvider(one_house.fake.port, now_s=NOW_S)
    vars(one_house.fake).update(vars(fresh))
    SAID.clear()
    one_house.trusts()
    return one_house


def session_of(house: House, answer: Answer) -> Caller:
    assert answer.status == 303, answer
    return Caller(house.server.port, cookies(answer)["desirepath_session"])


def test_somebody_comes_in_once_and_again_as_the_same_person(house: House) -> None:
    answer = house.come("/maps/shop")
    assert answer.headers["location"] == "../../#/maps/shop"
    page = session_of(house, answer)
    me = page.ask("GET", "/api/me").data
    assert (me["name"], me["role"]) == ("Ann Example", "viewer")
    assert me["provider"] == "Example Ltd"
    house.fake.claims = {"name": "Ann Married"}
    session_of(house, house.come())
    assert house.people() == [("Ann Example", "viewer"), ("Root", "administrator")]


def test_a_name_gives_nobody_the_account_of_another_one(house: House) -> None:
    house.fake.claims = {"name": "Root"}
    me = session_of(house, house.come()).ask("GET", "/api/me").data
    assert (me["name"], me["role"]) == ("Root (2)", "viewer")
    house.fake.claims = {"name": "Root", "sub": "SUB-1"}
    session_of(house, house.come())
    assert [name for name, _ in house.people()] == ["Root", "Root (2)", "Root (3)"]


def test_the_old_session_ends_when_another_one_begins(house: House) -> None:
    page = session_of(house, house.come())
    house.begin(caller=page)
    assert page.ask("GET", "/api/me").data["role"] is None


def test_groups_give_roles_at_each_sign_in(house: House) -> None:
    house.trusts(claim="groups", roles={"editor": frozenset({"journeys"}), "administrator": frozenset({"it", "ops"})})  # fmt: skip
    for groups, role in ((["journeys", "it"], "administrator"), ("journeys", "editor"), (None, "viewer")):  # fmt: skip
        house.fake.claims = {"groups": groups}
        page = session_of(house, house.come())
        assert page.ask("GET", "/api/me").data["role"] == role
    house.trusts(claim="groups", roles={"editor": frozenset({"journeys"})}, role=None)
    assert house.come().data["code"] == "E745"


def test_who_loses_a_role_loses_its_sessions(house: House) -> None:
    house.trusts(claim="groups", roles={"editor": frozenset({"journeys"})})
    house.fake.claims = {"groups": ["journeys"]}
    before = session_of(house, house.come())
    house.fake.claims = {"groups": []}
    session_of(house, house.come())
    assert before.ask("GET", "/api/me").data["role"] is None


def test_suspended_people_stay_out(house: House) -> None:
    session_of(house, house.come())
    (ann,) = [one for one in house.server.people.everyone() if one.name != "Root"]
    house.server.people.change(ann.id, {"suspended": True})
    answer = house.come()
    assert (answer.status, answer.data["code"]) == (403, "E745")
    assert answer.data["title"] == "your account here is suspended"


def test_nobody_comes_before_the_first_administrator(house: House) -> None:
    with house.server.log.engine.begin() as connection:
        connection.execute(delete(PEOPLE))
    assert house.come().data["code"] == "E745"
    assert house.server.people.is_new()
    house.trusts(claim="groups", roles={"administrator": frozenset({"it"})})
    house.fake.claims = {"groups": ["it"]}
    session_of(house, house.come())
    assert house.people() == [("Ann Example", "administrator")]


def test_the_last_administrator_is_not_lost(house: House) -> None:
    with house.server.log.engine.begin() as connection:
        connection.execute(delete(PEOPLE))
    house.trusts(claim="groups", roles={"administrator": frozenset({"it"})})
    house.fake.claims = {"groups": ["it"]}
    session_of(house, house.come())
    house.fake.claims = {}
    assert house.come().data["code"] == "E715"
    assert house.people() == [("Ann Example", "administrator")]


LIES: dict[str, dict[str, Any]] = {
    "nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "issuer": {"iss": "https://evil.example"},
    "audience": {"aud": "another server"},
    "audiences without party": {"aud": [CLIENT, "another server"]},
    "party": {"azp": "another server"},
    "expired": {"exp": NOW_S - 61},
    "no expiry": {"exp": None},
    "expiry is no time": {"exp": True},
    "made long ago": {"iat": NOW_S - 700},
    "of tomorrow": {"nbf": NOW_S + 86_400},
    "made tomorrow": {"iat": NOW_S + 86_400},
    "no subject": {"sub": None},
    "empty subject": {"sub": ""},
    "subject is a number": {"sub": 1},
    "long subject": {"sub": "x" * 256},
    "subject cannot be stored": {"sub": "a\0b"},
}


@pytest.mark.parametrize("name", LIES)
def test_a_token_that_lies_is_refused(house: House, name: str) -> None:
    house.fake.claims = LIES[name]
    refused(house, house.come(), "E744")


@pytest.mark.parametrize(
    ("alg", "key"),
    [("none", KEY), ("HS256", shared_key()), ("RS256", OTHER_KEY), ("RS512", KEY)],
    ids=["none", "shared", "foreign", "not allowed"],
)
def test_a_token_signed_by_nobody_known_is_refused(
    house: House, alg: str, key: Any
) -> None:
    house.fake.alg, house.fake.key = alg, key
    refused(house, house.come(), "E744")


def test_a_new_key_of_the_provider_is_looked_for(house: House) -> None:
    session_of(house, house.come())
    house.fake.alg, house.fake.key = "ES256", NEXT_KEY
    house.server.clock.us += 11_000_000
    refused(house, house.come(), "E744")
    house.fake.shown = [KEY, NEXT_KEY]
    refused(house, house.come(), "E744")  # it was asked a moment ago
    house.server.clock.us += 11_000_000
    session_of(house, house.come())
    assert house.fake.asked.count("/keys") == 3


def refused(house: House, answer: Answer, code: str) -> None:
    assert answer.status in (400, 403, 503), answer
    assert answer.data["code"] == code, answer
    assert "desirepath_session" not in cookies(answer)
    assert house.people()[-1] == ("Root", "administrator")


def test_only_the_browser_that_began_comes_back(house: House) -> None:
    cookie, address = house.begin()
    other, other_address = house.begin()
    code, state = house.fake.let_in(address), state_of(address)
    for kept, sent in (("", state), (other, state), (cookie, state_of(other_address)), (cookie, ""), ("", ""), (":/", "")):  # fmt: skip
        refused(house, house.back(kept, sent, code), "E743")
    assert house.fake.forms == []
    assert house.back(cookie, state, code).status == 303


def test_a_code_is_good_once_and_for_its_own_sign_in(house: House) -> None:
    cookie, address = house.begin()
    code, state = house.fake.let_in(address), state_of(address)
    assert house.back(cookie, state, code).status == 303
    assert house.back(cookie, state, code).data["code"] == "E744"
    # a code of another sign-in does not fit the verifier of this one
    _, foreign = house.begin()
    cookie, address = house.begin()
    stolen = house.fake.let_in(foreign)
    assert house.back(cookie, state_of(address), stolen).data["code"] == "E744"


def test_who_is_not_let_in_there_does_not_come_in_here(house: House) -> None:
    cookie, address = house.begin()
    state = state_of(address)
    refused(house, house.back(cookie, state, "", "&error=access_denied"), "E744")
    code = house.fake.let_in(address)
    more = "&iss=https%3A%2F%2Fevil.example"
    refused(house, house.back(cookie, state, code, more), "E744")


@pytest.mark.parametrize(
    ("claims", "comes_in"),
    [
        ({"email": "ann@example.org", "email_verified": True}, True),
        ({"email": "ann@EXAMPLE.org", "email_verified": True}, True),
        ({"email": "ann@example.org", "email_verified": False}, False),
        ({"email": "ann@example.org"}, False),
        ({"email": "ann@sub.example.org", "email_verified": True}, False),
        ({"email": "ann@evil.example@example.org", "email_verified": True}, False),
        ({"email": "ann@example.org.evil.example", "email_verified": True}, False),
        ({"email": "@example.org", "email_verified": True}, False),
        ({"email_verified": True}, False),
        ({}, False),
    ],
)
def test_a_domain_is_asked_for(
    house: House, claims: dict[str, Any], *, comes_in: bool
) -> None:
    house.trusts(domains=frozenset({"example.org"}))
    house.fake.claims = claims
    answer = house.come()
    if comes_in:
        session_of(house, answer)
    else:
        refused(house, answer, "E745")


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example",
        "/%2fevil.example", "javascript:alert(1)", "/x\r\nSet-Cookie: a=b", "/x y",
        "/?next=//evil.example", "/x#y", "x", "", "/@evil.example", "/x;y", '/"', "/" + "x" * 500,
        "///evil.example", "/\t/evil.example", "http:evil.example", "/x\n", "/ä",
    ],
)  # fmt: skip
def test_no_page_elsewhere_is_come_back_to(house: House, to: str) -> None:
    answer = house.server.caller().ask("GET", f"/api/oidc/start?to={quote(to, safe='')}")  # fmt: skip
    assert (answer.status, answer.data["code"]) == (400, "E719")
    # nor where somebody puts it into the cookie
    cookie, address = house.begin()
    kept = f"{cookie.partition(':')[0]}:{to}"
    if to.isprintable() and to.isascii() and to and not set(to) & set('";\\ '):
        refused(house, house.back(kept, state_of(address), house.fake.let_in(address)), "E719")  # fmt: skip


def test_a_browser_gets_a_page_that_says_why(house: House) -> None:
    page = Caller(house.server.port, extra={"Accept": "text/html,*/*"})
    answer = page.ask("GET", "/api/oidc/back?code=x&state=y")
    assert (answer.status, answer.headers["location"]) == (303, "../../?refused=E743")


@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": None},
    ],
)
def test_a_provider_that_is_not_safe_is_not_asked(
    house: House, told: dict[str, Any]
) -> None:
    house.fake.told = told
    answer = house.server.caller().ask("GET", "/api/oidc/start")
    assert (answer.status, answer.data["code"]) == (503, "E729")


def test_a_provider_that_is_down_is_asked_again_after_a_while(house: House) -> None:
    house.fake.is_down = True
    for _ in range(3):
        assert house.server.caller().ask("GET", "/api/oidc/start").data["code"] == "E729"  # fmt: skip
    assert len(house.fake.asked) == 1
    house.fake.is_down = False
    house.server.clock.us += 11_000_000
    session_of(house, house.come())


def test_the_secret_goes_into_the_form_where_the_provider_wants_it(house: House) -> None:  # fmt: skip
    house.fake.told = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    session_of(house, house.come())


def test_no_secret_is_written(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    cookie, address = house.begin()
    code, state = house.fake.let_in(address), state_of(address)
    house.fake.claims = {"nonce": "another"}
    refused(house, house.back(cookie, state, code), "E744")
    house.fake.claims = {}
    session = session_of(house, house.come()).cookie
    written = "\n".join((*SAID, *capfd.readouterr()))
    assert "sign-in refused" in written
    secrets = [SECRET, cookie.partition(":")[0], code, state, session, "Ann", "sub-1"]
    assert [one for one in secrets if one in written] == []
    assert SECRET not in repr(house.server.app.state.provider.settings)
    database = Path(str(house.server.log.engine.url.database))
    kept = database.read_bytes() + database.with_name("boards.db-wal").read_bytes()
    assert [one for one in (SECRET, session, code) if one.encode() in kept] == []


def test_without_a_provider_there_is_no_such_way(house: House) -> None:
    house.server.app.state.provider = None
    for path in ("/api/oidc/start", "/api/oidc/back?code=x&state=y"):
        assert house.server.caller().ask("GET", path).status == 404
    assert house.server.caller().ask("GET", "/api/me").data["provider"] is None


def test_many_tries_are_refused(house: House) -> None:
    cookie, address = house.begin()
    codes = [house.back(cookie, state_of(address), "x").data["code"] for _ in range(6)]
    assert codes == ["E744"] * 5 + ["E709"]


WHOLE = """\
[web.oidc]
issuer = "https://login.example.org"
client_id = "maps"
secret_variable = "OIDC_SECRET"
name = "Example Ltd"
role = "commenter"
roles = {claim = "groups", administrator = ["it"], editor = ["journeys"]}
domains = ["Example.org"]
address = "https://maps.example.org/"
"""
ENVIRONMENT = {"OIDC_SECRET": SECRET}


def test_settings_are_read(tmp_path: Path) -> None:
    file = tmp_path / "desirepath.toml"
    assert read_oidc(file, {}) is None
    file.write_text('gap = "30m"\n', encoding="utf-8")
    assert read_oidc(file, {}) is None
    file.write_text(WHOLE, encoding="utf-8")
    found = read_oidc(file, ENVIRONMENT)
    assert found is not None
    assert (found.role, found.claim) == ("commenter", "groups")
    assert found.domains == {"example.org"}
    assert found.roles["editor"] == {"journeys"}
    assert (found.secret, found.address) == (SECRET, "https://maps.example.org")


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("issuer", "isuer", 2, 'no key of web.oidc is called "isuer"'),
        ("https://login", "http://login", 2, "issuer is not an address that begins with https://"),
        ('"maps"', "3", 3, "client_id is no text"),
        ('client_id = "maps"\n', "", 1, "client_id is missing"),
        ("OIDC_SECRET", "NOT_SET", 4, "the variable NOT_SET of the environment is not set"),
        ('"commenter"', '"king"', 6, "role is 'king'; new people can be viewer, commenter, editor, facilitator"),
        ('"commenter"', '"administrator"', 6, "role is 'administrator'; new people can be viewer, commenter, editor, facilitator"),
        ("editor =", "edtor =", 7, 'roles knows no role "edtor"'),
        ('claim = "groups", ', "", 7, "roles does not say in which claim groups stand"),
        ('["journeys"]', '"journeys"', 7, "editor of roles is no list of groups"),
        ('["Example.org"]', "[]", 8, "domains is no list of domains"),
        ("Example.org", "a@example.org", 8, "domains is no list of domains"),
    ],
)  # fmt: skip
def test_each_mistake_in_the_settings_is_told(
    tmp_path: Path, old: str, new: str, line: int, what: str
) -> None:
    file = tmp_path / "desirepath.toml"
    file.write_text(WHOLE.replace(old, new), encoding="utf-8")
    with pytest.raises(WebError) as caught:
        read_oidc(file, ENVIRONMENT)
    first = caught.value.problems[0]
    assert (first.code, first.what, first.place) == ("E728", what, f"{file}:{line}")
    assert first.hint
