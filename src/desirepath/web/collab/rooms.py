"""Rooms: one map in memory each, its edits put in order, written, then told to everyone in it.

Knows no sockets and no clock: messages go in and come out as plain data, so that disconnects,
restarts and lost answers can be tried in any order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from desirepath.errors import DesirepathError, Problem, WebError
from desirepath.maps.edits.apply import apply_edit
from desirepath.maps.edits.board import Board
from desirepath.maps.edits.commands import Edit, edit_data, edit_of
from desirepath.web.collab.log import EditLog, Entry

MOST_WAITING = 2_000  # messages for a page that does not read; then it must come back
MOST_BYTES = 64 * 1024  # of one edit
RESUMES = 5_000  # edits a page may have missed before it gets the whole map

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


class Room:
    """One open map.

    Attributes:
        board: The map with every edit that was accepted.
        seq: Number of the last accepted one.
        saved_board: The map with every edit that is durable; only this is shown to others.
        saved_seq: Number of the last durable one.
    """

    def __init__(self, map_id: str, log: EditLog) -> None:
        stored = log.load(map_id)
        self.map_id = map_id
        self.log = log
        self.epoch = stored.epoch
        self.board = self.saved_board = stored.board
        self.seq = self.saved_seq = stored.seq
        self.sent = dict(stored.sent)
        self.waiting: list[tuple[Member, Entry, Board]] = []
        self.members: list[Member] = []

    def join(self, member: Member, hello: Mapping[str, Any]) -> None:
        """Let a page in; one that was here before is told what it missed.

        Args:
            member: The page.
            hello: ``epoch`` and ``seq`` of the last edit it knows, if any; ``quiet`` for a
                program that only sends.
        """
        self.members.append(member)
        if hello.get("quiet"):
            return
        answer: Message = {
            "say": "hello",
            "map": self.map_id,
            "epoch": self.epoch,
            "seq": self.saved_seq,
            "sent": self.sent_durably(member.client),
            "people": sorted({one.author for one in self.members}),
        }
        known = hello.get("seq")
        is_same_past = hello.get("epoch") == self.epoch
        if is_same_past and isinstance(known, int) and self._resumes(known):
            missed = self.log.since(self.map_id, known)
            answer["edits"] = [
                _told(one) for one in missed if one.seq <= self.saved_seq
            ]
        else:
            answer["board"] = self.saved_board.to_dict()
        member.tell(answer)

    def _resumes(self, known: int) -> bool:
        return 0 <= self.saved_seq - known <= RESUMES

    def sent_durably(self, client: str) -> int:
        """Last number of a client's edits that is in the log."""
        unsaved = [one.n for _, one, _ in self.waiting if one.client == client]
        return min(unsaved) - 1 if unsaved else self.sent.get(client, 0)

    def leave(self, member: Member) -> None:
        """Forget a page; its edits that wait are still written."""
        if member in self.members:
            self.members.remove(member)

    def receive(self, member: Member, message: Mapping[str, Any], at_us: int) -> None:
        """Take a message of a page."""
        match message.get("say"):
            case "edit":
                self._edit(member, message, at_us)
            case "presence":
                told = {
                    "say": "presence",
                    "who": member.author,
                    "at": message.get("at"),
                }
                self._tell_others(member, told)
            case other:
                _deny(member, 0, f"there is no message {other!r}"[:200])

    def _edit(self, member: Member, message: Mapping[str, Any], at_us: int) -> None:
        n = message.get("n")
        if not isinstance(n, int) or isinstance(n, bool) or n < 1:
            _deny(member, 0, "an edit needs its number n")
            return
        if n <= self.sent.get(member.client, 0):
            self._answer_again(member, n)
            return
        try:
            if len(json.dumps(message)) > member.most_bytes:
                what = f"an edit is at most {member.most_bytes // 1024} kB"
                hint = "Make several edits of it."
                raise WebError(Problem("E707", what, hint=hint))
            edit = edit_of(message.get("edit"))
            refusal = member.refusal(edit)
            if refusal:
                raise WebError(Problem("E708", refusal))
            done = apply_edit(self.board, edit)
        except DesirepathError as error:
            _deny(member, n, error.problems[0].what, error.code)
            return
        self.board = done.board
        self.seq += 1
        self.sent[member.client] = n
        entry = Entry(
            self.map_id,
            self.seq,
            member.author,
            member.client,
            n,
            at_us,
            edit_data(done.edit),
            edit_data(done.inverse),
            tuple(asdict(one) for one in done.replaced),
        )
        self.waiting.append((member, entry, self.board))

    def _answer_again(self, member: Member, n: int) -> None:
        """An edit that came before: its answer was lost, or is still to come."""
        if any(
            one.client == member.client and one.n == n for _, one, _ in self.waiting
        ):
            return
        known = self.log.sent_as(self.map_id, member.client, n)
        if known is None:
            _deny(member, n, "this edit was refused before")
        else:
            member.tell(_answer(known))

    def _tell_others(self, member: Member, message: Message) -> None:
        for one in self.members:
            if one is not member:
                one.tell(message)

    def saved(self, count: int) -> None:
        """Tell everyone of the first edits that waited: they are durable now."""
        done, self.waiting = self.waiting[:count], self.waiting[count:]
        for author, entry, board in done:
            self.saved_board, self.saved_seq = board, entry.seq
            told = _told(entry)
            for member in self.members:
                member.tell(_answer(entry) if member is author else told)

    def close(self, why: str) -> None:
        """Let everyone go; nothing that waited was acknowledged."""
        for member in self.members:
            member.close(why)
        self.members.clear()
        self.waiting.clear()


