"""A map read in all ways, with the differences corrected for how many were asked. Finds nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from desirepath.analyze.finding import (
    Analysis,
    AnalysisReport,
    Finding,
    Said,
    Section,
    by_weight,
)
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap
from desirepath.stats.multiple import benjamini_hochberg

FALSE_DISCOVERY_RATE = 0.05

# In the order of the report; each analysis is a file of its own.
ANALYSES: tuple[Analysis, ...] = ()


def analyze_map(
    journey_map: JourneyMap,
    evidence: Evidence,
    *,
    quotes: Iterable[Said] = (),
    false_discovery_rate: float = FALSE_DISCOVERY_RATE,
) -> AnalysisReport:
    """What to fix, what to keep and how sure that is: every analysis in one report.

    Differences that chance may have made are dropped: the rate of wrong ones among those shown is
    held at `false_discovery_rate` over the whole report.

    Args:
        journey_map: The map.
        evidence: What was measured of it, from `measure_map`.
        quotes: Words of customers to stand beside the findings.
        false_discovery_rate: Share of wrong findings accepted among the differences.
    """
    said = tuple(quotes)
    drafts = [analysis(journey_map, evidence, quotes=said) for analysis in ANALYSES]
    sections, tested, dropped = corrected(drafts, false_discovery_rate)
    return AnalysisReport(
        map_id=journey_map.id,
        title=journey_map.title,
        sections=sections,
        cases=evidence.cases,
        customers=evidence.customers,
        events=evidence.events,
        window_from=evidence.window_from,
        window_to=evidence.window_to,
        false_discovery_rate=false_discovery_rate,
        tested=tested,
        dropped=dropped,
    )


def corrected(
    sections: Sequence[Section], false_discovery_rate: float
) -> tuple[tuple[Section, ...], int, int]:
    """Sections with the differences that hold over all of them, tested count, dropped count.

    Args:
        sections: Sections with every difference they tested.
        false_discovery_rate: Share of wrong findings accepted among the differences.
    """
    tested = [
        (place, one)
        for place, section in enumerate(sections)
        for one in section.findings
        if one.p is not None
    ]
    adjusted = benjamini_hochberg(
        [one.p if one.p is not None else np.nan for _, one in tested]
    )
    kept: list[list[Finding]] = [
        [one for one in section.findings if one.p is None] for section in sections
    ]
    dropped = 0
    for (place, one), p in zip(tested, adjusted.tolist(), strict=True):
        if p <= false_discovery_rate:
            kept[place].append(replace(one, p_adjusted=p))
        else:
            dropped += 1
    shown = tuple(
        replace(section, findings=tuple(by_weight(findings)))
        for section, findings in zip(sections, kept, strict=True)
    )
    return shown, len(tested), dropped
