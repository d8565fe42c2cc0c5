"""Who is in a room, and what they are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from desirepath.maps.edits.commands import Edit
from desirepath.web.collab.rows import Entry

MOST_WAITING = 2_000  # messages for a page that does not read; then it must come back
MOST_BYTES = 64 * 1024  # of one edit

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
    """

    client: str
    author: str
    refusal: Callable[[Edit], str] = everything
    outbox: list[Message] = field(default_factory=list)
    closed: str = ""
    most_bytes: int = MOST_BYTES

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
    return {
        "say": "edit",
        "seq": entry.seq,
        "by": entry.author,
        "client": entry.client,
        "n": entry.n,
        "edit": entry.edit,
    }


def answer(entry: Entry) -> Message:
    """What the author of an edit is told."""
    return {
        "say": "saved",
        "n": entry.n,
        "seq": entry.seq,
        "edit": entry.edit,
        "inverse": entry.inverse,
        "replaced": list(entry.replaced),
    }


def deny(member: Member, n: int, why: str, code: str = "E708") -> None:
    """Tell a member that an edit is not made."""
    member.tell({"say": "denied", "n": n, "code": code, "why": why})
