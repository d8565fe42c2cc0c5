"""The form for stories: a page for a phone, without an account and without scripts."""

from __future__ import annotations

import math
import re
import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from desirepath.errors import WebError
from desirepath.maps.edits.board import Board
from desirepath.web.api.asking import body_of, desk_of, refuse_foreign, today_of
from desirepath.web.api.library import now
from desirepath.web.api.people import address_of
from desirepath.web.api.stories import stories_of
from desirepath.web.api.workshop import NEWS
from desirepath.web.policy import NOBODY
from desirepath.web.throttle import Throttle, TooManyError
from desirepath.web.workshop.phone import (
    FIELDS,
    HONEYPOT,
    MAY,
    OFTEN,
    SHEET,
    Steps,
    form_page,
    policy,
    told_page,
)
from desirepath.web.workshop.phone_words import LANGUAGES, language_of
from desirepath.web.workshop.stories import LONGEST, MOST_HEARD, StoryLink, Told

NONCE_BYTES = 16
LONGEST_SHEET = 64
MOST_FIELDS = 30
NOT_FOUND, FORBIDDEN, WRONG, TOO_LARGE, TOO_MANY = 404, 403, 400, 413, 429
SEE_OTHER = 303
THANKS = "thanks"
MINUTE_S, HOUR_S = 60, 3600
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


async def story_form(request: Request) -> Response:
    """The form of a link, and the thanks after it was sent."""
    language = language_of(request.headers.get("accept-language", ""))
    link = _link(request)
    if link is None:
        return _page(language, NOT_FOUND, "gone", "gone_more")
    if THANKS in request.query_params:
        return _page(language, 200, "thanks", "thanks_more", _address(request))
    sheet = secrets.token_urlsafe(NONCE_BYTES)
    values = {"when": today_of(request).isoformat(), SHEET: sheet}
    return _form(request, link, language, values, {}, 200)


async def send_story(request: Request) -> Response:
    """Take a story in, or say what is missing."""
    language = language_of(request.headers.get("accept-language", ""))
    words = LANGUAGES[language]
    link = _link(request)
    if link is None:
        return _page(language, NOT_FOUND, "gone", "gone_more")
    try:
        refuse_foreign(request)
        values = _fields(await body_of(request, NOBODY))
    except WebError as error:
        is_foreign = error.code == "E716"
        text = "foreign" if is_foreign else "wrong"
        return _page(language, FORBIDDEN if is_foreign else TOO_LARGE, "wrong", text)
    if values.get(HONEYPOT):  # nobody sees that field, so nobody filled it in
        return _thanks(request)
    desk = desk_of(request)
    board = now(request, link.map)[2]
    told, wrong = _told(values, board, today_of(request), language)
    if told is None:
        return _form(request, link, language, values, wrong, WRONG)
    try:
        _throttle(request).refuse_address(address_of(request), desk.now_us())
        sheet = values.get(SHEET, "")[:LONGEST_SHEET]
        stories_of(request).tell(link, told, desk.now_us(), sheet)
    except TooManyError as error:
        wrong = {"": words["too_many"].format(wait=_wait(words, error.wait_s))}
        answer = _form(request, link, language, values, wrong, TOO_MANY)
        answer.headers["retry-after"] = str(error.wait_s)
        return answer
    desk.tell_about(link.map, NEWS)
    return _thanks(request)


def _link(request: Request) -> StoryLink | None:
    secret, now_us = request.path_params["secret"], desk_of(request).now_us()
    link = stories_of(request).link_of(secret, now_us)
    try:
        if link is not None:
            now(request, link.map)
    except WebError:  # the map is gone
        return None
    return link


def _throttle(request: Request) -> Throttle:
    """Stories of the last minute; counted apart from tries to sign in."""
    state = request.app.state
    if not hasattr(state, "story_throttle"):
        state.story_throttle = Throttle()
    throttle: Throttle = state.story_throttle
    return throttle


