"""What people told in workshops, for jobs: stories that were accepted, and scores that were kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from desirepath.evidence.library import FOLDER, EvidenceItem, Library, read_library
from desirepath.evidence.told import Anecdote

TUPLES = ("supports", "against")


def told_from(data: Mapping[str, Any]) -> Library:
    """What a server keeps for a map, of the data its jobs are given; nothing where there are none."""
    if not data:
        return Library()
    return Library(
        None,
        tuple(_item(one) for one in data["items"]),
        tuple(Anecdote.model_validate_json(one) for one in data["anecdotes"]),
    )


def _item(data: Mapping[str, Any]) -> EvidenceItem:
    return EvidenceItem(**dict(data) | {name: tuple(data[name]) for name in TUPLES})


def whole_library(project: Path, told: Library) -> Library:
    """What stands in the folder of a project, and what a server keeps besides, each once.

    Raises:
        MapError: what is wrong with a file of the folder.
    """
    found = read_library(project / FOLDER)
    items = {one.id for one in found.items}
    stories = {one.id for one in found.anecdotes if one.id}
    return replace(
        found,
        items=(*found.items, *(one for one in told.items if one.id not in items)),
        anecdotes=(
            *found.anecdotes,
            *(one for one in told.anecdotes if one.id not in stories),
        ),
    )


def sum_of(library: Library) -> str:
    """Sum of all that was told, by which a check sees that there is something new."""
    text = json.dumps(library.to_dict()["items"], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
