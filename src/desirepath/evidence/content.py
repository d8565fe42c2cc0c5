"""What customers meet at a step beside the step itself: pages, errors, work behind the scenes. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from desirepath.events.goals import completing_codes, goal_rows
from desirepath.events.sequences import BoolArray, IntArray
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.contrasts import Contrast
from desirepath.evidence.places import MIN_CASES, Places
from desirepath.evidence.question import Question, ShareQuestion

ACTIVITY, BESIDE = "activity:", "beside:"
TWICE = "twice"
MIN_SHARE = 0.005
MAX_OF_STEP = 0.95
MAX_CONTENTS = 40


def content_contrasts(places: Places) -> Iterator[Contrast]:
    """Contrasts of each activity at each step where some cases show it and others do not.

    An activity is at the step that was last seen before it, or at its own. What shows success or
    failure of the goal is left out, and what comes before any step.

    There are two contrasts of each, because nobody sees when a customer gives up: ``activity:``
    compares with those who had not gone on when it mostly comes (who went on before could not meet
    it, but who gave up before counts as there), ``beside:`` with all others who came to the step.
    What both say alike does not hang on that.
    """
    laid, size = places.laid, places.laid.sequences.case_count
    ids = laid.map.step_ids()
    found = 0
    for step, activity, events in _met(places):
        if found >= MAX_CONTENTS:
            break
        if places.is_aim[step]:
            continue
        has = np.zeros(size, dtype=np.bool_)
        has[places.case[events]] = True
        everyone = places.before_goal(laid.aligned.first[:, step])
        here = everyone & (has | _still_there(places, step, events))
        subject, name = f"step:{ids[step]}", str(places.names[activity])
        pair = (
            Contrast(subject, f"{ACTIVITY}{name}", here, here & has, step),
            Contrast(subject, f"{BESIDE}{name}", everyone, everyone & has, step),
        )
        is_rare = (here & has).sum() <= MAX_OF_STEP * here.sum()
        if is_rare and all(contrast.is_large for contrast in pair):
            found += 1
            yield from pair


def _met(places: Places) -> Iterator[tuple[int, int, IntArray]]:
    """Step, activity and its first event there in each case; what most cases show comes first."""
    laid = places.laid
    ends = laid.aligned.binding.completing | _failure(places)
    events = np.flatnonzero((places.place != UNBOUND) & ~ends[laid.sequences.codes])
    size, names = max(laid.sequences.case_count, 1), len(places.names)
    key = (places.place[events] * names + places.activity[events]) * size
    key += places.case[events]
    order = np.argsort(key, kind="stable")
    is_first = np.ones(len(order), dtype=np.bool_)
    is_first[1:] = key[order][1:] != key[order][:-1]
    firsts = order[is_first]
    kinds, starts, counts = np.unique(
        key[firsts] // size, return_index=True, return_counts=True
    )
    least = max(MIN_CASES, MIN_SHARE * size)
    for index in np.argsort(-counts, kind="stable").tolist():
        if counts[index] < least:
            return
        step, activity = divmod(int(kinds[index]), names)
        yield (
            step,
            activity,
            events[firsts[starts[index] : starts[index] + counts[index]]],
        )


def _still_there(places: Places, step: int, events: IntArray) -> BoolArray:
    """bool[n_cases], cases that had not gone on from the step when others typically meet it."""
    laid, stays = places.laid, places.stays
    times_us, first = laid.sequences.times_us, laid.aligned.first[:, step]
    case = places.case[events]
    typical = np.median(times_us[events] - times_us[first[case]])
    gone_us = np.full(laid.sequences.case_count, np.inf)
    moves = stays.moves[stays.stops[stays.moves] == step]
    gone_us[stays.cases[moves]] = times_us[stays.first_events[moves + 1]]
    last = np.flatnonzero(stays.is_last & (stays.stops == step))
    gone_us[stays.cases[last]] = np.inf  # came back and stayed
    return np.asarray(gone_us - times_us[np.maximum(first, 0)] >= typical)


def _failure(places: Places) -> BoolArray:
    """bool[n_codes], codes that show that the goal is missed."""
    goal = places.laid.map.goal
    rows = goal_rows(goal.failure_patterns if goal else (), places.laid.sequences)
    return completing_codes(rows, places.laid.sequences)


def twice_questions(places: Places) -> Iterator[Question]:
    """For each activity at each step that no step binds: of the cases that show it, those that do so twice."""
    laid, size = places.laid, places.laid.sequences.case_count
    ids = laid.map.step_ids()
    for step, activity, events in islice(_met(places), MAX_CONTENTS):
        here = np.zeros(size, dtype=np.bool_)
        here[places.case[events]] = True
        mine = (places.place == step) & (places.activity == activity)
        mine &= laid.aligned.step_of_event == UNBOUND
        often = np.bincount(places.case[mine], minlength=size) > 1
        if mine.any():
            name = str(places.names[activity])
            yield ShareQuestion(f"step:{ids[step]}", TWICE, here, here & often, name)
