"""Questions the shape of a map asks: reach, order, moves, drop-off, time, goal, channel."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from desirepath.events import kernels
from desirepath.evidence.laid import Laid
from desirepath.evidence.question import Question, ShareQuestion
from desirepath.maps.model import Stage, Step

MIN_MOVE_SHARE = 0.05


def shape_questions(laid: Laid) -> Iterator[Question]:
    """Questions about the map as a whole, each stage, each step and each transition, in map order."""
    yield from laid.reaches_goal("map", laid.everyone)
    if laid.aligned.binding.is_goal_known:
        starts = laid.sequences.offsets[:-1]
        yield laid.waits("map", starts, laid.aligned.goal, "goal")
    for stage in laid.map.stages:
        yield from _of_stage(laid, stage)
        for step in stage.steps:
            yield from _of_step(laid, step)
    yield from _of_order(laid)
    yield from _of_moves(laid)


def _of_stage(laid: Laid, stage: Stage) -> Iterator[Question]:
    steps = [step.id for step in stage.steps]
    if not any(laid.is_known(step) for step in steps):
        return
    here = laid.at(steps)
    subject = f"stage:{stage.id}"
    yield ShareQuestion(subject, "reach", laid.everyone, here)
    yield from laid.reaches_goal(subject, here)
    places = [laid.place[step] for step in steps]
    if max(places) < len(laid.place) - 1:
        yield laid.drops_off(subject, here, laid.aligned.last[:, places].max(axis=1))


def _of_step(laid: Laid, step: Step) -> Iterator[Question]:
    place = laid.place[step.id]
    here = laid.at([step.id])
    subject = f"step:{step.id}"
    if step.events:  # bound to events that never occur: reached by nobody
        yield ShareQuestion(subject, "reach", laid.everyone, here)
    if not laid.is_known(step.id):
        return
    yield from laid.reaches_goal(subject, here)
    yield laid.comes_back(subject, place)
    if place < len(laid.place) - 1:
        yield laid.drops_off(subject, here, laid.aligned.last[:, place])
    for channel in laid.channels(place):
        hits = laid.in_channel([place], channel)
        yield ShareQuestion(subject, "channel", here, hits, channel)


def _of_order(laid: Laid) -> Iterator[Question]:
    bound = [step.id for step in laid.map.steps() if step.events]
    for before, after in pairwise(bound):
        yield laid.comes_after(f"transition:{before}>{after}", before, after)


def _of_moves(laid: Laid) -> Iterator[Question]:
    """Moves the map draws, with their time, and others that a twentieth of the moves take."""
    ids = laid.map.step_ids()
    counts = laid.move_counts()
    drawn = drawn_moves(laid)
    for before in ids:
        row = counts[laid.place[before]]
        for after in ids:
            is_drawn = (before, after) in drawn
            count = row[laid.place[after]]
            if not is_drawn and (not count or count < MIN_MOVE_SHARE * row.sum()):
                continue
            subject = f"transition:{before}>{after}"
            move = laid.goes_on(subject, before, after)
            yield move
            if is_drawn:
                first = laid.aligned.first[:, laid.place[before]]
                is_target = laid.aligned.step_of_event == laid.place[after]
                target = kernels.first_after(is_target, first, laid.sequences.offsets)
                yield laid.waits(subject, first, target, after)
            else:
                made = np.asarray(move.hits > 0)
                yield ShareQuestion(
                    subject, "move_elsewhere", laid.everyone, made, after
                )


def drawn_moves(laid: Laid) -> set[tuple[str, str]]:
    """Moves between bound steps that the map shows: from each to the next, and every `next`."""
    known = [step for step in laid.map.step_ids() if laid.is_known(step)]
    drawn = set(pairwise(known))
    for step in laid.map.steps():
        drawn |= {(step.id, way.step) for way in step.next if way.step != step.id}
    return {move for move in drawn if all(laid.is_known(step) for step in move)}
