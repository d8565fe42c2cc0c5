"""`desirepath events cases`: what each choice of case gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from desirepath.cli.event_options import EventFiles, EventOptions, reads_events
from desirepath.cli.output import duration, percent, print_json, print_table

if TYPE_CHECKING:
    from desirepath.events.choices import CaseChoice, CaseChoices
    from desirepath.events.sessions import WaitBar

BAR_WIDTH = 50


@reads_events
def command(
    files: EventFiles = None,
    *,
    options: EventOptions,
    goal: Annotated[
        str | None,
        typer.Option(
            help='Activity that shows success, * is any letters; or several in order: "basket > pay".'
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what each choice of case gives: by column, by silence, up to the goal.

    --gap adds a silence of your own to those shown.
    """
    from desirepath.events.choices import compare_cases

    found = compare_cases(
        options.read(files, is_cut=False), goal=goal, gaps=options.given_gaps()
    )
    if as_json:
        print_json(found.to_dict())
    else:
        _show(found)


def _show(found: CaseChoices) -> None:
    print(f"{found.event_count:,} events of {found.customer_count:,} customers")
    print()
    if found.bars:
        print("How long customers wait between two events")
        print()
        for line in _bars(found.bars):
            print(line)
        print()
    if found.valley is not None:
        valley = found.valley
        print(
            f"Few waits last about {valley.gap}: {percent(valley.longer_share)} are longer. "
            f"The histogram is {percent(valley.depth_share)} lower there than beside it."
        )
    elif found.bars:
        print(
            "The waits show no valley between short and long ones: cut by a column or at a goal."
        )
    print_table(
        "What each choice gives",
        (
            "a case is",
            "cases",
            "events: median",
            "90 %",
            "lasts: median",
            "90 %",
            "one event",
            "reach the goal",
            "asked for by",
        ),
        [_row(choice) for choice in found.choices],
    )


def _bars(bars: tuple[WaitBar, ...]) -> list[str]:
    """Histogram as lines of text."""
    most = max(bar.count for bar in bars)
    return [
        f"  {duration(_round(bar.from_s)):>9} {'█' * _length(bar.count, most):<{BAR_WIDTH}} {bar.count:>9,}"
        + (" ◀ valley" if bar.is_valley else "")
        for bar in bars
    ]


def _length(count: int, most: int) -> int:
    """Letters of a bar; whatever was seen shows."""
    return max(round(BAR_WIDTH * count / most), int(count > 0))


def _round(seconds: float) -> float:
    """Duration with two digits."""
    return float(f"{seconds:.2g}")


def _row(choice: CaseChoice) -> list[str]:
    return [
        choice.name,
        f"{choice.case_count:,}",
        f"{choice.median_length:g}",
        f"{choice.p90_length:g}",
        duration(choice.median_s),
        duration(choice.p90_s),
        percent(choice.single_share),
        percent(choice.goal_share),
        choice.options or "the columns",
    ]
