"""`desirepath feedback`: look at surveys, tickets and reviews before relying on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desirepath.cli.feedback_options import columns_of, private_words
from desirepath.cli.feedback_words import (
    quotes_command,
    themes_command,
    topics_command,
)
from desirepath.cli.output import percent, print_json, print_table

if TYPE_CHECKING:
    from desirepath.events.feedback.schema import (
        FeedbackInspection,
        ScoreReading,
        SheetReading,
    )

app = typer.Typer(
    help="Look at surveys, tickets and reviews before relying on them.",
    no_args_is_help=True,
)
SHOWN = 8


@app.callback()
def feedback() -> None:
    """Look at surveys, tickets and reviews before relying on them."""


@app.command("inspect")
def inspect_command(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Files, or a recipe with feedback."),
    ],
    *,
    customer: Annotated[
        str | None, typer.Option(help="Column of who answered.")
    ] = None,
    case: Annotated[
        str | None, typer.Option(help="Column of the case it is about; a+b joins two.")
    ] = None,
    time: Annotated[
        str | None, typer.Option(help="Column of the time of the answer.")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(help="Column of the step or touchpoint it is about."),
    ] = None,
    scale: Annotated[
        str | None, typer.Option(help="Column that names the scale of each row.")
    ] = None,
    score: Annotated[
        list[str] | None,
        typer.Option(help="COLUMN, COLUMN=csat-5 or COLUMN=nps@step; again for more."),
    ] = None,
    text: Annotated[
        list[str] | None, typer.Option(help="Column of words; again for more.")
    ] = None,
    zone: Annotated[
        str | None, typer.Option(help="Zone of times without offset: Europe/Berlin.")
    ] = None,
    time_format: Annotated[
        list[str] | None,
        typer.Option(help="strptime format, or day-first, month-first, epoch-s."),
    ] = None,
    zero_is_na: Annotated[
        bool, typer.Option("--zero-is-na", help='0 means "not applicable".')
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say how feedback would be read: columns, scales and why, what cannot be used."""
    from desirepath.events.feedback.read import inspect_feedback

    seen = inspect_feedback(
        files,
        columns=columns_of(
            customer=customer,
            case=case,
            time=time,
            at=at,
            scale=scale,
            scores=score,
            texts=text,
        ),
        zone=zone,
        time_format=time_format,
        zero_is_na=zero_is_na,
    )
    if as_json:
        print_json(seen.to_dict())
    else:
        print_inspection(seen)


app.command("themes")(themes_command)
app.command("topics")(topics_command)
app.command("quotes")(quotes_command)


def print_inspection(seen: FeedbackInspection) -> None:
    """Print an inspection for people; words of customers are never printed."""
    for table in seen.tables:
        _print_table(table)
    print_table("What is used", ("", ""), list(_used(seen)))
    if seen.conventions:
        print("Scores become emotions, -2 to +2, by convention")
        for convention in seen.conventions:
            print(f"  - {convention}")


def _print_table(table: SheetReading) -> None:
    from desirepath.events.feedback.questions import score_hint

    kind = (
        ""
        if table.looks_like == "a table of feedback"
        else f", looks like {table.looks_like}"
    )
    roles = [
        (one.role, one.column, one.why, ", ".join(one.others)) for one in table.roles
    ]
    print_table(
        f"{table.label}: {table.row_count:,} rows{kind}",
        ("role", "column", "why", "others that would do"),
        roles or [("–", "nobody and no time is named", "", "")],
    )
    print_table(
        "Questions",
        ("question", "scale", "why", "answered", "n/a", "empty", "not usable"),
        [_question(one) for one in table.questions],
    )
    for time in table.times:
        print(
            f"  times of {time.column}: {time.format}; {percent(time.parsed_share, 1)} read; "
            f"zone {time.zone} ({time.zone_source})"
        )
    for name, why in table.maybe:
        print(f'  not taken: "{name}", {why}')
    hint = score_hint(table.maybe)
    if hint:
        print(f"  {hint}")
    for why, count in table.dropped.items():
        print(f"  rows left out: {count:,} ({why})")
    if table.private:
        print(f"  {private_words(table.private)}")
    for note in table.notes:
        print(f"  {note}")
    print()


def _question(one: ScoreReading) -> tuple[str, ...]:
    name = one.question if one.aspect != "expectation" else f"{one.question} (expected)"
    return (
        f"{name} @ {one.at}" if one.at else name,
        one.scale or "words",
        one.why,
        f"{one.answered:,}",
        f"{one.not_applicable:,}" if one.scale else "",
        f"{one.empty:,}",
        _listed(one.unusable),
    )


def _used(seen: FeedbackInspection) -> Iterator[tuple[str, str]]:
    yield "responses", f"{seen.response_count:,}"
    yield "scores", f"{seen.score_count:,}"
    yield "with words", f"{seen.text_count:,}"
    yield "customers", f"{seen.customer_count:,}" if seen.customer_count else "–"
    if seen.hints:
        yield "about", _listed(seen.hints)
    if seen.languages:
        yield "languages", _listed(seen.languages)
    if seen.from_us is not None and seen.to_us is not None:
        yield "time", f"{_moment(seen.from_us)} to {_moment(seen.to_us)} UTC"


def _listed(counts: Mapping[str, int]) -> str:
    parts = [f"{name} {count:,}" for name, count in counts.items()]
    more = len(parts) - SHOWN
    return ", ".join(parts[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def _moment(time_us: int) -> str:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time_us)
    return moment.strftime("%Y-%m-%d %H:%M")
