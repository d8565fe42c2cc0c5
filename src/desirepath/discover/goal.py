"""Goal: which events show success, one activity or a row of them in order, and the way up to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirepath.errors import CheckError, Problem
from desirepath.events import kernels
from desirepath.events.patterns import matching_codes
from desirepath.events.sequences import BoolArray, IntArray, Sequences

ARROW = ">"
MAX_LISTED = 8


@dataclass(frozen=True, slots=True)
class Aim:
    """What the user calls success.

    Attributes:
        text: As given.
        patterns: Activity patterns; all must happen, in this order.
        codes: bool[n_codes] for each pattern.
    """

    text: str
    patterns: tuple[str, ...]
    codes: tuple[BoolArray, ...]

    @property
    def success(self) -> BoolArray:
        """bool[n_codes], codes that complete it."""
        return self.codes[-1]

    @property
    def named(self) -> BoolArray:
        """bool[n_codes], codes it names."""
        return np.asarray(np.logical_or.reduce(self.codes))


def find_aim(sequences: Sequences, goal: str | None) -> Aim | None:
    """The goal as activities of a log; None without one.

    Args:
        sequences: The cases.
        goal: Pattern of one activity, or several such as ``basket > pay > receive``.

    Raises:
        CheckError: E410 if no activity matches a pattern.
    """
    if goal is None:
        return None
    whole = matching_codes(sequences.activities, sequences.channels, goal)
    patterns = [goal]
    if not whole.any() and ARROW in goal:  # an activity may have an arrow in its name
        patterns = [part.strip() for part in goal.split(ARROW) if part.strip()]
    found = [
        matching_codes(sequences.activities, sequences.channels, pattern)
        for pattern in patterns
    ]
    for pattern, codes in zip(patterns, found, strict=True):
        if not codes.any():
            raise CheckError(_unknown(pattern, sequences))
    if not patterns:
        raise CheckError(_unknown(goal, sequences))
    return Aim(goal, tuple(patterns), tuple(found))


def _unknown(pattern: str, sequences: Sequences) -> Problem:
    known = sorted(set(sequences.activities))
    more = f" and {len(known) - MAX_LISTED} more" if len(known) > MAX_LISTED else ""
    return Problem(
        "E410",
        f'no activity matches the goal "{pattern}"',
        hint=f"Activities here: {', '.join(known[:MAX_LISTED])}{more}.",
    )


def success_events(aim: Aim, sequences: Sequences) -> IntArray:
    """int64[n_cases], index of the event that completes the goal for the first time, -1 where none does.

    Where a row of activities is the goal, each counts only after the one before it.
    """
    at = kernels.first_in_case(aim.codes[0][sequences.codes], sequences.offsets)
    for codes in aim.codes[1:]:
        at = kernels.first_after(codes[sequences.codes], at, sequences.offsets)
    return at


def up_to(sequences: Sequences, ends: IntArray) -> Sequences:
    """Cases that reach the goal, each up to the event that completes it.

    Args:
        sequences: The cases.
        ends: int64[n_cases], from `success_events`.
    """
    return sequences.keep(is_before(sequences, ends))


def is_before(sequences: Sequences, ends: IntArray) -> BoolArray:
    """bool[n_events], True up to the event that ends the case; False where it has none."""
    last = np.repeat(ends, sequences.lengths)
    return np.asarray(np.arange(sequences.event_count) <= last)
