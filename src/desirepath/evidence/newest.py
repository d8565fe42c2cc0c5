"""Evidence on the cases that came after an earlier check. Judges nothing."""

from __future__ import annotations

from datetime import date, timedelta

from desirepath.errors import EvidenceError
from desirepath.events.feedback.answers import Feedback
from desirepath.events.feedback.join import LIMIT_DAYS
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence
from desirepath.evidence.measure import measure_map
from desirepath.maps.model import JourneyMap

DAY_US = 86_400_000_000


def measure_after(
    journey_map: JourneyMap,
    sequences: Sequences,
    last_day: str,
    *,
    feedback: Feedback | None = None,
    feedback_within_days: float = LIMIT_DAYS,
) -> Evidence | None:
    """Evidence on the cases that began after a day; None where there are none.

    Args:
        journey_map: The map.
        sequences: All cases.
        last_day: ISO date; "" where none is known.
        feedback: Answers; those given before are left out.
        feedback_within_days: As for `measure_map`.
    """
    if not last_day or not sequences.has_times:
        return None
    day = date.fromisoformat(last_day) + timedelta(days=1)
    from_us = (day - date(1970, 1, 1)).days * DAY_US
    later = sequences.in_window(from_us=from_us)
    if not later.case_count:
        return None
    if feedback is not None:
        feedback = feedback.take(feedback.times_us >= from_us)
    try:
        return measure_map(
            journey_map,
            later,
            segments=(),
            feedback=feedback,
            feedback_within_days=feedback_within_days,
            readings=False,
        )
    except EvidenceError:
        # none of the steps occurs any more; the whole evidence says so
        return None
