"""What is due: maps to go through again, statements nobody has verified or whose evidence is old."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import Engine

from desirepath.check.coverage import SETTLED
from desirepath.errors import DesirepathError
from desirepath.maps.edits.board import Board
from desirepath.maps.model import Statement
from desirepath.maps.values import seconds_of
from desirepath.web.collab.log import EditLog
from desirepath.web.jobs.results import Results
from desirepath.web.shelf import SHARED
from desirepath.web.talk.findings import found_in
from desirepath.web.talk.places import card_label
from desirepath.web.talk.tasks import OpenTask, open_tasks

DAY_S = 86_400
MOST_TASKS = 1_000
Why = Literal["unverified", "old", "stale"]


@dataclass(frozen=True, slots=True)
class Due:
    """A statement to look at again.

    Attributes:
        ref: Of the statement.
        label: What it says, cut.
        home: What it stands in.
        lane: Its lane.
        why: Nobody has verified it; its source is older than the time between reviews; or the newest
            check calls it stale.
        since: ISO date since when, "" where nobody knows.
    """

    ref: str
    label: str
    home: str
    lane: str
    why: Why
    since: str


@dataclass(frozen=True, slots=True)
class Review:
    """How a map stands with its reviews.

    Attributes:
        every: Time between reviews as the map says, "" for none.
        reviewed: ISO date of the last one, "" for none.
        due: ISO date of the next one; "" where the map names no time.
        is_due: Whether that day has come.
        owner: Who cares for the map, "" for nobody.
        statements: To look at again, in map order.
    """

    every: str
    reviewed: str
    due: str
    is_due: bool
    owner: str
    statements: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Reminder:
    """A map that is due for review.

    Attributes:
        map: Id of the map.
        title: What it is called.
        owner: Who is to be reminded, "" where nobody cares for it.
        due: ISO date on which it was or is due.
        unverified: How many statements nobody has verified.
        stale: How many statements have old evidence.
    """

    map: str
    title: str
    owner: str
    due: str
    unverified: int
    stale: int


@dataclass(frozen=True, slots=True)
class DueTask:
    """A task whose day has come.

    Attributes:
        map: Id of the map.
        title: What it is called.
        thread: The thread it is.
        ref: What that is about.
        label: Words for it, "" where nobody knows any.
        person: Account of who is to do it, "" for nobody yet.
        name: Their name.
        due: ISO date by when it is or was to be done.
        is_overdue: Whether that day has passed.
    """

    map: str
    title: str
    thread: str
    ref: str
    label: str
    person: str
    name: str
    due: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check says of statements.

    Attributes:
        stale: Refs of those it calls stale, with the day since when, or "".
        settled: Refs of those it confirms, refutes or finds mixed.
    """

    stale: Mapping[str, str] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()


def review_of(board: Board, today: date, checked: Checked) -> Review:
    """How a map stands with its reviews.

    Args:
        board: The map.
        today: The day.
        checked: What the newest check says of its statements.
    """
    journey = board.journey()
    every, reviewed = journey.review_every or "", journey.reviewed or ""
    due = day_after(reviewed, every) if reviewed else (today.isoformat() if every else "")  # fmt: skip
    found = []
    for statement in journey.all_statements():
        why, since = _why(statement, every, today, checked)
        if why:
            found.append(_due(board, f"statement:{statement.id}", why, since))
    return Review(
        every, reviewed, due, is_due(board, today), journey.owner or "", tuple(found)
    )


def is_due(board: Board, today: date) -> bool:
    """Whether the time of a map's next review has come."""
    fields = board.cards["map"].fields
    every, reviewed = fields.get("review_every"), fields.get("reviewed")
    if not every or not reviewed:
        return bool(every)
    due = day_after(reviewed, every)
    return bool(due) and due <= today.isoformat()


def day_after(day: str, every: str) -> str:
    """ISO date a time after another one, "" where there is none.

    Examples:
        >>> day_after("2026-01-01", "90d")
        '2026-04-01'
    """
    try:
        days = timedelta(days=seconds_of(every) // DAY_S) if every else None
        return (date.fromisoformat(day) + days).isoformat() if days else ""
    except (OverflowError, ValueError):
        return ""


def _why(
    statement: Statement, every: str, today: date, checked: Checked
) -> tuple[Why | None, str]:
    ref = f"statement:{statement.id}"
    if ref in checked.stale:
        return "stale", checked.stale[ref]
    if ref in checked.settled:
        return None, ""
    if statement.status == "assumption" and not statement.evidence:
        return ("unverified", "") if statement.text else (None, "")
    source = statement.source
    told = source.date if source is not None else None
    ends = day_after(told, every) if told else ""
    return ("old", ends) if ends and ends <= today.isoformat() else (None, "")


def _due(board: Board, ref: str, why: Why, since: str) -> Due:
    card = board.cards[ref]
    home = board.cards.get(card.spot.at)
    where = card_label(home) if home is not None and home.kind != "map" else ""
    return Due(ref, card_label(card), where, card.spot.lane, why, since)


def checked_in(results: Results, map_id: str) -> Checked:
    """What the newest check of a map says of its statements."""
    try:
        newest = results.newest(map_id)
        report: Any = results.part(newest.id, "report") if newest else {}
        verdicts = report.get("verdicts", ())
        stale = {
            str(one["subject"]): str(one.get("due") or "")
            for one in verdicts
            if one.get("verdict") == "stale"
        }
        settled = (one["subject"] for one in verdicts if one.get("verdict") in SETTLED)
        return Checked(stale, frozenset(settled))
    except (DesirepathError, AttributeError, KeyError, TypeError):
        return Checked()  # thinned out, or of another version


def due_reminders(engine: Engine, today: date) -> list[Reminder]:
    """Maps that are due for review, the longest due first; reads every map, so call it in a thread.

    Args:
        engine: The database.
        today: The day.
    """
    log, results = EditLog(engine), Results(engine)
    found = []
    for map_id in log.maps():
        if map_id == SHARED:
            continue
        board = log.load(map_id).board
        fields = board.cards["map"].fields
        if not fields.get("review_every") or fields.get("status") == "retired":
            continue
        review = review_of(board, today, checked_in(results, map_id))
        if review.is_due:
            found.append(_reminder(map_id, board, review))
    return sorted(found, key=lambda one: (one.due, one.map))


def _reminder(map_id: str, board: Board, review: Review) -> Reminder:
    unverified = sum(one.why == "unverified" for one in review.statements)
    return Reminder(
        map_id,
        card_label(board.cards["map"]),
        review.owner,
        review.due,
        unverified,
        len(review.statements) - unverified,
    )


def due_tasks(engine: Engine, today: date) -> list[DueTask]:
    """Tasks that are due today or were due before, the longest due first; call it in a thread.

    Args:
        engine: The database.
        today: The day.
    """
    log = EditLog(engine)
    known = frozenset(log.maps()) - {SHARED}
    every = open_tasks(engine, until=today, limit=MOST_TASKS)
    found = [one for one in every if one.task.map in known]
    boards = {one: log.load(one).board for one in {each.task.map for each in found}}
    return [_due_task(one, boards[one.task.map], today) for one in found]


def _due_task(one: OpenTask, board: Board, today: date) -> DueTask:
    task, card, finding = one.task, board.cards.get(one.ref), found_in(one.finding)
    spoken = finding.words if finding is not None else ""
    return DueTask(
        task.map,
        card_label(board.cards["map"]),
        task.thread,
        one.ref,
        card_label(card) if card is not None else spoken,
        task.person,
        task.name,
        task.due,
        task.is_overdue(today),
    )
