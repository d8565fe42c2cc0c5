"""Public pages drawn: the map, its newest check and the layers chosen, as one file without anything from elsewhere."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, TypeVar

from sqlalchemy import select

from desirepath.check.report import CheckReport
from desirepath.check.saved import report_from
from desirepath.errors import DesirepathError
from desirepath.evidence.facts import Evidence, evidence_from
from desirepath.evidence.quotes import Quotes, quotes_from
from desirepath.maps.model import JourneyMap
from desirepath.render.page import map_page
from desirepath.render.views.poster import poster_scene
from desirepath.web.collab.rooms import Rooms
from desirepath.web.collab.rows import board_in
from desirepath.web.collab.tables import MAPS, SNAPSHOTS
from desirepath.web.jobs.results import Results
from desirepath.web.publishing.groups import (
    public_evidence,
    public_report,
)
from desirepath.web.publishing.layers import QUOTES, Layer, public_map
from desirepath.web.publishing.quotes import (
    ReleasedQuotes,
    key_of,
    public_quotes,
)
from desirepath.web.publishing.store import PublicPage, no_such_page
from desirepath.web.tracking.state import board_now

Part = TypeVar("Part")
MOST_KEPT = 16
TAG_LETTERS = 32


@dataclass(frozen=True, slots=True)
class Content:
    """What a page is drawn of.

    Attributes:
        journey: The map, whole.
        snapshot: Id of the check, "" for none.
        layers: What is shown.
        released: Keys of words of customers that may be shown.
        tag: Changes whenever the page would look different.
    """

    journey: JourneyMap
    snapshot: str
    layers: tuple[Layer, ...]
    released: frozenset[str]
    tag: str


class Drawing:
    """Pages drawn one at a time, the last few kept.

    Args:
        rooms: Maps.
    """

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._results = Results(rooms.log.engine)
        self._released = ReleasedQuotes(rooms.log.engine)
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._alone = asyncio.Lock()

    def content(self, page: PublicPage) -> Content:
        """What a page is drawn of, as it stands now. May take a while.

        Raises:
            WebError: E702 there is no such map, E795 its version is no longer there.
        """
        if page.version:
            seq, journey = page.upto, self._version(page)
            snapshot = page.snapshot
        else:
            seq, board = board_now(self._rooms, page.map)
            journey = board.journey()
            newest = self._results.newest(page.map)
            snapshot = newest.id if newest else ""
        released = self._released.of(page.map) if QUOTES in page.layers else ()
        told = (version("desirepath"), page.map, self._epoch(page.map), str(seq), snapshot, *page.layers, *sorted(released))  # fmt: skip
        digest = hashlib.sha256("\n".join(told).encode()).hexdigest()
        shown = frozenset(released)
        return Content(journey, snapshot, page.layers, shown, digest[:TAG_LETTERS])

    async def html(self, content: Content) -> str:
        """The page as HTML."""
        async with self._alone:
            found = self._kept.get(content.tag)
            if found is None:
                found = await asyncio.to_thread(self._drawn, content)
                self._kept[content.tag] = found
            self._kept.move_to_end(content.tag)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return found

    def _drawn(self, content: Content) -> str:
        return drawn(
            content.journey,
            self._part(content.snapshot, "evidence", evidence_from),
            self._part(content.snapshot, "report", report_from),
            self._part(content.snapshot, "quotes", quotes_from),
            content.layers,
            content.released,
        )

    def _part(
        self, snapshot: str, name: str, read: Callable[[Any], Part]
    ) -> Part | None:
        """A part of a check; None where there is none, or no longer."""
        if not snapshot or name not in self._results.names(snapshot):
            return None
        try:
            return read(self._results.part(snapshot, name))
        except DesirepathError:
            return None

    def _version(self, page: PublicPage) -> JourneyMap:
        wanted = select(SNAPSHOTS).where(
            SNAPSHOTS.c.map == page.map,
            SNAPSHOTS.c.name == page.version,
            SNAPSHOTS.c.upto == page.upto,
        )
        with self._rooms.log.engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            raise no_such_page()
        return board_in(page.map, row.document, row.sum).journey()

    def _epoch(self, map_id: str) -> str:
        with self._rooms.log.engine.connect() as connection:
            wanted = select(MAPS.c.epoch).where(MAPS.c.id == map_id)
            return connection.scalar(wanted) or ""


def drawn(
    journey: JourneyMap,
    evidence: Evidence | None,
    report: CheckReport | None,
    quotes: Quotes | None,
    layers: tuple[Layer, ...],
    released: Collection[str] = (),
) -> str:
    """A page for everybody, as HTML.

    Args:
        journey: The map, whole.
        evidence: Facts of its check, whole.
        report: Its verdicts, whole.
        quotes: Words of customers, whole.
        layers: What is shown.
        released: Keys of words of customers that may be shown.
    """
    shown = public_map(
        journey, layers, lambda place, text: key_of(place, text) in released
    )
    facts = public_evidence(evidence, shown, layers)
    verdicts = public_report(report, evidence, shown, layers)
    said = public_quotes(quotes, shown, layers, released)
    scene = poster_scene(shown, report=verdicts, evidence=facts, quotes=said)
    return map_page(shown, scene, report=verdicts, evidence=facts, quotes=said)
