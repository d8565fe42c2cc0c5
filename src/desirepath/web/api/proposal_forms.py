"""What is sent and answered about proposals."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from desirepath.maps.edits.commands import Edit
from desirepath.web.api.describe import PageAsked, Said
from desirepath.web.talk.drafts import MOST_ITEMS
from desirepath.web.talk.proposed import State

LONGEST_REASON = 4_000


class ChangeTold(Said):
    """One difference an item makes; texts as people read them."""

    kind: Literal["added", "removed", "changed", "moved"]
    ref: str
    label: str
    home: str
    lane: str
    field: str
    old: str
    new: str
    text: str


class ItemSaid(Said):
    """One item: what it changes, whether it still fits, and what became of it.

    `fit` is fits, merges with what others changed, same where the map is so already, conflict where
    others changed the same (`now` is what stands there), misfit where it cannot be made (`why` in
    English, `code` for words in another language).
    """

    n: int
    edit: Edit
    changes: list[ChangeTold]
    state: Literal["open", "taken", "accepted", "rejected"]
    decided_by: str
    decided_us: int
    comment: str
    seq: int
    fit: Literal["", "fits", "merges", "same", "conflict", "misfit"]
    why: str
    code: str
    now: str


class ProposalHead(Said):
    """A proposal in a list; guests are told no names of the team."""

    id: str
    title: str
    reason: str
    author: str
    is_guest: bool
    is_mine: bool
    by_model: bool
    at_us: int
    state: State
    items: int
    accepted: int
    rejected: int


class ProposalsSaid(Said):
    """Proposals, newest first."""

    proposals: list[ProposalHead]
    after: str | None


class ProposalSaid(Said):
    """A proposal with its items."""

    head: ProposalHead
    seq: int
    items: list[ItemSaid]


class ProposalsAsked(PageAsked):
    """Which proposals."""

    state: Literal["", "open", "partly", "closed", "withdrawn", "waiting"] = Field(
        "", description="Of one state; waiting for those open or partly decided."
    )


class NewProposal(Said):
    """What is proposed: edits, each of which is decided alone. Programs say where a model wrote them."""

    title: str = Field(min_length=1, max_length=200)
    reason: str = Field("", max_length=LONGEST_REASON)
    edits: list[Edit] = Field(min_length=1, max_length=MOST_ITEMS)
    by_model: bool = False


class ProposalMade(Said):
    """Id of the new proposal."""

    id: str


class DecisionSent(Said):
    """What becomes of an item; `anyway` writes over what others changed meanwhile."""

    n: int = Field(ge=1, le=MOST_ITEMS)
    accept: bool
    anyway: bool = False


class DecisionsSent(Said):
    """What becomes of some items, in this order, and why."""

    decisions: list[DecisionSent] = Field(min_length=1, max_length=MOST_ITEMS)
    comment: str = Field("", max_length=LONGEST_REASON)


class Refusal(Said):
    """An item that could not be decided, and why: in English, and as a code."""

    n: int
    why: str
    code: str


class Decided(Said):
    """The proposal as it is now, and what could not be decided."""

    proposal: ProposalSaid
    refused: list[Refusal]
