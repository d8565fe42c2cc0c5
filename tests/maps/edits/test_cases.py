"""Edits by example: cases as data, so that a program in another language can hold to the same ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desirepath.errors import MapError
from desirepath.maps.edits.apply import Replaced, apply_edit
from desirepath.maps.edits.board import Board, board_of
from desirepath.maps.edits.commands import edit_data, edit_of
from desirepath.maps.edits.positions import position_between
from desirepath.maps.edits.three_way import merge_texts
from desirepath.maps.files import parse_map

CASES = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_case(case: Mapping[str, Any]) -> None:
    board = board_of(parse_map(json.dumps(CASES["before"]), "shop.json"))
    replaced: tuple[Replaced, ...] = ()
    refused = None
    effects = []
    for data in case["edits"]:
        try:
            done = apply_edit(board, edit_of(data))
        except MapError as error:
            refused = error.code
            break
        board, replaced = done.board, replaced + done.replaced
        effect = {"edit": edit_data(done.edit), "inverse": edit_data(done.inverse)}
        effects.append(effect)
    assert refused == case.get("refused")
    assert effects == case["done"]
    assert changed(board) == case["cards"]
    told = [
        {"ref": one.ref, "field": one.field, "lost": one.lost, "now": one.now}
        for one in replaced
    ]
    assert told == case.get("replaced", [])
    assert {name: shown(board, name) for name in case.get("check", {})} == {
        name: wanted if not isinstance(wanted, dict) else shown(board, name) | wanted
        for name, wanted in case.get("check", {}).items()
    }


def test_texts_merge() -> None:
    cases = CASES["merges"]
    merged = [merge_texts(one["old"], one["mine"], one["theirs"]) for one in cases]
    assert merged == [one["merged"] for one in cases]


def test_positions_between() -> None:
    cases = CASES["positions"]
    found = [between(one["before"], one["after"]) for one in cases]
    assert found == [one["between"] for one in cases]


def between(before: str, after: str) -> str:
    """A position, or the code of a refusal."""
    try:
        return position_between(before, after)
    except MapError as error:
        return error.code


def changed(board: Board) -> list[Any]:
    """Cards that are not as they were before."""
    before = CASES["board"]["cards"]
    return [card for card in board.to_dict()["cards"] if card not in before]


def shown(board: Board, name: str) -> Any:
    """What a board holds under a name of the cases."""
    journey = board.journey()
    match name:
        case "stages":
            return [stage.id for stage in journey.stages]
        case "steps":
            return list(journey.step_ids())
        case "lanes":
            return list(journey.lanes)
        case "without_place":
            return [card.ref for card in board.without_place()]
    card = board.card(name)
    asked = dict.fromkeys(("touchpoints",)) if name == "step:search" else {}
    return asked | dict(card.fields) | {"at": card.spot.at, "lane": card.spot.lane}
