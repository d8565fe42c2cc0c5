"""Accounts, sessions and links: who somebody is. Secrets are kept as hashes only."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Engine,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from desirepath.errors import Problem, WebError
from desirepath.web.policy import NOBODY, Actor, Role

METADATA = MetaData()
PEOPLE = Table(
    "person",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("password", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("lanes", Text, nullable=False),
    Column("suspended", Boolean, nullable=False),
)
# Who somebody is elsewhere; the name of an account never says whose it is.
IDENTITIES = Table(
    "identity",
    METADATA,
    Column("issuer", String(500), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("person", String(32), nullable=False),
)
# A session of a browser, a token of a program, or a link for a guest: all end alone.
KEYS = Table(
    "key",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("person", String(32), nullable=False),
    # The link a guest came with: it takes its guests along when it ends.
    Column("link", String(32), nullable=False),
    Column("name", String(200), nullable=False),
    Column("map", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("password", String(200), nullable=False),
    Column("until_us", BigInteger, nullable=False),
)

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1000
SESSION_US = 30 * 86_400 * 1_000_000
FIRST_US = 15 * 60 * 1_000_000
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Person:
    """An account."""

    id: str
    name: str
    role: Role
    lanes: tuple[str, ...]
    suspended: bool


@dataclass(frozen=True, slots=True)
class Key:
    """A session, token or link, without its secret."""

    id: str
    kind: str
    person: str
    name: str
    map: str
    role: str
    has_password: bool
    until_us: int


class People:
    """Accounts and keys in the database of the edit log.

    Args:
        engine: The database.
        hasher: How passwords are hashed; tests pass a quick one.
    """

    def __init__(self, engine: Engine, hasher: PasswordHasher | None = None) -> None:
        self._engine = engine
        self._hasher = hasher or PasswordHasher()
        # What a wrong name is compared with, so that it takes as long as a wrong password.
        self._nobody = self._hasher.hash(secrets.token_hex())
        METADATA.create_all(engine)

    @property
    def engine(self) -> Engine:
        """The database."""
        return self._engine

    def is_new(self) -> bool:
        """Whether nobody has an account yet."""
        with self._engine.connect() as connection:
            return not connection.scalar(select(func.count()).select_from(PEOPLE))

    def first_key(self, now_us: int) -> str:
        """Secret with which the first administrator makes an account, for 15 minutes."""
        with self._engine.begin() as connection:
            connection.execute(delete(KEYS).where(KEYS.c.kind == "first"))
            return new_key(connection, "first", until_us=now_us + FIRST_US)[0]

    def first_administrator(
        self, secret: str, name: str, password: str, now_us: int
    ) -> Person:
        """Account of the first administrator; the key is used up.

        Raises:
            WebError: E711 the key is wrong or used, E712 the password is too short.
        """
        _refuse_password(password)
        with self._engine.begin() as connection:
            key = _key(connection, secret, now_us)
            used = key is not None and key.kind == "first"
            if not used or connection.scalar(select(func.count()).select_from(PEOPLE)):
                what = "this first key is wrong, too old or used"
                hint = "Start the server again: it prints a new one while nobody has an account."
                raise WebError(Problem("E711", what, hint=hint))
            connection.execute(delete(KEYS).where(KEYS.c.kind == "first"))
            return self.insert(connection, name, password, "administrator", ())

    def add(
        self, name: str, password: str, role: Role, lanes: tuple[str, ...] = ()
    ) -> Person:
        """A new account.

        Raises:
            WebError: E712 the password is too short, E713 the name is taken.
        """
        _refuse_password(password)
        with self._engine.begin() as connection:
            return self.insert(connection, name, password, role, lanes)

    def insert(
        self,
        connection: Connection,
        name: str,
        password: str,
        role: Role,
        lanes: tuple[str, ...],
    ) -> Person:
        """A new account as part of a transaction."""
        name = " ".join(name.split())
        row = {
            "id": secrets.token_hex(8),
            "name": name,
            "password": self._hasher.hash(password),
            "role": role,
            "lanes": "\n".join(lanes),
            "suspended": False,
        }
        try:
            connection.execute(insert(PEOPLE), row)
        except IntegrityError:
            hint = "Give another name."
            what = f'somebody is called "{name}" already'
            raise WebError(Problem("E713", what, hint=hint)) from None
        return _person(row)

    def everyone(self) -> tuple[Person, ...]:
        """All accounts by name."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(PEOPLE).order_by(PEOPLE.c.name))
            return tuple(_person(dict(row)) for row in rows.mappings())

    def change(self, person_id: str, values: Mapping[str, Any]) -> frozenset[str]:
        """Another role, lanes, password or suspension; all keys of the person end.

        Returns:
            Ids of the keys that ended.

        Raises:
            WebError: E712 the password is too short, E714 nobody has this id, E715 no
                administrator would be left.
        """
        row = dict(values)
        if "password" in row:
            _refuse_password(row["password"])
            row["password"] = self._hasher.hash(row["password"])
        if "lanes" in row:
            row["lanes"] = "\n".join(row["lanes"])
        with self._engine.begin() as connection:
            changed = connection.execute(
                update(PEOPLE).where(PEOPLE.c.id == person_id).values(**row)
            )
            if not changed.rowcount:
                raise WebError(Problem("E714", "nobody has this id"))
            left = select(func.count()).where(
                PEOPLE.c.role == "administrator", PEOPLE.c.suspended.is_(False)
            )
            if not connection.scalar(left.select_from(PEOPLE)):
                what = "no administrator would be left"
                hint = "Make somebody else an administrator first."
                raise WebError(Problem("E715", what, hint=hint))
            theirs = KEYS.c.person == person_id
            ended = frozenset(connection.scalars(select(KEYS.c.id).where(theirs)))
            connection.execute(delete(KEYS).where(theirs))
            return ended

    def sign_in(self, name: str, password: str, now_us: int) -> str:
        """Secret of a new session.

        Raises:
            WebError: E710 name or password are wrong; it never says which.
        """
        wanted = select(PEOPLE).where(PEOPLE.c.name == " ".join(name.split()))
        with self._engine.begin() as connection:
            row = connection.execute(wanted).one_or_none()
            is_right = self._fits(row.password if row else self._nobody, password)
            if row is None or not is_right or row.suspended:
                hint = "Try again, or ask an administrator for a new password."
                raise WebError(Problem("E710", "name or password are wrong", hint=hint))
            until_us = now_us + SESSION_US
            return new_key(connection, "session", person=row.id, until_us=until_us)[0]

    def new_token(self, person_id: str, name: str, until_us: int) -> tuple[str, str]:
        """Secret and id of a token for a program that acts for a person."""
        with self._engine.begin() as connection:
            return new_key(
                connection, "token", person=person_id, name=name, until_us=until_us
            )

    def new_link(
        self, map_id: str, role: Role, until_us: int, password: str = ""
    ) -> tuple[str, str]:
        """Secret and id of a link with which guests see one map."""
        hashed = self._hasher.hash(password) if password else ""
        with self._engine.begin() as connection:
            return new_key(
                connection, "link", map=map_id, role=role, password=hashed, until_us=until_us
            )  # fmt: skip

    def come_in(self, secret: str, name: str, password: str, now_us: int) -> str:
        """Secret of a session of a guest who comes with a link.

        Raises:
            WebError: E711 the link is wrong or has ended, or its password is wrong.
        """
        with self._engine.begin() as connection:
            link = _key(connection, secret, now_us)
            is_link = link is not None and link.kind == "link"
            if not is_link or (
                link.password and not self._fits(link.password, password)
            ):
                what = "this link is wrong or has ended, or its password is wrong"
                raise WebError(Problem("E711", what, hint="Ask for a new link."))
            return new_key(
                connection,
                "guest",
                link=link.id,
                name=" ".join(name.split()) or "a guest",
                map=link.map,
                role=link.role,
                until_us=link.until_us,
            )[0]

    def keys(self, *, person: str = "", map_id: str = "") -> tuple[Key, ...]:
        """Sessions and tokens of a person, or links of a map."""
        wanted = select(KEYS).where(
            KEYS.c.person == person, KEYS.c.map == map_id, KEYS.c.link == ""
        )
        with self._engine.connect() as connection:
            return tuple(
                Key(
                    row.id,
                    row.kind,
                    row.person,
                    row.name,
                    row.map,
                    row.role,
                    bool(row.password),
                    int(row.until_us),
                )
                for row in connection.execute(wanted.order_by(KEYS.c.until_us))
            )

    def key_of(self, secret: str, now_us: int) -> Key | None:
        """The session, token or link of a secret; None where it is wrong or has ended."""
        with self._engine.connect() as connection:
            row = _key(connection, secret, now_us)
        if row is None:
            return None
        return Key(
            row.id, row.kind, row.person, row.name, row.map, row.role, bool(row.password), int(row.until_us),
        )  # fmt: skip

    def end(self, key_id: str) -> frozenset[str]:
        """End a session, token or link, a link with its guests; ids of all that ended."""
        ends = or_(KEYS.c.id == key_id, KEYS.c.link == key_id)
        with self._engine.begin() as connection:
            ended = frozenset(connection.scalars(select(KEYS.c.id).where(ends)))
            connection.execute(delete(KEYS).where(ends))
            return ended

    def alive(self, key_ids: frozenset[str], now_us: int) -> frozenset[str]:
        """Those of some sessions, tokens and links that have not ended."""
        wanted = select(KEYS.c.id).where(
            KEYS.c.id.in_(key_ids), KEYS.c.until_us > now_us
        )
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(wanted))

    def actor(self, secret: str, now_us: int) -> Actor:
        """Who holds a secret of a session or token; nobody where it is wrong or has ended."""
        with self._engine.connect() as connection:
            key = _key(connection, secret, now_us)
            if key is None or key.kind not in ("session", "token", "guest"):
                return NOBODY
            if key.kind == "guest":
                return Actor(
                    key.name, key.role, key.id, only_map=key.map, kind=key.kind
                )
            wanted = select(PEOPLE).where(PEOPLE.c.id == key.person)
            row = connection.execute(wanted).one_or_none()
        if row is None or row.suspended:
            return NOBODY
        lanes = frozenset(lane for lane in row.lanes.split("\n") if lane)
        return Actor(row.name, row.role, key.id, row.id, lanes=lanes, kind=key.kind)

    def _fits(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password[:LONGEST_PASSWORD])
        except VerificationError:
            return False


