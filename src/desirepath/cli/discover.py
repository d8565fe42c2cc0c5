"""`desirepath discover`: a draft map from events."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desirepath.cli.event_options import EventFiles, EventOptions, reads_events
from desirepath.cli.output import percent, print_json, print_table

if TYPE_CHECKING:
    from desirepath.discover.draft import Discovery


@reads_events
def command(
    events: EventFiles = None,
    *,
    options: EventOptions,
    goal: Annotated[
        str | None, typer.Option(help="Activity that shows success; * is any letters.")
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="File for the map.")] = Path(
        "map.yaml"
    ),
    title: Annotated[str | None, typer.Option(help="Title of the map.")] = None,
    kinds: Annotated[
        int | None,
        typer.Option(min=1, max=12, help="Kinds of journeys; else as many as pay."),
    ] = None,
    all_kinds: Annotated[
        bool,
        typer.Option("--all-kinds", help="Write a map for each kind: map-2.yaml, …"),
    ] = False,
    steps: Annotated[
        int, typer.Option(min=3, max=30, help="Most steps on a map.")
    ] = 12,
    stages: Annotated[
        int | None, typer.Option(min=3, max=7, help="Stages; else the best number.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a map that is already there.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was found as JSON.")
    ] = False,
) -> None:
    """Draft a map of the journeys customers really take, and say what it leaves out."""
    from desirepath.discover.draft import discover_maps
    from desirepath.errors import CheckError, Problem
    from desirepath.maps.files import write_map

    if out.exists() and not force:
        problem = Problem(
            "E421",
            "a file is already here",
            str(out),
            "Name another with -o, or give --force.",
        )
        raise CheckError(problem)
    sequences = options.read(events)
    found = discover_maps(
        sequences, goal=goal, kinds=kinds, stages=stages, max_steps=steps, title=title
    )
    written = [out]
    write_map(found.best, out)
    for number, journey_map in enumerate(found.maps[1:] if all_kinds else (), start=2):
        written.append(out.with_stem(f"{out.stem}-{number}"))
        write_map(journey_map, written[-1])
    if as_json:
        print_json(found.to_dict())
        return
    _show(found, written)


def _show(found: Discovery, written: list[Path]) -> None:
    rows = []
    for number, (journey_map, way, near) in enumerate(
        zip(found.maps, found.ways, found.near, strict=True), start=1
    ):
        names = " > ".join(step.name for step in journey_map.steps())
        nearest = f"{way.cases:,} ({percent(way.cases / found.cases)})"
        rows.append(
            [str(number), nearest, percent(near.near_cases / found.cases), names]
        )
    of = (
        f" of {found.all_cases:,}, those that reach the goal"
        if found.cases < found.all_cases
        else ""
    )
    print_table(
        f"Kinds of journeys among {found.cases:,} cases{of}",
        ["kind", "nearest to it", "within a quarter of its steps", "steps"],
        rows,
    )
    part = found.best.discovered
    if part is not None and part.left_out:
        left = ", ".join(f"{one.name} ({one.share})" for one in part.left_out[:10])
        more = len(part.left_out) - 10
        print(
            f"Left out of the first map: {left}"
            + (f" and {more} more." if more > 0 else ".")
        )
    print(f"Written: {', '.join(str(path) for path in written)}")
