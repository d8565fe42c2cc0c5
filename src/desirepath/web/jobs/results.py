"""What jobs found, kept as snapshots: each judged one state of a map, and has parts with names.

A snapshot never changes. Parts of a ``check`` are ``report``, ``evidence``, ``quotes``, ``groups``,
``report:<n>`` of each group, ``flow``, ``flow:<n>``, ``activity_flow`` and ``trail``; of an
``analyze`` ``findings`` in the language of the map and ``findings:<language>`` in others, of a ``compare`` ``comparison``, of a ``discover`` ``drafts``, of ``activities`` ``activities``.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Engine, delete, insert, select

from desirepath.errors import Problem, WebError
from desirepath.web.jobs.tables import EVIDENCE, METADATA, PARTS

Kind = Literal["check", "analyze", "discover", "compare", "activities"]
MOST_BYTES = 256_000_000  # of one part, unpacked
ID_BYTES = 8
NEWEST, KEPT_DAYS = 10, 90
DAY_US = 86_400 * 1_000_000


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A file or table that was read.

    Attributes:
        name: As people know it, "" for what the server wrote itself to say how files are read.
        sha256: Sum of the file, "" for what is no file.
        rows: Rows in it, -1 where nobody counted.
    """

    name: str
    sha256: str = ""
    rows: int = -1


