"""The edits that turn a board into another map: how a changed file becomes edits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desirepath.maps.diff import longest_rising
from desirepath.maps.edits.board import HOMES, Board, Card, board_of
from desirepath.maps.edits.commands import (
    Add,
    BringBack,
    Change,
    Edit,
    MarkGone,
    Move,
    Place,
)
from desirepath.maps.edits.positions import position_between
from desirepath.maps.model import JourneyMap

TEXTS_WITHIN = ("goal", "purpose", "scope")  # several people write in these at once
# What holds others comes before what stands in it.
ORDER = ("lane", "persona", "organization", "touchpoint", "stage", "step", "statement")


def edits_between(board: Board, journey: JourneyMap) -> tuple[Edit, ...]:
    """Edits after which a board shows a map.

    What is on the board and not in the map is marked gone; what stayed in its order keeps its
    position, so that edits of others fit between.

    Args:
        board: The board as it is.
        journey: The map as it should be; elements are recognized by their ids.

    Raises:
        MapError: E120 or E121 for ids of the map.

    Examples:
        >>> old = JourneyMap(id="shop", title="I order")
        >>> new = JourneyMap(id="shop", title="I order a plant")
        >>> [edit.field for edit in edits_between(board_of(old), new)]
        ['title']
    """
    wanted = board_of(journey)
    spots = _spots(board, wanted)
    found: list[Edit] = list(_changes(board.cards["map"], wanted.cards["map"]))
    for kind in ORDER:
        for ref, card in wanted.cards.items():
            if card.kind == kind:
                found += _brought(board.cards.get(ref), card, spots[ref])
    found += [
        MarkGone(ref=ref)
        for ref, card in board.cards.items()
        if ref not in wanted.cards and not card.gone
    ]
    return tuple(found)


def _brought(old: Card | None, new: Card, place: Place) -> Iterator[Edit]:
    if old is None:
        yield Add(ref=new.ref, place=place, fields=dict(new.fields))
        return
    if old.gone:
        yield BringBack(ref=new.ref)
    before = Place(at=old.spot.at, pos=old.spot.pos, lane=old.spot.lane)
    if before != place:
        yield Move(ref=new.ref, place=place, was=before)
    yield from _changes(old, new)


def _changes(old: Card, new: Card) -> Iterator[Edit]:
    for name in dict.fromkeys([*old.fields, *new.fields]):
        yield from _changed(new.ref, name, old.fields.get(name), new.fields.get(name))


def _changed(ref: str, name: str, before: Any, after: Any) -> Iterator[Edit]:
    if before == after:
        return
    is_inside = after and isinstance(before, Mapping) and isinstance(after, Mapping)
    if is_inside and name in TEXTS_WITHIN:
        for key in dict.fromkeys([*before, *after]):
            yield from _changed(ref, f"{name}.{key}", before.get(key), after.get(key))
        return
    yield Change(ref=ref, field=name, value=after, was=before)


def _spots(board: Board, wanted: Board) -> dict[str, Place]:
    """Place of each card of the wanted map, with the positions of the board where order stayed."""
    found: dict[str, Place] = {}
    homes = {card.spot.at for card in wanted.cards.values() if card.spot.at}
    for at in homes:
        for kind in HOMES:
            row = wanted.row(at, kind)
            kept = _kept(board, row)
            taken = ""
            for number, card in enumerate(row):
                if card.ref in kept:
                    taken = board.cards[card.ref].spot.pos
                else:
                    after = next(
                        (
                            board.cards[one.ref].spot.pos
                            for one in row[number + 1 :]
                            if one.ref in kept
                        ),
                        "",
                    )
                    taken = position_between(taken, after)
                found[card.ref] = Place(at=at, pos=taken, lane=card.spot.lane)
    return found


def _kept(board: Board, row: list[Card]) -> set[str]:
    """Cards of a row that stay where they are on the board, in rising positions."""
    here = [
        card
        for card in row
        if card.ref in board.cards and board.cards[card.ref].spot.at == card.spot.at
    ]
    spots = sorted({board.cards[card.ref].spot.pos for card in here})
    numbers = [spots.index(board.cards[card.ref].spot.pos) for card in here]
    return {here[place].ref for place in longest_rising(numbers)}
