"""An edit applied to a board: what it became, how to take it back, and what it wrote over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from desirepath.errors import MapError, Problem
from desirepath.maps.edits.board import (
    APART,
    HOMES,
    MODELS,
    Board,
    Card,
    Spot,
    card_data,
)
from desirepath.maps.edits.commands import (
    Add,
    BringBack,
    Change,
    Edit,
    MarkGone,
    Move,
    Place,
    Together,
)
from desirepath.maps.edits.positions import check_position, position_between
from desirepath.maps.edits.three_way import merge_texts
from desirepath.maps.model import JourneyMap
from desirepath.maps.plain import plain
from desirepath.maps.refs import ID_PATTERN
from desirepath.maps.validation import validate

PLACE = "place"


@dataclass(frozen=True, slots=True)
class Replaced:
    """A value of somebody else that an edit wrote over; it can be brought back by hand.

    Attributes:
        ref: Card.
        field: Its field, or ``place``.
        lost: The value that stood there.
        now: The value that stands there.
    """

    ref: str
    field: str
    lost: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an edit did.

    Attributes:
        board: The board after it.
        edit: The edit as it took effect: places filled in, texts merged. Replaying these in order
            gives the same board on every machine.
        inverse: The edit that takes it back.
        replaced: Values of others it wrote over.
    """

    board: Board
    edit: Edit
    inverse: Edit
    replaced: tuple[Replaced, ...] = ()


def apply_edit(board: Board, edit: Edit) -> Outcome:
    """The board after an edit.

    Edits of different things never stand in each other's way. Of two changes of one text both are
    kept where they touch different words; else the later one stands and `Outcome.replaced` says
    what it wrote over. An inverse is more careful: it refuses to undo what others changed since.

    Args:
        board: The board before.
        edit: A named command.

    Raises:
        MapError: E112 no such card, E113 to E121 the card would not fit the model, E129 a wrong
            position, E130 it cannot stand there, E131 others changed it since.

    Examples:
        >>> from desirepath.maps.edits.board import board_of
        >>> shop = board_of(JourneyMap(id="shop", title="I order"))
        >>> done = apply_edit(shop, Add(ref="stage:find", fields={"name": "Find"}))
        >>> done.board.journey().stages[0].name, done.inverse.do
        ('Find', 'mark_gone')
    """
    match edit:
        case Add():
            return _add(board, edit)
        case Change():
            return _change(board, edit)
        case Move():
            return _move(board, edit)
        case MarkGone():
            return _mark_gone(board, edit)
        case BringBack():
            return _bring_back(board, edit)
        case Together():
            return _together(board, edit)


def _add(board: Board, edit: Add) -> Outcome:
    kind, _, name = edit.ref.partition(":")
    _refuse_name(board, edit.ref, kind, name)
    spot = _spot(board, edit.ref, edit.place)
    card = _fitting(Card(edit.ref, edit.fields, spot))
    done = Add(ref=edit.ref, place=_place(spot), fields=dict(card.fields))
    inverse = MarkGone(ref=edit.ref, was=dict(card.fields), undo=True)
    return Outcome(board.with_card(card), done, inverse)


def _refuse_name(board: Board, ref: str, kind: str, name: str) -> None:
    if kind not in HOMES:
        hint = f"Begin with one of {', '.join(f'{one}:' for one in HOMES)}."
        raise MapError(Problem("E125", f'"{ref}" cannot be added', hint=hint))
    if not name or (kind != "lane" and not ID_PATTERN.fullmatch(name)):
        hint = 'Use letters, digits and hyphens, without spaces and ">".'
        what = f'"{name}" cannot be the id of a {kind}'
        raise MapError(Problem("E121", what, hint=hint))
    if ref in board.cards:
        is_gone = board.cards[ref].gone
        hint = "Bring that one back." if is_gone else "Give another id."
        raise MapError(Problem("E120", f'{kind} "{name}" is given twice', hint=hint))


def _change(board: Board, edit: Change) -> Outcome:
    card = board.card(edit.ref)
    _refuse_field(edit, card)
    before = _value(card.fields, edit.field)
    value = edit.value
    knows = "was" in edit.model_fields_set
    is_other = knows and before not in (edit.was, value)
    if is_other and edit.undo:
        raise _changed_since(edit.ref, edit.field)
    replaced: tuple[Replaced, ...] = ()
    if is_other:
        merged = _merged(edit.was, value, before)
        if merged is None:
            replaced = (Replaced(edit.ref, edit.field, before, value),)
        else:
            value = merged
    changed = _fitting(
        replace(card, fields=_with_value(card.fields, edit.field, value))
    )
    now = _value(changed.fields, edit.field)
    done = Change(ref=edit.ref, field=edit.field, value=now)
    inverse = Change(ref=edit.ref, field=edit.field, value=before, was=now, undo=True)
    return Outcome(board.with_card(changed), done, inverse, replaced)


def _refuse_field(edit: Change, card: Card) -> None:
    first, *rest = edit.field.split(".")
    is_apart = card.kind == "lane" or first in APART[card.kind]
    if is_apart or not first or not all(rest):
        what = f'"{edit.field}" of {edit.ref} cannot be changed'
        hint = "Add, move or mark gone what stands there; an id stays for good."
        raise MapError(Problem("E130", what, hint=hint))