def _refuse_password(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        what = f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"
        hint = "Take a sentence: it is long and easy to keep in mind."
        raise WebError(Problem("E712", what, hint=hint))


def new_key(connection: Connection, kind: str, **values: Any) -> tuple[str, str]:
    """Secret and id of a new key, as part of a transaction."""
    secret, key_id = secrets.token_urlsafe(KEY_BYTES), secrets.token_hex(8)
    blank = {
        "person": "",
        "link": "",
        "name": "",
        "map": "",
        "role": "",
        "password": "",
    }
    row = blank | values | {"id": key_id, "kind": kind, "hash": _hash(secret)}
    connection.execute(insert(KEYS), row)
    return secret, key_id


def _key(connection: Connection, secret: str, now_us: int) -> Any:
    """Row of a key that has not ended."""
    wanted = select(KEYS).where(KEYS.c.hash == _hash(secret), KEYS.c.until_us > now_us)
    return connection.execute(wanted).one_or_none()


def _hash(secret: str) -> str:
    """Secrets have 256 random bits, so that one round of a plain hash keeps them safe."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _person(row: Mapping[str, Any]) -> Person:
    lanes = tuple(lane for lane in row["lanes"].split("\n") if lane)
    return Person(row["id"], row["name"], row["role"], lanes, bool(row["suspended"]))
