"""Tables of databases as they stand in a file of settings. Opens nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from desirepath.errors import EventsError, Problem, did_you_mean
from desirepath.events.database_source import DatabaseSource
from desirepath.events.engine.conditions import conditions_of
from desirepath.events.schema import Columns
from desirepath.events.times import zone_named

ROLES = ("case", "customer", "activity", "time", "channel", "sequence")
OWN = (
    "name",
    "engine",
    "table",
    "query",
    "connection",
    "zone",
    "time_format",
    "may_leave",
)
KEYS = (*OWN, "file", *ROLES, "segments", "where", "sample")


def databases_of(
    given: Sequence[Any], folder: Path, place: Callable[[int, str], str]
) -> tuple[dict[str, DatabaseSource], list[Problem]]:
    """Sources by name, and what is wrong with others.

    Args:
        given: What the file says, one mapping a source.
        folder: Where relative paths start.
        place: Where a person finds a key of a source, by the number of the source and the key; ""
            for the source itself.
    """
    found: dict[str, DatabaseSource] = {}
    problems: list[Problem] = []
    for number, item in enumerate(given):
        try:
            source = _source(item, folder, partial(place, number))
        except EventsError as error:
            problems += error.problems
            continue
        if source.name in found:
            what = f'two sources are called "{source.name}"'
            hint = "Give each source a name of its own."
            problems.append(Problem("E278", what, place(number, "name"), hint))
        found[source.name] = source
    return found, problems


def _source(item: Any, folder: Path, place: Callable[[str], str]) -> DatabaseSource:
    """One source, checked as far as that goes without its database."""
    if not isinstance(item, Mapping):
        raise EventsError(
            Problem(
                "E278",
                "sources holds files beside tables of databases",
                place(""),
                "Name the files in the command, or put them into a project of their own.",
            )
        )
    problems = list(_wrong(item, place))
    if problems:
        raise EventsError(*problems)
    source = DatabaseSource(
        engine=item.get("engine", ""),
        columns=Columns(
            **{key: item.get(key) for key in ROLES},
            segments=tuple(item.get("segments", ())),
        ),
        file=folder / item["file"] if "file" in item else None,
        where=item.get("where", {}),
        sample=item.get("sample", 1),
        place=place(""),
        **{key: item[key] for key in OWN if key in item and key != "engine"},
    )
    source.check()
    conditions_of(source.where, source.place)
    if source.zone:
        zone_named(source.zone, place("zone"))
    return source


def _wrong(item: Mapping[str, Any], place: Callable[[str], str]) -> list[Problem]:
    """Keys that nobody knows, and values of the wrong kind; values are never repeated."""
    found = [
        Problem(
            "E278",
            f'no key of a source is called "{key}"',
            place(key),
            did_you_mean(key, KEYS),
        )
        for key in item
        if key not in KEYS
    ]
    for key in (*OWN, "file", *ROLES):
        if key in item and not (isinstance(item[key], str) and item[key].strip()):
            hint = f'Write for example: {key} = "{key}"'
            found.append(Problem("E278", f"{key} is no text", place(key), hint))
    segments = item.get("segments", [])
    if not isinstance(segments, list) or not all(
        isinstance(one, str) for one in segments
    ):
        what = "segments is no list of columns"
        hint = 'Write for example: segments = ["country"]'
        found.append(Problem("E278", what, place("segments"), hint))
    sample = item.get("sample", 1)
    if isinstance(sample, bool) or not isinstance(sample, int | float):
        what, hint = "sample is no number", "Write for example: sample = 0.1"
        found.append(Problem("E278", what, place("sample"), hint))
    if not isinstance(item.get("where", {}), Mapping):
        what = "where is no table of columns"
        hint = 'Write for example: where = {kind = "A_*"}'
        found.append(Problem("E278", what, place("where"), hint))
    return found
