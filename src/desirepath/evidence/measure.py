"""Facts about every element of a map, from aligned cases. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

import numpy as np

from desirepath.events.feedback.answers import Feedback
from desirepath.events.feedback.join import LIMIT_DAYS
from desirepath.events.feedback.said import read_themes
from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.evidence.align import align
from desirepath.evidence.anecdotes import told_facts
from desirepath.evidence.claimed import claim_questions
from desirepath.evidence.deviation import deviation_questions
from desirepath.evidence.effects import claimed_effects, sources_of_effects
from desirepath.evidence.examples import example_cases
from desirepath.evidence.expectations import expectation_facts
from desirepath.evidence.facts import Evidence, Fact, whole_cases
from desirepath.evidence.groups import MIN_SEGMENT_CASES, Group, Span, groups_of
from desirepath.evidence.heard import hear
from desirepath.evidence.laid import Laid
from desirepath.evidence.leaving import leaving_facts
from desirepath.evidence.library import Library
from desirepath.evidence.outcomes import outcome_facts
from desirepath.evidence.personas import (
    persona_groups,
    persona_questions,
    persona_sources,
    stood_for,
)
from desirepath.evidence.places import Places
from desirepath.evidence.promises import promise_questions
from desirepath.evidence.question import (
    MEDIAN,
    Question,
    ScoreQuestion,
    ShareQuestion,
    TimeQuestion,
)
from desirepath.evidence.readings import segment_questions, whole_questions
from desirepath.evidence.scores import score_facts, score_questions, sources_of
from desirepath.evidence.shape import shape_questions
from desirepath.evidence.themes import source_of_themes, theme_facts
from desirepath.evidence.timed_segments import (
    met_questions,
    timed_groups,
    timed_questions,
)
from desirepath.evidence.unbound import unbound_facts
from desirepath.evidence.weights import Weighing
from desirepath.maps.model import JourneyMap
from desirepath.maps.statements import with_persona_statements
from desirepath.stats.arrays import FloatArray
from desirepath.stats.clusters import (
    effective_n_among,
    effective_n_ratio,
    number_clusters,
)
from desirepath.stats.intervals import wilson
from desirepath.stats.survival import quantile_by, share_by
from desirepath.stats.truncation import arrival_curve
from desirepath.steps import step

LEVEL = 0.95
# Times are told as far as at least one case in ten was followed.
MIN_FOLLOWED_SHARE = 0.1


@step("measuring the map")
def measure_map(
    journey_map: JourneyMap,
    sequences: Sequences,
    *,
    segments: Iterable[str] | None = None,
    every: Span | None = None,
    feedback: Feedback | None = None,
    feedback_within_days: float = LIMIT_DAYS,
    library: Library | None = None,
    readings: bool = True,
) -> Evidence:
    """Facts with n and interval about every step, stage, transition and claim of a map.

    Customers are the unit: where they have several cases, n is the effective number.

    Args:
        journey_map: The map, with events bound to its steps.
        sequences: The cases.
        segments: Names of the segments to measure apart; all of them if None. Values with fewer
            than 30 cases are left out.
        every: Measure each day, week (from Monday, UTC), month or quarter apart as well, by the start
            of the case, where there are several.
        feedback: Answers of customers, from `read_feedback`; scores are measured where there are some.
            What was written is not kept, only how often each number was answered.
        feedback_within_days: Longest time between the end of a case and an answer about it.
        library: What people told, from `read_library`; becomes counts without intervals.
        readings: Measure what only `analyze_map` reads as well, which is most of the work; False is
            enough for `check_map`.

    Raises:
        EvidenceError: E301 if there are no cases, E302 if nothing is bound, E303 if a segment is
            not known, E304 if windows are asked of events without times.
    """
    journey_map = with_persona_statements(journey_map)
    sequences = by_customer(sequences)
    alignment = align(journey_map, sequences)
    stood = stood_for(journey_map, sequences)
    groups = [
        *groups_of(sequences, segments, every),
        *persona_groups(stood, sequences),
    ]
    customers = number_clusters(sequences.customers)
    has_repeaters = int(customers.max()) + 1 < sequences.case_count
    facts: list[Fact] = []
    laid = Laid(journey_map, alignment, sequences)
    heard = hear(feedback, laid, limit_days=feedback_within_days) if feedback else None
    scores = score_questions(laid, heard) if heard else ()
    weighing = Weighing(laid, heard) if heard else None
    whole = groups[:1]
    answers = partial(answers_of, customers=customers, has_repeaters=has_repeaters)
    asked = chain(
        shape_questions(laid),
        claim_questions(laid),
        promise_questions(laid),
        scores,
    )
    facts.extend(answers(asked, groups))
    if heard and weighing:
        facts.extend(expectation_facts(laid, heard, groups, LEVEL))
        facts.extend(weighing.facts(groups[0], LEVEL))
    said = read_themes(feedback) if feedback else None
    if heard and said:
        facts.extend(theme_facts(laid, heard, said, groups, LEVEL))
    if library:
        facts.extend(told_facts(journey_map, library.anecdotes, library.interviews))
    # asked of all cases together only
    facts.extend(answers(persona_questions(laid, stood), whole))
    facts.extend(answers(deviation_questions(laid), whole))
    if readings:
        places = Places(laid)
        facts.extend(answers(whole_questions(places, heard), whole))
        apart = [one for one in groups if one.segment or one.cases is None]
        facts.extend(answers(segment_questions(places), apart))
        timed = timed_groups(groups, sequences.case_count)
        if timed:
            facts.extend(answers(timed_questions(places), timed))
            facts.extend(answers(met_questions(places), whole))
        facts.extend(leaving_facts(places, customers, groups[0]))
        facts.extend(outcome_facts(laid, heard, customers, groups[0]))
    else:
        facts.extend(claimed_effects(laid, heard, customers, groups[0]))
    facts.extend(
        unbound_facts(
            alignment, sequences, customers, groups[0].window_from, groups[0].window_to
        )
    )
    deviation = alignment.deviation
    return Evidence(
        map_id=journey_map.id,
        facts=tuple(facts),
        cases=sequences.case_count,
        events=sequences.event_count,
        customers=int(customers.max()) + 1,
        window_from=groups[0].window_from,
        window_to=groups[0].window_to,
        open_cases=int(alignment.is_open.sum()),
        deviation_median=float(np.median(deviation)),
        unbound_steps=tuple(
            step
            for step, bound in zip(
                alignment.binding.step_ids, alignment.binding.is_bound, strict=True
            )
            if not bound
        ),
        examples=tuple(example_cases(tuple(facts), alignment, sequences)),
        sources={
            **persona_sources(stood),
            **sequences.source,
            **(sources_of(heard, laid) if heard else {}),
            **(weighing.sources() if weighing else {}),
            **(sources_of_effects(laid, facts) if readings else {}),
            **(source_of_themes(said) if said else {}),
        },
    )


def by_customer(sequences: Sequences) -> Sequences:
    """The cases of a customer beside each other, so that counting by customer walks through memory in order."""
    order = np.lexsort((sequences.case_keys, sequences.customers))
    is_so = (order[1:] > order[:-1]).all()
    return sequences if is_so else sequences.take(order)


def answers_of(
    questions: Iterable[Question],
    groups: Sequence[Group],
    *,
    customers: IntArray,
    has_repeaters: bool,
) -> Iterator[Fact]:
    """Facts of each question, of each group."""
    for question in questions:
        for group in groups:
            yield from _answer(question, group, customers, has_repeaters=has_repeaters)


def _answer(
    question: Question, group: Group, customers: IntArray, *, has_repeaters: bool
) -> Iterator[Fact]:
    if isinstance(question, TimeQuestion):
        yield from _time_facts(question, group, customers, has_repeaters=has_repeaters)
        return
    if isinstance(question, ScoreQuestion):
        yield from score_facts(question, group, LEVEL)
        return
    fact = _share_fact(question, group, customers, has_repeaters=has_repeaters)
    if fact is not None:
        yield fact


def _share_fact(
    question: ShareQuestion, group: Group, customers: IntArray, *, has_repeaters: bool
) -> Fact | None:
    asked, hits = (
        part if group.cases is None else part[group.cases]
        for part in (question.asked, question.hits)
    )
    total, hit = _sum_of(asked), _sum_of(hits)
    if group.segment and total < MIN_SEGMENT_CASES and not question.is_timed:
        return None
    n = float(total)
    are_cases = asked.dtype == hits.dtype == np.bool_
    if has_repeaters and are_cases:
        cluster = customers if group.cases is None else customers[group.cases]
        n = effective_n_among(
            asked.astype(np.bool_, copy=False),
            hits.astype(np.bool_, copy=False),
            cluster,
        )
    elif has_repeaters or not are_cases:
        cluster = customers if group.cases is None else customers[group.cases]
        n = effective_n_ratio(
            hits.astype(np.float64), asked.astype(np.float64), cluster
        )
    share = wilson(hit / total * n if total else 0, n, level=LEVEL)
    return Fact(
        subject=question.subject,
        measure=question.measure,
        value=hit / total if total else None,
        unit="share",
        n=whole_cases(n),
        low=float(share.low),
        high=float(share.high),
        hits=hit,
        cases=total,
        target=question.target,
        segment=group.segment,
        window_from=group.window_from,
        window_to=group.window_to,
        level=LEVEL,
    )


def _sum_of(counts: BoolArray | IntArray) -> int:
    """Sum of what cases add; those that add one each are counted, many times faster."""
    is_one_each = counts.dtype == np.bool_
    return int(np.count_nonzero(counts) if is_one_each else counts.sum())


def _time_facts(
    question: TimeQuestion, group: Group, customers: IntArray, *, has_repeaters: bool
) -> Iterator[Fact]:
    asked = question.asked if group.cases is None else question.asked[group.cases]
    cases = np.flatnonzero(asked) if group.cases is None else group.cases[asked]
    if not len(cases):
        return
    horizon_s = float(np.quantile(question.followed_s[cases], 1 - MIN_FOLLOWED_SHARE))
    seen = cases[question.is_seen[cases] & (question.waits_s[cases] <= horizon_s)]
    if group.segment and len(seen) < MIN_SEGMENT_CASES:
        return
    waits_s = question.waits_s[seen]
    curve = arrival_curve(waits_s, np.minimum(question.followed_s[seen], horizon_s))
    effect = _design_effect(waits_s, customers[seen]) if has_repeaters else 1.0
    typical = quantile_by(curve, question.quantile, level=LEVEL, design_effect=effect)
    measure = "time" if question.quantile == MEDIAN else "time_p90"
    yield _time_fact(
        question,
        group,
        measure,
        "s",
        (typical.value, typical.low, typical.high, typical.n),
        (len(seen), len(seen)),
    )
    if question.limit_s is not None:
        within = share_by(curve, question.limit_s, level=LEVEL, design_effect=effect)
        is_told = question.limit_s <= horizon_s
        numbers = (
            (within.value, within.low, within.high, within.n)
            if is_told
            else (np.nan, 0.0, 1.0, within.n)
        )
        in_time = int((waits_s <= question.limit_s).sum())
        yield _time_fact(
            question, group, "time_within", "share", numbers, (in_time, len(seen))
        )


def _design_effect(waits_s: FloatArray, customers: IntArray) -> float:
    """How many times more cases than independent ones there are, for being early or late."""
    if not len(waits_s):
        return 1.0
    is_early = (waits_s <= np.median(waits_s)).astype(np.float64)
    n = effective_n_ratio(is_early, np.ones(len(waits_s)), customers)
    return max(1.0, len(waits_s) / max(n, 1.0))


def _time_fact(
    question: TimeQuestion,
    group: Group,
    measure: str,
    unit: str,
    numbers: tuple[float, float, float, float],
    counts: tuple[int, int],
) -> Fact:
    value, low, high, n = numbers
    return Fact(
        subject=question.subject,
        measure=measure,
        value=_finite(value),
        unit=unit,
        n=whole_cases(n),
        low=_finite(low),
        high=_finite(high),
        hits=counts[0],
        cases=counts[1],
        target=question.target,
        segment=group.segment,
        window_from=group.window_from,
        window_to=group.window_to,
        level=LEVEL,
    )


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
