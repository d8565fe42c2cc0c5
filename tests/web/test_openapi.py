"""The description of the API: true, whole, and no request makes the server fail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import ValidationError
from openapi_spec_validator import OpenAPIV31SpecValidator
from tests.web.direct import Direct, direct
from tests.web.fits import refuse_misfit
from tests.web.from_schema import RARE, TEXTS, nearly, values
from tests.web.server import MAP, PASSWORD, Answer, Server, running

from desirepath.web.app import build_app
from desirepath.web.collab.log import EditLog
from desirepath.web.openapi import described, document
from desirepath.web.people import People

# of each operation: at every change, and nightly
EXAMPLES = [40, pytest.param(100, marks=pytest.mark.nightly)]
MINUTE_US = 61_000_000


def whole() -> dict[str, Any]:
    log = EditLog("sqlite://")
    try:
        return document(build_app(log, People(log.engine), lambda: 0).routes)
    finally:
        log.close()


WHOLE = whole()
OPERATIONS = [
    (method.upper(), path) for path, one in WHOLE["paths"].items() for method in one
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("openapi")) as one:
        yield one


def test_the_description_is_valid_openapi() -> None:
    assert list(OpenAPIV31SpecValidator(WHOLE).iter_errors()) == []
    assert WHOLE["openapi"].startswith("3.1")


def test_every_route_says_what_it_takes_and_gives(server: Server) -> None:
    routes = described(server.app.routes)
    assert [one.path for one in routes if one.terms is None] == []
    names = [one.answer.__name__ for one in routes]
    assert len(names) == len(set(names)) == len(OPERATIONS)
    assert [one for one in routes if not one.answer.__doc__] == []


def test_every_address_of_the_api_is_described(server: Server) -> None:
    told = {one.path for one in described(server.app.routes)}
    found = {getattr(one, "path", "") for one in server.app.routes}
    assert {one for one in found if one.startswith("/api/")} - told == {
        "/api/maps/{map}/live"
    }


def test_the_server_tells_its_own_description(server: Server) -> None:
    answer = server.caller().ask("GET", "/api/openapi.json")
    assert answer.data == WHOLE


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/api/x", 404), ("PUT", "/api/me", 405)]
)
def test_what_does_not_exist_is_a_problem_too(
    server: Server, method: str, path: str, status: int
) -> None:
    answer = server.caller().ask(method, path)
    assert (answer.status, answer.data["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_answer_that_is_not_as_described_is_found(server: Server) -> None:
    kind = {"content-type": "application/json"}
    me: dict[str, Any] = {"name": "", "role": None, "map": None, "lanes": []}
    refuse_misfit(WHOLE, "GET", "/api/me", None, Answer(200, me, kind))
    for wrong in (me | {"role": "king"}, me | {"secret": "x"}, {}):
        with pytest.raises(ValidationError):
            refuse_misfit(WHOLE, "GET", "/api/me", None, Answer(200, wrong, kind))
    with pytest.raises(AssertionError, match="not described"):
        refuse_misfit(WHOLE, "GET", "/api/me", None, Answer(302, "", {}))


def test_lists_come_in_parts_that_make_the_whole(server: Server) -> None:
    ann = server.person("Pager", "administrator")
    for number in range(5):
        ann.ask("POST", "/api/maps", MAP.format(map_id=f"part-{number}"))
    for path, name in (("/api/maps", "maps"), ("/api/people", "people"), ("/api/keys", "keys")):  # fmt: skip
        whole = ann.ask("GET", path).data[name]
        found, after = [], ""
        while after is not None:
            part = ann.ask("GET", f"{path}?limit=2&after={quote(after)}").data
            assert len(part[name]) <= 2
            found += part[name]
            after = part["after"]
        assert found == whole
        assert whole
    for wrong in ("limit=0", "limit=101", "limit=x", "page=2"):
        answer = ann.ask("GET", f"/api/maps?{wrong}")
        assert (answer.status, answer.data["code"]) == (400, "E719")


@dataclass
class Tried:
    """A request that is tried."""

    path: str
    query: dict[str, str]
    kind_and_body: tuple[str, bytes]
    tag: str


# chance alone hardly ever makes an edit that fits the map
EDITS = "/api/maps/{map}/edits"
FITTING = {"do": "change", "ref": "map", "field": "title"}
SHOP, SPRING, ANY = st.just("shop"), st.just("spring"), TEXTS | st.just("none")
NAMES = {"map": SHOP | SHOP | ANY, "name": SPRING | SPRING | ANY}
TAGS = st.sampled_from(("", "*", '"0"', '"1"', "rubbish"))
FILES = (MAP.format(map_id="shop"), MAP.format(map_id="new"), *RARE)
CUT_FILES = st.one_of(
    st.sampled_from(FILES),
    st.builds(lambda text, cut, more: text[:cut] + more, st.sampled_from(FILES), st.sampled_from((0, 1, 40, 200, 10_000)), TEXTS),
).map(lambda text: text.encode("utf-8", "surrogatepass"))  # fmt: skip


def requests(method: str, template: str) -> st.SearchStrategy[Tried]:
    """Requests to an operation: such as are described, and such as nearly are."""
    operation = WHOLE["paths"][template][method.lower()]
    parameters = operation.get("parameters", [])
    inside = [one["name"] for one in parameters if one["in"] == "path"]
    behind = {
        one["name"]: (values(one["schema"], WHOLE["components"]) | TEXTS).map(str)
        for one in parameters
        if one["in"] == "query"
    }
    content = operation.get("requestBody", {}).get("content", {})
    bodies = [st.tuples(st.just("text/plain"), CUT_FILES)] if content else []
    for kind, one in content.items():
        data = nearly(values(one["schema"], WHOLE["components"]))
        if template == EDITS:
            data |= TEXTS.map(lambda title: FITTING | {"value": title})
        sent = data.map(json.dumps).map(str.encode) if "json" in kind else CUT_FILES
        bodies.append(st.tuples(st.just(kind), sent))
    return st.builds(
        Tried,
        st.fixed_dictionaries({name: NAMES.get(name, ANY) for name in inside}).map(
            lambda names: _filled(template, names)
        ),
        st.fixed_dictionaries({}, optional=behind),
        st.one_of(bodies) if bodies else st.just(("", b"")),
        TAGS,
    )


def _filled(template: str, names: dict[str, str]) -> str:
    for name, value in names.items():
        shown = quote(value.encode("utf-8", "surrogatepass"), safe="") or "x"
        template = template.replace(f"{{{name}}}", shown)
    return template


class Administrator:
    """Somebody who may do everything; made anew when an example took that away."""

    def __init__(self, server: Direct) -> None:
        self.server = server
        self.count = 0
        self.fresh()

    def fresh(self) -> None:
        self.count += 1
        name = f"administrator {self.count}"
        people, now_us = self.server.people, self.server.clock()
        self.id = people.add(name, PASSWORD, "administrator").id
        self.secret = people.new_token(self.id, "", now_us + 10**15)[0]
        self.send("POST", Tried("/api/maps", {}, ("", FILES[0].encode()), ""))
        named = ("application/json", b'{"name": "spring"}')
        self.send("POST", Tried("/api/maps/shop/versions", {}, named, ""))

    def send(self, method: str, tried: Tried) -> Answer:
        """Send it, and hold the answer to the description."""
        self.server.clock.us += MINUTE_US
        told = {"Authorization": f"Bearer {self.secret}"}
        kind, body = tried.kind_and_body
        if kind:
            told["Content-Type"] = kind
        if tried.tag:
            told["If-Match"] = told["If-None-Match"] = tried.tag
        query = "&".join(
            f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}"
            for name, value in tried.query.items()
        )
        address = tried.path + (f"?{query}" if query else "")
        answer = self.server.ask(method, address, told, body)
        refuse_misfit(WHOLE, method, tried.path, None, answer)
        return answer


@pytest.fixture(scope="module")
def administrator(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Administrator]:
    with direct(tmp_path_factory.mktemp("direct")) as one:
        yield Administrator(one)


# What was done at least once while it was tried, so that more than refusals is.
DONE = {
    ("POST", "/api/people"),
    ("POST", "/api/keys"),
    ("POST", "/api/maps"),
    ("PUT", "/api/maps/{map}"),
    ("POST", EDITS),
    ("POST", "/api/maps/{map}/versions"),
    ("POST", "/api/maps/{map}/versions/{name}/restore"),
    ("POST", "/api/maps/{map}/links"),
}


@pytest.mark.parametrize("examples", EXAMPLES)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_request_makes_the_server_fail(
    administrator: Administrator, method: str, path: str, examples: int
) -> None:
    statuses: set[int] = set()

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(tried=requests(method, path))
    def hold(tried: Tried) -> None:
        answer = administrator.send(method, tried)
        if answer.status == 401 and path not in ("/api/session", "/api/guest"):
            administrator.fresh()
            answer = administrator.send(method, tried)
        statuses.add(answer.status)

    hold()
    assert statuses
    if path.startswith("/api/oidc/"):
        assert statuses == {404}  # no provider here: see test_oidc
    elif (method == "GET" and "{" not in path) or (method, path) in DONE:
        assert min(statuses) < 300, statuses
