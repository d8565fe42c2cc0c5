"""What a proposal is: items that are edits, each with what became of it; and how it is read."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Engine, select

from desirepath.maps.edits.board import Board
from desirepath.maps.edits.commands import Edit, edit_of
from desirepath.web.policy import Actor
from desirepath.web.talk.changes import Told, later
from desirepath.web.talk.tables import ITEMS, PROPOSALS

State = Literal["open", "partly", "closed", "withdrawn"]
STATES: tuple[State, ...] = ("open", "partly", "closed", "withdrawn")


@dataclass(frozen=True, slots=True)
class Item:
    """One edit of a proposal.

    Attributes:
        n: Its number, from 1.
        edit: As it was proposed.
        told: What it would change, as the map was then.
        state: open, taken while its edit is being written, accepted or rejected.
        comment: Of who decided.
        seq: Number of the edit it became, 0 for none.
    """

    n: int
    edit: Edit
    told: tuple[Told, ...]
    state: str
    decided_by: str
    decided_us: int
    comment: str
    seq: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change somebody proposes; attributes as the columns of its table."""

    id: str
    map: str
    seq: int
    base: Board
    title: str
    reason: str
    author: str
    person: str
    session: str
    by_model: bool
    at_us: int
    withdrawn_us: int
    items: tuple[Item, ...]

    @property
    def state(self) -> State:
        """Whether something of it still waits for a decision."""
        if self.withdrawn_us:
            return "withdrawn"
        waits = sum(one.state in ("open", "taken") for one in self.items)
        if not waits:
            return "closed"
        return "open" if waits == len(self.items) else "partly"

    def before(self, n: int, along: Collection[int] = ()) -> Board:
        """What an item was proposed on: the base after the items that became edits.

        Args:
            n: Number of the item.
            along: Numbers of items that are taken for accepted too.
        """
        return later(
            self.base,
            (
                one.edit
                for one in self.items
                if one.n != n and (one.state == "accepted" or one.n in along)
            ),
        )

    def is_by(self, actor: Actor) -> bool:
        """Whether somebody proposed it."""
        if self.person:
            return self.person == actor.person
        return bool(self.session) and self.session == actor.session


def proposal_of(row: Any, items: Sequence[Any]) -> Proposal:
    """The proposal of a row, with the rows of its items."""
    values = {column.name: getattr(row, column.name) for column in PROPOSALS.columns}
    values["base"] = Board.from_dict(json.loads(row.base))
    values["by_model"] = bool(row.by_model)
    return Proposal(**values, items=tuple(_item(one) for one in items))


def _item(row: Any) -> Item:
    return Item(
        row.n,
        edit_of(json.loads(row.edit)),
        tuple(Told(**one) for one in json.loads(row.told)),
        row.state,
        row.decided_by,
        int(row.decided_us),
        row.comment,
        int(row.seq),
    )


def proposers(engine: Engine, map_id: str) -> dict[int, str]:
    """Who had proposed the edits of a map that were proposals, by their numbers."""
    wanted = (
        select(ITEMS.c.seq, PROPOSALS.c.author)
        .join(PROPOSALS, PROPOSALS.c.id == ITEMS.c.proposal)
        .where(PROPOSALS.c.map == map_id, ITEMS.c.seq > 0)
    )
    with engine.connect() as connection:
        return {int(row.seq): row.author for row in connection.execute(wanted)}
