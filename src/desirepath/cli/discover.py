"""`desirepath discover`: draft maps from events."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desirepath.cli.event_options import (
    EventFiles,
    EventOptions,
    project_here,
    reads_events,
)
from desirepath.cli.output import print_json

if TYPE_CHECKING:
    from desirepath.maps.model import JourneyMap

DAY = ["%Y-%m-%d"]


@reads_events
def command(
    events: EventFiles = None,
    *,
    options: EventOptions,
    goal: Annotated[
        str | None,
        typer.Option(
            help='Activity that shows success, * is any letters; or several in order: "basket > pay".'
        ),
    ] = None,
    out: Annotated[
        Path, typer.Option("-o", "--out", help="File for the map; more get -2, -3, …")
    ] = Path("map.yaml"),
    title: Annotated[str | None, typer.Option(help="Title of the map.")] = None,
    maps: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=12,
            help="Kinds of journeys, a map for each; else as many as pay. 1: one map with branches.",
        ),
    ] = None,
    segment: Annotated[
        str | None,
        typer.Option(help="Column: a map for each of its values with 100 cases."),
    ] = None,
    steps: Annotated[
        int, typer.Option(min=3, max=30, help="Most steps on a map.")
    ] = 12,
    stages: Annotated[
        int | None, typer.Option(min=3, max=7, help="Stages; else the best number.")
    ] = None,
    words: Annotated[
        Path | None,
        typer.Option(
            help="YAML file, activity pattern: words for steps and stages; else that of desirepath.toml."
        ),
    ] = None,
    backstage: Annotated[
        list[str] | None,
        typer.Option(
            help="Activities of work behind the scenes, such as W_*; give it again for more."
        ),
    ] = None,
    backstage_where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN=VALUE|VALUE",
            help="Activities of which at least half of the rows hold one of these values are work behind the scenes.",
        ),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=DAY, metavar="DAY", help="Only cases that start then or later."
        ),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(
            formats=DAY, metavar="DAY", help="Only cases that start then or earlier."
        ),
    ] = None,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="List all that was folded or left out.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace maps that are already there.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all that was found as JSON.")
    ] = False,
) -> None:
    """Draft maps of the journeys customers really take, and say what they leave out."""
    from desirepath.cli.discover_report import print_by, print_discovery
    from desirepath.discover.by import Wishes, discover_by
    from desirepath.discover.draft import discover_maps
    from desirepath.discover.words import read_words

    if segment is None:
        _check_targets([out], force=force)
    if words is None and (project := project_here()) is not None:
        words = project.vocabulary
    wishes = Wishes(
        goal=goal,
        stages=stages,
        max_steps=steps,
        title=title,
        words=read_words(words) if words else None,
        backstage=backstage or (),
        since=since.date() if since else None,
        until=until.date() if until else None,
    )
    if maps is not None:
        wishes["maps"] = maps
    if segment is not None:
        options = options.keeping(events, segment)
    sequences, wishes["told"] = options.read_told(events, backstage_where or [])
    if segment is None:
        found = discover_maps(sequences, **wishes)
        written = _write({out: found.maps}, force=force)
        if as_json:
            print_json(found.to_dict())
            return
        print_discovery(found, written, with_ledger=ledger)
        return
    parts = discover_by(sequences, segment, **wishes)
    files = {
        out.with_stem(f"{out.stem}-{name}"): draft.maps
        for name, draft in zip(parts.names, parts.drafts, strict=True)
    }
    written = _write(files, force=force)
    if as_json:
        print_json(parts.to_dict())
        return
    print_by(parts, written, with_ledger=ledger)


def _write(files: dict[Path, tuple[JourneyMap, ...]], *, force: bool) -> list[Path]:
    """Write all maps, or none where one would replace what must not be lost."""
    from desirepath.maps.files import write_map

    paths = {
        first if not number else first.with_stem(f"{first.stem}-{number + 1}"): one
        for first, maps in files.items()
        for number, one in enumerate(maps)
    }
    _check_targets(list(paths), force=force)
    for path, journey_map in paths.items():
        write_map(journey_map, path)
    return list(paths)


def _check_targets(paths: list[Path], *, force: bool) -> None:
    """Refuse files that are there already, and always those that are no maps."""
    from desirepath.errors import CheckError, Problem
    from desirepath.maps.files import check_target

    for path in paths:
        if path.exists() and not force:
            problem = Problem(
                "E421",
                "a file is already here",
                str(path),
                "Name another with -o, or give --force.",
            )
            raise CheckError(problem)
        check_target(path)
