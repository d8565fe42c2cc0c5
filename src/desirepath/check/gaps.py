"""What customers do that the map does not show, and what the map shows that nobody does."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.check.report import Gap
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap

MIN_SHARE = 0.02
DEAD_SHARE = 0.01
LEAST_DIFFERENCE = 0.01
MAX_GAPS = 30


def missing_from(journey_map: JourneyMap, evidence: Evidence) -> tuple[Gap, ...]:
    """Activities, channels and moves that the map does not show and at least 2 % of the cases make.

    The lower end of the interval counts. Ranked by people affected times difference in goal share;
    where the goal is not known, by people affected.
    """
    names = {step.id: step.name for step in journey_map.steps()}
    gaps = [*_elsewhere(evidence), *_moves(evidence, names)]
    gaps.sort(
        key=lambda gap: (
            -gap.share * max(abs(gap.goal_difference or 0.0), LEAST_DIFFERENCE),
            -gap.cases,
            gap.name,
        )
    )
    return tuple(gaps[:MAX_GAPS])


def dead_steps(
    journey_map: JourneyMap, evidence: Evidence
) -> tuple[tuple[str, int, float], ...]:
    """Steps nobody does: (step id, cases that reach it, upper end of its reach), where that end is below 1 %."""
    found = []
    for step in journey_map.step_ids():
        fact = evidence.find(f"step:{step}", "reach")
        if fact is not None and fact.high is not None and fact.high < DEAD_SHARE:
            found.append((step, fact.hits, fact.high))
    return tuple(found)


def _is_common(fact: Fact) -> bool:
    return fact.low is not None and fact.low >= MIN_SHARE


def _elsewhere(evidence: Evidence) -> Iterator[Gap]:
    differences = {
        fact.target: fact
        for fact in evidence.select("map", "goal_difference", segment="")
    }
    for fact in evidence.select("map", "elsewhere", segment=""):
        if not _is_common(fact):
            continue
        difference = differences.get(fact.target)
        yield Gap(
            kind="activity",
            name=fact.target,
            cases=fact.hits,
            share=fact.value or 0.0,
            low=fact.low or 0.0,
            high=fact.high or 1.0,
            goal_difference=difference.value if difference else None,
            goal_low=difference.low if difference else None,
            goal_high=difference.high if difference else None,
            after=fact.after,
        )
    for fact in evidence.select("map", "channel_elsewhere", segment=""):
        if _is_common(fact):
            yield Gap(
                "channel",
                fact.target,
                fact.hits,
                fact.value or 0.0,
                fact.low or 0.0,
                fact.high or 1.0,
            )


def _moves(evidence: Evidence, names: dict[str, str]) -> Iterator[Gap]:
    whole: dict[tuple[str, str], Fact] = {}
    for fact in evidence.select(None, "move_elsewhere", segment=""):
        # the whole stands before its windows
        whole.setdefault((fact.subject, fact.target), fact)
    for fact in whole.values():
        before = fact.subject.removeprefix("transition:").removesuffix(
            f">{fact.target}"
        )
        if _is_common(fact):
            name = (
                f"{names.get(before, before)} > {names.get(fact.target, fact.target)}"
            )
            yield Gap(
                "move",
                name,
                fact.hits,
                fact.value or 0.0,
                fact.low or 0.0,
                fact.high or 1.0,
                after=before,
            )
