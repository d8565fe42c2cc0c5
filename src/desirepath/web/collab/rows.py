"""Edits and boards as rows, each with a sum of what was written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from desirepath.errors import Problem, WebError
from desirepath.maps.edits.board import Board
from desirepath.web.collab.tables import EDITS


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


def text_of(data: object) -> str:
    """Data as the text that is stored."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def checksum(*texts: str) -> str:
    """Sum with which damage is noticed."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def row_of(entry: Entry) -> dict[str, Any]:
    """The row of an edit."""
    row: dict[str, Any] = {
        "map": entry.map,
        "seq": entry.seq,
        "author": entry.author,
        "client": entry.client,
        "n": entry.n,
        "at_us": entry.at_us,
        "data": text_of(entry.edit),
        "inverse": text_of(entry.inverse),
        "replaced": text_of(entry.replaced),
    }
    return row | {"sum": checksum(*map(str, row.values()))}


def entry_of(row: Any) -> Entry:
    """The edit of a row.

    Raises:
        WebError: E703 the row is not what was written.
    """
    told = [str(getattr(row, column.name)) for column in EDITS.columns][:-1]
    if checksum(*told) != row.sum:
        raise damaged(row.map, f"edit {row.seq} is not what was written")
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


def board_in(map_id: str, document: str, written: str) -> Board:
    """The board of a stored document.

    Raises:
        WebError: E703 it is not what was written.
    """
    if checksum(document) != written:
        raise damaged(map_id, "a snapshot is not what was written")
    return Board.from_dict(json.loads(document))


def damaged(map_id: str, what: str) -> WebError:
    """What is told of a log that is not what was written."""
    hint = "Stop the server and restore a backup."
    return WebError(Problem("E703", what, f"map {map_id}", hint))
