"""A world in which nothing differs, and what can be planted in it: one thing for each kind of finding.

Customers look, take advice or filter (by chance), fill the basket, pay, and are done. Every step loses one
in five. They use the web or the app, change between them, see a page or do the step again, all by chance;
they answer how it was, what they had expected, and how it was all in all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr
from tests.truth.analysis_answers import Answer, feedback_of

from desirepath.events.feedback.answers import Feedback
from desirepath.events.sequences import BoolArray, IntArray, Segment, Sequences
from desirepath.events.simulate.fold import (
    DAY_US,
    SECOND_US,
    START_US,
    Cases,
    sequences_of,
)
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.claims import Claim, TimeClaim
from desirepath.maps.model import EventPattern, Goal, JourneyMap, Stage, Statement, Step

FloatArray = NDArray[np.float64]
STEPS = ("look", "advice", "filter", "basket", "pay", "done")
WEB, APP = 0, 1
CHANNELS = ("web", "app")
LEAVES, SHOWS, REPEATS, CHANGES = 0.2, 0.3, 0.2, 0.25
MINUTE_US, HOUR_US, SPREAD = 60 * SECOND_US, 3600 * SECOND_US, 0.8
DAYS, BAD_WEEKS = 84, (5, 7)  # the first bad week, and the one after the last
ANSWERS, MEAN, ALIKE = 0.3, 3.4, 0.5
HOW, HOPED, WHOLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Plant:
    """What differs at one step; nothing by default. Shares are points more that leave, moods points of five less.

    Attributes:
        leaves: All there.
        channel_leaves: Those in the app.
        group_leaves: Those of group b.
        week_leaves: Those who began in the bad weeks.
        page_leaves: Those who see the page there; below 0 it keeps them.
        repeat_leaves: Those who do it again.
        slow_leaves: The quarter that waited longest for it.
        change_leaves: Those who change from web to app there.
        change_wait: Times as long until the next step, for those who change from web to app on the way.
        change_again: Share of these who look anew.
        way_leaves: Those who took advice.
        begins: ``channel``, ``hours`` or ``weekday``: what `begin_leaves` hangs on.
        begin_leaves: Those of region s who began in the app, before six or on a Sunday.
        taken: Of the advice: share of the cases that take it; the others filter.
        back: Share that goes to and fro between this step and the first.
        back_leaves: Those who do.
        felt: Mood of all there.
        channel_felt: Mood of those in the app there.
        group_felt: Mood of group b there.
        page_felt: Mood from there on and all in all, of those who see the page there.
        repeat_felt: The same, of those who do it again.
        slow_felt: The same, of the quarter that waited longest for it.
        change_felt: The same, of those who change from web to app there.
        hoped: What they expect there, in points more than they get.
        wait: Times as long from there to the next step.
        driven: How much the mood all in all follows the mood there, per point.
        error: Share that meets an error there.
        error_leaves: Those who do.
        twice: Share for whom the work behind the step is done twice.
        complain: Share of those who write about the step who complain of waiting.
        praise: Share of them who praise how quick it was.
    """

    leaves: float = 0.0
    channel_leaves: float = 0.0
    group_leaves: float = 0.0
    week_leaves: float = 0.0
    page_leaves: float = 0.0
    repeat_leaves: float = 0.0
    slow_leaves: float = 0.0
    change_leaves: float = 0.0
    change_wait: float = 1.0
    change_again: float = 0.0
    way_leaves: float = 0.0
    begins: str = ""
    begin_leaves: float = 0.0
    taken: float = 0.5
    back: float = 0.0
    back_leaves: float = 0.0
    felt: float = 0.0
    channel_felt: float = 0.0
    group_felt: float = 0.0
    page_felt: float = 0.0
    repeat_felt: float = 0.0
    slow_felt: float = 0.0
    change_felt: float = 0.0
    hoped: float = 0.0
    wait: float = 1.0
    driven: float = 0.0
    error: float = 0.0
    error_leaves: float = 0.0
    twice: float = 0.0
    complain: float = 0.0
    praise: float = 0.0


Plants = Mapping[str, Plant]
NOTHING = Plant()


def plan() -> JourneyMap:
    """The map of the world; half of the customers get in time what it promises."""
    said = Statement(
        id="soon",
        lane="promise",
        text="Within the hour",
        claim=Claim(time=TimeClaim(to="pay", typical_at_most="1h")),
    )
    steps = tuple(
        Step(
            id=name,
            name=name,
            events=(EventPattern(activity=name),),
            touchpoints=("till",) if name == "pay" else (),
            statements=(said,) if name == "basket" else (),
        )
        for name in STEPS
    )
    return JourneyMap(
        id="truth",
        title="Truth",
        goal=Goal(text="done", success="done"),
        touchpoints=(Touchpoint(id="till", name="Till", owner="accounting"),),
        stages=(Stage(id="all", name="All", steps=steps),),
    )


@dataclass(slots=True)
class Walk:
    """Cases on their way, and what an observer sees of them."""

    rng: np.random.Generator
    customer: IntArray
    alike: float
    case: list[IntArray] = field(default_factory=list)
    times_us: list[IntArray] = field(default_factory=list)
    pair: list[IntArray] = field(default_factory=list)
    pairs: dict[tuple[str, str], int] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)

    def normal(self) -> FloatArray:
        """float64[n], standard normal; the cases of a customer as alike as is said."""
        own = self.rng.standard_normal(len(self.customer))
        if not self.alike:
            return own
        shared = self.rng.standard_normal(len(self.customer))[self.customer]
        mixed = np.sqrt(self.alike) * shared + np.sqrt(1 - self.alike) * own
        return np.asarray(mixed)

    def chance(self, share: float | FloatArray) -> BoolArray:
        """bool[n], True for a share of the cases."""
        return np.asarray(ndtr(self.normal()) < share)

    def show(
        self,
        who: BoolArray,
        at_us: FloatArray,
        activity: str,
        channel: IntArray | None = None,
    ) -> None:
        """Add one event of each of these cases."""
        cases = np.flatnonzero(who)
        names = ("",) if channel is None else CHANNELS
        codes = [self.pairs.setdefault((activity, name), len(self.pairs)) for name in names]  # fmt: skip
        used = np.zeros(len(cases), np.int64) if channel is None else channel[cases]
        self.case.append(cases)
        self.times_us.append(at_us[cases].astype(np.int64))
        self.pair.append(np.array(codes)[used])

    def answer(
        self, who: BoolArray, mood: FloatArray, about: str, question: int, share: float
    ) -> FloatArray:
        """Add answers of a share of these cases; float64[n], what each says or would say."""
        scores = np.clip(np.round(mood + self.normal()), 1, 5)
        told = np.flatnonzero(who & self.chance(share))
        self.answers.append(Answer(told, scores[told], about, question))
        return np.asarray(scores)


def draw(
    plants: Plants,
    cases: int,
    rng: np.random.Generator,
    *,
    each: int = 1,
    alike: float = 0.0,
) -> tuple[Sequences, Feedback]:
    """Cases of a world and what their customers answer.

    Args:
        plants: What differs, by step.
        cases: Number of cases.
        rng: Source of randomness.
        each: Cases of each customer.
        alike: How alike these are, 0 to 1, in everything.
    """
    walk = Walk(rng, np.arange(cases) // each, alike)
    taken = plants.get("advice", NOTHING).taken
    group, region, advised = (walk.chance(share) for share in (0.5, 0.7, taken))
    clock = START_US + rng.random(cases) * DAYS * DAY_US
    began_us, channel = clock, walk.chance(0.4).astype(np.int64)
    began_in = channel
    likes, whole = ALIKE * walk.normal(), np.full(cases, MEAN)
    alive, wait_us = np.ones(cases, np.bool_), np.zeros(cases)
    for name in STEPS:
        here = alive & {"advice": advised, "filter": ~advised}.get(name, True)
        plant = plants.get(name, NOTHING)
        visit = _Visit(walk, plant, here, clock, channel, wait_us, group)
        mood = MEAN + likes + visit.stay(name)
        mood += visit.lasting
        scores = walk.answer(here, mood, name, HOW, ANSWERS)
        walk.answer(here, mood + plant.hoped, name, HOPED, ANSWERS / 2)
        whole += plant.driven * (scores - MEAN) * here
        if name == "done":
            break
        loses = LEAVES + visit.loses + plant.way_leaves * advised
        loses += _by_start(plant, began_us, region, began_in)
        alive = alive & ~(here & walk.chance(loses))
        channel, clock, wait_us = visit.go(here & alive)
        likes, whole = likes + visit.lasting, whole + visit.lasting
    walk.answer(np.ones(cases, np.bool_), whole, "", WHOLE, ANSWERS)
    # what does not change with the case belongs to the customer
    who = (np.arange(cases) // each) * each
    segments = {
        "group": Segment(("", "a", "b"), (1 + group[who]).astype(np.uint16)),
        "region": Segment(("", "n", "s"), (1 + region[who]).astype(np.uint16)),
    }
    seen = Cases(cases, walk.customer, segments, START_US + 3 * DAYS * DAY_US)
    log = sequences_of(
        np.concatenate(walk.case),
        np.concatenate(walk.times_us),
        np.concatenate(walk.pair),
        list(walk.pairs),
        seen,
    )
    shares = {name: (one.complain, one.praise) for name, one in plants.items()}
    return log, feedback_of(walk.answers, shares, log, rng)


def _by_start(
    plant: Plant, began_us: FloatArray, region: BoolArray, channel: IntArray
) -> FloatArray:
    """float64[n], points more that leave because of when and where they began."""
    week = (began_us - START_US) // (7 * DAY_US)
    found = plant.week_leaves * ((week >= BAD_WEEKS[0]) & (week < BAD_WEEKS[1]))
    begins = {
        "channel": channel == APP,
        "hours": began_us // HOUR_US % 24 < 6,
        "weekday": (began_us // DAY_US + 3) % 7 >= 6,
    }
    if plant.begins:
        found = found + plant.begin_leaves * (region & begins[plant.begins])
    return np.asarray(found, dtype=np.float64)


@dataclass(slots=True)
class _Visit:
    """Cases at one step: what they see there, and what follows from it."""

    walk: Walk
    plant: Plant
    here: BoolArray
    clock: FloatArray
    channel: IntArray
    wait_us: FloatArray
    group: BoolArray
    came: FloatArray = field(init=False)
    is_to_app: BoolArray = field(init=False)
    loses: FloatArray = field(init=False)
    lasting: FloatArray = field(init=False)

    def __post_init__(self) -> None:
        """Nobody has changed yet."""
        self.came = self.clock
        self.is_to_app = np.zeros(len(self.here), np.bool_)

    def stay(self, name: str) -> FloatArray:
        """Show the step and what is beside it; float64[n], how the mood there differs."""
        walk, plant, here, start = self.walk, self.plant, self.here, self.channel
        is_slow = here & (self.wait_us > np.quantile(self.wait_us[here], 0.75))
        walk.show(here, self.clock, name, start)
        fails = self._behind(name)
        beside = 0.0 if name == "done" else 1.0
        page = here & walk.chance(SHOWS * beside)
        self._change(page)
        walk.show(page, self.clock, f"page {name}", self.channel)
        again = here & walk.chance(REPEATS * beside)
        self._change(again)
        walk.show(again, self.clock, name, self.channel)
        back = here & walk.chance(plant.back)
        for activity in ("look", name) * 2 if plant.back else ():
            self._change(back)
            walk.show(back, self.clock, activity, self.channel)
        in_app, to_app = start == APP, self.is_to_app
        self.loses = np.asarray(
            plant.leaves
            + plant.error_leaves * fails
            + plant.channel_leaves * in_app
            + plant.group_leaves * self.group
            + plant.page_leaves * page
            + plant.repeat_leaves * again
            + plant.back_leaves * back
            + plant.slow_leaves * is_slow
            + plant.change_leaves * to_app
        )
        self.lasting = -np.asarray(
            plant.page_felt * page
            + plant.repeat_felt * again
            + plant.slow_felt * is_slow
            + plant.change_felt * to_app
        )
        return -np.asarray(
            plant.felt + plant.channel_felt * in_app + plant.group_felt * self.group
        )

    def go(self, goes: BoolArray) -> tuple[IntArray, FloatArray, FloatArray]:
        """Channel, moment and wait of the next step, for those who go on; the others stay as they are."""
        walk, plant = self.walk, self.plant
        self.is_to_app = np.zeros(len(self.here), np.bool_)
        self._change(goes)
        self.lasting = self.lasting - plant.change_felt * self.is_to_app
        again = self.is_to_app & walk.chance(plant.change_again)
        walk.show(again, self.clock + SECOND_US, "look", self.channel)
        takes = HOUR_US * np.exp(SPREAD * walk.normal()) * plant.wait
        takes *= np.where(self.is_to_app, plant.change_wait, 1.0)
        # time runs from coming to the step, so that the typical wait is what is planted
        next_us = np.maximum(self.came + takes, self.clock + MINUTE_US)
        clock = np.where(goes, next_us, self.clock)
        return self.channel, clock, np.where(goes, takes, self.wait_us)

    def _behind(self, name: str) -> BoolArray:
        """Show what happens behind the step; bool[n], for whom it fails."""
        walk, plant = self.walk, self.plant
        fails = self.here & walk.chance(plant.error)
        walk.show(fails, self.clock + SECOND_US, f"error {name}")
        for times, share in ((2, 1.0), (3, plant.twice)) if plant.twice else ():
            who = self.here & walk.chance(share)
            walk.show(who, self.clock + times * SECOND_US, f"checks {name}")
        return fails

    def _change(self, who: BoolArray) -> None:
        """Some of those who do anything more change the channel before; a minute passes."""
        changes = who & self.walk.chance(CHANGES)
        self.is_to_app = self.is_to_app | (changes & (self.channel == WEB))
        self.channel = np.where(changes, 1 - self.channel, self.channel)
        self.clock = self.clock + MINUTE_US
