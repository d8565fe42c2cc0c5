"""The report of sequences that are here: counted by the kernels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from desirepath.events import kernels
from desirepath.events.cases import no_such_activity
from desirepath.events.goals import GoalRow, goal_row
from desirepath.events.report import (
    MOST_SHOWN,
    MOST_VARIANTS,
    EventReport,
    FunnelStep,
    Move,
    Reach,
    SegmentValue,
    Variant,
    in_order,
)
from desirepath.events.sequences import IntArray, Sequences

US_PER_S = 1_000_000


def report_sequences(
    sequences: Sequences,
    *,
    goal: str | None = None,
    least_cases: int | None = None,
    most_variants: int = MOST_VARIANTS,
    dropped: Mapping[str, int] | None = None,
) -> EventReport:
    """What happens in the cases of sequences.

    Args:
        sequences: Cases, cut as wanted.
        goal: Funnel to count: activities in order such as ``basket > pay``, ``*`` for any letters.
        least_cases: Leave out rows that fewer cases stand behind; 1 if nothing is said.
        most_variants: Sequences to list.
        dropped: Events that were left out before, by reason.

    Raises:
        EventsError: E281 if no activity matches a step of the goal.

    Examples:
        >>> one = np.array([7, 8])
        >>> log = Sequences(("a", "b"), ("", ""), np.array([0, 2, 3]), np.array([0, 1, 0], np.uint16), np.array([0, 60, 0]) * 10**6, one, one)
        >>> found = report_sequences(log, goal="a > b")
        >>> [(step.pattern, step.cases) for step in found.funnel], found.moves[0].median_s
        ([('a', 2), ('b', 1)], 60.0)
    """
    least_cases = least_cases or 1
    row = None
    if goal is not None:
        row = goal_row(goal, sequences.activities, sequences.channels)
        if not row.is_known:
            raise no_such_activity(row.missing or (goal,), sequences)
    reached = _reached(sequences, row) if row else []
    has_events = sequences.has_times and sequences.event_count > 0
    return in_order(
        EventReport(
            way="read",
            source=sequences.source.get("source", ""),
            sample=1,
            events=sequences.event_count,
            cases=sequences.case_count,
            customers=len(np.unique(sequences.customers)),
            from_us=int(sequences.times_us.min()) if has_events else None,
            to_us=int(sequences.times_us.max()) if has_events else None,
            dropped=dict(dropped or {}),
            least_cases=least_cases,
            reach=tuple(_reach(sequences, least_cases)),
            moves=tuple(_moves(sequences, least_cases)),
            variants=tuple(_variants(sequences, least_cases, most_variants)),
            funnel=tuple(
                FunnelStep(pattern, int(np.count_nonzero(at >= 0)))
                for pattern, at in zip(
                    row.patterns if row else (), reached, strict=True
                )
            ),
            segments=tuple(
                _segments(sequences, least_cases, reached[-1] if reached else None)
            ),
        ),
        most_variants,
    )


def _reached(sequences: Sequences, row: GoalRow) -> list[IntArray]:
    """For each step of a funnel int64[n_cases], the event that comes to it, -1 where none does."""
    at = [kernels.first_in_case(row.codes[0][sequences.codes], sequences.offsets)]
    for codes in row.codes[1:]:
        hits = codes[sequences.codes]
        at.append(kernels.first_after(hits, at[-1], sequences.offsets))
    return at


def _reach(sequences: Sequences, least_cases: int) -> Iterable[Reach]:
    count = len(sequences.activities)
    codes, offsets = sequences.codes, sequences.offsets
    events = np.bincount(codes, minlength=count)
    cases = kernels.case_counts(codes, sequences.case_index(), count)
    starts = np.bincount(codes[offsets[:-1]], minlength=count)
    ends = np.bincount(codes[offsets[1:] - 1], minlength=count)
    for code in np.flatnonzero(cases >= max(least_cases, 1)).tolist():
        yield Reach(
            *_event(sequences, code),
            int(events[code]),
            int(cases[code]),
            int(starts[code]),
            int(ends[code]),
        )


def _moves(sequences: Sequences, least_cases: int) -> Iterable[Move]:
    count = len(sequences.activities)
    codes, offsets = sequences.codes, sequences.offsets
    if not len(codes):
        return
    found = kernels.transitions(codes, offsets, count)
    times = kernels.transition_times(codes, sequences.times_us, offsets, count)
    inside = np.ones(len(codes), dtype=np.bool_)
    inside[offsets[1:] - 1] = False
    left = np.flatnonzero(inside)
    pairs = codes[left].astype(np.int64) * count + codes[left + 1]
    known = found.from_codes * count + found.to_codes
    cases = kernels.case_counts(
        np.searchsorted(known, pairs), sequences.case_index()[left], len(known)
    )
    for i in np.flatnonzero(cases >= least_cases).tolist():
        seconds = [
            float(time[i]) / US_PER_S if sequences.has_times else None
            for time in (times.median_us, times.p90_us, times.p95_us)
        ]
        yield Move(
            _event(sequences, int(found.from_codes[i])),
            _event(sequences, int(found.to_codes[i])),
            int(found.counts[i]),
            int(cases[i]),
            *seconds,
        )


def _variants(sequences: Sequences, least_cases: int, most: int) -> Iterable[Variant]:
    found = kernels.variants(sequences.codes, sequences.offsets)
    # of those that are as frequent as the last one, the ones whose first case has the lowest key
    for i in range(min(most, int(np.count_nonzero(found.counts >= least_cases)))):
        first = int(sequences.offsets[found.first_case[i]])
        length = int(sequences.offsets[found.first_case[i] + 1]) - first
        shown = sequences.codes[first : first + min(length, MOST_SHOWN)].tolist()
        yield Variant(
            tuple(_event(sequences, code) for code in shown),
            length,
            int(found.counts[i]),
        )


def _segments(
    sequences: Sequences, least_cases: int, through: IntArray | None
) -> Iterable[SegmentValue]:
    for name, segment in sequences.segments.items():
        for code, value in enumerate(segment.values):
            chosen = segment.codes == code
            if int(chosen.sum()) >= max(least_cases, 1):
                part = sequences.take(chosen)
                count = None if through is None else int((through[chosen] >= 0).sum())
                reach = sorted(
                    (one.activity, one.channel, one.cases)
                    for one in _reach(part, least_cases)
                )
                yield SegmentValue(
                    name, value, part.case_count, part.event_count, count, tuple(reach)
                )


def _event(sequences: Sequences, code: int) -> tuple[str, str]:
    return sequences.activities[code], sequences.channels[code]
