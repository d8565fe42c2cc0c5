"""`desirepath compare`: what got better, what got worse, and where there is no sign."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desirepath.cli.event_options import (
    EventOptions,
    NamedEvents,
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
from desirepath.cli.flow import share_of
from desirepath.cli.output import FINDINGS, OK, REFUTED, print_json, print_table
from desirepath.cli.saving import save

if TYPE_CHECKING:
    from desirepath.cli.compare_sides import Maps
    from desirepath.track.business import BusinessChange
    from desirepath.track.report import Comparison
    from desirepath.track.sided import CompareOptions

EVIDENCE = b'"desirepath/evidence/'
PEEK_BYTES = 400


@reads_events
def command(
    first: Annotated[
        Path, typer.Argument(metavar="A", help="Map, or evidence saved by measure.")
    ],
    second: Annotated[
        Path | None,
        typer.Argument(metavar="[B]", help="Later map, or later evidence."),
    ] = None,
    *,
    options: EventOptions,
    events: NamedEvents = None,
    split: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Compare cases that start before this day with those from it on.",
        ),
    ] = None,
    before: Annotated[
        str, typer.Option(help="First window, DATE..DATE, both days in it; UTC.")
    ] = "",
    after: Annotated[str, typer.Option(help="Second window, DATE..DATE.")] = "",
    against: Annotated[
        str,
        typer.Option(
            "--against",
            "--with",
            help="Hold --segment name=value against this one: device=desktop.",
        ),
    ] = "",
    control: Annotated[
        str,
        typer.Option(
            help="Cases that nothing was done to, name=value; judged is the change beyond theirs."
        ),
    ] = "",
    changes: Annotated[
        Path | None,
        typer.Option(
            help="What was changed in the business and when; else changes.yaml beside desirepath.toml."
        ),
    ] = None,
    map_file: Annotated[
        Path | None,
        typer.Option("--map", help="Map of two evidence files, for names and lanes."),
    ] = None,
    smallest: Annotated[
        str, typer.Option(help="Smallest change of a share that matters.")
    ] = "5%",
    smallest_time: Annotated[
        str, typer.Option(help="Smallest change of a time that matters.")
    ] = "20%",
    smallest_score: Annotated[
        float, typer.Option(help="Smallest change of a feeling that matters.")
    ] = 0.3,
    watch: Annotated[
        bool,
        typer.Option(
            "--watch",
            help="For a comparison that is looked at again and again: wider intervals that stay right.",
        ),
    ] = False,
    feedback: FeedbackFiles = None,
    feedback_within: FeedbackWithin = WITHIN,
    false_discovery_rate: Annotated[
        float | None,
        typer.Option(
            help="Share of wrong findings accepted; else that of desirepath.toml, or 0.05."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Report as .md or .json, besides the table."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the comparison as JSON instead.")
    ] = False,
) -> None:
    """Compare two maps, evidence files, windows or segments: better, worse, no sign.

    Two maps without events give the list of changes only. Leaves with 0 where nothing is shown to
    differ, 1 where something is, 4 where something got worse, 3 on bad input.
    """
    from desirepath.check.parts import Smallest
    from desirepath.cli.compare_sides import Asked, Maps, compare_files, compare_log

    judged: CompareOptions = {
        "false_discovery_rate": _rate(false_discovery_rate),
        "smallest": Smallest(
            share_of(smallest), share_of(smallest_time), smallest_score
        ),
        "changes": _changes(changes),
        "is_watched": watch,
    }
    asked = Asked(split.date() if split else None, before, after, against, control)
    kinds = {_is_evidence(one) for one in (first, second) if one is not None}
    if kinds == {True, False}:
        raise typer.BadParameter("compare two maps or two evidence files")
    found: Comparison | None = None
    if kinds == {True}:
        if second is None:
            raise typer.BadParameter("name a second evidence file")
        maps = Maps.read(map_file, None)
        found = compare_files(first, second, maps, judged)
    else:
        maps = Maps.read(first, second)
        if asked.has_sides or events is not None or second is None:
            heard = read_files(feedback)
            found = compare_log(
                maps,
                *asked.read(options, events),
                (heard, days_of(feedback_within)),
                judged,
            )
    _finish(found, maps, out, as_json=as_json)


def _is_evidence(file: Path) -> bool:
    """True for a file that begins like saved evidence; what cannot be read is left to its reader."""
    try:
        with file.open("rb") as opened:
            return EVIDENCE in opened.read(PEEK_BYTES)
    except OSError:
        return False


def _rate(given: float | None) -> float:
    from desirepath.track.compare import FALSE_DISCOVERY_RATE

    project = project_here()
    if given is not None:
        return given
    return project.false_discovery_rate if project else FALSE_DISCOVERY_RATE


def _changes(given: Path | None) -> tuple[BusinessChange, ...]:
    """Changes in the business: of the file named, else of the project."""
    from desirepath.track.business import CHANGES_FILE, read_changes

    project = project_here()
    file = given or (project.path.parent / CHANGES_FILE if project else None)
    if file is None or (given is None and not file.is_file()):
        return ()
    return read_changes(file)


def _finish(
    found: Comparison | None, maps: Maps, out: Path | None, *, as_json: bool
) -> None:
    """Print and save, and leave with the code that tells what was found."""
    from desirepath.cli.compare_text import markdown

    data = {
        **(found.to_dict() if found else {"format": "desirepath/comparison/1"}),
        "map_changes": maps.changes,
    }
    if out is not None:
        listed = [
            "# What changed on the map",
            "",
            *(f"- {one}" for one in maps.changes),
        ]
        text = (
            markdown(found, maps.names, maps.changes)
            if found
            else "\n".join(listed) + "\n"
        )
        save(out, text, data)
    if as_json:
        print_json(data)
    else:
        _show(found, maps)
    if found is not None and any(
        one.verdict == "worse" and not one.is_small for one in found.changes
    ):
        raise typer.Exit(REFUTED)
    is_any = bool(maps.changes) or bool(
        found and any(one.is_shown for one in found.changes)
    )
    raise typer.Exit(FINDINGS if is_any else OK)


def _show(found: Comparison | None, maps: Maps) -> None:
    from desirepath.cli import compare_text as text

    if maps.is_two:
        print("The maps are the same." if not maps.changes else "On the map:")
    for change in maps.changes:
        print(f"  {change}")
    if found is None:
        return
    print(text.header(found.before))
    print(text.header(found.after))
    large = text.shown(found, is_small=False)
    control = text.has_control(found)
    rows = [text.row(one, maps.names, has_control=control) for one in large]
    # the answer first, then what it stands on
    print(text.counts(found))
    lead = text.lead(found, maps.names)
    if lead:
        print(lead)
    print_table("", text.columns(found), rows)
    lines = [
        *text.remarks(found, maps.names),
        text.small(found, maps.names),
        *text.silence(found),
        *text.one_sided(found, maps.names),
        *(f"Note: {note}" for note in found.notes),
    ]
    for line in filter(None, lines):
        print(line)
