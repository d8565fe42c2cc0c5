"""Answers placed at the steps of a map: by what they name, else by where the customer was. Averages nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from desirepath.events.feedback.answers import NO_TIME_US, NOBODY, Feedback
from desirepath.events.feedback.join import (
    NOT_JOINED,
    Joined,
    join_feedback,
    told_ways,
)
from desirepath.events.fingerprints import plain_name
from desirepath.events.patterns import matching_codes
from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.laid import Laid
from desirepath.sentences.phrase import Phrase, listed

MAX_STRANGE_NAMES = 5
BY_NAME, BY_LAST = Phrase("joined.by_name"), Phrase("joined.by_last")


@dataclass(frozen=True, slots=True)
class Heard:
    """Feedback with the step each answer is about.

    Attributes:
        feedback: The answers.
        joined: Their cases.
        is_used: bool[n_answers], answers about the cases measured, and answers that name nobody.
        step: int64[n_answers], index of the step, -1 where none is known.
        customers: int64[n_answers], key of the customer; one of its own for each nameless response.
        by: Answers placed, by how.
        why_not: Answers not placed, by reason.
    """

    feedback: Feedback
    joined: Joined
    is_used: BoolArray
    step: IntArray
    customers: IntArray
    by: Mapping[str, int]
    why_not: Mapping[str, int]

    def is_placed_by_name(self, answer: int) -> bool:
        """Whether an answer names what it is about."""
        return bool(self.feedback.hints.values[self.feedback.hints.codes[answer]])

    def words(self) -> str:
        """What was placed and what was not, in one sentence."""
        placed = int((self.step != UNBOUND).sum())
        told = Phrase("joined.placed", count=placed, all=int(self.is_used.sum()))
        return told_ways(told, self.by, "joined.not_placed", self.why_not)


def hear(feedback: Feedback, laid: Laid, *, limit_days: float) -> Heard:
    """Answers joined to cases and placed at steps.

    What an answer names (a step, a touchpoint, a stage or an activity) decides. Where that means
    several steps, the last of them that the customer came to before the answer; where nothing is named,
    the last step of all.

    Args:
        feedback: Answers.
        laid: Map and cases.
        limit_days: As `join_feedback`.
    """
    joined = join_feedback(feedback, laid.sequences, limit_days=limit_days)
    is_used = (joined.case != NOT_JOINED) | ~joined.is_named
    before = events_before(feedback.times_us, joined.case, laid.sequences)
    step = np.full(feedback.count, UNBOUND, dtype=np.int64)
    by: dict[str, int] = {BY_NAME: 0, BY_LAST: 0}
    strange: dict[str, int] = {}
    reasons: dict[str, int] = {}
    for code in np.unique(feedback.hints.codes[is_used]).tolist():
        here = np.flatnonzero(is_used & (feedback.hints.codes == code))
        name = feedback.hints.values[code]
        wanted = steps_named(name, laid) if name else laid.is_bound
        if not wanted.any():
            strange[name] = len(here)
            continue
        is_one = bool(name) and int(wanted.sum()) == 1
        step[here] = (
            int(wanted.argmax()) if is_one else _last_step(before[here], wanted, laid)
        )
        placed = int((step[here] != UNBOUND).sum())
        by[BY_NAME if name else BY_LAST] += placed
        if placed < len(here):
            why = _why_not(name)
            reasons[why] = reasons.get(why, 0) + len(here) - placed
    if strange:
        reasons[_strange(strange)] = sum(strange.values())
    return Heard(
        feedback,
        joined,
        is_used,
        step,
        _customers(feedback, joined, laid.sequences),
        {way: count for way, count in by.items() if count},
        reasons,
    )


def _why_not(name: str) -> str:
    if name:
        return Phrase("joined.several", name=name)
    return Phrase("joined.before")


def _strange(names: Mapping[str, int]) -> str:
    most = sorted(names, key=lambda one: -names[one])
    shown = listed(
        Phrase("joined.quoted", name=one) for one in most[:MAX_STRANGE_NAMES]
    )
    more = len(most) - MAX_STRANGE_NAMES
    if more > 0:
        shown = Phrase("joined.and_more", names=shown, count=more)
    return Phrase("joined.strange", names=shown)


def steps_named(name: str, laid: Laid) -> BoolArray:
    """bool[n_steps], steps that a name means: a step, a touchpoint, a stage, or an activity."""
    wanted = plain_name(name)
    touchpoints = {
        one.id
        for one in laid.map.touchpoints
        if wanted in (plain_name(one.id), plain_name(one.name))
    }
    steps = tuple(laid.map.steps())
    by_step = [wanted in (plain_name(one.id), plain_name(one.name)) for one in steps]
    if any(by_step):
        return np.array(by_step, dtype=np.bool_)
    by_touchpoint = [
        any(one in touchpoints or plain_name(one) == wanted for one in step.touchpoints)
        for step in steps
    ]
    if any(by_touchpoint):
        return np.array(by_touchpoint, dtype=np.bool_)
    by_stage = [
        wanted in (plain_name(stage.id), plain_name(stage.name))
        for stage in laid.map.stages
        for _ in stage.steps
    ]
    if any(by_stage):
        return np.array(by_stage, dtype=np.bool_)
    codes = matching_codes(laid.sequences.activities, laid.sequences.channels, name)
    return np.asarray(laid.aligned.binding.codes[:, codes].any(axis=1))


def events_before(times_us: IntArray, case: IntArray, sequences: Sequences) -> IntArray:
    """int64[n], index of the last event of each case at or before each time, -1 where there is none.

    Args:
        times_us: int64[n], moments; `NO_TIME_US` has nothing before it.
        case: int64[n], index of the case, -1 for none.
        sequences: The cases.
    """
    known = (case >= 0) & (times_us != NO_TIME_US) & sequences.has_times
    mine = np.where(known, case, 0)
    low, high = sequences.offsets[mine] - 1, sequences.offsets[mine + 1] - 1
    start = low.copy()
    # halve the events of all cases at once: the last one not after the answer
    while (low < high).any():
        middle = (low + high + 1) // 2
        is_before = sequences.times_us[np.maximum(middle, 0)] <= times_us
        low, high = (
            np.where(is_before, middle, low),
            np.where(is_before, high, middle - 1),
        )
    return np.where(known & (low > start), low, UNBOUND)


def _last_step(before: IntArray, wanted: BoolArray, laid: Laid) -> IntArray:
    """int64[n], the last of the wanted steps at or before an event of the same case, -1 for none."""
    steps, offsets = laid.aligned.step_of_event, laid.sequences.offsets
    is_wanted = (steps != UNBOUND) & wanted[steps]
    marked = np.where(is_wanted, np.arange(len(steps)), UNBOUND)
    last = np.maximum.accumulate(marked)
    known = before >= 0
    event = np.where(known, last[np.maximum(before, 0)], UNBOUND)
    case = np.searchsorted(offsets, np.maximum(before, 0), side="right") - 1
    is_own = known & (event >= offsets[case])
    return np.where(is_own, steps[np.maximum(event, 0)], UNBOUND)


def _customers(feedback: Feedback, joined: Joined, sequences: Sequences) -> IntArray:
    """int64[n], key of who answered; below -1 and all different for responses that name nobody."""
    nameless = -2 - feedback.responses
    own = np.where(feedback.customers != NOBODY, feedback.customers, nameless)
    case = np.maximum(joined.case, 0)
    if not sequences.case_count:
        return own
    return np.where(joined.case != NOT_JOINED, sequences.customers[case], own)
