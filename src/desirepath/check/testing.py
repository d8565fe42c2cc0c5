"""Claims tested: two one-sided p-values for a claim and its fact, adjusted over the map. Words nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desirepath.check.claims import Claimed
from desirepath.check.kinds import MIN_CASES, kind_of
from desirepath.check.report import VerdictWord
from desirepath.evidence.facts import Evidence, Fact
from desirepath.stats.multiple import benjamini_hochberg

MIN_SEGMENT_CASES = 30


@dataclass(frozen=True, slots=True)
class PValues:
    """Two one-sided p-values of one claim on one fact: that it lies inside, that it lies outside."""

    p_inside: float
    p_outside: float


def tested(claim: Claimed, fact: Fact | None) -> PValues | None:
    """Tests of one claim on one fact; None where too little is known."""
    kind = kind_of(claim.kind)
    if fact is None or fact.value is None or kind.observed(fact) < MIN_CASES:
        return None
    above, below = (
        kind.one_sided(fact, limit) if limit is not None else None
        for limit in (claim.at_least, claim.at_most)
    )
    if above is not None and below is not None:
        inside = max(float(above.p_above), float(below.p_below))
        return PValues(
            inside, min(1.0, 2 * min(float(above.p_below), float(below.p_above)))
        )
    if above is not None:
        return PValues(float(above.p_above), float(above.p_below))
    return (
        PValues(float(below.p_below), float(below.p_above))
        if below is not None
        else None
    )


def adjust(
    tests: Sequence[PValues | None], families: Sequence[bool]
) -> list[PValues | None]:
    """The same tests with p-values adjusted within their family, both directions together.

    Claims that the shape of a map makes are a family of their own: most of them are plainly true
    and would make the rule lenient towards the statements people care for.
    """
    raw = np.array(
        [
            [test.p_inside, test.p_outside] if test else [np.nan, np.nan]
            for test in tests
        ]
    ).reshape(-1, 2)
    is_first = np.array(families, dtype=np.bool_)
    adjusted = np.full_like(raw, np.nan)
    for family in (is_first, ~is_first):
        adjusted[family] = benjamini_hochberg(raw[family].ravel()).reshape(-1, 2)
    return [
        PValues(float(row[0]), float(row[1])) if test else None
        for test, row in zip(tests, adjusted, strict=True)
    ]


def next_alpha(
    adjusted: Sequence[PValues | None], families: Sequence[bool], rate: float
) -> dict[bool, float]:
    """Level that one more claim of each family would have to meet, given how many are settled now."""
    alpha = {}
    for family in (True, False):
        tests = [
            test
            for test, one in zip(adjusted, families, strict=True)
            if test is not None and one == family
        ]
        settled = sum(min(test.p_inside, test.p_outside) <= rate for test in tests)
        alpha[family] = rate * (settled + 1) / max(2 * len(tests), settled + 1)
    return alpha


def word_of(test: PValues | None, rate: float) -> VerdictWord:
    """Confirmed, refuted or unknown, by adjusted p-values."""
    if test is None:
        return "unknown"
    if test.p_inside <= rate:
        return "confirmed"
    return "refuted" if test.p_outside <= rate else "unknown"


def settled_segments(
    claims: Sequence[Claimed], evidence: Evidence, rate: float
) -> dict[int, tuple[tuple[Fact, VerdictWord], ...]]:
    """Settled segments of each claim, by its index; adjusted over all claims and segments."""
    parts = [fact for fact in evidence.facts if fact.segment]
    return _settled(claims, parts, rate)


def settled_windows(
    claims: Sequence[Claimed], evidence: Evidence, rate: float
) -> dict[int, tuple[tuple[Fact, VerdictWord], ...]]:
    """Settled windows of each claim, by its index; adjusted over all claims and windows."""
    whole = (evidence.window_from, evidence.window_to)
    parts = [
        fact
        for fact in evidence.facts
        if not fact.segment and (fact.window_from, fact.window_to) != whole
    ]
    return _settled(claims, parts, rate)


def _settled(
    claims: Sequence[Claimed], parts: Sequence[Fact], rate: float
) -> dict[int, tuple[tuple[Fact, VerdictWord], ...]]:
    table: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in parts:
        table.setdefault((fact.subject, fact.measure, fact.target), []).append(fact)
    pairs = [
        (index, fact)
        for index, claim in enumerate(claims)
        if claim.fact and not claim.blocked
        for fact in table.get(claim.fact, ())
        if kind_of(claim.kind).observed(fact) >= MIN_SEGMENT_CASES
    ]
    adjusted = adjust(
        [tested(claims[index], fact) for index, fact in pairs],
        [claims[index].is_implied for index, _ in pairs],
    )
    settled: dict[int, tuple[tuple[Fact, VerdictWord], ...]] = {}
    for (index, fact), test in zip(pairs, adjusted, strict=True):
        word = word_of(test, rate)
        if word != "unknown":
            settled[index] = (*settled.get(index, ()), (fact, word))
    return settled


def opposed(segments: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Values of those segments of which two are settled in opposite ways.

    Examples:
        >>> opposed([("platform=web", "confirmed"), ("platform=app", "refuted"), ("country=de", "refuted")])
        (('platform=web', 'confirmed'), ('platform=app', 'refuted'))
    """
    words: dict[str, set[str]] = {}
    for segment, word in segments:
        words.setdefault(segment.partition("=")[0], set()).add(word)
    return tuple(
        (segment, word)
        for segment, word in segments
        if {"confirmed", "refuted"} <= words[segment.partition("=")[0]]
    )


def further_needed(
    claim: Claimed, fact: Fact | None, evidence: Evidence, alpha: float
) -> int | None:
    """How much more would settle a value like the present one: cases of the whole log, or answers."""
    if fact is None or fact.value is None or fact.n < 1 or fact.cases < 1:
        return None
    value = fact.value
    limits = [one for one in (claim.at_least, claim.at_most) if one is not None]
    nearest = min(limits, key=lambda limit: abs(value - limit))
    return kind_of(claim.kind).further(fact, nearest, alpha, evidence)
