"""A room: one map in memory, its edits put in order, and told to everyone in it once they are written.

Knows no sockets and no clock: messages go in and come out as plain data, so that disconnects,
restarts and lost answers can be tried in any order.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from desirepath.errors import DesirepathError, Problem, WebError
from desirepath.maps.edits.apply import apply_edit
from desirepath.maps.edits.board import Board
from desirepath.maps.edits.commands import Edit, edit_data, edit_of
from desirepath.web.collab.log import EditLog
from desirepath.web.collab.members import Member, Message, answer, deny, told
from desirepath.web.collab.rows import Entry

RESUMES = 5_000  # edits a page may have missed before it gets the whole map
REPLACED = "the past of this map has been replaced"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An edit that is accepted and not durable yet.

    Attributes:
        member: Who sent it.
        sent: As it was sent.
        entry: As it took effect.
        board: The map after it.
    """

    member: Member
    sent: Edit
    entry: Entry
    board: Board

    def is_sent_as(self, client: str, n: int) -> bool:
        """Whether a client sent it under a number."""
        return (self.entry.client, self.entry.n) == (client, n)


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
        self.folded = stored.folded
        self._shown_at, self._shown_data = -1, Message()
        self.waiting: list[Waiting] = []
        self.members: list[Member] = []
        # Pages at other servers, by their names, as they are told.
        self.elsewhere: dict[str, Message] = {}

    def join(self, member: Member, hello: Mapping[str, Any]) -> None:
        """Let a page in; one that was here before is told what it missed.

        Args:
            member: The page.
            hello: ``epoch`` and ``seq`` of the last edit it knows, if any; ``quiet`` for a
                program that only sends.
        """
        here = [one.presence() for one in self.members if one.is_seen]
        self.members.append(member)
        if hello.get("quiet"):
            return
        member.is_seen = True
        hello_back: Message = {
            "say": "hello",
            "map": self.map_id,
            "epoch": self.epoch,
            "seq": self.saved_seq,
            "sent": self.sent_durably(member.client),
            "leftover": {
                name: self.sent_durably(client)
                for name, client in member.leftover.items()
            },
            "page": member.client,
            "people": [*here, *self.elsewhere.values()],
            "role": member.role,
            "lanes": list(member.lanes),
        }
        known = hello.get("seq")
        is_same_past = hello.get("epoch") == self.epoch
        missed = self._missed(known) if is_same_past else None
        if missed is None:
            hello_back["board"] = self._shown()
        else:
            hello_back["edits"] = [
                answer(one) if member.is_of(one.client) else told(one) for one in missed
            ]
        member.tell(hello_back)
        self._tell_others(member, {"say": "here", **member.presence()})

    def _shown(self) -> Message:
        """The durable map as data, made once for all who come in after the same edit."""
        if self._shown_at != self.saved_seq:
            self._shown_data, self._shown_at = (
                self.saved_board.to_dict(),
                self.saved_seq,
            )
        return self._shown_data

    def _missed(self, known: object) -> list[Entry] | None:
        """Durable edits after a number; None where they are too many or no longer kept one by one."""
        if not isinstance(known, int) or not 0 <= self.saved_seq - known <= RESUMES:
            return None
        found = self.log.since(self.map_id, known)
        missed = [one for one in found if one.seq <= self.saved_seq]
        return missed if len(missed) == self.saved_seq - known else None

    def sent_durably(self, client: str) -> int:
        """Last number of a client's edits that is in the log."""
        unsaved = [one.entry.n for one in self.waiting if one.entry.client == client]
        return min(unsaved) - 1 if unsaved else self.sent.get(client, 0)

    def leave(self, member: Member) -> None:
        """Forget a page; its edits that wait are still written."""
        if member in self.members:
            self.members.remove(member)
            if member.is_seen:
                self._tell_others(member, {"say": "left", "page": member.client})

    def receive(self, member: Member, message: Mapping[str, Any], at_us: int) -> None:
        """Take a message of a page."""
        match message.get("say"):
            case "edit":
                self._edit(member, message, at_us)
            case "presence":
                member.go_to(message.get("at"))
                self._tell_others(member, {"say": "presence", **member.presence()})
            case other:
                deny(member, 0, _refused(f"there is no message {other!r}"[:200]))

    def _edit(self, member: Member, message: Mapping[str, Any], at_us: int) -> None:
        n = message.get("n")
        if not isinstance(n, int) or isinstance(n, bool) or n < 1:
            deny(member, 0, _refused("an edit needs its number n"))
            return
        client = member.sends_as(message.get("client"))
        if client is None:
            deny(member, n, _refused("this is not a page of yours"))
            return
        if n <= self.sent.get(client, 0):
            self._answer_again(member, client, n)
            return
        try:
            if len(json.dumps(message)) > member.most_bytes:
                what = f"an edit is at most {member.most_bytes // 1024} kB"
                hint = "Make several edits of it."
                raise WebError(Problem("E707", what, hint=hint))
            edit = edit_of(message.get("edit"))
            self._accept(member, client, n, edit, at_us)
        except DesirepathError as error:
            deny(member, n, error.problems[0], client)
            return
        self.sent[client] = n

    def _accept(
        self, member: Member, client: str, n: int, edit: Edit, at_us: int
    ) -> None:
        """Put an edit on top of the map; it waits to be written.

        Raises:
            DesirepathError: The member may not make it, or it does not fit.
        """
        refusal = member.refusal(edit)
        if refusal:
            raise WebError(Problem("E708", refusal))
        done = apply_edit(self.board, edit)
        self.board = done.board
        self.seq += 1
        entry = Entry(
            self.map_id,
            self.seq,
            member.author,
            client,
            n,
            at_us,
            edit_data(done.edit),
            edit_data(done.inverse),
            tuple(asdict(one) for one in done.replaced),
        )
        self.waiting.append(Waiting(member, edit, entry, self.board))

    def _answer_again(self, member: Member, client: str, n: int) -> None:
        """An edit that came before: its answer was lost, or is still to come."""
        if any(one.is_sent_as(client, n) for one in self.waiting):
            return
        known = self.log.sent_as(self.map_id, client, n)
        if known is None:
            deny(member, n, _refused("this edit was refused before"), client)
        else:
            member.tell(answer(known))

    def tell_presence(self, message: Message) -> None:
        """Tell everyone here who at another server looks where, came or left."""
        page = str(message.get("page"))
        if message.get("say") == "left":
            self.elsewhere.pop(page, None)
        else:
            known = {key: message.get(key) for key in ("page", "who", "at")}
            self.elsewhere[page] = known
        for one in self.members:
            one.tell(message)

    def _tell_others(self, member: Member, message: Message) -> None:
        for one in self.members:
            if one is not member:
                one.tell(message)

    def saved(self, upto: int) -> None:
        """Tell everyone of the edits that waited up to a number: they are durable now."""
        while self.waiting and self.waiting[0].entry.seq <= upto:
            one = self.waiting.pop(0)
            self._tell_saved(one.entry, one.board)

    def _tell_saved(self, entry: Entry, board: Board) -> None:
        self.saved_board, self.saved_seq = board, entry.seq
        news = told(entry)
        for member in self.members:
            member.tell(answer(entry) if member.is_of(entry.client) else news)

    def hear(self, epoch: str, news: Sequence[Entry]) -> None:
        """Take in edits that are in the log and may come from other servers.

        What waits here is put on top of them anew, as it was sent; who sent it is told where it no
        longer fits. An edit that another server has written meanwhile is not written twice.

        Args:
            epoch: Of the map in the log; where it is another one, everyone is let go.
            news: Edits in the log after those known here, in order.
        """
        if epoch != self.epoch:
            self.close(REPLACED)
            return
        fresh = [one for one in news if one.seq > self.saved_seq]
        if not fresh:
            return
        left = list(self.waiting)
        for entry in fresh:
            board = apply_edit(self.saved_board, edit_of(entry.edit)).board
            self._tell_saved(entry, board)
            left = [one for one in left if not one.is_sent_as(entry.client, entry.n)]
            self.sent[entry.client] = max(entry.n, self.sent.get(entry.client, 0))
        self.board, self.seq, self.waiting = self.saved_board, self.saved_seq, []
        for one in left:
            try:
                was = one.entry
                self._accept(one.member, was.client, was.n, one.sent, was.at_us)
            except DesirepathError as error:
                deny(one.member, was.n, error.problems[0], was.client)

    def close(self, why: str) -> None:
        """Let everyone go; nothing that waited was acknowledged."""
        for member in self.members:
            member.close(why)
        self.members.clear()
        self.waiting.clear()


def _refused(what: str) -> Problem:
    return Problem("E708", what)
