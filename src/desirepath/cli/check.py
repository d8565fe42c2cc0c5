"""`desirepath check`: every statement of a map held against events."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desirepath.cli.among import Among, own_cases
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
from desirepath.cli.output import OK, REFUTED, print_json

if TYPE_CHECKING:
    from datetime import date

    from desirepath.check.report import CheckReport
    from desirepath.project import Project

FOLDER = "checks"


@reads_events
def command(
    map_file: Annotated[Path, typer.Argument(metavar="MAP", help="Map to check.")],
    *,
    options: EventOptions,
    events: NamedEvents = None,
    evidence_file: SavedEvidence = None,
    among: Among = None,
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
    since_report: Annotated[
        Path | None,
        typer.Option(
            help="Earlier report as .json, to see what has moved since; else the one kept by --save."
        ),
    ] = None,
    save: Annotated[
        bool,
        typer.Option(
            "--save", help="Keep the report in the project, for the next check."
        ),
    ] = False,
    today: Annotated[
        str | None,
        typer.Option(
            help="Day of the check, from which the age of the evidence counts: 2024-08-01."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as JSON instead.")
    ] = False,
) -> None:
    """Hold a map against events: confirmed, refuted, unknown, stale; what is missed, what to find out.

    Leaves with 0 where nothing is refuted, 4 where the newest evidence refutes something, 3 on bad
    input.
    """
    from desirepath.check.verdicts import FALSE_DISCOVERY_RATE, check_map
    from desirepath.cli.check_sections import show_report
    from desirepath.evidence.facts import read_evidence
    from desirepath.evidence.library import library_beside
    from desirepath.evidence.measure import measure_map
    from desirepath.evidence.newest import measure_after
    from desirepath.maps.files import read_map

    check_one_source(events, evidence_file, feedback)
    if among and evidence_file is not None:
        raise typer.BadParameter("--among chooses from --events, not from --evidence")
    project = project_here()
    if false_discovery_rate is None:
        false_discovery_rate = (
            project.false_discovery_rate if project else FALSE_DISCOVERY_RATE
        )
    day = _day(today) or (project.today if project else None)
    journey_map = read_map(map_file)
    stored = _store(project, journey_map.id)
    earlier = _earlier(since_report, stored, journey_map.id)
    library = library_beside(map_file)
    newest = None
    if evidence_file is not None:
        evidence = read_evidence(evidence_file)
    else:
        sequences = own_cases(journey_map, among, options.read(events))
        answers = read_files(feedback)
        within_days = days_of(feedback_within)
        evidence = measure_map(
            journey_map,
            sequences,
            feedback=answers,
            feedback_within_days=within_days,
            library=library,
            readings=False,
        )
        newest = measure_after(
            journey_map,
            sequences,
            earlier.window_to if earlier else "",
            feedback=answers,
            feedback_within_days=within_days,
        )
    report = check_map(
        journey_map,
        evidence,
        false_discovery_rate=false_discovery_rate,
        earlier=earlier,
        newest=newest,
        today=day,
        smallest=project.smallest if project else None,
        items=library.items,
    )
    if out is not None:
        _save(report, out)
    if save:
        _keep(report, stored)
    if as_json:
        print_json(report.to_dict())
    else:
        show_report(report, journey_map, map_file)
    raise typer.Exit(REFUTED if report.is_refuted else OK)


def _day(text: str | None) -> date | None:
    """Day of the clock that is passed in.

    Raises:
        CheckError: E405 if the day is none.
    """
    from datetime import date

    from desirepath.errors import CheckError, Problem

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        what = f'"{text}" is not a day'
        problem = Problem("E405", what, "--today", "Write a day such as 2024-08-01.")
        raise CheckError(problem) from None


def _store(project: Project | None, map_id: str) -> Path | None:
    """File in which the project keeps the last check of a map."""
    if project is None:
        return None
    name = re.sub(r"[^\w.-]+", "-", map_id).strip(".") or "map"
    return project.path.parent / FOLDER / f"{name}.json"


def _earlier(
    given: Path | None, stored: Path | None, map_id: str
) -> CheckReport | None:
    """The check to compare with: as given, else the one the project keeps."""
    from desirepath.check.saved import read_report

    if given is not None:
        return read_report(given)
    if stored is None or not stored.is_file():
        return None
    report = read_report(stored)
    return report if report.map_id == map_id else None


def _save(report: CheckReport, out: Path) -> None:
    from desirepath.check.saved import write_report
    from desirepath.cli.report_text import report_markdown
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
    if out.suffix == ".json":
        write_report(report, out)
        return
    try:
        write_whole(out, report_markdown(report).encode())
    except OSError as error:
        raise CheckError(
            Problem(
                "E422",
                f"the report cannot be written: {error.strerror}",
                str(out),
                "Choose a folder that exists and that you may write to.",
            )
        ) from error


def _keep(report: CheckReport, stored: Path | None) -> None:
    """Keep the report as the last check of the project.

    Raises:
        CheckError: E406 if there is no project to keep the check in.
    """
    from desirepath.check.saved import write_report
    from desirepath.errors import CheckError, Problem

    if stored is None:
        what = "there is no project to keep the check in"
        hint = "Make a desirepath.toml, or use -o FILE.json now and --since-report FILE.json next time."
        raise CheckError(Problem("E406", what, "--save", hint))
    write_report(report, stored)
