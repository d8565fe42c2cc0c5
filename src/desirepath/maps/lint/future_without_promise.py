"""L17: a future nobody could miss."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.refs import elements

PROMISE_LANES = frozenset({"promise", "promises", "expected effect"})


class FutureWithoutPromise(Rule):
    """A map of a future state without a promise or a claim.

    Nobody will be able to tell later whether that future has come.
    """

    code = "L17"
    severity = "warning"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Whether a future map promises nothing."""
        statements = [
            part
            for element in elements(journey)
            if isinstance(part := element.part, Statement)
        ]
        promises = any(
            one.claim is not None or one.lane in PROMISE_LANES for one in statements
        )
        kept = any(touchpoint.promise for touchpoint in journey.touchpoints)
        if journey.state == "future" and not (promises or kept):
            yield self.on(
                "map",
                ("state",),
                "the map shows a future but promises nothing",
                "Add what will be true then: {lane: promises, text: …, claim: {time: {to: …, typical_at_most: 2d}}}",
            )
