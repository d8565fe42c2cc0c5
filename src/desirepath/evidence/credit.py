"""How the goals are credited to the steps on the way: by removal, first, last and linear touch. Adjusts for nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from desirepath.events.sequences import IntArray
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.facts import Fact
from desirepath.evidence.groups import Group
from desirepath.evidence.laid import Laid
from desirepath.stats.arrays import floats
from desirepath.stats.attribution import Attribution, Paths, attribute

LEVEL = 0.95
SEED = 20_261_102
MIN_GOALS = 10
RULES = ("first", "last", "linear", "markov")


def credit_facts(laid: Laid, customers: IntArray, group: Group) -> Iterator[Fact]:
    """Removal effect of each step and its share of the goals by each rule; nothing without a goal.

    Args:
        laid: Map and cases.
        customers: int64[n_cases], number of the customer of each case.
        group: All cases.
    """
    if not laid.aligned.binding.is_goal_known:
        return
    places, paths = _paths(laid, customers)
    goals, missed = float(paths.reached.sum()), float(paths.missed.sum())
    if min(goals, missed) < MIN_GOALS:
        return
    found = attribute(paths, np.random.default_rng(SEED), level=LEVEL)
    size = 0 if paths.customers is None else len(np.unique(paths.customers))
    goal = np.where(laid.goal, laid.aligned.goal, laid.sequences.event_count)
    first = laid.aligned.first[:, places]
    passes = ((first >= 0) & (first < goal[:, None])).sum(axis=0)
    for number, place in enumerate(places):
        passing = int(passes[number])
        yield from _of_step(
            f"step:{laid.aligned.binding.step_ids[place]}",
            number,
            found,
            (passing, int(goals + missed), size),
            group,
        )


def _of_step(
    subject: str,
    number: int,
    found: Attribution,
    counts: tuple[int, int, int],
    group: Group,
) -> Iterator[Fact]:
    rules = {"removal_effect": found.removal}
    rules |= {f"credit_{rule}": getattr(found, rule) for rule in RULES}
    passing, paths, size = counts
    for measure, credit in rules.items():
        value, low, high = (
            float(part[number]) for part in (credit.value, credit.low, credit.high)
        )
        if np.isfinite(value):
            yield Fact(
                subject, measure, value, "share", size,
                low if np.isfinite(low) else None, high if np.isfinite(high) else None,
                hits=passing, cases=paths, target="goal",
                window_from=group.window_from, window_to=group.window_to, level=LEVEL,
            )  # fmt: skip


def _paths(laid: Laid, customers: IntArray) -> tuple[IntArray, Paths]:
    """Steps on the way and, of each case with any, its steps before the goal."""
    steps, sequences = laid.aligned.step_of_event, laid.sequences
    events = np.flatnonzero(steps != UNBOUND)
    case = sequences.case_index()[events]
    end = np.where(laid.goal, laid.aligned.goal, sequences.event_count)
    is_before = events < end[case]
    visited, case = steps[events[is_before]], case[is_before]
    places, codes = np.unique(visited, return_inverse=True)
    used, lengths = np.unique(case, return_counts=True)
    goal = laid.goal[used]
    paths = Paths(
        codes.astype(np.int64),
        np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        len(places),
        floats(goal),
        floats(~goal),
        customers[used],
    )
    return places, paths
