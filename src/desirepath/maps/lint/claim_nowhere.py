"""L18: a claim about a step that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.errors import did_you_mean
from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap
from desirepath.maps.statements import placed_claims


class ClaimNowhere(Rule):
    """A claim names a step that the map does not have.

    `order` and `next` claims speak of another step of the same map; this one cannot be measured. That holds
    for claims of personas and of promises of touchpoints as well.
    """

    code = "L18"
    severity = "error"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Claims that name steps that are not there."""
        known = journey.step_ids()
        for ref, path, claim in placed_claims(journey):
            order, way = claim.order, claim.next
            named = (
                ("order", "after", order.after if order else None),
                ("next", "step", way.step if way else None),
            )
            for kind, key, name in named:
                if name is not None and name not in known:
                    message = f'a claim speaks of the step "{name}", which is not there'
                    hint = did_you_mean(name, known)
                    yield self.on(ref, (*path, "claim", kind, key), message, hint)
