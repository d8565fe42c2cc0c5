"""What is sent and answered about maps and people."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, RootModel

from desirepath.maps.edits.commands import Edit
from desirepath.web.api.describe import Said
from desirepath.web.policy import Role

MOST_DAYS = 3650
GuestRole = Literal["viewer", "commenter", "editor"]


class Me(Said):
    """Who asks. `role` is null for somebody unknown, `map` is the one map a guest may see.

    `provider` is whose accounts people may sign in with, null where there are none but the server's.
    """

    name: str
    role: Role | None
    map: str | None
    lanes: list[str]
    provider: str | None = None


class FirstAdministrator(Said):
    """The key the server printed, and the account to make with it."""

    key: str
    name: str
    password: str


class SignIn(Said):
    """An account and its password."""

    name: str
    password: str


class Guest(Said):
    """The secret of a link, and how the guest wants to be called."""

    link: str
    name: str = ""
    password: str = ""


class SignedIn(Said):
    """The session is in the cookie."""

    signed_in: Literal[True]


class PersonSaid(Said):
    """An account."""

    id: str
    name: str
    role: Role
    lanes: list[str]
    suspended: bool


class PeopleSaid(Said):
    """Accounts by name; `after` is null on the last page."""

    people: list[PersonSaid]
    after: str | None


class NewPerson(Said):
    """A new account; `lanes` are those a partner may edit, none for all."""

    name: str = Field(min_length=1, max_length=200)
    password: str
    role: Role
    lanes: list[str] = Field(default_factory=list)


class PersonChange(Said):
    """What changes in an account; what is left out or null stays."""

    role: Role | None = None
    lanes: list[str] | None = None
    password: str | None = None
    suspended: bool | None = None


class KeySaid(Said):
    """An own session or token."""

    id: str
    kind: str
    name: str
    until_us: int


class KeysSaid(Said):
    """Own sessions and tokens."""

    keys: list[KeySaid]
    after: str | None


class NewToken(Said):
    """What the token is for."""

    name: str = Field(max_length=200)


class SecretSaid(Said):
    """A token or link; the secret is told once and never again."""

    id: str
    secret: str
    until_us: int


class MapSaid(Said):
    """A map in a list."""

    id: str
    title: str
    status: str
    owner: str | None
    stages: int
    seq: int


class MapsSaid(Said):
    """Maps by id; `after` is null on the last page."""

    maps: list[MapSaid]
    after: str | None


class MapMade(Said):
    """Id of the new map."""

    id: str


class CardSaid(Said):
    """An element of a map: what it says, and where it stands."""

    ref: str
    at: str
    pos: str
    lane: str
    gone: bool
    fields: dict[str, Any]


class BoardSaid(Said):
    """A map as cards, those taken off included; `seq` is the number of its last edit."""

    format: Literal["desirepath/board/1"]
    map: str
    cards: list[CardSaid]
    seq: int


class EditSent(RootModel[Edit]):
    """A named edit."""


class ReplacedSaid(Said):
    """A value of somebody else that the edit wrote over."""

    ref: str
    field: str
    lost: Any
    now: Any


class EditSaved(Said):
    """The edit as it took effect, what takes it back, and what it wrote over."""

    say: Literal["saved"]
    n: int
    seq: int
    edit: Edit
    inverse: Edit
    replaced: list[ReplacedSaid]


class VersionSaid(Said):
    """A state of a map that somebody named."""

    name: str
    seq: int
    by: str
    at_us: int


class VersionsSaid(Said):
    """Named versions, newest first."""

    versions: list[VersionSaid]
    after: str | None


class NewVersion(Said):
    """The name."""

    name: str = Field(max_length=200)


class VersionMade(Said):
    """The name, and the number of the last edit in the version."""

    name: str
    seq: int


class LinkSaid(Said):
    """A link, without its secret."""

    id: str
    role: str
    until_us: int
    has_password: bool


class LinksSaid(Said):
    """Links of a map."""

    links: list[LinkSaid]
    after: str | None


class NewLink(Said):
    """What guests with the link may do, and for how long."""

    role: GuestRole
    days: int = Field(30, ge=1, le=MOST_DAYS)
    password: str = ""
