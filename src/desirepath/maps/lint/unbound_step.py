"""L01: a step that no event shows."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap, Step
from desirepath.maps.refs import elements


class UnboundStep(Rule):
    """A step without events cannot be measured.

    The check can say nothing of it: not how many customers come here, not how long they wait. Name
    the events that show the step, or use it knowingly as a step that happens out of sight.
    """

    code = "L01"
    severity = "warning"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Steps without events."""
        for element in elements(journey):
            if isinstance(step := element.part, Step) and not step.events:
                yield self.at(
                    element,
                    f"no events show the step “{step.name}”",
                    'Name the events that mean it: events: [{activity: "search*"}]',
                )
