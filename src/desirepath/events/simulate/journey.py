"""Cases of one world, or of several that differ by segment. The truth is in the world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from desirepath.events.sequences import BoolArray, IntArray, Segment, Sequences
from desirepath.events.simulate.fold import (
    DAY_US,
    SECOND_US,
    START_US,
    Cases,
    FloatArray,
    Pair,
    draw_segments,
    sequences_of,
)
from desirepath.events.simulate.world import PlantedStep, World


@dataclass(frozen=True, slots=True)
class SimulatedJourney:
    """Sequences and the truth behind them.

    Attributes:
        sequences: What an observer sees.
        worlds: World of each value of the segment by which they differ; the only world under "".
        done: bool[n_cases, n_steps], which steps a case does, seen or still to come after the window.
    """

    sequences: Sequences
    worlds: Mapping[str, World]
    done: NDArray[np.bool_]


def simulate_journey(
    world: World | Mapping[str, World],
    n_cases: int,
    rng: np.random.Generator,
    *,
    segment: str = "group",
    shares: Mapping[str, float] | None = None,
) -> SimulatedJourney:
    """Cases that walk through a world.

    Args:
        world: One world, or one per value of `segment`; these need the same activities in the same
            order. The number of cases per customer, segments and window are those of the first.
        n_cases: Number of cases.
        rng: Source of randomness; the same state gives the same cases.
        segment: Name of the segment by which several worlds differ.
        shares: Share of each value of `segment`; equal where not given. A customer has one value.

    Examples:
        >>> world = World((PlantedStep("look"), PlantedStep("buy", go_on=0.5)))
        >>> log = simulate_journey(world, 1000, np.random.default_rng(1))
        >>> log.sequences.case_count, round(float(log.done[:, 1].mean()), 1)
        (1000, 0.5)
    """
    worlds = {"": world} if isinstance(world, World) else dict(world)
    first = next(iter(worlds.values()))
    customers = _customers(first.cases_per_customer, n_cases, rng)
    group = _groups(worlds, shares, customers, rng)
    starts_us = START_US + (rng.random(n_cases) * first.window_days * DAY_US).astype(
        np.int64
    )
    log = _Log([], [], [], [])
    done = np.zeros((n_cases, len(first.steps)), dtype=np.bool_)
    for code, one in enumerate(worlds.values()):
        members = np.flatnonzero(group == code)
        draw = _Draw(one.correlation, customers[members], rng)
        done[members] = _walk(one, members, starts_us[members], draw, log)
    segments = draw_segments(first.segments, n_cases, rng)
    if not isinstance(world, World):
        order = np.argsort(np.argsort(list(worlds)))
        segments[segment] = Segment(
            ("", *sorted(worlds)), (order[group] + 1).astype(np.uint16)
        )
    end_us = START_US + int(first.window_days * DAY_US) if first.is_censored else None
    cases = Cases(n_cases, customers, segments, end_us, "simulated world")
    return SimulatedJourney(log.sequences(cases), worlds, done)


@dataclass(frozen=True, slots=True)
class _Log:
    """Events as they are made, one array per batch."""

    case: list[IntArray]
    times_us: list[IntArray]
    pair: list[IntArray]
    pairs: list[Pair]

    def add(
        self, case: IntArray, times_us: FloatArray, activity: str, channel: str = ""
    ) -> None:
        self.case.append(case)
        self.times_us.append(times_us.astype(np.int64))
        self.pair.append(np.full(len(case), len(self.pairs), dtype=np.int64))
        self.pairs.append((activity, channel))

    def sequences(self, cases: Cases) -> Sequences:
        case, times_us, pair = (
            np.concatenate(part) for part in (self.case, self.times_us, self.pair)
        )
        if cases.end_us is not None:
            seen = times_us < cases.end_us
            case, times_us, pair = case[seen], times_us[seen], pair[seen]
        return sequences_of(case, times_us, pair, self.pairs, cases)


@dataclass(frozen=True, slots=True)
class _Draw:
    """Draws that are alike within a customer, each decision on its own."""

    correlation: float
    customers: IntArray
    rng: np.random.Generator

    def normal(self) -> FloatArray:
        """float64[n_cases], standard normal; correlated within a customer."""
        own: FloatArray = self.rng.standard_normal(len(self.customers))
        if self.correlation == 0:
            return own
        count = int(self.customers.max(initial=-1)) + 1
        shared = self.rng.standard_normal(count)[self.customers]
        mixed = np.sqrt(self.correlation) * shared + np.sqrt(1 - self.correlation) * own
        return np.asarray(mixed)

    def uniform(self) -> FloatArray:
        """float64[n_cases] between 0 and 1."""
        return np.asarray(ndtr(self.normal()))

    def delay_us(self, step: PlantedStep) -> FloatArray:
        """float64[n_cases], microseconds from the step before, lognormal."""
        factor = np.exp(step.spread * self.normal())
        return np.asarray(step.typical_s * SECOND_US * factor)


def _customers(mean: float, n_cases: int, rng: np.random.Generator) -> IntArray:
    """int64[n_cases], customer of each case; a customer's cases do not lie side by side."""
    if mean <= 1:
        return np.arange(n_cases, dtype=np.int64)
    sizes = 1 + rng.poisson(mean - 1, size=n_cases)
    customers = np.repeat(np.arange(n_cases, dtype=np.int64), sizes)[:n_cases]
    return rng.permutation(customers)


