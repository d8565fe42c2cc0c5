"""Sketch: stages, steps, bindings and touchpoints of one way, before anything is measured."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from desirepath.discover.simplify import Simplified
from desirepath.discover.stages import cut_stages
from desirepath.discover.way import Way
from desirepath.events import kernels
from desirepath.events.sequences import IntArray, Sequences
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.model import EventPattern, Goal, JourneyMap, Stage, Step

LANES = ("touchpoints", "pains")


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of the user for a map.

    Attributes:
        goal: Activity pattern of the goal, None where there is none.
        title: Title, None for one made of the first and last step.
        names: Activity to the words people use for it.
    """

    goal: str | None
    title: str | None
    names: Mapping[str, str]

    def step(self, activity: str) -> str:
        """Words for an activity: the user's, or the activity made readable."""
        return self.names.get(activity, readable(activity))


def sketch(
    way: Way,
    number: int,
    simple: Simplified,
    sequences: Sequences,
    wording: Wording,
    stages: int | None,
) -> JourneyMap:
    """A map of one way: its steps bound to their activities and cut into stages."""
    activities = [simple.activities[code] for code in way.codes]
    channels = [_channels(sequences, name) for name in activities]
    places = sorted({channel for used in channels for channel in used})
    touchpoint = dict(zip(places, unique_ids(places), strict=True))
    steps = [
        Step(
            id=step,
            name=wording.step(name),
            touchpoints=tuple(touchpoint[channel] for channel in used),
            events=(EventPattern(activity=pattern_of(name)),),
        )
        for step, name, used in zip(
            unique_ids(activities), activities, channels, strict=True
        )
    ]
    title = wording.title or f"From “{steps[0].name}” to “{steps[-1].name}”"
    goal = (
        Goal(text=wording.step(wording.goal), success=wording.goal)
        if wording.goal
        else None
    )
    return JourneyMap(
        id="discovered" if not number else f"discovered-{number + 1}",
        title=title if not number else f"{title} (kind {number + 1})",
        goal=goal,
        view="touchpoint",
        lanes=LANES if any(channels) else LANES[1:],
        stages=_stages(steps, simple, way, stages),
        touchpoints=tuple(
            Touchpoint(id=touchpoint[name], name=readable(name), channel=name)
            for name in places
        ),
    )


def _stages(
    steps: Sequence[Step], simple: Simplified, way: Way, stages: int | None
) -> tuple[Stage, ...]:
    """Steps in groups, each named after the step that most cases show; people rename them."""
    starts = cut_stages(_moves(simple, way), stages=stages)
    shares = [float(simple.case_shares[code]) for code in way.codes]
    found = []
    for start, end in zip(starts, (*starts[1:], len(steps)), strict=True):
        typical = max(range(start, end), key=lambda place: shares[place])
        found.append(
            Stage(
                id=f"stage-{steps[start].id}",
                name=steps[typical].name,
                steps=tuple(steps[start:end]),
            )
        )
    return tuple(found)


def _moves(simple: Simplified, way: Way) -> IntArray:
    """int64[n_steps, n_steps], moves between the activities of a way, others left out."""
    place = np.full(len(simple.activities), -1, dtype=np.int64)
    place[list(way.codes)] = np.arange(len(way.codes))
    steps = place[simple.codes]
    offsets, _ = kernels.keep(steps >= 0, simple.offsets)
    found = kernels.transitions(steps[steps >= 0], offsets, len(way.codes))
    moves = np.zeros((len(way.codes), len(way.codes)), dtype=np.int64)
    moves[found.from_codes, found.to_codes] = found.counts
    np.fill_diagonal(moves, 0)
    return moves


def _channels(sequences: Sequences, activity: str) -> tuple[str, ...]:
    pairs = zip(sequences.activities, sequences.channels, strict=True)
    return tuple(
        sorted({channel for name, channel in pairs if name == activity and channel})
    )


def readable(activity: str) -> str:
    """An activity as words: separators become blanks, the first letter a capital.

    Examples:
        >>> readable("product_view"), readable("A_SUBMITTED")
        ('Product view', 'A SUBMITTED')
    """
    words = re.sub(r"[_\s]+", " ", activity).strip() or "(no name)"
    return words[:1].upper() + words[1:]


def pattern_of(activity: str) -> str:
    """A pattern that means the activity; a star in its name becomes a question mark.

    Examples:
        >>> pattern_of("order*"), pattern_of("sure?")
        ('order?', 'sure?')
    """
    return activity.replace("*", "?")


def slug(name: str) -> str:
    r"""An id from a name: letters and digits of any script, the rest as hyphens.

    Examples:
        >>> slug("Product view!"), slug("注文する")
        ('product-view', '注文する')
    """
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or "step"


def unique_ids(names: Sequence[str]) -> list[str]:
    """Ids of names, later ones numbered where they repeat.

    Examples:
        >>> unique_ids(["Pay", "pay", "pay 2", "!"])
        ['pay', 'pay-2', 'pay-2-2', 'step']
    """
    ids: list[str] = []
    for name in names:
        one, number = slug(name), 1
        while one in ids:
            number += 1
            one = f"{slug(name)}-{number}"
        ids.append(one)
    return ids
