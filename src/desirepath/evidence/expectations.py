"""What was expected and what was delivered: comparable numbers of each place. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from desirepath.events.sequences import BoolArray, IntArray
from desirepath.evidence.facts import Fact
from desirepath.evidence.groups import MIN_SEGMENT_CASES, Group
from desirepath.evidence.heard import Heard
from desirepath.evidence.laid import Laid
from desirepath.evidence.touchpoints import answers_about
from desirepath.maps.promises import TOUCHPOINT
from desirepath.stats.arrays import FloatArray
from desirepath.stats.clusters import cluster_totals
from desirepath.stats.intervals import Estimate, mean_interval
from desirepath.stats.two_groups import overlapping_difference

PAIRED, UNPAIRED = "paired", "unpaired"
MIN_PAIRS = 10
MOSTLY = (
    0.5  # fewer pairs, as a share of the smaller side, tell less than all answers do
)
SEED = 20_260_502  # of the bootstrap below 30 customers
WIDEST = 4.0  # from -2 to +2


@dataclass(frozen=True, slots=True)
class Sides:
    """Means of customers who said what they expected, and of those who said how it was.

    Attributes:
        expected: float64[k], on the emotion scale.
        expecting: int64[k], keys of the customers, sorted.
        delivered: float64[m].
        delivering: int64[m], sorted.
    """

    expected: FloatArray
    expecting: IntArray
    delivered: FloatArray
    delivering: IntArray


def expectation_facts(
    laid: Laid, heard: Heard, groups: Iterable[Group], level: float
) -> Iterator[Fact]:
    """Facts `delivery` and `expectation_gap` of each place where both were asked.

    Places are the map, each stage and step, and each touchpoint of the map: answers that name it, and
    those at steps that have no other (these get a fact `expectation` here, and what is known where only one
    of both was asked).

    The gap is delivery minus expectation on the emotion scale: below 0, customers got less than they
    expected. Where at least 10 customers, and half of those on the smaller side, gave both (or all who
    answered did), it is the mean of their own differences (target ``paired``); else the difference of
    two groups, of which some may be in both (``unpaired``).
    Answers are compared on the scale the expectation was asked on, where there are some.
    """
    feedback = heard.feedback
    is_expected = np.array([q.aspect == "expectation" for q in feedback.questions])
    if not is_expected.any() and not laid.map.touchpoints:
        return
    wanted = heard.is_used & is_expected[feedback.asked] & np.isfinite(feedback.scores)
    members = [(one, one.holds(heard.joined.case)) for one in groups]
    for subject, here in _places(laid, heard):
        expected = wanted & here
        is_touchpoint = subject.startswith(TOUCHPOINT)
        if not expected.any() and not is_touchpoint:
            continue
        delivered = _same_scale(heard, here & feedback.is_score, expected)
        for group, mine in members:
            sides = _sides(heard, expected & mine, delivered & mine)
            if len(sides.expected) and len(sides.delivered):
                yield from _facts(subject, sides, group, level)
            elif is_touchpoint:
                yield from _one_side(subject, sides, group, level)


def _places(laid: Laid, heard: Heard) -> Iterator[tuple[str, BoolArray]]:
    """Ref of each place, and the answers about it."""
    yield "map", heard.is_used
    for stage in laid.map.stages:
        numbers = [laid.place[step.id] for step in stage.steps]
        yield f"stage:{stage.id}", heard.is_used & np.isin(heard.step, numbers)
        for number, step in zip(numbers, stage.steps, strict=True):
            yield f"step:{step.id}", heard.is_used & (heard.step == number)
    for touchpoint in laid.map.touchpoints:
        ref = f"{TOUCHPOINT}{touchpoint.id}"
        yield ref, answers_about(laid, heard, ref)


def _same_scale(heard: Heard, scored: BoolArray, expected: BoolArray) -> BoolArray:
    """Scores on a scale of the expectations; all scores where there are none."""
    questions, asked = heard.feedback.questions, heard.feedback.asked
    scales = {questions[one].scale for one in np.unique(asked[expected]).tolist()}
    names = {scale.name for scale in scales if scale}
    same = np.array([bool(q.scale and q.scale.name in names) for q in questions])
    alike = scored & same[asked]
    return alike if alike.any() else scored


def _sides(heard: Heard, expected: BoolArray, delivered: BoolArray) -> Sides:
    first = _by_customer(heard, expected)
    second = _by_customer(heard, delivered)
    return Sides(first[0], first[1], second[0], second[1])


def _by_customer(heard: Heard, answers: BoolArray) -> tuple[FloatArray, IntArray]:
    """Mean emotion of each customer, and the customers."""
    keys, unit = np.unique(heard.customers[answers], return_inverse=True)
    values = heard.feedback.emotions[answers]
    if not len(keys):
        return np.zeros(0), keys
    return cluster_totals(values, unit) / np.bincount(unit), keys


def _one_side(subject: str, sides: Sides, group: Group, level: float) -> Iterator[Fact]:
    """What was expected or what was got, where only one of them was asked."""
    for measure, values in (
        ("expectation", sides.expected),
        ("delivery", sides.delivered),
    ):
        if len(values) and not (group.segment and len(values) < MIN_SEGMENT_CASES):
            mean = mean_interval(values, np.random.default_rng(SEED), level=level)
            yield _fact(subject, measure, "emotion", mean, _spread(values), group, level, 2.0)  # fmt: skip


def _facts(subject: str, sides: Sides, group: Group, level: float) -> Iterator[Fact]:
    rng = np.random.default_rng(SEED)
    is_few = len(sides.delivered) < MIN_SEGMENT_CASES
    is_rare = bool(group.segment) and len(sides.expected) < MIN_SEGMENT_CASES
    # of the map, stages and steps the expectation is told with the scores
    if subject.startswith(TOUCHPOINT) and not is_rare:
        hoped = mean_interval(sides.expected, rng, level=level)
        wide = _spread(sides.expected)
        yield _fact(subject, "expectation", "emotion", hoped, wide, group, level, 2.0)
    if not (group.segment and is_few):
        mean = mean_interval(sides.delivered, rng, level=level)
        spread = _spread(sides.delivered)
        yield _fact(subject, "delivery", "emotion", mean, spread, group, level, 2.0)
    _, one, two = np.intersect1d(
        sides.expecting, sides.delivering, assume_unique=True, return_indices=True
    )
    most = min(len(sides.expected), len(sides.delivered))
    spread_gap: float | None
    is_paired = MIN_PAIRS <= len(one) >= MOSTLY * most
    if is_paired or (len(one) > 1 and len(one) == most):
        gaps = sides.delivered[two] - sides.expected[one]
        estimate, spread_gap = mean_interval(gaps, rng, level=level), _spread(gaps)
        target, n = PAIRED, len(gaps)
    else:
        pairs = (sides.expected[one], sides.delivered[two])
        found = overlapping_difference(
            sides.expected, sides.delivered, pairs, level=level
        )
        n = most
        estimate = Estimate(float(found.value), float(found.low), float(found.high), n)
        target = UNPAIRED
        # so that spread / √n is the standard error of the difference
        error = float(found.error)
        spread_gap = error * float(np.sqrt(n)) if np.isfinite(error) else None
    if np.isfinite(estimate.value) and not (group.segment and n < MIN_SEGMENT_CASES):
        yield _fact(
            subject,
            "expectation_gap",
            target,
            estimate,
            spread_gap,
            group,
            level,
            WIDEST,
        )


def _spread(values: FloatArray) -> float:
    return float(values.std(ddof=1)) if len(values) > 1 else 0.0


def _fact(
    subject: str,
    measure: str,
    target: str,
    estimate: Estimate,
    spread: float | None,
    group: Group,
    level: float,
    end: float,
) -> Fact:
    low, high = estimate.low, estimate.high
    return Fact(
        subject=subject,
        measure=measure,
        value=estimate.value,
        unit="emotion",
        n=int(estimate.n),
        low=max(low, -end) if np.isfinite(low) else None,
        high=min(high, end) if np.isfinite(high) else None,
        hits=int(estimate.n),
        cases=int(estimate.n),
        target=target,
        segment=group.segment,
        window_from=group.window_from,
        window_to=group.window_to,
        level=level,
        source="feedback",
        spread=spread,
    )
