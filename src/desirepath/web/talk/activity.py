"""What happened to a map: edits put together by person and hour, and what else was done to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, select

from desirepath.maps.edits.board import Board
from desirepath.web.collab.rows import Entry, entry_of
from desirepath.web.collab.tables import EDITS
from desirepath.web.talk.audit import Done, trail
from desirepath.web.talk.places import card_label
from desirepath.web.talk.proposed import proposers

HOUR_US = 3_600 * 1_000_000
MOST_EDITS = 300
MOST_DONE = 100
MOST_CHANGES = 12  # of a group that are told one by one
# What a proposal became is told with the edit it became.
TOLD_AS_EDITS = frozenset({"proposal.accepted"})


@dataclass(frozen=True, slots=True)
class Edited:
    """One thing somebody did to one card.

    Attributes:
        do: add, change, move, mark_gone or bring_back.
        ref: Of the card.
        label: What it is called now.
        lane: Of a statement.
        field: That changed, "" for none.
        new: Its value, where it is a text.
    """

    do: str
    ref: str
    label: str
    lane: str
    field: str
    new: str


@dataclass(slots=True)
class Spell:
    """What somebody did to a map within an hour.

    Attributes:
        who: Name.
        from_us: When the first edit was made.
        to_us: When the last one was.
        edits: How many there were.
        counts: How many things were added, changed, moved, taken off and brought back.
        changes: The newest of them.
        proposed_by: Who had proposed some of it.
    """

    who: str
    from_us: int
    to_us: int
    edits: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    changes: list[Edited] = field(default_factory=list)
    proposed_by: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Activity:
    """Part of what happened, newest first.

    Attributes:
        events: Spells of editing and other deeds.
        before_us: Ask for what is older than this to get the next part; None at the end.
    """

    events: tuple[Spell | Done, ...]
    before_us: int | None


def activity_of(engine: Engine, board: Board, before_us: int | None) -> Activity:
    """What happened to a map, newest first.

    Args:
        engine: The database.
        board: The map as it is, for names of its cards.
        before_us: Only what is older, microseconds since 1970 UTC; None for the newest.
    """
    edits = _edits(engine, board.map_id, before_us)
    done = _done(engine, board.map_id, before_us)
    # where one list is cut, the other goes no further back
    cuts = [
        one[-1].at_us
        for one, most in ((edits, MOST_EDITS), (done, MOST_DONE))
        if len(one) == most
    ]
    cut = max(cuts) if cuts else None
    if cut is not None:
        edits = [one for one in edits if one.at_us >= cut]
        done = [one for one in done if one.at_us >= cut]
    by = proposers(engine, board.map_id)
    events: list[Spell | Done] = [
        *_spells(board, edits, by),
        *(one for one in done if one.action not in TOLD_AS_EDITS),
    ]
    events.sort(key=lambda one: -(one.to_us if isinstance(one, Spell) else one.at_us))
    return Activity(tuple(events), cut)


def _edits(engine: Engine, map_id: str, before_us: int | None) -> list[Entry]:
    wanted = select(EDITS).where(EDITS.c.map == map_id)
    if before_us is not None:
        wanted = wanted.where(EDITS.c.at_us < before_us)
    with engine.connect() as connection:
        rows = connection.execute(wanted.order_by(EDITS.c.seq.desc()).limit(MOST_EDITS))
        return [entry_of(row) for row in rows]


def _done(engine: Engine, map_id: str, before_us: int | None) -> list[Done]:
    before = "" if before_us is None else f"{before_us:017d}"
    return list(trail(engine, map_id=map_id, before=before, limit=MOST_DONE))


def _spells(board: Board, edits: list[Entry], by: dict[int, str]) -> Iterator[Spell]:
    """Edits, newest first, put together by person while none of others comes between them."""
    spell: Spell | None = None
    for entry in edits:
        is_same = (
            spell is not None
            and spell.who == entry.author
            and spell.to_us - entry.at_us < HOUR_US
        )
        if spell is None or not is_same:
            if spell is not None:
                yield spell
            spell = Spell(entry.author, entry.at_us, entry.at_us)
        spell.from_us = entry.at_us
        spell.edits += 1
        proposer = by.get(entry.seq)
        if proposer is not None and proposer not in spell.proposed_by:
            spell.proposed_by.append(proposer)
        for edit in _single(entry.edit):
            do = str(edit["do"])
            spell.counts[do] = spell.counts.get(do, 0) + 1
            if len(spell.changes) < MOST_CHANGES:
                spell.changes.append(_edited(board, edit))
    if spell is not None:
        yield spell


def _single(edit: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if edit["do"] == "together":
        for one in edit["edits"]:
            yield from _single(one)
    else:
        yield edit


def _edited(board: Board, edit: dict[str, Any]) -> Edited:
    ref = str(edit["ref"])
    card = board.cards.get(ref)
    value = edit.get("value")
    return Edited(
        str(edit["do"]),
        ref,
        card_label(card) if card is not None else ref.partition(":")[2],
        card.spot.lane if card is not None else "",
        str(edit.get("field", "")),
        value if isinstance(value, str) else "",
    )
