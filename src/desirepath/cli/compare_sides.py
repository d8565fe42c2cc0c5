"""What `compare` is asked to hold against each other: files, windows or segments of a log."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from desirepath.cli.compare_text import Names
from desirepath.cli.event_options import EventOptions, split_segments
from desirepath.events.feedback.answers import Feedback
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import read_evidence
from desirepath.maps.diff import diff_maps
from desirepath.maps.files import read_map
from desirepath.maps.model import JourneyMap
from desirepath.track.compare import compare_evidence
from desirepath.track.report import Comparison
from desirepath.track.sided import (
    CompareOptions,
    Log,
    compare_segments,
    compare_windows,
)
from desirepath.track.sides import split_on


@dataclass(frozen=True, slots=True)
class Maps:
    """The map of each side, the same where there is one.

    Attributes:
        old: Map of the first side; None for evidence without one.
        new: Map of the second side.
        names: Names of their elements.
        changes: What changed from one to the other, in words.
    """

    old: JourneyMap | None
    new: JourneyMap | None
    names: Names
    changes: list[str]

    @property
    def is_two(self) -> bool:
        """True where two maps are compared."""
        return self.old is not self.new

    @classmethod
    def read(cls, first: Path | None, second: Path | None) -> Maps:
        """Maps of the files that are named."""
        old = read_map(first) if first else None
        if second is None or old is None:
            return cls(old, old, Names(old), [])
        new = read_map(second)
        words = [change.text for change in diff_maps(old, new).changes]
        return cls(old, new, Names(old, new), words)


@dataclass(frozen=True, slots=True)
class Asked:
    """Sides of one log, as typed.

    Attributes:
        split: First day of the second side.
        before: First window.
        after: Second window.
        against: Segment that the chosen one is held against.
        control: Segment that nothing was done to.
        segment: Segment chosen by ``--segment name=value``; "" until it is read.
    """

    split: dt.date | None
    before: str
    after: str
    against: str
    control: str
    segment: str = ""

    @property
    def has_sides(self) -> bool:
        """True where windows or segments are named."""
        return bool(self.split or self.before or self.after or self.against)

    def read(
        self, options: EventOptions, events: list[Path] | None
    ) -> tuple[Sequences, Asked]:
        """The cases with the segments that are named, and what is asked of them."""
        chosen, options = split_segments(options)
        asked = replace(self, segment=chosen)
        asked.check()
        named = [one.partition("=")[0].strip() for one in asked.segments()]
        return options.read_segments(events, named), asked

    def segments(self) -> list[str]:
        """Segments that are named."""
        return [one for one in (self.segment, self.against, self.control) if one]

    def check(self) -> None:
        """Refuse what does not make two sides.

        Raises:
            typer.BadParameter: the options do not go together.
        """
        is_window = bool(self.split or self.before or self.after)
        if is_window and (self.segment or self.against):
            raise typer.BadParameter("compare either windows or segments")
        if self.split and (self.before or self.after):
            raise typer.BadParameter("give either --split or --before and --after")
        if bool(self.before) != bool(self.after):
            raise typer.BadParameter("--before and --after need each other")
        if bool(self.segment) != bool(self.against):
            raise typer.BadParameter(
                "--segment name=value and --against need each other"
            )
        if self.control and not is_window:
            raise typer.BadParameter("--control is for windows")

    def windows(self) -> tuple[str, str] | None:
        """The two windows, None where there are none."""
        if self.split:
            first, second = split_on(self.split)
            return first.words(), second.words()
        return (self.before, self.after) if self.before else None


def compare_files(
    first: Path, second: Path, maps: Maps, options: CompareOptions
) -> Comparison:
    """Two evidence files held against each other, each under the name of its file."""
    found = compare_evidence(
        read_evidence(first), read_evidence(second), journey_map=maps.new, **options
    )
    if first.stem == second.stem:
        return found
    return replace(
        found,
        before=replace(found.before, name=first.stem),
        after=replace(found.after, name=second.stem),
    )


def compare_log(
    maps: Maps,
    sequences: Sequences,
    asked: Asked,
    heard: tuple[Feedback | None, float],
    options: CompareOptions,
) -> Comparison:
    """Windows or segments of one log, or two maps on all of it."""
    assert maps.old is not None and maps.new is not None  # noqa: S101, PT018 - read by the caller
    log = Log(sequences, *heard)
    windows = asked.windows()
    if windows is not None:
        return compare_windows(
            maps.old,
            log,
            *windows,
            map_after=maps.new,
            control=asked.control,
            **options,
        )
    if asked.segment:
        return compare_segments(maps.new, log, asked.segment, asked.against, **options)
    if not maps.is_two:
        raise typer.BadParameter(
            "say what to compare: --split DATE, --before and --after, --segment and --against, "
            "or a second map"
        )
    old, new = (log.measure(one, sequences, None) for one in (maps.old, maps.new))
    found = compare_evidence(old, new, journey_map=maps.new, **options)
    return replace(
        found,
        before=replace(found.before, name="old map"),
        after=replace(found.after, name="new map"),
    )
