"""Pages for everybody: made and ended by facilitators, opened by whoever has the address."""

from __future__ import annotations

import asyncio
import re
from dataclasses import asdict
from html import escape, unescape
from urllib.parse import parse_qs

from pydantic import Field
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from desirepath.errors import DesirepathError, Problem, WebError
from desirepath.evidence.quotes import quotes_from
from desirepath.render.formats.html import html_page
from desirepath.web.api.asking import (
    STATUS,
    body_of,
    desk_of,
    refuse_foreign,
    route,
)
from desirepath.web.api.describe import Asked, Said, asked, given, taken
from desirepath.web.api.people import address_of, noted, throttle_of
from desirepath.web.jobs.results import Results
from desirepath.web.policy import NOBODY, Actor
from desirepath.web.publishing.drawn import Content, Drawing
from desirepath.web.publishing.layers import LAYERS, USUAL, Layer
from desirepath.web.publishing.quotes import Quotable, ReleasedQuotes, quotable
from desirepath.web.publishing.store import (
    PublicPage,
    PublicPages,
    new_page_id,
    origins_in,
)
from desirepath.web.throttle import TooManyError
from desirepath.web.tracking.state import board_now

HTML = "text/html"
SHORT_KEY = 12
DAY_US = 86_400 * 1_000_000
MOST_DAYS = 3650
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
# What a page may do besides what its own policy says: nothing in frames, nothing in search engines.
QUIET = {
    "x-robots-tag": "noindex, nofollow, noarchive",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class PublicPageSaid(Said):
    """A page for everybody, without the secret of its address; `until_us` is 0 where it does not end."""

    id: str
    layers: list[Layer]
    origins: list[str]
    version: str
    has_password: bool
    until_us: int
    by: str
    at_us: int


class PublicPagesSaid(Said):
    """Pages of a map, newest first."""

    pages: list[PublicPageSaid]


class NewPublicPage(Said):
    """What a page shows, where it may stand in a frame, and for how long; 0 days for as long as nobody ends it.

    Of `quotes` only those are shown that were released one by one.
    """

    layers: list[Layer] = Field(default_factory=lambda: list(USUAL), max_length=len(LAYERS))  # fmt: skip
    version: str = Field("", max_length=200)
    origins: list[str] = Field(default_factory=list, max_length=50)
    days: int = Field(90, ge=0, le=MOST_DAYS)
    password: str = Field("", max_length=1000)


class PublicPageMade(Said):
    """The page, and the secret of its address: it stands at `/p/` and the secret, told this once."""

    id: str
    secret: str
    until_us: int


class PublicQuoteSaid(Said):
    """Words of a customer that may be shown to everybody once they are released; `by` whom, "" for nobody.

    `customers` is how many speak of the same theme there, 0 for words that the team wrote on the map.
    """

    key: str
    place: str
    theme: str
    text: str
    language: str
    day: str
    channel: str
    customers: int
    is_released: bool
    by: str
    at_us: int


class PublicQuotesSaid(Said):
    """Words that may be released, in map order."""

    quotes: list[PublicQuoteSaid]


class PreviewAsked(Asked):
    """What a page would show."""

    layers: str = Field(
        ",".join(USUAL), description="Layers, separated by commas.", max_length=200
    )
    version: str = Field("", description="Name of a version, nothing for the newest.")


def pages_of(request: Request) -> PublicPages:
    """Public pages of the app."""
    state = request.app.state
    if not hasattr(state, "public_pages"):
        state.public_pages = PublicPages(desk_of(request).rooms.log.engine)
    pages: PublicPages = state.public_pages
    return pages


def released_of(request: Request) -> ReleasedQuotes:
    """Words of customers that were released."""
    return ReleasedQuotes(desk_of(request).rooms.log.engine)


def drawing_of(request: Request) -> Drawing:
    """What draws pages."""
    state = request.app.state
    if not hasattr(state, "drawing"):
        state.drawing = Drawing(desk_of(request).rooms)
    drawing: Drawing = state.drawing
    return drawing


async def list_public_pages(request: Request, _: Actor) -> Response:
    """Pages of a map for everybody."""
    found = await asyncio.to_thread(pages_of(request).all, request.path_params["map"])
    now_us = desk_of(request).now_us()
    pages = [_said(one) for one in found if not 0 < one.until_us <= now_us]
    return given(PublicPagesSaid(pages=pages))


def _said(one: PublicPage) -> PublicPageSaid:
    return PublicPageSaid(
        id=one.id,
        layers=list(one.layers),
        origins=list(one.origins),
        version=one.version,
        has_password=bool(one.password),
        until_us=one.until_us,
        by=one.author,
        at_us=one.at_us,
    )


async def make_public_page(request: Request, actor: Actor) -> Response:
    """A page for everybody with its address; no group of fewer than ten people is on it."""
    sent = await taken(NewPublicPage, request, actor)
    now_us = desk_of(request).now_us()
    until_us = now_us + sent.days * DAY_US if sent.days else 0
    layers = tuple(one for one in LAYERS if one in sent.layers)
    origins = origins_in(sent.origins)

    def make() -> tuple[PublicPage, str]:
        page = _page(request, layers, sent.version, origins, until_us, actor.name)
        return page, pages_of(request).add(page, sent.password)

    page, secret = await asyncio.to_thread(make)
    told = {"page": page.id, "layers": ", ".join(layers)}
    noted(request, actor, "page.made", told, request.path_params["map"])
    return given(PublicPageMade(id=page.id, secret=secret, until_us=until_us), 201)


def _page(
    request: Request,
    layers: tuple[Layer, ...],
    version: str,
    origins: tuple[str, ...] = (),
    until_us: int = 0,
    author: str = "",
) -> PublicPage:
    """A page of the map of a request, which must be there."""
    desk, map_id = desk_of(request), request.path_params["map"]
    log, upto, snapshot = desk.rooms.log, 0, ""
    log.load(map_id)
    if version:
        log.version(map_id, version)
        named = [one for one in log.versions(map_id) if one.name == version]
        upto = max(one.seq for one in named)
        newest = Results(log.engine).newest(map_id)
        snapshot = newest.id if newest else ""
    return PublicPage(
        new_page_id(), map_id, layers, origins, version, upto, snapshot, "", until_us, author, desk.now_us()
    )  # fmt: skip


async def end_public_page(request: Request, actor: Actor) -> Response:
    """End a page: from now on its address leads nowhere."""
    map_id, page = request.path_params["map"], request.path_params["page"]
    await asyncio.to_thread(pages_of(request).end, map_id, page)
    noted(request, actor, "page.ended", {"page": page}, map_id)
    return Response(status_code=204)


async def preview_public_page(request: Request, _: Actor) -> Response:
    """A page as everybody would see it, before it is made."""
    wanted = asked(PreviewAsked, request)
    layers = tuple(one for one in LAYERS if one in wanted.layers.split(","))
    drawing = drawing_of(request)

    def find() -> Content:
        return drawing.content(_page(request, layers, wanted.version))

    html = await drawing.html(await asyncio.to_thread(find))
    return HTMLResponse(html, headers=QUIET | _policy(html, ()))


async def list_public_quotes(request: Request, _: Actor) -> Response:
    """Words of customers that may be shown to everybody, and which of them somebody released."""
    return given(await asyncio.to_thread(_quotes_said, request))


def _quotes_said(request: Request) -> PublicQuotesSaid:
    released = released_of(request).of(request.path_params["map"])
    return PublicQuotesSaid(
        quotes=[
            PublicQuoteSaid(
                **asdict(one),
                is_released=one.key in released,
                by=released[one.key].author if one.key in released else "",
                at_us=released[one.key].at_us if one.key in released else 0,
            )
            for one in _quotable(request)
        ]
    )


def _quotable(request: Request) -> list[Quotable]:
    """Words that may be released of the map of a request, as it and its newest check are now."""
    map_id, rooms = request.path_params["map"], desk_of(request).rooms
    results = Results(rooms.log.engine)
    _, board = board_now(rooms, map_id)
    newest = results.newest(map_id)
    quotes = None
    if newest is not None and "quotes" in results.names(newest.id):
        quotes = quotes_from(results.part(newest.id, "quotes"))
    return list(quotable(quotes, board.journey()))


async def release_public_quote(request: Request, actor: Actor) -> Response:
    """Show words of a customer, who has agreed, on the public pages of the map that show such words."""
    map_id, key = request.path_params["map"], request.path_params["quote"]
    now_us = desk_of(request).now_us()

    def release() -> None:
        if key not in {one.key for one in _quotable(request)}:
            what = (
                "these words are not on the map, nor said by many in its newest check"
            )
            hint = "Load the page again: another check may have chosen others."
            raise WebError(Problem("E797", what, hint=hint))
        released_of(request).release(map_id, key, actor.name, now_us)

    await asyncio.to_thread(release)
    noted(request, actor, "quote.released", {"quote": key[:SHORT_KEY]}, map_id)
    return Response(status_code=204)


async def take_back_public_quote(request: Request, actor: Actor) -> Response:
    """Show words on no public page any more, from now on."""
    map_id, key = request.path_params["map"], request.path_params["quote"]
    if await asyncio.to_thread(released_of(request).take_back, map_id, key):
        noted(request, actor, "quote.taken_back", {"quote": key[:SHORT_KEY]}, map_id)
    return Response(status_code=204)


async def open_public_page(request: Request) -> Response:
    """A page for everybody, or the question for its password."""
    try:
        page = await asyncio.to_thread(
            pages_of(request).opened, request.path_params["secret"], desk_of(request).now_us()
        )  # fmt: skip
        if page.password:
            return _ask_password(page, is_wrong=False)
        return await _shown(request, page)
    except DesirepathError as error:
        return _nowhere(error)


async def unlock_public_page(request: Request) -> Response:
    """A page for everybody who knows its password; nothing is kept in the browser."""
    try:
        refuse_foreign(request)
        now_us = desk_of(request).now_us()
        pages, secret = pages_of(request), request.path_params["secret"]
        page = await asyncio.to_thread(pages.opened, secret, now_us)
        name = f"public page {page.id}"
        throttle_of(request).refuse_many(address_of(request), name, now_us)
        body = (await body_of(request, NOBODY)).decode("utf-8", "replace")
        sent = parse_qs(body, max_num_fields=5).get("password", [""])[0]
        if page.password and not await asyncio.to_thread(pages.is_password, page, sent):
            return _ask_password(page, is_wrong=True)
        throttle_of(request).forgive(address_of(request), name)
        return await _shown(request, page)
    except DesirepathError as error:
        return _nowhere(error)
    except ValueError:  # too many fields
        return _nowhere(WebError(Problem("E719", "this form is not one of ours")))


async def _shown(request: Request, page: PublicPage) -> Response:
    drawing = drawing_of(request)
    content = await asyncio.to_thread(drawing.content, page)
    # whoever may hold it in a frame changes what browsers are told of the same page
    tag = f'"{content.tag}-{page.id}"'
    kept = {} if page.password else {"etag": tag, "cache-control": "no-cache"}
    if kept and request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=kept)
    html = await drawing.html(content)
    return HTMLResponse(html, headers=QUIET | kept | _policy(html, page.origins))


