"""Time between steps: the slow tenth, share of all time, and what slowness goes with. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray
from desirepath.evidence.contrasts import Contrast
from desirepath.evidence.heard import Heard
from desirepath.evidence.laid import US_PER_S
from desirepath.evidence.places import Places
from desirepath.evidence.question import P90, Question, ShareQuestion, TimeQuestion
from desirepath.evidence.shape import drawn_moves

SLOW = "slow"
TIME_SHARE = "time_share"
SLOWEST = 0.75


def wait_questions(places: Places, heard: Heard | None) -> Iterator[Question]:
    """For each move the map draws: its p90, and whether the slowest quarter ends otherwise.

    Slow means slower than three in four; from where on stands in the target, in seconds.
    """
    laid = places.laid
    if not laid.sequences.has_times:
        return
    for before, after in sorted(
        drawn_moves(laid), key=lambda move: [laid.place[one] for one in move]
    ):
        subject = f"transition:{before}>{after}"
        first = laid.aligned.first[:, laid.place[before]]
        is_target = laid.aligned.step_of_event == laid.place[after]
        target = kernels.first_after(is_target, first, laid.sequences.offsets)
        question = laid.waits(subject, first, target, after, P90)
        yield question
        if not isinstance(question, TimeQuestion):
            continue
        is_aim = bool(places.is_aim[laid.place[after]])
        here = question.is_seen & (is_aim | places.before_goal(target))
        if not here.any():
            continue
        limit_s = float(np.quantile(question.waits_s[here], SLOWEST))
        slow: BoolArray = here & (question.waits_s > limit_s)
        contrast = Contrast(
            subject, f"{SLOW}:{limit_s:.0f}", here, slow, asks_goal=not is_aim
        )
        if contrast.is_large:
            yield from contrast.questions(places, heard)
    yield from _time_shares(places)


def _time_shares(places: Places) -> Iterator[Question]:
    """Of all seconds between the first and the last step of a case, those from each step to the next."""
    laid, stays = places.laid, places.stays
    size = laid.sequences.case_count
    start_us = laid.sequences.times_us[stays.first_events]
    end_us = start_us.copy()
    end_us[:-1] = start_us[1:]
    is_last = stays.is_last
    end_us[is_last] = laid.sequences.times_us[stays.last_events[is_last]]
    seconds = ((end_us - start_us) / US_PER_S).astype(np.int64)
    total = np.bincount(stays.cases, weights=seconds, minlength=size).astype(np.int64)
    if not total.any():
        return
    for step, place in laid.place.items():
        mine = stays.stops == place
        if mine.any():
            spent = np.bincount(
                stays.cases[mine], weights=seconds[mine], minlength=size
            )
            yield ShareQuestion(
                f"step:{step}", TIME_SHARE, total, spent.astype(np.int64)
            )
