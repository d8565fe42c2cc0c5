"""Kinds of customers proposed from what they do, and refused where one kind would look the same. Draws nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from desirepath.discover.habits import Habits, habits_of, one_kind
from desirepath.events.sequences import Sequences
from desirepath.evidence.align import align
from desirepath.evidence.laid import Laid
from desirepath.maps.model import JourneyMap
from desirepath.maps.refs import with_statement_ids
from desirepath.stats.arrays import BoolArray, FloatArray, IntArray, floats
from desirepath.stats.grouping import Grouping, adjusted_rand, k_means, nearest
from desirepath.stats.intervals import wilson

SEED = 20_260_601
FEWEST, MOST = 2, 5
SAMPLE = 1_000  # customers looked at; the others join the nearest kind
LEAST_CUSTOMERS = 200
LEAST_SHARE = 0.05
WORLDS = 39  # of one kind of customers; none of them may look as clear
LEVEL = 0.025
DRAWS = 12
STABLE = 0.8
FAR_POINTS, FAR_TIMES = 0.15, 1.4
TRAITS = 4


@dataclass(frozen=True, slots=True)
class Trait:
    """Something in which a kind differs from all customers.

    Attributes:
        what: ``step``, ``channel``, ``time`` or ``visits``.
        name: Id of the step, or channel; "" for others.
        here: In this kind: a share, or a median in seconds or cases.
        everywhere: Among all customers.
    """

    what: str
    name: str
    here: float
    everywhere: float


@dataclass(frozen=True, slots=True)
class Kind:
    """Customers who behave alike.

    Attributes:
        customers: How many there are.
        share: Share of all customers.
        cases: Their cases.
        goal: Of their cases, those that reach the goal; None where the map names no goal event.
        goal_low: Lower end of its interval, customers counted once.
        goal_high: Upper end.
        traits: In what they differ most; described, not tested, since the kinds were made of it.
    """

    customers: int
    share: float
    cases: int
    goal: float | None
    goal_low: float | None
    goal_high: float | None
    traits: tuple[Trait, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """One number of kinds.

    Attributes:
        kinds: How many.
        stability: Mean adjusted Rand index between kinds found in bootstrap draws of the customers
            and in all of them: 1 the same, 0 as by chance.
        explained: Share of the variance of the habits that the kinds explain.
        by_chance: The same, largest of the worlds with one kind of customers.
    """

    kinds: int
    stability: float
    explained: float
    by_chance: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """Kinds of customers, or why none are proposed.

    Attributes:
        kinds: The kinds, the largest first; none where they are refused.
        refused: Why none are proposed, "" where some are.
        stability: Of the number of kinds proposed.
        p: Share of worlds with one kind of customers that look as clear.
        tried: Every number of kinds that was looked at.
        customers: Customers looked at.
        group: int64[n_customers], kind of each customer in the order of their keys; empty if refused.
    """

    kinds: tuple[Kind, ...]
    refused: str
    stability: float
    p: float
    tried: tuple[Tried, ...]
    customers: int
    group: IntArray

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, stable in keys and order; without the kind of single customers."""
        return {key: value for key, value in asdict(self).items() if key != "group"}


def propose_kinds(
    journey_map: JourneyMap,
    sequences: Sequences,
    rng: np.random.Generator,
    *,
    kinds: int | None = None,
) -> Proposal:
    """Kinds of customers by what they do: the steps they come to, channels, time and visits.

    Customers fall into groups in any data; the question is whether groups are clearer than those of
    customers who are all alike. Therefore the same is done in simulated worlds with one kind of
    customers, who move from step to step, wait, choose channels and come back by chance as often as
    all do together. Kinds are proposed only if hardly any of these worlds looks as clear, and if the
    kinds come out alike when customers are drawn anew. Whether the goal is reached is not used.

    Args:
        journey_map: The map.
        sequences: The cases.
        rng: Generator of draws and worlds.
        kinds: How many; 2 to 5 are tried if None.

    Raises:
        EvidenceError: E301 if there are no cases, E302 if nothing is bound.

    References:
        Tibshirani, Walther and Hastie 2001 (gap to a null of one group); Hennig 2007 (stability).
    """
    laid = Laid(
        with_statement_ids(journey_map), align(journey_map, sequences), sequences
    )
    habits = habits_of(laid)
    count = habits.customer_count
    if count < LEAST_CUSTOMERS:
        why = f"{count:,} customers are too few; {LEAST_CUSTOMERS} are needed"
        return _refused(why, count)
    points = habits.points()
    if not points.shape[1]:
        return _refused("all customers do the same", count)
    sample = points
    if count > SAMPLE:
        sample = points[rng.choice(count, SAMPLE, replace=False)]
    numbers = [kinds] if kinds else list(range(FEWEST, MOST + 1))
    found = {number: k_means(sample, number, rng) for number in numbers}
    chance = _chance(habits, numbers, rng)
    seen = np.array([found[number].explained for number in numbers])
    p = _as_clear(seen, chance)
    tried = tuple(
        Tried(
            number,
            _stability(sample, found[number], rng),
            found[number].explained,
            float(chance[:, place].max()),
        )
        for place, number in enumerate(numbers)
    )
    clear = [
        one
        for one in tried
        if one.explained > one.by_chance and one.stability >= STABLE
    ]
    if p > LEVEL or not clear:
        return _refused(_why_not(p, tried), count, p, tried)
    best = max(clear, key=lambda one: (round(one.stability, 1), one.kinds))
    group = nearest(points, found[best.kinds].centers)[0]
    return _proposal(laid, habits, group, best, p, tried)


