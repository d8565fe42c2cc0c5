"""Drop-off: who leaves where, and how many have left by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desirepath.analyze.basis import Basis, affected, measured
from desirepath.analyze.finding import Finding, Said, Section, section_of
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.leaving import LEFT_BY, LEFT_SO_FAR
from desirepath.maps.model import JourneyMap
from desirepath.sentences.phrase import Phrase, listed, share

NAME = "drop_off"


def drop_off(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """How many leave at each step, and how many have left by then and by the clock."""
    basis = Basis(journey_map, evidence, quotes)
    needs = () if basis.fact("map", "goal") else (Phrase("needs.goal_leaving"),)
    return section_of(NAME, (*_by_step(basis), *_by_time(basis)), needs)


def _by_step(basis: Basis) -> Iterator[Finding]:
    for fact in basis.all("drop_off"):
        so_far = basis.fact(fact.subject, LEFT_SO_FAR)
        if not fact.subject.startswith("step:") or not fact.hits or so_far is None:
            continue
        here = basis.some(fact.hits)
        place = basis.name(fact.subject)
        yield Finding(
            analysis=NAME,
            code="A001",
            subject=fact.subject,
            place=place,
            words=Phrase(
                "drop.step",
                share=share(fact.value),
                place=place,
                so_far=share(so_far.value),
            ),
            **affected(here),
            **measured(fact),
            severity=1.0,
            kind="look",
            evidence=(
                (fact.subject, "drop_off", ""),
                (fact.subject, LEFT_SO_FAR, ""),
            ),
            warning=Phrase("mind.content"),
            to_know_more=Phrase("more.ask_leavers"),
        )


def _by_time(basis: Basis) -> Iterator[Finding]:
    # where nobody knows the goal, cases end, with or without it
    key = "drop.time" if basis.fact("map", "goal") else "drop.time_ends"
    curve: list[Fact] = list(basis.all(LEFT_BY))
    if not curve:
        return
    last = curve[-1]
    told = listed(
        Phrase(f"drop.within_{one.target}", share=share(one.value))
        for one in curve
        if one.hits or one is last
    )
    here = basis.some(last.hits)
    yield Finding(
        analysis=NAME,
        code="A002",
        subject="map",
        place=basis.name("map"),
        words=Phrase(key, shares=told),
        **affected(here),
        **measured(last),
        severity=0.0,
        kind="look",
        evidence=tuple(("map", LEFT_BY, one.target) for one in curve),
        to_know_more=Phrase("more.flow"),
    )
