"""An analysis: what to fix first, what to keep, and how sure that is."""

from __future__ import annotations

from dataclasses import replace

from desirepath.analyze.reading import analyze_map
from desirepath.evidence.groups import span_of
from desirepath.evidence.measure import measure_map
from desirepath.sentences.catalog import CATALOGS
from desirepath.steps import step
from desirepath.web.jobs.kinds.check import FALSE_DISCOVERY_RATE, quotes_of, trail_of
from desirepath.web.jobs.work import Parts, Work


def analyze(work: Work) -> Parts:
    """Findings of all readings, with the evidence they stand on and words of customers beside them."""
    sequences = work.sequences
    evidence = measure_map(
        work.journey_map,
        sequences,
        every=span_of(sequences),
        feedback=work.feedback,
        library=work.library,
    )
    quotes = quotes_of(work)
    project = work.project
    with step("reading the map in all ways"):
        report = analyze_map(
            work.journey_map,
            evidence,
            quotes=quotes.quotes,
            false_discovery_rate=project.false_discovery_rate if project else FALSE_DISCOVERY_RATE,
        )  # fmt: skip
    yield "findings", report.to_dict()
    for language in CATALOGS:  # for readers of maps in another language
        if language != report.language:
            yield f"findings:{language}", replace(report, language=language).to_dict()
    yield "evidence", evidence.to_dict()
    yield "quotes", quotes.to_dict()
    yield "trail", trail_of(work)