def _fields(body: bytes) -> dict[str, str]:
    """Fields of a form, without what is no text."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
        )  # fmt: skip
    except ValueError:
        return {}
    known = {name: value for name, value in pairs if name in (*FIELDS, HONEYPOT, SHEET)}
    return {
        name: CONTROL.sub("", value.replace("\r\n", "\n")).strip()
        for name, value in known.items()
    }


def _told(
    values: Mapping[str, str], board: Board, today: date, language: str
) -> tuple[Told | None, dict[str, str]]:
    """The story of a form; None and what is wrong, by field, where it is none."""
    words = LANGUAGES[language]
    said = {name: values.get(name, "") for name in FIELDS}
    wrong: dict[str, str] = {}
    step = board.cards.get(f"step:{said['step']}")
    if step is None or step.gone:
        wrong["step"] = words["wrong_step"]
    if not said["text"]:
        wrong["text"] = words["wrong_text"]
    elif len(said["text"]) > LONGEST:
        wrong["text"] = words["wrong_long"].format(count=len(said["text"]), most=LONGEST)  # fmt: skip
    if said["who"] not in ("customer", "staff"):
        wrong["who"] = words["wrong_who"]
    heard = said["heard_from"] or "1"
    if not re.fullmatch(r"[0-9]{1,6}", heard) or not 1 <= int(heard) <= MOST_HEARD:
        wrong["heard_from"] = words["wrong_heard_from"].format(most_heard=MOST_HEARD)
    if said["how_often"] not in OFTEN:
        wrong["how_often"] = words["wrong_how_often"]
    if not _is_past(said["when"], today):
        wrong["when"] = words["wrong_when"]
    if said["permission"] not in MAY:
        wrong["permission"] = words["wrong_permission"]
    if wrong:
        return None, wrong
    data = {**said, "heard_from": int(heard), "language": language}
    return Told.model_validate(data), {}


def _is_past(text: str, today: date) -> bool:
    """Whether a text is a day that was; somewhere it is tomorrow already."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return text == day.isoformat() and day <= today + timedelta(days=1)


def _steps(board: Board) -> Steps:
    return [
        (
            str(stage.fields.get("name", stage.id)),
            [(one.id, str(one.fields.get("name", one.id))) for one in board.row(stage.ref, "step")],
        )
        for stage in board.row("map", "stage")
    ]  # fmt: skip


def _form(
    request: Request,
    link: StoryLink,
    language: str,
    values: Mapping[str, str],
    wrong: Mapping[str, str],
    status: int,
) -> Response:
    board = now(request, link.map)[2]
    title = str(board.cards["map"].fields.get("title", ""))
    nonce = secrets.token_urlsafe(NONCE_BYTES)
    html = form_page(language, nonce, title, _steps(board), values, wrong)
    return _html(html, nonce, status)


def _page(language: str, status: int, title: str, more: str, again: str = "") -> Response:  # fmt: skip
    nonce = secrets.token_urlsafe(NONCE_BYTES)
    return _html(told_page(language, nonce, title, more, again), nonce, status)


def _html(text: str, nonce: str, status: int) -> Response:
    headers = {
        "content-security-policy": policy(nonce),
        # without it browsers do not say where the form was sent from
        "referrer-policy": "same-origin",
        "x-robots-tag": "noindex",
        "vary": "accept-language",
    }
    return HTMLResponse(text, status, headers)


def _thanks(request: Request) -> Response:
    return RedirectResponse(f"{_address(request)}?{THANKS}=1", SEE_OTHER)


def _address(request: Request) -> str:
    return f"/tell/{quote(request.path_params['secret'], safe='')}"


def _wait(words: Mapping[str, str], wait_s: int) -> str:
    if wait_s < HOUR_S:
        return words["minutes"].format(n=math.ceil(wait_s / MINUTE_S))
    return words["hours"].format(n=math.ceil(wait_s / HOUR_S))


def routes() -> list[BaseRoute]:
    """The page of the form."""
    return [
        Route("/tell/{secret}", story_form, methods=["GET"]),
        Route("/tell/{secret}", send_story, methods=["POST"]),
    ]
