"""L05: a map without a trigger."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap


class NoTrigger(Rule):
    """The map does not say what sets the customer off.

    The trigger belongs to the customer's life, not to your channels: “my balcony looks bare”, not
    “sees our ad”.
    """

    code = "L05"
    severity = "hint"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Whether the trigger is missing."""
        if journey.trigger is None:
            yield self.on(
                "map",
                (),
                "the map does not say what sets the customer off",
                "Add what happens in the customer's life: trigger: my balcony looks bare",
            )
