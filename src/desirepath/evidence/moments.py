"""When and through which channel cases begin, and how many of them reach the goal. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray
from desirepath.evidence.places import MIN_CASES, Places
from desirepath.evidence.question import Question, ShareQuestion

GOAL_BY = "goal_by"
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOURS = ("00-06", "06-12", "12-18", "18-24")
US_PER_HOUR = 3_600_000_000
THURSDAY = 3  # the first of January 1970, counted from Monday


def moment_questions(places: Places) -> Iterator[Question]:
    """Goal share by first channel, weekday and quarter of the day (UTC) of the start of closed cases."""
    laid = places.laid
    if not laid.aligned.binding.is_goal_known:
        return
    closed = ~laid.aligned.is_open
    for target, here in _kinds(places):
        asked = here & closed
        if asked.sum() >= MIN_CASES:
            yield ShareQuestion("map", GOAL_BY, asked, asked & laid.goal, target)


def _kinds(places: Places) -> Iterator[tuple[str, BoolArray]]:
    sequences = places.laid.sequences
    channels = np.array(sequences.channels)
    names = sorted(set(sequences.channels) - {""})
    if len(names) > 1:
        known = (channels != "")[sequences.codes]
        first = kernels.first_in_case(known, sequences.offsets)
        of_case = channels[sequences.codes[np.maximum(first, 0)]]
        for name in names:
            yield f"channel={name}", np.asarray((of_case == name) & (first >= 0))
    if sequences.has_times:
        hours = sequences.starts_us // US_PER_HOUR
        day = (hours // 24 + THURSDAY) % 7
        for number, name in enumerate(DAYS):
            yield f"weekday={name}", np.asarray(day == number)
        quarter = hours % 24 // 6
        for number, name in enumerate(HOURS):
            yield f"hours={name}", np.asarray(quarter == number)
