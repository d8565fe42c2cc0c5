"""Books: the ledger of a discovery, from what each part of it dropped, folded or joined."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desirepath.discover.ledger import Ledger, Line, activity_lines
from desirepath.discover.represent import Representatives
from desirepath.discover.simplify import Simplified
from desirepath.discover.way import Way
from desirepath.events.sequences import IntArray, Sequences

ARROW = " > "
MAX_NAMED = 6


def keep_books(
    given: Sequences,
    before: tuple[Line, ...],
    simple: Simplified,
    firsts: tuple[IntArray, IntArray],
    found: Representatives,
    ways: Sequence[Way],
) -> Ledger:
    """The ledger.

    Args:
        given: All cases, before anything is cut.
        before: What was cut before simplifying.
        simple: The simplified cases.
        firsts: int64[n_events] activities where they first come, and int64[n_cases + 1] offsets.
        found: Kinds of the cases.
        ways: Ways of the kinds.
    """
    order, offsets = firsts
    names = simple.activities
    way_of_kind = np.zeros(len(found.journeys), dtype=np.int64)
    is_on = np.zeros((len(ways), len(names)), dtype=np.bool_)
    for number, way in enumerate(ways):
        way_of_kind[list(way.kinds)] = number
        is_on[number, list(way.codes)] = True
    case = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    on = is_on[way_of_kind[found.of_case][case], order]
    return Ledger(
        cases=given.case_count,
        events=given.event_count,
        shown_cases=len(np.unique(case[on])),
        shown_events=int(on.sum()),
        lines=(
            *before,
            *simple.lines,
            *returns(simple, firsts),
            *activity_lines("step", names, order[~on], case[~on]),
        ),
        merges=(*simple.merges, *_merges(names, found, ways)),
        notes=tuple(f"{name}: {text}" for name, text in given.source.items()),
        reading=given.account,
    )


def returns(simple: Simplified, firsts: tuple[IntArray, IntArray]) -> tuple[Line, ...]:
    """Lines of the activities done again later in the same case."""
    order, offsets = firsts
    count = len(simple.activities)
    case = np.repeat(np.arange(len(offsets) - 1), np.diff(simple.offsets))
    first_case = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    pairs, times = np.unique(case * count + simple.codes, return_counts=True)
    seen = np.sort(first_case * count + order)
    again = np.repeat(pairs, times - np.isin(pairs, seen, assume_unique=True))
    return activity_lines("return", simple.activities, again % count, again // count)


def _merges(
    names: Sequence[str], found: Representatives, ways: Sequence[Way]
) -> tuple[Line, ...]:
    """First kinds that were joined, and kinds that turned out to go the same way."""
    joined = [
        Line("kind", row_of(part.journey, names), part.cases, 0)
        for part in found.parts
        if sum(other.kind == part.kind for other in found.parts) > 1
    ]
    same = [
        Line("way", row_of(found.journeys[kind], names), int(found.cases[kind]), 0)
        for way in ways
        if len(way.kinds) > 1
        for kind in way.kinds
    ]
    return (*joined, *same)


def row_of(codes: Sequence[int], names: Sequence[str]) -> str:
    """Activities in a row, the middle of a long one left out.

    Examples:
        >>> row_of([0, 1], ["look", "pay"])
        'look > pay'
    """
    if len(codes) <= MAX_NAMED:
        return ARROW.join(names[one] for one in codes)
    ends = [names[one] for one in (*codes[:3], *codes[-2:])]
    return ARROW.join([*ends[:3], f"({len(codes) - 5} more)", *ends[3:]])
