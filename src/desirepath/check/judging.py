"""One verdict for each claim, by one evidence alone. Compares with no other check and reads no clock."""

from __future__ import annotations

from collections.abc import Sequence

from desirepath.check.claims import MOST, Claimed
from desirepath.check.report import Verdict, VerdictWord
from desirepath.check.testing import (
    PValues,
    adjust,
    further_needed,
    next_alpha,
    opposed,
    settled_segments,
    tested,
    word_of,
)
from desirepath.check.wording import reason_of
from desirepath.evidence.facts import Evidence, Fact


def judged(claims: Sequence[Claimed], evidence: Evidence, rate: float) -> list[Verdict]:
    """The verdict on each claim, by this evidence alone."""
    facts = facts_of(claims, evidence)
    tests = [tested(claim, fact) for claim, fact in zip(claims, facts, strict=True)]
    implied = [claim.is_implied for claim in claims]
    adjusted = adjust(tests, implied)
    alpha = next_alpha(adjusted, implied, rate)
    segments = settled_segments(claims, evidence, rate)
    return [
        _verdict(
            claim,
            fact,
            test,
            tuple((part.segment, word) for part, word in segments.get(index, ()))
            if fact and not fact.segment  # of one persona: other segments say nothing
            else (),
            evidence,
            rate,
            alpha[claim.is_implied],
        )
        for index, (claim, fact, test) in enumerate(
            zip(claims, facts, adjusted, strict=True)
        )
    ]


def facts_of(claims: Sequence[Claimed], evidence: Evidence) -> list[Fact | None]:
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
    own = _of_personas(evidence)
    return [
        _fact_of(claim.fact, own.get(claim.persona, {} if claim.is_own else table))
        if claim.fact and not claim.blocked and not _is_never_seen(claim, evidence)
        else None
        for claim in claims
    ]


def _fact_of(
    wanted: tuple[str, str, str], facts: dict[tuple[str, str, str], Fact]
) -> Fact | None:
    return facts.get(_weighted(wanted), facts.get(wanted))


def _of_personas(
    evidence: Evidence,
) -> dict[str, dict[tuple[str, str, str], Fact]]:
    """Facts about the cases of each persona that the data can tell: statements about it are held against these."""
    found: dict[str, dict[tuple[str, str, str], Fact]] = {}
    for fact in evidence.facts:
        name, _, value = fact.segment.partition("=")
        if name == "persona":
            key = (fact.subject, fact.measure, fact.target)
            found.setdefault(value, {}).setdefault(key, fact)
    return found


def _weighted(fact: tuple[str, str, str]) -> tuple[str, str, str]:
    """A score weighted by who answered, which goes before the plain one where there is one."""
    subject, measure, target = fact
    return subject, "score_weighted" if measure == "score" else measure, target


def _is_never_seen(claim: Claimed, evidence: Evidence) -> bool:
    """True for a reach none of whose events occurs anywhere: the log may not record them."""
    return claim.kind == "reach" and claim.step in evidence.unbound_steps


def _verdict(
    claim: Claimed,
    fact: Fact | None,
    test: PValues | None,
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
        lane=claim.lane,
        spread=shown.spread if shown else None,
        persona=claim.persona,
        limits=claim.limits,
    )


def _shown(claim: Claimed, fact: Fact | None, evidence: Evidence) -> Fact | None:
    """The number a reader wants: for a time claim the time itself."""
    if fact is None or claim.kind != "time" or claim.fact is None:
        return fact
    is_median = MOST in (claim.at_least, claim.at_most)
    quantile = "time" if is_median else "time_p90"
    return evidence.find(fact.subject, quantile, target=fact.target) or fact
