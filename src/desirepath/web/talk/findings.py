"""Findings as comments are about them: known again in later analyses, and told in their own words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from desirepath.analyze.finding import AnalysisReport
from desirepath.sentences.phrase import say
from desirepath.web.readings.shelf import Shelf
from desirepath.web.readings.told import FEWEST, place_ref, same_of


@dataclass(frozen=True, slots=True)
class Found:
    """A finding that somebody speaks of.

    Attributes:
        same: By what it is known in every analysis.
        words: What it says.
        place: Where, in words.
        ref: Its place on the board.
        reading: Name of its reading.
        people: Cases it touches.
    """

    same: str
    words: str
    place: str
    ref: str
    reading: str
    people: int

    @property
    def is_small(self) -> bool:
        """Whether it is about so few people that guests are not told of it."""
        return self.people < FEWEST


def found_at(shelf: Shelf, map_id: str, anchor: str) -> Found | None:
    """The finding of an anchor ``finding:<snapshot>:<reading>.<number>``; None where there is none.

    Args:
        shelf: Results of maps.
        map_id: The map it must be about.
        anchor: What comments are about.
    """
    _, snapshot_id, key = anchor.split(":", 2)
    snapshot = shelf.results.one(snapshot_id)
    if snapshot is None or (snapshot.map, snapshot.kind) != (map_id, "analyze"):
        return None
    report = shelf.findings(snapshot)
    return next((one for name, one in _findings(report) if name == key), None)


def found_now(shelf: Shelf, map_id: str, language: str) -> Mapping[str, Found]:
    """Findings of the newest analysis by what they are known by."""
    newest = shelf.analysis(map_id, language)
    if newest is None:
        return {}
    return {one.same: one for _, one in _findings(newest[1])}


def _findings(report: AnalysisReport) -> Iterator[tuple[str, Found]]:
    for section in report.sections:
        for number, one in enumerate(section.findings):
            yield (
                f"{section.name}.{number}",
                Found(
                    same_of(section, one),
                    say(one.words, report.language),
                    say(one.place, report.language),
                    place_ref(one.subject),
                    section.name,
                    one.people,
                ),
            )


def kept(one: Found | None) -> str:
    """A finding as a thread keeps it, "" for none."""
    return json.dumps(asdict(one), ensure_ascii=False) if one else ""


def found_in(text: str) -> Found | None:
    """The finding a thread keeps."""
    return Found(**json.loads(text)) if text else None
