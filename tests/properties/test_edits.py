"""Laws of edits: each has its inverse, replays give the same board, different things never collide."""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random  # noqa: TID251 - the type of what Hypothesis passes in

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.any_map import LIMITS, MAPS, TEXT

from desirepath.errors import MapError
from desirepath.maps.edits.apply import Outcome, apply_edit
from desirepath.maps.edits.between import edits_between
from desirepath.maps.edits.board import Board, board_of
from desirepath.maps.edits.commands import (
    Add,
    BringBack,
    Change,
    Edit,
    MarkGone,
    Move,
    Place,
    Together,
    edit_data,
    edit_of,
)
from desirepath.maps.edits.positions import check_position, position_between
from desirepath.maps.edits.three_way import merge_texts
from desirepath.maps.model import JourneyMap
from desirepath.maps.persona import Persona


def as_boards_hold(journey: JourneyMap) -> JourneyMap:
    """A map whose lanes and personas are each listed once: a board knows them by name."""
    described = {one.id for one in journey.personas if isinstance(one, Persona)}
    personas = [one for one in journey.personas if one not in described]
    return journey.model_copy(
        update={
            "lanes": tuple(dict.fromkeys(lane for lane in journey.lanes if lane)),
            "personas": tuple(dict.fromkeys(personas)),
        }
    )


BOARD_MAPS = MAPS.map(as_boards_hold)


def some_edit(board: Board, random: Random, words: Sequence[str]) -> Edit:
    """An edit as a person at this board might make it; not all of them are allowed."""
    refs = sorted(board.cards)
    ref = random.choice(refs)
    card = board.cards[ref]
    homes = [one for one in refs if one.partition(":")[0] in ("map", "stage", "step")]
    name = f"n{random.randrange(10**6)}"
    match random.randrange(6):
        case 0:
            kind = random.choice(["stage", "step", "statement", "lane", "touchpoint"])
            lane = "pains" if kind == "statement" else ""
            named = {"stage", "step", "touchpoint"}
            fields = {"name": random.choice(words)} if kind in named else {}
            place = Place(at=random.choice(homes), lane=lane)
            return Add(ref=f"{kind}:{name}", place=place, fields=fields)
        case 1:
            at = random.choice([card.spot.at, *homes])
            pos = random.choice(["", card.spot.pos])
            return Move(ref=ref, place=Place(at=at, pos=pos, lane=card.spot.lane))
        case 2:
            return MarkGone(ref=ref)
        case 3:
            return BringBack(ref=ref)
        case 4:
            inner = some_edit(board, random, words)
            return Together(edits=(inner, MarkGone(ref=ref)))
        case _:
            field = random.choice(["name", "text", "title", "owner", "goal.text"])
            was = card.fields.get(field)
            return Change(ref=ref, field=field, value=random.choice(words), was=was)


def edited(board: Board, random: Random, words: Sequence[str], count: int) -> list[Outcome]:  # fmt: skip
    """What some allowed edits did, one after the other."""
    found: list[Outcome] = []
    for _ in range(count):
        try:
            done = apply_edit(board, some_edit(board, random, words))
        except MapError:
            continue
        found.append(done)
        board = done.board
    return found


@LIMITS
@given(BOARD_MAPS)
def test_a_board_shows_the_map_it_was_made_of(journey: JourneyMap) -> None:
    board = board_of(journey)
    assert board.journey() == journey
    assert Board.from_dict(board.to_dict()) == board


@LIMITS
@given(BOARD_MAPS, BOARD_MAPS)
def test_edits_between_two_maps_lead_from_one_to_the_other(
    before: JourneyMap, after: JourneyMap
) -> None:
    board = board_of(before)
    for edit in edits_between(board, after):
        board = apply_edit(board, edit).board
    assert board.journey() == after
    assert edits_between(board, after) == ()


@LIMITS
@given(BOARD_MAPS, st.randoms(use_true_random=False), st.lists(TEXT, min_size=3))
def test_inverses_lead_all_the_way_back(
    journey: JourneyMap, random: Random, words: list[str]
) -> None:
    start = board_of(journey)
    done = edited(start, random, words, 30)
    board = done[-1].board if done else start
    for one in reversed(done):
        board = apply_edit(board, one.inverse).board
    assert board.journey() == start.journey()
    shown = {ref: card for ref, card in board.cards.items() if ref in start.cards}
    assert shown == start.cards


@LIMITS
@given(BOARD_MAPS, st.randoms(use_true_random=False), st.lists(TEXT, min_size=3))
def test_what_took_effect_gives_the_same_board_again(
    journey: JourneyMap, random: Random, words: list[str]
) -> None:
    board = board_of(journey)
    done = edited(board, random, words, 30)
    for one in done:
        again = edit_of(json.loads(json.dumps(edit_data(one.edit))))
        replayed = apply_edit(board, again)
        board = replayed.board
        assert board == one.board
        assert replayed.replaced == ()
    board.journey()


@LIMITS
@given(BOARD_MAPS, st.randoms(use_true_random=False), st.lists(TEXT, min_size=3))
def test_edits_of_different_cards_may_come_in_any_order(
    journey: JourneyMap, random: Random, words: list[str]
) -> None:
    start = board_of(journey)
    one = [done.edit for done in edited(start, random, words, 4)]
    other = [done.edit for done in edited(start, random, words, 4)]
    if refs_of(one) & refs_of(other):
        return
    forth, back = start, start
    for edit in (*one, *other):
        forth = apply_edit(forth, edit).board
    for edit in (*other, *one):
        back = apply_edit(back, edit).board
    assert dict(forth.cards) == dict(back.cards)
    assert forth.journey() == back.journey()


def refs_of(edits: Sequence[Edit]) -> set[str]:
    found: set[str] = set()
    for edit in edits:
        found |= refs_of(edit.edits) if isinstance(edit, Together) else {edit.ref}
    return found


@LIMITS
@given(BOARD_MAPS, st.randoms(use_true_random=False), st.lists(TEXT, min_size=3))
def test_nothing_an_edit_does_loses_a_card(
    journey: JourneyMap, random: Random, words: list[str]
) -> None:
    board = board_of(journey)
    for done in edited(board, random, words, 30):
        assert set(done.board.cards) >= set(board.cards)
        board = done.board
        hidden = {card.ref for card in board.without_place()}
        for ref, card in board.cards.items():
            assert card.gone or board.is_shown(ref) or ref in hidden


@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_there_is_room_between_any_two_positions(random: Random) -> None:
    row: list[str] = []
    for _ in range(200):
        number = random.choice([0, len(row), random.randrange(len(row) + 1)])
        before = row[number - 1] if number else ""
        after = row[number] if number < len(row) else ""
        new = position_between(before, after)
        check_position(new)
        row.insert(number, new)
    assert row == sorted(set(row))


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from("abcdef"), max_size=8),
    st.integers(0, 8),
    st.integers(0, 8),
)
def test_changes_of_different_words_are_both_kept(
    words: list[str], one: int, other: int
) -> None:
    old = [f"{word}{number}" for number, word in enumerate(words)]
    first, second = sorted((min(one, len(old)), min(other, len(old))))
    if second - first < 2:  # the same place, or neighbors
        return
    mine = [*old[:first], "mine", *old[first:]]
    theirs = [*old[:second], "theirs", *old[second:]]
    both = [*old[:first], "mine", *old[first:second], "theirs", *old[second:]]
    merged = merge_texts(" ".join(old), " ".join(mine), " ".join(theirs))
    assert merged == " ".join(both)
    assert merged == merge_texts(" ".join(old), " ".join(theirs), " ".join(mine))