def _policy(html: str, origins: tuple[str, ...]) -> dict[str, str]:
    """The policy that stands in a page, and who may hold it in a frame."""
    found = POLICY.search(html)
    own = unescape(found[1]) if found else "default-src 'none'"
    framed = " ".join(origins) or "'none'"
    policy = {"content-security-policy": f"{own}; frame-ancestors {framed}"}
    return policy | {"x-frame-options": ""} if origins else policy


def _ask_password(page: PublicPage, *, is_wrong: bool) -> Response:
    """A page that asks for the password; it says nothing of the map."""
    wrong = '<p role="alert"><strong>This is not the password. Das ist nicht das Passwort.</strong></p>'  # fmt: skip
    body = (
        '<main><section><h1>desirepath</h1><form method="post">'
        f"{wrong if is_wrong else ''}"
        '<p><label for="password">Password / Passwort</label></p>'
        '<p><input id="password" name="password" type="password" autocomplete="off" required autofocus></p>'
        '<p><button type="submit">Show / Zeigen</button></p></form></section></main>'
    )
    html = html_page(body, title="desirepath", language="en", is_rtl=False, can_send=True)  # fmt: skip
    headers = QUIET | _policy(html, page.origins) | {"referrer-policy": "same-origin"}
    return HTMLResponse(html, 403 if is_wrong else 200, headers)


