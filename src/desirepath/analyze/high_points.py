"""High points: what exceeds expectations, where the mood peaks, how the journey ends."""

from __future__ import annotations

from collections.abc import Iterable

from desirepath.analyze.basis import Basis
from desirepath.analyze.curve import scored_steps, the_end, turning_points
from desirepath.analyze.expectations import gap_finding, step_gaps
from desirepath.analyze.finding import Said, Section, section_of
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap
from desirepath.sentences.phrase import Phrase

NAME = "high_points"


def high_points(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Steps that give more than was expected, peaks of the mood, and the end of the journey."""
    basis = Basis(journey_map, evidence, quotes)
    few = len(scored_steps(basis)) < 2  # noqa: PLR2004 - a peak needs neighbors
    findings = (
        *(
            gap_finding(basis, gap, NAME, "A701", "keep")
            for gap in step_gaps(basis)
            if (gap.value or 0.0) > 0
        ),
        *turning_points(basis, NAME, "A702", "keep"),
        *the_end(basis, NAME, "A703"),
    )
    return section_of(NAME, findings, (Phrase("needs.scores"),) if few else ())
