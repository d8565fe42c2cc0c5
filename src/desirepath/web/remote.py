"""Another server, asked over the network: the only door to it."""

from __future__ import annotations

import ipaddress
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPMessage
from typing import IO, Any
from urllib.parse import quote, urlsplit

from desirepath.errors import Problem, WebError
from desirepath.maps.edits.board import Board
from desirepath.maps.edits.commands import Edit, edit_data

WAIT_S = 60
MOST_BYTES = 50_000_000
NOT_FOUND, CHANGED = 404, 412
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows only to the same server: a token must not travel to another one."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """The next request, or an error where it would go elsewhere."""
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (old.scheme, old.netloc) != (new.scheme, new.netloc):
            what = f"the server sends on to another one, {new.hostname}"
            hint = "Give the address of the server itself."
            raise WebError(Problem("E732", what, hint=hint))
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def ask(
    method: str,
    address: str,
    headers: Mapping[str, str],
    body: bytes | None = None,
    most_bytes: int = MOST_BYTES,
    wait_s: float = WAIT_S,
) -> Answer:
    """One request; answers that refuse are answers too.

    Raises:
        WebError: E732 the server cannot be reached, sends elsewhere, or answers too much.
    """
    opener = urllib.request.build_opener(*_handlers(address))
    request = urllib.request.Request(  # noqa: S310 - `check_address` lets only http(s) through
        check_address(address), body, dict(headers), method=method
    )
    try:
        try:
            answer = opener.open(request, timeout=wait_s)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            found = answer.read(most_bytes + 1)
            status = int(answer.status or 0)
            told = {name.lower(): value for name, value in answer.headers.items()}
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        what = f"the server cannot be reached: {reason}"
        hint = "Check the address, and that the server runs."
        raise WebError(Problem("E732", what, hint=hint)) from None
    if len(found) > most_bytes:
        raise WebError(Problem("E732", "the server answers more than it should"))
    return Answer(status, told, found)


def _handlers(address: str) -> list[urllib.request.BaseHandler]:
    """Same host only; and to this machine not through a proxy."""
    try:
        is_here = ipaddress.ip_address(urlsplit(address).hostname or "").is_loopback
    except ValueError:
        is_here = urlsplit(address).hostname == "localhost"
    direct = [urllib.request.ProxyHandler({})] if is_here else []
    return [_SameHost(), *direct]


def check_address(address: str) -> str:
    """The address, where it is one of a server.

    Raises:
        WebError: E733 it is not http:// or https://, or holds a name or password.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname if parts.port != 0 else None
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https"):
        hint = "Write it like https://maps.example.org."
        raise WebError(
            Problem("E733", "this is not the address of a server", hint=hint)
        )
    if "@" in parts.netloc:
        what = "the address holds a name or password"
        hint = "Give a token in DESIREPATH_TOKEN or with --token-file instead."
        raise WebError(Problem("E733", what, hint=hint))
    return address


@dataclass(frozen=True, slots=True)
class MapNow:
    """A map as a server has it: its board, and the tag it is asked back with."""

    board: Board
    tag: str


class Remote:
    """A desirepath server.

    Args:
        address: Such as ``https://maps.example.org``, or with a path where a proxy gave it one.
        token: Of the person who asks.
    """

    def __init__(self, address: str, token: str) -> None:
        self.address = check_address(address.rstrip("/"))
        self._token = token

    def read(self, map_id: str) -> MapNow | None:
        """A map; None where there is none of this id.

        Raises:
            WebError: E732 no answer, or a code of the server.
        """
        answer = self._ask("GET", f"/api/maps/{quote(map_id, safe='')}")
        if answer.status == NOT_FOUND:
            return None
        data = self._data(answer)
        try:
            return MapNow(Board.from_dict(data), answer.headers.get("etag", ""))
        except (KeyError, TypeError):
            raise _no_server() from None

    def send(self, map_id: str, edit: Edit, tag: str) -> bool:
        """Make an edit where the map still has a tag; whether it had.

        Raises:
            WebError: E732 no answer, or a code of the server.
        """
        path = f"/api/maps/{quote(map_id, safe='')}/edits"
        body = json.dumps(edit_data(edit)).encode()
        answer = self._ask("POST", path, body, JSON, {"If-Match": tag})
        if answer.status == CHANGED:
            return False
        self._data(answer)
        return True

    def make(self, text: str) -> None:
        """Make a new map of a map file.

        Raises:
            WebError: E732 no answer, or a code of the server.
        """
        body = text.encode()
        self._data(self._ask("POST", "/api/maps", body, "application/yaml"))

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        kind: str = "",
        more: Mapping[str, str] | None = None,
    ) -> Answer:
        headers = {"Authorization": f"Bearer {self._token}", "Accept": JSON}
        if kind:
            headers["Content-Type"] = kind
        return ask(method, self.address + path, headers | dict(more or {}), body)

    def _data(self, answer: Answer) -> Any:
        """What was answered, or the error of the server as an error here."""
        try:
            data = json.loads(answer.body)
        except (ValueError, RecursionError):
            raise _no_server() from None
        if answer.status < 300:  # noqa: PLR2004 - done
            return data
        try:
            problems = [
                Problem(one["code"], f"the server says: {one['what']}", one["place"], one["hint"])
                for one in data["problems"]
            ]  # fmt: skip
        except (KeyError, TypeError):
            raise _no_server() from None
        raise WebError(*problems or [Problem("E732", "the server refuses")])


def _no_server() -> WebError:
    what = "what answers is no desirepath server"
    hint = "Check the address: it is the one the board opens at."
    return WebError(Problem("E732", what, hint=hint))
