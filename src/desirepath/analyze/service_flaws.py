"""Service flaws: errors, work done twice and waits, and who stands behind the step where they happen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desirepath.analyze.basis import Basis, affected, measured
from desirepath.analyze.content import SURE_END, careful_effect
from desirepath.analyze.finding import Finding, Said, Section
from desirepath.analyze.wording import duration, people, percent
from desirepath.evidence.content import ACTIVITY, TWICE
from desirepath.evidence.contrasts import HAS, LEAVE_IF
from desirepath.evidence.error_names import is_error
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.waits import TIME_SHARE
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.model import JourneyMap, Step

NAME = "service_flaws"
TITLE = "Service flaws behind the stage"
LEAST = 0.1  # an error weighs at least a tenth of a customer lost: a convention
REWORK = 0.1  # work done twice, as much
MIN_TWICE, MAX_TWICE = 0.05, 0.95
NEED_OWNERS = (
    "Who stands behind each step: technology, process, people or owner of its touchpoints "
    "(or owner of the step) on the map."
)


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
    about = (
        "Errors are told by the names of events (error, failed, declined …). "
        "Whose a flaw is follows from the touchpoints of the step."
    )
    needs = () if owners.are_known else (NEED_OWNERS,)
    return Section(NAME, TITLE, findings, needs, about)


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
        return "; ".join(self._told(step)) if step else ""

    def _told(self, step: Step) -> Iterator[str]:
        for one in step.touchpoints:
            point = self._points.get(one)
            behind = _behind(point) if point else ""
            if point and behind:
                yield f"{point.name} ({behind})"
        if step.owner:
            yield f"owner: {step.owner}"


def _behind(point: Touchpoint) -> str:
    parts = [
        *point.technology,
        *((point.process,) if point.process else ()),
        *point.people,
        *((f"owner: {point.owner}",) if point.owner else ()),
        *((point.organization,) if point.organization else ()),
    ]
    return ", ".join(parts)


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
            lost = f"; {percent(effect.first)} of them leave, against {percent(effect.second)}"
        yield _flaw(
            basis,
            owners,
            "A1401",
            everyone,
            f"{percent(everyone.value)} at {basis.name(has.subject)} meet “{name}” ({people(everyone.hits)}){lost}.",
            severity,
        )


def _twice(basis: Basis, owners: Owners) -> Iterator[Finding]:
    for fact in basis.all(TWICE):
        # what nearly all do twice is recorded twice: started and completed
        if fact.low is None or fact.low < MIN_TWICE or (fact.value or 0) > MAX_TWICE:
            continue
        words = (
            f"At {basis.name(fact.subject)} “{fact.target}” is done more than once in "
            f"{percent(fact.value)} of the cases that have it ({people(fact.hits)})."
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
            f"typically {duration(one.value)} to {basis.name(f'step:{one.target}')}"
            for one in basis.all("time")
            if one.subject.startswith(f"transition:{step}>")
        ]
        told = f" ({'; '.join(waits)})" if waits else ""
        words = f"{percent(fact.value)} of all time passes after {basis.name(fact.subject)}{told}."
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
        words=f"{words} Behind it: {whose}." if whose else words,
        **affected(here),
        **measured(fact),
        severity=severity,
        kind="look" if kind_look else "fix",
        evidence=((fact.subject, fact.measure, fact.target),),
        quotes=basis.quotes(fact.subject, "fix"),
        warning="Weights are conventions; an event's name may mislead.",
        to_know_more="Look at some of these cases together with those who run the step.",
    )
