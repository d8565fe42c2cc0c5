"""Who fares worse: steps at which one kind of customer leaves more often or feels worse than the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desirepath.analyze.basis import UNTOLD, Basis, unshown
from desirepath.analyze.finding import Finding, Said, Section, section_of
from desirepath.analyze.groups_apart import (
    Apart,
    apart_finding,
    moods_apart,
    shares_apart,
)
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.sentences.phrase import Phrase, listed, mood, share

NAME = "segments"
MOST_NAMED = 3


def segments(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Steps at which the values of a segment differ in leaving or in how it felt."""
    basis = Basis(journey_map, evidence, quotes)
    drops = _by_place(evidence, "drop_off", "")
    scores = _by_place(evidence, "score", "emotion")
    findings = (*_leaving(basis, drops), *_feeling(basis, scores))
    needs = () if drops or scores else unshown(journey_map, "needs.segments")
    return section_of(NAME, findings, needs)


def _by_place(evidence: Evidence, measure: str, target: str) -> list[list[Fact]]:
    """Facts of each step and segment with two values or more."""
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in evidence.select(None, measure, target=target):
        is_step = fact.subject.startswith("step:") and fact.segment
        if is_step and fact.value is not None and fact.n:
            name = fact.segment.partition("=")[0]
            found.setdefault((fact.subject, name), []).append(fact)
    return [facts for facts in found.values() if len(facts) > 1]


def _leaving(basis: Basis, groups: list[list[Fact]]) -> Iterator[Finding]:
    for facts in groups:
        apart = shares_apart(facts, bad=1, weight=UNTOLD)
        if apart:
            told = [
                Phrase("segment.share", share=share(one.value), value=_value(one))
                for one in apart.ranked
            ]
            yield _finding(basis, "A1601", apart, "segment.leave", told)


def _feeling(basis: Basis, groups: list[list[Fact]]) -> Iterator[Finding]:
    for facts in groups:
        apart = moods_apart(facts)
        if apart:
            told = [
                Phrase("segment.one_mood", mood=mood(one.value), value=_value(one))
                for one in apart.ranked
            ]
            yield _finding(basis, "A1602", apart, "segment.mood", told)


def _value(fact: Fact) -> str:
    return fact.segment.partition("=")[2]


def _listed(told: list[Phrase]) -> Phrase:
    """The worst and the best, with some between."""
    if len(told) <= MOST_NAMED:
        return listed(told)
    first = listed(told[: MOST_NAMED - 1])
    return Phrase("segment.to", first=first, last=told[-1])


def _finding(
    basis: Basis, code: str, apart: Apart, key: str, told: list[Phrase]
) -> Finding:
    worst = apart.worst
    by = worst.segment.partition("=")[0]
    reach = next(
        basis.evidence.select(worst.subject, "reach", segment=worst.segment), worst
    )
    touched = worst.cases if reach is worst else reach.hits
    return apart_finding(
        basis,
        apart,
        named=(NAME, code),
        words=Phrase(key, place=basis.name(worst.subject), values=_listed(told), by=by),
        here=basis.some(max(touched, worst.n)),
        warning=Phrase("mind.segments"),
        more=Phrase("more.segments"),
    )
