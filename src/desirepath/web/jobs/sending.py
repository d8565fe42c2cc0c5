"""Digests sent by e-mail and webhook: only where `desirepath.toml` says so, and nowhere it should not reach."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import ipaddress
import re
import smtplib
import socket
import ssl
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import make_msgid
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from desirepath.errors import Problem, WebError, did_you_mean

MAIL_KEYS = ("host", "port", "starttls", "from", "to", "user", "password_variable", "address")  # fmt: skip
HOOK_KEYS = ("url", "secret_variable", "allow_private", "address")
WAIT_S = 20.0
WAITS_S = (1.0, 10.0)  # before the second and the third try
SUBMISSION = 587
LONGEST_SITE = 200
FINE, REDIRECT, ASKED_WRONGLY = 200, 300, 500
# IPv6 addresses that somebody on the internet has; others hide addresses of older kinds, or are local.
GIVEN_OUT = ipaddress.ip_network("2000::/3")
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
# Names and ports to the addresses they stand for.
Resolve = Callable[[str, int], Sequence[str]]


class Letter(Protocol):
    """What is sent: a digest, a reminder."""

    @property
    def subject(self) -> str:
        """One line."""

    @property
    def text(self) -> str:
        """As plain text."""

    @property
    def html(self) -> str:
        """As HTML."""

    def body(self) -> bytes:
        """As a webhook gets it."""


@dataclass(frozen=True, slots=True)
class Mail:
    """Where letters go.

    Attributes:
        host: Server that takes them.
        port: Its port.
        starttls: Whether it is spoken to in secret.
        sender: Who they are from.
        to: Who gets them.
        user: Name at the server, "" for none.
        password: Password there.
        address: Of this server in browsers, "" for no link.
    """

    host: str
    port: int
    starttls: bool
    sender: str
    to: tuple[str, ...]
    user: str = ""
    password: str = field(default="", repr=False)
    address: str = ""


@dataclass(frozen=True, slots=True)
class Hook:
    """A program that is told.

    Attributes:
        url: Its address.
        secret: With which messages are signed.
        allow_private: Whether it may stand in a private network.
        address: Of this server in browsers, "" for no link.
    """

    url: str = field(repr=False)
    secret: str = field(repr=False)
    allow_private: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class Sending:
    """Where digests go; nowhere where nothing is said."""

    mail: Mail | None = None
    hook: Hook | None = None


def resolve(host: str, port: int) -> Sequence[str]:
    """Addresses a name stands for.

    Raises:
        OSError: It stands for none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


def read_sending(
    path: Path, environment: Mapping[str, str], look_up: Resolve = resolve
) -> Sending:
    """Where digests go, as a project's file says.

    Args:
        path: A `desirepath.toml`; it may be missing.
        environment: Variables that hold secrets.
        look_up: Finds the addresses of a name.

    Raises:
        WebError: E769 what stands there cannot be used.
    """
    try:
        web = tomllib.loads(path.read_text(encoding="utf-8")).get("web", {})
    except FileNotFoundError:
        return Sending()
    except (OSError, ValueError, RecursionError) as error:
        raise _wrong(f"the file cannot be read ({type(error).__name__})", path, "Mend it.") from None  # fmt: skip
    if not isinstance(web, dict):
        return Sending()
    mail, hook = web.get("mail"), web.get("webhook")
    return Sending(
        _mail(_table(mail, "mail", MAIL_KEYS, path), environment, path) if mail is not None else None,
        _hook(_table(hook, "webhook", HOOK_KEYS, path), environment, path, look_up) if hook is not None else None,
    )  # fmt: skip


def send_mail(mail: Mail, digest: Letter) -> None:
    """Send a letter.

    Raises:
        OSError: The server cannot be reached, or refuses it (smtplib's errors are such).
    """
    letter = letter_of(mail, digest)
    with smtplib.SMTP(mail.host, mail.port, timeout=WAIT_S) as server:
        if mail.starttls:
            server.starttls(context=ssl.create_default_context())
        if mail.user:
            server.login(mail.user, mail.password)
        server.send_message(letter)


