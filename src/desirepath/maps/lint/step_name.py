"""L14: names too long to read or used twice."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap, Step
from desirepath.maps.refs import elements, part_label

MAX_LENGTH = 80


class StepName(Rule):
    """A step name of more than 80 characters, or two steps with one name.

    Long names shrink on the poster until nobody reads them; equal names cannot be told apart in a
    report.
    """

    code = "L14"
    severity = "warning"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Step names that are too long or repeated."""
        seen: set[str] = set()
        for element in elements(journey):
            if not isinstance(step := element.part, Step):
                continue
            if len(step.name) > MAX_LENGTH:
                message = f"the step name has {len(step.name)} characters: “{part_label(step)}”"
                hint = f"Say it in at most {MAX_LENGTH} characters and put the rest into a statement."
                yield self.at(element, message, hint, "name")
            name = " ".join(step.name.casefold().split())
            if name in seen:
                message = f"two steps are called “{part_label(step)}”"
                yield self.at(element, message, "Say how they differ.", "name")
            seen.add(name)
