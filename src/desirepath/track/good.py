"""Which way is good for each fact, and why. Judges no change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from desirepath.evidence.facts import Fact
from desirepath.maps.model import JourneyMap
from desirepath.maps.refs import with_statement_ids
from desirepath.stats.intervals import newcombe_difference
from desirepath.track.pairs import Pair
from desirepath.track.report import Way

MEASURES: Mapping[str, tuple[Way, str]] = {
    "goal": ("up", "more customers reach the goal"),
    "drop_off": ("down", "fewer customers leave here"),
    "time": ("down", "it takes less time"),
    "time_p90": ("down", "it takes less time"),
    "time_within": ("up", "more customers get it in time"),
    "score": ("up", "customers rate it higher"),
    "promise_kept": ("up", "the promise is kept more often"),
}
LANES: Mapping[str, tuple[Way, str]] = {
    "pains": ("down", "the team calls it a pain"),
    "gains": ("up", "the team calls it a gain"),
}
SCALES_UP = ("emotion", "nps", "csat-", "stars-", "rating-")


class Good:
    """Which way is good, from the measure, the lane of a statement, and the way to the goal."""

    def __init__(self, pairs: Sequence[Pair], journey_map: JourneyMap | None) -> None:
        self._lanes = _lanes_of(journey_map) if journey_map else {}
        branches = _alternatives(journey_map) if journey_map else frozenset()
        self._reach = _toward_goal(pairs, branches)

    def of(self, fact: Fact) -> tuple[Way, str]:
        """The way that is good and why; ("", "") where neither is."""
        kind, _, name = fact.subject.partition(":")
        if fact.measure == "reach":
            return self._reach.get(fact.subject, ("", ""))
        if fact.measure in ("share", "mentions") and kind == "statement":
            return LANES.get(self._lanes.get(name, ""), ("", ""))
        if fact.measure == "score" and not fact.target.startswith(SCALES_UP):
            return ("", "")  # of a scale of one's own nobody knows which end is good
        return MEASURES.get(fact.measure, ("", ""))


def _lanes_of(journey_map: JourneyMap) -> dict[str, str]:
    statements = with_statement_ids(journey_map).all_statements()
    return {str(one.id): one.lane for one in statements}


def _alternatives(journey_map: JourneyMap) -> frozenset[str]:
    """Steps that the map draws beside each other, such as paying in the shop or in the app."""
    steps = list(journey_map.steps())
    onward = {
        step.id: {way.step for way in step.next} or {after.id}
        for step, after in zip(steps, [*steps[1:], steps[-1]], strict=True)
    }
    found = set()
    for step in steps:
        ways = {way.step for way in step.next if not way.loop}
        for one, other in combinations(sorted(ways & onward.keys()), 2):
            if onward[one] != {other} and onward[other] != {one}:
                found |= {one, other}
    return frozenset(found)


def _toward_goal(
    pairs: Sequence[Pair], branches: frozenset[str]
) -> dict[str, tuple[Way, str]]:
    """Steps and stages that lie toward the goal, or away from it.

    A step lies toward the goal where the cases at it reach the goal more often than those at the
    element before it on the map (for the first, than all cases), both sides taken together.
    Of steps beside each other neither does: who takes one does not need the other.
    """
    goals = {
        pair.before.subject: _together(pair)
        for pair in pairs
        if pair.before.measure == "goal"
    }
    found: dict[str, tuple[Way, str]] = {}
    for kind in ("stage:", "step:"):
        last = goals.get("map")
        for subject, here in goals.items():
            if not subject.startswith(kind) or subject.removeprefix(kind) in branches:
                continue
            if last is not None:
                found |= _step(subject, here, last)
            last = here
    return found


def _step(
    subject: str, here: tuple[float, float], last: tuple[float, float]
) -> dict[str, tuple[Way, str]]:
    """Which way is good for the reach of one element, nothing where it is not shown."""
    difference = newcombe_difference(*here, *last)
    if difference.low > 0:
        return {subject: ("up", "customers here are nearer to the goal")}
    if difference.high < 0:
        return {subject: ("down", "customers here reach the goal less often")}
    return {}


def _together(pair: Pair) -> tuple[float, float]:
    """Effective hits and cases of both sides."""
    sides = [(fact.value or 0.0, fact.n) for fact in (pair.before, pair.after)]
    return sum(share * n for share, n in sides), float(sum(n for _, n in sides))
