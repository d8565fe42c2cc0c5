"""L16: two steps shown by the very same events."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import EventPattern, JourneyMap, Step
from desirepath.maps.refs import elements


class SameEvents(Rule):
    """Two steps name exactly the same event pattern.

    The events cannot tell the steps apart; which of them a customer is in is then decided by order
    alone.
    """

    code = "L16"
    severity = "warning"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Patterns that a step before already names."""
        first: dict[EventPattern, str] = {}
        for element in elements(journey):
            if not isinstance(step := element.part, Step):
                continue
            for number, pattern in enumerate(step.events):
                earlier = first.setdefault(pattern, step.id)
                if earlier != step.id:
                    message = f'the steps "{earlier}" and "{step.id}" are shown by the same events: {pattern.activity}'
                    hint = "Use a narrower pattern or a channel for one of them."
                    yield self.at(element, message, hint, "events", number)