def letter_of(mail: Mail, digest: Letter) -> EmailMessage:
    """A letter as it is sent, as text and as HTML."""
    letter = EmailMessage()
    letter["Subject"] = digest.subject
    letter["From"], letter["To"] = mail.sender, ", ".join(mail.to)
    letter["Message-ID"] = make_msgid(domain=mail.sender.rpartition("@")[2] or None)
    letter.set_content(digest.text)
    letter.add_alternative(digest.html, subtype="html")
    return letter


def send_hook(
    hook: Hook,
    digest: Letter,
    now_s: int,
    look_up: Resolve = resolve,
    wait: Callable[[float], object] = time.sleep,
) -> None:
    """Tell a program, in three tries; signed with HMAC-SHA256 of ``time.body``.

    Raises:
        WebError: E769 it must not be reached, or did not take it.
    """
    body = digest.body()
    signed = hmac.new(hook.secret.encode(), f"{now_s}.".encode() + body, hashlib.sha256)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "desirepath",
        "X-Desirepath-Time": str(now_s),
        "X-Desirepath-Signature": f"sha256={signed.hexdigest()}",
    }
    what = ""
    for wait_s in (*WAITS_S, None):
        try:
            answer = _post(hook, body, headers, look_up)
            if FINE <= answer < REDIRECT:
                return
            what = f"it answered {answer}"
            if answer < ASKED_WRONGLY:  # it will not take it the next time either
                break
        except (OSError, HTTPException) as error:
            what = f"it cannot be reached ({type(error).__name__})"
        if wait_s is not None:
            wait(wait_s)
    raise _wrong(f"the webhook was not told: {what}", _site(hook.url), "Look at its address.")  # fmt: skip


def refuse_private(
    url: str, look_up: Resolve, *, allow_private: bool
) -> tuple[str, ...]:
    """Addresses of a webhook, all of them public.

    Raises:
        WebError: E769 the URL is none, or stands for a private address.
        OSError: Its name stands for nothing.
    """
    try:
        parts = urlsplit(url)
        port, host = parts.port or (443 if parts.scheme == "https" else 80), parts.hostname  # fmt: skip
    except ValueError:
        host, port = None, 0
    hint = 'Write for example: url = "https://hooks.example.org/journeys"'
    if not host or "@" in parts.netloc or not url.isprintable() or " " in url:
        raise _wrong("url is no address", _site(url), hint)
    if parts.scheme != "https" and not (allow_private and parts.scheme == "http"):
        raise _wrong("url does not begin with https://", _site(url), hint)
    found = tuple(dict.fromkeys(look_up(host, port)))
    if not found:
        raise OSError(host)
    if not allow_private and not all(is_public(one) for one in found):
        what = "url stands for an address of a private network"
        raise _wrong(
            what, _site(url), "Name a public one, or write allow_private = true."
        )
    return found


def is_public(address: str) -> bool:
    """Whether an IP address, or one hidden in it, belongs to the public internet.

    Examples:
        >>> is_public("93.184.215.14"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1")
        (True, False, False)
    """
    try:
        one = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner: list[Any] = [one]
    if isinstance(one, ipaddress.IPv6Address):
        if one in TRANSLATED:
            inner = [ipaddress.IPv4Address(int(one) & 0xFFFF_FFFF)]
        elif one.ipv4_mapped:
            inner = [one.ipv4_mapped]
        elif one not in GIVEN_OUT:
            return False
        inner += [part for part in (one.sixtofour, *(one.teredo or ())) if part]
    return all(part.is_global and not part.is_multicast for part in inner)


class _Pinned(HTTPConnection):
    """A connection to one address, whatever its name stands for by now."""

    def __init__(self, host: str, port: int, at: str, *, is_secret: bool) -> None:
        super().__init__(host, port, timeout=WAIT_S)
        self.default_port = 443 if is_secret else 80
        self._at = at
        self._is_secret = is_secret

    def connect(self) -> None:
        """Connect to the address that was looked at."""
        self.sock = socket.create_connection((self._at, self.port), self.timeout)
        if self._is_secret:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _post(hook: Hook, body: bytes, headers: Mapping[str, str], look_up: Resolve) -> int:
    """Status of the answer; looked up anew each time, and connected to what was looked at."""
    at = refuse_private(hook.url, look_up, allow_private=hook.allow_private)[0]
    parts = urlsplit(hook.url)
    is_secret = parts.scheme == "https"
    port = parts.port or (443 if is_secret else 80)
    connection = _Pinned(parts.hostname or "", port, at, is_secret=is_secret)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body, dict(headers))
        answer: HTTPResponse = connection.getresponse()
        return answer.status
    finally:
        connection.close()


