"""What a provider says of somebody, believed only where it is signed and meant for this server."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from desirepath.errors import Problem, WebError
from desirepath.web.oidc.settings import Oidc
from desirepath.web.policy import ROLES, Role

# Signatures that need a key only the provider has; never "none", never a shared secret.
ALGORITHMS = {"RS256": "RSA", "ES256": "EC"}
LEEWAY_S = 60
LONGEST_AGE_S = 600
LONGEST_SUBJECT = 255
LONGEST_NAME = 180
DOTS = 2


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who signed in.

    Attributes:
        issuer: The provider.
        subject: What it calls them; it never changes and is never given to another one.
        name: What others may call them.
        role: What they may do; None where nothing says so.
    """

    issuer: str
    subject: str
    name: str
    role: Role | None


class UnknownKeyError(WebError):
    """A token signed with a key that the provider does not show, or not yet."""


def somebody_of(
    token: str,
    keys: Sequence[Mapping[str, Any]],
    settings: Oidc,
    nonce: str,
    now_s: float,
) -> Somebody:
    """Who a token speaks of.

    Args:
        token: The id token.
        keys: Public keys of the provider, as JSON Web Keys.
        settings: The provider, and who may come in.
        nonce: What the token must repeat, so that it answers this very sign-in.
        now_s: Now, seconds since 1970 UTC.

    Raises:
        WebError: E744 the token cannot be trusted, E745 its person may not come in.
    """
    claims = _signed(token, keys)
    _refuse_others(claims, settings, nonce)
    _refuse_old(claims, now_s)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not _is_storable(subject):  # fmt: skip
        raise _distrust("it does not say of whom")
    _refuse_domains(claims, settings)
    name = _name(claims) or "somebody"
    return Somebody(settings.issuer, subject, name, _role(claims, settings))


def _signed(token: str, keys: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """What stands in a token, where a key of the provider signed it."""
    if token.count(".") != DOTS:
        raise _distrust("it is not signed")
    fitting = [one for one in keys if one.get("kty") in ALGORITHMS.values() and one.get("use", "sig") == "sig"]  # fmt: skip
    kid = _header(token).get("kid")
    chosen = [one for one in fitting if kid is None or one.get("kid", kid) == kid]
    if not chosen:
        raise UnknownKeyError(_distrust("its key is not one of the provider's").problems[0])  # fmt: skip
    for one in chosen:
        try:
            key = (RSAKey if one["kty"] == "RSA" else ECKey).import_key(dict(one))
            allowed = [name for name, kty in ALGORITHMS.items() if kty == one["kty"]]
            return jwt.decode(token, key, algorithms=allowed).claims
        except (JoseError, ValueError, TypeError, KeyError):
            continue
    raise _distrust("its signature is wrong")


def _header(token: str) -> Mapping[str, Any]:
    part = token.partition(".")[0]
    try:
        found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("alg") not in ALGORITHMS:
        raise _distrust("it is signed in a way that is not safe")
    return found


def _refuse_others(claims: Mapping[str, Any], settings: Oidc, nonce: str) -> None:
    """Nothing for a token of this provider, for this server, for this sign-in."""
    if claims.get("iss") != settings.issuer:
        raise _distrust("another provider made it")
    told = claims.get("aud")
    audience = told if isinstance(told, list) else [told]
    if settings.client_id not in audience:
        raise _distrust("it is meant for another server")
    party = claims.get("azp")
    if party != settings.client_id and (party is not None or len(audience) > 1):
        raise _distrust("it was given to another server")
    found = claims.get("nonce")
    if not isinstance(found, str) or not hmac.compare_digest(found.encode("utf-8", "surrogatepass"), nonce.encode()):  # fmt: skip
        raise _distrust("it answers another sign-in")


def _refuse_old(claims: Mapping[str, Any], now_s: float) -> None:
    """Nothing for a token that holds now."""
    until, made = _time(claims, "exp"), _time(claims, "iat")
    if until is None or made is None:
        raise _distrust("it does not say until when it holds")
    if until <= now_s - LEEWAY_S or made < now_s - LONGEST_AGE_S - LEEWAY_S:
        raise _distrust("it is too old")
    since = _time(claims, "nbf") if "nbf" in claims else made
    if since is None or max(since, made) > now_s + LEEWAY_S:
        raise _distrust("it does not hold yet")


def _time(claims: Mapping[str, Any], name: str) -> float | None:
    value = claims.get(name)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value if is_number else None


def _refuse_domains(claims: Mapping[str, Any], settings: Oidc) -> None:
    """Nothing for somebody with a verified address in one of the domains that are asked for."""
    if not settings.domains:
        return
    address = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(address, str):
        what = "the provider does not vouch for your e-mail address"
        hint = "Ask who looks after your accounts to have it verified."
        raise WebError(Problem("E745", what, hint=hint))
    before, at, domain = address.partition("@")
    if not (before and at) or domain.casefold() not in settings.domains:
        what = "your e-mail address is of a domain that does not come in here"
        raise WebError(Problem("E745", what, hint="Ask an administrator."))


def _role(claims: Mapping[str, Any], settings: Oidc) -> Role | None:
    """The highest role of one's groups, else that of new people.

    Raises:
        WebError: E745 neither is there.
    """
    if not settings.claim:
        return None
    told = claims.get(settings.claim, [])
    groups = {one for one in (told if isinstance(told, list) else [told]) if isinstance(one, str)}  # fmt: skip
    for role in reversed(ROLES):
        if groups & settings.roles.get(role, frozenset()):
            return role
    if settings.role is None:
        what = "you are in none of the groups that come in here"
        raise WebError(Problem("E745", what, hint="Ask an administrator."))
    return settings.role


def _name(claims: Mapping[str, Any]) -> str:
    """What others may call somebody: one line of printable characters."""
    for claim in ("name", "preferred_username", "email"):
        value = claims.get(claim)
        if isinstance(value, str):
            words = "".join(one if one.isprintable() else " " for one in value).split()
            if words:
                return " ".join(words)[:LONGEST_NAME].strip()
    return ""


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _distrust(why: str) -> WebError:
    what = f"what the provider says of you cannot be trusted: {why}"
    hint = "Try again; if it happens again, tell an administrator."
    return WebError(Problem("E744", what, hint=hint))
