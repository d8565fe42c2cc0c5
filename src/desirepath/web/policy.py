"""Who may do what: one function for every route, message and edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from desirepath.maps.edits.board import Board
from desirepath.maps.edits.commands import Edit, Together

Role = Literal["viewer", "commenter", "editor", "facilitator", "administrator"]
Action = Literal["look", "comment", "edit", "lead", "administer"]

ROLES: tuple[Role, ...] = (
    "viewer",
    "commenter",
    "editor",
    "facilitator",
    "administrator",
)
# The lowest role that may do each: look at maps, write beside them, change them,
# make maps, versions and links, give people their roles.
NEEDS: dict[Action, Role] = {
    "look": "viewer",
    "comment": "commenter",
    "edit": "editor",
    "lead": "facilitator",
    "administer": "administrator",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks.

    Attributes:
        name: As others see it.
        role: What they may do; None for somebody unknown.
        session: What ends when their right does: a session, a token or a link.
        person: Id of their account, "" for guests.
        only_map: The one map a guest may see, "" for all.
        lanes: Lanes a partner may edit, none for all.
        kind: What `session` is: session, token or guest.
    """

    name: str = ""
    role: Role | None = None
    session: str = ""
    person: str = ""
    only_map: str = ""
    lanes: frozenset[str] = frozenset()
    kind: str = ""


NOBODY = Actor()


def refusal(actor: Actor, action: Action, map_id: str = "") -> str:
    """Why somebody may not do something, "" where they may.

    Args:
        actor: Who asks.
        action: What they want to do.
        map_id: The map it is about, "" for the whole server.

    Examples:
        >>> refusal(Actor("Ann", "editor"), "edit", "shop")
        ''
        >>> refusal(Actor("Ben", "viewer"), "edit", "shop")
        'a viewer may not edit here'
    """
    if actor.role is None:
        return "sign in first"
    if actor.only_map and map_id != actor.only_map:
        return "this link is for another map"
    if ROLES.index(actor.role) < ROLES.index(NEEDS[action]):
        return f"{_article(actor.role)} {actor.role} may not {action} here"
    return ""


def edit_refusal(actor: Actor, board: Board, edit: Edit) -> str:
    """Why somebody may not make an edit, "" where they may; partners edit their own lanes only."""
    why = refusal(actor, "edit", board.map_id)
    if why or not actor.lanes:
        return why
    lanes = set(_lanes(board, edit))
    if lanes <= actor.lanes:
        return ""
    return f"you may edit these lanes only: {', '.join(sorted(actor.lanes))}"


def _lanes(board: Board, edit: Edit) -> Iterator[str]:
    """Lanes an edit takes from or puts into; "" for what stands in no lane."""
    if isinstance(edit, Together):
        for one in edit.edits:
            yield from _lanes(board, one)
        return
    card = board.cards.get(edit.ref)
    if card is not None:
        yield card.spot.lane
    place = getattr(edit, "place", None)
    if place is not None:
        yield place.lane or (card.spot.lane if card else "")


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"
