"""What comments and proposals are about: a card of a map, or a finding, as people know it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desirepath.maps.edits.board import Board, Card
from desirepath.maps.refs import LABEL_LENGTH, score_words
from desirepath.web.talk.findings import Found

# finding:<snapshot>:<key>
FINDING = re.compile(r"finding:[\w-]{1,64}:[^\s\x00-\x1f]{1,200}")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What somebody speaks of.

    Attributes:
        ref: Ref of a card, or of a finding.
        label: Its name, title or text, cut; of a finding what it says.
        stage: Ref of the stage it stands in, "" for none.
        is_gone: Whether it is no longer on the map, or not found by the newest analysis.
        finding: The finding; None for a card, and where it must not be told.
    """

    ref: str
    label: str
    stage: str
    is_gone: bool
    finding: Found | None = None


def spoken_of(board: Board, ref: str) -> Spoken | None:
    """The card a ref names, None where it names nothing that ever stood on the map."""
    card = board.cards.get(ref)
    if card is None:
        return None
    return Spoken(ref, card_label(card), stage_of(board, ref), not board.is_shown(ref))


def card_label(card: Card) -> str:
    """Words for a card, as a person knows it.

    Examples:
        >>> from desirepath.maps.edits.board import Spot
        >>> card_label(Card("statement:mood", {"score": 1}, Spot("map", "a", "emotion")))
        'emotion +1'
    """
    told = (card.fields.get(name) for name in ("name", "title", "text"))
    words = next((one for one in told if isinstance(one, str) and one.strip()), "")
    if not words and card.kind == "statement":
        score = card.fields.get("score")
        told_score = score_words(score) if isinstance(score, int | float) else ""
        words = f"{card.spot.lane} {told_score}"
    words = " ".join((words or card.id).split())
    return words if len(words) <= LABEL_LENGTH else words[: LABEL_LENGTH - 1] + "…"


def stage_of(board: Board, ref: str) -> str:
    """Ref of the stage a card stands in, or is; "" for none."""
    while ref in board.cards:
        if ref.startswith("stage:"):
            return ref
        ref = board.cards[ref].spot.at
    return ""
