"""`desirepath analyze`: what to fix first, what to keep, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desirepath.cli.event_options import (
    EventOptions,
    NamedEvents,
    SavedEvidence,
    check_one_source,
    project_here,
    reads_events,
)
from desirepath.cli.feedback_options import (
    WITHIN,
    FeedbackFiles,
    FeedbackWithin,
    days_of,
    read_files,
)
from desirepath.cli.output import print_json, print_table

if TYPE_CHECKING:
    from desirepath.analyze.finding import AnalysisReport, Finding, Section
    from desirepath.analyze.speech import Speech

MOST_ROWS = 6
FIRST, KEPT = 5, 3


@reads_events
def command(
    map_file: Annotated[Path, typer.Argument(metavar="MAP", help="Map to read.")],
    *,
    options: EventOptions,
    events: NamedEvents = None,
    evidence_file: SavedEvidence = None,
    feedback: FeedbackFiles = None,
    feedback_within: FeedbackWithin = WITHIN,
    quotes_file: Annotated[
        Path | None,
        typer.Option(
            "--quotes",
            help="Words of customers to stand beside findings, saved by desirepath feedback quotes.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", help="Report as .html, .md or .json, besides the tables."
        ),
    ] = None,
    false_discovery_rate: Annotated[
        float | None,
        typer.Option(
            help="Share of wrong findings accepted among the differences; else that of desirepath.toml, or 0.05."
        ),
    ] = None,
    rows: Annotated[
        int, typer.Option("--rows", min=0, help="Most findings of a section to list.")
    ] = MOST_ROWS,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as JSON instead.")
    ] = False,
) -> None:
    """Read a map in all ways: low points, waits, channels, promises, errors, high points.

    What to fix first stands at the top, by people affected times how bad it is for each.
    """
    from desirepath.analyze.reading import FALSE_DISCOVERY_RATE, analyze_map
    from desirepath.cli.touchpoint_text import COLUMNS, TOUCHPOINTS, touchpoint_row
    from desirepath.evidence.facts import read_evidence
    from desirepath.evidence.groups import span_of
    from desirepath.evidence.library import library_beside
    from desirepath.evidence.measure import measure_map
    from desirepath.evidence.quotes import read_quotes
    from desirepath.evidence.touchpoints import touchpoint_numbers
    from desirepath.maps.files import read_map
    from desirepath.render.exports.report_file import check_report_file, write_analysis

    check_one_source(events, evidence_file, feedback)
    if out is not None:
        check_report_file(out)
    if false_discovery_rate is None:
        project = project_here()
        false_discovery_rate = (
            project.false_discovery_rate if project else FALSE_DISCOVERY_RATE
        )
    journey_map = read_map(map_file)
    if evidence_file is not None:
        evidence = read_evidence(evidence_file)
    else:
        sequences = options.read(events)
        evidence = measure_map(
            journey_map,
            sequences,
            every=span_of(sequences),
            feedback=read_files(feedback),
            feedback_within_days=days_of(feedback_within),
            library=library_beside(map_file),
        )
    quotes = read_quotes(quotes_file).quotes if quotes_file is not None else ()
    report = analyze_map(
        journey_map,
        evidence,
        quotes=quotes,
        false_discovery_rate=false_discovery_rate,
    )
    if out is not None:
        write_analysis(report, out)
    if as_json:
        print_json(report.to_dict())
        return
    _show(report, rows)
    print_table(
        TOUCHPOINTS,
        COLUMNS,
        [touchpoint_row(one) for one in touchpoint_numbers(journey_map, evidence)],
    )
    if out is not None:
        print(f"Report: {out}")


def _show(report: AnalysisReport, rows: int) -> None:
    from desirepath.analyze.speech import Speech
    from desirepath.render.exports.report_markdown import about_words

    speech = Speech(report.language)
    print(f"{report.title}: {about_words(report, speech)}")
    print(f"\n{speech.key('report.first').upper()}")
    first = report.first(FIRST)
    for number, one in enumerate(first, 1):
        _card(number, one, report.also(one), speech)
    if not first:
        print(speech.key("report.first_none"))
    kept = report.first(KEPT, "keep")
    for key, more in (("times", report.times()), ("keep", kept)):
        if more:
            print(f"\n{speech.key(f'report.{key}').upper()}")
        for number, one in enumerate(more, 1):
            _card(number, one, report.also(one), speech)
    for section in report.sections:
        if section.findings:
            _section(section, rows, speech)
    _empty(report.sections, speech)
    for note in report.notes:
        print(speech.key("report.note", text=note))


def _card(number: int, one: Finding, also: Iterable[Finding], speech: Speech) -> None:
    from desirepath.render.exports.report_markdown import card_words

    print(f"{number}. {speech.say(one.words)}")
    print(f"   {card_words(one, speech)}")
    for quote in one.quotes:
        print(f"   “{' '.join(quote.split())}”")
    for other in also:
        print(f"   {speech.key('report.also')}: {speech.say(other.words)}")
    if one.warning:
        print(f"   {speech.say(one.warning)}")


def _section(section: Section, rows: int, speech: Speech) -> None:
    keys = ("what", "people", "effect", "sure")
    heads = [speech.key(f"report.{key}") for key in keys]
    cells = [
        [
            speech.say(one.words),
            speech.count(one.people),
            speech.effect(one),
            speech.how_sure(one),
        ]
        for one in section.findings[:rows]
    ]
    rest = len(section.findings) - len(cells)
    title = speech.say(section.title)
    if cells and rest > 0:
        title = speech.key("report.rest", title=section.title, count=rest)
    print()
    if cells:
        print_table(title, heads, cells)
    else:
        print(title)
    for need in section.needs:
        print(f"  {speech.key('report.needs')} {speech.say(need)}")


def _empty(sections: Iterable[Section], speech: Speech) -> None:
    """Sections without findings on few lines: those that found nothing, and what the others lack."""
    from desirepath.sentences.phrase import listed

    found = [one for one in sections if not one.findings]
    silent = [one.title for one in found if not one.needs]
    if silent:
        print(f"\n{speech.key('report.silent')} {speech.say(listed(silent))}.")
    lacking: dict[str, list[str]] = {}
    for one in found:
        for need in one.needs:
            lacking.setdefault(need, []).append(one.title)
    if lacking:
        print(f"\n{speech.key('report.lacking')}")
    for need, titles in lacking.items():
        print(f"  - {speech.say(listed(titles))}: {speech.say(need)}")
