"""A small provider of accounts on this machine, which can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

SECRET = "what the provider gave: ä/+"  # noqa: S105 - of nobody
CLIENT = "maps of ours"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
NEXT_KEY = ECKey.generate_key("P-256", {"kid": "two", "use": "sig"})


@dataclass
class FakeProvider:
    """What it does and was asked.

    Attributes:
        claims: Put into the next tokens in place of what is right; None takes one away.
        alg: How tokens are signed; "none" for not at all.
        key: With which.
        shown: Keys it shows.
        told: What it says of itself in place of what is right.
        is_down: Whether it answers with errors.
    """

    port: int = 0
    host: str = "127.0.0.1"
    now_s: int = 0
    claims: dict[str, Any] = field(default_factory=dict)
    alg: str = "RS256"
    key: Any = field(default_factory=lambda: KEY)
    shown: list[Any] = field(default_factory=lambda: [KEY])
    told: dict[str, Any] = field(default_factory=dict)
    is_down: bool = False
    codes: dict[str, Mapping[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    forms: list[Mapping[str, str]] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return f"http://{self.host}:{self.port}"

    def let_in(self, address: str) -> str:
        """A code, as somebody gets it who signs in at an address."""
        asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.issuer}/authorize?")
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")  # fmt: skip
        assert asked["client_id"] == CLIENT
        assert asked["scope"].split()[0] == "openid"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return code

    def page(self, path: str) -> tuple[int, Any]:
        self.asked.append(path)
        if self.is_down:
            return 500, {"error": "down"}
        if path == "/.well-known/openid-configuration":
            right = {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
            return 200, right | self.told
        if path == "/keys":
            return 200, {"keys": [one.as_dict(private=False) for one in self.shown]}
        return 404, {}

    def token(self, form: Mapping[str, str], authorization: str) -> tuple[int, Any]:
        self.forms.append(form)
        asked = self.codes.pop(form["code"], None)  # a code is good once
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        is_client = pair == "maps%20of%20ours:what%20the%20provider%20gave%3A%20%C3%A4%2F%2B"  # fmt: skip
        if self.told:
            is_client = (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)  # fmt: skip
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or not is_client
            or challenge != asked["code_challenge"]
            or form["redirect_uri"] != asked["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        return 200, {"id_token": self.signed(asked["nonce"]), "access_token": "x"}

    def signed(self, nonce: str) -> str:
        right = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "sub-1",
            "nonce": nonce,
            "iat": self.now_s,
            "exp": self.now_s + 300,
            "name": "Ann  Example",
        }
        claims = {k: v for k, v in (right | self.claims).items() if v is not None}
        header = {"alg": self.alg, "kid": self.key.as_dict().get("kid", "one")}
        if self.alg == "none":
            parts = (json.dumps(one).encode() for one in (header, claims))
            return ".".join(base64.urlsafe_b64encode(one).rstrip(b"=").decode() for one in parts) + "."  # fmt: skip
        return jwt.encode(header, claims, self.key, algorithms=[self.alg])


def shared_key() -> OctKey:
    """The public key taken for a secret that both sides have."""
    return OctKey.import_key(KEY.as_pem(private=False).replace(b"-----", b""))


@contextmanager
def faked() -> Iterator[FakeProvider]:
    """A provider at a free port."""
    fake = FakeProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/authorize?"):  # a browser: lets it in at once
                code = fake.let_in(f"{fake.issuer}{self.path}")
                asked = fake.codes[code]
                self.send_response(302)
                self.send_header("location", f"{asked['redirect_uri']}?code={code}&state={asked['state']}")  # fmt: skip
                self.end_headers()
                return
            self.answer(fake.page(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {k: v[0] for k, v in parse_qs(body).items()}
            self.answer(fake.token(form, self.headers.get("authorization", "")))

        def answer(self, told: tuple[int, Any]) -> None:
            body = json.dumps(told[1]).encode()
            self.send_response(told[0])
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
