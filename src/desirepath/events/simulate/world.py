"""Worlds for truth tests: a linear journey with planted shares and times, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from desirepath.events.simulate.fold import FloatArray


@dataclass(frozen=True, slots=True)
class Shown:
    """An event that a share of the cases at a step shows, between this step and the next.

    Attributes:
        activity: Name of the activity.
        share: Share of the cases at the step that show it.
        go_on: Share of those who show it that go on to the next step; None: as those who do not.
    """

    activity: str
    share: float
    go_on: float | None = None


@dataclass(frozen=True, slots=True)
class PlantedStep:
    """One step of a planted journey.

    Attributes:
        activity: Name of the activity.
        go_on: Share of the cases still under way that go on to this step; the rest leaves before it.
        skip: Share of those that pass this step without doing it.
        typical_s: Median time from the step before it, seconds.
        spread: Standard deviation of the logarithm of that time.
        channels: Share of each channel.
        shows: Events shown at this step; only the first may change who goes on.
        repeat: Share of the cases at it that do it once more before the next step.
        early: Share of the cases with this step and the one before it that do this one first.
    """

    activity: str
    go_on: float = 1.0
    skip: float = 0.0
    typical_s: float = 3600.0
    spread: float = 0.8
    channels: Mapping[str, float] = field(default_factory=lambda: {"": 1.0})
    shows: tuple[Shown, ...] = ()
    repeat: float = 0.0
    early: float = 0.0


@dataclass(frozen=True, slots=True)
class World:
    """A journey with a known truth; the last step is the goal.

    Attributes:
        steps: Steps in order. The first needs `go_on=1` and `skip=0` unless there is an `entry`.
        entry: Activity with which every case starts, "" for none.
        leaving: Activity with which a case gives up, "" where customers leave without a word.
        elsewhere: Share of cases that show an activity which belongs to no step, at any moment.
        segments: Share of each value by segment name; unrelated to what cases do.
        cases_per_customer: Mean number of cases of a customer, at least 1.
        correlation: How alike the cases of one customer are, 0 to 1 (of a normal latent variable).
        window_days: Cases start evenly within this time, and observation ends with it.
        is_censored: False lets every case run to its end after the window.

    Examples:
        >>> shop = World((PlantedStep("look"), PlantedStep("order", go_on=0.5), PlantedStep("pay", go_on=0.8)))
        >>> shop.planted().reach.tolist(), shop.planted().goal_from.tolist()
        ([1.0, 0.5, 0.4], [0.4, 0.8, 1.0])
    """

    steps: tuple[PlantedStep, ...]
    entry: str = ""
    leaving: str = ""
    elsewhere: Mapping[str, float] = field(default_factory=dict)
    segments: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    cases_per_customer: float = 1.0
    correlation: float = 0.0
    window_days: float = 90.0
    is_censored: bool = False

    def __post_init__(self) -> None:
        first = self.steps[0]
        if not self.entry and (first.go_on < 1 or first.skip > 0):
            msg = "a first step that not every case does needs an entry"
            raise ValueError(msg)

    def planted(self) -> Planted:
        """What is true in this world, computed from its shares without drawing anything."""
        return _planted(self)


@dataclass(frozen=True, slots=True)
class Planted:
    """True shares of a world, for cases that are seen to their end and with nothing out of order.

    Attributes:
        activities: Activity of each step.
        reach: float64[n_steps], share of all cases that do the step.
        goal_from: float64[n_steps], share of the cases at the step that do the last one.
        moves: float64[n_steps, n_steps], of the moves from a step to another, the share to each.
        typical_s: float64[n_steps], median time from the step before it among cases with both.
    """

    activities: tuple[str, ...]
    reach: FloatArray
    goal_from: FloatArray
    moves: FloatArray
    typical_s: FloatArray


def null_world(**changes: object) -> World:
    """World in which two segments, "group" and "half", mean nothing at all.

    Args:
        changes: Fields of World to set otherwise.
    """
    step = PlantedStep
    fields: dict[str, object] = {
        "steps": (
            step("sees ad"),
            step("searches", go_on=0.8, shows=(Shown("search empty", 0.2),)),
            step("puts in basket", go_on=0.6, channels={"app": 0.4, "web": 0.6}),
            step("pays", go_on=0.7, typical_s=600.0),
            step("receives", go_on=0.95, typical_s=172_800.0),
        ),
        "segments": {"group": {"a": 0.5, "b": 0.5}, "half": {"one": 0.5, "two": 0.5}},
    }
    return World(**{**fields, **changes})  # type: ignore[arg-type]


def _after(world: World) -> FloatArray:
    """float64[n_steps], share of the cases at each step that go on to the next, showing or not."""
    follows = [step.go_on for step in world.steps[1:]] + [1.0]
    shares = []
    for step, go_on in zip(world.steps, follows, strict=True):
        first = step.shows[0] if step.shows else Shown("", 0.0)
        with_it = go_on if first.go_on is None else first.go_on
        shares.append(first.share * with_it + (1 - first.share) * go_on)
    return np.array(shares)


def _planted(world: World) -> Planted:
    count = len(world.steps)
    go_on = np.array([step.go_on for step in world.steps])
    skip = np.array([step.skip for step in world.steps])
    after = _after(world)
    under_way = np.zeros(count)
    under_way[0] = go_on[0]
    for i in range(count - 1):
        done = under_way[i] * (1 - skip[i])
        under_way[i + 1] = done * after[i] + under_way[i] * skip[i] * go_on[i + 1]
    moves = np.zeros((count, count))
    goal_from = np.ones(count)
    for i in range(count - 1):
        left = after[i]
        for j in range(i + 1, count):
            moves[i, j] = left * (1 - skip[j])
            left *= skip[j] * (go_on[j + 1] if j + 1 < count else 0)
    for i in range(count - 2, -1, -1):
        goal_from[i] = float((moves[i] * goal_from).sum())
    total = moves.sum(axis=1, keepdims=True)
    return Planted(
        tuple(step.activity for step in world.steps),
        under_way * (1 - skip),
        goal_from,
        np.divide(moves, total, out=np.zeros_like(moves), where=total > 0),
        np.array([step.typical_s for step in world.steps]),
    )
