"""Who is in a room, and what they are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desirepath.errors import Problem
from desirepath.maps.edits.commands import Edit
from desirepath.web.collab.rows import Entry

MOST_WAITING = 2_000  # messages for a page that does not read; then it must come back
MOST_BYTES = 64 * 1024  # of one edit
LONGEST_AT = 300  # of the ref of a card somebody is at

Message = dict[str, Any]


def everything(_: Edit) -> str:
    """Rights of who may do everything."""
    return ""


def nothing(_: Edit) -> str:
    """Rights of who may only look."""
    return "you may look at this map, not change it"


@dataclass(eq=False, slots=True)
class Member:
    """One page or program in a room.

    Attributes:
        client: Its name, made once for as long as it keeps edits of its own.
        author: The person.
        refusal: Why an edit is not allowed, "" where it is.
        outbox: Messages it has not been sent yet.
        closed: Why it was let go, "" while it is here.
        most_bytes: Of one edit.
        leftover: Names of closed pages of the same person, by the names this page has for them: it
            sends what they could not.
        role: What the person may do.
        lanes: Lanes the person may edit, none for all.
        is_seen: Whether others are told of it; programs that only send are not.
        at: Ref of the card its person is at, "" for none.
    """

    client: str
    author: str
    refusal: Callable[[Edit], str] = everything
    outbox: list[Message] = field(default_factory=list)
    closed: str = ""
    most_bytes: int = MOST_BYTES
    leftover: Mapping[str, str] = field(default_factory=dict)
    role: str = ""
    lanes: tuple[str, ...] = ()
    is_seen: bool = False
    at: str = ""

    def is_of(self, client: str) -> bool:
        """Whether a client is this page, or one it sends for."""
        return client == self.client or client in self.leftover.values()

    def sends_as(self, name: object) -> str | None:
        """Client in whose name it sends; None where it may not."""
        if name is None:
            return self.client
        return self.leftover.get(name) if isinstance(name, str) else None

    def go_to(self, at: object) -> None:
        """Its person is at another card, or at none."""
        self.at = at[:LONGEST_AT] if isinstance(at, str) else ""

    def presence(self) -> Message:
        """What others are told of it."""
        return {"page": self.client, "who": self.author, "at": self.at}

    def tell(self, message: Message) -> None:
        """Put a message into the outbox; one that does not read is let go."""
        if self.closed:
            return
        if len(self.outbox) >= MOST_WAITING:
            self.close("too slow")
            return
        self.outbox.append(message)

    def close(self, why: str) -> None:
        """Let it go; it comes back with the number of the last edit it knows."""
        self.closed = why
        self.outbox.clear()

    def take(self) -> list[Message]:
        """All messages that wait, as one frame."""
        frame, self.outbox = self.outbox, []
        return frame


def told(entry: Entry) -> Message:
    """What others are told of an edit."""
    message: Message = {
        "say": "edit",
        "seq": entry.seq,
        "by": entry.author,
        "client": entry.client,
        "n": entry.n,
        "edit": entry.edit,
    }
    # One of them may have written what is lost.
    return message | {"replaced": list(entry.replaced)} if entry.replaced else message


def answer(entry: Entry) -> Message:
    """What the author of an edit is told."""
    return {
        "say": "saved",
        "client": entry.client,
        "n": entry.n,
        "seq": entry.seq,
        "edit": entry.edit,
        "inverse": entry.inverse,
        "replaced": list(entry.replaced),
    }


def deny(member: Member, n: int, problem: Problem, client: str = "") -> None:
    """Tell a member that an edit of its own, or of a client it sends for, is not made."""
    message = {
        "say": "denied",
        "client": client or member.client,
        "n": n,
        "code": problem.code,
        "why": problem.what,
        "place": problem.place,
        "hint": problem.hint,
    }
    member.tell(message)


def problem_in(denied: Mapping[str, Any]) -> Problem:
    """Why an edit was not made, as `deny` told it."""
    names = ("code", "why", "place", "hint")
    return Problem(*(str(denied.get(name, "")) for name in names))
