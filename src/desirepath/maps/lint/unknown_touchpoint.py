"""L02: a touchpoint nobody described."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.errors import did_you_mean
from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap, Step
from desirepath.maps.refs import elements


class UnknownTouchpoint(Rule):
    """A step names a touchpoint that the map does not list.

    Often a slip of the pen. The poster would show the bare id, and promise, channel and owner of
    the touchpoint would be missing.
    """

    code = "L02"
    severity = "error"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Touchpoints of steps that are not listed."""
        known = {touchpoint.id for touchpoint in journey.touchpoints}
        for element in elements(journey):
            if not isinstance(step := element.part, Step):
                continue
            for number, name in enumerate(step.touchpoints):
                if name not in known:
                    message = f'no touchpoint is called "{name}"'
                    hint = (
                        did_you_mean(name, known)
                        if known
                        else f"List it: touchpoints: [{{id: {name}, name: …}}]"
                    )
                    yield self.at(element, message, hint, "touchpoints", number)
