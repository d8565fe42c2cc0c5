"""Channel transitions: what changing the channel costs, against going on in the same one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from desirepath.analyze.basis import Basis, Effect, mean_effect
from desirepath.analyze.contrast_findings import contrast_finding, mood_finding
from desirepath.analyze.finding import Finding, Said, Section, section_of
from desirepath.evidence.contrasts import (
    GOAL_ELSE,
    GOAL_IF,
    HAS,
    LEAVE_ELSE,
    LEAVE_IF,
)
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.switches import (
    AGAIN_ELSE,
    AGAIN_IF,
    RANK_ELSE,
    RANK_IF,
    SWITCH,
    WAIT_ELSE,
    WAIT_IF,
)
from desirepath.maps.model import JourneyMap
from desirepath.sentences.phrase import Phrase, points, share, time
from desirepath.stats.two_groups import end_differences

NAME = "channel_transitions"
DOUBLE = (
    0.25  # having to do a step again weighs a quarter of a customer lost: a convention
)
WAITING = 0.1  # waiting many times as long, a tenth


def channel_transitions(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Changes of channel that go with loss, waiting or doing a step again."""
    basis = Basis(journey_map, evidence, quotes)
    switches = list(basis.all(HAS, SWITCH))
    findings = [one for has in switches for one in _of_switch(basis, has)]
    needs = () if switches else (Phrase("needs.channels"),)
    return section_of(NAME, tuple(findings), needs)


def _of_switch(basis: Basis, has: Fact) -> Iterator[Finding]:
    start, _, end = has.target.removeprefix(SWITCH).partition(">")
    place = basis.name(has.subject)
    lead = Phrase(
        "switch.lead", place=place, share=share(has.value), start=start, end=end
    )
    told = (
        ("A401", (GOAL_IF, GOAL_ELSE), "switch.goal", -1, 1.0),
        ("A402", (LEAVE_IF, LEAVE_ELSE), "switch.leave", 1, 1.0),
        ("A404", (AGAIN_IF, AGAIN_ELSE), "switch.again", 1, DOUBLE),
    )
    for code, measures, key, bad, weight in told:
        effect = basis.effect(has.subject, has.target, measures)
        if effect is None:
            continue
        one = contrast_finding(
            basis,
            has,
            effect,
            named=(NAME, code, "fix"),
            words=Phrase(
                key,
                lead=lead,
                first=share(effect.first),
                second=share(effect.second),
                effect=points(effect.value),
            ),
            measures=measures,
            is_mine=effect.value * bad > 0,
        )
        yield replace(one, severity=weight * one.severity)
    who = Phrase("who.switch", start=start, end=end, place=place)
    felt = mood_finding(basis, has, named=(NAME, "A405", "fix"), who=who)
    if felt is not None:
        yield felt
    wait = _waiting(basis, has)
    if wait is not None:
        yield _wait_finding(basis, has, wait, lead)


def _wait_finding(basis: Basis, has: Fact, wait: Effect, lead: Phrase) -> Finding:
    one = contrast_finding(
        basis,
        has,
        wait,
        named=(NAME, "A403", "fix"),
        words=Phrase(
            "switch.wait", lead=lead, first=time(wait.first), second=time(wait.second)
        ),
        measures=(),
        is_mine=wait.value > 0,
    )
    waited = (f"{WAIT_IF}:{has.target}", f"{WAIT_ELSE}:{has.target}")
    longer = 1 - wait.second / wait.first if wait.value > 0 else 0.0
    return replace(
        one,
        unit="s",
        severity=WAITING * longer,
        evidence=(*one.evidence, *((has.subject, "time", name) for name in waited)),
    )


def _waiting(basis: Basis, has: Fact) -> Effect | None:
    """Difference of the typical waits in seconds, tested by the places that the waits of both sides take.

    A test of the medians by their intervals would be far too sure where a few waits are very short.
    """
    one = basis.fact(has.subject, "time", f"{WAIT_IF}:{has.target}")
    two = basis.fact(has.subject, "time", f"{WAIT_ELSE}:{has.target}")
    places = [basis.fact(has.subject, side, has.target) for side in (RANK_IF, RANK_ELSE)]  # fmt: skip
    if one is None or two is None or not one.value or not two.value:
        return None
    if places[0] is None or places[1] is None:
        return None
    test = mean_effect(places[0], places[1])
    if test is None:
        return None
    plain = end_differences(
        (two.value, two.low or 0.0, two.high or np.inf),
        (one.value, one.low or 0.0, one.high or np.inf),
    )
    is_same = test.value * float(plain.value) > 0
    return Effect(
        float(plain.value),
        float(plain.low),
        float(plain.high),
        min(one.n, two.n),
        test.p if is_same else 1.0,
        one.value,
        two.value,
    )
