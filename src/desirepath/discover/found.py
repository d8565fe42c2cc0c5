"""Found: what evidence adds to a draft (other ways on, pains) and what the draft leaves out."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Literal

import numpy as np

from desirepath.discover.simplify import Simplified
from desirepath.discover.way import Way
from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap, LeftOut, Next, Source, Statement
from desirepath.stats.clusters import effective_n
from desirepath.stats.intervals import wilson

MIN_WAY_SHARE = 0.10
MAX_WAYS = 3
MIN_DROP_SHARE = 0.10
MIN_REPEAT_SHARE = 0.20
MIN_LEFT_OUT_SHARE = 0.02
MAX_LEFT_OUT = 12
ALMOST_ALL = 99  # percent
MARGIN = 2.0

Statements = dict[str, tuple[Statement, ...]]


def ways_on(draft: JourneyMap, evidence: Evidence) -> dict[str, tuple[Next, ...]]:
    """For each step its ways on, where more than 10 % of the moves go elsewhere than to the next step.

    A poster carries three; the others are among what is left out. What hardly anybody does is no way.
    """
    ids = draft.step_ids()
    ways: dict[str, tuple[Next, ...]] = {}
    for place, step in enumerate(ids):
        onward = [
            (fact.value, fact.target)
            for fact in evidence.select(None, "next", segment="")
            if fact.subject == f"transition:{step}>{fact.target}"
            and (fact.value or 0.0) > MIN_WAY_SHARE
            and fact.hits >= MIN_LEFT_OUT_SHARE * evidence.cases
        ]
        usual = ids[place + 1] if place + 1 < len(ids) else None
        if all(target == usual for _, target in onward):
            ways[step] = ()
            continue
        onward.sort(key=lambda way: -(way[0] or 0.0))
        ways[step] = tuple(
            Next(
                step=target, loop=ids.index(target) <= place, share=f"{share or 0:.0%}"
            )
            for share, target in onward[:MAX_WAYS]
        )
    return ways


def statements_of(
    draft: JourneyMap, evidence: Evidence
) -> dict[str, tuple[Statement, ...]]:
    """Pains that the data show at each step: journeys that end there, and returns to it."""
    found: dict[str, tuple[Statement, ...]] = {}
    for step in draft.step_ids():
        kinds = [("repeat", MIN_REPEAT_SHARE, "come back here after another step")]
        if draft.goal:  # without one, nobody knows which end is a loss
            words = "of those who come here end here without the goal"
            kinds.insert(0, ("drop_off", MIN_DROP_SHARE, words))
        statements = []
        for measure, least, words in kinds:
            fact = evidence.find(f"step:{step}", measure)
            if fact is not None and fact.low is not None and fact.low >= least:
                name = f"{step}-{measure.replace('_', '-')}"
                statements.append(_pain(name, words, fact, evidence))
        found[step] = tuple(statements)
    return found


def data_source(evidence: Evidence) -> Source:
    """The source of everything a draft says: the journeys measured."""
    return Source(
        kind="data",
        by=f"{evidence.cases:,} journeys",
        date=evidence.window_to or None,
    )


def surely_at_least(is_hit: BoolArray, customers: IntArray) -> int:
    """Percent that these cases confirm even among many other claims: two intervals below what they show.

    Args:
        is_hit: bool[n], cases for which it holds.
        customers: int64[n], customers behind them.

    Examples:
        >>> surely_at_least(np.arange(1000) < 400, np.arange(1000))
        34
    """
    n = effective_n(is_hit, customers)
    share = float(is_hit.mean())
    low = float(wilson(share * n, n).low)
    return max(0, int(100 * (share - MARGIN * (share - low))))


def left_out(
    way: Way,
    simple: Simplified,
    log: Sequences,
    moves: frozenset[tuple[int, int]],
    elsewhere: Container[int] = (),
) -> tuple[LeftOut, ...]:
    """What at least 2 % of the cases do and the map does not show: activities, then moves.

    Rarer activities are counted together.

    Args:
        way: The way on the map.
        simple: How the cases were simplified.
        log: The cases it is drafted from.
        moves: Places from and to of the moves that the map draws.
        elsewhere: Activities that the map shows below its steps, as work behind the scenes.
    """
    counts = kernels.case_counts(
        simple.numbers[log.codes], log.case_index(), len(simple.activities)
    )
    order = np.argsort(-counts, kind="stable")
    rest = [
        code
        for code in order.tolist()
        if code not in way.codes and code not in elsewhere and counts[code]
    ]
    least = MIN_LEFT_OUT_SHARE * log.case_count
    named = [one for one in rest if counts[one] >= least][:MAX_LEFT_OUT]
    parts = [
        _part("activity", simple.activities[one], counts[one], log.case_count)
        for one in named
    ]
    others = rest[len(named) :]
    if others:
        name = f"{len(others)} more activities, the most frequent of them"
        if len(others) == 1:
            name = simple.activities[others[0]]
        parts.append(_part("activity", name, int(counts[others[0]]), log.case_count))
    return (*parts, *_moves(way, simple, log, moves))


def _moves(
    way: Way, simple: Simplified, log: Sequences, drawn: frozenset[tuple[int, int]]
) -> Iterator[LeftOut]:
    """Moves between steps of the map that it does not draw."""
    size = len(way.codes)
    steps = way.places(len(simple.activities))[simple.numbers[log.codes]]
    shown = steps >= 0
    cases = log.case_index()[shown]
    steps = steps[shown]
    is_move = (cases[1:] == cases[:-1]) & (steps[1:] != steps[:-1])
    pairs = steps[:-1] * size + steps[1:]
    counts = kernels.case_counts(pairs[is_move], cases[1:][is_move], size**2)
    for before, after in drawn:
        counts[before * size + after] = 0
    for pair in np.argsort(-counts, kind="stable")[:MAX_LEFT_OUT]:
        if counts[pair] < max(MIN_LEFT_OUT_SHARE * log.case_count, 1):
            return
        ends = [simple.activities[way.codes[end]] for end in divmod(int(pair), size)]
        yield _part("move", " > ".join(ends), int(counts[pair]), log.case_count)


def _part(
    kind: Literal["activity", "move"], name: str, cases: int, case_count: int
) -> LeftOut:
    return LeftOut(
        kind=kind, name=name, cases=int(cases), share=_share(cases / case_count)
    )


def _share(value: float) -> str:
    return f"{value * 100:.1f}%"


def _percent(share: float | None) -> str:
    """Whole percent; a decimal where nearly all are not all.

    Examples:
        >>> _percent(0.431), _percent(0.9988), _percent(1.0)
        ('43', '99.9', '100')
    """
    value = 100 * (share or 0.0)
    is_nearly_all = ALMOST_ALL < value < 100  # noqa: PLR2004 - percent
    return f"{min(value, 99.9):.1f}" if is_nearly_all else f"{value:.0f}"


def _pain(name: str, words: str, fact: Fact, evidence: Evidence) -> Statement:
    share, low, high = map(_percent, (fact.value, fact.low, fact.high))
    number = f"{share} % ({low}–{high} %, n {fact.n:,})"
    return Statement(
        id=name,
        lane="pains",
        text=f"{number} {words}",
        status="supported",
        source=data_source(evidence),
    )
