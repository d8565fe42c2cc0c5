"""`desirepath events`: look at events before relying on them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from desirepath.cli import event_cases, event_names, event_refresh, event_report
from desirepath.cli.event_options import EventFiles, EventOptions, reads_events
from desirepath.cli.output import duration, percent, print_json, print_table

if TYPE_CHECKING:
    from desirepath.events.schema import Inspection, TableReading

app = typer.Typer(help="Look at events before relying on them.", no_args_is_help=True)

MANY_DUPLICATES_SHARE = 0.05
UNSORTED_SHARE = 0.2
MOST_LISTED = 5


@app.callback()
def events() -> None:
    """Look at events before relying on them."""


app.command("cases")(event_cases.command)
app.command("names")(event_names.command)
app.command("refresh")(event_refresh.command)
app.command("report")(event_report.command)


@app.command("inspect")
@reads_events
def inspect_command(
    files: EventFiles = None,
    *,
    options: EventOptions,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say how events would be read: columns, times, what is left out, what looks odd."""
    seen = options.inspect(files)
    if as_json:
        print_json(seen.to_dict())
    else:
        print_inspection(seen)


def print_inspection(seen: Inspection) -> None:
    """Print an inspection for people."""
    for table in seen.tables:
        _print_table(table)
    print_table("What is used", ("", ""), _used(seen))
    notes = _notes(seen)
    if notes:
        print("To look at")
        for note in notes:
            print(f"  - {note}")
        print()
    rows = [(a.activity, f"{a.count:,}") for a in seen.top_activities]
    shown = (
        ""
        if seen.activity_count <= len(rows)
        else f" (the {len(rows)} most frequent of {seen.activity_count:,})"
    )
    print_table(f"Activities{shown}", ("activity", "events"), rows)


def _print_table(table: TableReading) -> None:
    """How one table was understood."""
    kind = (
        ""
        if table.looks_like == "a table of events"
        else f", looks like {table.looks_like}"
    )
    rows = [
        (choice.role, choice.column or "–", choice.why, ", ".join(choice.others))
        for choice in table.roles
        if choice.role != "segment"
    ]
    given = {choice.role for choice in table.roles}
    rows += [
        (role, "–", "nothing fits", "")
        for role in ("customer", "channel")
        if role not in given
    ]
    segments = [choice for choice in table.roles if choice.role == "segment"]
    if segments:
        names = ", ".join(choice.column for choice in segments)
        rows.append(("segments", names, segments[0].why, ""))
    title = (
        f"{table.label}: {table.row_count:,} rows, {len(table.columns)} columns{kind}"
    )
    print_table(title, ("role", "column", "why", "others that would do"), rows)
    for time in table.times:
        print(
            f"  times of {time.column}: {time.format}; {percent(time.parsed_share, 1)} read; zone {time.zone} ({time.zone_source})"
        )
    for note in table.notes:
        print(f"  {note}")
    print()


def _used(seen: Inspection) -> list[tuple[str, str]]:
    """Counts of what is used."""
    rows = [
        ("events", f"{seen.event_count:,}"),
        *(
            (f"  left out: {reason}", f"{count:,}")
            for reason, count in seen.dropped.items()
        ),
        (
            "cases",
            f"{seen.case_count:,} (median {seen.median_case:g} events, longest {seen.longest_case:,})",
        ),
        ("customers", f"{seen.customer_count:,}"),
        ("activities", f"{seen.activity_count:,}"),
    ]
    if seen.channels:
        rows.append(("channels", ", ".join(seen.channels[:8])))
    rows += [
        (f"segment {name}", _listed(values)) for name, values in seen.segments.items()
    ]
    rows += [(name, text) for name, text in seen.rules.items()]
    rows += [
        (
            f"name {use.name}",
            f"{use.pattern} ({_counted(use.activity_count, 'activity', 'activities')}, {_counted(use.event_count, 'event', 'events')}, {_counted(use.case_count, 'case', 'cases')})",
        )
        for use in seen.names
    ]
    rows += _joined(seen)
    if seen.from_us is not None and seen.to_us is not None:
        rows.append(("time", f"{_moment(seen.from_us)} to {_moment(seen.to_us)} UTC"))
    return rows


