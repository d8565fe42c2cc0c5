"""The durable edit log: what is in it is acknowledged, what is acknowledged is in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, func, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from desirepath.errors import Problem, WebError
from desirepath.maps.edits.apply import apply_edit
from desirepath.maps.edits.board import Board
from desirepath.maps.edits.commands import edit_of
from desirepath.web.collab.tables import EDITS, MAPS, METADATA, SNAPSHOTS


@dataclass(frozen=True, slots=True)
class Entry:
    """One edit in the log.

    Attributes:
        map: Id of the map.
        seq: Its number there, from 1 without gaps.
        author: Who made it.
        client: Page or program it came from.
        n: Its number there.
        at_us: When, microseconds since 1970 UTC.
        edit: As it took effect, as plain data.
        inverse: What takes it back.
        replaced: Values of others it wrote over.
    """

    map: str
    seq: int
    author: str
    client: str
    n: int
    at_us: int
    edit: dict[str, Any]
    inverse: dict[str, Any]
    replaced: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """A map as the log has it.

    Attributes:
        epoch: Changes when the past of the map is replaced.
        seq: Number of the last edit.
        board: The map after it.
        sent: Last number of each client.
    """

    epoch: str
    seq: int
    board: Board
    sent: dict[str, int]


@dataclass(frozen=True, slots=True)
class Version:
    """A state of a map that somebody named."""

    name: str
    seq: int
    author: str
    at_us: int


class EditLog:
    """Maps and their edits in SQLite or PostgreSQL.

    Every method is one transaction; SQLite waits for the disk (``synchronous=FULL``).

    Args:
        url: ``sqlite:///path`` or ``postgresql+psycopg://…``.
    """

    def __init__(self, url: str | URL) -> None:
        self._engine = create_engine(url)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _durable)
        METADATA.create_all(self._engine)

    @classmethod
    def in_file(cls, path: Path) -> EditLog:
        """A log in a SQLite file."""
        return cls(f"sqlite:///{path}")

    @property
    def engine(self) -> Engine:
        """Where the tables are."""
        return self._engine

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def create(self, board: Board, epoch: str, author: str, at_us: int) -> None:
        """Begin the log of a map.

        Raises:
            WebError: E701 if there is a map of this id.
        """
        document = _json(board.to_dict())
        first = {
            "map": board.map_id,
            "upto": 0,
            "name": "",
            "author": author,
            "at_us": at_us,
            "document": document,
            "sum": _sum(document),
        }
        row = {"id": board.map_id, "epoch": epoch, "created_us": at_us}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(MAPS), row)
                connection.execute(insert(SNAPSHOTS), first)
        except IntegrityError:
            what = f'there is a map called "{board.map_id}" already'
            raise WebError(Problem("E701", what, hint="Give it another id.")) from None

    def maps(self) -> tuple[str, ...]:
        """Ids of all maps, sorted."""
        with self._engine.connect() as connection:
            return tuple(connection.scalars(select(MAPS.c.id).order_by(MAPS.c.id)))

    def load(self, map_id: str) -> Stored:
        """A map as it stands: the newest snapshot and the edits after it.

        Raises:
            WebError: E702 no such map, E703 a row is not what was written.
        """
        with self._engine.connect() as connection:
            epoch = connection.scalar(select(MAPS.c.epoch).where(MAPS.c.id == map_id))
            if epoch is None:
                known = ", ".join(self.maps()) or "none yet"
                what = f'there is no map called "{map_id}"'
                raise WebError(Problem("E702", what, hint=f"Known maps: {known}."))
            newest = (
                select(SNAPSHOTS)
                .where(SNAPSHOTS.c.map == map_id)
                .order_by(SNAPSHOTS.c.upto.desc())
                .limit(1)
            )
            snapshot = connection.execute(newest).one()
            sent = connection.execute(
                select(EDITS.c.client, func.max(EDITS.c.n))
                .where(EDITS.c.map == map_id)
                .group_by(EDITS.c.client)
            )
            last_of = {client: int(n) for client, n in sent}
        board = _board(map_id, snapshot.document, snapshot.sum)
        seq = int(snapshot.upto)
        for entry in self.since(map_id, seq):
            board = apply_edit(board, edit_of(entry.edit)).board
            seq = entry.seq
        return Stored(epoch, seq, board, last_of)

    def since(self, map_id: str, seq: int) -> list[Entry]:
        """Edits of a map after a number, in order.

        Raises:
            WebError: E703 a row is not what was written, or one is missing.
        """
        wanted = (
            select(EDITS)
            .where(EDITS.c.map == map_id, EDITS.c.seq > seq)
            .order_by(EDITS.c.seq)
        )
        with self._engine.connect() as connection:
            entries = [_entry(row) for row in connection.execute(wanted)]
        numbers = [entry.seq for entry in entries]
        if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            raise _damaged(map_id, "an edit is missing")
        return entries

    def sent_as(self, map_id: str, client: str, n: int) -> Entry | None:
        """The edit a client sent under a number, if it is in the log."""
        wanted = select(EDITS).where(
            EDITS.c.map == map_id, EDITS.c.client == client, EDITS.c.n == n
        )
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else _entry(row)

    def append(self, entries: Sequence[Entry]) -> None:
        """Make edits of any maps durable, all or none.

        Raises:
            WebError: E704 they could not be written, E705 another server wrote the same numbers.
        """
        rows = [_row(entry) for entry in entries]
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(EDITS), rows)
        except IntegrityError as error:
            what = "another server has written edits of this map"
            raise WebError(Problem("E705", what, hint="Load the map again.")) from error
        except DBAPIError as error:
            what = f"the edits cannot be written: {error.orig}"
            hint = "Check that the database can be reached and the disk has room."
            raise WebError(Problem("E704", what, hint=hint)) from error

    def fold(
        self, board: Board, seq: int, author: str, at_us: int, name: str = ""
    ) -> None:
        """Keep a map as it stands after an edit; with a name, as a version people can go back to.

        Raises:
            WebError: E706 the map has a version of this name at this edit.
        """
        document = _json(board.to_dict())
        row = {
            "map": board.map_id,
            "upto": seq,
            "name": name,
            "author": author,
            "at_us": at_us,
            "document": document,
            "sum": _sum(document),
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(SNAPSHOTS), row)
        except IntegrityError:
            what = f'the map has a version called "{name}" already'
            raise WebError(
                Problem("E706", what, hint="Give it another name.")
            ) from None

    def versions(self, map_id: str) -> tuple[Version, ...]:
        """Named versions of a map, newest first."""
        wanted = (
            select(SNAPSHOTS)
            .where(SNAPSHOTS.c.map == map_id, SNAPSHOTS.c.name != "")
            .order_by(SNAPSHOTS.c.upto.desc(), SNAPSHOTS.c.name)
        )
        with self._engine.connect() as connection:
            return tuple(
                Version(row.name, int(row.upto), row.author, int(row.at_us))
                for row in connection.execute(wanted)
            )

    def version(self, map_id: str, name: str) -> Board:
        """A named version of a map.

        Raises:
            WebError: E702 there is none, E703 it is not what was written.
        """
        wanted = (
            select(SNAPSHOTS)
            .where(SNAPSHOTS.c.map == map_id, SNAPSHOTS.c.name == name)
            .order_by(SNAPSHOTS.c.upto.desc())
            .limit(1)
        )
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None or not name:
            known = ", ".join(one.name for one in self.versions(map_id)) or "none yet"
            what = f'the map has no version called "{name}"'
            raise WebError(Problem("E702", what, hint=f"Known versions: {known}."))
        return _board(map_id, row.document, row.sum)


def _durable(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _sum(*texts: str) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def _row(entry: Entry) -> dict[str, Any]:
    row: dict[str, Any] = {
        "map": entry.map,
        "seq": entry.seq,
        "author": entry.author,
        "client": entry.client,
        "n": entry.n,
        "at_us": entry.at_us,
        "data": _json(entry.edit),
        "inverse": _json(entry.inverse),
        "replaced": _json(entry.replaced),
    }
    return row | {"sum": _sum(*map(str, row.values()))}


def _entry(row: Any) -> Entry:
    told = [str(getattr(row, column.name)) for column in EDITS.columns][:-1]
    if _sum(*told) != row.sum:
        raise _damaged(row.map, f"edit {row.seq} is not what was written")
    return Entry(
        row.map,
        int(row.seq),
        row.author,
        row.client,
        int(row.n),
        int(row.at_us),
        json.loads(row.data),
        json.loads(row.inverse),
        tuple(json.loads(row.replaced)),
    )


def _board(map_id: str, document: str, checksum: str) -> Board:
    if _sum(document) != checksum:
        raise _damaged(map_id, "a snapshot is not what was written")
    return Board.from_dict(json.loads(document))


def _damaged(map_id: str, what: str) -> WebError:
    hint = "Stop the server and restore a backup."
    return WebError(Problem("E703", what, f"map {map_id}", hint))
