"""The library's shelf: what is shown of each map without opening it, and its small picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Engine, func, select

from desirepath.maps.edits.board import Board
from desirepath.maps.model import JourneyMap
from desirepath.maps.persona import Persona
from desirepath.maps.values import seconds_of
from desirepath.render.formats.svg import scene_svg
from desirepath.render.views.thumbnail import thumbnail_scene
from desirepath.web.collab.tables import EDITS, MAPS, SNAPSHOTS

# The map in which personas and touchpoints live that all maps share; it is not on the shelf.
SHARED = "_shared"
DAY_S = 86_400
MOST_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Touched:
    """When a map was changed last: number of the edit, who, and when in microseconds since 1970."""

    seq: int
    by: str
    at_us: int


@dataclass(frozen=True, slots=True)
class Shelved:
    """A map on the shelf.

    Attributes:
        journey: The map.
        due: ISO date of its next review, "" where it names none.
        details: Ids of the maps that show a step of it in detail.
        picture: Small picture of it, SVG.
    """

    journey: JourneyMap
    due: str
    details: tuple[str, ...]
    picture: str


class Shelf:
    """Maps as the library shows them, kept until they change."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[int, str, Shelved]] = {}

    def shelved(self, board: Board, seq: int, epoch: str = "") -> Shelved:
        """A map as the library shows it, after an edit."""
        kept = self._kept.get(board.map_id)
        if kept and kept[:2] == (seq, epoch):
            return kept[2]
        found = shelved(board.journey())
        if len(self._kept) > MOST_KEPT:
            self._kept.clear()
        self._kept[board.map_id] = (seq, epoch, found)
        return found

    def kept(self, map_id: str, seq: int, load: Callable[[], Board]) -> Shelved:
        """A map as the library shows it; it is loaded only where it has changed."""
        kept = self._kept.get(map_id)
        if kept and kept[0] == seq:
            return kept[2]
        return self.shelved(load(), seq)


def shelved(journey: JourneyMap) -> Shelved:
    """A map as the library shows it."""
    details = dict.fromkeys(step.detail for step in journey.steps() if step.detail)
    picture = scene_svg(thumbnail_scene(journey), has_fonts=False)
    return Shelved(journey, due_on(journey), tuple(details), picture)


def due_on(journey: JourneyMap) -> str:
    """ISO date of the next review, "" where the map does not say how often, or was never reviewed.

    Examples:
        >>> due_on(JourneyMap(id="a", title="A", review_every="90d", reviewed="2026-01-01"))
        '2026-04-01'
    """
    if not journey.reviewed or not journey.review_every:
        return ""
    try:
        days = timedelta(seconds=seconds_of(journey.review_every)).days
        return (date.fromisoformat(journey.reviewed) + timedelta(days=days)).isoformat()
    except OverflowError:
        return ""


def persona_names(journey: JourneyMap) -> list[str]:
    """Names of the personas of a map; of shared ones the id."""
    return [one.name if isinstance(one, Persona) else one for one in journey.personas]


def last_edits(engine: Engine) -> dict[str, Touched]:
    """When each map was changed last."""
    newest = select(EDITS.c.map, func.max(EDITS.c.seq).label("seq")).group_by(EDITS.c.map).subquery()  # fmt: skip
    edits = select(EDITS.c.map, EDITS.c.seq, EDITS.c.author, EDITS.c.at_us).join(
        newest, (EDITS.c.map == newest.c.map) & (EDITS.c.seq == newest.c.seq)
    )
    folded = select(
        SNAPSHOTS.c.map, SNAPSHOTS.c.upto, SNAPSHOTS.c.author, SNAPSHOTS.c.at_us
    ).where(SNAPSHOTS.c.name == "")
    made = select(MAPS.c.id, MAPS.c.created_us)
    found: dict[str, Touched] = {}
    with engine.connect() as connection:
        for name, at_us in connection.execute(made):
            found[name] = Touched(0, "", int(at_us))
        # an edit that was folded away is known by the snapshot it went into
        rows = [*connection.execute(folded), *connection.execute(edits)]
    for name, seq, author, at_us in sorted(rows, key=lambda row: int(row[1])):
        found[name] = Touched(int(seq), author, int(at_us))
    return found