def _nowhere(error: DesirepathError) -> Response:
    """Why nothing is shown, in words for readers."""
    first = error.problems[0]
    body = f"<main><section><h1>{escape(first.what)}</h1><p>{escape(first.hint)}</p></section></main>"
    html = html_page(body, title="desirepath", language="en", is_rtl=False)
    status = 429 if isinstance(error, TooManyError) else STATUS.get(first.code, 400)
    return HTMLResponse(html, status, QUIET | _policy(html, ()))


def routes() -> list[BaseRoute]:
    """Routes of public pages; those at `/p/` ask nobody who they are."""
    one = "/api/maps/{map}/pages"
    return [
        route(one, list_public_pages, "GET", "lead", is_of_map=True).says(
            gives=PublicPagesSaid
        ),
        route(one, make_public_page, "POST", "lead", is_of_map=True).says(
            takes=NewPublicPage, gives=PublicPageMade, status=201
        ),
        route(f"{one}/preview", preview_public_page, "GET", "lead", is_of_map=True).says(
            gives=HTML, query=PreviewAsked
        ),
        route(f"{one}/quotes", list_public_quotes, "GET", "lead", is_of_map=True).says(
            gives=PublicQuotesSaid
        ),
        route(
            f"{one}/quotes/{{quote}}", release_public_quote, "PUT", "lead", is_of_map=True
        ).says(),
        route(
            f"{one}/quotes/{{quote}}", take_back_public_quote, "DELETE", "lead", is_of_map=True
        ).says(),
        route(f"{one}/{{page}}", end_public_page, "DELETE", "lead", is_of_map=True).says(),
        Route("/p/{secret}", open_public_page, methods=["GET"]),
        Route("/p/{secret}", unlock_public_page, methods=["POST"]),
    ]  # fmt: skip
