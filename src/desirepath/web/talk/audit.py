"""The audit trail: who did what when. It is only ever added to, and holds no words of customers."""

from __future__ import annotations

import itertools
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, insert, or_, select

from desirepath.web.policy import NOBODY, Actor
from desirepath.web.talk.tables import AUDIT

LONGEST_REF = 300
LONGEST_DETAIL = 2_000
ID_BYTES = 4
MOST = 100
# Keeps what happens in one moment in order.
_COUNT = itertools.count()
Detail = Mapping[str, str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class Done:
    """Something somebody did.

    Attributes:
        id: Rises with time.
        at_us: When, microseconds since 1970 UTC.
        who: Name at that time, "" for the server itself.
        person: Id of the account, "" for guests and the server.
        kind: How they had come in: session, token, guest or server.
        action: What, such as ``version.named``.
        map: Id of the map, "" for none.
        ref: What on the map, "" for nothing.
        detail: What else is to be known of it.
    """

    id: str
    at_us: int
    who: str
    person: str
    kind: str
    action: str
    map: str
    ref: str
    detail: dict[str, Any]


def note(
    connection: Connection,
    actor: Actor,
    action: str,
    now_us: int,
    *,
    map_id: str = "",
    ref: str = "",
    detail: Detail | None = None,
) -> None:
    """Write down what somebody does, as part of the transaction that does it.

    Args:
        connection: Of the transaction.
        actor: Who; `NOBODY` for the server itself.
        action: What, as a noun and what became of it: ``link.made``, ``job.cancelled``.
        now_us: When, microseconds since 1970 UTC.
        map_id: The map it is about.
        ref: What on the map.
        detail: Names and numbers; never secrets, never texts of customers.
    """
    text = json.dumps(detail or {}, ensure_ascii=False, separators=(",", ":"))
    if len(text) > LONGEST_DETAIL:
        text = json.dumps({"cut": len(text)})
    row = {
        "id": f"{now_us:017d}-{next(_COUNT) % 16**6:06x}-{secrets.token_hex(ID_BYTES)}",
        "at_us": now_us,
        "who": actor.name,
        "person": actor.person,
        "kind": _kind(actor),
        "action": action,
        "map": map_id,
        "ref": ref[:LONGEST_REF],
        "detail": text,
    }
    connection.execute(insert(AUDIT), row)


def note_now(
    engine: Engine,
    actor: Actor,
    action: str,
    now_us: int,
    *,
    map_id: str = "",
    ref: str = "",
    detail: Detail | None = None,
) -> None:
    """Write down what somebody did where no transaction is at hand; arguments as of `note`."""
    with engine.begin() as connection:
        note(connection, actor, action, now_us, map_id=map_id, ref=ref, detail=detail)


def _kind(actor: Actor) -> str:
    if actor == NOBODY:
        return "server"
    return actor.kind or ("session" if actor.person else "guest")


def trail(
    engine: Engine,
    *,
    map_id: str = "",
    who: str = "",
    action: str = "",
    before: str = "",
    since_us: int = 0,
    limit: int = MOST,
) -> tuple[Done, ...]:
    """What was done, newest first.

    Args:
        engine: The database.
        map_id: Of one map.
        who: Whose name or account id it is.
        action: Of one action, or of all that begin so: ``link``.
        before: Only what is older than the entry of this id.
        since_us: Only what is not older, microseconds since 1970 UTC.
        limit: How many at most.
    """
    wanted = select(AUDIT).order_by(AUDIT.c.id.desc()).limit(limit)
    if map_id:
        wanted = wanted.where(AUDIT.c.map == map_id)
    if who:
        wanted = wanted.where(or_(AUDIT.c.who == who, AUDIT.c.person == who))
    if action:
        inside = AUDIT.c.action.startswith(f"{action}.", autoescape=True)
        wanted = wanted.where(or_(AUDIT.c.action == action, inside))
    if before:
        wanted = wanted.where(AUDIT.c.id < before)
    if since_us:
        wanted = wanted.where(AUDIT.c.at_us >= since_us)
    with engine.connect() as connection:
        return tuple(
            Done(**dict(row) | {"detail": json.loads(row["detail"])})
            for row in connection.execute(wanted).mappings()
        )
