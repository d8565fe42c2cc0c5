"""`desirepath flow`: how customers move, drawn from events."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from desirepath.cli.event_options import (
    EventFiles,
    EventOptions,
    reads_events,
    split_segments,
)
from desirepath.cli.output import duration, percent, print_table

if TYPE_CHECKING:
    from desirepath.evidence.flow import Flow
    from desirepath.evidence.flow_difference import FlowDifference

LISTED = 10
DATA = ".json"
PAGE = ".html"


@reads_events
def command(
    events: EventFiles = None,
    *,
    options: EventOptions,
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", help="File to write: .svg, .pdf, .png, .html or .json."
        ),
    ] = Path("flow.html"),
    map_file: Annotated[
        Path | None, typer.Option("--map", help="Map whose steps are the stops.")
    ] = None,
    goal: Annotated[
        str | None,
        typer.Option(
            help='Activity that shows success, * is any letters; or several in order: "basket > pay".'
        ),
    ] = None,
    level: Annotated[
        list[str] | None,
        typer.Option(
            help="Least share of the cases: 2%; a page takes several to choose from."
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            help="Compare --segment name=value with this one: platform=desktop."
        ),
    ] = None,
    picture: Annotated[
        Literal["flow", "ways", "times", "drop-off"],
        typer.Option(help="What to draw; a page shows all of them."),
    ] = "flow",
    stops: Annotated[
        int, typer.Option(min=1, max=60, help="Most stops; the rarest leave first.")
    ] = 24,
    title: Annotated[str, typer.Option(help="Headline of the picture.")] = "",
    language: Annotated[
        str, typer.Option(help="Language of the words; that of the map if none.")
    ] = "",
    size: Annotated[
        str, typer.Option("--size", "-s", help="Paper: A0 to A4, letter or tabloid.")
    ] = "A3",
    orientation: Annotated[
        str, typer.Option(help="landscape or portrait.")
    ] = "landscape",
    ppi: Annotated[float, typer.Option(help="Pixels per inch of a PNG.")] = 150,
) -> None:
    """Draw how customers move between activities, or between the steps of a map.

    With --segment name=value only these cases are drawn; with --against as well, how the two differ.
    """
    from desirepath.evidence.flow_difference import compare_flows
    from desirepath.evidence.flow_files import write_flows
    from desirepath.evidence.measure_flow import MIN_SHARE, measure_levels
    from desirepath.maps.files import read_map
    from desirepath.render.draw_flow import draw_flow

    chosen, options = split_segments(options)
    if against and not chosen:
        raise typer.BadParameter("--against needs --segment name=value")
    if against and out.suffix.lower() == DATA:
        raise typer.BadParameter("a difference is drawn, not saved: use .html or .svg")
    shares = [share_of(one) for one in level or ()]
    steps = read_map(map_file) if map_file else None
    named = [one.partition("=")[0].strip() for one in (chosen, against) if one]
    sequences = options.read_segments(events, named)
    found: tuple[Flow, ...] | FlowDifference
    if against and chosen:
        least = shares[0] if shares else MIN_SHARE
        found = compare_flows(
            sequences,
            chosen,
            against,
            steps=steps,
            goal=goal,
            min_share=least,
            most_stops=stops,
        )
        shown = found.flow
    else:
        found = measure_levels(
            sequences,
            steps=steps,
            goal=goal,
            levels=shares or _levels(out),
            most_stops=stops,
            segment=chosen,
        )
        shown = found[0]
    if out.suffix.lower() == DATA and isinstance(found, tuple):
        write_flows(found, out)
    else:
        draw_flow(
            found,
            out,
            title=title,
            language=language or (steps.language if steps else "en"),
            picture=picture,
            size=size,
            orientation=orientation,
            ppi=ppi,
        )
    _show(shown)
    if not isinstance(found, tuple):
        _show_difference(found)
    print(f"Written: {out}")


def share_of(text: str) -> float:
    """A share written as ``2%`` or ``0.02``.

    Examples:
        >>> share_of("2%"), share_of("0.5 %"), share_of("0.02")
        (0.02, 0.005, 0.02)
    """
    number = text.strip().removesuffix("%").strip()
    try:
        value = float(number)
    except ValueError as error:
        raise typer.BadParameter(f'"{text}" is no share; write 2% or 0.02') from error
    share = value / 100 if text.strip().endswith("%") else value
    if not 0 <= share <= 1:
        raise typer.BadParameter(f'"{text}" is no share; write 2% or 0.02')
    return share


def _levels(out: Path) -> tuple[float, ...]:
    """Levels where none is asked for: a page and a data file hold several, a picture one."""
    from desirepath.evidence.measure_flow import LEVELS, MIN_SHARE

    return LEVELS if out.suffix.lower() in (PAGE, DATA) else (MIN_SHARE,)


def _show(flow: Flow) -> None:
    rows = [
        [
            f"{flow.stops[move.start].name} > {flow.stops[move.end].name}",
            f"{move.all.cases:,}",
            f"{percent(move.onward.share)} ({percent(move.onward.low)} to {percent(move.onward.high)})",
            duration(move.waits.median_s if move.waits else None),
        ]
        for move in flow.moves[:LISTED]
    ]
    print_table(
        f"{flow.cases:,} cases, {len(flow.stops)} stops, {len(flow.moves)} moves that at least {percent(flow.min_share)} make",
        ["the most frequent moves", "cases", "of the cases there", "median time"],
        rows,
    )


def _show_difference(found: FlowDifference) -> None:
    stops = found.flow.stops
    told = [
        (f"{stops[move.start].name} > {stops[move.end].name}", one)
        for move, one in zip(found.flow.moves, found.moves, strict=True)
        if one.is_shown
    ]
    told += [
        (f"leave at {stop.name}", one)
        for stop, one in zip(stops, found.leaves, strict=True)
        if one.is_shown
    ]
    told.sort(key=lambda pair: -abs(pair[1].value))
    rows = [
        [
            name,
            percent(one.first.share),
            percent(one.against.share),
            f"{one.value * 100:+.0f} ({one.low * 100:+.0f} to {one.high * 100:+.0f})",
        ]
        for name, one in told[:LISTED]
    ]
    asked = len(found.moves) + len(found.leaves)
    if not told:
        print(f"None of {asked} shares is shown to differ.")
    print_table(
        f"{len(told)} of {asked} shares are shown to differ",
        ["of the cases there", found.segment, found.against, "points"],
        rows,
    )
