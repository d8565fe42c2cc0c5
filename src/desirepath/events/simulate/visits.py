"""Customers who come again after a pause, and where each visit really begins: the truth for cutting cases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirepath.events.sequences import BoolArray, Sequences
from desirepath.events.simulate.fold import START_US, Cases, sequences_of

WAIT_US = 60_000_000  # mean wait between two events of a visit
LONGEST = 60


@dataclass(frozen=True, slots=True)
class SimulatedVisits:
    """Sequences of customers and the truth behind them.

    Attributes:
        sequences: All events of a customer in one case.
        is_start: bool[n_events], True where a visit begins.
    """

    sequences: Sequences
    is_start: BoolArray


def simulate_visits(
    n_customers: int,
    pause: float,
    rng: np.random.Generator,
    *,
    visits: int = 5,
    activity_count: int = 20,
    spread: float = 1.0,
    ending: float = 0.15,
) -> SimulatedVisits:
    """Customers who wander through a site, pause, and come again.

    Waits within a visit are exponential; between two visits they are exponential as well, plus a
    pause. What follows an activity, where visits begin and where they end is drawn for each world.

    Args:
        n_customers: Number of customers.
        pause: Pause between two visits, as a multiple of the mean wait within one.
        rng: Source of randomness; the same state gives the same visits.
        visits: Visits of each customer.
        activity_count: Number of activities.
        spread: How many activities follow one: 0.3 few (a shop), 1 some, 5 almost all alike.
        ending: Mean probability that a visit ends after an activity.

    Examples:
        >>> world = simulate_visits(3, 2.0, np.random.default_rng(1))
        >>> world.sequences.case_count, int(world.is_start.sum())
        (3, 15)
    """
    follows = rng.dirichlet(np.full(activity_count, spread), activity_count).cumsum(1)
    begins = rng.dirichlet(np.full(activity_count, spread)).cumsum()
    ends = rng.beta(1, 1 / ending - 1, activity_count)
    count = n_customers * visits
    now = np.searchsorted(begins[:-1], rng.random(count))
    active = np.arange(count)
    visit, activity, position = [], [], []
    for step in range(LONGEST):
        visit.append(active)
        activity.append(now)
        position.append(np.full(len(active), step))
        goes_on = rng.random(len(active)) >= ends[now]
        active, now = active[goes_on], now[goes_on]
        if not len(active):
            break
        now = (rng.random(len(now))[:, None] > follows[now][:, :-1]).sum(axis=1)
    of_visit, place = np.concatenate(visit), np.concatenate(position)
    order = np.lexsort((place, of_visit))
    of_visit, code = of_visit[order], np.concatenate(activity)[order]
    is_start = place[order] == 0
    waits = rng.exponential(1, len(code)) + pause * is_start
    customer = of_visit // visits
    clock = np.cumsum(np.maximum((waits * WAIT_US).astype(np.int64), 1))
    pairs = [(f"a{number:02}", "") for number in range(activity_count)]
    cases = Cases(n_customers, source="simulated visits")
    sequences = sequences_of(customer, START_US + clock, code, pairs, cases)
    return SimulatedVisits(sequences, is_start)
