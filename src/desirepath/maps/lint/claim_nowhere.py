"""L18: a claim about a step that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.errors import did_you_mean
from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.refs import elements


class ClaimNowhere(Rule):
    """A claim names a step that the map does not have.

    `order` and `next` claims speak of another step of the same map; this one cannot be measured.
    """

    code = "L18"
    severity = "error"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Claims that name steps that are not there."""
        known = journey.step_ids()
        for element in elements(journey):
            if (
                not isinstance(statement := element.part, Statement)
                or not statement.claim
            ):
                continue
            order, way = statement.claim.order, statement.claim.next
            named = (
                ("order", "after", order.after if order else None),
                ("next", "step", way.step if way else None),
            )
            for kind, key, name in named:
                if name is not None and name not in known:
                    message = f'a claim speaks of the step "{name}", which is not there'
                    hint = did_you_mean(name, known)
                    yield self.at(element, message, hint, "claim", kind, key)
