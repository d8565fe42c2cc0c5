"""Questions about how the path taken departs from the path drawn: passed over, too early, elsewhere, back again."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.laid import Laid
from desirepath.evidence.question import ShareQuestion

FOLLOWS = "follows"
PASSED_OVER = "passed_over"
TOO_EARLY = "too_early"
ELSEWHERE = "elsewhere_next"


def deviation_questions(laid: Laid) -> Iterator[ShareQuestion]:
    """Share of cases that follow the map exactly, and for each bound step how cases depart there.

    ``passed_over``: of the cases that come to a later step or the goal, those that never come here;
    not asked where a declared way on leads past the step. ``too_early``: of the cases that come here
    and to an earlier step, those that come here first. ``elsewhere_next``: of the cases here, those
    whose next event is one that no step binds. Coming back is the fact ``repeat``.
    """
    aligned = laid.aligned
    exact = np.asarray(aligned.deviation == 0)
    yield ShareQuestion("map", FOLLOWS, laid.everyone, exact)
    optional = _jumped_over(laid)
    strays = _strays(laid)
    last = _last_before_goal(laid)
    for step, place in laid.place.items():
        if not laid.is_known(step):
            continue
        subject = f"step:{step}"
        here = laid.reached[:, place]
        later = np.asarray(laid.reached[:, place + 1 :].any(axis=1))
        if place <= last:
            later = np.asarray(later | laid.goal)
        if step not in optional and later.any():
            yield ShareQuestion(subject, PASSED_OVER, later, np.asarray(later & ~here))
        earlier = laid.reached[:, :place]
        if earlier.any():
            first = aligned.first[:, :place]
            both = np.asarray(here & earlier.any(axis=1))
            before = (first > aligned.first[:, place][:, None]).any(axis=1)
            yield ShareQuestion(subject, TOO_EARLY, both, both & before)
        yield ShareQuestion(subject, ELSEWHERE, here, here & strays[:, place])


def _last_before_goal(laid: Laid) -> int:
    """Index of the last step that the goal lies at or behind; of all steps where none is the goal."""
    binding = laid.aligned.binding
    places = np.flatnonzero((binding.codes & binding.completing).any(axis=1))
    return int(places.max()) if len(places) else len(laid.place)


def _jumped_over(laid: Laid) -> set[str]:
    """Steps that a declared way on leads past: leaving them out is drawn."""
    ids = laid.map.step_ids()
    found: set[str] = set()
    for step in laid.map.steps():
        for way in step.next:
            end = laid.place.get(way.step, -1)
            found |= set(ids[laid.place[step.id] + 1 : max(end, 0)])
    return found


def _strays(laid: Laid) -> BoolArray:
    """bool[n_cases, n_steps], cases that go from a step straight to an event that no step binds."""
    steps = laid.aligned.step_of_event
    shape = laid.reached.shape
    found = np.zeros(laid.reached.size, dtype=np.bool_)
    if len(steps) < 2:  # noqa: PLR2004 - nothing follows
        return found.reshape(shape)
    case = laid.sequences.case_index()
    named = laid.aligned.binding.named[laid.sequences.codes]
    leaves = (steps[:-1] != UNBOUND) & (steps[1:] == UNBOUND) & ~named[1:]
    leaves &= case[:-1] == case[1:]
    events = np.flatnonzero(leaves)
    keys = kernels.distinct(case[events] * shape[1] + steps[events])
    found[keys] = True
    return found.reshape(shape)
