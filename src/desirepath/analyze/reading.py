"""A map read in all ways, with the differences corrected for how many were asked. Finds nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from desirepath.analyze.bad_times import bad_times
from desirepath.analyze.basis import Basis
from desirepath.analyze.channel_switches import channel_transitions
from desirepath.analyze.consistency import consistency
from desirepath.analyze.content import content
from desirepath.analyze.drop_off import drop_off
from desirepath.analyze.effectiveness import effectiveness
from desirepath.analyze.expectations import unmet_expectations
from desirepath.analyze.finding import (
    Analysis,
    AnalysisReport,
    Finding,
    Said,
    Section,
    in_order,
)
from desirepath.analyze.high_points import high_points
from desirepath.analyze.low_points import low_points
from desirepath.analyze.moments import right_moment
from desirepath.analyze.moments_of_truth import moments_of_truth
from desirepath.analyze.segments import segments
from desirepath.analyze.service_flaws import service_flaws
from desirepath.analyze.time_spent import time_spent
from desirepath.analyze.touchpoints import unnecessary_touchpoints
from desirepath.analyze.voices import voices
from desirepath.analyze.ways import choice_of_way
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap
from desirepath.stats.multiple import benjamini_hochberg

FALSE_DISCOVERY_RATE = 0.05
LEAST_WEIGHT = 0.1

# In the order of the report; each analysis is a file of its own.
ANALYSES: tuple[Analysis, ...] = (
    unmet_expectations,
    unnecessary_touchpoints,
    low_points,
    channel_transitions,
    time_spent,
    moments_of_truth,
    high_points,
    drop_off,
    effectiveness,
    consistency,
    segments,
    bad_times,
    choice_of_way,
    right_moment,
    content,
    voices,
    service_flaws,
)


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
    if said:
        basis = Basis(journey_map, evidence, said)
        sections = tuple(_quoted(section, basis) for section in sections)
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
        language=journey_map.language,
    )


def _quoted(section: Section, basis: Basis) -> Section:
    """The section with words of customers beside every finding that has none of its own."""
    findings = (
        one if one.quotes else replace(one, quotes=basis.quotes(one.subject, one.kind))
        for one in section.findings
    )
    return replace(section, findings=tuple(findings))


def corrected(
    sections: Sequence[Section], false_discovery_rate: float
) -> tuple[tuple[Section, ...], int, int]:
    """Sections with the differences that hold, tested count, dropped count.

    The p-values are corrected twice, over the report and over the section, and the larger one counts:
    a section that asks much and finds nothing is not carried by the clear findings of another.

    Args:
        sections: Sections with every difference they tested.
        false_discovery_rate: Share of wrong findings accepted among the differences.
    """
    whole = iter(_adjusted([one for section in sections for one in section.findings]))
    tested = dropped = 0
    shown = []
    for section in sections:
        kept: list[Finding] = []
        for one, own in zip(section.findings, _adjusted(section.findings), strict=True):
            p = max(next(whole), own)
            if one.p is None:
                kept.append(one)
                continue
            tested += 1
            if p <= false_discovery_rate:
                kept.append(_careful(replace(one, p_adjusted=p)))
            else:
                dropped += 1
        shown.append(replace(section, findings=tuple(in_order(kept))))
    return tuple(shown), tested, dropped


def _careful(one: Finding) -> Finding:
    """The finding as heavy as it is at least: by the end of its interval that lies nearer to nothing."""
    if not one.value or one.low is None or one.high is None:
        return one
    near = one.low if one.value > 0 else -one.high
    factor = min(max(near / abs(one.value), LEAST_WEIGHT), 1.0)
    return replace(one, severity=one.severity * factor)


def _adjusted(findings: Sequence[Finding]) -> list[float]:
    """Adjusted p-values; 1 for descriptions, which nothing is asked of."""
    p = [np.nan if one.p is None else one.p for one in findings]
    return list(np.nan_to_num(benjamini_hochberg(p), nan=1.0).tolist())
