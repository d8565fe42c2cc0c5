"""No group of fewer than ten people in what everybody may see: facts, verdicts, quotes. Shows nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from desirepath.check.parts import Against, Departures, Gap, Staleness
from desirepath.check.report import CheckReport, Verdict
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.quotes import Quote, Quotes
from desirepath.evidence.touchpoints import TouchpointNumbers
from desirepath.maps.model import JourneyMap
from desirepath.maps.refs import elements
from desirepath.web.publishing.layers import LEAST_PEOPLE, Layer

GROUPED = ("segment", "window", "earlier")
PEOPLE = "persona"


def public_evidence(
    evidence: Evidence | None, journey: JourneyMap, layers: Collection[Layer]
) -> Evidence | None:
    """Facts about what the map still shows, none of them about a small group; None where there are none.

    Neither the group a number is about may be small, nor those in it who did it, nor those who did
    not. Where subtracting groups from each other would tell of a small one, another one goes too.
    """
    if evidence is None or evidence.customers < LEAST_PEOPLE or "numbers" not in layers:
        return None
    refs = refs_of(journey)
    people = {
        f"{PEOPLE}={one.id}" for one in journey.personas if not isinstance(one, str)
    }
    told = [
        one
        for one in evidence.facts
        if _is_shown(one.subject, refs)
        and (one.unit != "emotion" or "emotion" in layers)
        and (not one.segment.startswith(f"{PEOPLE}=") or one.segment in people)
    ]
    return replace(
        evidence,
        facts=tuple(large_groups(told, evidence)),
        open_cases=_or_nothing(evidence.open_cases),
        sources={},
        examples=(),
    )


def large_groups(facts: Iterable[Fact], evidence: Evidence) -> list[Fact]:
    """Facts of groups that are large enough, in their order."""
    told = list(facts)
    hidden = {id(one) for one in told if not is_large(one)}
    parts: dict[tuple[str, ...], list[Fact]] = {}
    for one in told:
        if kind := _group_kind(one, evidence):
            key = (kind, one.subject, one.measure, one.target)
            parts.setdefault(key, []).append(one)
    for group in parts.values():
        away = [one for one in group if id(one) in hidden]
        left = sorted((one for one in group if id(one) not in hidden), key=_size)
        # one value hidden among others is the whole minus the others
        while away and left and (len(away) == 1 or sum(map(_size, away)) < LEAST_PEOPLE):  # fmt: skip
            hidden.add(id(left[0]))
            away.append(left.pop(0))
    return [one for one in told if id(one) not in hidden]


def is_large(fact: Fact) -> bool:
    """Whether a fact tells of no group below ten people: not all, not those who did, not those who did not."""
    if fact.value is None or fact.n < LEAST_PEOPLE:
        return False
    if 0 < fact.cases < LEAST_PEOPLE:
        return False
    if fact.unit != "share":
        return True
    cases = fact.cases or fact.n
    hits = fact.hits or round(fact.value * cases)
    return _is_large_count(hits) and _is_large_count(cases - hits)


def _is_large_count(count: float) -> bool:
    return count <= 0 or count >= LEAST_PEOPLE


def _size(fact: Fact) -> int:
    return fact.cases or fact.n


def _group_kind(fact: Fact, evidence: Evidence) -> str:
    """What a group is one value of, "" for all cases."""
    if fact.segment:
        return fact.segment.partition("=")[0]
    is_whole = (fact.window_from, fact.window_to) == (evidence.window_from, evidence.window_to)  # fmt: skip
    return "" if is_whole else "window"


def refs_of(journey: JourneyMap) -> set[str]:
    """Refs of everything a map shows."""
    return {"map", *(one.ref for one in elements(journey))}


def _is_shown(subject: str, refs: Collection[str]) -> bool:
    """Whether what a fact or verdict is about stands on the map."""
    if subject.startswith("transition:"):
        ends = subject.partition(":")[2].split(">")
        return all(f"step:{end}" in refs for end in ends)
    if subject.startswith("persona:"):
        return subject in refs or ":".join(subject.split(":")[:2]) in refs
    return subject in refs


def public_report(
    report: CheckReport | None,
    evidence: Evidence | None,
    journey: JourneyMap,
    layers: Collection[Layer],
) -> CheckReport | None:
    """Verdicts on what the map still shows, without small groups, notes and advice; None where none are shown.

    Args:
        report: The check.
        evidence: Facts it was made of, as they were measured.
        journey: The map as everybody sees it.
        layers: What is shown.
    """
    if report is None or "verdicts" not in layers or report.customers < LEAST_PEOPLE:
        return None
    refs, has_numbers = refs_of(journey), "numbers" in layers
    groups = _whole_groups(evidence)

    def kept(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
        return tuple(
            _verdict(one, groups, has_numbers=has_numbers)
            for one in verdicts
            if _is_shown(one.subject, refs)
            and is_large_verdict(one)
            and (one.unit != "emotion" or "emotion" in layers)
        )

    return replace(
        report,
        verdicts=kept(report.verdicts),
        personas=kept(report.personas),
        missing=tuple(filter(None, map(_gap, report.missing))) if has_numbers else (),
        dead=tuple(one for one in report.dead if _is_large_count(one[1]))
        if has_numbers
        else (),
        departures=_departures(report.departures) if has_numbers else None,
        touchpoints=tuple(map(_touchpoint, report.touchpoints)) if has_numbers else (),
        notes=(),
        coverage=(),
        research=(),
        disagreements=(),
        review_every="",
        due="",
        today="",
    )


def is_large_verdict(verdict: Verdict) -> bool:
    """Whether a verdict tells of no group below ten people."""
    if verdict.value is None:
        return not 0 < verdict.n < LEAST_PEOPLE
    return _is_large_number(verdict.value, verdict.n, verdict.unit)


def _is_large_number(value: float | None, n: int, unit: str) -> bool:
    if n < LEAST_PEOPLE:
        return False
    if unit != "share" or value is None or not 0 <= value <= 1:
        return True
    hits = round(value * n)
    return _is_large_count(hits) and _is_large_count(n - hits)


def _whole_groups(evidence: Evidence | None) -> set[str]:
    """Segments and windows of which nothing had to be hidden."""
    if evidence is None:
        return set()
    left = {id(one) for one in large_groups(evidence.facts, evidence)}
    found: dict[str, bool] = {}
    for one in evidence.facts:
        if _group_kind(one, evidence):
            name = one.segment or f"{one.window_from}..{one.window_to}"
            found[name] = found.get(name, True) and id(one) in left
    return {name for name, is_whole in found.items() if is_whole}


def _verdict(verdict: Verdict, groups: set[str], *, has_numbers: bool) -> Verdict:
    segments = tuple(one for one in verdict.segments if one[0] in groups)
    is_all = len(segments) == len(verdict.segments)
    plain = replace(
        verdict,
        segments=segments if has_numbers else (),
        reason=verdict.reason if is_all and has_numbers else "",
        against=tuple(one for one in verdict.against if _is_against(one, groups))
        if has_numbers
        else (),
        staleness=_staleness(verdict.staleness) if has_numbers else None,
        due="",
        proposal="",
    )
    if has_numbers:
        return plain
    return replace(plain, value=None, n=0, low=None, high=None, further_cases=None, spread=None)  # fmt: skip


def _is_against(one: Against, groups: set[str]) -> bool:
    if one.kind not in GROUPED or not _is_large_number(one.value, one.n, one.unit):
        return False
    return one.kind == "earlier" or one.name in groups


def _staleness(one: Staleness | None) -> Staleness | None:
    return one if one and _is_large_number(one.value, one.n, "share") else None


def _gap(gap: Gap) -> Gap | None:
    if gap.cases < LEAST_PEOPLE:
        return None
    return replace(gap, examples=(), addition=None)


def _departures(found: Departures | None) -> Departures | None:
    if found is None or not _is_large_count(found.follows):
        return None
    places = tuple(
        one
        for one in found.places
        if one.cases >= LEAST_PEOPLE and _is_large_count(one.asked - one.cases)
    )
    return replace(found, places=places)


def _touchpoint(one: TouchpointNumbers) -> TouchpointNumbers:
    names = ("made", "kept", "before", "expected", "delivered", "gap")
    hidden: dict[str, Any] = {
        name: None
        for name in names
        if (fact := getattr(one, name)) is not None and not is_large(fact)
    }
    return replace(one, **hidden)


def much_told(quotes: Quotes, journey: JourneyMap) -> tuple[Quote, ...]:
    """Words of customers about themes that at least ten of them speak of."""
    many = {
        (one.step, one.theme) for one in quotes.counts if one.customers >= LEAST_PEOPLE
    }
    steps = {"", *journey.step_ids()}
    return tuple(
        one
        for one in quotes.quotes
        if one.step in steps and (one.step, one.theme) in many
    )


def _or_nothing(count: int) -> int:
    return count if _is_large_count(count) else 0
