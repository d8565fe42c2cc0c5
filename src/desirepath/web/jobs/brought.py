"""What jobs read: sources that people confirmed for a map, else those of the project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from desirepath.web.data.own import own_sources
from desirepath.web.data.sources import Sources, gather


@dataclass(frozen=True, slots=True)
class Brought:
    """Sources of the maps of a server.

    Attributes:
        engine: The database.
        project: Folder with `desirepath.toml`.
    """

    engine: Engine
    project: Path

    def gather(self, map_id: str, folder: Path) -> Mapping[str, Path | None]:
        """A recipe of what people confirmed, for events and for answers; None where there are none.

        Raises:
            WebError: E756 a file is not the one that was confirmed.
        """
        found = Sources(self.engine, self.project).of(map_id)
        if not found:
            return {}
        recipe = gather(found, folder)
        kinds = {one.kind for one in found}
        return {
            "events": recipe if "events" in kinds else None,
            "feedback": recipe if "feedback" in kinds else None,
        }

    def has_events(self, map_id: str) -> bool:
        """Whether there are events to look at for a map."""
        if self._has_brought(map_id):
            return True
        return any(
            not one.paths or all(path.exists() for path in one.paths)
            for one in own_sources(self.project)
        )

    def databases(self, map_id: str) -> tuple[str, ...]:
        """Databases of the project that a job may read; none where people brought events, which stand in their place."""
        if self._has_brought(map_id):
            return ()
        return tuple(one.name for one in own_sources(self.project) if not one.paths)

    def _has_brought(self, map_id: str) -> bool:
        found = Sources(self.engine, self.project).of(map_id)
        return any(one.kind == "events" for one in found)
