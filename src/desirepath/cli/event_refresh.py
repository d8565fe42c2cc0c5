"""`desirepath events refresh`: keep an event store up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desirepath.cli.event_options import EventFiles, EventOptions, reads_events
from desirepath.cli.output import print_json

if TYPE_CHECKING:
    from desirepath.events.refresh import Refreshed


@reads_events
def command(
    store: Annotated[
        Path,
        typer.Argument(help="Folder of the event store; made where it is missing."),
    ],
    files: EventFiles = None,
    *,
    options: EventOptions,
    anew: Annotated[
        bool,
        typer.Option(
            "--anew", help="Read everything again; forget files that are gone."
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read only what is new into an event store: new files, and lines added to known ones.

    Give the store wherever events are expected. It remembers its files and options.
    """
    done = options.refresh(store, files, is_anew=anew)
    if as_json:
        from dataclasses import asdict

        print_json(asdict(done))
    else:
        for line in lines_of(done):
            print(line)
        print(f"{store} holds {done.events:,} events in {done.cases:,} cases.")


def lines_of(done: Refreshed) -> list[str]:
    """What a refresh did, one line each."""
    lines = []
    if done.why_whole:
        lines.append(f"Everything was read again: {done.why_whole}.")
    elif not done.is_new:
        lines.append("Nothing is new.")
    else:
        parts = [
            text
            for count, text in (
                (done.new_files, _counted(done.new_files, "new file")),
                (done.grown_files, f"{_counted(done.grown_files, 'file')} that grew"),
            )
            if count
        ]
        more = done.events - done.events_before
        lines.append(
            f"Read {' and '.join(parts)}: {more:+,} events, {_counted(done.touched_cases, 'case')} touched."
        )
    if done.unchanged_files and not done.why_whole:
        lines.append(
            f"Not read, since unchanged: {_counted(done.unchanged_files, 'file')}."
        )
    if done.gone_files and not done.why_whole:
        lines.append(
            f"No longer there, their events stay: {', '.join(done.gone_files)}."
        )
    if done.moved_files:
        lines.append(
            f"Known under another name, not read: {', '.join(done.moved_files)}."
        )
    return lines


def _counted(count: int, noun: str) -> str:
    """A number and its noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
