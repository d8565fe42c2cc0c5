"""`desirepath feedback themes`, `topics` and `quotes`: what customers write."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

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
from desirepath.cli.output import percent, print_json, print_table

if TYPE_CHECKING:
    from desirepath.events.feedback.answers import Feedback
    from desirepath.events.feedback.spoken import Spoken
    from desirepath.evidence.quotes import Quotes

Private: TypeAlias = Annotated[
    Literal["remove", "hash", "keep"],
    typer.Option(
        "--private",
        help="Mail addresses, phones, cards and the like in words: leave out, hash with your key, or keep.",
    ),
]
Files: TypeAlias = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="Files, or a recipe with feedback."),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Events: TypeAlias = NamedEvents
MAX_THEMES = 5


@reads_events
def themes_command(
    files: Files,
    *,
    options: EventOptions,
    map_file: Annotated[
        Path | None,
        typer.Option("--map", help="Place the answers at the steps of this map."),
    ] = None,
    events: Events = None,
    feedback_within: FeedbackWithin = WITHIN,
    private: Private = "remove",
    as_json: AsJson = False,
) -> None:
    """Say what customers write about: themes, how many, how they rate it, one quote each."""
    from desirepath.events.feedback.private import treat_private
    from desirepath.events.feedback.spoken import spoken_of

    feedback = _read(files)
    treated = treat_private(feedback, private, _key(private))
    if map_file is None:
        if events:
            raise typer.BadParameter("--events needs --map")
        spoken = spoken_of(treated)
        if as_json:
            print_json(asdict(spoken))
        else:
            _print_spoken(spoken)
        return
    from desirepath.evidence.quotes import choose_quotes
    from desirepath.maps.files import read_map

    journey_map = read_map(map_file)
    quotes = choose_quotes(
        journey_map,
        options.read(events),
        feedback,
        per_theme=1,
        private=private,
        key=_key(private),
        feedback_within_days=days_of(feedback_within),
    )
    if as_json:
        print_json(quotes.to_dict())
        return
    names = {step.id: step.name for step in journey_map.steps()}
    _print_quotes(quotes, names, MAX_THEMES)


def topics_command(
    files: Files,
    *,
    count: Annotated[
        int | None, typer.Option(help="Topics wanted; else as many as are stable.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find what customers write about without a list of themes."""
    from desirepath.events.feedback.said import read_themes
    from desirepath.events.feedback.tagger import ratings_of
    from desirepath.events.feedback.topics import find_topics

    feedback = _read(files)
    project = project_here()
    found = find_topics(
        feedback,
        read_themes(feedback),
        ratings_of(feedback),
        count=count,
        pinned=project.topics if project else None,
    )
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        rows = [
            (
                topic.name,
                f"{topic.customer_count:,} ({percent(topic.share)})",
                "–" if topic.mean_emotion is None else f"{topic.mean_emotion:+.1f}",
                topic.quotes[0] if topic.quotes else "",
            )
            for topic in one.topics
        ]
        print_table(
            f"Topics in {one.language}, {one.text_count:,} different texts",
            ("topic", "customers", "feeling", "for example"),
            rows,
        )
        if one.stability:
            tried = ", ".join(f"{n}: {s:.2f}" for n, s in one.stability.items())
            print(f"Alike in samples, by number of topics: {tried}.")
    print(
        'Keep a name in desirepath.toml: [topics], "Slow parcel" = ["weeks", "late"].'
    )


@reads_events
def quotes_command(
    map_file: Annotated[Path, typer.Argument(metavar="MAP", help="The map.")],
    *,
    options: EventOptions,
    events: Events = None,
    feedback: FeedbackFiles = None,
    feedback_within: FeedbackWithin = WITHIN,
    per_theme: Annotated[
        int, typer.Option(min=1, max=20, help="Quotes of each theme at each step.")
    ] = 3,
    private: Private = "remove",
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="File for the quotes, JSON.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Choose typical quotes for each step and theme of a map; keep the file to yourself."""
    from desirepath.evidence.quotes import choose_quotes, write_quotes
    from desirepath.maps.files import read_map

    journey_map = read_map(map_file)
    quotes = choose_quotes(
        journey_map,
        options.read(events),
        _read(feedback or []),
        per_theme=per_theme,
        private=private,
        key=_key(private),
        feedback_within_days=days_of(feedback_within),
    )
    if out is not None:
        write_quotes(quotes, out)
    if as_json:
        print_json(quotes.to_dict())
        return
    names = {step.id: step.name for step in journey_map.steps()}
    _print_quotes(quotes, names, MAX_THEMES)
    if out is not None:
        print(
            f"{len(quotes.quotes):,} quotes: {out}. They are words of customers: share them with care."
        )


def _read(files: list[Path]) -> Feedback:
    feedback = read_files(files)
    if feedback is None:
        raise typer.BadParameter("give --feedback FILE")
    return feedback


def _key(private: str) -> bytes | None:
    """Secret of the hashes, where they are asked for."""
    if private != "hash":
        if private == "keep":
            print("Private data stays in what follows.", file=sys.stderr)
        return None
    from desirepath.events.feedback.private import private_key

    project = project_here()
    return private_key(project.private_key if project else None)


def _print_spoken(spoken: Spoken) -> None:
    rows = [
        (
            one.theme,
            one.meaning,
            f"{one.customers:,}",
            f"{percent(one.share, 1)} ({percent(one.low, 1).removesuffix(' %')} to {percent(one.high, 1)})",
            "–" if one.mean_emotion is None else f"{one.mean_emotion:+.1f}",
            one.quote,
        )
        for one in spoken.themes
    ]
    print_table(
        f"What customers write about: {spoken.customers:,} customers with words",
        ("theme", "means", "customers", "of those who write", "feeling", "for example"),
        rows,
    )
    if not rows:
        print("No words of customers could be read.")
    print(f"Read: {spoken.read}.")
    bad, good = percent(spoken.bad_share), percent(spoken.good_share)
    print(f"Words on the whole: {bad} bad, {good} good, the rest say neither.")
    for words in spoken.compared:
        print(f"Good from bad, balanced accuracy on the ratings here, {words}.")
    print(
        "A customer may speak of several themes; feeling is the mean rating beside the words, -2 to +2."
    )


def _print_quotes(quotes: Quotes, names: dict[str, str], most: int) -> None:
    rows = list(_quote_rows(quotes, names, most))
    print_table(
        "What customers write at each step",
        ("step", "theme", "customers", "for example"),
        rows,
    )
    if not rows:
        print("No words of customers could be placed at a step and read.")
    for name in ("feedback placed", "words of customers"):
        print(f"{name[:1].upper()}{name[1:]}: {quotes.sources[name]}.")


def _quote_rows(
    quotes: Quotes, names: dict[str, str], most: int
) -> Iterator[tuple[str, ...]]:
    """Rows of the most mentioned themes of each step."""
    from desirepath.events.feedback.cues import is_general

    for step in dict.fromkeys(one.step for one in quotes.counts):
        here = [
            one
            for one in quotes.counts
            if one.step == step and not is_general(one.theme)
        ]
        for one in here[:most]:
            found = quotes.of(step, one.theme)
            yield (
                names.get(step, "no step is known"),
                one.theme,
                f"{one.customers:,} of {one.of:,} ({percent(one.customers / one.of)})",
                found[0].text if found else "",
            )