def _why_not(p: float, tried: tuple[Tried, ...]) -> str:
    if p > LEVEL:
        return (
            "one kind of customers, moving by chance, gives groups as clear as these "
            f"(in {p:.0%} of simulated worlds)"
        )
    best = max(tried, key=lambda one: one.stability)
    return (
        "the groups change when customers are drawn anew "
        f"(stability {best.stability:.2f} for {best.kinds} kinds; {STABLE} is needed)"
    )


def _refused(
    why: str, customers: int, p: float = 1.0, tried: tuple[Tried, ...] = ()
) -> Proposal:
    stability = max((one.stability for one in tried), default=0.0)
    empty = np.zeros(0, dtype=np.int64)
    return Proposal((), why, stability, p, tried, customers, empty)


def _chance(habits: Habits, numbers: list[int], rng: np.random.Generator) -> FloatArray:
    """float64[worlds, numbers], variance explained in worlds with one kind of customers."""
    rows = []
    for _ in range(WORLDS):
        points = one_kind(habits, SAMPLE, rng).points()
        enough = points.shape[1] > 0
        rows.append(
            [
                k_means(points, one, rng, starts=2).explained if enough else 0.0
                for one in numbers
            ]
        )
    return floats(rows)


def _as_clear(seen: FloatArray, chance: FloatArray) -> float:
    """Share of worlds, the seen one among them, whose clearest number of kinds is as clear."""
    every = np.vstack([seen, chance])
    # each number of kinds has a level of its own, the same for all worlds
    spread = np.maximum(every.std(axis=0), 1e-12)
    clearest = ((every - every.mean(axis=0)) / spread).max(axis=1)
    return float((clearest >= clearest[0] - 1e-12).mean())


def _stability(points: FloatArray, found: Grouping, rng: np.random.Generator) -> float:
    """Mean adjusted Rand index of kinds in bootstrap draws against those of all."""
    alike = []
    for _ in range(DRAWS):
        drawn = points[rng.integers(len(points), size=len(points))]
        again = k_means(drawn, len(found.centers), rng, starts=2)
        alike.append(adjusted_rand(found.group, nearest(points, again.centers)[0]))
    return float(np.mean(alike))


def _proposal(
    laid: Laid,
    habits: Habits,
    group: IntArray,
    best: Tried,
    p: float,
    tried: tuple[Tried, ...],
) -> Proposal:
    sizes = np.bincount(group, minlength=best.kinds)
    order = np.argsort(-sizes, kind="stable")
    group = np.argsort(order)[group]
    if sizes.min() < LEAST_SHARE * len(group):
        why = f"one of {best.kinds} kinds has less than {LEAST_SHARE:.0%} of the customers"
        return _refused(why, len(group), p, tried)
    kinds = tuple(_kind(laid, habits, group == one) for one in range(best.kinds))
    return Proposal(kinds, "", best.stability, p, tried, len(group), group)


def _kind(laid: Laid, habits: Habits, mine: BoolArray) -> Kind:
    """What the customers of one kind do, against all."""
    cases = mine[habits.owner]
    goal = low = high = None
    if laid.aligned.binding.is_goal_known:
        hits = np.bincount(habits.owner, laid.goal, minlength=len(mine))
        tries = np.bincount(habits.owner, minlength=len(mine))
        goal = float(hits[mine].sum() / tries[mine].sum())
        ends = wilson(goal * mine.sum(), mine.sum())
        low, high = float(ends.low), float(ends.high)
    return Kind(
        int(mine.sum()),
        float(mine.mean()),
        int(cases.sum()),
        goal,
        low,
        high,
        tuple(_traits(laid, habits, mine)),
    )


def _traits(laid: Laid, habits: Habits, mine: BoolArray) -> list[Trait]:
    """In what they differ most from all, the largest differences first."""
    names = list(laid.place)
    found = [
        (abs(here - all_), Trait("step", names[step], here, all_))
        for step, here, all_ in _pairs(habits.steps, mine, habits.step_numbers)
        if abs(here - all_) >= FAR_POINTS
    ]
    found += [
        (abs(here - all_), Trait("channel", habits.channel_names[place], here, all_))
        for place, here, all_ in _pairs(
            habits.channels, mine, range(len(habits.channel_names))
        )
        if abs(here - all_) >= FAR_POINTS
    ]
    for what, values in (("time", habits.times_s), ("visits", habits.visits)):
        known = np.isfinite(values)
        if not (known & mine).any():
            continue
        here, all_ = (
            float(np.median(values[known & mine])),
            float(np.median(values[known])),
        )
        ratio = max(here, 1e-9) / max(all_, 1e-9)
        if max(ratio, 1 / ratio) >= FAR_TIMES:
            found.append(
                (min(abs(np.log2(ratio)) / 2, 1.0), Trait(what, "", here, all_))
            )
    found.sort(key=lambda one: -one[0])
    return [trait for _, trait in found[:TRAITS]]


def _pairs(
    table: FloatArray, mine: BoolArray, numbers: Any
) -> list[tuple[int, float, float]]:
    """Number, mean of this kind and mean of all, of each column."""
    here, everywhere = table[mine].mean(axis=0), table.mean(axis=0)
    return [
        (number, float(one), float(other))
        for number, one, other in zip(numbers, here, everywhere, strict=True)
    ]
