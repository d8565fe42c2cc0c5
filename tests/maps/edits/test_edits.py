"""Edits that lists, files and clumsy programs hand in."""

from __future__ import annotations

import pytest

from desirepath.errors import MapError
from desirepath.maps.edits.apply import apply_edit
from desirepath.maps.edits.between import edits_between
from desirepath.maps.edits.board import Board, board_of
from desirepath.maps.edits.commands import Add, Change, Move, Place, edit_of
from desirepath.maps.edits.positions import position_between, positions
from desirepath.maps.files import parse_map
from desirepath.maps.model import JourneyMap

SHOP = parse_map(
    """
format: desirepath/map/1
id: shop
title: I order
stages:
  - id: find
    name: Find
    steps:
      - {id: search, name: I search}
      - {id: compare, name: I compare}
      - {id: choose, name: I choose}
"""
)


@pytest.fixture
def board() -> Board:
    return board_of(SHOP)


def test_a_step_moved_forward_is_one_edit(board: Board) -> None:
    stage = SHOP.stages[0]
    search, compare, choose = stage.steps
    moved = stage.model_copy(update={"steps": (choose, search, compare)})
    after = SHOP.model_copy(update={"stages": (moved,)})
    assert [edit.do for edit in edits_between(board, after)] == ["move"]


def test_edits_of_a_file_find_room_beside_those_of_others(board: Board) -> None:
    after = parse_map(
        "format: desirepath/map/1\nid: shop\ntitle: I order\nstages: [{id: find, name: Find, steps: "
        "[{id: search, name: I search}, {id: ask, name: I ask}, {id: compare, name: I compare}, "
        "{id: choose, name: I choose}]}]"
    )
    mine = edits_between(board, after)
    theirs = Add(
        ref="step:read",
        place=Place(at="stage:find", pos=position_between("a1", "a2")),
        fields={"name": "I read"},
    )
    for edit in (theirs, *mine):
        board = apply_edit(board, edit).board
    steps = ["search", "ask", "compare", "read", "choose"]
    assert list(board.journey().step_ids()) == steps


def test_two_cards_at_one_position_stand_in_the_same_order_everywhere(
    board: Board,
) -> None:
    place = Place(at="stage:find", pos="a0V")
    one = Add(ref="step:one", place=place, fields={"name": "One"})
    two = Add(ref="step:two", place=place, fields={"name": "Two"})
    forth = apply_edit(apply_edit(board, one).board, two).board
    back = apply_edit(apply_edit(board, two).board, one).board
    assert forth.journey() == back.journey()


def test_an_edit_is_told_where_it_is_wrong() -> None:
    data = {"do": "together", "edits": [{"do": "add", "ref": "stage:x", "fields": []}]}
    with pytest.raises(MapError) as caught:
        edit_of(data, "edits.json: edit 3")
    assert str(caught.value) == (
        "edits.json: edit 3.1 fields: expected keys and values, found a list [E115]\n"
        "  Write keys and values here."
    )


def test_an_unknown_edit_gets_the_known_ones() -> None:
    with pytest.raises(MapError) as caught:
        edit_of({"do": "mark gone", "ref": "step:x"}, "edit 1")
    assert str(caught.value) == (
        'edit 1: expected an edit with a "do", found "mark gone" [E116]\n'
        '  Did you mean "mark_gone"? Known edits: add, bring_back, change, mark_gone, move, together.'
    )


def test_edits_within_edits_have_an_end() -> None:
    data: dict[str, object] = {"do": "mark_gone", "ref": "step:x"}
    for _ in range(9):
        data = {"do": "together", "edits": [data]}
    with pytest.raises(MapError, match=r"too deeply \[E107\]"):
        edit_of(data)


def test_a_field_that_does_not_fit_is_told_with_its_card(board: Board) -> None:
    with pytest.raises(MapError) as caught:
        apply_edit(board, Change(ref="step:search", field="nmae", value="I look"))
    assert str(caught.value).startswith(
        'step:search nmae: unknown key "nmae" [E113]\n  Did you mean "name"? Known keys: '
    )


def test_a_place_that_is_no_home_is_refused(board: Board) -> None:
    with pytest.raises(MapError) as caught:
        apply_edit(board, Move(ref="stage:find", place=Place(at="step:search")))
    assert str(caught.value) == (
        "stage:find: a stage cannot stand in a step [E130]\n  Put it into: map."
    )


def test_a_thousand_appended_cards_have_short_positions() -> None:
    assert max(len(one) for one in positions(1000)) <= 3


@pytest.mark.parametrize(("before", "after"), [("b", "a"), ("a1", "a0"), ("a00", "")])
def test_what_is_not_a_position_is_refused(before: str, after: str) -> None:
    with pytest.raises(MapError, match="E129"):
        position_between(before, after)


def test_a_map_of_nothing_is_a_board_of_one_card() -> None:
    empty = JourneyMap(id="shop", title="I order")
    assert list(board_of(empty).cards) == ["map"]
