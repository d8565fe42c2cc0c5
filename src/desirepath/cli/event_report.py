"""`desirepath events report`: what happens in the cases, counted here or in the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from desirepath.cli.event_options import EventFiles, EventOptions, reads_events
from desirepath.cli.output import duration, percent, print_json, print_table

if TYPE_CHECKING:
    from desirepath.events.report import EventReport, Variant

MOST_ROWS = 20
MOST_NAMED = 8
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@reads_events
def command(
    files: EventFiles = None,
    *,
    options: EventOptions,
    goal: Annotated[
        str | None,
        typer.Option(
            help='Funnel to count: activities in order, "basket > pay"; * is any letters.'
        ),
    ] = None,
    least_cases: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Leave out rows of fewer cases; else 10 where only counts may leave a database.",
        ),
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="Sequences to list.")] = MOST_ROWS,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, with all rows.")
    ] = False,
) -> None:
    """Count what happens: activities, transitions, sequences, a funnel, segments.

    A database of desirepath.toml counts itself, and only counts come here; files are counted here.
    """
    found = options.report(
        files, {"goal": goal, "least_cases": least_cases, "most_variants": most}
    )
    if as_json:
        print_json(found.to_dict())
    else:
        print_report(found)


def print_report(found: EventReport) -> None:
    """Print a report for people."""
    print_table(found.source, ("", ""), _totals(found))
    print_table(
        _title("Activities", len(found.reach)),
        ("activity", "events", "cases", "of all", "begin", "end"),
        [
            (
                _named((one.activity, one.channel)),
                f"{one.events:,}",
                f"{one.cases:,}",
                percent(one.cases / found.cases),
                f"{one.starts:,}",
                f"{one.ends:,}",
            )
            for one in found.reach[:MOST_ROWS]
        ],
    )
    print_table(
        _title("Transitions", len(found.moves)),
        ("from", "to", "count", "cases", "median", "90 %", "95 %"),
        [
            (
                _named(one.left),
                _named(one.entered),
                f"{one.count:,}",
                f"{one.cases:,}",
                duration(one.median_s),
                duration(one.p90_s),
                duration(one.p95_s),
            )
            for one in found.moves[:MOST_ROWS]
        ],
    )
    print_table(
        "Most frequent sequences",
        ("cases", "of all", "events", "sequence"),
        [
            (
                f"{one.cases:,}",
                percent(one.cases / found.cases),
                f"{one.length:,}",
                _sequence(one),
            )
            for one in found.variants
        ],
    )
    print_table(
        "Funnel, each step later than the one before",
        ("step", "cases", "of all", "of those before"),
        [
            (one.pattern, f"{one.cases:,}", percent(one.cases / found.cases), share)
            for one, share in zip(found.funnel, _passed(found), strict=True)
        ],
    )
    print_table(
        "Segments",
        ("segment", "value", "cases", "of all", "events a case", "through the funnel"),
        [
            (
                one.segment,
                one.value or "not known",
                f"{one.cases:,}",
                percent(one.cases / found.cases),
                f"{one.events / one.cases:.1f}",
                "–" if one.through is None else percent(one.through / one.cases, 1),
            )
            for one in found.segments
        ],
    )


def _totals(found: EventReport) -> list[tuple[str, str]]:
    rows = [
        ("way", found.told),
        ("events", f"{found.events:,}"),
        *(
            (f"  left out: {reason}", f"{count:,}")
            for reason, count in found.dropped.items()
        ),
        ("cases", f"{found.cases:,}"),
        ("customers", f"{found.customers:,}"),
    ]
    if found.from_us is not None and found.to_us is not None:
        rows.append(("time", f"{_moment(found.from_us)} to {_moment(found.to_us)} UTC"))
    if found.least_cases > 1:
        rows.append(("not told", f"what fewer than {found.least_cases:,} cases show"))
    return rows


def _passed(found: EventReport) -> list[str]:
    """Share of the step before that comes to each step."""
    before = [found.cases, *(one.cases for one in found.funnel)]
    return [
        percent(one.cases / last if last else None)
        for one, last in zip(found.funnel, before, strict=False)
    ]


def _title(what: str, count: int) -> str:
    return f"{what} (the first {MOST_ROWS} of {count:,})" if count > MOST_ROWS else what


def _named(event: tuple[str, str]) -> str:
    activity, channel = event
    return f"{activity} ({channel})" if channel else activity


def _sequence(one: Variant) -> str:
    """First events of a sequence."""
    more = one.length - min(len(one.events), MOST_NAMED)
    shown = " > ".join(_named(event) for event in one.events[:MOST_NAMED])
    return f"{shown} … {more:,} more" if more else shown


def _moment(us: int) -> str:
    return f"{EPOCH + timedelta(microseconds=us):%Y-%m-%d %H:%M}"
