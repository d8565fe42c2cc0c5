"""L08: a statement that no lane shows, or that says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.errors import did_you_mean
from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.refs import elements


class LaneNotListed(Rule):
    """A statement stands in a lane that `lanes` does not list, or it is empty.

    Posters show the lanes that are listed, in that order; the statement would be left out. An
    empty statement has no text, no value and no claim.
    """

    code = "L08"
    severity = "warning"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Statements without a listed lane or without content."""
        for element in elements(journey):
            if not isinstance(statement := element.part, Statement):
                continue
            if journey.lanes and statement.lane not in journey.lanes:
                message = f'the lane "{statement.lane}" is not listed, so the statement is not shown'
                hint = did_you_mean(statement.lane, journey.lanes).replace(
                    "Known names", "Listed lanes"
                )
                yield self.at(element, message, hint, "lane")
            values = (
                statement.text,
                statement.score,
                statement.duration,
                statement.share,
                statement.claim,
                statement.image,
            )
            if all(value is None for value in values):
                message = f'a statement in the lane "{statement.lane}" says nothing'
                yield self.at(
                    element,
                    message,
                    "Add a text, a score, a duration, a share or a claim, or delete it.",
                )