@dataclass(frozen=True, slots=True)
class Extent:
    """How much was looked at.

    Attributes:
        cases: Number of cases.
        events: Number of events.
        window_from: First day, "" for events without times.
        window_to: Last day.
    """

    cases: int = 0
    events: int = 0
    window_from: str = ""
    window_to: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one job found; its parts are asked for by name.

    Attributes:
        id: Of the snapshot.
        map: Id of the map.
        kind: Kind of the job.
        seq: Number of the last edit of the map that was judged.
        epoch: Epoch of the map then; another one means another past.
        made_us: When, microseconds since 1970 UTC.
        by: Who asked for it.
        sources: What was read.
        extent: How much that was.
    """

    id: str
    map: str
    kind: str
    seq: int
    epoch: str
    made_us: int
    by: str
    sources: tuple[ReadSource, ...] = ()
    extent: Extent = Extent()

    @property
    def known_sources(self) -> tuple[ReadSource, ...]:
        """Those with a name that people know."""
        return tuple(one for one in self.sources if one.name)


class Results:
    """Snapshots in the database of the edit log. Every method may take a while: call it in a thread.

    Args:
        engine: The database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        if not engine.url.database:  # in memory
            METADATA.create_all(engine)

    def newest(self, map_id: str, kind: Kind = "check") -> Snapshot | None:
        """The newest snapshot of a kind, None where there is none."""
        found = self.all(map_id, kind, most=1)
        return found[0] if found else None

    def all(
        self, map_id: str, kind: Kind | None = None, most: int | None = None
    ) -> tuple[Snapshot, ...]:
        """Snapshots of a map, newest first.

        Args:
            map_id: The map.
            kind: Of this kind only; None for all.
            most: How many at most; None for all.
        """
        wanted = select(EVIDENCE).where(EVIDENCE.c.map == map_id)
        if kind is not None:
            wanted = wanted.where(EVIDENCE.c.kind == kind)
        wanted = wanted.order_by(EVIDENCE.c.made_us.desc(), EVIDENCE.c.id).limit(most)
        with self._engine.connect() as connection:
            return tuple(_snapshot(row) for row in connection.execute(wanted))

    def one(self, snapshot_id: str) -> Snapshot | None:
        """A snapshot by its id, None where there is none."""
        wanted = select(EVIDENCE).where(EVIDENCE.c.id == snapshot_id)
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        return _snapshot(row) if row is not None else None

    def names(self, snapshot_id: str) -> tuple[str, ...]:
        """Names of the parts of a snapshot, sorted."""
        wanted = select(PARTS.c.name).where(PARTS.c.snapshot == snapshot_id)
        with self._engine.connect() as connection:
            return tuple(sorted(connection.scalars(wanted)))

    def part(self, snapshot_id: str, name: str) -> Any:
        """A part of a snapshot, as plain data.

        Raises:
            WebError: E760 there is none, E761 it is not what was written.
        """
        wanted = select(PARTS.c.data, PARTS.c.sum).where(
            PARTS.c.snapshot == snapshot_id, PARTS.c.name == name
        )
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            what = f'there is no part "{name}" of these results'
            hint = "Check the map again; old results are thinned out after a while."
            raise WebError(Problem("E760", what, hint=hint))
        return unpacked(bytes(row.data), row.sum, name)

    def add(  # noqa: PLR0913 - a snapshot says all of this
        self,
        map_id: str,
        kind: Kind,
        parts: Mapping[str, Any],
        *,
        seq: int,
        epoch: str,
        made_us: int,
        by: str,
        sources: Iterable[ReadSource] = (),
        extent: Extent = Extent(),
    ) -> Snapshot:
        """Keep a snapshot with its parts, each as data that JSON can hold.

        Args:
            map_id: The map.
            kind: Kind of the job.
            parts: Parts by name.
            seq: Number of the last edit of the map that was judged.
            epoch: Epoch of the map then.
            made_us: Now, microseconds since 1970 UTC.
            by: Who asked for it.
            sources: What was read.
            extent: How much that was.
        """
        made = Snapshot(
            new_id(), map_id, kind, seq, epoch, made_us, by, tuple(sources), extent
        )
        for name, data in parts.items():
            self.keep_part(made.id, name, packed(data), made_us)
        with self._engine.begin() as connection:
            keep(connection, made)
        return made

    def keep_part(self, snapshot_id: str, name: str, data: bytes, at_us: int) -> None:
        """Keep a packed part of a snapshot that is to come."""
        row = {
            "snapshot": snapshot_id,
            "name": name,
            "data": data,
            "sum": hashlib.sha256(data).hexdigest(),
            "at_us": at_us,
        }
        with self._engine.begin() as connection:
            connection.execute(insert(PARTS), row)

    def drop(self, snapshot_ids: Iterable[str]) -> None:
        """Take snapshots away, with their parts."""
        for one in snapshot_ids:
            with self._engine.begin() as connection:
                connection.execute(delete(EVIDENCE).where(EVIDENCE.c.id == one))
                connection.execute(delete(PARTS).where(PARTS.c.snapshot == one))

    def thin_out(self, map_id: str, now_us: int) -> None:
        """Take away old snapshots of a map: of each kind stay the newest ten, and the newest of each day for 90 days."""
        found: dict[str, list[Snapshot]] = {}
        for one in self.all(map_id):
            found.setdefault(one.kind, []).append(one)
        old: list[str] = []
        for of_kind in found.values():
            days = {of_kind[NEWEST - 1].made_us // DAY_US} if len(of_kind) >= NEWEST else set()  # fmt: skip
            for one in of_kind[NEWEST:]:
                day = one.made_us // DAY_US
                if day in days or one.made_us < now_us - KEPT_DAYS * DAY_US:
                    old.append(one.id)
                days.add(day)
        self.drop(old)

    def drop_orphans(self, before_us: int) -> None:
        """Take parts away whose snapshot never came, because the server ended before."""
        known = select(EVIDENCE.c.id)
        with self._engine.begin() as connection:
            lost = (PARTS.c.at_us < before_us, PARTS.c.snapshot.not_in(known))
            connection.execute(delete(PARTS).where(*lost))


def new_id() -> str:
    """Id of a snapshot that is to come."""
    return secrets.token_hex(ID_BYTES)


def keep(connection: Connection, made: Snapshot) -> None:
    """Make a snapshot count whose parts are there, as part of a transaction."""
    row = asdict(made) | {
        "sources": json.dumps([asdict(one) for one in made.sources]),
        "extent": json.dumps(asdict(made.extent)),
    }
    connection.execute(insert(EVIDENCE), row)


def packed(data: Any) -> bytes:
    """Plain data as it is kept."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return zlib.compress(text.encode("utf-8", "replace"), 6)


def unpacked(data: bytes, written: str, name: str) -> Any:
    """Plain data of what was kept.

    Raises:
        WebError: E761 it is not what was written.
    """
    try:
        text = _inflated(data, written)
        return json.loads(text)
    except (ValueError, zlib.error):
        what = f'the part "{name}" of these results is damaged'
        raise WebError(Problem("E761", what, hint="Check the map again.")) from None


def _inflated(data: bytes, written: str) -> bytes:
    """The bytes that were packed; none of more than can be meant."""
    unpacking = zlib.decompressobj()
    is_same = hashlib.sha256(data).hexdigest() == written
    text = unpacking.decompress(data, MOST_BYTES) if is_same else b""
    if not unpacking.eof:
        raise ValueError
    return text


def _snapshot(row: Any) -> Snapshot:
    return Snapshot(
        row.id,
        row.map,
        row.kind,
        int(row.seq),
        row.epoch,
        int(row.made_us),
        row.by,
        tuple(ReadSource(**one) for one in json.loads(row.sources)),
        Extent(**json.loads(row.extent)),
    )
