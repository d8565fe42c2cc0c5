"""Signing in with an account from elsewhere: off to its provider, and back."""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.web.api.asking import desk_of, people_of, problem, route
from desirepath.web.api.describe import Asked, asked
from desirepath.web.api.people import (
    address_of,
    end_old,
    keep_session,
    throttle_of,
)
from desirepath.web.policy import Actor

if TYPE_CHECKING:
    from desirepath.web.oidc.provider import Provider

COOKIE = "desirepath_sign_in"
FLOW_S = 600
HERE = "/api/oidc/back"
# Pages of the board stand behind "#": whatever this lets through stays on this server.
PAGE = re.compile(r"/(?:[\w.~-][\w.~/-]*)?", re.ASCII)
LONGEST_PAGE = 500
# From /api/oidc/back to the page, wherever a proxy put both.
TOP = "../../"


class StartAsked(Asked):
    """Where to begin."""

    to: str = Field("/", description="Page of the board to come back to, such as /maps/shop.")  # fmt: skip


class BackAsked(Asked):
    """What the provider sends along; it may send more."""

    code: str = Field("", description="What the provider gives a token for.")
    state: str = Field("", description="What it was told at the beginning.")


async def start_oidc(request: Request, actor: Actor) -> Response:
    """Off to the provider of accounts to sign in there; 404 where the server knows none."""
    provider = _provider(request)
    if provider is None:
        return _nowhere()
    to = page_of_board(asked(StartAsked, request).to)
    from desirepath.web.oidc.provider import Flow  # noqa: PLC0415 - needs more packages

    try:
        flow = Flow.new()
        address = await run_in_threadpool(provider.begin, flow, _back(request, provider))  # fmt: skip
    except WebError as error:
        return _refused(request, error)
    # browsers do not send a strict cookie along on the way back, so the old session ends here
    end_old(request, actor)
    answer = Response(status_code=303, headers={"Location": address})
    is_https = request.url.scheme == "https"
    answer.set_cookie(_cookie(request), f"{flow.secret}:{to}", max_age=FLOW_S, httponly=True, samesite="lax", secure=is_https)  # fmt: skip
    return answer


async def end_oidc(request: Request, actor: Actor) -> Response:
    """Back from the provider of accounts, with a session where it vouches for somebody."""
    provider = _provider(request)
    if provider is None:
        return _nowhere()
    secret = ""
    try:
        secret, to = await _come_back(request, actor, provider)
        answer = Response(status_code=303, headers={"Location": f"{TOP}#{quote(to)}"})
    except WebError as error:
        answer = _refused(request, error)
    is_https = request.url.scheme == "https"
    answer.delete_cookie(_cookie(request), secure=is_https, httponly=True, samesite="lax")  # fmt: skip
    if secret:
        keep_session(answer, request, secret)
    return answer


async def _come_back(
    request: Request, actor: Actor, provider: Provider
) -> tuple[str, str]:
    """Secret of a new session, and the page to go on to."""
    from desirepath.web.oidc.linked import let_in  # noqa: PLC0415 - needs more packages
    from desirepath.web.oidc.provider import Flow  # noqa: PLC0415

    now_us, sent = desk_of(request).now_us(), request.query_params
    kept, _, to = request.cookies.get(_cookie(request), "").partition(":")
    flow, state = Flow(kept), sent.get("state", "")
    if not kept or not hmac.compare_digest(_bytes(state), flow.state.encode()):
        what = "this sign-in was not begun in this browser, or is too old"
        raise WebError(Problem("E743", what, hint="Sign in again."))
    throttle, address = throttle_of(request), address_of(request)
    throttle.refuse_many(address, f"oidc {state}", now_us)
    settings = provider.settings
    code = sent.get("code", "")
    if sent.get("iss", settings.issuer) != settings.issuer or not code:
        what = "the provider let nobody in"
        raise WebError(Problem("E744", what, hint="Sign in again, or with a password."))
    back = _back(request, provider)
    to = page_of_board(to or "/")
    somebody = await run_in_threadpool(provider.finish, flow, code, back)
    people = people_of(request)
    secret, ended = let_in(people, somebody, settings.role, now_us)
    throttle.forgive(address, f"oidc {state}")
    desk_of(request).end(ended)
    end_old(request, actor)
    return secret, to


def page_of_board(to: str) -> str:
    """A page of the board, as it stands behind "#".

    Raises:
        WebError: E719 it is none.

    Examples:
        >>> page_of_board("/maps/shop")
        '/maps/shop'
    """
    if len(to) <= LONGEST_PAGE and PAGE.fullmatch(to):
        return to
    what, hint = '"to" is no page of the board', "Send a path such as /maps/shop."
    raise WebError(Problem("E719", what, hint=hint))


def _refused(request: Request, error: WebError) -> Response:
    """Back to the page that signs in, which says why; programs get the problem itself."""
    state = request.app.state
    state.metrics.refused_sign_ins += 1
    state.say("sign-in refused", route=request.url.path, code=error.code, address=address_of(request))  # fmt: skip
    if "text/html" not in request.headers.get("accept", ""):
        return problem(error)
    return Response(status_code=303, headers={"Location": f"{TOP}?refused={error.code}"})  # fmt: skip


def _nowhere() -> Response:
    what, hint = "this server knows no provider of accounts", "Sign in with a password."
    return problem(WebError(Problem("E730", what, hint=hint)), 404)


def _provider(request: Request) -> Provider | None:
    provider: Provider | None = request.app.state.provider
    return provider


def _back(request: Request, provider: Provider) -> str:
    """Address of the way back, as the provider knows it."""
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    return (provider.settings.address or own) + HERE


def _cookie(request: Request) -> str:
    return f"__Host-{COOKIE}" if request.url.scheme == "https" else COOKIE


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def routes() -> list[BaseRoute]:
    """Routes of signing in with an account from elsewhere."""
    return [
        route("/api/oidc/start", start_oidc, "GET", None).says(
            status=303, query=StartAsked
        ),
        route(HERE, end_oidc, "GET", None).says(status=303, query=BackAsked),
    ]
