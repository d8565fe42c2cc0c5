"""Sources of data: what people brought, whose file is whole, and how it is read."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from desirepath.errors import Problem, WebError
from desirepath.web.data.tables import SOURCES

UPLOADS = "uploads"
RECIPE = "recipe.yaml"
FORMAT = "desirepath/recipe/1"
BLOCK = 1024**2
# what YAML wants escaped and JSON does not escape
UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

Kind = Literal["events", "feedback", ""]
State = Literal["arrived", "proposed", "confirmed"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file somebody brought.

    Attributes:
        id: Name of its folder too.
        map: The map it speaks of, "" for all maps.
        name: As people know it.
        kind: ``events`` or ``feedback``, "" until its file was read.
        state: ``arrived`` until its file was read, ``proposed`` until somebody said yes, then ``confirmed``.
        file: Where its file is in its folder.
        sha256: What the file must hold.
        bytes: Its size.
        row_count: Rows in it.
        recipe: How it is read: the entry of a recipe, without `files`.
        privacy: How private columns were treated, by name of the column.
        counts: Events, cases, customers and the like, and the first and last day.
        author: Who brought it.
        at_us: When, microseconds since 1970 UTC.
        folder: Where its file is kept.
    """

    id: str
    map: str
    name: str
    kind: Kind
    state: State
    file: str
    sha256: str
    bytes: int
    row_count: int
    author: str
    at_us: int
    folder: Path
    recipe: Mapping[str, Any] = field(default_factory=dict)
    privacy: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / self.file

    @property
    def recipe_path(self) -> Path:
        """The recipe that `read_events` or `read_feedback` takes."""
        return self.path.parent / RECIPE


class Sources:
    """Sources in the database of the edit log, their files in the folder of the project.

    Args:
        engine: The database.
        project: Folder of the project; None for a server that keeps no files.
    """

    def __init__(self, engine: Engine, project: Path | None) -> None:
        self._engine = engine
        self._uploads = None if project is None else project / UPLOADS

    @property
    def uploads(self) -> Path:
        """Folder of all files people brought.

        Raises:
            WebError: E750 this server keeps no files.
        """
        if self._uploads is None:
            hint = "Start it with a project: desirepath serve FOLDER."
            raise WebError(Problem("E750", "this server keeps no files", hint=hint))
        return self._uploads

    def of(self, map_id: str, kind: Kind | None = None) -> tuple[Source, ...]:
        """Confirmed sources of a map, those of the whole project among them, oldest first."""
        return tuple(
            one
            for one in self.listed(map_id)
            if one.state == "confirmed" and kind in (None, one.kind)
        )

    def listed(self, map_id: str) -> tuple[Source, ...]:
        """All sources of a map, oldest first."""
        if self._uploads is None:
            return ()
        wanted = select(SOURCES).where(SOURCES.c.map.in_((map_id, "")))
        ordered = wanted.order_by(SOURCES.c.at_us, SOURCES.c.id)
        with self._engine.connect() as connection:
            return tuple(self._source(row) for row in connection.execute(ordered))

    def one(self, map_id: str, source_id: str) -> Source:
        """A source of a map by its id.

        Raises:
            WebError: E751 there is none.
        """
        for found in self.listed(map_id):
            if found.id == source_id:
                return found
        hint = "Look at the list of sources again."
        raise WebError(Problem("E751", "there is no such source", hint=hint))

    def everywhere(self) -> dict[str, Source]:
        """Sources of all maps by their ids."""
        with self._engine.connect() as connection:
            found = [self._source(row) for row in connection.execute(select(SOURCES))]
        return {one.id: one for one in found}

    def _source(self, row: Row[Any]) -> Source:
        told = dict(row._mapping)  # noqa: SLF001 - that is its public name
        for name in ("recipe", "privacy", "counts"):
            told[name] = json.loads(told[name])
        return Source(**told, folder=self.uploads / told["id"])


def change(connection: Connection, was: Source | None, now: Source) -> bool:
    """Keep a source as it is from now on, as part of a transaction.

    Args:
        connection: Of the transaction.
        was: As it must be still; None for a new one.
        now: As it becomes.

    Returns:
        False where it is no longer as it must be, or gone; then nothing has changed.
    """
    row = _row(now)
    if was is None:
        connection.execute(insert(SOURCES), {"id": now.id, **row})
        return True
    same = [SOURCES.c[name] == value for name, value in _row(was).items()]
    changed = update(SOURCES).where(SOURCES.c.id == was.id, *same).values(row)
    return bool(connection.execute(changed).rowcount)


def forget(connection: Connection, source: Source) -> None:
    """Forget a source, as part of a transaction; its file stays."""
    connection.execute(delete(SOURCES).where(SOURCES.c.id == source.id))


def _row(source: Source) -> dict[str, Any]:
    return {
        "map": source.map,
        "name": source.name,
        "kind": source.kind,
        "state": source.state,
        "file": source.file,
        "sha256": source.sha256,
        "bytes": source.bytes,
        "row_count": source.row_count,
        "recipe": json.dumps(dict(source.recipe)),
        "privacy": json.dumps(dict(source.privacy)),
        "counts": json.dumps(dict(source.counts)),
        "author": source.author,
        "at_us": source.at_us,
    }


def refuse_damaged(source: Source) -> None:
    """Nothing for a source whose file is the one that was confirmed.

    Raises:
        WebError: E756 it is another one, or gone.
    """
    try:
        found = sha256_of(source.path)
    except OSError:
        found = ""
    if found != source.sha256:
        what = f'the file of "{source.name}" is damaged or gone'
        hint = "Take the source away and bring the file again."
        raise WebError(Problem("E756", what, hint=hint))


def sha256_of(path: Path) -> str:
    """Checksum of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def recipe_text(sources: Sequence[Source], *, has_folders: bool = True) -> str:
    """One recipe of several sources, events and feedback apart.

    Args:
        sources: Confirmed sources.
        has_folders: Whether files are named with their folders; else the recipe stands beside them.
    """
    lists: dict[str, list[Mapping[str, Any]]] = {"sources": [], "feedback": []}
    for one in sources:
        files = str(one.path.resolve()) if has_folders else one.path.name
        key = "sources" if one.kind == "events" else "feedback"
        lists[key].append({"files": files, **one.recipe})
    told = {"format": FORMAT, **{key: found for key, found in lists.items() if found}}
    # every text of JSON is one of YAML, but for a few letters
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return UNPRINTED.sub(lambda one: f"\\u{ord(one[0]):04x}", text) + "\n"


def gather(sources: Sequence[Source], folder: Path) -> Path:
    """One recipe that stands for several sources, whose files are checked first.

    Args:
        sources: Confirmed sources, at least one.
        folder: Where to write it.

    Returns:
        The recipe: `read_events` takes it where one of them holds events, `read_feedback` where one
        holds answers.

    Raises:
        WebError: E756 a file is not the one that was confirmed.
    """
    for one in sources:
        refuse_damaged(one)
    path = folder / RECIPE
    path.write_text(recipe_text(sources), encoding="utf-8")
    return path
