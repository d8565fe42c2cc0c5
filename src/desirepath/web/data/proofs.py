"""What a file is taken for, shown so that people can say yes or no: columns, counts, what is odd, what is not sure."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desirepath.errors import EventsError
from desirepath.events.engine.duckdb import DuckDB
from desirepath.events.feedback.workbooks import is_workbook
from desirepath.events.recognize import inspect_events
from desirepath.events.roles import BY_SHAPE, assign_roles, time_share
from desirepath.events.schema import (
    NO_TIMES,
    Asked,
    Choice,
    ColumnProfile,
    Columns,
    Constant,
    Inspection,
    RoleChoice,
    fail,
)
from desirepath.events.sources.files import RECIPE_SUFFIXES, find_tables, suffix_of
from desirepath.events.sources.limits import MAX_COLUMNS
from desirepath.web.data import answers
from desirepath.web.data.odd import odd_things
from desirepath.web.data.private import propose
from desirepath.web.data.shown import column_data, rows_looked_at, short

MAX_ROWS = 50_000_000
MOST_LISTED = 12
# no survey has more; looking for answers takes as long as looking for events
MOST_ANSWERS = 100_000
# What another choice of columns can mend, and which role it is about.
QUESTIONS = {
    "E215": "",
    "E220": "case",
    "E221": "activity",
    "E222": "time",
    "E223": "",
    "E224": "time_format",
    "E225": "time",
    "E226": "zone",
    "E227": "",
    "E228": "time_format",
    "E229": "time",
}
CONSTANT = "(constant) "


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said about a file.

    Attributes:
        kind: ``events``, ``feedback``, or "" to find out.
        roles: Column by role; ``none`` for no time.
        segments: Columns of segments; None to find them.
        zone: Zone of times without one, "" for none.
        time_format: As `read_events` takes it, "" to find it.
        scores: Scale by column of answers; None to find them.
        texts: Columns of words; None to find them.
        abouts: What answers are about by column: the id of a step or touchpoint.
    """

    kind: str = ""
    roles: Mapping[str, str] | None = None
    segments: Sequence[str] | None = None
    zone: str = ""
    time_format: str = ""
    scores: Mapping[str, str] | None = None
    texts: Sequence[str] | None = None
    abouts: Mapping[str, str] | None = None

    def columns(self) -> Columns:
        """Roles of a table of events."""
        given: dict[str, Any] = {
            role: name for role, name in (self.roles or {}).items() if name
        }
        for role in ("case", "customer", "activity", "channel"):
            given[role] = _choice(given.get(role))
        segments = None if self.segments is None else tuple(self.segments)
        return Columns(**given, segments=segments)


def _choice(name: str | None) -> Choice:
    if name is not None and name.startswith(CONSTANT):
        return Constant(name.removeprefix(CONSTANT))
    return name


