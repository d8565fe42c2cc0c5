"""Choice of way: busiest, fastest, longest, best liked; and where the choice goes with the goal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desirepath.analyze.basis import Basis, affected, measured
from desirepath.analyze.finding import Finding, Said, Section, section_of
from desirepath.analyze.groups_apart import shares_apart
from desirepath.evidence.contrasts import GOAL_IF, HAS
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.ways import TO, WAY, WAY_SCORE
from desirepath.maps.model import JourneyMap
from desirepath.sentences.phrase import Phrase, listed, mood, share
from desirepath.sentences.phrase import time as lasting

NAME = "choice_of_way"


def choice_of_way(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """The ways of those who reach the goal, and branches that lead there more or less often."""
    basis = Basis(journey_map, evidence, quotes)
    ways = list(basis.all(WAY))
    needs = []
    if basis.fact("map", "goal") is None:
        needs.append(Phrase("needs.goal_event"))
    elif not ways:
        needs.append(Phrase("needs.ways"))
    findings = (*_whole(basis, ways), *_branches(basis))
    return section_of(NAME, findings, tuple(needs))


def _whole(basis: Basis, ways: list[Fact]) -> Iterator[Finding]:
    """The busiest, fastest, longest and best liked of the ways."""
    if not ways:
        return
    times = {
        way.subject: fact
        for way in ways
        if (fact := basis.fact(way.subject, "time", "goal")) and fact.value is not None
    }
    scores = {
        way.subject: fact
        for way in ways
        if (fact := basis.fact(way.subject, WAY_SCORE, "emotion"))
    }
    chosen = [("A1101", max(ways, key=lambda way: way.hits))]
    if len(times) > 1:
        fast = min(times, key=lambda one: times[one].value or 0.0)
        slow = max(times, key=lambda one: times[one].value or 0.0)
        chosen.append(("A1102", _of(ways, fast)))
        chosen.append(("A1103", _of(ways, slow)))
    longest = max(ways, key=lambda way: way.subject.count(">"))
    chosen.append(("A1104", longest))
    if len(scores) > 1:
        liked = max(scores, key=lambda one: scores[one].value or 0.0)
        chosen.append(("A1105", _of(ways, liked)))
    for code, title, way in _together(chosen):
        score = scores.get(way.subject)
        yield _way(basis, code, title, way, (times.get(way.subject), score))


def _together(chosen: list[tuple[str, Fact]]) -> Iterator[tuple[str, Phrase, Fact]]:
    """Each way once, with all that it is."""
    codes: dict[str, list[str]] = {}
    for code, way in chosen:
        codes.setdefault(way.subject, []).append(code)
    for code, way in chosen:
        told = codes.pop(way.subject, None)
        if told:
            first, *rest = told
            also = (Phrase(f"way.also_{one}") for one in rest)
            yield code, listed([Phrase(f"way.{first}"), *also]), way


def _of(ways: list[Fact], subject: str) -> Fact:
    return next(way for way in ways if way.subject == subject)


def _way(
    basis: Basis,
    code: str,
    title: Phrase,
    way: Fact,
    more: tuple[Fact | None, Fact | None],
) -> Finding:
    steps = way.subject.removeprefix("way:").split(">")
    names = listed((basis.bare_name(f"step:{step}") for step in steps), "arrow")
    time, score = more
    told = [Phrase("way.share", share=share(way.value))]
    if time:
        told.append(Phrase("way.time", time=lasting(time.value)))
    if score:
        told.append(Phrase("way.mood", mood=mood(score.value)))
    here = basis.some(way.hits)
    return Finding(
        analysis=NAME,
        code=code,
        subject=way.subject,
        place=basis.name("map"),
        words=Phrase("way.told", title=title, steps=names, facts=listed(told)),
        **affected(here),
        **measured(way),
        severity=way.value or 0.0,
        kind="look",
        evidence=((way.subject, WAY, ""), (way.subject, "time", "goal")),
        warning=Phrase("mind.ways"),
        to_know_more=Phrase("more.draw_ways"),
    )


def _branches(basis: Basis) -> Iterator[Finding]:
    """Steps whose ways on differ in how many reach the goal."""
    steps: dict[str, list[Fact]] = {}
    for fact in basis.all(GOAL_IF, TO):
        if fact.value is not None and fact.n:
            steps.setdefault(fact.subject, []).append(fact)
    for subject, facts in steps.items():
        apart = shares_apart(facts, bad=-1)
        has = basis.fact(subject, HAS, apart.worst.target) if apart else None
        if apart is None or has is None:
            continue
        told = listed(
            Phrase(
                "branch.via",
                share=share(one.value),
                place=basis.name(f"step:{one.target.removeprefix(TO)}"),
            )
            for one in reversed(apart.ranked)
        )
        here = basis.some(has.hits)
        yield Finding(
            analysis=NAME,
            code="A1106",
            subject=subject,
            place=basis.name(subject),
            words=Phrase("branch.told", place=basis.name(subject), ways=told),
            **affected(here),
            **measured(apart.effect),
            severity=apart.severity,
            kind="look",
            p=apart.p,
            evidence=tuple((subject, GOAL_IF, one.target) for one in apart.ranked),
            quotes=(),
            warning=Phrase("mind.association"),
            to_know_more=Phrase("more.experiment"),
        )
