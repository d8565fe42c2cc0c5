"""What customers really do, activity by activity, so that steps can be bound to it."""

from __future__ import annotations

from desirepath.evidence.activities import list_activities
from desirepath.steps import step
from desirepath.web.jobs.kinds.check import trail_of
from desirepath.web.jobs.work import Parts, Work


def activities(work: Work) -> Parts:
    """All activities with counts, and names that are probably one."""
    sequences = work.sequences
    with step("counting what customers do"):
        found = list_activities(sequences)
    yield "activities", found.to_dict()
    yield "trail", trail_of(work)
