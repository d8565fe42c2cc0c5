"""Doing it again: the same thing twice at a step, coming back, going to and fro. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray
from desirepath.evidence.contrasts import Contrast
from desirepath.evidence.places import MIN_CASES, Places

AGAIN, BACK, LOOP = "again", "back", "loop"
MIN_LOOP_SHARE = 0.01
MAX_LOOPS = 12


def loop_contrasts(places: Places) -> Iterator[Contrast]:
    """Contrasts of each step that is done again or come back to, and of pairs of steps gone to and fro."""
    again = _done_again(places)
    back = _come_back(places)
    laid = places.laid
    for step, place in laid.place.items():
        if not laid.is_bound[place] or places.is_aim[place]:
            continue
        here = places.before_goal(laid.aligned.first[:, place])
        for target, has in ((AGAIN, again[place]), (BACK, back[place])):
            contrast = Contrast(f"step:{step}", target, here, here & has, place)
            if contrast.is_large:
                yield contrast
    yield from _to_and_fro(places)


def _done_again(places: Places) -> list[BoolArray]:
    """For each step bool[n_cases], cases that show one of its activities twice without a step between."""
    laid = places.laid
    steps = laid.aligned.step_of_event
    events = np.flatnonzero(steps >= 0)
    at, case = steps[events], places.case[events]
    is_new = np.ones(len(events), dtype=np.bool_)
    is_new[1:] = (at[1:] != at[:-1]) | (case[1:] != case[:-1])
    key = np.cumsum(is_new) * len(places.names) + places.activity[events]
    order = np.argsort(key, kind="stable")
    twice = order[1:][key[order][1:] == key[order][:-1]]
    return _by_step(at[twice], case[twice], places)


def _come_back(places: Places) -> list[BoolArray]:
    """For each step bool[n_cases], cases that come to it again after another step."""
    stays = places.stays
    key = np.sort(stays.stops * max(stays.case_count, 1) + stays.cases)
    twice = key[1:][key[1:] == key[:-1]]
    size = max(stays.case_count, 1)
    return _by_step(twice // size, twice % size, places)


def _by_step(step: IntArray, case: IntArray, places: Places) -> list[BoolArray]:
    found = []
    for place in range(len(places.laid.place)):
        has = np.zeros(places.laid.sequences.case_count, dtype=np.bool_)
        has[case[step == place]] = True
        found.append(has)
    return found


def _to_and_fro(places: Places) -> Iterator[Contrast]:
    """A > B > A > B in a row, against cases that were at both without that."""
    laid, stays = places.laid, places.stays
    if len(stays.stops) < 4:  # noqa: PLR2004 - A, B, A, B
        return
    stop, case = stays.stops, stays.cases
    is_loop = (stop[:-3] == stop[2:-1]) & (stop[1:-2] == stop[3:])
    is_loop &= case[:-3] == case[3:]
    first, second = stop[:-3][is_loop], stop[1:-2][is_loop]
    count = len(laid.place)
    pair = np.minimum(first, second) * count + np.maximum(first, second)
    ids = laid.map.step_ids()
    size = laid.sequences.case_count
    seen = kernels.distinct(pair * size + case[:-3][is_loop])
    pairs, counts = np.unique(seen // size, return_counts=True)
    least = max(MIN_CASES, MIN_LOOP_SHARE * size)
    for index in np.argsort(-counts, kind="stable")[:MAX_LOOPS]:
        if counts[index] < least:
            break
        one, other = divmod(int(pairs[index]), count)
        has = np.zeros(size, dtype=np.bool_)
        has[seen[seen // size == pairs[index]] % size] = True
        if places.is_aim[one] or places.is_aim[other]:
            continue
        firsts = laid.aligned.first
        here = places.before_goal(firsts[:, one]) & places.before_goal(firsts[:, other])
        contrast = Contrast(
            f"transition:{ids[one]}>{ids[other]}", LOOP, here, here & has
        )
        if contrast.is_large:
            yield contrast