def prove(file: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """What a file is taken for, as plain data.

    Args:
        file: Its name in this folder.
        said: Fields of `Said`.

    Raises:
        EventsError: E2xx as the readers of files say where no answer of a person would help.
    """
    path, given = Path(file), Said(**said)
    if suffix_of(path) in RECIPE_SUFFIXES:
        # it could name files of the server
        hint = "Send the file of the events itself."
        raise fail("E203", "a recipe names files and holds no events", file, hint)
    if given.kind == "feedback" or (is_workbook(path) and not given.kind):
        return _of_feedback(path, given)
    if given.kind == "events":
        return _of_events(path, given)
    found = _of_events(path, given)
    is_doubtful = _is_doubtful(found)
    if not is_doubtful and found["counts"].get("events", 0) > MOST_ANSWERS:
        return found
    try:
        other = _of_feedback(path, given)
    except EventsError:
        return found
    if other["questions"]:
        return found
    return other if is_doubtful or _is_of_answers(other) else found


def _is_doubtful(found: Mapping[str, Any]) -> bool:
    """Whether it may be a table of answers as well."""
    activity = [one for one in found["roles"] if one["role"] == "activity"]
    is_guessed = bool(activity) and activity[0]["why"] == BY_SHAPE
    return bool(found["questions"]) or is_guessed


def _is_of_answers(found: Mapping[str, Any]) -> bool:
    """Whether somebody gave a score on a scale, in words too: no log of events holds both."""
    return {"score", answers.WORDS} <= {one["role"] for one in found["columns"]}


def _of_events(path: Path, said: Said) -> dict[str, Any]:
    profiles, cells = _profiles(path)
    names = [one.name for one in profiles]
    questions: list[dict[str, Any]] = []
    told: dict[str, Any] = {"counts": {}, "odd": [], "times": [], "looks_like": ""}
    try:
        seen = inspect_events(
            path,
            columns=said.columns(),
            zone=said.zone or None,
            time_format=said.time_format or None,
        )
    except EventsError as error:
        first = error.problems[0]
        if first.code not in QUESTIONS:
            raise
        roles = _roles_without(profiles, said, path, QUESTIONS[first.code])
        questions = [
            {"code": first.code, "role": QUESTIONS[first.code], "what": first.what}
        ]
    else:
        table = seen.tables[0]
        roles = table.roles
        told = {
            "counts": _counts(seen),
            "odd": list(odd_things(seen)),
            "times": _times(seen),
            "looks_like": table.looks_like,
        }  # fmt: skip
    parts = _parts(roles, names)
    return {
        "kind": "events",
        "columns": [
            _column(one, parts.get(one.name, ""), cells[one.index]) for one in profiles
        ],
        "roles": [
            {"role": one.role, "column": one.column, "why": one.why, "others": list(one.others)}
            for one in roles
        ],
        "questions": questions,
        "scores": [],
        **told,
    }  # fmt: skip


def _profiles(path: Path) -> tuple[tuple[ColumnProfile, ...], list[list[str]]]:
    """Columns of a table and some cells of each."""
    with tempfile.TemporaryDirectory(prefix="desirepath-") as folder:
        scratch = Path(folder, "tables")
        scratch.mkdir()
        tables = find_tables([path], scratch)
        with DuckDB(tables[:1], Path(folder)) as engine:
            if not engine.row_count(0):
                raise fail("E204", "there are no events in it", str(path), "Export the events again.")  # fmt: skip
            _refuse_huge(engine, path)
            profiles = engine.profile(0)
            picks = ", ".join(f"CAST(c{one.index} AS VARCHAR)" for one in profiles)
            most = rows_looked_at(len(profiles))
            rows = engine.rows(f"SELECT {picks} FROM raw0 LIMIT {most}")  # noqa: S608 - numbers only
    cells = [
        [value for value in column if value and value.strip()]
        for column in zip(*rows, strict=True)
    ]
    return profiles, cells


def _refuse_huge(engine: DuckDB, path: Path) -> None:
    """Small files can hold very many equal rows, or name very many columns."""
    rows, columns = engine.row_count(0), len(engine.columns[0])
    if rows <= MAX_ROWS and columns <= MAX_COLUMNS:
        return
    much = f"{rows:,} rows" if rows > MAX_ROWS else f"{columns:,} columns"
    hint = "Name it in desirepath.toml, or send the part that is needed."
    raise fail("E212", f"the file has {much}", str(path), hint)


def _roles_without(
    profiles: Sequence[ColumnProfile], said: Said, path: Path, missing: str
) -> tuple[RoleChoice, ...]:
    """Roles of the other columns, where one is a question."""
    asked = said.columns()
    dummies: dict[str, Any] = {
        "time": {"time": NO_TIMES},
        "case": {"case": Constant("?")},
        "activity": {"activity": Constant("?")},
    }
    changes = dummies.get(missing, dummies["time"])
    mores: list[dict[str, Any]] = [{}, *dummies.values()]
    for more in mores:
        changes = {**changes, **more}
        try:
            found = assign_roles(
                profiles, Asked(replace(asked, **changes)), path.name
            ).choices
        except EventsError:
            continue
        return tuple(one for one in found if one.role not in changes)
    return ()


def _parts(roles: Sequence[RoleChoice], names: Sequence[str]) -> dict[str, str]:
    """Role by column; columns that are joined have the same."""
    found: dict[str, str] = {}
    for one in roles:
        parts = [one.column] if one.column in names else one.column.split("+")
        for part in parts:
            found.setdefault(part.strip(), one.role)
    return found


def _column(one: ColumnProfile, role: str, cells: Sequence[str]) -> dict[str, Any]:
    is_time = role == "time" or (not role and time_share(one) == 1.0)
    proposal = propose(one.name, role, cells, is_time=is_time)
    return column_data(one.name, one.index, role, one.samples, one.filled_count, one.distinct_count, proposal)  # fmt: skip


def _counts(seen: Inspection) -> dict[str, Any]:
    return {
        "rows": seen.row_count,
        "events": seen.event_count,
        "cases": seen.case_count,
        "customers": seen.customer_count,
        "activities": seen.activity_count,
        "from_us": seen.from_us,
        "to_us": seen.to_us,
        "channels": list(seen.channels[:MOST_LISTED]),
        "segments": list(seen.segments),
        "left_out": dict(seen.dropped),
        "top": [
            {"name": short(one.activity), "count": one.count}
            for one in seen.top_activities[:MOST_LISTED]
        ],
    }


def _of_feedback(path: Path, said: Said) -> dict[str, Any]:
    return answers.prove_answers(
        path,
        roles=said.roles or {},
        scores=said.scores,
        texts=said.texts,
        abouts=said.abouts or {},
        zone=said.zone,
        time_format=said.time_format,
    )


def prove_own(files: Sequence[str]) -> dict[str, Any]:
    """What the files of a project are taken for, without any of their values.

    Args:
        files: Files, folders or one recipe.

    Raises:
        EventsError: E2xx they cannot be read.
    """
    seen = inspect_events(list(files))
    return {
        "kind": "events",
        "columns": [],
        "roles": [
            {"role": one.role, "column": one.column, "why": one.why, "others": []}
            for table in seen.tables
            for one in table.roles
        ],
        "times": _times(seen),
        "questions": [],
        "scores": [],
        "odd": list(odd_things(seen)),
        "counts": _counts(seen),
        "looks_like": seen.tables[0].looks_like,
    }


def _times(seen: Inspection) -> list[dict[str, Any]]:
    return [
        {
            "column": one.column,
            "format": one.format,
            "zone": one.zone,
            "zone_source": one.zone_source,
        }
        for table in seen.tables
        for one in table.times
    ]
