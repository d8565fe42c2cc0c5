"""L15: a touchpoint no step uses."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap
from desirepath.maps.refs import elements


class UnusedTouchpoint(Rule):
    """A touchpoint is listed and no step happens there.

    Either a step is missing or the touchpoint is.
    """

    code = "L15"
    severity = "hint"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Touchpoints that no step uses."""
        used = {name for step in journey.steps() for name in step.touchpoints}
        for element in elements(journey):
            if isinstance(point := element.part, Touchpoint) and point.id not in used:
                yield self.at(
                    element,
                    f"no step uses the touchpoint “{point.name}”",
                    f"Name it in a step: touchpoints: [{point.id}], or take it out.",
                )
