"""The durable edit log: what is in it is acknowledged, what is acknowledged is in it."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Select,
    bindparam,
    create_engine,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from desirepath.errors import Problem, WebError
from desirepath.maps.edits.apply import apply_edit
from desirepath.maps.edits.board import Board
from desirepath.maps.edits.commands import edit_of
from desirepath.web.collab.rows import (
    Entry,
    board_in,
    checksum,
    damaged,
    entry_of,
    row_of,
    text_of,
)
from desirepath.web.collab.tables import COUNTED, EDITS, MAPS, METADATA, SNAPSHOTS
from desirepath.web.migrations import bring_up_to_date
from desirepath.web.notices import Notice, tell

# Held by all who append edits, and alone by who replaces the past of maps in a PostgreSQL.
GATE = 0x0D51_2EBA
# Built once: it is asked with every batch.
EPOCHS = select(MAPS.c.id, MAPS.c.epoch).where(
    MAPS.c.id.in_(bindparam("maps", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A map as the log has it.

    Attributes:
        epoch: Changes when the past of the map is replaced.
        seq: Number of the last edit.
        board: The map after it.
        sent: Last number of each client.
        folded: Number of the last edit in the newest snapshot.
    """

    epoch: str
    seq: int
    board: Board
    sent: dict[str, int]
    folded: int = 0


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
        url: ``sqlite:///path`` or ``postgresql+psycopg://…``, or an engine of `engine_of`.
    """

    def __init__(self, url: str | URL | Engine) -> None:
        self._engine = url if isinstance(url, Engine) else engine_of(url)
        try:
            if self._engine.url.database:
                bring_up_to_date(self._engine)
            else:  # in memory, so that nothing older is in it
                METADATA.create_all(self._engine)
        except BaseException:
            self._engine.dispose()
            raise
        self.server = secrets.token_hex(8)
        # Several servers may use one PostgreSQL; a SQLite file belongs to one.
        self.is_shared = self._engine.dialect.name == "postgresql"

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
        document = text_of(board.to_dict())
        first = {
            "map": board.map_id,
            "upto": 0,
            "name": "",
            "author": author,
            "at_us": at_us,
            "document": document,
            "sum": checksum(document),
        }
        row = {"id": board.map_id, "epoch": epoch, "created_us": at_us}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(MAPS), row)
                connection.execute(insert(SNAPSHOTS), first)
                self.tell(connection, Notice(self.server, map=board.map_id))
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
        with still(self._engine) as connection:
            epoch = connection.scalar(select(MAPS.c.epoch).where(MAPS.c.id == map_id))
            if epoch is None:
                known = ", ".join(self.maps()) or "none yet"
                what = f'there is no map called "{map_id}"'
                raise WebError(Problem("E702", what, hint=f"Known maps: {known}."))
            snapshot = connection.execute(newest_snapshot(map_id)).one()
            last_of = last_numbers(connection, map_id)
            folded = int(snapshot.upto)
            entries = _since(connection, map_id, folded)
        board = board_in(map_id, snapshot.document, snapshot.sum)
        seq = folded
        if entries and entries[0].seq != seq + 1:
            raise damaged(map_id, "an edit is missing")
        for entry in entries:
            board = apply_edit(board, edit_of(entry.edit)).board
            seq = entry.seq
        return Stored(epoch, seq, board, last_of, folded)

    def since(self, map_id: str, seq: int) -> list[Entry]:
        """Edits of a map after a number, in order.

        Raises:
            WebError: E703 a row is not what was written, or one is missing.
        """
        with self._engine.connect() as connection:
            return _since(connection, map_id, seq)

    def sent_as(self, map_id: str, client: str, n: int) -> Entry | None:
        """The edit a client sent under a number, if it is in the log."""
        wanted = select(EDITS).where(
            EDITS.c.map == map_id, EDITS.c.client == client, EDITS.c.n == n
        )
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else entry_of(row)

    def append(
        self, entries: Sequence[Entry], epochs: Mapping[str, str] | None = None
    ) -> None:
        """Make edits of any maps durable, all or none, and tell other servers.

        Args:
            entries: The edits.
            epochs: Epochs in which they were made, by map.

        Raises:
            WebError: E704 they could not be written, E705 another server wrote the same numbers or
                replaced the past of a map.
        """
        rows = [row_of(entry) for entry in entries]
        maps = sorted({entry.map for entry in entries})
        try:
            with self._engine.begin() as connection:
                self._refuse_other_past(connection, maps, epochs or {})
                connection.execute(insert(EDITS), rows)
                for map_id in maps:
                    self.tell(connection, Notice(self.server, map=map_id))
        except IntegrityError as error:
            raise _outrun() from error
        except DBAPIError as error:
            raise _unreachable(error) from error

    def _refuse_other_past(
        self, connection: Connection, maps: Sequence[str], epochs: Mapping[str, str]
    ) -> None:
        if self.is_shared:  # nobody replaces their past until these edits are in it
            connection.execute(select(func.pg_advisory_xact_lock_shared(GATE)))
        found = connection.execute(EPOCHS, {"maps": list(maps)})
        if any(epochs.get(row.id, row.epoch) != row.epoch for row in found):
            raise _outrun()

    def news(self, known: Mapping[str, int]) -> dict[str, tuple[str, list[Entry]]]:
        """What the log has of some maps after the edits somebody knows.

        Args:
            known: Number of the last known edit, by map.

        Returns:
            Epoch and newer edits by map.

        Raises:
            WebError: E703 a row is not what was written, E704 the database cannot be read.
        """
        last = func.coalesce(func.max(EDITS.c.seq), 0).label("last")
        wanted = (
            select(MAPS.c.id, MAPS.c.epoch, last)
            .join(EDITS, EDITS.c.map == MAPS.c.id, isouter=True)
            .where(MAPS.c.id.in_(known))
            .group_by(MAPS.c.id, MAPS.c.epoch)
        )
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(wanted).all()
            # a map that is no longer there has no epoch
            gone: dict[str, tuple[str, list[Entry]]] = dict.fromkeys(known, ("", []))
            return gone | {
                row.id: (
                    row.epoch,
                    self.since(row.id, known[row.id])
                    if row.last > known[row.id]
                    else [],
                )
                for row in rows
            }
        except DBAPIError as error:
            raise _unreachable(error) from error

    def say(self, notices: Sequence[Notice]) -> None:
        """Tell other servers something that stands in no table; lost where the database is away."""
        with contextlib.suppress(DBAPIError), self._engine.begin() as connection:
            tell(connection, *notices)

    def tell(self, connection: Connection, notice: Notice) -> None:
        """Tell other servers of the same database, once the transaction is durable."""
        if self.is_shared:
            tell(connection, notice)

    def fold(
        self, board: Board, seq: int, author: str, at_us: int, name: str = ""
    ) -> None:
        """Keep a map as it stands after an edit; with a name, as a version people can go back to.

        Raises:
            WebError: E706 the map has a version of this name at this edit.
        """
        document = text_of(board.to_dict())
        row = {
            "map": board.map_id,
            "upto": seq,
            "name": name,
            "author": author,
            "at_us": at_us,
            "document": document,
            "sum": checksum(document),
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
        return board_in(map_id, row.document, row.sum)


@contextmanager
def still(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment, whatever others write."""
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if is_sqlite:
            connection.exec_driver_sql("BEGIN")
            yield connection
        else:
            yield connection.execution_options(isolation_level="REPEATABLE READ")


