"""Promises held against events: to whom one was made, for whom it was kept. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.claimed import claim_questions
from desirepath.evidence.contrasts import Contrast
from desirepath.evidence.laid import Laid
from desirepath.evidence.places import Places
from desirepath.evidence.question import ShareQuestion, TimeQuestion
from desirepath.evidence.touchpoints import events_at, made_question
from desirepath.maps.model import EventPattern
from desirepath.maps.promises import TOUCHPOINT, subject_of
from desirepath.maps.refs import placed_statements
from desirepath.maps.values import seconds_of

PROMISES = ("promise", "promises")
PROMISE_LANES = (*PROMISES, "expectation", "expectations")
BROKEN = "broken:"


@dataclass(frozen=True, slots=True)
class Due:
    """Cases for which a promise is due.

    Attributes:
        ref: Ref of the place it was made at.
        name: Id of the statement that makes it, or ref of the touchpoint.
        asked: bool[n_cases], cases in which it is due.
        kept: bool[n_cases], of them, those in which it was kept.
        reached: bool[n_cases], cases that got there at all, in time or late.
        made: bool[n_cases], cases to which it was made and which were watched for long enough.
        had: bool[n_cases], of them, those that had what was promised before; nothing was left to keep.
    """

    ref: str
    name: str
    asked: BoolArray
    kept: BoolArray
    reached: BoolArray
    made: BoolArray
    had: BoolArray


def promise_questions(laid: Laid) -> Iterator[ShareQuestion]:
    """Numbers of every promise of the map that events can answer; the target is the id of the statement.

    A promise is that of a touchpoint (then the target is its ref), or a statement in a lane such as `promise` or
    `expectations`, whose claim says how long something takes at most (`time`), or which step comes before
    this one (`order`: this step is the promised moment). Not of expectations: also what is shown or not
    (`share`), and that the goal is reached (`goal`); of these, cases that may still go on are not asked.

    - ``promise_made``: of all cases, those that meet a touchpoint that promises something.
    - ``promise_kept``: share of cases in which it was kept. Only cases watched until the promise was
      due are asked. Who never got there counts as not kept, unless the case reached a failure event of
      the goal (a cancelled order).
    - ``promise_reached``: of these cases, those that got there at all. The others may have been let
      down, or have left of their own will; events cannot tell.
    - ``promise_before``: of the cases it was made to, those that had what was promised already. A
      promise counts from the moment it is made, so these are not asked; asked only where there are some.
    """
    for touchpoint in laid.map.touchpoints:
        made = made_question(laid, touchpoint) if touchpoint.promise else None
        if made is not None:
            yield made
    for one in _due(laid):
        here = one.asked & one.reached
        yield ShareQuestion(one.ref, "promise_kept", one.asked, one.kept, one.name)
        yield ShareQuestion(one.ref, "promise_reached", one.asked, here, one.name)
        if one.had.any():
            yield ShareQuestion(one.ref, "promise_before", one.made, one.had, one.name)


def broken_promises(places: Places) -> Iterator[Contrast]:
    """Cases in which a promise was not kept against those in which it was, named by the statement."""
    for one in _due(places.laid):
        contrast = Contrast(
            one.ref, f"{BROKEN}{one.name}", one.asked, one.asked & ~one.kept
        )
        if contrast.is_large:
            yield contrast


def _due(laid: Laid) -> Iterator[Due]:
    """Every promise of the map that events can answer."""
    promises = {
        subject_of(one, ref): (ref, one)
        for one, ref, _ in placed_statements(laid.map)
        if one.claim is not None and one.lane.casefold() in PROMISE_LANES
    }
    if not promises:
        return
    failed = _failed(laid)
    for question in claim_questions(laid, promises):
        ref, statement = promises.get(question.subject, ("", None))
        claim = statement.claim if statement else None
        if statement is None or claim is None:
            continue
        name = statement.id or ""
        if isinstance(question, TimeQuestion):
            limit = claim.time and (
                claim.time.typical_at_most or claim.time.p90_at_most
            )
            if limit:
                yield _in_time(ref, name, question, seconds_of(limit), failed)
        elif claim.order and ref.startswith(("step:", TOUCHPOINT)):
            if laid.sequences.has_times:
                yield _before(laid, ref, name, claim.order.after, failed)
        elif isinstance(question, ShareQuestion) and (
            bounds := claim.share or claim.goal
        ):
            one_sided = (bounds.at_least is None) != (bounds.at_most is None)
            if one_sided and statement.lane.casefold() in PROMISES:
                is_more = bounds.at_least is not None
                yield _shown(laid, ref, name, question, failed, is_more=is_more)


def _failed(laid: Laid) -> BoolArray:
    """bool[n_cases], cases that reach an event of failure."""
    goal = laid.map.goal
    failed = np.zeros(laid.sequences.case_count, dtype=np.bool_)
    for activity in goal.failure_patterns if goal else ():
        shown = laid.shows(EventPattern(activity=activity))
        failed |= kernels.any_in_case(shown, laid.sequences.offsets)
    return failed


def _in_time(
    ref: str, name: str, question: TimeQuestion, limit_s: float, failed: BoolArray
) -> Due:
    """Cases watched for as long as the promise says, and those that got there in time.

    Whether a case had it before is known when the promise is made, so leaving these out chooses nobody
    by how it went on.
    """
    made = question.asked & (question.followed_s >= limit_s)
    had = np.zeros_like(made) if question.had is None else made & question.had
    due = made & ~had
    kept = due & question.is_seen & (question.waits_s <= limit_s)
    asked = due & (question.is_seen | ~failed)
    return Due(ref, name, asked, kept, question.is_seen, made, had)


def _before(laid: Laid, ref: str, name: str, done: str, failed: BoolArray) -> Due:
    """Cases whose promised moment has passed, and those in which it was done before."""
    is_moment = events_at(laid, ref)
    promised = kernels.first_in_case(is_moment, laid.sequences.offsets)
    first = laid.aligned.first[:, laid.place[done]]
    times = laid.sequences.times_us
    # promised moments may lie in the future; what else happened says how far the log goes
    others = times[~is_moment]
    last_us = int(others.max()) if len(others) else 0
    is_due = (promised != UNBOUND) & (times[np.maximum(promised, 0)] <= last_us)
    kept = is_due & (first != UNBOUND) & (first < promised)
    asked = is_due & ((first != UNBOUND) | ~failed)
    nobody = np.zeros(len(is_due), dtype=np.bool_)
    return Due(ref, name, asked, kept, first != UNBOUND, is_due, nobody)


def _shown(
    laid: Laid,
    ref: str,
    name: str,
    question: ShareQuestion,
    failed: BoolArray,
    *,
    is_more: bool,
) -> Due:
    """Closed cases here, and those that show what was promised, or do not show what was promised away."""
    made = np.asarray(question.asked > 0) & ~laid.aligned.is_open
    hits = np.asarray(question.hits > 0)
    nobody = np.zeros_like(made)
    if not is_more:
        return Due(ref, name, made, made & ~hits, made, made, nobody)
    is_goal = question.measure == "goal"
    asked = made if is_goal else made & (hits | ~failed)
    return Due(ref, name, asked, asked & hits, hits, made, nobody)
