"""The sources that `desirepath.toml` names, shown beside those people brought; they are changed there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desirepath.errors import DesirepathError
from desirepath.project import FILE, read_project

FILES = "project"
DATABASE = "database:"


@dataclass(frozen=True, slots=True)
class Own:
    """A source of the project itself.

    Attributes:
        id: `project` for its files, `database:NAME` for a table of a database.
        name: As `desirepath.toml` calls it.
        paths: Files, folders or a recipe; none for a database.
        bytes: Size of the files, 0 where they are not there.
        connection: Variable that holds the connection to a database, "" for none.
    """

    id: str
    name: str
    paths: tuple[Path, ...]
    bytes: int
    connection: str = ""


def own_sources(project: Path | None) -> tuple[Own, ...]:
    """Sources of the `desirepath.toml` in a folder; none where there is no such file, or it is wrong."""
    if project is None or not (project / FILE).is_file():
        return ()
    try:
        known = read_project(project / FILE)
    except DesirepathError:
        return ()
    found = [
        Own(DATABASE + name, name, (), 0, one.connection)
        for name, one in known.databases.items()
    ]
    if known.sources:
        names = ", ".join(one.name for one in known.sources)
        sizes = sum(one.stat().st_size for one in known.sources if one.is_file())
        found.append(Own(FILES, names, known.sources, sizes))
    return tuple(found)
