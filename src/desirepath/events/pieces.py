"""Pieces of files: which are known, new, grown or changed since they were last read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from desirepath.events.schema import fail
from desirepath.events.sources.files import JSON_SUFFIXES, TEXT_SUFFIXES, suffix_of

BLOCK = 1024**2
MAX_HEADER_BYTES = 64 * 1024
UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or what was added to one since, that was read at once.

    Attributes:
        source: Number of the source it belongs to.
        path: The file, absolute.
        from_byte: Where the piece begins; 0 for a whole file.
        to_byte: Where it ends.
        modified_ns: When the file was last written.
        sha256: Of the file from its beginning to `to_byte`.
        columns: As found in it.
        row_count: Rows.
        dropped: Rows that cannot be used, by reason.
        plain_count: Events that are called by another name, without ids.
    """

    source: int
    path: str
    from_byte: int
    to_byte: int
    modified_ns: int
    sha256: str
    columns: tuple[str, ...] = ()
    row_count: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)
    plain_count: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self)

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Piece:
        """The piece of what `to_dict` gave."""
        return Piece(**{**data, "columns": tuple(data["columns"])})


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of files since they were last read.

    Attributes:
        new: Pieces that were not there; of grown files what was added.
        grown: How many of `new` are additions to files known before.
        unchanged: Files that are as they were.
        changed: Files with other content than before, by name.
        gone: Files that are no longer there.
        moved: Files that are known under another name.
    """

    new: tuple[Piece, ...]
    grown: int
    unchanged: int
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    moved: tuple[str, ...]


def ranks_of(pieces: Sequence[Piece]) -> list[int]:
    """Place of each piece: by source, name of its file and place in it, whenever it came.

    Examples:
        >>> ranks_of([Piece(0, "/b.csv", 0, 9, 0, ""), Piece(0, "/a.csv", 0, 9, 0, "")])
        [1, 0]
    """
    order = sorted(
        range(len(pieces)),
        key=lambda i: (pieces[i].source, Path(pieces[i].path), pieces[i].from_byte),
    )
    ranks = [0] * len(pieces)
    for rank, index in enumerate(order):
        ranks[index] = rank
    return ranks


def compare_files(
    known: Sequence[Piece], listed: Sequence[tuple[int, Path]]
) -> Changes:
    """What became of files.

    A file of the same size and time of writing is taken for unchanged without being opened.

    Args:
        known: Pieces read before.
        listed: Number of the source and path of each file there is now.
    """
    last: dict[tuple[int, str], Piece] = {}
    for piece in known:
        key = (piece.source, piece.path)
        if key not in last or last[key].to_byte < piece.to_byte:
            last[key] = piece
    here = {(source, str(path.resolve())) for source, path in listed}
    gone = {key: piece for key, piece in last.items() if key not in here}
    moved_from = {(piece.source, piece.sha256) for piece in gone.values()}
    new: list[Piece] = []
    changed: list[str] = []
    moved: list[str] = []
    grown = unchanged = 0
    for source, path in listed:
        old = last.get((source, str(path.resolve())))
        now = _piece(source, path, old)
        if old is None:
            if (source, now.sha256) in moved_from:
                moved.append(path.name)
            else:
                new.append(now)
        elif now == old or (now.to_byte, now.sha256) == (old.to_byte, old.sha256):
            unchanged += 1
        elif now.from_byte:
            new.append(now)
            grown += 1
        else:
            changed.append(path.name)
    names = tuple(Path(piece.path).name for piece in gone.values())
    return Changes(tuple(new), grown, unchanged, tuple(changed), names, tuple(moved))


def whole_files(listed: Sequence[tuple[int, Path]]) -> tuple[Piece, ...]:
    """Every file as one piece."""
    return tuple(_piece(source, path, None) for source, path in listed)


def check_unchanged(piece: Piece) -> None:
    """Nothing, if the file is as it was when the piece was made.

    Raises:
        EventsError: E294 if it was written meanwhile.
    """
    path = Path(piece.path)
    seen = path.stat() if path.exists() else None
    if (
        seen is None
        or seen.st_size < piece.to_byte
        or (
            piece.from_byte == 0
            and (seen.st_size, seen.st_mtime_ns) != (piece.to_byte, piece.modified_ns)
        )
    ):
        raise fail(
            "E294",
            "the file was written while it was read",
            str(path),
            "Run it again once the export is finished.",
        )


def cut_out(piece: Piece, target: Path) -> Path:
    """What was added to a file, with its header, as a file of its own.

    Args:
        piece: Addition to a file.
        target: Folder of our own.
    """
    source = Path(piece.path)
    target.mkdir()
    copy = target / source.name
    with source.open("rb") as file, copy.open("wb") as sink:
        if suffix_of(source) in TEXT_SUFFIXES:
            sink.write(file.readline())
        file.seek(piece.from_byte)
        left = piece.to_byte - piece.from_byte
        while left and (block := file.read(min(left, BLOCK))):
            sink.write(block)
            left -= len(block)
    return copy


def _piece(source: int, path: Path, old: Piece | None) -> Piece:
    """The file as it is now: as before, what was added to it, or all of it."""
    place = path.resolve()
    seen = place.stat()
    if old is not None and (seen.st_size, seen.st_mtime_ns) == (
        old.to_byte,
        old.modified_ns,
    ):
        return old
    begin, whole = hashlib.sha256(), hashlib.sha256()
    left = 0 if old is None else old.to_byte
    ends_line = False
    with place.open("rb") as file:
        head = file.readline(MAX_HEADER_BYTES)
        file.seek(0)
        size = seen.st_size
        while size and (block := file.read(min(BLOCK, size))):
            size -= len(block)
            whole.update(block)
            if left:
                part = block[:left]
                begin.update(part)
                left -= len(part)
                ends_line = part.endswith(b"\n")
    is_grown = (
        old is not None
        and seen.st_size > old.to_byte
        and begin.hexdigest() == old.sha256
        and ends_line
        and _can_grow(place, head)
    )
    return Piece(
        source,
        str(place),
        old.to_byte if old is not None and is_grown else 0,
        seen.st_size,
        seen.st_mtime_ns,
        whole.hexdigest(),
    )


def _can_grow(path: Path, head: bytes) -> bool:
    """True for plain text whose first line is the header, so that lines can be read apart from those before."""
    if path.suffix.lower() == ".gz" or head.startswith(UTF16):
        return False
    if suffix_of(path) in JSON_SUFFIXES:
        return suffix_of(path) != ".json"
    return (
        suffix_of(path) in TEXT_SUFFIXES
        and head.endswith(b"\n")
        and head.count(b'"') % 2 == 0
    )
