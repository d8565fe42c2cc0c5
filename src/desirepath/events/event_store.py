"""Event stores: a folder that holds events as read, and what later files need to be merged with them.

Each refresh writes a part of its own, a folder: all rows, or those it added and the cases they are in. The
file `current` names the parts that count and is replaced at once, so that a process killed at any moment
leaves the old state or the new one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from desirepath.events.pieces import Piece
from desirepath.events.raw import Raw, Spread
from desirepath.events.schema import RoleChoice, TableReading, TimeReading, fail
from desirepath.events.sequences import Sequences
from desirepath.events.storage import (
    load_array,
    load_sequences,
    read_manifest,
    stamp_of,
    write_arrays,
    write_manifest,
    write_sequences,
)
from desirepath.whole_files import sync_folder, write_whole

FORMAT = "desirepath/event-store/2"
CURRENT = "current"
LOCK = ".lock"
STATE = "state-"
EVENTS = "sequences"
COLUMNS = (
    "case_keys",
    "offsets",
    "customers",
    "has_customer",
    "times_us",
    "codes",
    "pieces",
    "rows",
    "sequence",
    "hashes",
)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a reading of the store tells beside its sequences.

    Attributes:
        tables: How each source was understood.
        row_count: Rows of all files.
        dropped: Events left out, by reason.
        dropped_cases: Cases they were left out of, where that is known.
        duplicate_count: Exact duplicates found.
        tie_count: Events at the time of the event before them in their case.
        tie_rule: What decided their order.
        backward_count: Events that stand in the source before an earlier event of their case.
        newest_first: The source lists newest events first.
        bot_cases: Keys of the busiest cases with inhuman activity.
        bot_count: How many such cases there are.
    """

    tables: tuple[TableReading, ...]
    row_count: int
    dropped: Mapping[str, int]
    dropped_cases: Mapping[str, int]
    duplicate_count: int
    tie_count: int
    tie_rule: str
    backward_count: int
    newest_first: bool
    bot_cases: tuple[str, ...]
    bot_count: int

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Summary:
        """The summary of plain data."""
        tables = tuple(_table_of(one) for one in data["tables"])
        return Summary(
            **{**data, "tables": tables, "bot_cases": tuple(data["bot_cases"])}
        )


@dataclass(frozen=True, slots=True)
class Part:
    """What one refresh wrote: rows that were read, and the cases they are in as they were then.

    Attributes:
        folder: Where it lies.
        digests: Checksums of the arrays of rows.
        stamps: Size and time of writing of their files.
        spreads: Names of the properties of cases, with their values.
        activities: Of the rows.
        channels: Idem.
    """

    folder: Path
    digests: Mapping[str, str]
    stamps: Mapping[str, Any]
    spreads: tuple[tuple[str, tuple[str, ...]], ...]
    activities: tuple[str, ...]
    channels: tuple[str, ...]

    def raw(self, *, is_verified: bool = True) -> Raw:
        """The rows, mapped from the disk.

        Args:
            is_verified: Compare every file with its checksum; else only files that were written since
                this part was.

        Raises:
            EventsError: E293 if a file was changed.
        """
        names = (
            *COLUMNS,
            *(
                f"{end}-{i}"
                for i in range(len(self.spreads))
                for end in ("low", "high")
            ),
        )
        arrays: dict[str, Any] = {
            name: load_array(
                self.folder,
                name,
                self.digests,
                is_verified=is_verified
                or stamp_of(self.folder, name) != self.stamps[name],
            )
            for name in names
        }
        return Raw(
            activities=self.activities,
            channels=self.channels,
            spreads={
                name: Spread(values, arrays[f"low-{i}"], arrays[f"high-{i}"])
                for i, (name, values) in enumerate(self.spreads)
            },
            **{name: arrays[name] for name in COLUMNS},
        )

    def sequences(self) -> Sequences:
        """The cases as they are since then; of the first part all, of later ones those its rows are in.

        Raises:
            EventsError: E293 if a file was changed.
        """
        return load_sequences(self.folder / EVENTS)


@dataclass(frozen=True, slots=True)
class State:
    """One state of a store.

    Attributes:
        summary: What reading the events told; of more than one part without the bots.
        rules: How they are read: what was asked for when the store was made.
        pieces: Files and additions to files that were read, in the order in which they came.
        learned: For each source the columns that were recognized in its first file.
        overfull: Properties with too many values to be segments.
        engine: Versions on which stored hashes depend.
        counts: What can be counted case by case, such as events, cases, duplicates.
        segments: Properties that are segments.
        parts: All rows: the first part, then what later refreshes added.
    """

    summary: Summary
    rules: Mapping[str, Any]
    pieces: tuple[Piece, ...]
    learned: tuple[Mapping[str, Any], ...]
    overfull: tuple[str, ...]
    engine: str
    counts: Mapping[str, int]
    segments: tuple[str, ...]
    parts: tuple[Part, ...] = ()

    @property
    def folder(self) -> Path:
        """Where the part that was written last lies."""
        return self.parts[-1].folder


def is_store(path: Path) -> bool:
    """True if an event store is in the folder."""
    try:
        return (path / CURRENT).read_text(encoding="utf-8").startswith(FORMAT)
    except (OSError, UnicodeDecodeError):
        return False


