"""L03: a map without a goal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap


class NoGoal(Rule):
    """The map does not say what the customer wants.

    Without a goal nobody can tell whether the journey succeeds, and the check cannot say which
    steps cost customers. On a map drafted from events it is a hint: only people can know the goal.
    """

    code = "L03"
    severity = "warning"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Whether the goal is missing."""
        if journey.goal is None:
            found = self.on(
                "map",
                (),
                "the map does not say what the customer wants",
                "Add: goal: {text: …, success: EVENT}",
            )
            yield replace(found, severity="hint") if journey.discovered else found
