"""The provider: where it lets people sign in, and what it answers this server."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from desirepath.errors import Problem, WebError
from desirepath.web.oidc.settings import Oidc, is_safe
from desirepath.web.oidc.tokens import Somebody, UnknownKeyError, somebody_of
from desirepath.web.remote import JSON, ask

FORM = "application/x-www-form-urlencoded"
WELL_KNOWN = "/.well-known/openid-configuration"
MOST_BYTES = 1_000_000
WAIT_S = 10.0
OK = 200
SECOND_US = 1_000_000
KEEP_US = 3600 * SECOND_US
# So that nobody makes this server ask again and again.
PAUSE_US = 10 * SECOND_US
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Flow:
    """One sign-in, from the button to the way back; all of it follows from one secret.

    Attributes:
        secret: In the cookie of the browser that began it.
    """

    secret: str

    @classmethod
    def new(cls) -> Flow:
        """A sign-in that begins."""
        return cls(secrets.token_urlsafe(SECRET_BYTES))

    @property
    def state(self) -> str:
        """What the provider sends back, so that it answers this browser."""
        return self._part("state")

    @property
    def nonce(self) -> str:
        """What the token repeats."""
        return self._part("nonce")

    @property
    def verifier(self) -> str:
        """What shows that who asks for the token began the sign-in."""
        return self._part("verifier")

    @property
    def challenge(self) -> str:
        """What the provider knows of `verifier` (S256)."""
        return _base64(hashlib.sha256(self.verifier.encode()).digest())

    def _part(self, name: str) -> str:
        text = f"{name}:{self.secret}".encode("utf-8", "surrogatepass")
        return _base64(hashlib.sha256(text).digest())


class Places(NamedTuple):
    """Addresses of a provider.

    Attributes:
        authorization: Where people sign in.
        token: Where a code is given for a token.
        keys: Where its public keys are.
        is_posted: Whether the secret goes into the form.
    """

    authorization: str
    token: str
    keys: str
    is_posted: bool


class Provider:
    """A provider of accounts; asks it over the network, so call it from a thread.

    Args:
        settings: Which one, and who may come in.
        now_us: Clock, microseconds since 1970 UTC.
    """

    def __init__(self, settings: Oidc, now_us: Callable[[], int]) -> None:
        self.settings = settings
        self._now_us = now_us
        self._lock = threading.Lock()
        self._places: tuple[int, Places] | None = None
        self._keys: tuple[int, Sequence[Mapping[str, Any]]] | None = None
        self._failed_us = 0

    def begin(self, flow: Flow, back: str) -> str:
        """Address at which somebody signs in.

        Args:
            flow: The sign-in.
            back: Where the provider sends them afterwards.

        Raises:
            WebError: E729 the provider does not answer as one.
        """
        asked = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": back,
            "scope": "openid profile email",
            "state": flow.state,
            "nonce": flow.nonce,
            "code_challenge": flow.challenge,
            "code_challenge_method": "S256",
        }
        place = self._where().authorization
        return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}"

    def finish(self, flow: Flow, code: str, back: str) -> Somebody:
        """Who signed in.

        Args:
            flow: The sign-in.
            code: What the provider sent along.
            back: As it was told at the beginning.

        Raises:
            WebError: E729 the provider does not answer as one, E744 what it says cannot be
                trusted, E745 who signed in may not come in here.
        """
        token = self._token(flow, code, back)
        now_us = self._now_us()
        told = (self.settings, flow.nonce, now_us / SECOND_US)
        try:
            return somebody_of(token, self._known_keys(), *told)
        except UnknownKeyError:
            # it may have begun to use another key
            return somebody_of(token, self._known_keys(is_new=True), *told)

    def _token(self, flow: Flow, code: str, back: str) -> str:
        settings, places = self.settings, self._where()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": flow.verifier,
        }
        headers = {"Accept": JSON, "Content-Type": FORM}
        if places.is_posted:
            form |= {"client_id": settings.client_id, "client_secret": settings.secret}
        else:
            pair = f"{quote(settings.client_id, safe='')}:{quote(settings.secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"  # fmt: skip
        status, data = self._asked("POST", places.token, headers, urlencode(form, errors="surrogatepass").encode())  # fmt: skip
        if status != OK:
            what = "the provider does not accept this sign-in"
            hint = "Sign in again; if it happens again, tell an administrator."
            raise WebError(Problem("E744", what, hint=hint))
        token = data.get("id_token")
        if not isinstance(token, str):
            raise _silent("it gives no id token")
        return token

    def _where(self) -> Places:
        """Addresses of the provider, asked for once an hour."""
        with self._lock:
            now_us = self._now_us()
            if self._places and now_us < self._places[0] + KEEP_US:
                return self._places[1]
            if now_us < self._failed_us + PAUSE_US:
                raise _silent("it did not a moment ago")
            try:
                places = self._discovered()
            except WebError:
                self._failed_us = now_us
                raise
            self._places = now_us, places
            return places

    def _discovered(self) -> Places:
        issuer = self.settings.issuer
        status, data = self._asked("GET", issuer.rstrip("/") + WELL_KNOWN, {"Accept": JSON})  # fmt: skip
        if status != OK or data.get("issuer") != issuer:
            raise _silent("it is not the issuer that desirepath.toml names")
        found = [data.get(one) for one in ("authorization_endpoint", "token_endpoint", "jwks_uri")]  # fmt: skip
        texts = [one for one in found if isinstance(one, str) and is_safe(one)]
        if len(texts) < len(found):
            raise _silent("it does not say where to ask it safely")
        methods = data.get("token_endpoint_auth_methods_supported")
        ways = methods if isinstance(methods, list) else ["client_secret_basic"]
        is_posted = "client_secret_basic" not in ways and "client_secret_post" in ways
        return Places(texts[0], texts[1], texts[2], is_posted)

    def _known_keys(self, *, is_new: bool = False) -> Sequence[Mapping[str, Any]]:
        """Public keys of the provider, asked for once an hour, or sooner for a new one."""
        places = self._where()
        with self._lock:
            now_us = self._now_us()
            keep_us = PAUSE_US if is_new else KEEP_US
            if self._keys and now_us < self._keys[0] + keep_us:
                return self._keys[1]
            status, data = self._asked("GET", places.keys, {"Accept": JSON})
            keys = data.get("keys")
            if status != OK or not isinstance(keys, list):
                raise _silent("it shows no keys")
            found = tuple(one for one in keys if isinstance(one, dict))
            self._keys = now_us, found
            return found

    def _asked(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        body: bytes | None = None,
    ) -> tuple[int, Mapping[str, Any]]:
        """Status and JSON object of an answer; what was sent stands in no error."""
        try:
            answer = ask(method, address, headers, body, MOST_BYTES, WAIT_S)
        except WebError:
            raise _silent("it cannot be reached") from None
        try:
            data = json.loads(answer.body)
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            if answer.status == OK:
                raise _silent("it answers in another way")
            data = {}
        return answer.status, data


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _silent(why: str) -> WebError:
    what = f"the provider of accounts does not answer as one: {why}"
    hint = "Try again in a minute; if it goes on, tell an administrator."
    return WebError(Problem("E729", what, hint=hint))
