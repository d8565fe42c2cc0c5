"""Each kind of customer window by window: who gets no further, who meets an error. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray
from desirepath.evidence.error_names import is_error
from desirepath.evidence.groups import MIN_SEGMENT_CASES, Group
from desirepath.evidence.places import MIN_CASES, Places
from desirepath.evidence.question import Question, ShareQuestion

NO_FURTHER, MEETS = "then_no_further", "then_meets"
MET_GOAL, UNMET_GOAL = "met_goal", "unmet_goal"
MIN_WINDOWS = 3


def timed_groups(groups: Iterable[Group], case_count: int) -> tuple[Group, ...]:
    """Each window, then each value of a segment within it; values of at least 30 cases a window.

    Args:
        groups: All cases, segments and windows.
        case_count: Number of cases.
    """
    known = tuple(groups)
    windows = [one for one in known if not one.segment and one.cases is not None]
    parts: list[Group] = []
    for segment in known:
        if not segment.segment or segment.cases is None:
            continue
        mine = np.zeros(case_count, dtype=np.bool_)
        mine[segment.cases] = True
        if mine.sum() >= MIN_SEGMENT_CASES * len(windows):
            parts += [_within(window, segment.segment, mine) for window in windows]
    return (*windows, *parts) if parts and len(windows) >= MIN_WINDOWS else ()


def _within(window: Group, segment: str, mine: BoolArray) -> Group:
    """Cases of a window that belong to a segment, under the days of the whole window."""
    cases = np.flatnonzero(mine) if window.cases is None else window.cases
    return Group(segment, window.window_from, window.window_to, cases[mine[cases]])


def timed_questions(places: Places) -> Iterator[Question]:
    """Of the cases at each step, those that get no further; and those that meet an error."""
    yield from _no_further(places)
    yield from _meets(places)


def _no_further(places: Places) -> Iterator[Question]:
    """Closed cases at a step that come to no step the map draws after it, and miss the goal."""
    laid = places.laid
    order = np.arange(len(laid.place))
    furthest = np.where(laid.reached, order, -1).max(axis=1)
    for step, place in laid.place.items():
        if laid.is_known(step) and place < len(order) - 1:
            here = laid.at([step]) & ~laid.aligned.is_open
            stuck = here & (furthest <= place) & ~laid.goal
            yield ShareQuestion(f"step:{step}", NO_FURTHER, here, stuck, is_timed=True)


def _meets(places: Places) -> Iterator[Question]:
    for subject, name, here, shows in _errors(places):
        yield ShareQuestion(subject, MEETS, here, here & shows, name, is_timed=True)


def met_questions(places: Places) -> Iterator[Question]:
    """How many of those who meet an error reach the goal, and how many of the others there."""
    for subject, name, here, shows in _errors(places):
        for measure, asked in ((MET_GOAL, here & shows), (UNMET_GOAL, here & ~shows)):
            for one in places.laid.reaches_goal(subject, asked):
                if isinstance(one, ShareQuestion):
                    yield ShareQuestion(subject, measure, one.asked, one.hits, name)


def _errors(places: Places) -> Iterator[tuple[str, str, BoolArray, BoolArray]]:
    """Errors that at least 30 cases meet: the step at which most are, who is there, who meets it."""
    laid = places.laid
    for index, name in enumerate(places.names):
        if not is_error(str(name)):
            continue
        events = places.activity == index
        shows = kernels.any_in_case(events, laid.sequences.offsets)
        if shows.sum() < MIN_CASES:
            continue
        place = int(np.bincount(places.place[events] + 1).argmax()) - 1
        step = laid.map.step_ids()[place]
        if place >= 0:
            yield f"step:{step}", str(name), laid.at([step]), shows
        else:
            yield "map", str(name), laid.everyone, shows