def _joined(seen: Inspection) -> list[tuple[str, str]]:
    """Values of keys that speak against the way customers were joined."""
    if seen.identity is None:
        return []
    shared = [
        (
            f"  shared {one['key']}",
            f"{one['value']}: {_counted(one['customer_count'], 'customer', 'customers')}, {_counted(one['record_count'], 'record', 'records')}",
        )
        for one in seen.identity["shared"][:MOST_LISTED]
    ]
    chains = [
        (
            "  chain not joined",
            f"{_counted(one['value_count'], 'value', 'values')} of {_counted(one['customer_count'], 'customer', 'customers')}: {_listed(tuple(one['samples']))}",
        )
        for one in seen.identity["chains"][:MOST_LISTED]
    ]
    return [*shared, *chains]


def _notes(seen: Inspection) -> list[str]:
    """What a person should look at before relying on the events."""
    notes = [*_duplicate_note(seen), *_time_notes(seen)]
    if seen.median_case <= 1:
        notes.append(
            "most cases have a single event; perhaps another column is the case (--case)"
        )
    if seen.bot_count:
        what = "left out" if seen.bots_dropped else "kept; --drop-bots leaves them out"
        looks = "case looks" if seen.bot_count == 1 else "cases look"
        notes.append(
            f"{seen.bot_count:,} {looks} like machines ({_listed(seen.bot_cases)}), {what}"
        )
    for table in seen.tables:
        assumed = [time.column for time in table.times if time.zone_source == "assumed"]
        if assumed:
            notes.append(
                f"times of {_listed(tuple(assumed))} carry no zone; UTC is assumed, --zone says otherwise"
            )
        notes += [
            f"{percent(time.ambiguous_share, 1)} of the dates of {time.column} could be read with day and month exchanged; others decided for {time.format}"
            for time in table.times
            if time.ambiguous_share
        ]
    return notes


def _duplicate_note(seen: Inspection) -> list[str]:
    """What happened to rows that occur twice."""
    from desirepath.events.schema import IN_DATABASE

    count = seen.duplicate_count
    if not count:
        return []
    share = count / (seen.event_count + (0 if seen.duplicates_kept else count))
    one = count == 1
    known = any(table.looks_like == IN_DATABASE for table in seen.tables)
    equal = "equal in all named columns" if known else "whole row equal"
    note = (
        f"{count:,} exact {'duplicate' if one else 'duplicates'} ({equal}, {percent(share, 1)}) "
        f"{'is' if one else 'are'} {'kept' if seen.duplicates_kept else 'left out'}"
    )
    if share > MANY_DUPLICATES_SHARE and not seen.duplicates_kept:
        note += "; so many may be real: --keep-duplicates keeps them"
    return [note]


def _time_notes(seen: Inspection) -> list[str]:
    """What is odd about times."""
    if not seen.has_times:
        return [
            "there are no times: durations and windows are unknown, the order of the source counts"
        ]
    notes: list[str] = []
    if seen.tie_count == 1:
        notes.append(
            f"1 event happens at the same time as the one before it in its case; {seen.tie_rule} decides"
        )
    elif seen.tie_count:
        notes.append(
            f"{seen.tie_count:,} events happen at the same time as the one before them in their case; {seen.tie_rule} decides"
        )
    if seen.newest_first:
        notes.append("the source lists the newest events first")
    if seen.backward_count > UNSORTED_SHARE * seen.event_count:
        notes.append("the rows are in no order of time; time decides")
    elif seen.backward_count:
        notes.append(
            f"{seen.backward_count:,} events stand in the source before an earlier event of their case; time decides"
        )
    if seen.implausible_count:
        notes.append(
            f"{seen.implausible_count:,} events lie before 1990 or more than five years after the middle event"
        )
    if seen.silence_s is not None and seen.silence_from_us is not None:
        days = "day" if seen.empty_day_count == 1 else "days"
        notes.append(
            f"longest silence: {duration(seen.silence_s)} from {_moment(seen.silence_from_us)} UTC; {seen.empty_day_count:,} {days} without events"
        )
    return notes


def _counted(count: int, one: str, many: str) -> str:
    """A number and its noun."""
    return f"{count:,} {one if count == 1 else many}"


def _listed(values: tuple[str, ...], shown: int = 8) -> str:
    """The first values and how many more there are."""
    more = len(values) - shown
    return ", ".join(values[:shown]) + (f" and {more} more" if more > 0 else "")


def _moment(time_us: int) -> str:
    """Time as text, UTC."""
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time_us)
    except OverflowError:
        return "a time beyond the calendar"
    return moment.strftime("%Y-%m-%d %H:%M")
