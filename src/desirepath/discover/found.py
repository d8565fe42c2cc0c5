"""Found: what evidence adds to a draft (other ways on, pains) and what the draft leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from desirepath.discover.simplify import Simplified
from desirepath.events import kernels
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap, LeftOut, Next, Source, Statement

MIN_WAY_SHARE = 0.10
MIN_DROP_SHARE = 0.10
MIN_REPEAT_SHARE = 0.20
MIN_LEFT_OUT_SHARE = 0.02
MAX_LEFT_OUT = 12


def ways_on(draft: JourneyMap, evidence: Evidence) -> dict[str, tuple[Next, ...]]:
    """For each step its ways on, where more than 10 % of the moves go elsewhere than to the next step."""
    ids = draft.step_ids()
    ways: dict[str, tuple[Next, ...]] = {}
    for place, step in enumerate(ids):
        onward = [
            (fact.value, fact.target)
            for fact in evidence.select(None, "next", segment="")
            if fact.subject == f"transition:{step}>{fact.target}"
            and (fact.value or 0.0) > MIN_WAY_SHARE
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
            for share, target in onward
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


def left_out(
    way: tuple[int, ...], simple: Simplified, case_count: int
) -> tuple[LeftOut, ...]:
    """What at least 2 % of the cases do and the map does not show: activities, then moves.

    Rarer activities are counted together.

    Args:
        way: Activities on the map, in order.
        simple: The cases drafted from.
        case_count: Their number.
    """
    order = np.argsort(-simple.case_shares, kind="stable")
    rest = [int(code) for code in order if code not in way]
    common = [one for one in rest if simple.case_shares[one] >= MIN_LEFT_OUT_SHARE]
    named = common[:MAX_LEFT_OUT]
    parts = [
        _part("activity", simple.activities[one], simple.case_counts[one], case_count)
        for one in named
    ]
    others = [one for one in rest if one not in named and simple.case_counts[one]]
    if others:
        most = int(simple.case_counts[others].max())
        name = f"{len(others)} more activities, the most frequent of them"
        parts.append(_part("activity", name, most, case_count))
    return (*parts, *_moves(way, simple, case_count))


def _moves(
    way: tuple[int, ...], simple: Simplified, case_count: int
) -> Iterator[LeftOut]:
    """Moves between steps of the map that it does not draw."""
    place = np.full(len(simple.activities), -1, dtype=np.int64)
    place[list(way)] = np.arange(len(way))
    steps = place[simple.codes]
    shown = steps >= 0
    cases = np.repeat(np.arange(len(simple.offsets) - 1), np.diff(simple.offsets))
    steps, cases = steps[shown], cases[shown]
    is_move = (cases[1:] == cases[:-1]) & (steps[1:] != steps[:-1])
    pairs = steps[:-1] * len(way) + steps[1:]
    pairs, cases = pairs[is_move], cases[1:][is_move]
    counts = kernels.case_counts(pairs, cases, len(way) ** 2)
    counts[np.arange(len(way) - 1) * len(way) + np.arange(1, len(way))] = 0
    for pair in np.argsort(-counts, kind="stable")[:MAX_LEFT_OUT]:
        if counts[pair] < MIN_LEFT_OUT_SHARE * case_count:
            return
        before, after = (way[end] for end in divmod(int(pair), len(way)))
        name = f"{simple.activities[before]} > {simple.activities[after]}"
        yield _part("move", name, int(counts[pair]), case_count)


def _part(
    kind: Literal["activity", "move"], name: str, cases: int, case_count: int
) -> LeftOut:
    return LeftOut(
        kind=kind, name=name, cases=int(cases), share=_share(cases / case_count)
    )


def _share(value: float) -> str:
    return f"{value * 100:.1f}%"


def _pain(name: str, words: str, fact: Fact, evidence: Evidence) -> Statement:
    low, high = (f"{(end or 0.0) * 100:.0f}" for end in (fact.low, fact.high))
    number = f"{(fact.value or 0.0) * 100:.0f} % ({low}–{high} %, n {fact.n:,})"
    by = f"{evidence.cases:,} journeys"
    source = Source(kind="data", by=by, date=evidence.window_to or None)
    return Statement(
        id=name,
        lane="pains",
        text=f"{number} {words}",
        status="supported",
        source=source,
    )
