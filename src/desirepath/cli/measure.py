"""`desirepath measure`: what events say about a map, saved as evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from desirepath.cli.among import Among, own_cases
from desirepath.cli.event_options import EventOptions, NamedEvents, reads_events
from desirepath.cli.feedback_options import (
    WITHIN,
    FeedbackFiles,
    FeedbackWithin,
    days_of,
    read_files,
)
from desirepath.cli.output import feeling, percent, print_json, print_table


@reads_events
def command(
    map_file: Annotated[Path, typer.Argument(metavar="MAP", help="Map to measure.")],
    *,
    options: EventOptions,
    events: NamedEvents = None,
    among: Among = None,
    feedback: FeedbackFiles = None,
    feedback_within: FeedbackWithin = WITHIN,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="File for the evidence.")
    ] = None,
    quotes: Annotated[
        Path | None,
        typer.Option(
            help="File for typical quotes of the feedback, apart from the evidence."
        ),
    ] = None,
    every: Annotated[
        Literal["day", "week", "month", "quarter"] | None,
        typer.Option(help="Measure each of these windows apart as well."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the evidence.")
    ] = False,
) -> None:
    """Measure what events say about a map and save it as evidence."""
    from desirepath.evidence.facts import write_evidence
    from desirepath.evidence.library import library_beside
    from desirepath.evidence.measure import measure_map
    from desirepath.maps.files import read_map

    journey_map = read_map(map_file)
    sequences = own_cases(journey_map, among, options.read(events))
    answers = read_files(feedback)
    if quotes is not None and answers is None:
        raise typer.BadParameter("--quotes needs --feedback")
    evidence = measure_map(
        journey_map,
        sequences,
        every=every,
        feedback=answers,
        feedback_within_days=days_of(feedback_within),
        library=library_beside(map_file),
    )
    if out is not None:
        write_evidence(evidence, out)
    if quotes is not None and answers is not None:
        from desirepath.evidence.quotes import choose_quotes, write_quotes

        within = days_of(feedback_within)
        chosen = choose_quotes(
            journey_map, sequences, answers, feedback_within_days=within
        )
        write_quotes(chosen, quotes)
    if as_json:
        print_json(evidence.to_dict())
        return
    rows = []
    for step in journey_map.steps():
        reach = evidence.find(f"step:{step.id}", "reach")
        left = evidence.find(f"step:{step.id}", "drop_off")
        goal = evidence.find(f"step:{step.id}", "goal")
        cells = [percent(fact.value) if fact else "-" for fact in (reach, left, goal)]
        score = evidence.find(f"step:{step.id}", "score", target="emotion")
        felt = [feeling(score.value, score.low, score.high, score.n) if score else "-"]
        rows.append(
            [
                step.name,
                *cells,
                f"{reach.n:,}" if reach else "-",
                *(felt if feedback else []),
            ]
        )
    print_table(
        f"{journey_map.title}: {evidence.cases:,} cases, {evidence.window_from} to {evidence.window_to}",
        [
            "step",
            "reached by",
            "end here",
            "reach the goal",
            "n",
            *(["feeling, -2 to +2"] if feedback else []),
        ],
        rows,
    )
    for name, text in evidence.sources.items():
        if name.startswith(("feedback ", "scores ")):
            print(f"{name[:1].upper()}{name[1:]}: {text}")
    if out is not None:
        print(f"Evidence with {len(evidence.facts):,} facts: {out}")
