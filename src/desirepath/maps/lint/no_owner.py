"""L04: a map nobody owns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap


class NoOwner(Rule):
    """Nobody is named who keeps the map true.

    Maps without an owner are printed once and never looked at again. On a map drafted from events
    it is a hint until a team takes it over.
    """

    code = "L04"
    severity = "warning"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Whether the owner is missing."""
        if journey.owner is None:
            found = self.on(
                "map",
                (),
                "nobody owns the map",
                "Add the person or team that keeps it true: owner: head-of-web",
            )
            yield replace(found, severity="hint") if journey.discovered else found
