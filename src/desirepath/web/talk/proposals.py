"""Proposals: edits somebody would make, kept beside the map until each is accepted or rejected."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from desirepath.errors import Problem, WebError
from desirepath.maps.edits.board import Board
from desirepath.maps.edits.commands import edit_data
from desirepath.web.collab.rows import text_of
from desirepath.web.collab.tables import EDITS
from desirepath.web.policy import Actor
from desirepath.web.talk.audit import Detail, note
from desirepath.web.talk.changes import base_of
from desirepath.web.talk.drafts import Draft, items_of
from desirepath.web.talk.proposed import Proposal, proposal_of
from desirepath.web.talk.tables import ITEMS, PROPOSALS

MOST_PROPOSALS = 1_000  # of a map
MINUTE_US = 60_000_000
AS_MADE = (PROPOSALS.c.map, PROPOSALS.c.title, PROPOSALS.c.reason, PROPOSALS.c.person, PROPOSALS.c.session)  # fmt: skip


class Proposals:
    """Proposals in the database of the edit log.

    Args:
        engine: The database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def propose(
        self, board: Board, seq: int, draft: Draft, actor: Actor, now_us: int
    ) -> str:
        """Keep a proposal; its id.

        Args:
            board: The map its author sees.
            seq: Number of its last edit.
            draft: What is proposed.
            actor: Who proposes.
            now_us: When, microseconds since 1970 UTC.

        Raises:
            DesirepathError: E1xx an edit does not fit the map, E719 one changes nothing or there
                are too many, E771 the map has too many proposals, E775 a model says that something
                is known, E773 something was taken off the map.
        """
        items = items_of(board, draft)
        made = secrets.token_hex(8)
        row = {
            "id": made,
            "map": board.map_id,
            "seq": seq,
            "base": text_of(base_of(board, tuple(edit for edit, _ in items)).to_dict()),
            "title": draft.title.strip(),
            "reason": draft.reason.strip(),
            "author": actor.name,
            "person": actor.person,
            "session": "" if actor.person else actor.session,
            "by_model": draft.by_model,
            "at_us": now_us,
            "withdrawn_us": 0,
        }
        blank = {"state": "open", "decided_by": "", "decided_us": 0, "comment": "", "seq": 0}  # fmt: skip
        rows = [
            {
                "proposal": made,
                "n": n,
                "edit": text_of(edit_data(edit)),
                "told": text_of([asdict(one) for one in changes]),
            }
            | blank
            for n, (edit, changes) in enumerate(items, 1)
        ]
        with self._engine.begin() as connection:
            sent = _sent_before(connection, row, rows)
            if sent:
                return sent
            wanted = select(func.count()).where(PROPOSALS.c.map == board.map_id)
            count = connection.scalar(wanted.select_from(PROPOSALS)) or 0
            if count >= MOST_PROPOSALS:
                what = f"a map has at most {MOST_PROPOSALS:,} proposals"
                raise WebError(Problem("E771", what))
            connection.execute(insert(PROPOSALS), row)
            connection.execute(insert(ITEMS), rows)
            detail: Detail = {
                "proposal": made,
                "items": len(rows),
                "by_model": draft.by_model,
            }
            note(
                connection,
                actor,
                "proposal.made",
                now_us,
                map_id=board.map_id,
                detail=detail,
            )
        return made

    def every(self, map_id: str) -> tuple[Proposal, ...]:
        """Proposals of a map, newest first."""
        wanted = (
            select(PROPOSALS)
            .where(PROPOSALS.c.map == map_id)
            .order_by(PROPOSALS.c.at_us.desc(), PROPOSALS.c.id)
        )
        items = (
            select(ITEMS)
            .join(PROPOSALS, PROPOSALS.c.id == ITEMS.c.proposal)
            .where(PROPOSALS.c.map == map_id)
            .order_by(ITEMS.c.proposal, ITEMS.c.n)
        )
        found: dict[str, list[Any]] = {}
        with self._engine.connect() as connection:
            for row in connection.execute(items):
                found.setdefault(row.proposal, []).append(row)
            rows = connection.execute(wanted).all()
        return tuple(proposal_of(row, found.get(row.id, [])) for row in rows)

    def waiting(self, map_id: str) -> int:
        """How many proposals of a map wait for a decision."""
        wanted = (
            select(func.count(ITEMS.c.proposal.distinct()))
            .join(PROPOSALS, PROPOSALS.c.id == ITEMS.c.proposal)
            .where(
                PROPOSALS.c.map == map_id,
                PROPOSALS.c.withdrawn_us == 0,
                ITEMS.c.state.in_(("open", "taken")),
            )
        )
        with self._engine.connect() as connection:
            return int(connection.scalar(wanted) or 0)

    def one(self, map_id: str, proposal_id: str, now_us: int) -> Proposal:
        """A proposal; what a server that stopped left half decided is settled first.

        Raises:
            WebError: E770 there is none of this id.
        """
        self._settle_left(proposal_id, now_us)
        wanted = select(PROPOSALS).where(
            PROPOSALS.c.id == proposal_id, PROPOSALS.c.map == map_id
        )
        items = select(ITEMS).where(ITEMS.c.proposal == proposal_id).order_by(ITEMS.c.n)
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
            if row is None:
                hint = "Load the proposals again."
                raise WebError(Problem("E770", "there is no such proposal", hint=hint))
            return proposal_of(row, connection.execute(items).all())

    def _settle_left(self, proposal_id: str, now_us: int) -> None:
        left = (
            select(ITEMS.c.n, ITEMS.c.decided_by, PROPOSALS.c.map, PROPOSALS.c.author)
            .join(PROPOSALS, PROPOSALS.c.id == ITEMS.c.proposal)
            .where(
                ITEMS.c.proposal == proposal_id,
                ITEMS.c.state == "taken",
                ITEMS.c.decided_us < now_us - MINUTE_US,
            )
        )
        with self._engine.begin() as connection:
            for n, who_accepted, map_id, author in connection.execute(left).all():
                made = select(EDITS.c.seq).where(
                    EDITS.c.client == client_of(proposal_id, n)
                )
                seq = connection.scalar(made)
                state = "accepted" if seq else "open"
                who = {} if seq else {"decided_by": "", "decided_us": 0}
                settled = connection.execute(
                    update(ITEMS)
                    .where(
                        ITEMS.c.proposal == proposal_id,
                        ITEMS.c.n == n,
                        ITEMS.c.state == "taken",
                    )
                    .values(state=state, seq=seq or 0, **who)
                )
                if seq and settled.rowcount:
                    told: Detail = {"proposal": proposal_id, "item": n, "by": author, "edit": seq}  # fmt: skip
                    accepted = Actor(who_accepted, kind="server")
                    note(connection, accepted, "proposal.accepted", now_us, map_id=map_id, detail=told)  # fmt: skip

    def take(self, proposal_id: str, n: int, actor: Actor, now_us: int) -> bool:
        """Begin to accept an item; False where somebody else decided it."""
        values = {"state": "taken", "decided_by": actor.name, "decided_us": now_us}
        return self._change(proposal_id, n, "open", values)

    def let_go(self, proposal_id: str, n: int) -> None:
        """Leave an item open, because its edit could not be made."""
        values = {"state": "open", "decided_by": "", "decided_us": 0}
        self._change(proposal_id, n, "taken", values)

    def _change(
        self, proposal_id: str, n: int, was: str, values: Mapping[str, Any]
    ) -> bool:
        with self._engine.begin() as connection:
            changed = connection.execute(
                update(ITEMS)
                .where(
                    ITEMS.c.proposal == proposal_id,
                    ITEMS.c.n == n,
                    ITEMS.c.state == was,
                )
                .values(**values)
            )
            return bool(changed.rowcount)

    def settle(
        self,
        proposal: Proposal,
        n: int,
        actor: Actor,
        now_us: int,
        *,
        comment: str,
        seq: int | None,
    ) -> bool:
        """Decide an item: accepted where it became an edit, else rejected.

        Args:
            proposal: The proposal.
            n: Number of the item.
            actor: Who decides.
            now_us: When, microseconds since 1970 UTC.
            comment: Why.
            seq: Number of the edit it became, 0 where the map is so already, None to reject.

        Returns:
            False where somebody else decided it.
        """
        state = "rejected" if seq is None else "accepted"
        values = {
            "state": state,
            "decided_by": actor.name,
            "decided_us": now_us,
            "comment": comment.strip(),
            "seq": seq or 0,
        }
        was = "open" if seq is None else "taken"
        with self._engine.begin() as connection:
            changed = connection.execute(
                update(ITEMS)
                .where(
                    ITEMS.c.proposal == proposal.id,
                    ITEMS.c.n == n,
                    ITEMS.c.state == was,
                )
                .values(**values)
            )
            if not changed.rowcount:
                return False
            detail: Detail = {
                "proposal": proposal.id,
                "item": n,
                "by": proposal.author,
                "by_model": proposal.by_model,
                "edit": seq or 0,
            }
            changes = proposal.items[n - 1].told
            note(
                connection,
                actor,
                f"proposal.{state}",
                now_us,
                map_id=proposal.map,
                ref=changes[0].ref if changes else "",
                detail=detail,
            )
            return True

    def withdraw(self, proposal: Proposal, actor: Actor, now_us: int) -> None:
        """Take a proposal back; what was decided of it stays."""
        with self._engine.begin() as connection:
            taken_back = connection.execute(
                update(PROPOSALS)
                .where(PROPOSALS.c.id == proposal.id, PROPOSALS.c.withdrawn_us == 0)
                .values(withdrawn_us=now_us)
            )
            if not taken_back.rowcount:  # asked twice
                return
            note(connection, actor, "proposal.withdrawn", now_us, map_id=proposal.map, detail={"proposal": proposal.id})  # fmt: skip


def _sent_before(
    connection: Connection, row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> str:
    """Id of the proposal that somebody sends again within a minute, as its answer was lost; "" for none."""
    wanted = select(PROPOSALS.c.id).where(
        *(one == row[one.name] for one in AS_MADE),
        PROPOSALS.c.at_us > row["at_us"] - MINUTE_US,
        PROPOSALS.c.withdrawn_us == 0,
    )
    edits = [one["edit"] for one in rows]
    for known in connection.scalars(wanted).all():
        items = select(ITEMS.c.edit).where(ITEMS.c.proposal == known).order_by(ITEMS.c.n)  # fmt: skip
        if connection.scalars(items).all() == edits:
            return str(known)
    return ""


def client_of(proposal_id: str, n: int) -> str:
    """Name under which the edit of an item is sent, so that it is made once."""
    return f"proposal-{proposal_id}-{n}"
