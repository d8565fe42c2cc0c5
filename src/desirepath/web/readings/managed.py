"""The report for management from the newest results of a map."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from desirepath.analyze.speech import Speech
from desirepath.errors import Problem, WebError
from desirepath.render.exports.brief import brief_of
from desirepath.render.exports.brief_page import brief_page
from desirepath.render.exports.brief_parts import Earlier
from desirepath.render.exports.brief_pdf import brief_pdf
from desirepath.web.jobs.results import Snapshot
from desirepath.web.readings.guests import report_for_guests
from desirepath.web.readings.shelf import Shelf
from desirepath.web.readings.told import FEWEST

US_PER_S = 1_000_000
POLICY = re.compile(r'Content-Security-Policy" content="([^"]*)"')


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report as a file.

    Attributes:
        content: Its bytes.
        policy: What a browser may do on it, "" for a PDF.
    """

    content: bytes
    policy: str = ""


def report_file(
    shelf: Shelf,
    map_id: str,
    form: Literal["html", "pdf"],
    *,
    is_guest: bool,
    language: str = "",
) -> ReportFile:
    """The report of the newest check, with the findings of the newest analysis.

    Args:
        shelf: Results and maps.
        map_id: The map.
        form: A page, or pages to print.
        is_guest: Whether it is for somebody who came with a link: nothing of fewer than ten people.
        language: Language of its sentences, "" for that of the map; what the team wrote stays as it is.

    Raises:
        WebError: E702 no such map, E746 it was not checked yet.
    """
    journey = shelf.stored(map_id).board.journey()
    if language:
        journey = journey.model_copy(update={"language": Speech(language).language})
    checks = shelf.checks(map_id, most=2)
    if not checks:
        hint = "Check the map first, under Evidence."
        raise WebError(Problem("E746", "this map was not checked yet", hint=hint))
    if is_guest:
        checks = tuple((one, report_for_guests(report)) for one, report in checks)
    snapshot, report = checks[0]
    found = shelf.analysis(map_id, language)
    earlier = Earlier(checks[1][1], day_of(checks[1][0])) if len(checks) > 1 else None
    brief = brief_of(
        journey,
        report,
        day=day_of(snapshot),
        seq=snapshot.seq,
        analysis=found[1] if found else None,
        earlier=earlier,
        sources=tuple(one.name for one in snapshot.known_sources),
        fewest=FEWEST if is_guest else 0,
    )
    if form == "pdf":
        return ReportFile(brief_pdf(brief, journey))
    page = brief_page(brief, journey)
    told = POLICY.search(page)
    policy = html.unescape(told[1]) if told else "default-src 'none'"
    return ReportFile(page.encode(), f"{policy}; frame-ancestors 'none'")


def day_of(snapshot: Snapshot) -> str:
    """The day on which results were made, ISO date, UTC."""
    return datetime.fromtimestamp(snapshot.made_us / US_PER_S, UTC).date().isoformat()
