"""L10: a goal that no event shows."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap


class NoSuccessEvent(Rule):
    """The goal has words but no event that means success.

    Which customers reach the goal cannot be told, so no step can be held against it.
    """

    code = "L10"
    severity = "warning"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Whether the goal lacks a success event."""
        if journey.goal is None:
            return
        # a row of activities such as "basket > pay" needs at least one of them
        if not any(one.strip(" >") for one in journey.goal.success_patterns):
            yield self.on(
                "map",
                ("goal",),
                "no event shows that the goal is reached",
                "Add the activity that means success: goal: {text: …, success: order_delivered}, or several in order: basket > pay",
            )
