"""Rooms of one server: opened, written together, told what other servers wrote, closed."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.exc import DBAPIError

from desirepath.errors import DesirepathError
from desirepath.maps.edits.board import Board
from desirepath.web.collab.log import EditLog
from desirepath.web.collab.members import Member
from desirepath.web.collab.room import Room
from desirepath.web.collab.rows import Entry

Batch = Sequence[tuple[Room, list[Entry]]]
News = Mapping[str, tuple[str, list[Entry]]]


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
        if self.log.is_shared and map_id in self.open:
            # who comes from another server may know more than this one
            self.heard(self.news([self.open[map_id]]))
        if map_id not in self.open:
            self.open[map_id] = Room(map_id, self.log)
        room = self.open[map_id]
        room.join(member, hello)
        return room

    def waiting(self) -> Batch:
        """Edits of all rooms that are to be written next."""
        return [
            (room, [one.entry for one in room.waiting])
            for room in self.open.values()
            if room.waiting
        ]

    def write(self, batch: Batch) -> DesirepathError | None:
        """Make a batch durable in one transaction; may run in another thread.

        Returns:
            What went wrong, if anything did; hand it on to `told`.
        """
        try:
            self.log.append(
                [entry for _, entries in batch for entry in entries],
                {room.map_id: room.epoch for room, _ in batch},
            )
        except DesirepathError as error:
            return error
        return None

    def news(self, rooms: Sequence[Room]) -> News:
        """What the log has and rooms do not know yet; may run in another thread.

        Raises:
            WebError: E703 the log of a map is damaged, E704 it cannot be read.
        """
        return self.log.news({room.map_id: room.saved_seq for room in rooms})

    def heard(self, news: News) -> None:
        """Take in what other servers wrote."""
        for map_id, (epoch, entries) in news.items():
            room = self.open.get(map_id)
            if room is not None:
                room.hear(epoch, entries)
                if epoch != room.epoch:
                    del self.open[map_id]

    def is_outrun(self, batch: Batch) -> bool:
        """Whether a batch is no longer what waits, because another server wrote before it."""
        return any(
            self.open.get(room.map_id) is not room or entries[0].seq <= room.saved_seq
            for room, entries in batch
        )

    def told(self, batch: Batch, error: DesirepathError | None) -> None:
        """Tell everyone that a batch is durable; or, if it is not, close its rooms.

        A page whose room was closed comes back with the edits that were never acknowledged.
        """
        for room, entries in batch:
            if error is None:
                room.saved(entries[-1].seq)
            else:
                room.close(error.problems[0].what)
                self.open.pop(room.map_id, None)

    def commit(self) -> DesirepathError | None:
        """Write what waits and tell everyone, at once."""
        while batch := self.waiting():
            error = self.write(batch)
            if is_race(error):
                self.heard(self.news([room for room, _ in batch]))
                if self.is_outrun(batch):
                    continue
            self.told(batch, error)
            if error is not None:
                return error
        return None

    def due(self, every: int) -> list[tuple[Board, int]]:
        """Maps with many edits since their last snapshot, each with the number of its last edit."""
        found = [
            room for room in self.open.values() if room.saved_seq - room.folded >= every
        ]
        for room in found:
            room.folded = room.saved_seq
        return [(room.saved_board, room.saved_seq) for room in found]

    def fold(self, due: Sequence[tuple[Board, int]], at_us: int) -> None:
        """Keep maps as they stood; may run in another thread. Where it fails, the edits are there."""
        for board, seq in due:
            with contextlib.suppress(DesirepathError, DBAPIError):
                self.log.fold(board, seq, "", at_us)

    def close_empty(self) -> None:
        """Forget rooms that nobody is in and that have nothing left to write."""
        for map_id, room in list(self.open.items()):
            if not room.members and not room.waiting:
                del self.open[map_id]


def is_race(error: DesirepathError | None) -> bool:
    """Whether a batch was not written because another server was quicker: then it can be tried again."""
    return error is not None and error.code == "E705"
