"""`desirepath events names`: activities, names that may be one, rules for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desirepath.cli.event_options import EventFiles, EventOptions, reads_events
from desirepath.cli.output import print_json, print_table

if TYPE_CHECKING:
    from desirepath.events.near_names import NameSuggestions
    from desirepath.events.schema import NameRule
    from desirepath.events.sequences import Sequences

SHOWN = 30
MEMBERS_SHOWN = 5


@reads_events
def command(
    files: EventFiles = None,
    *,
    options: EventOptions,
    write: Annotated[
        bool,
        typer.Option("--write", help="Add the suggested rules to desirepath.toml."),
    ] = False,
    doubtful: Annotated[
        bool,
        typer.Option("--doubtful", help="With --write: the doubtful rules as well."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List activities, those that may be one, and rules that would call them alike.

    Rules in force already are applied first, so only what is left to do is suggested.
    """
    from desirepath.events.near_names import suggest_names

    sequences, settled = options.read_named(files)
    counts = activity_counts(sequences)
    found = suggest_names(
        {name: events for name, (events, _) in counts.items()}, settled
    )
    rules = (*found.rules, *(found.doubtful_rules if doubtful else ()))
    if as_json:
        print_json(_plain(counts, found))
    else:
        _show(counts, found)
    if write:
        _write(rules, is_silent=as_json)


def activity_counts(sequences: Sequences) -> dict[str, tuple[int, int]]:
    """Events and cases by activity over all channels, the most frequent first."""
    import numpy as np

    from desirepath.events import kernels

    names = sorted(set(sequences.activities))
    number_of = {name: number for number, name in enumerate(names)}
    numbers = np.array([number_of[name] for name in sequences.activities], np.int64)
    of_event = numbers[sequences.codes]
    events = np.bincount(of_event, minlength=len(names)).tolist()
    cases = kernels.case_counts(of_event, sequences.case_index(), len(names)).tolist()
    ranked = sorted(zip(names, events, cases, strict=True), key=lambda r: (-r[1], r[0]))
    return {name: (n_events, n_cases) for name, n_events, n_cases in ranked}


def _plain(
    counts: dict[str, tuple[int, int]], found: NameSuggestions
) -> dict[str, Any]:
    return {
        "activities": [
            {"activity": name, "events": events, "cases": cases}
            for name, (events, cases) in counts.items()
        ],
        **found.to_dict(),
    }


def _show(counts: dict[str, tuple[int, int]], found: NameSuggestions) -> None:
    rows = [
        (name, f"{events:,}", f"{cases:,}")
        for name, (events, cases) in list(counts.items())[:SHOWN]
    ]
    more = len(counts) - len(rows)
    print_table(
        f"{len(counts):,} activities" + (f", {more:,} not listed" if more > 0 else ""),
        ("activity", "events", "cases"),
        rows,
    )
    if not found.groups:
        print("No two names look like one.")
        return
    print_table(
        f"Names that may be one: {len(found.groups):,}",
        ("differ in", "name for all", "activities", "events"),
        [
            (
                group.kind,
                group.name + ("" if group.is_sure else " ?"),
                _some(group.activities),
                f"{group.event_count:,}",
            )
            for group in found.groups[:SHOWN]
        ],
    )
    _show_rules("Suggested rules for desirepath.toml", found.rules)
    _show_rules("Doubtful rules: take them only if you know", found.doubtful_rules)


def _show_rules(title: str, rules: tuple[NameRule, ...]) -> None:
    from desirepath.project import rules_toml

    if rules:
        print(f"{title}\n")
        print(rules_toml(rules[:SHOWN]))
        if len(rules) > SHOWN:
            print(f"… and {len(rules) - SHOWN:,} more; --json lists all\n")


def _write(rules: tuple[NameRule, ...], *, is_silent: bool) -> None:
    from desirepath.project import add_rules

    if not rules:
        return
    path = add_rules(rules, Path.cwd())
    if not is_silent:
        noun = "rule" if len(rules) == 1 else "rules"
        print(f"{len(rules):,} {noun} added to {path}")


def _some(names: tuple[str, ...]) -> str:
    more = len(names) - MEMBERS_SHOWN
    return ", ".join(names[:MEMBERS_SHOWN]) + (
        f" and {more:,} more" if more > 0 else ""
    )
