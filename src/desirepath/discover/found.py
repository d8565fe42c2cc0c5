"""Found: what evidence adds to a draft (other ways on, pains) and what the draft leaves out."""

from __future__ import annotations

import numpy as np

from desirepath.discover.simplify import Simplified
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence
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
        statements = []
        drop = evidence.find(f"step:{step}", "drop_off")
        if drop is not None and drop.low is not None and drop.low >= MIN_DROP_SHARE:
            text = (
                f"{drop.value:.0%} of the journeys that come here end here without the goal"
                if draft.goal
                else f"{drop.value:.0%} of the journeys that come here end here"
            )
            statements.append(_pain(f"{step}-drop-off", text, drop.n, evidence))
        repeat = evidence.find(f"step:{step}", "repeat")
        if (
            repeat is not None
            and repeat.low is not None
            and repeat.low >= MIN_REPEAT_SHARE
        ):
            statements.append(
                _pain(
                    f"{step}-repeat",
                    f"{repeat.value:.0%} come back here after another step",
                    repeat.n,
                    evidence,
                )
            )
        found[step] = tuple(statements)
    return found


def left_out(
    way: tuple[int, ...], simple: Simplified, looked: Sequences, evidence: Evidence
) -> tuple[LeftOut, ...]:
    """Activities of at least 2 % of the cases that are not on the way, and how many cases show others still rarer."""
    rest = [
        code
        for code in np.argsort(-simple.case_shares, kind="stable")
        if code not in way
    ]
    named = [code for code in rest if simple.case_shares[code] >= MIN_LEFT_OUT_SHARE]
    parts = [
        LeftOut(
            kind="activity",
            name=simple.activities[code],
            cases=round(simple.case_shares[code] * looked.case_count),
            share=_share(simple.case_shares[code]),
        )
        for code in named[:MAX_LEFT_OUT]
    ]
    others = len([code for code in rest if simple.case_shares[code] > 0]) - len(parts)
    if others:
        parts.append(
            LeftOut(
                kind="activity", name=f"{others} more activities", cases=0, share="0%"
            )
        )
    return (*parts, *_moves(evidence))


def _moves(evidence: Evidence) -> list[LeftOut]:
    """Moves between steps of the map that are not drawn."""
    facts = [
        fact
        for fact in evidence.select(None, "move_elsewhere", segment="")
        if (fact.low or 0.0) >= MIN_LEFT_OUT_SHARE
    ]
    facts.sort(key=lambda fact: -fact.hits)
    return [
        LeftOut(
            kind="move",
            name=fact.subject.removeprefix("transition:").replace(">", " > "),
            cases=fact.hits,
            share=_share(fact.value or 0.0),
        )
        for fact in facts[:MAX_LEFT_OUT]
    ]


def _share(value: float) -> str:
    return f"{value * 100:.1f}%"


def _pain(statement: str, text: str, n: int, evidence: Evidence) -> Statement:
    source = Source(
        kind="data",
        by=f"{evidence.cases:,} journeys, n = {n:,}",
        date=evidence.window_to or None,
    )
    return Statement(
        id=statement, lane="pains", text=text, status="supported", source=source
    )
