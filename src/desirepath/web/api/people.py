"""Accounts: who is there, who may do what; sessions and tokens: coming and going."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.web.api.asking import (
    COOKIE,
    denied,
    desk_of,
    json_of,
    people_of,
    route,
    text_in,
)
from desirepath.web.people import SESSION_US, Person
from desirepath.web.policy import ROLES, Actor, Role
from desirepath.web.throttle import Throttle

SECOND_US = 1_000_000
TOKEN_US = 365 * 86_400 * SECOND_US


async def me(_: Request, actor: Actor) -> Response:
    """Who asks."""
    return JSONResponse(
        {
            "name": actor.name,
            "role": actor.role,
            "map": actor.only_map or None,
            "lanes": sorted(actor.lanes),
        }
    )


async def first(request: Request, actor: Actor) -> Response:
    """The first administrator makes an account with the key the server printed."""
    data = await json_of(request, actor)
    people, now_us = people_of(request), desk_of(request).now_us()
    _throttle(request).refuse_many(_address(request), "first", now_us)
    name, password = text_in(data, "name"), text_in(data, "password")
    people.first_administrator(text_in(data, "key"), name, password, now_us)
    return _signed_in(request, people.sign_in(name, password, now_us))


async def sign_in(request: Request, actor: Actor) -> Response:
    """A session for name and password."""
    data = await json_of(request, actor)
    name, password = text_in(data, "name"), text_in(data, "password")
    now_us = desk_of(request).now_us()
    throttle = _throttle(request)
    throttle.refuse_many(_address(request), name, now_us)
    secret = people_of(request).sign_in(name, password, now_us)
    throttle.forget(name)
    _end_old(request, actor)
    return _signed_in(request, secret)


async def come_in(request: Request, actor: Actor) -> Response:
    """A session for a guest with a link."""
    data = await json_of(request, actor)
    now_us = desk_of(request).now_us()
    link = text_in(data, "link")
    _throttle(request).refuse_many(_address(request), link, now_us)
    secret = people_of(request).come_in(
        link, text_in(data, "name", ""), text_in(data, "password", ""), now_us
    )
    _end_old(request, actor)
    return _signed_in(request, secret)


async def sign_out(request: Request, actor: Actor) -> Response:
    """End the session that asks."""
    _end_old(request, actor)
    answer = Response(status_code=204)
    answer.delete_cookie(COOKIE)
    return answer


def _end_old(request: Request, actor: Actor) -> None:
    if actor.session:
        desk_of(request).end(people_of(request).end(actor.session))


def _signed_in(request: Request, secret: str) -> Response:
    answer = JSONResponse({"signed_in": True})
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=SESSION_US // SECOND_US,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


def _throttle(request: Request) -> Throttle:
    throttle: Throttle = request.app.state.throttle
    return throttle


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def list_people(request: Request, _: Actor) -> Response:
    """All accounts."""
    found = people_of(request).everyone()
    return JSONResponse({"people": [_told(one) for one in found]})


def _told(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role,
        "lanes": list(person.lanes),
        "suspended": person.suspended,
    }


async def add_person(request: Request, actor: Actor) -> Response:
    """A new account."""
    data = await json_of(request, actor)
    person = people_of(request).add(
        text_in(data, "name"),
        text_in(data, "password"),
        _role(text_in(data, "role")),
        _lanes(data.get("lanes", [])),
    )
    return JSONResponse(_told(person), status_code=201)


async def change_person(request: Request, actor: Actor) -> Response:
    """Another role, other lanes, another password, or suspended; all their sessions end at once."""
    data = await json_of(request, actor)
    values: dict[str, Any] = {}
    if "role" in data:
        values["role"] = _role(text_in(data, "role"))
    if "password" in data:
        values["password"] = text_in(data, "password")
    if "lanes" in data:
        values["lanes"] = _lanes(data["lanes"])
    if "suspended" in data:
        if not isinstance(data["suspended"], bool):
            raise _not_given("suspended", "Send true or false.")
        values["suspended"] = data["suspended"]
    if not values:
        raise _not_given("role", "Send role, lanes, password or suspended.")
    ended = people_of(request).change(request.path_params["person"], values)
    desk_of(request).end(ended)
    return Response(status_code=204)


def _role(name: str) -> Role:
    for role in ROLES:
        if role == name:
            return role
    raise _not_given("role", f"Send one of {', '.join(ROLES)}.")


def _lanes(given: object) -> tuple[str, ...]:
    if isinstance(given, list) and all(isinstance(one, str) and one for one in given):
        return tuple(given)
    raise _not_given("lanes", "Send a list of lanes.")


def _not_given(name: str, hint: str) -> WebError:
    return WebError(Problem("E719", f'"{name}" is missing or wrong', hint=hint))


async def list_tokens(request: Request, actor: Actor) -> Response:
    """Own sessions and tokens, without their secrets."""
    if not actor.person:
        return denied(actor, "only people with an account have tokens")
    found = people_of(request).keys(person=actor.person)
    return JSONResponse(
        {
            "keys": [
                {"id": one.id, "kind": one.kind, "name": one.name, "until_us": one.until_us}
                for one in found
            ]
        }
    )  # fmt: skip


async def make_token(request: Request, actor: Actor) -> Response:
    """A token with which a program acts as oneself, for a year."""
    if not actor.person:
        return denied(actor, "only people with an account have tokens")
    data = await json_of(request, actor)
    until_us = desk_of(request).now_us() + TOKEN_US
    secret, key_id = people_of(request).new_token(
        actor.person, text_in(data, "name"), until_us
    )
    return JSONResponse(
        {"id": key_id, "secret": secret, "until_us": until_us}, status_code=201
    )


async def end_key(request: Request, actor: Actor) -> Response:
    """End an own session or token."""
    key_id = request.path_params["key"]
    own = {one.id for one in people_of(request).keys(person=actor.person)}
    if not actor.person or key_id not in own:
        return denied(actor, "this is not a session or token of yours")
    desk_of(request).end(people_of(request).end(key_id))
    return Response(status_code=204)


def routes() -> list[BaseRoute]:
    """Routes of people."""
    return [
        route("/api/me", me, "GET", None),
        route("/api/first", first, "POST", None),
        route("/api/session", sign_in, "POST", None),
        route("/api/session", sign_out, "DELETE", None),
        route("/api/guest", come_in, "POST", None),
        route("/api/people", list_people, "GET", "administer"),
        route("/api/people", add_person, "POST", "administer"),
        route("/api/people/{person}", change_person, "PATCH", "administer"),
        route("/api/keys", list_tokens, "GET", None),
        route("/api/keys", make_token, "POST", None),
        route("/api/keys/{key}", end_key, "DELETE", None),
    ]
