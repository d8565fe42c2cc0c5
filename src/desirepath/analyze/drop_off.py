"""Drop-off: who leaves where, and how many have left by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desirepath.analyze.basis import Basis, affected, measured
from desirepath.analyze.finding import Finding, Said, Section
from desirepath.analyze.wording import percent
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.leaving import LEFT_BY, LEFT_SO_FAR
from desirepath.maps.model import JourneyMap

NAME = "drop_off"
TITLE = "Drop-off"
AFTER_WORDS = {"1h": "an hour", "1d": "a day", "7d": "a week", "30d": "30 days"}
NEED = "Which event shows the goal (goal.success on the map): without it, the end of a case is called leaving."


def drop_off(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """How many leave at each step, and how many have left by then and by the clock."""
    basis = Basis(journey_map, evidence, quotes)
    needs = () if basis.fact("map", "goal") else (NEED,)
    about = "Open cases are not counted as left; reaching the goal ends a case as well."
    return Section(NAME, TITLE, (*_by_step(basis), *_by_time(basis)), needs, about)


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
            words=(
                f"{percent(fact.value)} of those at {place} leave there; "
                f"{percent(so_far.value)} of all have left by then."
            ),
            **affected(here),
            **measured(fact),
            severity=1.0,
            kind="look",
            evidence=(
                (fact.subject, "drop_off", ""),
                (fact.subject, LEFT_SO_FAR, ""),
            ),
            warning="Some may have left with what they came for.",
            to_know_more="Ask those who leave here why, by a question on the page or a call.",
        )


def _by_time(basis: Basis) -> Iterator[Finding]:
    curve: list[Fact] = list(basis.all(LEFT_BY))
    if not curve:
        return
    last = curve[-1]
    told = ", ".join(
        f"{percent(one.value)} within {AFTER_WORDS[one.target]}" for one in curve
    )
    here = basis.some(last.hits)
    yield Finding(
        analysis=NAME,
        code="A002",
        subject="map",
        place=basis.name("map"),
        words=f"Of all cases, {told} of their start have left without the goal.",
        **affected(here),
        **measured(last),
        severity=0.0,
        kind="look",
        evidence=tuple(("map", LEFT_BY, one.target) for one in curve),
        to_know_more="Draw the flow to see where they go: desirepath flow.",
    )
