"""Service flaws: errors, work done twice and waits, and who stands behind the step where they happen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desirepath.analyze.basis import Basis, affected, measured
from desirepath.analyze.content import SURE_END, careful_effect
from desirepath.analyze.finding import Finding, Said, Section, section_of
from desirepath.evidence.content import ACTIVITY, TWICE
from desirepath.evidence.contrasts import HAS, LEAVE_IF
from desirepath.evidence.error_names import is_error
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.waits import TIME_SHARE
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.model import JourneyMap, Step
from desirepath.sentences.phrase import Phrase, cases, listed, share, time

NAME = "service_flaws"
LEAST = 0.1  # an error weighs at least a tenth of a customer lost: a convention
REWORK = 0.1  # work done twice, as much
MIN_TWICE, MAX_TWICE = 0.05, 0.95


def service_flaws(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Errors, repeated work and waits at each step, with whose they are."""
    basis = Basis(journey_map, evidence, quotes)
    owners = Owners(basis.map)
    findings = (
        *_errors(basis, owners),
        *_twice(basis, owners),
        *_waits(basis, owners),
    )
    needs = () if owners.are_known else (Phrase("needs.owners"),)
    return section_of(NAME, findings, needs)


class Owners:
    """Who stands behind each step, as the map says."""

    def __init__(self, journey_map: JourneyMap) -> None:
        self._points = {one.id: one for one in journey_map.touchpoints}
        self._steps = {f"step:{step.id}": step for step in journey_map.steps()}

    @property
    def are_known(self) -> bool:
        """True where the map says so of any step."""
        return any(self.of(ref) for ref in self._steps)

    def of(self, ref: str) -> str:
        """Whose a step is: touchpoints with technology, process, people and owner; "" where unknown."""
        step = self._steps.get(ref)
        return listed(self._told(step), "semicolon") if step else ""

    def _told(self, step: Step) -> Iterator[str]:
        for one in step.touchpoints:
            point = self._points.get(one)
            behind = _behind(point) if point else ""
            if point and behind:
                yield Phrase("flaw.point", point=point.name, behind=behind)
        if step.owner:
            yield Phrase("flaw.owner", owner=step.owner)


def _behind(point: Touchpoint) -> str:
    parts = [
        *point.technology,
        *((point.process,) if point.process else ()),
        *point.people,
        *((Phrase("flaw.owner", owner=point.owner),) if point.owner else ()),
        *((point.organization,) if point.organization else ()),
    ]
    return listed(parts)


def _errors(basis: Basis, owners: Owners) -> Iterator[Finding]:
    for has in basis.all(HAS, ACTIVITY):
        name = has.target.removeprefix(ACTIVITY)
        if not is_error(name) or not has.hits:
            continue
        everyone = basis.fact(has.subject, HAS, f"beside:{name}") or has
        effect = careful_effect(basis, has, LEAVE_IF)
        if effect is not None and effect.first >= SURE_END:
            continue  # a refusal that ends the case is a result, not an error
        lost = ""
        severity = LEAST
        if effect is not None and effect.low > 0:
            severity = max(LEAST, effect.low)
            lost = Phrase(
                "flaw.lost", first=share(effect.first), second=share(effect.second)
            )
        yield _flaw(
            basis,
            owners,
            "A1401",
            everyone,
            Phrase(
                "flaw.error",
                share=share(everyone.value),
                place=basis.name(has.subject),
                activity=name,
                cases=cases(everyone.hits),
                lost=lost,
            ),
            severity,
        )


def _twice(basis: Basis, owners: Owners) -> Iterator[Finding]:
    for fact in basis.all(TWICE):
        # what nearly all do twice is recorded twice: started and completed
        if fact.low is None or fact.low < MIN_TWICE or (fact.value or 0) > MAX_TWICE:
            continue
        words = Phrase(
            "flaw.twice",
            place=basis.name(fact.subject),
            activity=fact.target,
            share=share(fact.value),
            cases=cases(fact.hits),
        )
        yield _flaw(basis, owners, "A1402", fact, words, REWORK, kind_look=True)


def _waits(basis: Basis, owners: Owners) -> Iterator[Finding]:
    """Steps that somebody stands behind and that take the most time."""
    for fact in basis.all(TIME_SHARE):
        if not owners.of(fact.subject) or not fact.value or fact.value < MIN_TWICE:
            continue
        if basis.is_goal(fact.subject):
            continue
        step = fact.subject.removeprefix("step:")
        waits = [
            Phrase(
                "flaw.wait",
                time=time(one.value),
                place=basis.name(f"step:{one.target}"),
            )
            for one in basis.all("time")
            if one.subject.startswith(f"transition:{step}>")
        ]
        told = Phrase("aside", text=listed(waits, "semicolon")) if waits else ""
        words = Phrase(
            "flaw.time",
            share=share(fact.value),
            place=basis.name(fact.subject),
            waits=told,
        )
        yield _flaw(basis, owners, "A1403", fact, words, fact.value, kind_look=True)


def _flaw(
    basis: Basis,
    owners: Owners,
    code: str,
    fact: Fact,
    words: str,
    severity: float,
    *,
    kind_look: bool = False,
) -> Finding:
    whose = owners.of(fact.subject)
    here = (
        basis.people(fact.subject)
        if fact.measure == TIME_SHARE
        else basis.some(fact.hits)
    )
    return Finding(
        analysis=NAME,
        code=code,
        subject=fact.subject,
        place=basis.name(fact.subject),
        words=listed([words, Phrase("flaw.behind", whose=whose)], "gap")
        if whose
        else words,
        **affected(here),
        **measured(fact),
        severity=severity,
        kind="look" if kind_look else "fix",
        evidence=((fact.subject, fact.measure, fact.target),),
        quotes=basis.quotes(fact.subject, "fix"),
        warning=Phrase("mind.names"),
        to_know_more=Phrase("more.look_together"),
    )
