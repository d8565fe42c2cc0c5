"""Questions the statements of a map ask: one for each claim that events can answer."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.laid import Laid
from desirepath.evidence.question import MEDIAN, P90, Question, ShareQuestion
from desirepath.evidence.touchpoints import events_at
from desirepath.maps.claims import Claim, TimeClaim
from desirepath.maps.model import EventPattern
from desirepath.maps.promises import TOUCHPOINT, subject_of
from desirepath.maps.refs import placed_statements
from desirepath.maps.values import seconds_of


@dataclass(frozen=True, slots=True)
class Where:
    """The place a claim is about.

    Attributes:
        steps: Its steps whose events occur.
        here: bool[n_cases], cases that come there.
        start: int64[n_cases], index of their first event there, or -1.
        is_one: True for a single step or touchpoint: then something may come before it.
    """

    steps: tuple[str, ...]
    here: BoolArray
    start: IntArray
    is_one: bool


def claim_questions(
    laid: Laid, subjects: Container[str] | None = None
) -> Iterator[Question]:
    """The question of each claim, in map order; none for what events cannot answer.

    Args:
        laid: Map and cases.
        subjects: Refs of the only statements to ask about; all, and the goal of the map, if None.
    """
    everywhere = laid.map.step_ids()
    # the share of all cases that reach the goal is asked by the shape of every map
    if (
        subjects is None
        and laid.map.goal
        and laid.map.goal.claim
        and not laid.map.goal.claim.goal
    ):
        whole = at_steps(laid, everywhere, is_whole=True)
        if whole:
            yield from _of_claim(laid, "map", laid.map.goal.claim, whole)
    for statement, place, steps in placed_statements(laid.map):
        subject = subject_of(statement, place)
        if not statement.claim or (subjects is not None and subject not in subjects):
            continue
        if place.startswith(TOUCHPOINT):
            where = at_touchpoint(laid, place, steps)
        else:
            where = at_steps(laid, steps, is_whole=place == "map")
        if where:
            yield from _of_claim(laid, subject, statement.claim, where)


def at_touchpoint(laid: Laid, ref: str, steps: tuple[str, ...]) -> Where | None:
    """The place that a touchpoint makes; None where its events cannot be told."""
    events = events_at(laid, ref)
    if not events.any():
        return None
    known = tuple(step for step in steps if laid.is_known(step))
    here = kernels.any_in_case(events, laid.sequences.offsets)
    start = kernels.first_in_case(events, laid.sequences.offsets)
    return Where(known, here, start, is_one=True)


def at_steps(
    laid: Laid, steps: tuple[str, ...], *, is_whole: bool = False
) -> Where | None:
    """The place that some steps make, all cases where it is the whole map; None where nothing is known of it."""
    known = tuple(step for step in steps if laid.is_known(step))
    if not known:
        return None
    start = laid.first_at(known)
    here = laid.everyone if is_whole else laid.at(known)
    return Where(known, here, start, is_one=len(known) == 1)


def _of_claim(
    laid: Laid, subject: str, claim: Claim, where: Where
) -> Iterator[Question]:
    here = where.here
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
        hits = laid.in_channel([laid.place[step] for step in where.steps], channel)
        yield ShareQuestion(subject, "channel", here, here & hits, channel)
    if claim.order and where.is_one and laid.is_known(claim.order.after):
        first = laid.aligned.first[:, laid.place[claim.order.after]]
        both = (first >= 0) & (where.start >= 0)
        hits = both & (where.start > first)
        yield ShareQuestion(subject, "order", both, hits, claim.order.after)
    if claim.next and len(where.steps) == 1 and laid.is_known(claim.next.step):
        yield laid.goes_on(subject, where.steps[0], claim.next.step)
    if claim.time:
        yield from _of_time(laid, subject, claim.time, where.start)


def _of_time(
    laid: Laid, subject: str, claim: TimeClaim, start: IntArray
) -> Iterator[Question]:
    """Time from the first event at a place to the first target after it."""
    if claim.to in laid.place:
        is_target = laid.aligned.step_of_event == laid.place[claim.to]
    else:
        is_target = laid.shows(EventPattern(activity=claim.to))
    if not is_target.any() or not laid.sequences.has_times:
        return
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
