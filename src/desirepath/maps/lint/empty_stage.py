"""L12: a stage without steps."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap, Stage
from desirepath.maps.refs import elements


class EmptyStage(Rule):
    """A stage in which the customer does nothing.

    It takes a column of the poster and nothing in it can be measured.
    """

    code = "L12"
    severity = "warning"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Stages without steps."""
        for element in elements(journey):
            if isinstance(stage := element.part, Stage) and not stage.steps:
                yield self.at(
                    element,
                    f"the stage “{stage.name}” has no steps",
                    "Add what the customer does there, or take the stage out.",
                    "steps",
                )
