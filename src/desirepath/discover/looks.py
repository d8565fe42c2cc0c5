"""Looks: what an analyst would look at first on a draft. Knows evidence only, no events."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap

MIN_CASES = 30
MIN_SHARE = 0.02

Kind = Literal["leave", "return", "detour", "costs", "slow"]


@dataclass(frozen=True, slots=True)
class Look:
    """One thing worth a look, with the number behind it.

    Attributes:
        kind: leave: where most people are lost, where a goal is known; return: the step most people come back to; detour: what most people do beside the way;
            costs: what goes with the most people missing the goal; slow: the slowest move.
        at: Step id, or the activity beside the way.
        to: Where a move leads, "" otherwise.
        cases: Cases it concerns.
        value: Share of the cases here, or seconds for a slow move; points of goal share for costs.
        low: Lower end of its interval, None where unbounded.
        high: Upper end.
        n: Effective number of cases behind it.
    """

    kind: Kind
    at: str
    to: str
    cases: int
    value: float
    low: float | None
    high: float | None
    n: int

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)


def look_first(
    draft: JourneyMap, evidence: Evidence, elsewhere: Container[str] = ()
) -> tuple[Look, ...]:
    """What to look at first: at most one thing of each kind, losses before detours before waits.

    Args:
        draft: A map.
        evidence: What was measured of it.
        elsewhere: Activities that are steps of another map or work behind the scenes, so no detours.
    """
    whole = [
        fact
        for fact in evidence.facts
        if not fact.segment
        and fact.value is not None
        and fact.cases
        and not (fact.subject == "map" and fact.target in elsewhere)
    ]
    return tuple(_looks(draft, evidence, whole))


def _looks(draft: JourneyMap, evidence: Evidence, facts: list[Fact]) -> Iterator[Look]:
    steps = [fact for fact in facts if fact.subject.startswith("step:")]
    least = max(MIN_SHARE * evidence.cases, 1)
    left = [one for one in steps if one.measure == "drop_off" and one.hits >= least]
    if left and draft.goal is not None:
        yield _look("leave", max(left, key=lambda fact: fact.hits))
    costs = [
        fact
        for fact in facts
        if fact.measure == "goal_difference" and fact.high is not None and fact.high < 0
    ]
    if costs:
        worst = max(costs, key=_loss)
        yield Look(
            "costs", worst.target, "", worst.cases, worst.value or 0.0, worst.low, worst.high, worst.n
        )  # fmt: skip
    back = [one for one in steps if one.measure == "repeat" and one.hits >= least]
    if back:
        yield _look("return", max(back, key=lambda fact: fact.hits))
    told = max(costs, key=_loss).target if costs else ""
    beside = [
        fact
        for fact in facts
        if fact.measure == "elsewhere" and fact.hits >= least and fact.target != told
    ]
    if beside:
        most = max(beside, key=lambda fact: fact.hits)
        yield Look(
            "detour", most.target, "", most.hits, most.value or 0.0, most.low, most.high, most.n
        )  # fmt: skip
    slow = [
        fact
        for fact in facts
        if fact.measure == "time"
        and fact.subject.startswith("transition:")
        and fact.cases >= max(MIN_CASES, least)
    ]
    if slow:
        most = max(slow, key=lambda fact: fact.value or 0.0)
        before = most.subject.removeprefix("transition:").partition(">")[0]
        yield Look(
            "slow", before, most.target, most.cases, most.value or 0.0, most.low, most.high, most.n
        )  # fmt: skip


def _loss(fact: Fact) -> float:
    return -(fact.value or 0.0) * fact.cases


def _look(kind: Kind, fact: Fact) -> Look:
    return Look(
        kind,
        fact.subject.removeprefix("step:"),
        "",
        fact.hits,
        fact.value or 0.0,
        fact.low,
        fact.high,
        fact.n,
    )