def newest_snapshot(map_id: str) -> Select[Any]:
    """Asks for the newest snapshot of a map."""
    of_map = select(SNAPSHOTS).where(SNAPSHOTS.c.map == map_id)
    return of_map.order_by(SNAPSHOTS.c.upto.desc()).limit(1)


def last_numbers(connection: Connection, map_id: str) -> dict[str, int]:
    """Last number of each client, whether its edits are still kept one by one or not."""
    found: dict[str, int] = {}
    for table in (COUNTED, EDITS):
        last = select(table.c.client, func.max(table.c.n)).where(table.c.map == map_id)
        for client, n in connection.execute(last.group_by(table.c.client)):
            found[client] = max(int(n), found.get(client, 0))
    return found


def _since(connection: Connection, map_id: str, seq: int) -> list[Entry]:
    after = select(EDITS).where(EDITS.c.map == map_id, EDITS.c.seq > seq)
    rows = connection.execute(after.order_by(EDITS.c.seq))
    entries = [entry_of(row) for row in rows]
    numbers = [entry.seq for entry in entries]
    if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        raise damaged(map_id, "an edit is missing")
    return entries


def engine_of(url: str | URL) -> Engine:
    """A database that waits for the disk, and whose errors do not tell what was written."""
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _durable)
    return engine


def _durable(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _outrun() -> WebError:
    what = "another server has written edits of this map"
    return WebError(Problem("E705", what, hint="Load the map again."))


def _unreachable(error: DBAPIError) -> WebError:
    what = f"the edits cannot be written: {error.orig}"
    hint = "Check that the database can be reached and the disk has room."
    return WebError(Problem("E704", what, hint=hint))
