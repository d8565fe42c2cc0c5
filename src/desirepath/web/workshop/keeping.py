"""What workshops told as evidence of staff: accepted stories and kept scores, the same for every server of a database."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Literal

from sqlalchemy import Engine

from desirepath.evidence.library import EvidenceItem, Library
from desirepath.evidence.told import ANECDOTES, ITEMS
from desirepath.maps.yaml_text import block_lines
from desirepath.web.days import day_of
from desirepath.web.workshop.results import result_of
from desirepath.web.workshop.stories import library_of
from desirepath.web.workshop.votes import Vote, Votes

STEP = "step:"
MOST_EMOTION = 2.0
NOTE = "Scored by staff in a workshop; no customer was asked."
FORMATS = {"anecdotes": ANECDOTES, "items": ITEMS}


def items_of(votes: Votes, vote: Vote) -> list[Mapping[str, Any]]:
    """An item of evidence for each step and department, as a file has it."""
    refs = {one.key: one.ref for one in vote.asked.options}
    day = day_of(vote.revealed_us).isoformat()
    return [
        {
            "id": _id(vote.id, one.key, side.department),
            "kind": "interview",
            "date": day,
            "source": f"{side.department}, scored in a workshop",
            "step": refs[one.key].removeprefix(STEP),
            "lane": "emotion",
            "sentiment": round(side.mean / MOST_EMOTION, 3),
            "n": side.people,
            "population": "staff",
            "bias_note": NOTE,
        }
        for one in result_of(vote.asked, votes.ballots(vote)).apart
        for side in one.sides
        if refs[one.key].startswith(STEP)
    ]


def _id(vote_id: str, key: str, department: str) -> str:
    digest = hashlib.sha256(f"{key}\0{department}".encode()).hexdigest()[:6]
    return f"workshop-{vote_id[:6]}-{digest}"


def told_in_workshops(engine: Engine, map_id: str) -> Library:
    """What a database keeps for a map beside the folder of a project: accepted stories and kept scores."""
    told = library_of(engine, map_id)
    scored = tuple(
        EvidenceItem(
            one["id"], one["kind"], one["date"], one["source"], one["n"], step=one["step"],
            lane=one["lane"], sentiment=one["sentiment"], place="a workshop",
        )
        for one in _scored(engine, map_id)
    )  # fmt: skip
    return Library(None, (*told.items, *scored), told.anecdotes)


def _scored(engine: Engine, map_id: str) -> list[Mapping[str, Any]]:
    votes = Votes(engine)
    kept = (one for one in votes.all(map_id) if one.state == "kept")
    return [item for vote in kept for item in items_of(votes, vote)]


def told_file(engine: Engine, map_id: str, name: Literal["anecdotes", "items"]) -> str:
    """The same as a file for the folder ``evidence`` of a project: what stands there too counts once."""
    said: Sequence[Mapping[str, Any]]
    if name == "anecdotes":
        found = library_of(engine, map_id).anecdotes
        said = [one.model_dump(mode="json", exclude_defaults=True) for one in found]
    else:
        said = _scored(engine, map_id)
    return "\n".join(block_lines({"format": FORMATS[name], name: said}, 0)) + "\n"


def told_data(engine: Engine, map_id: str) -> dict[str, Any]:
    """The same as plain data, for the process of a job."""
    library = told_in_workshops(engine, map_id)
    return {
        "items": [asdict(one) for one in library.items],
        "anecdotes": [one.model_dump_json() for one in library.anecdotes],
    }
