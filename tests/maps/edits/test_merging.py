"""What two did with one map since a common state."""

from __future__ import annotations

from random import Random  # noqa: TID251 - which edits, not a secret

import pytest
from tests.properties.test_edits import some_edit

from desirepath.errors import MapError
from desirepath.maps.edits.apply import apply_edit
from desirepath.maps.edits.board import Board, board_of
from desirepath.maps.edits.commands import Add, Change, Edit, MarkGone, Place, Together
from desirepath.maps.edits.merging import Conflict, Side, merge_boards
from desirepath.maps.files import parse_map
from desirepath.maps.templates import new_text

BASE = board_of(parse_map(new_text("classic")))
STAGE, OTHER = [card.ref for card in BASE.row("map", "stage")][:2]
WORDS = ("I pay", "I pay by card", "It is slow", "Größe", "支払う", "")


def after(board: Board, *edits: Edit) -> Board:
    return apply_edit(board, Together(edits=edits)).board


def named(ref: str, name: str) -> Change:
    return Change(ref=ref, field="name", value=name)


def added(name: str) -> Add:
    return Add(ref="step:x", place=Place(at=STAGE), fields={"name": name})


@pytest.mark.parametrize(
    ("mine", "theirs", "found", "shown"),
    [
        ((named(STAGE, "A"),), (named(OTHER, "B"),), [], None),
        ((named(STAGE, "A"),), (named(STAGE, "A"),), [], None),
        ((MarkGone(ref=STAGE),), (MarkGone(ref=STAGE),), [], None),
        ((added("A"),), (added("A"),), [], None),
        ((added("A"),), (added("B"),), [Conflict("step:x", "name", None, "A", "B")], ("step:x", "A", "B")),
        ((named(STAGE, "A"),), (MarkGone(ref=STAGE),), [Conflict(STAGE, "", None, "changed", "taken off")], (STAGE, "A", None)),
        ((added("A"),), (MarkGone(ref=STAGE),), [Conflict(STAGE, "", None, "changed", "taken off")], ("step:x", "A", None)),
        ((MarkGone(ref=STAGE),), (named(STAGE, "B"),), [Conflict(STAGE, "", None, "taken off", "changed")], (STAGE, None, "B")),
    ],
)  # fmt: skip
def test_what_both_did(
    mine: tuple[Edit, ...],
    theirs: tuple[Edit, ...],
    found: list[Conflict],
    shown: tuple[str, str | None, str | None] | None,
) -> None:
    journey, board = after(BASE, *mine).journey(), after(BASE, *theirs)
    assert list(merge_boards(BASE, journey, board).conflicts) == found
    if shown is None:
        return
    ref, *names = shown
    sides: tuple[Side, Side] = ("mine", "theirs")
    for side, name in zip(sides, names, strict=True):
        merged = merge_boards(BASE, journey, board, side)
        card = merged.board.cards.get(ref)
        is_shown = merged.board.is_shown(ref)
        assert (card.fields["name"] if card and is_shown else None) == name


def changed(random: Random, count: int) -> Board:
    board = BASE
    for _ in range(count):
        try:
            board = apply_edit(board, some_edit(board, random, WORDS)).board
        except MapError:
            continue
    return board


@pytest.mark.parametrize("start", range(0, 60, 20))
def test_laws_of_merging(start: int) -> None:
    for seed in range(start, start + 20):
        random = Random(seed)  # noqa: S311
        mine, theirs = changed(random, 8), changed(random, 8)
        journey = mine.journey()
        assert merge_boards(BASE, journey, BASE).board.journey() == journey
        assert merge_boards(BASE, BASE.journey(), theirs).edits == ()
        sides: tuple[Side | None, ...] = (None, "mine", "theirs")
        for side in sides:
            merged = merge_boards(BASE, journey, theirs, side)
            merged.board.journey()
            replayed = apply_edit(theirs, Together(edits=merged.edits)).board
            assert replayed == merged.board
