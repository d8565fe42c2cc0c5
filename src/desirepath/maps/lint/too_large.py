"""L06: a map too large to read on a wall."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.maps.lint.rule import LintFinding, Rule
from desirepath.maps.model import JourneyMap

MAX_STAGES = 7
MAX_STEPS = 12


class TooLarge(Rule):
    """More than seven stages or twelve steps.

    People in a room read about that many columns. Make an overview and put the detail into maps
    with `level: interaction`.
    """

    code = "L06"
    severity = "warning"

    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Whether there are too many stages or steps."""
        steps = len(journey.step_ids())
        if len(journey.stages) > MAX_STAGES:
            yield self.on(
                "map",
                ("stages",),
                f"{len(journey.stages)} stages are more than {MAX_STAGES}",
                "Join stages, or split the map in two.",
            )
        if steps > MAX_STEPS:
            yield self.on(
                "map",
                ("stages",),
                f"{steps} steps are more than {MAX_STEPS}",
                "Keep the steps that matter here and move detail to a map of its own (level: interaction).",
            )
