"""Groups of cases that are counted apart: all, each segment, each window. Counts nothing itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from desirepath.errors import EvidenceError, Problem
from desirepath.events.sequences import BoolArray, IntArray, Sequences

MIN_SEGMENT_CASES = 30
MAX_SEGMENT_VALUES = 12
WEEK_US = 604_800_000_000
FEW_WEEKS, MANY_WEEKS = 4, 60
THURSDAY = 3  # the first of January 1970, counted from Monday, where weeks begin

Span = Literal["day", "week", "month", "quarter"]


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that are counted together.

    Attributes:
        segment: ``name=value``, or "" for all.
        window_from: First day, ISO date; "" without times.
        window_to: Last day.
        cases: int64[k], indices, rising; None for all cases.
    """

    segment: str
    window_from: str
    window_to: str
    cases: IntArray | None

    def holds(self, cases: IntArray) -> BoolArray:
        """bool[n], True where a case is of the group.

        Args:
            cases: int64[n], indices of cases, -1 for none; none is of the group of all as well.
        """
        if self.cases is None:
            return np.ones(len(cases), dtype=np.bool_)
        if not len(self.cases):
            return np.zeros(len(cases), dtype=np.bool_)
        # a few answers are looked for among many cases, which are in order
        at = np.minimum(np.searchsorted(self.cases, cases), len(self.cases) - 1)
        return np.asarray(self.cases[at] == cases)


def groups_of(
    sequences: Sequences, segments: Iterable[str] | None, every: Span | None
) -> list[Group]:
    """All cases first, then each value of each segment that has enough cases, then each window.

    Raises:
        EvidenceError: E303 if a segment is not known, E304 if windows are asked of events without times.
    """
    return [*_segment_groups(sequences, segments), *_window_groups(sequences, every)]


def span_of(sequences: Sequences) -> Span | None:
    """Weeks where there are some of them, months where there are many; None where times say nothing."""
    if not sequences.has_times or not sequences.case_count:
        return None
    starts_us = sequences.starts_us
    weeks = float(starts_us.max() - starts_us.min()) / WEEK_US
    if weeks < FEW_WEEKS:
        return None
    return "week" if weeks <= MANY_WEEKS else "month"


def _segment_groups(sequences: Sequences, names: Iterable[str] | None) -> list[Group]:
    """All cases first, then each value of each segment that has enough cases."""
    groups = [group_of(sequences, "", None)]
    for name in sequences.segments if names is None else names:
        segment = sequences.segments.get(name)
        if segment is None:
            known = ", ".join(sorted(sequences.segments)) or "none"
            raise EvidenceError(
                Problem(
                    "E303",
                    f'no segment is called "{name}"',
                    hint=f"Known segments: {known}.",
                )
            )
        counts = np.bincount(segment.codes, minlength=len(segment.values))
        large = [
            code
            for code in np.argsort(-counts, kind="stable")
            if segment.values[code] and counts[code] >= MIN_SEGMENT_CASES
        ]
        groups.extend(
            group_of(sequences, f"{name}={segment.values[code]}", segment.codes == code)
            for code in sorted(large[:MAX_SEGMENT_VALUES])
        )
    return groups


def _window_groups(sequences: Sequences, every: Span | None) -> list[Group]:
    if every is None:
        return []
    if not sequences.has_times:
        raise EvidenceError(
            Problem(
                "E304",
                "there are no windows: the events have no times",
                hint="Measure without --every.",
            )
        )
    days = sequences.starts_us.astype("datetime64[us]")
    months = days.astype("datetime64[M]").astype(np.int64)
    day = days.astype("datetime64[D]").astype(np.int64)
    spans = {
        "day": day,
        "week": (day + THURSDAY) // 7,
        "month": months,
        "quarter": months // 3,
    }[every]
    found = np.unique(spans)
    if len(found) == 1:  # the whole is measured anyway
        return []
    return [group_of(sequences, "", spans == span) for span in found]


def group_of(sequences: Sequences, segment: str, mask: BoolArray | None) -> Group:
    """Some cases, with the days on which they begin and end.

    Args:
        sequences: All cases.
        segment: ``name=value``, or "" for all.
        mask: bool[n_cases], None for all.
    """
    cases = None if mask is None else np.flatnonzero(mask)
    if not sequences.has_times:
        return Group(segment, "", "", cases)
    starts = sequences.starts_us if cases is None else sequences.starts_us[cases]
    last = (
        sequences.times_us.max()
        if cases is None
        else sequences.times_us[sequences.offsets[1:][cases] - 1].max()
    )
    return Group(segment, _day(starts.min()), _day(last), cases)


def _day(time_us: np.signedinteger) -> str:
    return str(np.datetime64(int(time_us), "us").astype("datetime64[D]"))
