"""What departments say apart of each card: the newest round that was revealed of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from desirepath.web.workshop.results import Apart, Result, result_of
from desirepath.web.workshop.votes import Measure, Vote, Votes

MOST_ROUNDS = 64


@dataclass(frozen=True, slots=True)
class OfCard:
    """How far departments lie apart about one card.

    Attributes:
        ref: The card.
        vote: Id of the round.
        revealed_us: When it was revealed, microseconds since 1970 UTC.
        measure: What the scores say.
        apart: The departments.
    """

    ref: str
    vote: str
    revealed_us: int
    measure: Measure
    apart: Apart


class Rounds:
    """Rounds of departments that were revealed; what they say never changes, so it is kept at hand.

    Args:
        votes: All votes.
    """

    def __init__(self, votes: Votes) -> None:
        self._votes = votes
        self._result = lru_cache(MOST_ROUNDS)(self._read)

    def of_cards(self, map_id: str) -> tuple[OfCard, ...]:
        """Each card of a map of which at least two departments spoke, by its newest round."""
        found: dict[str, OfCard] = {}
        every = self._votes.all(map_id)
        for vote in sorted(every, key=lambda one: -one.revealed_us):
            if vote.is_shown and vote.asked.kind == "apart":
                for one in self._cards(vote):
                    found.setdefault(one.ref, one)
        return tuple(found.values())

    def _cards(self, vote: Vote) -> Iterator[OfCard]:
        refs = {one.key: one.ref for one in vote.asked.options}
        for one in self._result(vote.map, vote.id).apart:
            if refs[one.key]:
                yield OfCard(
                    refs[one.key], vote.id, vote.revealed_us, vote.asked.measure, one
                )

    def _read(self, map_id: str, vote_id: str) -> Result:
        vote = self._votes.get(map_id, vote_id)
        return result_of(vote.asked, self._votes.ballots(vote))
