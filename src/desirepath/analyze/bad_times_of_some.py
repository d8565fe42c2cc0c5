"""Bad times of some: weeks in which one kind of customer fared worse than the others and than at other times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from desirepath.analyze.basis import Basis, Effect, affected, measured
from desirepath.analyze.finding import Finding
from desirepath.evidence.facts import Fact
from desirepath.evidence.places import MIN_CASES
from desirepath.evidence.timed_segments import (
    MEETS,
    MET_GOAL,
    NO_FURTHER,
    UNMET_GOAL,
)
from desirepath.sentences.phrase import Phrase, listed, share
from desirepath.stats.stretches import Stretch, worst_stretch
from desirepath.stats.two_groups import share_differences

CODES = {NO_FURTHER: "A1703", MEETS: "A1704"}
ERROR_WEIGHT = (
    0.1  # meeting an error weighs at least a tenth of a customer lost: a convention
)
WARNING = (
    "It is the worst of many stretches of time and kinds of customers, and is tested as such; "
    "other things may have changed for them in that time."
)
MORE = (
    "Ask those who run the step what was released for them then; try it as they would."
)


@dataclass(frozen=True, slots=True)
class _Weeks:
    """A value of a segment week by week, and everyone in the same weeks."""

    value: str
    mine: tuple[Fact, ...]
    everyone: tuple[Fact, ...]

    def worst(self) -> Stretch | None:
        hits, n = _counts(self.mine)
        all_hits, all_n = _counts(self.everyone)
        return worst_stretch(
            hits,
            n,
            np.clip(all_hits - hits, 0.0, None),
            np.clip(all_n - n, 0.0, None),
            least=MIN_CASES,
        )


def bad_times_of_some(basis: Basis, analysis: str, ripe_to: str) -> Iterator[Finding]:
    """Of each question and segment, the value and the stretch that stand out most.

    Args:
        basis: Map and facts.
        analysis: Name of the section.
        ripe_to: Day from which on cases may still go on.
    """
    for measure in CODES:
        for (subject, target), facts in _by_question(basis, measure).items():
            known = [one for one in facts if one.window_from < ripe_to]
            told: set[tuple[tuple[int, int], ...]] = set()
            for kinds in _kinds(known):
                worst = [(found, one) for one in kinds if (found := one.worst())]
                if worst:
                    found, one = min(worst, key=lambda pair: pair[0].p)
                    # a persona that is bound to a value of a segment is the same customers
                    counts = tuple((fact.hits, fact.cases) for fact in one.mine)
                    if counts in told:
                        continue
                    told.add(counts)
                    p = min(1.0, found.p * len(kinds))
                    yield _finding(
                        basis, (analysis, subject, target), one, (found, p), ripe_to
                    )


def _by_question(basis: Basis, measure: str) -> dict[tuple[str, str], list[Fact]]:
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in basis.evidence.select(None, measure):
        found.setdefault((fact.subject, fact.target), []).append(fact)
    return found


def _kinds(facts: list[Fact]) -> Iterator[list[_Weeks]]:
    """The values of each segment that are known in the same weeks as everyone."""
    everyone = {one.window_from: one for one in facts if not one.segment}
    by_value: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.segment and fact.window_from in everyone:
            by_value.setdefault(fact.segment, []).append(fact)
    by_name: dict[str, list[_Weeks]] = {}
    for segment, mine in by_value.items():
        mine.sort(key=lambda fact: fact.window_from)
        weeks = tuple(everyone[fact.window_from] for fact in mine)
        by_name.setdefault(segment.partition("=")[0], []).append(
            _Weeks(segment, tuple(mine), weeks)
        )
    yield from by_name.values()


def _counts(facts: tuple[Fact, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Cases hit and cases asked, as many of them as are independent."""
    n = np.array([float(one.n) for one in facts])
    return np.array([one.value or 0.0 for one in facts]) * n, n


def _finding(
    basis: Basis,
    named: tuple[str, str, str],
    weeks: _Weeks,
    tested: tuple[Stretch, float],
    ripe_to: str,
) -> Finding:
    analysis, subject, target = named
    found, p = tested
    measure = MEETS if target else NO_FURTHER
    effect = _effect(found, p)
    inside = weeks.mine[found.start : found.end]
    is_open = found.end == len(weeks.mine)
    until = ripe_to if is_open else weeks.mine[found.end].window_from
    is_error = measure == MEETS
    touched = sum(one.hits if is_error else one.cases for one in inside)
    place = basis.name(subject)
    harm, told = _harm(basis, subject, target) if is_error else (abs(effect.value), "")
    words = Phrase(
        "times.some_meet" if is_error else "times.some_stuck",
        first=inside[0].window_from,
        until=until,
        inside=share(found.inside),
        who=weeks.value.replace("=", " ", 1),
        place=place,
        activity=target,
        others_inside=share(found.others_inside),
        outside=share(found.outside),
        others_outside=share(found.others_outside),
    )
    return Finding(
        analysis=analysis,
        code=CODES[measure],
        subject=subject,
        place=place,
        words=listed([words, told], "gap") if told else words,
        **affected(basis.some(touched)),
        **measured(effect),
        severity=harm,
        p=p,
        evidence=((subject, measure, target),),
        quotes=basis.quotes(subject, "fix"),
        warning=Phrase("mind.some_times"),
        to_know_more=Phrase("more.some_times"),
        segment=weeks.value,
    )


def _harm(basis: Basis, subject: str, target: str) -> tuple[float, str]:
    """What meeting an error costs at least, and how many reach the goal with and without it."""
    effect = basis.effect(subject, target, (MET_GOAL, UNMET_GOAL))
    if effect is None or effect.high >= 0:
        return ERROR_WEIGHT, ""
    told = Phrase(
        "times.some_goal", first=share(effect.first), second=share(effect.second)
    )
    return max(ERROR_WEIGHT, -effect.high), told


def _effect(found: Stretch, p: float) -> Effect:
    """What was seen in the stretch against what was to be expected."""
    seen = share_differences(
        found.expected * found.expected_n,
        found.expected_n,
        found.inside * found.n,
        found.n,
    )
    return Effect(
        float(seen.value),
        float(seen.low),
        float(seen.high),
        int(found.n),
        p,
        found.inside,
        found.expected,
    )
