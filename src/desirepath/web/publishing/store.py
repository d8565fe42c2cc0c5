"""Public pages as they are kept: what they show, to whom, until when. Secrets are kept as hashes only."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Engine, delete, insert, select

from desirepath.errors import Problem, WebError
from desirepath.web.publishing.layers import LAYERS, Layer
from desirepath.web.publishing.tables import METADATA, PAGES

SECRET_BYTES, ID_BYTES = 32, 8
MOST_PAGES, MOST_ORIGINS = 100, 10
LONGEST_PASSWORD = 1000
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
ORIGIN = re.compile(rf"https?://{LABEL}(?:\.{LABEL})*(?::([1-9]\d{{0,4}}))?")
LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A page for everybody who has its address.

    Attributes:
        id: Of the page.
        map: Id of the map.
        layers: What it shows.
        origins: Addresses of sites whose pages may hold it in a frame.
        version: Name of the version it shows, "" for the map as it stands.
        upto: Number of the last edit in that version, 0 for the map as it stands.
        snapshot: Id of the check shown with a version, "" for the newest.
        password: Hash of its password, "" for none.
        until_us: When it ends, 0 for a page that does not end by itself.
        author: Who made it.
        at_us: When.
    """

    id: str
    map: str
    layers: tuple[Layer, ...]
    origins: tuple[str, ...]
    version: str
    upto: int
    snapshot: str
    password: str
    until_us: int
    author: str
    at_us: int


class PublicPages:
    """Public pages of all maps. Every method may take a while: call it in a thread.

    Args:
        engine: The database.
        hasher: How passwords are hashed.
    """

    def __init__(self, engine: Engine, hasher: PasswordHasher | None = None) -> None:
        self._engine = engine
        self._hasher = hasher or PasswordHasher()
        if not engine.url.database:  # in memory
            METADATA.create_all(engine)

    def all(self, map_id: str) -> tuple[PublicPage, ...]:
        """Pages of a map, newest first; those that have ended among them."""
        wanted = select(PAGES).where(PAGES.c.map == map_id)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(PAGES.c.at_us.desc(), PAGES.c.id))
            return tuple(_page(row) for row in rows)

    def add(self, page: PublicPage, password: str) -> str:
        """Keep a new page; the secret of its address.

        Raises:
            WebError: E796 the map has too many.
        """
        if len(self.all(page.map)) >= MOST_PAGES:
            hint = "End one that nobody needs."
            raise WebError(Problem("E796", f"there are {MOST_PAGES} pages already", hint=hint))  # fmt: skip
        secret = secrets.token_urlsafe(SECRET_BYTES)
        row = {name: getattr(page, name) for name in PublicPage.__slots__} | {
            "hash": _hash(secret),
            "layers": json.dumps(page.layers),
            "origins": json.dumps(page.origins),
            "password": self._hasher.hash(password) if password else "",
        }
        with self._engine.begin() as connection:
            connection.execute(insert(PAGES), row)
        return secret

    def end(self, map_id: str, page_id: str) -> None:
        """End a page, now.

        Raises:
            WebError: E795 there is none of this id.
        """
        wanted = delete(PAGES).where(PAGES.c.map == map_id, PAGES.c.id == page_id)
        with self._engine.begin() as connection:
            if not connection.execute(wanted).rowcount:
                raise no_such_page()

    def opened(self, secret: str, now_us: int) -> PublicPage:
        """The page of a secret.

        Raises:
            WebError: E795 there is none, or it has ended.
        """
        with self._engine.connect() as connection:
            wanted = select(PAGES).where(PAGES.c.hash == _hash(secret))
            row = connection.execute(wanted).one_or_none()
        if row is None or 0 < row.until_us <= now_us:
            raise no_such_page()
        return _page(row)

    def is_password(self, page: PublicPage, password: str) -> bool:
        """Whether this is the password of a page."""
        try:
            return self._hasher.verify(page.password, password[:LONGEST_PASSWORD])
        except VerificationError:
            return False


def new_page_id() -> str:
    """Id of a page that is to come."""
    return secrets.token_hex(ID_BYTES)


def origins_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Addresses of sites, without what comes after them.

    Raises:
        WebError: E796 one is none, or there are too many.

    Examples:
        >>> origins_in([" https://Intranet.example.com/ ", ""])
        ('https://intranet.example.com',)
    """
    found = []
    for text in texts:
        told = text.strip().lower().removesuffix("/")
        if not told:
            continue
        fits = ORIGIN.fullmatch(told)
        if fits is None or int(fits[1] or 0) > LAST_PORT:
            hint = "Write it as https://intranet.example.com, without a path."
            raise WebError(Problem("E796", f'"{text:.80}" is no address of a site', hint=hint))  # fmt: skip
        found.append(told)
    if len(found) > MOST_ORIGINS:
        hint = "Make another page for the others."
        raise WebError(Problem("E796", f"more than {MOST_ORIGINS} sites", hint=hint))
    return tuple(dict.fromkeys(found))


def no_such_page() -> WebError:
    """Why nothing is shown; it never says whether there was something."""
    hint = "Ask who gave you the address for a new one."
    what = "there is no such page, or it has ended"
    return WebError(Problem("E795", what, hint=hint))


def _page(row: Any) -> PublicPage:
    layers = json.loads(row.layers)
    return PublicPage(
        id=row.id,
        map=row.map,
        layers=tuple(one for one in LAYERS if one in layers),
        origins=tuple(json.loads(row.origins)),
        version=row.version,
        upto=int(row.upto),
        snapshot=row.snapshot,
        password=row.password,
        until_us=int(row.until_us),
        author=row.author,
        at_us=int(row.at_us),
    )


def _hash(secret: str) -> str:
    """Secrets have 256 random bits, so that one round of a plain hash keeps them safe."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
