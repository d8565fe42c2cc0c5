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
    from desirepath.discover.discovery import Discovery

DAY = ["%Y-%m-%d"]
TERMINAL = Path("-")


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
        Path | None,
        typer.Option(
            help="File (.csv, .json) for all that was folded, joined or left out; - prints it."
        ),
    ] = None,
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

    _check_wishes(out if segment is None else None, ledger, force=force)
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
    prints_ledger = ledger == TERMINAL
    if segment is None:
        found = discover_maps(sequences, **wishes)
        written = _write({"": found}, out, ledger, force=force)
        if as_json:
            print_json(found.to_dict())
        else:
            print_discovery(found, written, with_ledger=prints_ledger)
        return
    parts = discover_by(sequences, segment, **wishes)
    drafts = dict(zip(parts.names, parts.drafts, strict=True))
    written = _write(drafts, out, ledger, force=force)
    if as_json:
        print_json(parts.to_dict())
    else:
        print_by(parts, written, with_ledger=prints_ledger)


def _write(
    drafts: dict[str, Discovery], out: Path, ledger: Path | None, *, force: bool
) -> list[Path]:
    """Write all maps, or none where one would replace what must not be lost; and the ledgers.

    Args:
        drafts: By what is added to the name of the file.
        out: File of the first map.
        ledger: File of the ledger.
        force: Replace maps.
    """
    from desirepath.discover.ledger_file import write_ledger
    from desirepath.maps.files import write_map

    paths = {
        _named(out, name, "" if not number else str(number + 1)): one
        for name, draft in drafts.items()
        for number, one in enumerate(draft.maps)
    }
    _check_targets(list(paths), force=force)
    for path, journey_map in paths.items():
        write_map(journey_map, path)
    if ledger is not None and ledger != TERMINAL:
        for name, draft in drafts.items():
            write_ledger(draft.ledger, _named(ledger, name))
    return list(paths)


def _named(path: Path, *parts: str) -> Path:
    """The path with parts added to its stem."""
    return path.with_stem("-".join(filter(None, [path.stem, *parts])))


def _check_wishes(out: Path | None, ledger: Path | None, *, force: bool) -> None:
    """Refuse what cannot be written before any event is read."""
    from desirepath.discover.ledger_file import check_suffix

    if out is not None:
        _check_targets([out], force=force)
    if ledger is not None and ledger != TERMINAL:
        check_suffix(ledger)


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
