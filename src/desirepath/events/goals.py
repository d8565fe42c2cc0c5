"""Goals: activities that show success or failure, one or a row of them in order, and where cases reach them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from desirepath.events import kernels
from desirepath.events.patterns import matching_codes
from desirepath.events.sequences import BoolArray, IntArray, Sequences

ARROW = ">"
NEVER = -1


@dataclass(frozen=True, slots=True)
class GoalRow:
    """Activities that must all happen, each later than the one before it.

    Attributes:
        patterns: Activity patterns in order; one for most goals.
        codes: bool[n_codes] for each pattern.
    """

    patterns: tuple[str, ...]
    codes: tuple[BoolArray, ...]

    @property
    def text(self) -> str:
        """The goal as a map says it."""
        return f" {ARROW} ".join(self.patterns)

    @property
    def missing(self) -> tuple[str, ...]:
        """Patterns that no activity matches."""
        return tuple(
            pattern
            for pattern, codes in zip(self.patterns, self.codes, strict=True)
            if not codes.any()
        )

    @property
    def is_known(self) -> bool:
        """True where every part of it occurs."""
        return bool(self.patterns) and not self.missing

    @property
    def named(self) -> BoolArray:
        """bool[n_codes], codes it names."""
        return np.asarray(np.logical_or.reduce(self.codes))

    @property
    def completing(self) -> BoolArray:
        """bool[n_codes], codes that complete it."""
        return self.codes[-1]

    def first_in_case(self, sequences: Sequences) -> IntArray:
        """int64[n_cases], index of the event that completes it for the first time, -1 where none does."""
        at = kernels.first_in_case(self.codes[0][sequences.codes], sequences.offsets)
        for codes in self.codes[1:]:
            at = kernels.first_after(codes[sequences.codes], at, sequences.offsets)
        return at


def goal_row(goal: str, activities: Sequence[str], channels: Sequence[str]) -> GoalRow:
    """A goal as written, such as ``pay*`` or ``basket > pay``, as activities of a log.

    What matches an activity as a whole is one pattern: an activity may have an arrow in its name.

    Examples:
        >>> goal_row("basket > pay", ["basket", "pay"], ["", ""]).patterns
        ('basket', 'pay')
        >>> goal_row("a > b", ["a > b"], [""]).patterns
        ('a > b',)
    """
    whole = matching_codes(activities, channels, goal)
    if whole.any() or ARROW not in goal:
        return GoalRow((goal,), (whole,))
    parts = tuple(filter(None, (part.strip() for part in goal.split(ARROW))))
    return GoalRow(
        parts, tuple(matching_codes(activities, channels, part) for part in parts)
    )


def goal_rows(goals: Iterable[str], sequences: Sequences) -> tuple[GoalRow, ...]:
    """Goals of which every part occurs."""
    rows = (goal_row(one, sequences.activities, sequences.channels) for one in goals)
    return tuple(row for row in rows if row.is_known)


def first_of_any(rows: Sequence[GoalRow], sequences: Sequences) -> IntArray:
    """int64[n_cases], index of the first event that completes any of the goals, -1 where none does."""
    last = np.iinfo(np.int64).max
    best = np.full(sequences.case_count, last, dtype=np.int64)
    for row in rows:
        at = row.first_in_case(sequences)
        np.minimum(best, np.where(at < 0, last, at), out=best)
    return np.where(best == last, NEVER, best)


def completing_codes(rows: Iterable[GoalRow], sequences: Sequences) -> BoolArray:
    """bool[n_codes], codes that complete any of the goals."""
    found = np.zeros(len(sequences.activities), dtype=np.bool_)
    for row in rows:
        found |= row.completing
    return found


def named_codes(goals: Iterable[str], sequences: Sequences) -> BoolArray:
    """bool[n_codes], codes that any of the goals names, whether all of its parts occur or not."""
    found = np.zeros(len(sequences.activities), dtype=np.bool_)
    for goal in goals:
        for codes in goal_row(goal, sequences.activities, sequences.channels).codes:
            found |= codes
    return found
