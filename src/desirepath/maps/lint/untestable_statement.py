"""L11: a pain or an expectation without a claim."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.refs import elements, part_label

TESTABLE_LANES = frozenset(
    {"pains", "expectations", "expectation", "promises", "promise"}
)


class UntestableStatement(Rule):
    """A pain, expectation or promise that nothing could refute, be it a statement or of a touchpoint.

    “It takes too long” cannot be wrong. “Half of the customers wait more than two days” can: give
    the statement a claim.
    """

    code = "L11"
    severity = "hint"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Pains, expectations and promises without a claim."""
        for element in elements(journey):
            if (
                isinstance(statement := element.part, Statement)
                and statement.lane in TESTABLE_LANES
                and statement.claim is None
                and statement.text
            ):
                yield self.at(
                    element,
                    f"nothing could refute “{part_label(statement)}”",
                    "Add a claim: claim: {share: {activity: search_empty, at_least: 20%}}",
                )
            elif isinstance(point := element.part, Touchpoint) and isinstance(
                point.promise, str
            ):
                yield self.at(
                    element,
                    f"nothing could refute the promise “{point.promise}”",
                    "Add a claim: promise: {text: …, claim: {time: {to: deliver, typical_at_most: 2d}}}",
                    "promise",
                )