def _value(fields: Mapping[str, Any], name: str) -> Any:
    value: Any = fields
    for key in name.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _with_value(fields: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """The fields with one value set, or taken away where it is None; empty mappings go as well."""
    first, _, rest = name.partition(".")
    if rest:
        inside = fields.get(first)
        value = (
            _with_value(inside if isinstance(inside, Mapping) else {}, rest, value)
            or None
        )
    if value is None:
        return {key: one for key, one in fields.items() if key != first}
    return {**fields, first: value}


def _merged(was: Any, mine: Any, theirs: Any) -> str | None:
    if all(isinstance(one, str) for one in (was, mine, theirs)):
        return merge_texts(was, mine, theirs)
    return None


def _move(board: Board, edit: Move) -> Outcome:
    card = board.card(edit.ref)
    if card.kind == "map":
        raise _no_place(edit.ref, edit.place.at)
    before = _place(card.spot)
    is_other = edit.was is not None and edit.was != before
    if is_other and edit.undo:
        raise _changed_since(edit.ref, PLACE)
    place = edit.place
    if card.kind == "statement" and not place.lane:
        place = place.model_copy(update={"lane": card.spot.lane})
    spot = _spot(board, edit.ref, place)
    moved = board.with_card(_fitting(replace(card, spot=spot)))
    now = _place(spot)
    replaced: tuple[Replaced, ...] = ()
    if is_other and before != now:
        lost, stands = before.model_dump(), now.model_dump()  # told to others as JSON
        replaced = (Replaced(edit.ref, PLACE, lost, stands),)
    inverse = Move(ref=edit.ref, place=before, was=now, undo=True)
    return Outcome(moved, Move(ref=edit.ref, place=now), inverse, replaced)


def _spot(board: Board, ref: str, place: Place) -> Spot:
    """Spot of a place, at the end of the row where no position is given."""
    kind = ref.partition(":")[0]
    home = place.at.partition(":")[0]
    if home not in HOMES[kind] or place.at not in board.cards:
        board.card(place.at)
        raise _no_place(ref, place.at)
    if (kind == "statement") != bool(place.lane):
        what = (
            "a statement needs a lane"
            if kind == "statement"
            else f"a {kind} has no lane"
        )
        hint = "Give the lane with the place of a statement, and of nothing else."
        raise MapError(Problem("E130", what, ref, hint))
    if place.pos:
        check_position(place.pos)
        return Spot(place.at, place.pos, place.lane)
    row = [card for card in board.row(place.at, kind) if card.ref != ref]
    return Spot(
        place.at, position_between(row[-1].spot.pos if row else "", ""), place.lane
    )


def _place(spot: Spot) -> Place:
    return Place(at=spot.at, pos=spot.pos, lane=spot.lane)


def _mark_gone(board: Board, edit: MarkGone) -> Outcome:
    card = board.card(edit.ref)
    if card.kind == "map":
        what = "the map itself cannot be taken off"
        raise MapError(
            Problem("E130", what, hint="Retire it: change its status to retired.")
        )
    if edit.undo and (_holds(board, edit.ref) or edit.was not in (None, card.fields)):
        raise _changed_since(edit.ref, "")
    done = MarkGone(ref=edit.ref)
    gone = board.with_card(replace(card, gone=True))
    return Outcome(gone, done, done if card.gone else BringBack(ref=edit.ref))


def _holds(board: Board, ref: str) -> bool:
    return any(card.spot.at == ref and not card.gone for card in board.cards.values())


def _bring_back(board: Board, edit: BringBack) -> Outcome:
    card = board.card(edit.ref)
    back = board.with_card(replace(card, gone=False))
    return Outcome(back, edit, MarkGone(ref=edit.ref) if card.gone else edit)


def _together(board: Board, edit: Together) -> Outcome:
    done: list[Edit] = []
    inverses: list[Edit] = []
    replaced: tuple[Replaced, ...] = ()
    for one in edit.edits:
        outcome = apply_edit(board, one)
        board = outcome.board
        done.append(outcome.edit)
        inverses.append(outcome.inverse)
        replaced += outcome.replaced
    inverse = Together(edits=tuple(reversed(inverses)))
    return Outcome(board, Together(edits=tuple(done)), inverse, replaced)


def _fitting(card: Card) -> Card:
    """The card with its fields as a file would have them; refused where they do not fit."""
    if card.kind == "lane" or (card.kind == "persona" and not card.fields):
        return card
    apart = APART[card.kind]

    def locate(path: tuple[str | int, ...]) -> tuple[int, str]:
        return 0, " ".join([card.ref, ".".join(map(str, path))]).rstrip()

    for name in card.fields:
        if name in apart:
            hint = "Give id and place of their own, and add what stands in it after it."
            raise MapError(
                Problem("E130", f'"{name}" is not a field of a card', card.ref, hint)
            )
    is_map = card.kind == "map"
    data = {"id": "map", **card.fields} if is_map else card_data(card)
    part = validate(JourneyMap if is_map else MODELS[card.kind], data, locate)
    given: dict[str, Any] = plain(part, frozenset({card.id}))
    fields = {name: value for name, value in given.items() if name not in apart}
    return replace(card, fields=fields)


def _no_place(ref: str, at: str) -> MapError:
    kind, home = ref.partition(":")[0], at.partition(":")[0]
    homes = " or ".join(HOMES.get(kind, ())) or "nothing"
    return MapError(
        Problem(
            "E130", f"a {kind} cannot stand in a {home}", ref, f"Put it into: {homes}."
        )
    )


def _changed_since(ref: str, name: str) -> MapError:
    what = f"{name or 'it'} has been changed since"
    hint = "Look at it as it is now, and change it by hand if you still want to."
    return MapError(Problem("E131", what, ref, hint))
