"""Older formats of a map, brought up to date: one pure function per version. Reads no file."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from desirepath.errors import MapError, Problem
from desirepath.maps.model import FORMAT
from desirepath.maps.validation import found_words

PREFIX, _, _current = FORMAT.rpartition("/")
VERSION = int(_current)
Data = dict[str, Any]


def version_of(data: Mapping[str, Any]) -> int:
    """Version of the map format that the data names.

    Raises:
        MapError: E110 no format line or another format, E111 a version that does not exist yet.

    Examples:
        >>> version_of({"format": "desirepath/map/0"})
        0
    """
    name = data.get("format")
    if name is None:
        raise MapError(
            Problem(
                "E110",
                "the format line is missing",
                hint=f"Add as the first line: format: {FORMAT}",
            )
        )
    found = re.fullmatch(rf"{PREFIX}/(\d{{1,6}})", str(name))
    if not found:
        raise MapError(
            Problem(
                "E110",
                f'expected the format "{FORMAT}", found {found_words(name)}',
                hint=f"Give a map file, or write: format: {FORMAT}",
            )
        )
    if int(found[1]) > VERSION:
        raise MapError(
            Problem(
                "E111",
                f'the map is written in "{name}", this version reads up to "{FORMAT}"',
                hint="Install a newer version of desirepath.",
            )
        )
    return int(found[1])


def migrate(data: Mapping[str, Any]) -> Data:
    """The same map in the current format; the input stays as it is.

    Raises:
        MapError: E110 no format line or another format, E111 a version that does not exist yet.

    Examples:
        >>> migrate({"format": "desirepath/map/0", "id": "shop", "phases": []})
        {'format': 'desirepath/map/1', 'id': 'shop', 'stages': []}
    """
    changed = copy.deepcopy(dict(data))
    for version in range(version_of(data), VERSION):
        changed = MIGRATIONS[version](changed)
        changed["format"] = f"{PREFIX}/{version + 1}"
    return changed


def _from_0(data: Data) -> Data:
    """Stages were called phases; a step had one touchpoint and its emotion without a statement."""
    data = {("stages" if key == "phases" else key): data[key] for key in data}
    for stage in _mappings(data.get("stages")):
        stage["steps"] = [
            _step_from_0(step) if isinstance(step, dict) else step
            for step in stage.get("steps") or ()
        ]
    return data


def _step_from_0(step: Data) -> Data:
    changed = {}
    for key, value in step.items():
        if key == "touchpoint":
            changed["touchpoints"] = [value]
        elif key != "emotion":
            changed[key] = value
    if "emotion" in step:
        emotion = {"lane": "emotion", "score": step["emotion"]}
        changed["statements"] = [*(step.get("statements") or ()), emotion]
    return changed


def _mappings(items: object) -> Iterator[Data]:
    """Entries that are mappings; what else stands there is for validation to refuse."""
    yield from (
        item
        for item in (items if isinstance(items, list) else ())
        if isinstance(item, dict)
    )


MIGRATIONS: Mapping[int, Callable[[Data], Data]] = {0: _from_0}
