"""Two sides of one log compared: windows or segments, with answers and a control group. Prints nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypedDict, Unpack

import numpy as np

from desirepath.check.parts import Smallest
from desirepath.events.feedback.answers import NO_TIME_US, Feedback
from desirepath.events.feedback.join import LIMIT_DAYS, NOT_JOINED, join_feedback
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence
from desirepath.evidence.measure import measure_map
from desirepath.maps.model import JourneyMap
from desirepath.sentences.phrase import Phrase
from desirepath.track.business import BusinessChange
from desirepath.track.compare import compare_evidence
from desirepath.track.report import Comparison, Side
from desirepath.track.sides import (
    Days,
    Sides,
    days_of,
    start_us,
    two_segments,
    two_windows,
    without_segment,
)


class CompareOptions(TypedDict, total=False):
    """How two sides are judged; as `compare_evidence`."""

    false_discovery_rate: float
    smallest: Smallest | None
    changes: Sequence[BusinessChange]
    is_watched: bool


class Log:
    """Events and answers that are compared with each other.

    Attributes:
        sequences: All cases.
        feedback: Answers, None where there are none.
        within_days: Longest time between the end of a case and an answer about it.
    """

    def __init__(
        self,
        sequences: Sequences,
        feedback: Feedback | None = None,
        within_days: float = LIMIT_DAYS,
    ) -> None:
        self.sequences = sequences
        self.feedback = feedback
        self.within_days = within_days
        self._joined = (
            join_feedback(feedback, sequences, limit_days=within_days)
            if feedback
            else None
        )

    def measure(
        self, journey_map: JourneyMap, side: Sequences, days: Days | None
    ) -> Evidence:
        """Facts about one side, with the answers about its cases only.

        Answers are joined in the whole log: an answer about a later case must not fall to an earlier
        one of the same customer because the later one is on the other side. Answers that name nobody
        belong to the window in which they were given.
        """
        return measure_map(
            journey_map,
            side,
            feedback=self._answers(side, days),
            feedback_within_days=self.within_days,
        )

    def _answers(self, side: Sequences, days: Days | None) -> Feedback | None:
        if self.feedback is None or self._joined is None:
            return None
        joined = self._joined.case
        keys = self.sequences.case_keys
        mine = np.isin(keys[np.maximum(joined, 0)], side.case_keys)
        mine &= joined != NOT_JOINED
        times_us = self.feedback.times_us
        if days is not None:
            given = ~self._joined.is_named & (times_us != NO_TIME_US)
            if days.first:
                given &= times_us >= start_us(days.first)
            if days.last:
                given &= times_us < start_us(days.last, after=1)
            mine |= given
        return self.feedback.take(mine)


def compare_windows(
    journey_map: JourneyMap,
    log: Sequences | Log,
    before: str,
    after: str,
    *,
    map_after: JourneyMap | None = None,
    control: str = "",
    **options: Unpack[CompareOptions],
) -> Comparison:
    """What got better or worse from one window to another.

    A case belongs to the window in which it starts. Where cases last long, all are followed equally
    long, so that the later window does not look worse because its cases had less time.

    Args:
        journey_map: The map.
        log: The cases, or cases with answers of customers.
        before: First and last day: ``2024-03-01..2024-03-31``, ``..2024-02-29``.
        after: As `before`.
        map_after: The map that holds in the second window, where it was changed.
        control: ``name=value`` of cases to which nothing was done; judged is the change beyond theirs.
        options: As `compare_evidence`.

    Raises:
        CheckError: E430 to E435 where the two cannot be compared.
    """
    log = log if isinstance(log, Log) else Log(log)
    windows = days_of(before), days_of(after)
    maps = journey_map, map_after or journey_map
    sides = two_windows(log.sequences, *windows)
    treated = _without(sides, control) if control else sides
    first, second = (
        log.measure(one, side, days)
        for one, side, days in zip(
            maps, (treated.before, treated.after), windows, strict=True
        )
    )
    controls = None
    if control:
        name, _, value = (part.strip() for part in control.partition("="))
        parts = [one.in_segment(name, value) for one in (sides.before, sides.after)]
        controls = [
            log.measure(one, part, days)
            for one, part, days in zip(maps, parts, windows, strict=True)
        ]
    found = compare_evidence(
        first,
        second,
        journey_map=maps[1],
        control=(controls[0], controls[1]) if controls else None,
        **options,
    )
    return replace(
        found,
        before=_started(found.before, treated.before),
        after=_started(found.after, treated.after),
        notes=(*_told(control), *sides.notes, *found.notes),
    )


def compare_segments(
    journey_map: JourneyMap,
    log: Sequences | Log,
    segment: str,
    against: str,
    **options: Unpack[CompareOptions],
) -> Comparison:
    """How the journey differs between two groups of cases.

    Better and worse are said of `segment`, held against `against`. They are two groups of customers:
    a difference is no cause.

    Args:
        journey_map: The map.
        log: The cases, or cases with answers of customers.
        segment: ``name=value``.
        against: ``name=value``.
        options: As `compare_evidence`.

    Raises:
        EventsError: E290 if there is no such segment.
        CheckError: E436 if the two share cases.
    """
    log = log if isinstance(log, Log) else Log(log)
    sides = two_segments(log.sequences, against, segment)
    first, second = (
        log.measure(journey_map, side, None) for side in (sides.before, sides.after)
    )
    found = compare_evidence(first, second, journey_map=journey_map, **options)
    return replace(
        found,
        before=replace(found.before, name=against),
        after=replace(found.after, name=segment),
    )


def _without(sides: Sides, control: str) -> Sides:
    return Sides(
        without_segment(sides.before, control), without_segment(sides.after, control)
    )


def _started(side: Side, sequences: Sequences) -> Side:
    """A side with the days on which its cases start; their events may lie later."""
    days = sequences.starts_us.astype("datetime64[us]").astype("datetime64[D]")
    return replace(side, window_from=str(days.min()), window_to=str(days.max()))


def _told(control: str) -> tuple[str, ...]:
    if not control:
        return ()
    return (Phrase("compare.control", group=control),)
