"""Mixtures of journey designs with noise, and which design each case is: the truth for discovery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.events.simulate.fold import (
    DAY_US,
    SECOND_US,
    START_US,
    Cases,
    Pair,
    draw_segments,
    sequences_of,
)
from desirepath.events.simulate.noise import Flat, disturbed

MAX_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class DesignStep:
    """One step of a design.

    Attributes:
        activity: Name of the activity.
        probability: Share of cases that do it.
        repeat: Share of cases at it that do it again, and again with the same share.
        typical_s: Median time since the event before, seconds.
        spread: Standard deviation of the logarithm of that time.
        channel: Channel, "" where not known.
    """

    activity: str
    probability: float = 1.0
    repeat: float = 0.0
    typical_s: float = 3600.0
    spread: float = 1.0
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Loop:
    """A way back: after step `last` a share of cases starts again at step `first` (indices)."""

    first: int
    last: int
    probability: float


@dataclass(frozen=True, slots=True)
class Design:
    """One kind of journey.

    Examples:
        >>> Design.of("look", "order", "pay").activities
        ('look', 'order', 'pay')
    """

    steps: tuple[DesignStep, ...]
    loops: tuple[Loop, ...] = ()

    @classmethod
    def of(cls, *activities: str) -> Design:
        """Design in which every case does these activities once, in this order."""
        return cls(tuple(DesignStep(activity) for activity in activities))

    @property
    def activities(self) -> tuple[str, ...]:
        """Activities in order, each once, as a case does them that neither skips nor repeats."""
        return tuple(step.activity for step in self.steps)


@dataclass(frozen=True, slots=True)
class SimulatedLog:
    """Sequences and the truth behind them.

    Attributes:
        sequences: What an observer sees.
        designs: The designs.
        design: int64[n_cases], index of the design of each case.
    """

    sequences: Sequences
    designs: tuple[Design, ...]
    design: IntArray

    @property
    def shares(self) -> tuple[float, ...]:
        """Share of cases of each design, as drawn."""
        counts = np.bincount(self.design, minlength=len(self.designs))
        return tuple((counts / max(1, len(self.design))).tolist())


def simulate_mixture(
    designs: Sequence[Design],
    weights: Sequence[float],
    n_cases: int,
    rng: np.random.Generator,
    *,
    noise: float = 0.0,
    segments: Mapping[str, Mapping[str, float]] | None = None,
    window_days: float = 90.0,
) -> SimulatedLog:
    """Cases of several designs, shuffled, with a share of events disturbed.

    Args:
        designs: At least one.
        weights: Expected share of each design; scaled to 1.
        n_cases: Number of cases.
        rng: Source of randomness; the same state gives the same log.
        noise: Share of events that are disturbed: a third is deleted, a third is followed by a random
            activity of the mixture, a third changes place with the event after it.
        segments: Share of each value by segment name; unrelated to the designs.
        window_days: Cases start evenly within this time; none is cut off at its end.

    Examples:
        >>> log = simulate_mixture([Design.of("a", "b")], [1], 3, np.random.default_rng(1))
        >>> log.sequences.codes.tolist(), log.design.tolist()
        ([0, 1, 0, 1, 0, 1], [0, 0, 0])
    """
    share = np.asarray(weights, dtype=float) / np.sum(weights)
    design = rng.choice(len(designs), size=n_cases, p=share).astype(np.int64)
    starts_us = START_US + (rng.random(n_cases) * window_days * DAY_US).astype(np.int64)
    pairs: list[Pair] = []
    parts = []
    for index, one in enumerate(designs):
        members = np.flatnonzero(design == index)
        parts.append(_events(one, members, starts_us[members], len(pairs), rng))
        pairs += [(step.activity, step.channel) for step in one.steps]
    flat = Flat(
        *(np.concatenate(column) for column in zip(*parts, strict=True)),
    )
    order = np.argsort(flat.case, kind="stable")
    flat = Flat(flat.case[order], flat.times_us[order], flat.pair[order])
    flat = disturbed(flat, noise, len(pairs), rng)
    cases = Cases(
        n_cases,
        segments=draw_segments(segments or {}, n_cases, rng),
        source="simulated mixture of designs",
    )
    sequences = sequences_of(flat.case, flat.times_us, flat.pair, pairs, cases)
    return SimulatedLog(sequences, tuple(designs), design)


def _columns(
    design: Design, count: int, rng: np.random.Generator
) -> tuple[list[int], list[BoolArray]]:
    """Step of each column and which cases have it, loops unrolled."""
    steps: list[int] = []
    masks: list[BoolArray] = []

    def add(first: int, last: int, running: BoolArray) -> None:
        for index in range(first, last + 1):
            step = design.steps[index]
            present = running & (rng.random(count) < step.probability)
            for _ in range(MAX_ROUNDS):
                steps.append(index)
                masks.append(present)
                if step.repeat == 0:
                    break
                present = present & (rng.random(count) < step.repeat)

    at = 0
    everyone = np.ones(count, dtype=np.bool_)
    for loop in sorted(design.loops, key=lambda loop: loop.last):
        add(at, loop.last, everyone)
        running = everyone
        for _ in range(MAX_ROUNDS):
            running = running & (rng.random(count) < loop.probability)
            add(loop.first, loop.last, running)
        at = loop.last + 1
    add(at, len(design.steps) - 1, everyone)
    return steps, masks


def _events(
    design: Design,
    members: IntArray,
    starts_us: IntArray,
    first_pair: int,
    rng: np.random.Generator,
) -> tuple[IntArray, IntArray, IntArray]:
    """Case, time and pair of every event of the cases of one design."""
    steps, masks = _columns(design, len(members), rng)
    present = np.column_stack(masks)
    empty = ~present.any(axis=1)
    present[empty, 0] = True
    index = np.array(steps, dtype=np.int64)
    typical_s = np.array([step.typical_s for step in design.steps])[index]
    spread = np.array([step.spread for step in design.steps])[index]
    delays_s = typical_s * np.exp(spread * rng.standard_normal(present.shape))
    delays_s[~present] = 0.0
    first = present.argmax(axis=1)
    delays_s[np.arange(len(members)), first] = 0.0
    times_us = starts_us[:, None] + (np.cumsum(delays_s, axis=1) * SECOND_US).astype(
        np.int64
    )
    row, column = np.nonzero(present)
    return members[row], times_us[row, column], first_pair + index[column]
