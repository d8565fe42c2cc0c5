"""Rights on PostgreSQL: the core of what `test_rights` tries on SQLite."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.postgres import new_database
from tests.web.server import MAP, Caller, Server, running
from tests.web.test_rights import MAY, ROUTES

ROLES = ("nobody", "viewer", "editor", "facilitator", "administrator")


@pytest.fixture(scope="module")
def server(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("rights"), new_database(postgres)) as one:
        yield one


@pytest.fixture(scope="module")
def callers(server: Server) -> dict[str, Caller]:
    found = {role: server.person(role, role) for role in ROLES[1:]}
    asked = found["administrator"].ask("POST", "/api/maps", MAP.format(map_id="shop"))
    assert asked.status == 201
    return found | {"nobody": server.caller()}


@pytest.mark.parametrize("role", ROLES)
def test_each_route_for_each_role(
    server: Server, callers: dict[str, Caller], role: str
) -> None:
    for route in ROUTES:
        if route.action is None:
            continue
        path = route.path.replace("{map}", "shop")
        for name in ("name", "key", "person"):
            path = path.replace(f"{{{name}}}", "x")
        (method,) = (route.methods or set()) - {"HEAD"}
        answer = callers[role].ask(method, path, {} if method != "GET" else None)
        if role in MAY[route.action]:
            assert answer.status not in (401, 403, 500), (method, path, answer)
        else:
            assert answer.status == (401 if role == "nobody" else 403), (method, path)
