"""What a proposed edit would change, in words and values, and whether it still fits the map."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from desirepath.errors import MapError, Problem, WebError
from desirepath.maps.diff import Change as Difference
from desirepath.maps.diff import diff_maps
from desirepath.maps.diff_words import value_words
from desirepath.maps.edits.apply import apply_edit
from desirepath.maps.edits.board import APART, Board, Card
from desirepath.maps.edits.commands import (
    Add,
    Change,
    Edit,
    MarkGone,
    Move,
    Place,
    Together,
)
from desirepath.maps.edits.merging import Conflict, merge_edits
from desirepath.maps.yaml_text import flow_text
from desirepath.web.talk.places import card_label

Fit = Literal["fits", "merges", "same", "conflict", "misfit"]
# What makes a statement count as known; a model may not say so.
KNOWN = frozenset({"status", "evidence", "source"})
AI = {"kind": "ai"}


@dataclass(frozen=True, slots=True)
class Told:
    """One difference a proposed edit makes.

    Attributes:
        kind: added, removed, changed or moved.
        ref: Of the element.
        label: What it is called.
        home: What it stands in, "" for the map.
        lane: Of a statement.
        field: That changes, "" for the whole element.
        old: Value before, as people read it.
        new: Value after.
        text: The difference in words.
    """

    kind: str
    ref: str
    label: str
    home: str
    lane: str
    field: str
    old: str
    new: str
    text: str


@dataclass(frozen=True, slots=True)
class Fitting:
    """How a proposed edit goes with the map as it is now.

    Attributes:
        fit: Whether it fits, merges with what others changed, is so already, conflicts with what
            others changed, or cannot be made (any more).
        why: Why it cannot be made, in English.
        code: The same as a code.
        now: What stands there now, where both changed it.
        edits: What would be sent.
    """

    fit: Fit
    why: str = ""
    code: str = ""
    now: str = ""
    edits: tuple[Edit, ...] = ()


def proposed(board: Board, edit: Edit, *, by_model: bool) -> Edit:
    """An edit as it is kept: it says what its author saw, and what a model wrote says so.

    Raises:
        WebError: E775 a model says that something is known.
    """
    match edit:
        case Together():
            inside: list[Edit] = []
            for one in edit.edits:
                inside.append(proposed(board, one, by_model=by_model))
                board = apply_edit(board, inside[-1]).board
            return Together(edits=tuple(inside))
        case Change():
            if by_model and edit.field.partition(".")[0] in KNOWN:
                raise _not_known(edit.ref)
            was = edit.was if "was" in edit.model_fields_set else _now(board, edit)
            return Change(ref=edit.ref, field=edit.field, value=edit.value, was=was)
        case Move():
            card = board.card(edit.ref)
            spot = Place(at=card.spot.at, pos=card.spot.pos, lane=card.spot.lane)
            place = _placed(board, Move(ref=edit.ref, place=edit.place))
            return Move(ref=edit.ref, place=place, was=edit.was or spot)
        case MarkGone():
            return MarkGone(ref=edit.ref)
        case Add():
            fields = edit.fields
            if by_model and KNOWN & fields.keys():
                raise _not_known(edit.ref)
            if by_model and edit.ref.startswith("statement:"):
                fields = {**fields, "source": AI}
            return Add(ref=edit.ref, place=_placed(board, edit), fields=dict(fields))
        case _:
            return edit


def _placed(board: Board, edit: Add | Move) -> Place:
    """Where an edit puts a card, its position filled in."""
    done = apply_edit(board, edit).edit
    return done.place if isinstance(done, Add | Move) else edit.place


def _not_known(ref: str) -> WebError:
    what = "what a model proposes counts as no evidence"
    hint = "Leave out status, evidence and source."
    return WebError(Problem("E775", what, ref, hint))


def _now(board: Board, edit: Change) -> Any:
    value: Any = board.card(edit.ref).fields
    for key in edit.field.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def told(before: Board, edit: Edit) -> tuple[Told, ...]:
    """Differences an edit makes, none where it changes nothing.

    Raises:
        MapError: E112 to E131 it does not fit.
    """
    after = apply_edit(before, edit).board
    found = diff_maps(before.journey(), after.journey()).changes
    return tuple(_told(before, after, one) for one in found)


def _told(before: Board, after: Board, one: Difference) -> Told:
    card = after.cards.get(one.ref) or before.cards.get(one.ref)
    home = after.cards.get(card.spot.at) if card else None
    is_place = one.kind == "moved"
    return Told(
        one.kind,
        one.ref,
        card_label(card) if card else one.ref.partition(":")[2],
        card_label(home) if home and home.kind != "map" else "",
        card.spot.lane if card else "",
        one.field,
        _place(before, one.old) if is_place else _words(card, one.field, one.old),
        _place(after, one.new) if is_place else _words(card, one.field, one.new),
        one.text,
    )


def _place(board: Board, where: Any) -> str:
    """Label of a place; numbers in a row say nothing without the row."""
    card = board.cards.get(where) if isinstance(where, str) else None
    return card_label(card) if card and card.kind != "map" else ""


def _words(card: Card | None, field: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if not field and isinstance(value, Mapping):
        apart = APART.get(card.kind, frozenset()) if card else frozenset()
        left_out = {"id", "name", "text", "lane", *apart}
        told = {key: one for key, one in value.items() if key not in left_out and one}
        return ", ".join(
            f"{key.replace('_', ' ')}: {flow_text(one)}" for key, one in told.items()
        )
    is_plain = isinstance(value, int | float | bool) or field == "lanes"
    return value_words(field, value) if is_plain else flow_text(value)


def base_of(board: Board, edits: tuple[Edit, ...]) -> Board:
    """The cards some edits are about, with what stands in them and what they stand in."""
    wanted: set[str] = set()
    for ref in {one for edit in edits for one in _refs(edit)}:
        at = ref
        while at in board.cards and at not in wanted:
            wanted.add(at)
            at = board.cards[at].spot.at
    inside = set(wanted) - {"map"}
    while inside:
        inside = {
            card.ref for card in board.cards.values() if card.spot.at in inside
        } - wanted
        wanted |= inside
    cards = {ref: board.cards[ref] for ref in sorted(wanted)}
    return Board(board.map_id, MappingProxyType(cards))


def _refs(edit: Edit) -> Iterator[str]:
    if isinstance(edit, Together):
        for one in edit.edits:
            yield from _refs(one)
        return
    yield edit.ref
    if isinstance(edit, Add | Move):
        yield edit.place.at


def later(base: Board, edits: Iterable[Edit]) -> Board:
    """A part of a board after those of some edits that fit it."""
    for one in edits:
        with contextlib.suppress(MapError):
            base = apply_edit(base, one).board
    return base


def fitting(base: Board, edit: Edit, now: Board, *, anyway: bool = False) -> Fitting:
    """How an edit proposed on one board goes with the board as it is now.

    Args:
        base: Cards as they were when it was proposed.
        edit: As `proposed` gave it.
        now: The map as it is.
        anyway: Write over what others changed.
    """
    try:
        merged = merge_edits(base, [edit], now, "mine" if anyway else None)
    except MapError as error:
        first = error.problems[0]
        return Fitting("misfit", why=first.what, code=first.code)
    if merged.conflicts and not anyway:
        return Fitting("conflict", now=_found(now, merged.conflicts[0]))
    if not merged.edits:
        return Fitting("same")
    is_other = _is_other(base, edit, now)
    return Fitting("merges" if is_other else "fits", edits=merged.edits)


def _is_other(base: Board, edit: Edit, now: Board) -> bool:
    """Whether others worked on what an edit changes."""
    match edit:
        case Together():
            return any(_is_other(base, one, now) for one in edit.edits)
        case Change():
            is_known = edit.ref in base.cards and edit.ref in now.cards
            return is_known and _now(base, edit) != _now(now, edit)
        case Move() | MarkGone():
            return base.cards.get(edit.ref) != now.cards.get(edit.ref)
        case _:
            return False


def _found(now: Board, one: Conflict) -> str:
    """What stands there now, "" where it was taken off."""
    if isinstance(one.theirs, Mapping) and "at" in one.theirs:
        return _place(now, one.theirs["at"])
    card = now.cards.get(one.ref)
    if not one.field:
        return "" if card is None or not now.is_shown(one.ref) else card_label(card)
    return _words(card, one.field, one.theirs)
