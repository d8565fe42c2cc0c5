"""Ways through the map: where they part, and which lead to the goal how fast. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from desirepath.events import kernels
from desirepath.events.sequences import IntArray
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.contrasts import Contrast
from desirepath.evidence.heard import Heard
from desirepath.evidence.places import MIN_CASES, Places
from desirepath.evidence.question import Question, ScoreQuestion, ShareQuestion

WAY = "way"
WAY_SCORE = "way_score"
TO = "way:"
MIN_BRANCH_SHARE = 0.05
MIN_WAY_SHARE = 0.01
MAX_WAYS = 12
MAX_STEPS = 60


def way_questions(places: Places, heard: Heard | None) -> Iterator[Question]:
    """Where ways part: each way on against the others. Whole ways of those who reach the goal."""
    for contrast in _branches(places):
        yield from contrast.questions(places)
    if places.laid.aligned.binding.is_goal_known:
        yield from _whole_ways(places, heard)


def _branches(places: Places) -> Iterator[Contrast]:
    """For each step that cases leave to several others: those whose first way on is one of them."""
    laid, stays = places.laid, places.stays
    if not len(stays.stops):
        return
    ids = laid.map.step_ids()
    size = laid.sequences.case_count
    moves = stays.moves
    for step, place in laid.place.items():
        mine = moves[stays.stops[moves] == place]
        to = np.full(size, UNBOUND, dtype=np.int64)
        to[stays.cases[mine][::-1]] = stays.stops[mine + 1][::-1]
        here = (to != UNBOUND) & places.before_goal(laid.aligned.first[:, place])
        # a way that is the goal itself leads there by definition
        here &= ~np.append(places.is_aim, [False])[to]
        counts = np.bincount(to[here], minlength=len(ids))
        for end in np.flatnonzero(counts >= MIN_BRANCH_SHARE * max(here.sum(), 1)):
            contrast = Contrast(
                f"step:{step}", f"{TO}{ids[end]}", here, here & (to == end)
            )
            if contrast.is_large:
                yield contrast


def _whole_ways(places: Places, heard: Heard | None) -> Iterator[Question]:
    """Order in which those who reach the goal first come to each step until then."""
    laid = places.laid
    if len(laid.place) > MAX_STEPS:
        return
    goal = laid.aligned.goal
    winners = np.flatnonzero(laid.goal)
    if not len(winners):
        return
    first = laid.aligned.first[winners]
    is_on = (first >= 0) & (first <= goal[winners][:, None])
    order = np.argsort(np.where(is_on, first, np.iinfo(np.int64).max), axis=1)
    order = np.where(
        np.arange(order.shape[1]) < is_on.sum(axis=1)[:, None], order, UNBOUND
    )
    chosen, kind = kernels.row_kinds(order + 1)
    counts = np.bincount(kind)
    least = max(MIN_CASES, MIN_WAY_SHARE * len(winners))
    ids = laid.map.step_ids()
    for index in np.argsort(-counts, kind="stable")[:MAX_WAYS].tolist():
        if counts[index] < least:
            break
        steps = [ids[place] for place in order[chosen[index]] if place != UNBOUND]
        has = np.zeros(laid.sequences.case_count, dtype=np.bool_)
        has[winners[kind == index]] = True
        yield from _of_way(f"way:{'>'.join(steps)}", has, places, heard)


def _of_way(
    subject: str,
    has: np.ndarray[tuple[int], np.dtype[np.bool_]],
    places: Places,
    heard: Heard | None,
) -> Iterator[Question]:
    laid = places.laid
    yield ShareQuestion(subject, WAY, laid.goal, has)
    start: IntArray = np.where(has, laid.sequences.offsets[:-1], UNBOUND)
    if laid.sequences.has_times:
        yield laid.waits(subject, start, laid.aligned.goal, "goal")
    if heard is None:
        return
    case = heard.joined.case
    answers = heard.is_used & heard.feedback.is_score
    answers &= (case >= 0) & has[np.maximum(case, 0)]
    if answers.sum() >= MIN_CASES:
        yield ScoreQuestion(
            subject,
            WAY_SCORE,
            np.asarray(heard.feedback.emotions[answers], dtype=np.float64),
            heard.customers[answers],
            case[answers],
        )
