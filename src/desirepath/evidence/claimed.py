"""Questions the statements of a map ask: one for each claim that events can answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from desirepath.events import kernels
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.laid import Laid
from desirepath.evidence.question import MEDIAN, P90, Question, ShareQuestion
from desirepath.maps.claims import Claim, TimeClaim
from desirepath.maps.model import EventPattern, Statement
from desirepath.maps.values import seconds_of


def claim_questions(laid: Laid) -> Iterator[Question]:
    """The question of each claim, in map order; none for what events cannot answer."""
    everywhere = laid.map.step_ids()
    # the share of all cases that reach the goal is asked by the shape of every map
    if laid.map.goal and laid.map.goal.claim and not laid.map.goal.claim.goal:
        yield from _of_claim(
            laid, "map", laid.map.goal.claim, everywhere, laid.everyone
        )
    for statement in laid.map.statements:
        yield from _of_statement(laid, statement, everywhere, is_whole=True)
    for stage in laid.map.stages:
        steps = tuple(step.id for step in stage.steps)
        for statement in stage.statements:
            yield from _of_statement(laid, statement, steps)
        for step in stage.steps:
            for statement in step.statements:
                yield from _of_statement(laid, statement, (step.id,))


def _of_statement(
    laid: Laid, statement: Statement, steps: tuple[str, ...], *, is_whole: bool = False
) -> Iterator[Question]:
    known = tuple(step for step in steps if laid.is_known(step))
    if statement.claim is None or not known:
        return
    here = laid.everyone if is_whole else laid.at(known)
    subject = f"statement:{statement.id}"
    yield from _of_claim(laid, subject, statement.claim, known, here)


def _of_claim(
    laid: Laid,
    subject: str,
    claim: Claim,
    steps: Sequence[str],
    here: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> Iterator[Question]:
    if claim.reach:
        yield ShareQuestion(subject, "reach", laid.everyone, here)
    if claim.goal:
        yield from laid.reaches_goal(subject, here)
    if claim.share:
        pattern = EventPattern(
            activity=claim.share.activity, channel=claim.share.channel
        )
        # an activity that never occurs may not be recorded: then nobody can tell
        if laid.shows(EventPattern(activity=pattern.activity)).any():
            shown = kernels.any_in_case(laid.shows(pattern), laid.sequences.offsets)
            yield ShareQuestion(subject, "share", here, here & shown, pattern.activity)
    if claim.channel and any(laid.sequences.channels):
        channel = claim.channel.channel
        hits = laid.in_channel([laid.place[step] for step in steps], channel)
        yield ShareQuestion(subject, "channel", here, here & hits, channel)
    if claim.order and len(steps) == 1 and laid.is_known(claim.order.after):
        yield laid.comes_after(subject, claim.order.after, steps[0])
    if claim.next and len(steps) == 1 and laid.is_known(claim.next.step):
        yield laid.goes_on(subject, steps[0], claim.next.step)
    if claim.time:
        yield from _of_time(laid, subject, claim.time, steps)


def _of_time(
    laid: Laid, subject: str, claim: TimeClaim, steps: Sequence[str]
) -> Iterator[Question]:
    """Time from the first event at any of the steps to the first target after it."""
    if claim.to in laid.place:
        is_target = laid.aligned.step_of_event == laid.place[claim.to]
    else:
        is_target = laid.shows(EventPattern(activity=claim.to))
    if not is_target.any() or not laid.sequences.has_times:
        return
    firsts = laid.aligned.first[:, [laid.place[step] for step in steps]]
    never = laid.sequences.event_count
    start = np.where(firsts >= 0, firsts, never).min(axis=1)
    start = np.where(start < never, start, UNBOUND)
    target = kernels.first_after(is_target, start, laid.sequences.offsets)
    limits = (
        (claim.typical_at_most, MEDIAN),
        (claim.typical_at_least, MEDIAN),
        (claim.p90_at_most, P90),
        (claim.p90_at_least, P90),
    )
    limit, quantile = next((one, q) for one, q in limits if one is not None)
    asked = laid.waits(subject, start, target, claim.to, quantile, seconds_of(limit))
    first = kernels.first_in_case(is_target, laid.sequences.offsets)
    yield replace(asked, had=(first != UNBOUND) & (first < start))
