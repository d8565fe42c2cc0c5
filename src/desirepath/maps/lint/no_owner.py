"""L04: a map nobody owns."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap


class NoOwner(Rule):
    """Nobody is named who keeps the map true.

    Maps without an owner are printed once and never looked at again.
    """

    code = "L04"
    severity = "warning"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Whether the owner is missing."""
        if journey.owner is None:
            yield self.on(
                "map",
                (),
                "nobody owns the map",
                "Add the person or team that keeps it true: owner: head-of-web",
            )
