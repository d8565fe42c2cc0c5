"""Drafts: maps of the journeys customers really take."""

from __future__ import annotations

from typing import Any

from desirepath.discover.by import Wishes
from desirepath.discover.draft import discover_maps
from desirepath.discover.words import read_words
from desirepath.maps.files import map_text
from desirepath.maps.model import JourneyMap
from desirepath.web.jobs.kinds.check import trail_of
from desirepath.web.jobs.work import Parts, Work


def discover(work: Work) -> Parts:
    """Draft maps under ids that no map has, and how they came about."""
    given, project = work.given, work.project
    wishes = Wishes(goal=given.get("goal") or None, title=given.get("title") or None)
    if given.get("maps"):
        wishes["maps"] = given["maps"]
    if project is not None and project.vocabulary is not None:
        wishes["words"] = read_words(project.vocabulary)
    found = discover_maps(work.sequences, **wishes)
    taken = set(work.known)
    drafts: list[dict[str, Any]] = []
    for one, way, near in zip(found.maps, found.ways, found.near, strict=True):
        draft = one.model_copy(update={"id": _free(one.id, taken)})
        taken.add(draft.id)
        told = {"cases": way.cases, "near_cases": near.near_cases}
        drafts.append(_draft(draft) | told)
    how = found.to_dict()
    how.pop("ledger")
    yield (
        "drafts",
        {"format": "desirepath/drafts/1", "drafts": drafts, "discovery": how},
    )
    yield "trail", trail_of(work)


def _draft(journey: JourneyMap) -> dict[str, Any]:
    return {
        "id": journey.id,
        "title": journey.title,
        "stages": [
            {"name": stage.name, "steps": [one.name for one in stage.steps]}
            for stage in journey.stages
        ],
        "map": journey.model_dump(mode="json", exclude_none=True, by_alias=True),
        "text": map_text(journey),
    }


def _free(wanted: str, taken: set[str]) -> str:
    """An id like the one that is wanted, that no map has."""
    number = 1
    found = wanted
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found
