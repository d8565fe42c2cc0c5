"""Verdicts: claims held against facts, with false-discovery control over the map. Formats nothing."""

from __future__ import annotations

from collections.abc import Sequence

from desirepath.check.claims import MOST, Claimed, claims_of
from desirepath.check.gaps import dead_steps, missing_from
from desirepath.check.report import CheckReport, Verdict, VerdictWord
from desirepath.check.testing import (
    Tested,
    adjust,
    further_needed,
    next_alpha,
    opposed,
    settled_segments,
    tested,
    word_of,
)
from desirepath.check.wording import notes_of, reason_of
from desirepath.errors import CheckError, Problem
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.maps.refs import with_statement_ids

FALSE_DISCOVERY_RATE = 0.05


def check_map(
    journey_map: JourneyMap,
    evidence: Evidence,
    *,
    false_discovery_rate: float = FALSE_DISCOVERY_RATE,
) -> CheckReport:
    """What the evidence says of every statement of a map.

    A claim is a region for one share. It is confirmed where the share is shown to lie inside, refuted
    where it is shown to lie outside, mixed where segments are settled in opposite ways, otherwise
    unknown. Fewer than 10 cases settle nothing.

    Args:
        journey_map: The map.
        evidence: From `measure_map` with this very map.
        false_discovery_rate: Share of wrong verdicts among the settled ones that is accepted.

    Raises:
        CheckError: E401 if the evidence is about another map, E402 if the rate is not between 0 and 1.

    References:
        Benjamini and Hochberg 1995; the two one-sided tests of Schuirmann 1987.
    """
    if evidence.map_id != journey_map.id:
        what = (
            f'the evidence is about the map "{evidence.map_id}", not "{journey_map.id}"'
        )
        raise CheckError(
            Problem(
                "E401",
                what,
                hint="Measure this map: desirepath measure MAP --events FILE.",
            )
        )
    if not 0 < false_discovery_rate < 1:
        raise CheckError(
            Problem(
                "E402",
                f"the false discovery rate is {false_discovery_rate:g}",
                hint="Give a number between 0 and 1, such as 0.05.",
            )
        )
    claims = list(claims_of(with_statement_ids(journey_map)))
    facts = _facts_of(claims, evidence)
    tests = [tested(claim, fact) for claim, fact in zip(claims, facts, strict=True)]
    implied = [claim.is_implied for claim in claims]
    adjusted = adjust(tests, implied)
    alpha = next_alpha(adjusted, implied, false_discovery_rate)
    by_segment = settled_segments(claims, evidence, false_discovery_rate)
    verdicts = tuple(
        _verdict(
            claim,
            fact,
            test,
            by_segment.get(index, ()) if fact else (),
            evidence,
            false_discovery_rate,
            alpha[claim.is_implied],
        )
        for index, (claim, fact, test) in enumerate(
            zip(claims, facts, adjusted, strict=True)
        )
    )
    return CheckReport(
        map_id=journey_map.id,
        title=journey_map.title,
        verdicts=verdicts,
        missing=missing_from(journey_map, evidence),
        dead=dead_steps(journey_map, evidence),
        cases=evidence.cases,
        customers=evidence.customers,
        events=evidence.events,
        window_from=evidence.window_from,
        window_to=evidence.window_to,
        false_discovery_rate=false_discovery_rate,
        notes=notes_of(evidence),
    )


def _facts_of(claims: Sequence[Claimed], evidence: Evidence) -> list[Fact | None]:
    """The fact over the whole window that answers each claim."""
    table: dict[tuple[str, str, str], Fact] = {}
    for fact in evidence.facts:
        is_whole = (
            not fact.segment
            and fact.window_from == evidence.window_from
            and fact.window_to == evidence.window_to
        )
        if is_whole:
            table.setdefault((fact.subject, fact.measure, fact.target), fact)
    return [
        table.get(claim.fact)
        if claim.fact and not claim.blocked and not _is_never_seen(claim, evidence)
        else None
        for claim in claims
    ]


def _is_never_seen(claim: Claimed, evidence: Evidence) -> bool:
    """True for a reach none of whose events occurs anywhere: the log may not record them."""
    return claim.kind == "reach" and claim.step in evidence.unbound_steps


def _verdict(
    claim: Claimed,
    fact: Fact | None,
    test: Tested | None,
    segments: tuple[tuple[str, str], ...],
    evidence: Evidence,
    rate: float,
    alpha: float,
) -> Verdict:
    word: VerdictWord = word_of(test, rate)
    if not claim.kind:
        word = "untestable"
    elif opposed(segments):
        word = "mixed"
    further = (
        further_needed(claim, fact, evidence, alpha) if word == "unknown" else None
    )
    shown = _shown(claim, fact, evidence)
    return Verdict(
        subject=claim.subject,
        step=claim.step,
        stage=claim.stage,
        kind=claim.kind,
        claim=claim.words,
        text=claim.text,
        is_implied=claim.is_implied,
        verdict=word,
        reason=reason_of(claim, fact, word, segments, further, evidence),
        value=shown.value if shown else None,
        unit=shown.unit if shown else "",
        n=shown.n if shown else 0,
        low=shown.low if shown else None,
        high=shown.high if shown else None,
        further_cases=further,
        proposal=claim.proposal,
        segments=segments,
        importance=claim.importance,
    )


def _shown(claim: Claimed, fact: Fact | None, evidence: Evidence) -> Fact | None:
    """The number a reader wants: for a time claim the time itself."""
    if fact is None or claim.kind != "time" or claim.fact is None:
        return fact
    is_median = MOST in (claim.at_least, claim.at_most)
    quantile = "time" if is_median else "time_p90"
    return evidence.find(fact.subject, quantile, target=fact.target) or fact