def _table(given: Any, name: str, keys: Sequence[str], path: Path) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise _wrong(f"web.{name} is no table", path, f"Write [web.{name}].")
    for key in given:
        if key not in keys:
            raise _wrong(f'no key of web.{name} is called "{key}"', path, did_you_mean(key, keys))  # fmt: skip
    return given


def _mail(data: Mapping[str, Any], environment: Mapping[str, str], path: Path) -> Mail:
    to = data.get("to", [])
    to = [to] if isinstance(to, str) else to
    is_list = isinstance(to, list) and to and all(_is_mail(one) for one in to)
    port, starttls = data.get("port", SUBMISSION), data.get("starttls", True)
    if not (_is_word(data.get("host")) and is_list and _is_mail(data.get("from"))):
        hint = 'Write: host = "mail.example.org", from = "maps@example.org", to = ["ann@example.org"]'
        raise _wrong("web.mail does not say host, from and to", path, hint)
    if not isinstance(port, int) or not isinstance(starttls, bool):
        raise _wrong("port or starttls of web.mail is wrong", path, "Write: port = 587, starttls = true")  # fmt: skip
    user = str(data.get("user", ""))
    if user and not starttls and not _is_here(data["host"]):
        raise _wrong("a password would travel in the open", path, "Write: starttls = true")  # fmt: skip
    password = _secret(data, "password_variable", environment, path) if user else ""
    return Mail(
        data["host"], port, starttls, data["from"], tuple(to), user, password, _address(data, path)
    )  # fmt: skip


def _hook(
    data: Mapping[str, Any],
    environment: Mapping[str, str],
    path: Path,
    look_up: Resolve,
) -> Hook:
    url, allow = data.get("url"), data.get("allow_private", False)
    if not isinstance(url, str) or not isinstance(allow, bool):
        raise _wrong("web.webhook has no url", path, 'Write: url = "https://hooks.example.org/journeys"')  # fmt: skip
    secret = _secret(data, "secret_variable", environment, path)
    # a name may be unknown at the moment; it is looked up again before anything is sent
    with contextlib.suppress(OSError):
        refuse_private(url, look_up, allow_private=allow)
    return Hook(url, secret, allow, _address(data, path))


def _address(data: Mapping[str, Any], path: Path) -> str:
    """Address of this server in browsers, "" where none is given."""
    address = data.get("address", "")
    if isinstance(address, str) and (not address or urlsplit(address).scheme in ("http", "https")):  # fmt: skip
        return address.rstrip("/")
    raise _wrong("address is none of a server", path, 'Write: address = "https://maps.example.org"')  # fmt: skip


def _secret(
    data: Mapping[str, Any], key: str, environment: Mapping[str, str], path: Path
) -> str:
    variable = data.get(key)
    found = environment.get(variable, "") if isinstance(variable, str) else ""
    if not found:
        what = f"{key} names no variable of the environment that is set"
        raise _wrong(what, path, f'Write {key} = "DESIREPATH_SECRET", and set that variable.')  # fmt: skip
    return found


def _site(url: str) -> str:
    """Where a URL leads, for people who read logs: what else stands in it may be a secret."""
    rest = url.partition("://")[2] or url
    return re.split(r"[/?#\\]", rest, maxsplit=1)[0].rpartition("@")[2][:LONGEST_SITE]


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable() and bool(value.strip())


def _is_mail(value: Any) -> bool:
    return _is_word(value) and "@" in value and "," not in value


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _wrong(what: str, place: object, hint: str) -> WebError:
    return WebError(Problem("E769", what, str(place), hint))