def open_store(path: Path) -> State:
    """The state of a store that counts.

    Raises:
        EventsError: E292 if there is no store, E293 if a file of it was changed or is missing.
    """
    if not is_store(path):
        raise fail(
            "E292",
            "no event store is here",
            str(path),
            "Make one: desirepath events refresh STORE EVENTS...",
        )
    folders = _current(path)
    if not all(folder.exists() for folder in folders):  # just replaced by another
        folders = _current(path)
    manifests = [read_manifest(folder, FORMAT) for folder in folders]
    last = manifests[-1]
    return State(
        summary=Summary.from_dict(last["summary"]),
        rules=last["rules"],
        pieces=tuple(Piece.from_dict(one) for one in last["pieces"]),
        learned=tuple(last["learned"]),
        overfull=tuple(last["overfull"]),
        engine=last["engine"],
        counts=last["counts"],
        segments=tuple(last["segments"]),
        parts=tuple(
            Part(
                folder=folder,
                digests=one["sha256"],
                stamps=one["stamps"],
                spreads=tuple((name, tuple(values)) for name, values in one["spreads"]),
                activities=tuple(one["activities"]),
                channels=tuple(one["channels"]),
            )
            for folder, one in zip(folders, manifests, strict=True)
        ),
    )


def save_state(path: Path, state: State, sequences: Sequences, raw: Raw) -> Path:
    """Write a part beside those that count, then make it count.

    Args:
        path: Folder of the store; made where it is missing.
        state: What to write; its parts are those that go on counting, none where the new one holds all.
        sequences: Cases of the new part.
        raw: Its rows.

    Raises:
        EventsError: E291 if something else is in the folder.
    """
    path.mkdir(parents=True, exist_ok=True)
    number = max(map(_number, _current(path)), default=0) + 1 if is_store(path) else 1
    folder = path / f"{STATE}{number:06}"
    _clear(path)
    (folder / EVENTS).mkdir(parents=True)
    write_sequences(sequences, folder / EVENTS)
    arrays: dict[str, Any] = {name: getattr(raw, name) for name in COLUMNS}
    for i, one in enumerate(raw.spreads.values()):
        arrays |= {f"low-{i}": one.low, f"high-{i}": one.high}
    digests = write_arrays(folder, arrays)
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "sha256": digests,
        "stamps": {name: stamp_of(folder, name) for name in digests},
        "summary": asdict(state.summary),
        "rules": dict(state.rules),
        "pieces": [piece.to_dict() for piece in state.pieces],
        "learned": [dict(one) for one in state.learned],
        "overfull": list(state.overfull),
        "engine": state.engine,
        "counts": dict(state.counts),
        "segments": list(state.segments),
        "spreads": [(name, one.values) for name, one in raw.spreads.items()],
        "activities": raw.activities,
        "channels": raw.channels,
    }
    write_manifest(folder, manifest)
    sync_folder(folder / EVENTS)
    sync_folder(folder)
    sync_folder(path)
    names = [*(part.folder.name for part in state.parts), folder.name]
    write_whole(path / CURRENT, "\n".join([FORMAT, *names, ""]).encode())
    _clear(path)
    return folder


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """The store, for one writer at a time; a lock ends with its process.

    Raises:
        EventsError: E291 if something else is in the folder, E295 if another refresh is running.
    """
    if path.exists() and not is_store(path):
        own = {CURRENT, LOCK}
        if not path.is_dir() or any(
            one.name not in own and not one.name.startswith(STATE)
            for one in path.iterdir()
        ):
            raise fail(
                "E291",
                "something else is already here",
                str(path),
                "Choose another place for the event store.",
            )
    path.mkdir(parents=True, exist_ok=True)
    with (path / LOCK).open("ab") as file:
        if not _take(file.fileno()):
            raise fail(
                "E295",
                "the event store is being refreshed by another process",
                str(path),
                "Wait until it has ended.",
            )
        try:
            yield
        finally:
            if not is_store(path):  # nothing came of a new store
                shutil.rmtree(path, ignore_errors=True)


def _take(number: int) -> bool:
    """True if the lock is ours, or where the system knows no locks of this kind."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        return os.name == "nt"
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _current(path: Path) -> tuple[Path, ...]:
    """Folders of the parts that count, the first one first."""
    names = (path / CURRENT).read_text(encoding="utf-8").split("\n")[1:-1]
    if not names or not all(name.removeprefix(STATE).isdigit() for name in names):
        raise fail(
            "E293",
            "a saved file was changed or is missing",
            str(path / CURRENT),
            "Make the store anew from its files, in another folder.",
        )
    return tuple(path / name for name in names)


def _number(folder: Path) -> int:
    """Number of a part."""
    return int(folder.name.removeprefix(STATE))


def _clear(path: Path) -> None:
    """Take away parts that do not count: older ones, and those left by a process that was killed."""
    kept = _current(path) if is_store(path) else ()
    for one in path.glob(f"{STATE}*"):
        if one not in kept:
            shutil.rmtree(one, ignore_errors=True)


def _table_of(data: Mapping[str, Any]) -> TableReading:
    """How a source was understood, from plain data."""
    return TableReading(
        label=data["label"],
        looks_like=data["looks_like"],
        row_count=data["row_count"],
        columns=tuple(data["columns"]),
        roles=tuple(
            RoleChoice(**{**one, "others": tuple(one["others"])})
            for one in data["roles"]
        ),
        times=tuple(TimeReading(**one) for one in data["times"]),
        notes=tuple(data["notes"]),
    )


def bot_keys(sequences: Sequences, is_bot: Any, most: int) -> tuple[str, ...]:
    """Keys of the busiest of some cases; their ids are not kept in a store.

    Args:
        sequences: All cases.
        is_bot: bool[n_cases].
        most: Most keys to give.
    """
    at = np.flatnonzero(is_bot)
    at = at[np.argsort(-sequences.lengths[at], kind="stable")][:most]
    return tuple(f"key {key:015x}" for key in sequences.case_keys[at].tolist())
