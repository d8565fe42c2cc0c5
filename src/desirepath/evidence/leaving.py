"""Who has left by when: by step in map order and by time, the goal being the other end. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from desirepath.events.sequences import IntArray
from desirepath.evidence.facts import Fact, whole_cases
from desirepath.evidence.groups import Group
from desirepath.evidence.laid import US_PER_S
from desirepath.evidence.places import Places
from desirepath.evidence.question import Question, ShareQuestion
from desirepath.stats.clusters import effective_n
from desirepath.stats.survival import cumulative_incidence

LEFT_SO_FAR, LEFT_BY = "left_so_far", "left_by"
AFTER_S = {"1h": 3600.0, "1d": 86400.0, "7d": 604800.0, "30d": 2_592_000.0}
STILL, LEFT, DONE = 0, 1, 2


def leaving_questions(places: Places) -> Iterator[Question]:
    """Of all closed cases, those that left at a step or at one before it in map order."""
    laid = places.laid
    closed = ~laid.aligned.is_open
    for step, place in laid.place.items():
        if laid.is_bound[place]:
            gone = closed & (places.left_at >= 0) & (places.left_at <= place)
            yield ShareQuestion(f"step:{step}", LEFT_SO_FAR, closed, gone)


def leaving_facts(places: Places, customers: IntArray, group: Group) -> Iterator[Fact]:
    """Share of all cases that have left within an hour, a day, a week, a month of their start.

    Reaching the goal ends a case as well (Aalen-Johansen); open cases are followed to their last event.
    """
    laid = places.laid
    sequences = laid.sequences
    if not sequences.has_times or not sequences.case_count:
        return
    last_us = sequences.times_us[sequences.offsets[1:] - 1]
    end_us = np.where(
        laid.goal, sequences.times_us[np.maximum(laid.aligned.goal, 0)], last_us
    )
    lasts_s = (end_us - sequences.starts_us) / US_PER_S
    end = np.where(laid.goal, DONE, np.where(laid.aligned.is_open, STILL, LEFT))
    curve = cumulative_incidence(lasts_s, end, of=LEFT)
    if not len(curve.times_s):
        return
    n = effective_n(np.asarray(end == LEFT), customers)
    wider = float(np.sqrt(max(len(end) / max(n, 1.0), 1.0)))
    for name, after_s in AFTER_S.items():
        at = int(np.searchsorted(curve.times_s, after_s, side="right")) - 1
        if at < 0:
            continue
        value = float(curve.value[at])
        low = max(value - wider * (value - float(curve.low[at])), 0.0)
        high = min(value + wider * (float(curve.high[at]) - value), 1.0)
        yield Fact(
            "map", LEFT_BY, value, "share", whole_cases(n), low, high,
            hits=int(((end == LEFT) & (lasts_s <= after_s)).sum()), cases=len(end), target=name,
            window_from=group.window_from, window_to=group.window_to,
        )  # fmt: skip
        if after_s >= float(curve.times_s[-1]):
            break
