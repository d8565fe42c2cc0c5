"""Consistency: does the same step work equally well in every channel?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desirepath.analyze.basis import Basis
from desirepath.analyze.finding import Finding, Said, Section, section_of
from desirepath.analyze.groups_apart import (
    Apart,
    apart_finding,
    moods_apart,
    shares_apart,
)
from desirepath.evidence.consistency import (
    CHANNEL_GOAL,
    CHANNEL_LEAVE,
    CHANNEL_SCORE,
)
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.sentences.phrase import Phrase, listed, mood, share

NAME = "consistency"


def consistency(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Steps whose channels differ in goal, leaving or score."""
    basis = Basis(journey_map, evidence, quotes)
    findings = (
        *_shares(basis, CHANNEL_GOAL, "A1001", "channel.goal", -1),
        *_shares(basis, CHANNEL_LEAVE, "A1002", "channel.leave", 1),
        *_scores(basis),
    )
    needs = () if findings else (Phrase("needs.two_channels"),)
    return section_of(NAME, findings, needs)


def _by_step(basis: Basis, measure: str) -> Iterator[list[Fact]]:
    """Facts of each step with two channels or more."""
    steps: dict[str, list[Fact]] = {}
    for fact in basis.all(measure):
        if fact.value is not None and fact.n:
            steps.setdefault(fact.subject, []).append(fact)
    yield from (facts for facts in steps.values() if len(facts) > 1)


def _shares(
    basis: Basis, measure: str, code: str, key: str, bad: int
) -> Iterator[Finding]:
    for facts in _by_step(basis, measure):
        apart = shares_apart(facts, bad=bad)
        if apart:
            told = listed(
                Phrase("channel.share", share=share(one.value), channel=one.target)
                for one in apart.ranked
            )
            yield _finding(basis, code, apart, key, told)


def _scores(basis: Basis) -> Iterator[Finding]:
    for facts in _by_step(basis, CHANNEL_SCORE):
        apart = moods_apart(facts)
        if apart:
            told = listed(
                Phrase("channel.one_mood", mood=mood(one.value), channel=one.target)
                for one in apart.ranked
            )
            yield _finding(basis, "A1003", apart, "channel.mood", told)


def _finding(basis: Basis, code: str, apart: Apart, key: str, told: Phrase) -> Finding:
    return apart_finding(
        basis,
        apart,
        named=(NAME, code),
        words=Phrase(key, place=basis.name(apart.worst.subject), channels=told),
        here=basis.some(apart.worst.cases),
        warning=Phrase("mind.channels"),
        more=Phrase("more.channels"),
    )
