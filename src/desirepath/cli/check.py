"""`desirepath check`: every statement of a map held against events."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desirepath.cli.event_options import EventOptions, project_here, reads_events
from desirepath.cli.feedback_options import (
    WITHIN,
    FeedbackFiles,
    FeedbackWithin,
    days_of,
    read_files,
)
from desirepath.cli.output import OK, REFUTED, percent, print_json, print_table
from desirepath.cli.report_text import WORDS, measured, report_markdown

if TYPE_CHECKING:
    from desirepath.check.report import CheckReport
    from desirepath.maps.model import JourneyMap

SIGNS = {
    "confirmed": "✓ confirmed",
    "refuted": "✗ refuted",
    "mixed": "≠ mixed",
    "unknown": "? unknown",
    "stale": "⌛ stale",
    "untestable": "- untestable",
}
MAX_GAPS = 8


@reads_events
def command(
    map_file: Annotated[Path, typer.Argument(metavar="MAP", help="Map to check.")],
    *,
    options: EventOptions,
    events: Annotated[
        list[Path] | None,
        typer.Option(
            "--events", help="Event file, folder or recipe; give it again for several."
        ),
    ] = None,
    evidence_file: Annotated[
        Path | None,
        typer.Option(
            "--evidence", help="Evidence saved by measure, instead of events."
        ),
    ] = None,
    feedback: FeedbackFiles = None,
    feedback_within: FeedbackWithin = WITHIN,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Report as .md or .json, besides the table."),
    ] = None,
    false_discovery_rate: Annotated[
        float | None,
        typer.Option(
            help="Share of wrong verdicts accepted among the settled; else that of desirepath.toml, or 0.05."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as JSON instead.")
    ] = False,
) -> None:
    """Hold a map against events: confirmed, refuted, unknown.

    Leaves with 0 where nothing is refuted, 4 where something is, 3 on bad input.
    """
    from desirepath.check.verdicts import FALSE_DISCOVERY_RATE, check_map
    from desirepath.evidence.facts import read_evidence
    from desirepath.evidence.library import library_beside
    from desirepath.evidence.measure import measure_map
    from desirepath.maps.files import read_map

    if events is not None and evidence_file is not None:
        raise typer.BadParameter("give either --events or --evidence")
    if feedback and evidence_file is not None:
        raise typer.BadParameter("--feedback is joined to --events, not to --evidence")
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
            feedback=read_files(feedback),
            feedback_within_days=days_of(feedback_within),
            library=library_beside(map_file),
        )
    report = check_map(journey_map, evidence, false_discovery_rate=false_discovery_rate)
    if out is not None:
        _save(report, out)
    if as_json:
        print_json(report.to_dict())
    else:
        _show(report, journey_map)
    raise typer.Exit(REFUTED if report.count("refuted") else OK)


def _save(report: CheckReport, out: Path) -> None:
    import json

    from desirepath.errors import CheckError, Problem
    from desirepath.whole_files import write_whole

    if out.suffix not in (".md", ".json"):
        problem = Problem(
            "E420",
            f'a report cannot be written as "{out.suffix}"',
            str(out),
            "Use .md or .json.",
        )
        raise CheckError(problem)
    text = report_markdown(report)
    if out.suffix == ".json":
        text = json.dumps(report.to_dict(), ensure_ascii=False, indent=2) + "\n"
    try:
        write_whole(out, text.encode())
    except OSError as error:
        raise CheckError(
            Problem(
                "E422",
                f"the report cannot be written: {error.strerror}",
                str(out),
                "Choose a folder that exists and that you may write to.",
            )
        ) from error


def _show(report: CheckReport, journey_map: JourneyMap) -> None:
    names = {step.id: step.name for step in journey_map.steps()}
    names |= {stage.id: stage.name for stage in journey_map.stages}
    rows = [
        [
            SIGNS[verdict.verdict],
            names.get(verdict.step or verdict.stage, "map"),
            verdict.text or verdict.claim,
            measured(verdict),
            verdict.reason if verdict.verdict in ("unknown", "mixed") else "",
        ]
        for verdict in report.verdicts
        if not (verdict.is_implied and verdict.verdict == "confirmed")
    ]
    span = f", {report.window_from} to {report.window_to}" if report.window_from else ""
    print(
        f"{report.title}: {report.cases:,} cases of {report.customers:,} customers{span}"
    )
    print_table(
        "",
        ["verdict", "where", "statement or claim", "measured", "why"],
        rows,
    )
    counts = ", ".join(
        f"{report.count(word)} {word}" for word in WORDS if report.count(word)
    )
    implied = sum(
        one.is_implied and one.verdict == "confirmed" for one in report.verdicts
    )
    print(
        f"{counts}. Not listed: {implied} confirmed claims that the shape of the map makes."
    )
    _show_gaps(report, names)
    for note in report.notes:
        print(f"Note: {note}")


def _show_gaps(report: CheckReport, names: dict[str, str]) -> None:
    rows = [
        [
            gap.kind,
            gap.name,
            f"{percent(gap.share)} ({gap.cases:,} cases)",
            f"{gap.goal_difference * 100:+.0f} points"
            if gap.goal_difference is not None
            else "-",
            names.get(gap.after, gap.after),
        ]
        for gap in report.missing[:MAX_GAPS]
    ]
    if rows:
        rest = len(report.missing) - len(rows)
        title = "What customers do and the map does not show" + (
            f" ({rest} more)" if rest > 0 else ""
        )
        print_table(
            title, ["kind", "what", "customers", "reach the goal", "mostly after"], rows
        )
    for step, cases, high in report.dead:
        if cases:
            count = f"{cases:,} cases, at most {percent(high, 1)}"
            print(f"Hardly anybody does it: “{names[step]}” ({count}).")
        else:
            print(
                f"Never seen: “{names[step]}” (nobody does it, or it is not recorded)."
            )
