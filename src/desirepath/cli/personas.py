"""`desirepath personas`: whom the personas of a map stand for, how they fare, and which one comes first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desirepath.cli.event_options import (
    EventOptions,
    NamedEvents,
    SavedEvidence,
    check_one_source,
    reads_events,
)
from desirepath.cli.feedback_options import (
    WITHIN,
    FeedbackFiles,
    FeedbackWithin,
    days_of,
    read_files,
)
from desirepath.cli.output import OK, print_json, print_table

if TYPE_CHECKING:
    from desirepath.check.persona_ranks import PersonaReport
    from desirepath.check.report import CheckReport
    from desirepath.discover.behavior import Proposal
    from desirepath.events.sequences import Sequences
    from desirepath.maps.model import JourneyMap


@reads_events
def command(
    map_file: Annotated[Path, typer.Argument(metavar="MAP", help="Map with personas.")],
    *,
    options: EventOptions,
    events: NamedEvents = None,
    evidence_file: SavedEvidence = None,
    feedback: FeedbackFiles = None,
    feedback_within: FeedbackWithin = WITHIN,
    propose: Annotated[
        str,
        typer.Option(
            help="Propose kinds of customers by what they do: auto, or how many."
        ),
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as JSON instead.")
    ] = False,
) -> None:
    """Say whom each persona stands for, how they fare, and which one to look at first."""
    from desirepath.check.persona_ranks import rank_personas
    from desirepath.check.verdicts import check_map
    from desirepath.evidence.facts import read_evidence
    from desirepath.evidence.measure import measure_map
    from desirepath.maps.files import read_map

    check_one_source(events, evidence_file, feedback)
    if propose and evidence_file is not None:
        raise typer.BadParameter("--propose needs --events")
    if propose and propose != "auto" and not propose.isdigit():
        raise typer.BadParameter("--propose takes auto or a number of kinds")
    journey_map = read_map(map_file)
    proposal: Proposal | None = None
    if evidence_file is not None:
        evidence = read_evidence(evidence_file)
    else:
        sequences = options.read(events)
        evidence = measure_map(
            journey_map,
            sequences,
            feedback=read_files(feedback),
            feedback_within_days=days_of(feedback_within),
        )
        proposal = _propose(propose, journey_map, sequences) if propose else None
    report = rank_personas(journey_map, evidence)
    if as_json:
        data = report.to_dict()
        data["proposal"] = proposal.to_dict() if proposal else None
        print_json(data)
    else:
        _show(report, check_map(journey_map, evidence), journey_map)
        _show_proposal(proposal, journey_map)
    raise typer.Exit(OK)


def _propose(propose: str, journey_map: JourneyMap, sequences: Sequences) -> Proposal:
    import numpy as np

    from desirepath.discover.behavior import MOST, SEED, propose_kinds

    kinds = None if propose == "auto" else int(propose)
    if kinds is not None and not 1 < kinds <= 2 * MOST:
        raise typer.BadParameter(f"--propose takes auto, or 2 to {2 * MOST}")
    rng = np.random.default_rng(SEED)
    return propose_kinds(journey_map, sequences, rng, kinds=kinds)


def _show(report: PersonaReport, checked: CheckReport, journey_map: JourneyMap) -> None:
    from desirepath.cli import personas_text as text
    from desirepath.cli.report_text import persona_counts

    print(f"{report.title}: {report.cases:,} cases of {report.customers:,} customers")
    if not report.rows:
        print("No persona is described in the map or its project folder.")
        return
    print_table("", text.COLUMNS, [text.row(one) for one in report.rows])
    for line in text.remarks(report):
        print(line)
    rows = text.statement_rows(checked, journey_map)
    headers = ["persona", "where", "statement", "verdict", "measured among them"]
    print_table("Statements about one persona", headers, rows)
    counts = persona_counts(checked.personas)
    if counts:
        print(counts)


def _show_proposal(proposal: Proposal | None, journey_map: JourneyMap) -> None:
    from desirepath.cli.personas_text import proposal_lines

    if proposal is not None:
        for line in proposal_lines(proposal, journey_map):
            print(line)