def _groups(
    worlds: Mapping[str, World],
    shares: Mapping[str, float] | None,
    customers: IntArray,
    rng: np.random.Generator,
) -> IntArray:
    """int64[n_cases], index of the world of each case."""
    weights = np.array([(shares or {}).get(name, 1.0) for name in worlds])
    count = int(customers.max(initial=-1)) + 1
    drawn = rng.choice(len(worlds), size=count, p=weights / weights.sum())
    return np.asarray(drawn[customers], dtype=np.int64)


def _walk(
    world: World, members: IntArray, starts_us: IntArray, draw: _Draw, log: _Log
) -> BoolArray:
    """Add the events of all cases of one world; which steps they do."""
    count = len(members)
    clock = starts_us.astype(float)
    if world.entry:
        log.add(members, clock, world.entry)
    under_way = np.ones(count, dtype=np.bool_)
    go_on: FloatArray = np.full(count, world.steps[0].go_on)
    at = [np.full(count, np.nan) for _ in world.steps]
    for index, step in enumerate(world.steps):
        was_under_way, under_way = under_way, under_way & (draw.uniform() < go_on)
        if world.leaving:
            left = was_under_way & ~under_way
            log.add(members[left], clock[left] + SECOND_US, world.leaving)
        does = under_way & (draw.uniform() >= step.skip)
        starts_here = index == 0 and not world.entry
        delay = np.zeros(count) if starts_here else draw.delay_us(step)
        at[index] = np.where(does, clock + delay, np.nan)
        clock = np.where(does, clock + delay, clock)
        if index + 1 < len(world.steps):
            go_on = np.full(count, world.steps[index + 1].go_on)
        _show(step, does, members, clock, go_on, draw, log)
    _swap_early(world, at, draw)
    done = np.asarray(~np.isnan(np.column_stack(at)), dtype=np.bool_)
    for step, times_us in zip(world.steps, at, strict=True):
        _add_step(step, members, times_us, draw, log)
    for activity, share in world.elsewhere.items():
        _add_elsewhere(activity, share, members, starts_us, clock, draw, log)
    return done


def _show(
    step: PlantedStep,
    does: BoolArray,
    members: IntArray,
    clock: FloatArray,
    go_on: FloatArray,
    draw: _Draw,
    log: _Log,
) -> None:
    """Add the events shown at a step; those who show the first may go on otherwise."""
    for position, shown in enumerate(step.shows):
        shows = does & (draw.uniform() < shown.share)
        # one microsecond each keeps them before the next step, whose delay is longer than that
        log.add(members[shows], clock[shows] + 1 + position, shown.activity)
        if position == 0 and shown.go_on is not None:
            go_on[shows] = shown.go_on


def _swap_early(world: World, at: list[FloatArray], draw: _Draw) -> None:
    """Exchange the times of a step and the one before it in the planted share of cases."""
    for index in range(1, len(world.steps)):
        if world.steps[index].early > 0:
            both = ~np.isnan(at[index]) & ~np.isnan(at[index - 1])
            swap = both & (draw.uniform() < world.steps[index].early)
            earlier = at[index - 1].copy()
            at[index - 1][swap] = at[index][swap]
            at[index][swap] = earlier[swap]


def _add_step(
    step: PlantedStep, members: IntArray, times_us: FloatArray, draw: _Draw, log: _Log
) -> None:
    """Add the events of one step and its repeats, each in its channel."""
    does = ~np.isnan(times_us)
    limits = np.cumsum(list(step.channels.values()))
    drawn = np.searchsorted(limits / limits[-1], draw.uniform(), side="right")
    again = does & (draw.uniform() < step.repeat)
    for code, channel in enumerate(step.channels):
        here = does & (drawn == code)
        log.add(members[here], times_us[here], step.activity, channel)
        twice = again & (drawn == code)
        log.add(members[twice], times_us[twice] + 1, step.activity, channel)


def _add_elsewhere(
    activity: str,
    share: float,
    members: IntArray,
    starts_us: IntArray,
    ends_us: FloatArray,
    draw: _Draw,
    log: _Log,
) -> None:
    """Add an activity that belongs to no step at any moment after the case started."""
    shows = draw.uniform() < share
    moment = draw.rng.random(len(members))
    under_way_us = ends_us - starts_us + SECOND_US
    times_us: FloatArray = 1.0 + starts_us + moment * under_way_us
    log.add(members[shows], times_us[shows], activity)
