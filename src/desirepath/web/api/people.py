"""Accounts: who is there, who may do what; sessions and tokens: coming and going."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.web.api.asking import (
    cookie_of,
    denied,
    desk_of,
    people_of,
    route,
)
from desirepath.web.api.describe import PageAsked, asked, given, page_of, taken
from desirepath.web.api.forms import (
    FirstAdministrator,
    Guest,
    KeySaid,
    KeysSaid,
    Me,
    NewPerson,
    NewToken,
    PeopleSaid,
    PersonChange,
    PersonSaid,
    SecretSaid,
    SignedIn,
    SignIn,
)
from desirepath.web.people import SESSION_US, Person
from desirepath.web.policy import Actor
from desirepath.web.talk.audit import Detail, note_now
from desirepath.web.throttle import Throttle

SECOND_US = 1_000_000
TOKEN_US = 365 * 86_400 * SECOND_US


async def me(request: Request, actor: Actor) -> Response:
    """Who asks."""
    provider = request.app.state.provider
    return given(
        Me(
            name=actor.name,
            role=actor.role,
            map=actor.only_map or None,
            lanes=sorted(actor.lanes),
            provider=provider.settings.name if provider else None,
        )
    )


async def first(request: Request, actor: Actor) -> Response:
    """The first administrator makes an account with the key the server printed."""
    sent = await taken(FirstAdministrator, request, actor)
    people, now_us = people_of(request), desk_of(request).now_us()
    throttle_of(request).refuse_many(address_of(request), "first", now_us)
    people.first_administrator(sent.key, sent.name, sent.password, now_us)
    return _signed_in(request, people.sign_in(sent.name, sent.password, now_us))


async def sign_in(request: Request, actor: Actor) -> Response:
    """A session for name and password."""
    sent = await taken(SignIn, request, actor)
    now_us = desk_of(request).now_us()
    throttle = throttle_of(request)
    throttle.refuse_many(address_of(request), sent.name, now_us)
    secret = people_of(request).sign_in(sent.name, sent.password, now_us)
    throttle.forgive(address_of(request), sent.name)
    end_old(request, actor)
    return _signed_in(request, secret)


async def come_in(request: Request, actor: Actor) -> Response:
    """A session for a guest with a link."""
    sent = await taken(Guest, request, actor)
    now_us = desk_of(request).now_us()
    throttle = throttle_of(request)
    throttle.refuse_many(address_of(request), sent.link, now_us)
    secret = people_of(request).come_in(sent.link, sent.name, sent.password, now_us)
    throttle.forgive(address_of(request), sent.link)
    end_old(request, actor)
    return _signed_in(request, secret)


async def sign_out(request: Request, actor: Actor) -> Response:
    """End the session that asks."""
    end_old(request, actor)
    answer = Response(status_code=204)
    is_https = request.url.scheme == "https"
    answer.delete_cookie(cookie_of(request), secure=is_https, httponly=True, samesite="strict")  # fmt: skip
    return answer


def end_old(request: Request, actor: Actor) -> None:
    """End the session that asks, because another one begins or none."""
    if actor.session:
        desk_of(request).end(people_of(request).end(actor.session))


def _signed_in(request: Request, secret: str) -> Response:
    answer = given(SignedIn(signed_in=True))
    keep_session(answer, request, secret)
    return answer


def keep_session(answer: Response, request: Request, secret: str) -> None:
    """Give the browser its session."""
    people, now_us = people_of(request), desk_of(request).now_us()
    actor = people.actor(secret, now_us)
    note_now(people.engine, actor, "session.begun", now_us, map_id=actor.only_map)
    answer.set_cookie(
        cookie_of(request),
        secret,
        max_age=SESSION_US // SECOND_US,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


def throttle_of(request: Request) -> Throttle:
    """How often somebody tried to come in."""
    throttle: Throttle = request.app.state.throttle
    return throttle


def address_of(request: Request) -> str:
    """Where somebody asks from."""
    return request.client.host if request.client else ""


def noted(
    request: Request,
    actor: Actor,
    action: str,
    detail: Detail | None = None,
    map_id: str = "",
) -> None:
    """Write into the audit trail what somebody has done."""
    now_us, engine = desk_of(request).now_us(), people_of(request).engine
    note_now(engine, actor, action, now_us, map_id=map_id, detail=detail)


async def list_people(request: Request, _: Actor) -> Response:
    """All accounts by name."""
    found = people_of(request).everyone()
    part, after = page_of(found, lambda one: one.name, asked(PageAsked, request))
    return given(PeopleSaid(people=[_told(one) for one in part], after=after))


def _told(person: Person) -> PersonSaid:
    return PersonSaid(
        id=person.id,
        name=person.name,
        role=person.role,
        lanes=list(person.lanes),
        suspended=person.suspended,
    )


async def add_person(request: Request, actor: Actor) -> Response:
    """A new account."""
    sent = await taken(NewPerson, request, actor)
    _refuse_no_lanes(sent.lanes)
    person = people_of(request).add(
        sent.name, sent.password, sent.role, tuple(sent.lanes)
    )
    noted(request, actor, "person.added", {"name": person.name, "role": person.role})
    return given(_told(person), 201)


async def change_person(request: Request, actor: Actor) -> Response:
    """Another role, other lanes, another password, or suspended; all their sessions end at once."""
    sent = await taken(PersonChange, request, actor)
    values = sent.model_dump(exclude_none=True)
    if not values:
        hint = "Send role, lanes, password or suspended."
        raise WebError(Problem("E719", "nothing would change", hint=hint))
    _refuse_no_lanes(sent.lanes or ())
    person = request.path_params["person"]
    ended = people_of(request).change(person, values)
    desk_of(request).end(ended)
    told = {"person": person, "password": "password" in values}
    told |= {key: one for key, one in values.items() if key in ("role", "suspended")}
    if sent.lanes is not None:
        told["lanes"] = ", ".join(sent.lanes)
    noted(request, actor, "person.changed", told)
    return Response(status_code=204)


def _refuse_no_lanes(lanes: Sequence[str]) -> None:
    if any(not one.strip() or "\n" in one for one in lanes):
        what = '"lanes" holds one that is no lane'
        raise WebError(Problem("E719", what, hint="Send names of lanes."))


async def list_tokens(request: Request, actor: Actor) -> Response:
    """Own sessions and tokens, without their secrets."""
    if not actor.person:
        return denied(actor, "only people with an account have tokens")
    found = people_of(request).keys(person=actor.person)
    part, after = page_of(found, lambda one: one.id, asked(PageAsked, request))
    keys = [
        KeySaid(id=one.id, kind=one.kind, name=one.name, until_us=one.until_us)
        for one in part
    ]
    return given(KeysSaid(keys=keys, after=after))


async def make_token(request: Request, actor: Actor) -> Response:
    """A token with which a program acts as oneself, for a year."""
    if not actor.person:
        return denied(actor, "only people with an account have tokens")
    sent = await taken(NewToken, request, actor)
    until_us = desk_of(request).now_us() + TOKEN_US
    secret, key_id = people_of(request).new_token(actor.person, sent.name, until_us)
    noted(request, actor, "token.made", {"token": key_id, "name": sent.name})
    return given(SecretSaid(id=key_id, secret=secret, until_us=until_us), 201)


async def end_key(request: Request, actor: Actor) -> Response:
    """End an own session or token."""
    key_id = request.path_params["key"]
    own = {one.id for one in people_of(request).keys(person=actor.person)}
    if not actor.person or key_id not in own:
        return denied(actor, "this is not a session or token of yours")
    desk_of(request).end(people_of(request).end(key_id))
    noted(request, actor, "key.ended", {"key": key_id})
    return Response(status_code=204)


def routes() -> list[BaseRoute]:
    """Routes of people."""
    return [
        route("/api/me", me, "GET", None).says(gives=Me),
        route("/api/first", first, "POST", None).says(
            takes=FirstAdministrator, gives=SignedIn
        ),
        route("/api/session", sign_in, "POST", None).says(takes=SignIn, gives=SignedIn),
        route("/api/session", sign_out, "DELETE", None).says(),
        route("/api/guest", come_in, "POST", None).says(takes=Guest, gives=SignedIn),
        route("/api/people", list_people, "GET", "administer").says(
            gives=PeopleSaid, query=PageAsked
        ),
        route("/api/people", add_person, "POST", "administer").says(
            takes=NewPerson, gives=PersonSaid, status=201
        ),
        route("/api/people/{person}", change_person, "PATCH", "administer").says(
            takes=PersonChange
        ),
        route("/api/keys", list_tokens, "GET", None).says(
            gives=KeysSaid, query=PageAsked
        ),
        route("/api/keys", make_token, "POST", None).says(
            takes=NewToken, gives=SecretSaid, status=201
        ),
        route("/api/keys/{key}", end_key, "DELETE", None).says(),
    ]
