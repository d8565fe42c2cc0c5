"""Who asks, whether they may, and what they sent: the same for every route."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import BaseModel
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from desirepath.errors import DesirepathError, Problem, WebError
from desirepath.web.days import day_of
from desirepath.web.desk import Desk, problem_of
from desirepath.web.people import People
from desirepath.web.policy import NOBODY, Action, Actor, refusal
from desirepath.web.throttle import TooManyError

COOKIE = "desirepath_session"
# Browsers take this name from https only, for this host only.
SAFE_COOKIE = f"__Host-{COOKIE}"
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
MOST_BYTES_UNKNOWN = 64 * 1024
MOST_BYTES = 2_000_000
NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")  # as JSON writes it
STATUS = {
    "E701": 409,
    "E702": 404,
    "E703": 503,
    "E704": 503,
    "E705": 503,
    "E706": 409,
    "E707": 413,
    "E708": 403,
    "E709": 429,
    "E710": 401,
    "E711": 403,
    "E713": 409,
    "E714": 404,
    "E715": 409,
    "E716": 403,
    "E717": 415,
    "E718": 412,
    "E739": 413,
    "E742": 413,
    "E729": 503,
    "E760": 404,
    "E763": 429,
    "E768": 503,
    "E744": 403,
    "E745": 403,
    "E746": 404,
    "E747": 409,
    "E750": 409,
    "E751": 404,
    "E752": 413,
    "E753": 507,
    "E755": 409,
    "E756": 409,
    "E757": 503,
    "E759": 409,
    "E780": 409,
    "E781": 404,
    "E782": 404,
    "E784": 409,
    "E785": 409,
    "E786": 404,
    "E787": 404,
    "E789": 409,
    "E791": 404,
    "E792": 404,
    "E795": 404,
    "E797": 404,
    "E770": 404,
    "E771": 409,
    "E773": 409,
    "E774": 409,
}
Answer = Callable[[Request, Actor], Awaitable[Response]]


def desk_of(connection: HTTPConnection) -> Desk:
    """The desk of the app."""
    desk: Desk = connection.app.state.desk
    return desk


def people_of(connection: HTTPConnection) -> People:
    """Accounts and keys of the app."""
    people: People = connection.app.state.people
    return people


def today_of(connection: HTTPConnection) -> date:
    """The day it is, in the zone of the project."""
    return day_of(desk_of(connection).now_us(), connection.app.state.zone)


# A model of JSON, or a kind of media such as "application/yaml"; several where there is a choice.
Content = type[BaseModel] | str


@dataclass(frozen=True, slots=True)
class Terms:
    """What a route takes and gives; its page in the reference is made of this.

    Attributes:
        takes: What may be sent, nothing where it takes no body.
        gives: What it answers, nothing for an empty answer.
        status: Of the answer.
        query: Model of what may stand behind the "?"; fields are texts or numbers.
        is_tagged: Whether answers carry an ETag, and requests may carry If-Match or If-None-Match.
    """

    takes: tuple[Content, ...] = ()
    gives: tuple[Content, ...] = ()
    status: int = 200
    query: type[BaseModel] | None = None
    is_tagged: bool = False


class AskedRoute(Route):
    """A route that says what right it asks for, and what it takes and gives."""

    action: Action | None = None
    is_of_map: bool = False
    answer: Answer
    terms: Terms | None = None  # None until the route says what it takes and gives

    def says(
        self,
        *,
        takes: Content | tuple[Content, ...] = (),
        gives: Content | tuple[Content, ...] = (),
        status: int = 0,
        query: type[BaseModel] | None = None,
        is_tagged: bool = False,
    ) -> Self:
        """The route, with what it takes and gives.

        Args:
            takes: What may be sent: a model of JSON, a kind of media, or several.
            gives: What it answers, in the same way; nothing for an empty answer.
            status: Of the answer; 0 for 200, or 204 where it is empty.
            query: Model of what may stand behind the "?".
            is_tagged: Whether answers carry an ETag.
        """
        answers = _several(gives)
        code = status or (200 if answers else 204)
        self.terms = Terms(_several(takes), answers, code, query, is_tagged)
        return self


def route(
    path: str,
    answer: Answer,
    method: str,
    action: Action | None,
    *,
    is_of_map: bool = False,
) -> AskedRoute:
    """A route that asks for rights before anything else.

    Args:
        path: As Starlette writes it; ``{map}`` is the id of a map.
        answer: What answers.
        method: GET, POST, PATCH or DELETE.
        action: What the actor must be allowed to do; None for what everybody may.
        is_of_map: Whether ``{map}`` says which map the right is about.
    """

    async def endpoint(request: Request) -> Response:
        try:
            refuse_foreign(request)
            actor = actor_of(request)
            if action is not None:
                map_id = request.path_params["map"] if is_of_map else ""
                why = refusal(actor, action, map_id)
                if why:
                    return denied(actor, why)
            return await answer(request, actor)
        except DesirepathError as error:
            return problem(error)

    one = AskedRoute(path, endpoint, methods=[method])
    one.action, one.is_of_map, one.answer = action, is_of_map, answer
    return one


def _several(content: Content | tuple[Content, ...]) -> tuple[Content, ...]:
    return content if isinstance(content, tuple) else (content,)


def denied(actor: Actor, why: str) -> Response:
    """401 for somebody unknown, 403 for who may not."""
    error = WebError(Problem("E708", why))
    return problem(error, 401 if actor.role is None else 403)


def problem(error: DesirepathError, status: int | None = None) -> Response:
    """An error as an answer."""
    code = status or STATUS.get(error.code, 400)
    headers = None
    if isinstance(error, TooManyError):
        headers = {"Retry-After": str(error.wait_s)}
    return JSONResponse(
        problem_of(error) | {"status": code},
        status_code=code,
        headers=headers,
        media_type="application/problem+json",
    )


def cookie_of(connection: HTTPConnection) -> str:
    """Name of the cookie that holds the session."""
    return SAFE_COOKIE if connection.url.scheme in ("https", "wss") else COOKIE


def actor_of(connection: HTTPConnection) -> Actor:
    """Who asks: by a token of a program, or by the session of a browser."""
    people, now_us = people_of(connection), desk_of(connection).now_us()
    kind, _, token = connection.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and token:
        return people.actor(token, now_us)
    secret = connection.cookies.get(cookie_of(connection), "")
    return people.actor(secret, now_us) if secret else NOBODY


def refuse_foreign(connection: HTTPConnection) -> None:
    """Nothing for requests that come from our own pages, or from programs.

    A browser says where a page that asks comes from; programs say nothing, and carry no cookie
    that somebody else could make them send.

    Raises:
        WebError: E716 another site asks.
    """
    is_socket = connection.scope["type"] == "websocket"
    if not is_socket and connection.scope["method"] not in UNSAFE:
        return
    origin = connection.headers.get("origin")
    site = connection.headers.get("sec-fetch-site")
    is_ours = origin is not None and _is_own(origin, connection)
    has_cookie = bool(connection.cookies.get(cookie_of(connection)))
    is_program = origin is None and site is None and not has_cookie
    if is_program or (is_ours and site in (None, "same-origin")):
        return
    what = "another site asks in your name"
    hint = "Open this server's own address."
    raise WebError(Problem("E716", what, hint=hint))


def _is_own(origin: str, connection: HTTPConnection) -> bool:
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return False
    scheme = {"ws": "http", "wss": "https"}.get(
        connection.url.scheme, connection.url.scheme
    )
    own = connection.headers.get("host", "")
    is_plain = origin == f"{parts.scheme}://{parts.netloc}"
    return is_plain and parts.scheme == scheme and parts.netloc == own and port != 0


async def body_of(request: Request, actor: Actor) -> bytes:
    """What was sent.

    Raises:
        WebError: E707 it is too large.
    """
    limit = MOST_BYTES if actor.role else MOST_BYTES_UNKNOWN
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > limit:
            what = f"the request is larger than {limit // 1000} kB"
            raise WebError(Problem("E707", what, hint="Send less at once."))
    return bytes(found)


async def json_of(request: Request, actor: Actor) -> dict[str, Any]:
    """The JSON object that was sent.

    Raises:
        WebError: E707 it is too large, E717 it is not a JSON object.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    body = await body_of(request, actor)
    try:
        data = json.loads(body) if kind == "application/json" else None
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        hint = "Send an object with the header Content-Type: application/json."
        raise WebError(Problem("E717", "this is not a JSON object", hint=hint))
    _refuse_no_text(data)
    return data


def _refuse_no_text(data: dict[str, Any]) -> None:
    """Nothing where every text can be stored: no character NUL, no half of a pair."""
    try:
        text = json.dumps(data, ensure_ascii=False)
        text.encode()
    except (UnicodeEncodeError, RecursionError):
        text = r"\u0000"
    if NUL.search(text):
        what = "a text holds what is no character"
        hint = "Leave out \\u0000 and halves of pairs such as \\ud800."
        raise WebError(Problem("E719", what, hint=hint))


def text_in(data: dict[str, Any], name: str, default: str | None = None) -> str:
    """A text of what was sent.

    Raises:
        WebError: E719 it is missing or no text.
    """
    value = data.get(name, default)
    if not isinstance(value, str):
        hint = f'Send "{name}" as a text.'
        raise WebError(Problem("E719", f'"{name}" is missing', hint=hint))
    return value
