"""Goal: what the user calls success in a log, and the way up to it."""

from __future__ import annotations

import numpy as np

from desirepath.errors import CheckError, Problem, names_here
from desirepath.events.goals import GoalRow, goal_row
from desirepath.events.sequences import BoolArray, IntArray, Sequences


def find_aim(sequences: Sequences, goal: str | None) -> GoalRow | None:
    """The goal as activities of a log; None without one.

    Args:
        sequences: The cases.
        goal: Pattern of one activity, or several such as ``basket > pay > receive``.

    Raises:
        CheckError: E410 if no activity matches a pattern.
    """
    if goal is None:
        return None
    row = goal_row(goal, sequences.activities, sequences.channels)
    if not row.is_known:
        raise CheckError(_unknown(row.missing[0] if row.missing else goal, sequences))
    return row


def _unknown(pattern: str, sequences: Sequences) -> Problem:
    return Problem(
        "E410",
        f'no activity matches the goal "{pattern}"',
        hint=f"Activities here: {names_here(sequences.activities, pattern)}.",
    )


def up_to(sequences: Sequences, ends: IntArray) -> Sequences:
    """Cases that reach the goal, each up to the event that completes it.

    Args:
        sequences: The cases.
        ends: int64[n_cases], index of the event that completes the goal, -1 where none does.
    """
    return sequences.keep(is_before(sequences, ends))


def is_before(sequences: Sequences, ends: IntArray) -> BoolArray:
    """bool[n_events], True up to the event that ends the case; False where it has none."""
    last = np.repeat(ends, sequences.lengths)
    return np.asarray(np.arange(sequences.event_count) <= last)
