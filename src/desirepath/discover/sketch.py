"""Sketch: stages, steps, bindings and touchpoints of one way, before anything is measured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desirepath.discover.simplify import Simplified
from desirepath.discover.stages import cut_stages
from desirepath.discover.way import Way
from desirepath.discover.words import Wording, readable, unique_ids, unique_names
from desirepath.events import kernels
from desirepath.events.sequences import IntArray, Sequences
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.model import EventPattern, Goal, JourneyMap, Stage, Step

LANES = ("touchpoints", "backstage", "pains", "metrics")


def sketch(
    way: Way,
    number: int,
    simple: Simplified,
    log: Sequences,
    wording: Wording,
    stages: int | None,
) -> JourneyMap:
    """A map of one way: its steps bound to their activities and cut into stages.

    Args:
        way: The way.
        number: Its number, from 0.
        simple: How the cases were simplified.
        log: The cases of its kind.
        wording: Words of the user.
        stages: Number of stages; None for the best.
    """
    activities = [simple.activities[code] for code in way.codes]
    names = wording.steps(activities)
    channels = _channels(way, simple, log)
    places = sorted({channel for used in channels for channel in used})
    touchpoint = dict(zip(places, unique_ids(places), strict=True))
    steps = [
        Step(
            id=step,
            name=name,
            touchpoints=tuple(touchpoint[channel] for channel in used),
            events=(EventPattern(activity=simple.patterns[code]),),
        )
        for step, name, code, used in zip(
            unique_ids(activities), names, way.codes, channels, strict=True
        )
    ]
    title = wording.title or f"From “{names[0]}” to “{names[-1]}”"
    goal = None
    if wording.aim is not None:
        text = wording.goal(activities, names)
        goal = Goal(text=text, success=wording.aim.text)
    place_names = unique_names([readable(name) for name in places], places)
    return JourneyMap(
        id="discovered" if not number else f"discovered-{number + 1}",
        title=title if not number else f"{title} (kind {number + 1})",
        goal=goal,
        view="touchpoint",
        lanes=LANES if any(channels) else LANES[1:],
        stages=_stages(steps, activities, way, simple, log, wording, stages),
        touchpoints=tuple(
            Touchpoint(id=touchpoint[one], name=name, channel=one)
            for one, name in zip(places, place_names, strict=True)
        ),
    )


def _stages(
    steps: Sequence[Step],
    activities: Sequence[str],
    way: Way,
    simple: Simplified,
    log: Sequences,
    wording: Wording,
    stages: int | None,
) -> tuple[Stage, ...]:
    """Steps in groups, each named by the user's words or after the step that most cases show."""
    starts = cut_stages(_moves(way, simple, log), stages=stages)
    numbers = simple.numbers[log.codes]
    counts = kernels.case_counts(numbers, log.case_index(), len(simple.activities))
    shown = counts[list(way.codes)]
    bounds = list(zip(starts, (*starts[1:], len(steps)), strict=True))
    names: list[str] = []
    for start, end in bounds:
        typical = start + int(shown[start:end].argmax())
        words = wording.stage(activities[start:end], activities)
        names.append(steps[typical].name if words is None or words in names else words)
    return tuple(
        Stage(id=f"stage-{steps[start].id}", name=name, steps=tuple(steps[start:end]))
        for (start, end), name in zip(bounds, names, strict=True)
    )


def _moves(way: Way, simple: Simplified, log: Sequences) -> IntArray:
    """int64[n_steps, n_steps], moves between the activities of a way, others left out."""
    steps = way.places(len(simple.activities))[simple.numbers[log.codes]]
    offsets, _ = kernels.keep(steps >= 0, log.offsets)
    found = kernels.transitions(steps[steps >= 0], offsets, len(way.codes))
    moves = np.zeros((len(way.codes), len(way.codes)), dtype=np.int64)
    moves[found.from_codes, found.to_codes] = found.counts
    np.fill_diagonal(moves, 0)
    return moves


def _channels(way: Way, simple: Simplified, log: Sequences) -> list[tuple[str, ...]]:
    """Channels of each step."""
    channels = np.array(log.channels)
    return [
        tuple(sorted(set(channels[simple.numbers == code].tolist()) - {""}))
        for code in way.codes
    ]
