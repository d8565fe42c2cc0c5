"""Scores of departments as evidence of staff: a talk with those who work there, never with customers."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from desirepath.evidence.library import FOLDER, EvidenceItem, Library
from desirepath.evidence.telling import add_items
from desirepath.web.workshop.results import result_of
from desirepath.web.workshop.stories import day_of, library_of
from desirepath.web.workshop.votes import Vote, Votes

STEP = "step:"
MOST_EMOTION = 2.0
NOTE = "Scored by staff in a workshop; no customer was asked."
# Files of a project are added to by one request after the other.
ONE_AT_A_TIME = threading.Lock()


def keep_round(votes: Votes, vote: Vote, project: Path | None) -> None:
    """Keep what departments scored: in the library of the project, or for the map in the database.

    Raises:
        EvidenceError: E340 the file cannot be written.
    """
    with ONE_AT_A_TIME:
        if votes.get(vote.map, vote.id).state in ("kept", "filed"):
            return
        if project is None:
            votes.kept(vote, "kept")
            return
        items = [dict(one) for one in items_of(votes, vote)]
        if items:
            add_items(project / FOLDER, items)
        votes.kept(vote, "filed")


def items_of(votes: Votes, vote: Vote) -> list[Mapping[str, Any]]:
    """An item of evidence for each step and department, as a file has it."""
    refs = {one.key: one.ref for one in vote.asked.options}
    day = day_of(vote.revealed_us)
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
    told, votes = library_of(engine, map_id), Votes(engine)
    scored = tuple(
        EvidenceItem(
            one["id"], one["kind"], one["date"], one["source"], one["n"], step=one["step"],
            lane=one["lane"], sentiment=one["sentiment"], place="a workshop",
        )
        for vote in votes.all(map_id)
        if vote.state == "kept"
        for one in items_of(votes, vote)
    )  # fmt: skip
    return Library(None, (*told.items, *scored), told.anecdotes)


def told_data(engine: Engine, map_id: str) -> dict[str, Any]:
    """The same as plain data, for the process of a job."""
    library = told_in_workshops(engine, map_id)
    return {
        "items": [asdict(one) for one in library.items],
        "anecdotes": [one.model_dump_json() for one in library.anecdotes],
    }
