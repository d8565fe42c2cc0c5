"""Two people changed one map since a common state: what both did, put together, or told field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from desirepath.maps.edits.apply import apply_edit
from desirepath.maps.edits.between import edits_between
from desirepath.maps.edits.board import Board
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
from desirepath.maps.model import JourneyMap

Side = Literal["mine", "theirs"]
WHOLE = ""  # the field of a conflict about an element as a whole
GONE = "taken off"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something both changed, differently.

    Attributes:
        ref: Card.
        field: Its field, ``place``, or "" for the card as a whole.
        was: What stood there before.
        mine: What I made of it.
        theirs: What they made of it.
    """

    ref: str
    field: str
    was: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """My changes put on top of theirs.

    Attributes:
        edits: What is to be sent, to be put into their board.
        board: Their board with it.
        conflicts: What both changed; settled where a side was named, else left out of `edits`.
    """

    edits: tuple[Edit, ...]
    board: Board
    conflicts: tuple[Conflict, ...]


def merge_boards(
    base: Board, journey: JourneyMap, theirs: Board, settle: Side | None = None
) -> Merged:
    """My changed map and their changed board, merged.

    Texts merge where both changed different words; what only one side changed stays.

    Args:
        base: The board both began with.
        journey: My map.
        theirs: Their board now.
        settle: Whose value stands where both changed the same; None leaves theirs.

    Raises:
        MapError: E112 to E131 if my map does not fit.

    Examples:
        >>> from desirepath.maps.edits.board import board_of
        >>> base = board_of(JourneyMap(id="shop", title="I order a plant"))
        >>> theirs = board_of(JourneyMap(id="shop", title="We order a plant"))
        >>> mine = JourneyMap(id="shop", title="I order a tree")
        >>> merge_boards(base, mine, theirs).board.cards["map"].fields["title"]
        'We order a tree'
    """
    return merge_edits(base, edits_between(base, journey), theirs, settle)


def merge_edits(
    base: Board, edits: Iterable[Edit], theirs: Board, settle: Side | None = None
) -> Merged:
    """My edits of a board and their changed board, merged; as `merge_boards`.

    Args:
        base: The board both began with; cards that no edit is about, nor what it stands in, may miss.
        edits: Mine; changes and moves say what `was`.
        theirs: Their board now.
        settle: Whose value stands where both changed the same; None leaves theirs.

    Raises:
        MapError: E112 to E131 if an edit does not fit.

    Examples:
        >>> from desirepath.maps.edits.board import board_of
        >>> base = board_of(JourneyMap(id="shop", title="I order a plant"))
        >>> mine = Change(ref="map", field="title", value="I order a tree", was="I order a plant")
        >>> theirs = board_of(JourneyMap(id="shop", title="We order a plant"))
        >>> merge_edits(base, [mine], theirs).board.cards["map"].fields["title"]
        'We order a tree'
    """
    merging = _Merging(base, theirs, settle)
    for edit in edits:
        merging.put(edit)
    return Merged(tuple(merging.edits), merging.board, tuple(merging.conflicts))


class _Merging:
    def __init__(self, base: Board, theirs: Board, settle: Side | None) -> None:
        self.base = base
        self.theirs = theirs
        self.settle = settle
        self.board = theirs
        self.edits: list[Edit] = []
        self.conflicts: list[Conflict] = []

    def put(self, edit: Edit) -> None:
        """One of my edits, unless it conflicts and theirs stands."""
        for one in self._on_theirs(edit):
            done = apply_edit(self.board, one)
            found = [
                Conflict(lost.ref, lost.field, self._was(one), lost.now, lost.lost)
                for lost in done.replaced
            ]
            self.conflicts += found
            if done.board == self.board or (found and self.settle != "mine"):
                continue
            self.board = done.board
            self.edits.append(one)

    def _was(self, edit: Edit) -> Any:
        if isinstance(edit, Change):
            return edit.was
        was = edit.was if isinstance(edit, Move) else None
        return None if was is None else was.model_dump()

    def _on_theirs(self, edit: Edit) -> Iterator[Edit]:
        """What an edit of mine means on their board."""
        match edit:
            case Together():
                for one in edit.edits:
                    yield from self._on_theirs(one)
            case Add() if edit.ref in self.theirs.cards:
                yield from self._added_twice(edit)
            case Add() | Move() if not self._is_there(edit.place.at):
                yield from self._in_what_they_took_off(edit, edit.place.at)
            case Change() | Move() if self._is_gone(edit.ref):
                yield from self._in_what_they_took_off(edit, edit.ref)
            case MarkGone() if self._is_gone(edit.ref):
                return
            case MarkGone() if self._is_touched(edit.ref):
                self._conflict(Conflict(edit.ref, WHOLE, None, GONE, "changed"))
                if self.settle == "mine":
                    yield edit
            case _:
                yield edit

    def _conflict(self, found: Conflict) -> None:
        if found not in self.conflicts:
            self.conflicts.append(found)

    def _is_gone(self, ref: str) -> bool:
        card = self.board.cards.get(ref)
        return card is not None and card.gone

    def _is_there(self, ref: str) -> bool:
        """Whether an element and all it stands in is on their map; my own additions are."""
        return self.board.is_shown(ref)

    def _is_touched(self, ref: str) -> bool:
        """Whether they changed an element I took off, or put something into it."""
        inside = {ref}
        for one in sorted(self.theirs.cards.values(), key=lambda card: card.spot.at):
            if one.spot.at in inside:
                inside.add(one.ref)
        return any(
            self.theirs.cards.get(one) != self.base.cards.get(one)
            and not self._is_gone(one)
            for one in inside
        )

    def _added_twice(self, edit: Add) -> Iterator[Edit]:
        theirs = self.theirs.cards[edit.ref]
        if theirs.gone:
            yield BringBack(ref=edit.ref)
        for name in dict.fromkeys([*theirs.fields, *edit.fields]):
            value = edit.fields.get(name)
            if value != theirs.fields.get(name):
                yield Change(ref=edit.ref, field=name, value=value, was=None)
        # where they put it is as good a place as mine, unless it is another element or lane
        if (edit.place.at, edit.place.lane) != (theirs.spot.at, theirs.spot.lane):
            yield Move(ref=edit.ref, place=edit.place, was=Place())

    def _in_what_they_took_off(self, edit: Edit, ref: str) -> Iterator[Edit]:
        gone = self._gone_above(ref)
        self._conflict(Conflict(gone, WHOLE, None, "changed", GONE))
        if self.settle != "mine":
            return
        while not self._is_there(ref):
            back = BringBack(ref=self._gone_above(ref))
            self.board = apply_edit(self.board, back).board
            self.edits.append(back)
        yield edit

    def _gone_above(self, ref: str) -> str:
        at = ref
        while at in self.board.cards:
            if self.board.cards[at].gone:
                return at
            at = self.board.cards[at].spot.at
        return ref
