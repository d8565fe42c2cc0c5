"""What somebody proposes, looked at before it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desirepath.errors import Problem, WebError
from desirepath.maps.edits.apply import apply_edit
from desirepath.maps.edits.board import Board
from desirepath.maps.edits.commands import Edit, edit_of
from desirepath.web.collab.rows import text_of
from desirepath.web.talk.changes import Told, base_of, fitting, proposed, told

MOST_ITEMS = 50
MOST_BYTES = 100_000  # of the edits of a proposal


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody proposes.

    Attributes:
        title: In a few words.
        reason: Why.
        edits: Plain data of edits, one for each item.
        by_model: Whether a model wrote it.
    """

    title: str
    reason: str
    edits: Sequence[Mapping[str, Any]]
    by_model: bool = False


def items_of(board: Board, draft: Draft) -> list[tuple[Edit, tuple[Told, ...]]]:
    """Edits of a proposal with what each changes, one after the other."""
    if not 1 <= len(draft.edits) <= MOST_ITEMS:
        what = f"a proposal has 1 to {MOST_ITEMS} items"
        raise WebError(Problem("E719", what, hint="Make several proposals of it."))
    if len(text_of(list(draft.edits)).encode()) > MOST_BYTES:
        what = f"the items are larger than {MOST_BYTES // 1000} kB"
        raise WebError(Problem("E719", what, hint="Make several proposals of it."))
    found = []
    for n, data in enumerate(draft.edits, 1):
        sent = edit_of(data, f"item {n}")
        edit = proposed(board, sent, by_model=draft.by_model)
        changes = told(board, edit)
        if not changes:
            hint = "Leave it out."
            raise WebError(Problem("E719", f"item {n} changes nothing", hint=hint))
        if fitting(base_of(board, (edit,)), edit, board).fit != "fits":
            what = f"item {n} changes something that was taken off the map"
            raise WebError(Problem("E773", what, hint="Bring it back first."))
        found.append((edit, changes))
        board = apply_edit(board, edit).board
    return found
