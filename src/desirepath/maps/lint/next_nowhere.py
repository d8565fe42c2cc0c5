"""L09: a way on that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.errors import did_you_mean
from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap, Step
from desirepath.maps.refs import elements


class NextNowhere(Rule):
    """`next` names a step that the map does not have.

    The arrow has no end, and no move can be measured along it.
    """

    code = "L09"
    severity = "error"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Ways on to steps that are not there."""
        known = journey.step_ids()
        for element in elements(journey):
            if not isinstance(step := element.part, Step):
                continue
            for number, way in enumerate(step.next):
                if way.step not in known:
                    message = f'no step is called "{way.step}"'
                    hint = did_you_mean(way.step, known)
                    yield self.at(element, message, hint, "next", number, "step")
