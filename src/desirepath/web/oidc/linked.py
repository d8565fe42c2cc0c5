"""Which account somebody from elsewhere has here: by what their provider calls them, never by name."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from desirepath.errors import Problem, WebError
from desirepath.web.oidc.tokens import Somebody
from desirepath.web.people import (
    IDENTITIES,
    KEY_BYTES,
    PEOPLE,
    SESSION_US,
    People,
    new_key,
)
from desirepath.web.policy import Role

TRIES = 5


def let_in(
    people: People, somebody: Somebody, default: Role | None, now_us: int
) -> tuple[str, frozenset[str]]:
    """A session for somebody whom a provider vouches for; the first time with a new account.

    Args:
        people: Accounts.
        somebody: Who signed in.
        default: Role of a new account where the provider says nothing of roles.
        now_us: Now, microseconds since 1970 UTC.

    Returns:
        Secret of the session, and ids of keys that ended because the role is another one now.

    Raises:
        WebError: E715 the last administrator would be none any more, E745 they may not come in.
    """
    person_id, role = _account(people, somebody, default)
    ended: frozenset[str] = frozenset()
    if somebody.role is not None and somebody.role != role:
        ended = people.change(person_id, {"role": somebody.role})
    with people.engine.begin() as connection:
        until_us = now_us + SESSION_US
        key = new_key(connection, "session", person=person_id, until_us=until_us)
        return key[0], ended


def _account(
    people: People, somebody: Somebody, default: Role | None
) -> tuple[str, str]:
    """Id and role of the account, made where there is none."""
    for left in reversed(range(TRIES)):
        try:
            with people.engine.begin() as connection:
                return _known(connection, somebody) or _made(
                    people, connection, somebody, default
                )
        except (IntegrityError, WebError) as error:
            # somebody was quicker, with this name or as the same person in another window
            is_taken = isinstance(error, IntegrityError) or error.code == "E713"
            if not (is_taken and left):
                raise
    raise AssertionError  # pragma: no cover - the last try raises


def _known(connection: Connection, somebody: Somebody) -> tuple[str, str] | None:
    wanted = select(PEOPLE).join(IDENTITIES, IDENTITIES.c.person == PEOPLE.c.id)
    row = connection.execute(
        wanted.where(
            IDENTITIES.c.issuer == somebody.issuer,
            IDENTITIES.c.subject == somebody.subject,
        )
    ).one_or_none()
    if row is None:
        return None
    if row.suspended:
        raise WebError(Problem("E745", "your account here is suspended", hint="Ask an administrator."))  # fmt: skip
    return row.id, row.role


def _made(
    people: People, connection: Connection, somebody: Somebody, default: Role | None
) -> tuple[str, str]:
    role = somebody.role or default
    is_first = connection.execute(select(PEOPLE.c.id).limit(1)).first() is None
    if role is None or (is_first and role != "administrator"):
        what = "nobody comes in before the first administrator"
        hint = "Make the first administrator with the link that the server printed."
        raise WebError(Problem("E745", what, hint=hint))
    name = next(one for one in _names(somebody.name) if _is_free(connection, one))
    # nobody knows it: they come in through the provider alone
    password = secrets.token_urlsafe(KEY_BYTES)
    person = people.insert(connection, name, password, role, ())
    connection.execute(
        insert(IDENTITIES),
        {"issuer": somebody.issuer, "subject": somebody.subject, "person": person.id},
    )
    return person.id, role


def _names(name: str) -> Iterator[str]:
    """A name, and what to call others of the same name."""
    yield name
    number = 2
    while True:
        yield f"{name} ({number})"
        number += 1


def _is_free(connection: Connection, name: str) -> bool:
    wanted = select(PEOPLE.c.id).where(PEOPLE.c.name == name)
    return connection.execute(wanted).first() is None
