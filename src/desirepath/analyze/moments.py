"""Right channel, right time: when and through which channel those who reach the goal began, by segment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desirepath.analyze.basis import Basis, affected, measured
from desirepath.analyze.finding import Finding, Said, Section, section_of
from desirepath.analyze.groups_apart import shares_apart
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.moments import DAYS, GOAL_BY
from desirepath.maps.model import JourneyMap
from desirepath.sentences.phrase import Phrase, share

NAME = "right_moment"
CODES = {"channel": "A1501", "weekday": "A1502", "hours": "A1503"}


def right_moment(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Channels, weekdays and hours of the start that go with reaching the goal, in each segment."""
    basis = Basis(journey_map, evidence, quotes)
    findings = tuple(
        one
        for (segment, kind), facts in _groups(evidence).items()
        for one in _of_group(basis, segment, kind, facts)
    )
    needs = () if findings else (Phrase("needs.moments"),)
    return section_of(NAME, findings, needs)


def _groups(evidence: Evidence) -> dict[tuple[str, str], list[Fact]]:
    """Facts by segment and what the start is told apart by."""
    found: dict[tuple[str, str], list[Fact]] = {}
    for fact in evidence.select("map", GOAL_BY):
        if fact.value is not None and fact.n:
            kind = fact.target.partition("=")[0]
            found.setdefault((fact.segment, kind), []).append(fact)
    return found


def _of_group(
    basis: Basis, segment: str, kind: str, facts: list[Fact]
) -> Iterator[Finding]:
    apart = shares_apart(facts, bad=-1)
    if apart is None:
        return
    worst, best = apart.worst, apart.ranked[-1]
    of_some = Phrase("moment.some", segment=segment.replace("=", " "))
    who = of_some if segment else Phrase("moment.all")
    here = basis.some(worst.cases)
    yield Finding(
        analysis=NAME,
        code=CODES.get(kind, "A1500"),
        subject="map",
        place=segment or basis.name("map"),
        words=Phrase(
            "moment.best",
            who=who,
            most=_when(kind, best),
            most_share=share(best.value),
            least=_when(kind, worst),
            least_share=share(worst.value),
        ),
        **affected(here),
        **measured(apart.effect),
        severity=apart.severity,
        kind="look",
        p=apart.p,
        evidence=(("map", GOAL_BY, best.target), ("map", GOAL_BY, worst.target)),
        warning=Phrase("mind.moments"),
        to_know_more=Phrase("more.moments"),
        segment=segment,
    )


def _when(kind: str, fact: Fact) -> Phrase:
    value = fact.target.partition("=")[2]
    if kind == "weekday" and value in DAYS:
        return Phrase("moment.weekday", day=Phrase(f"day.{value}"))
    if kind == "hours":
        first, _, last = value.partition("-")
        return Phrase("moment.hours", first=first, last=last)
    return Phrase("moment.channel", channel=value)
