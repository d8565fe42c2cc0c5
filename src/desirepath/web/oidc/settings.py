"""What `[web.oidc]` of `desirepath.toml` says; nothing that talks to anybody."""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from desirepath.errors import Problem, WebError, did_you_mean
from desirepath.project import line_of
from desirepath.web.policy import ROLES, Role

TABLE = "web.oidc"
KEYS = ("issuer", "client_id", "secret_variable", "name", "role", "roles", "domains", "address")  # fmt: skip
NEEDED = ("issuer", "client_id", "secret_variable", "name")
EXAMPLES = {
    "issuer": 'issuer = "https://login.example.org"',
    "client_id": 'client_id = "desirepath"',
    "secret_variable": 'secret_variable = "DESIREPATH_OIDC_SECRET"',
    "name": 'name = "Example Ltd"',
    "role": 'role = "viewer"',
    "roles": 'roles = {claim = "groups", editor = ["journeys"]}',
    "domains": 'domains = ["example.org"]',
    "address": 'address = "https://maps.example.org"',
}


@dataclass(frozen=True, slots=True)
class Oidc:
    """A provider that is trusted to say who somebody is.

    Attributes:
        issuer: Address of the provider, as it writes it itself.
        client_id: What the provider calls this server.
        secret: What this server shows the provider.
        name: What people call the provider.
        role: Role of new people, None where only those of `roles` may come in.
        claim: Where the provider lists groups, "" where it says nothing of roles.
        roles: Groups whose people have a role.
        domains: What addresses of e-mail must end in, none for any.
        address: Of this server in browsers, "" to take it from requests.
    """

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    name: str
    role: Role | None = "viewer"
    claim: str = ""
    roles: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    domains: frozenset[str] = frozenset()
    address: str = ""


def read_oidc(path: Path, environment: Mapping[str, str]) -> Oidc | None:
    """The provider that a project's file names, None where it names none.

    Args:
        path: A `desirepath.toml`; it may be missing.
        environment: Variables, one of which holds the secret.

    Raises:
        WebError: E728 for each key or value that cannot be used.
    """
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        what = f"the file cannot be read ({type(error).__name__})"
        hint = "`desirepath check` says what is wrong with it."
        raise WebError(Problem("E728", what, str(path), hint)) from None
    reader = _Reader(path, text.splitlines(), environment)
    web = reader.table(data.get("web", {}), "web", ("oidc", "mail", "webhook"))
    if "oidc" not in web and not reader.problems:
        return None
    found = reader.oidc(reader.table(web.get("oidc", {}), TABLE, KEYS))
    if reader.problems:
        raise WebError(*reader.problems)
    return found


def is_safe(address: str) -> bool:
    """Whether secrets may be sent to an address: over https, or within this machine.

    Examples:
        >>> is_safe("https://login.example.org/x"), is_safe("http://127.0.0.1:1")
        (True, True)
        >>> is_safe("http://login.example.org"), is_safe("https://a@b"), is_safe("https:/x")
        (False, False, False)
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname if parts.port != 0 else None
    except ValueError:
        return False
    if not host or "@" in parts.netloc or not address.isprintable() or " " in address:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_here(host))


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Reader:
    """Reads one table and collects what is wrong."""

    def __init__(
        self, path: Path, lines: Sequence[str], environment: Mapping[str, str]
    ) -> None:
        self.path = path
        self.lines = lines
        self.environment = environment
        self.problems: list[Problem] = []

    def add(self, what: str, hint: str, key: str, table: str = TABLE) -> None:
        """Note a problem with a key."""
        place = f"{self.path}:{line_of(self.lines, key, table, 0)}"
        self.problems.append(Problem("E728", what, place, hint))

    def table(self, given: Any, table: str, keys: Iterable[str]) -> Mapping[str, Any]:
        """A table with keys that are known."""
        if not isinstance(given, dict):
            self.add(f"{table} is no table", f"Write [{TABLE}] in a line of its own.", table, "")  # fmt: skip
            return {}
        for key in given:
            if key not in keys:
                what = f'no key of {table} is called "{key}"'
                self.add(what, did_you_mean(key, keys), key, table)
        return given

    def oidc(self, data: Mapping[str, Any]) -> Oidc:
        """The whole table."""
        texts = {key: self.text(data, key) for key in (*NEEDED, "address")}
        for key in ("issuer", "address"):
            if texts[key] and not is_safe(texts[key]):
                what = f"{key} is not an address that begins with https://"
                self.add(what, f"Write for example: {EXAMPLES[key]}", key)
        claim, roles = self.roles(data.get("roles", {}))
        return Oidc(
            texts["issuer"],
            texts["client_id"],
            self.secret(texts["secret_variable"]),
            texts["name"],
            self.role(data),
            claim,
            roles,
            self.domains(data),
            texts["address"].rstrip("/"),
        )

    def text(self, data: Mapping[str, Any], key: str) -> str:
        """A text that is not empty; the optional ones may be missing."""
        value = data.get(key, "" if key not in NEEDED else None)
        if isinstance(value, str) and (value.strip() or key not in data):
            return value.strip()
        what = f"{key} is missing" if key not in data else f"{key} is no text"
        self.add(what, f"Write for example: {EXAMPLES[key]}", key)
        return ""

    def secret(self, variable: str) -> str:
        """The secret, which stands in no file."""
        found = self.environment.get(variable, "")
        if variable and not found:
            what = f"the variable {variable} of the environment is not set"
            hint = f"Set {variable} to the secret that the provider gave."
            self.add(what, hint, "secret_variable")
        return found

    def role(self, data: Mapping[str, Any]) -> Role | None:
        """Role of new people; None where groups alone decide."""
        given = data.get("role")
        found = next((one for one in ROLES if one == given), None)
        if given is None and data.get("roles"):
            return None
        if found is None or found == "administrator":
            known = ", ".join(one for one in ROLES if one != "administrator")
            is_given = "missing" if given is None else f"{given!r}"
            what = f"role is {is_given}; new people can be {known}"
            self.add(what, f"Write for example: {EXAMPLES['role']}", "role")
            return None
        return found

    def roles(self, given: Any) -> tuple[str, dict[Role, frozenset[str]]]:
        """Where groups stand, and the groups of each role."""
        hint = f"Write for example: {EXAMPLES['roles']}"
        if not isinstance(given, dict):
            self.add("roles is no table", hint, "roles")
            return "", {}
        for key in given.keys() - {"claim", *ROLES}:
            self.add(f'roles knows no role "{key}"', did_you_mean(key, ROLES), "roles")
        claim = given.get("claim", "")
        if given and not (isinstance(claim, str) and claim.strip()):
            self.add("roles does not say in which claim groups stand", hint, "roles")
            return "", {}
        found = {}
        for role in ROLES:
            groups = given.get(role, [])
            if _are_texts(groups):
                found[role] = frozenset(groups)
            else:
                self.add(f"{role} of roles is no list of groups", hint, "roles")
        return str(claim), found

    def domains(self, data: Mapping[str, Any]) -> frozenset[str]:
        """Domains of e-mail."""
        given = data.get("domains", [])
        is_right = _are_texts(given) and (given or "domains" not in data)
        if is_right and not any("@" in one or " " in one for one in given):
            return frozenset(one.strip().casefold() for one in given)
        hint = f"Write for example: {EXAMPLES['domains']}"
        self.add("domains is no list of domains", hint, "domains")
        return frozenset()


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, str) and one.strip() for one in value
    )