class Rooms:
    """All open maps of one server."""

    def __init__(self, log: EditLog) -> None:
        self.log = log
        self.open: dict[str, Room] = {}

    def enter(self, map_id: str, member: Member, hello: Mapping[str, Any]) -> Room:
        """The room of a map with one more member, opened if need be.

        Raises:
            WebError: E702 no such map, E703 its log is damaged.
        """
        if map_id not in self.open:
            self.open[map_id] = Room(map_id, self.log)
        room = self.open[map_id]
        room.join(member, hello)
        return room

    def waiting(self) -> list[tuple[Room, list[Entry]]]:
        """Edits of all rooms that are to be written next."""
        return [
            (room, [entry for _, entry, _ in room.waiting])
            for room in self.open.values()
            if room.waiting
        ]

    def write(
        self, batch: Sequence[tuple[Room, list[Entry]]]
    ) -> DesirepathError | None:
        """Make a batch durable in one transaction; may run in another thread.

        Returns:
            What went wrong, if anything did; hand it on to `told`.
        """
        try:
            self.log.append([entry for _, entries in batch for entry in entries])
        except DesirepathError as error:
            return error
        return None

    def told(
        self,
        batch: Sequence[tuple[Room, list[Entry]]],
        error: DesirepathError | None,
    ) -> None:
        """Tell everyone that a batch is durable; or, if it is not, close its rooms.

        A page whose room was closed comes back with the edits that were never acknowledged.
        """
        for room, entries in batch:
            if error is None:
                room.saved(len(entries))
            else:
                room.close(error.problems[0].what)
                self.open.pop(room.map_id, None)

    def commit(self) -> DesirepathError | None:
        """Write what waits and tell everyone, at once."""
        batch = self.waiting()
        if not batch:
            return None
        error = self.write(batch)
        self.told(batch, error)
        return error

    def close_empty(self) -> None:
        """Forget rooms that nobody is in and that have nothing left to write."""
        for map_id, room in list(self.open.items()):
            if not room.members and not room.waiting:
                del self.open[map_id]


def _told(entry: Entry) -> Message:
    return {
        "say": "edit",
        "seq": entry.seq,
        "by": entry.author,
        "client": entry.client,
        "n": entry.n,
        "edit": entry.edit,
    }


def _answer(entry: Entry) -> Message:
    return {
        "say": "saved",
        "n": entry.n,
        "seq": entry.seq,
        "edit": entry.edit,
        "inverse": entry.inverse,
        "replaced": list(entry.replaced),
    }


def _deny(member: Member, n: int, why: str, code: str = "E708") -> None:
    member.tell({"say": "denied", "n": n, "code": code, "why": why})
