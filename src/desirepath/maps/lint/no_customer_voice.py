"""L13: a map that only the company wrote."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.refs import elements


class NoCustomerVoice(Rule):
    """Every source is staff, management or a language model.

    Such a map shows what the company thinks of its customers. Talk to some of them, or use what
    they did: sources of kind `customer` and `data` count.
    """

    code = "L13"
    severity = "warning"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Whether customers and data are missing among the sources."""
        kinds = {
            statement.source.kind
            for element in elements(journey)
            if isinstance(statement := element.part, Statement) and statement.source
        }
        if kinds and not kinds & {"customer", "data"}:
            yield self.on(
                "map",
                (),
                f"no statement comes from customers or data, only from {' and '.join(sorted(kinds))}",
                "Ask customers or look at what they did, and note it: source: {kind: customer, by: interviews}",
            )
