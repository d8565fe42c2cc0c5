"""Many groups of cases measured in one go, each as evidence of its own. Judges nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

import numpy as np

from desirepath.events.feedback.answers import Feedback
from desirepath.events.feedback.join import LIMIT_DAYS
from desirepath.events.sequences import IntArray, Sequences
from desirepath.evidence.align import Alignment, align
from desirepath.evidence.claimed import claim_questions
from desirepath.evidence.deviation import deviation_questions
from desirepath.evidence.expectations import expectation_facts
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.groups import (
    MIN_SEGMENT_CASES,
    Group,
    Span,
    group_of,
    groups_of,
)
from desirepath.evidence.heard import hear
from desirepath.evidence.laid import Laid
from desirepath.evidence.measure import LEVEL, answers_of, by_customer
from desirepath.evidence.personas import persona_groups, stood_for
from desirepath.evidence.promises import promise_questions
from desirepath.evidence.scores import score_questions
from desirepath.evidence.shape import shape_questions
from desirepath.evidence.unbound import unbound_facts
from desirepath.maps.model import JourneyMap
from desirepath.maps.statements import with_persona_statements
from desirepath.stats.clusters import number_clusters
from desirepath.steps import step

MOST_GROUPS = 60
FEWEST_WINDOWS, MOST_WINDOWS = 2, 8
SPANS: tuple[Span, ...] = ("month", "quarter", "week")


@dataclass(frozen=True, slots=True)
class Apart:
    """A group of cases with its own evidence, as if there were no others.

    Attributes:
        segment: ``name=value``, ``persona=id`` for the cases of a persona, or "" for all.
        window: First and last day of the window whose cases these are, both "" for no window.
        evidence: Facts about these cases alone.
        cases: Their indices in `GroupsApart.sequences`.
    """

    segment: str
    window: tuple[str, str]
    evidence: Evidence
    cases: IntArray


@dataclass(frozen=True, slots=True)
class GroupsApart:
    """All groups that were measured.

    Attributes:
        groups: The largest first, but windows in order of time before all segments.
        left_out: ``name=value`` with its number of cases, of groups that are too many.
        span: What windows are, "" for none.
        sequences: The cases their indices point into.
    """

    groups: tuple[Apart, ...]
    left_out: tuple[tuple[str, int], ...]
    span: str
    sequences: Sequences


@step("measuring groups")
def measure_groups(
    journey_map: JourneyMap,
    sequences: Sequences,
    *,
    feedback: Feedback | None = None,
    feedback_within_days: float = LIMIT_DAYS,
    most: int = MOST_GROUPS,
) -> GroupsApart:
    """Evidence on each window, each value of each segment, each persona, and each of these in the newest window.

    Values and personas with fewer than 30 cases are left out, of a segment all but its 12 largest
    values. The map is laid along the cases once.

    Args:
        journey_map: The map, with events bound to its steps.
        sequences: The cases.
        feedback: Answers of customers, as for `measure_map`.
        feedback_within_days: As for `measure_map`.
        most: Groups at most; the largest are measured.

    Raises:
        EvidenceError: E301 if there are no cases, E302 if nothing is bound.
    """
    journey_map = with_persona_statements(journey_map)
    sequences = by_customer(sequences)
    alignment = align(journey_map, sequences)
    span, windows = _windows(sequences)
    parts = [
        *groups_of(sequences, None, None)[1:],
        *persona_groups(stood_for(journey_map, sequences), sequences),
    ]
    wanted = list(_wanted(sequences, windows, parts))
    wanted.sort(key=lambda one: -_size(one[1]))
    chosen, rest = wanted[: max(most - len(windows), 0)], wanted[max(most - len(windows), 0) :]  # fmt: skip
    named = [(("", _days(one)), one) for one in windows]
    named += [((group.segment, days), group) for days, group in chosen]
    facts = _facts(journey_map, sequences, alignment, [one for _, one in named], feedback, feedback_within_days)  # fmt: skip
    groups = tuple(
        Apart(segment, days, _evidence(journey_map, sequences, alignment, group, own), _cases(group))
        for ((segment, days), group), own in zip(named, facts, strict=True)
    )  # fmt: skip
    left_out = tuple((_name(days, group), _size(group)) for days, group in rest)
    return GroupsApart(groups, left_out, span, sequences)


def _windows(sequences: Sequences) -> tuple[str, list[Group]]:
    """Months where there are 2 to 8, the newest 8 quarters where there are more, weeks where there are fewer."""
    if not sequences.has_times:
        return "", []
    for span in SPANS:
        found = groups_of(sequences, (), span)[1:]
        large = [one for one in found if _size(one) >= MIN_SEGMENT_CASES]
        is_fit = len(found) <= MOST_WINDOWS or span != "month"
        if is_fit and len(large) >= FEWEST_WINDOWS:
            return span, large[-MOST_WINDOWS:]
    return "", []


def _wanted(
    sequences: Sequences, windows: Sequence[Group], parts: Iterable[Group]
) -> Iterator[tuple[tuple[str, str], Group]]:
    """Each part of the cases, then those of it in the newest window."""
    newest = np.zeros(sequences.case_count, dtype=np.bool_)
    if windows:
        newest[_cases(windows[-1])] = True
    for part in parts:
        if _size(part) < MIN_SEGMENT_CASES:
            continue
        yield ("", ""), part
        mine = np.zeros(sequences.case_count, dtype=np.bool_)
        mine[_cases(part)] = True
        if windows and (mine & newest).sum() >= MIN_SEGMENT_CASES:
            yield _days(windows[-1]), group_of(sequences, part.segment, mine & newest)


def _facts(
    journey_map: JourneyMap,
    sequences: Sequences,
    alignment: Alignment,
    groups: Sequence[Group],
    feedback: Feedback | None,
    within_days: float,
) -> list[list[Fact]]:
    """Facts of each group, all groups asked together."""
    # a segment of its own each, so that facts can be told apart whatever their days are
    marked = [replace(one, segment=str(number)) for number, one in enumerate(groups)]
    customers = number_clusters(sequences.customers)
    has_repeaters = int(customers.max()) + 1 < sequences.case_count
    answers = partial(answers_of, customers=customers, has_repeaters=has_repeaters)
    laid = Laid(journey_map, alignment, sequences)
    heard = hear(feedback, laid, limit_days=within_days) if feedback else None
    asked = chain(
        shape_questions(laid),
        claim_questions(laid),
        promise_questions(laid),
        score_questions(laid, heard) if heard else (),
        deviation_questions(laid),
    )
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in answers(asked, marked):
        found[fact.segment].append(replace(fact, segment=""))
    if heard:
        for fact in expectation_facts(laid, heard, marked, LEVEL):
            found[fact.segment].append(replace(fact, segment=""))
    return [found[one.segment] for one in marked]


def _evidence(
    journey_map: JourneyMap,
    sequences: Sequences,
    alignment: Alignment,
    group: Group,
    facts: Sequence[Fact],
) -> Evidence:
    """Facts of a group as evidence, with what its cases do that no step binds."""
    cases = _cases(group)
    own = sequences.take(cases)
    customers = number_clusters(own.customers)
    mine = _of_cases(alignment, sequences, cases)
    elsewhere = unbound_facts(mine, own, customers, group.window_from, group.window_to)
    steps = zip(mine.binding.step_ids, mine.binding.is_bound, strict=True)
    return Evidence(
        map_id=journey_map.id,
        facts=(*facts, *elsewhere),
        cases=own.case_count,
        events=own.event_count,
        customers=int(customers.max()) + 1,
        window_from=group.window_from,
        window_to=group.window_to,
        open_cases=int(mine.is_open.sum()),
        deviation_median=float(np.median(mine.deviation)),
        unbound_steps=tuple(step for step, bound in steps if not bound),
        sources=dict(sequences.source),
    )


def _of_cases(alignment: Alignment, sequences: Sequences, cases: IntArray) -> Alignment:
    """The alignment of some cases; places of events within `first` and `last` stay those of all."""
    is_own = np.zeros(sequences.case_count, dtype=np.bool_)
    is_own[cases] = True
    return replace(
        alignment,
        step_of_event=alignment.step_of_event[np.repeat(is_own, sequences.lengths)],
        first=alignment.first[cases],
        last=alignment.last[cases],
        on=alignment.on[cases],
        skipped=alignment.skipped[cases],
        out_of_order=alignment.out_of_order[cases],
        repeated=alignment.repeated[cases],
        elsewhere=alignment.elsewhere[cases],
        deviation=alignment.deviation[cases],
        goal=alignment.goal[cases],
        is_open=alignment.is_open[cases],
    )


def _cases(group: Group) -> IntArray:
    assert group.cases is not None  # noqa: S101 - only the group of all cases has none
    return group.cases


def _size(group: Group) -> int:
    return len(_cases(group))


def _days(group: Group) -> tuple[str, str]:
    return group.window_from, group.window_to


def _name(days: tuple[str, str], group: Group) -> str:
    return f"{group.segment} {days[0]}..{days[1]}" if days[0] else group.segment
