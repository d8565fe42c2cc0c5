"""Verdicts: claims held against facts, with false-discovery control over the map. Formats nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desirepath.check.claims import MOST, Claimed, claims_of
from desirepath.check.gaps import dead_steps, missing_from
from desirepath.check.report import CheckReport, Verdict, VerdictWord
from desirepath.errors import CheckError, Problem
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.maps.refs import with_statement_ids
from desirepath.stats.multiple import benjamini_hochberg
from desirepath.stats.power import further_cases_mean, further_cases_share
from desirepath.stats.significance import OneSided, one_sided_mean, one_sided_share

MIN_CASES = 10
SCORE_UNITS = ("emotion", "nps", "score")
MIN_SEGMENT_CASES = 30
FALSE_DISCOVERY_RATE = 0.05
NOT_MEASURED = "the events do not answer it; bind its step and measure the map again"
NO_FEEDBACK = "no feedback is in the evidence, so a score cannot be held against it"
NOBODY_SCORED = "no answer on this scale is about this place"
NEVER_SEEN = "no such event is in the data: it does not happen, or it is not recorded"


@dataclass(frozen=True, slots=True)
class Tested:
    """Two one-sided p-values of one claim on one fact: that it lies inside, that it lies outside."""

    p_inside: float
    p_outside: float


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
    tests = [_test(claim, fact) for claim, fact in zip(claims, facts, strict=True)]
    implied = [claim.is_implied for claim in claims]
    adjusted = _adjust(tests, implied)
    alpha = _next_alpha(adjusted, implied, false_discovery_rate)
    by_segment = _segments(claims, evidence, false_discovery_rate)
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
        notes=_notes(evidence),
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


def _test(claim: Claimed, fact: Fact | None) -> Tested | None:
    """Tests of one claim on one fact; None where too little is known."""
    if fact is None or fact.value is None or _observed(fact) < MIN_CASES:
        return None
    above, below = (
        _one_sided(fact, fact.value, limit) if limit is not None else None
        for limit in (claim.at_least, claim.at_most)
    )
    if above is not None and below is not None:
        inside = max(float(above.p_above), float(below.p_below))
        return Tested(
            inside, min(1.0, 2 * min(float(above.p_below), float(below.p_above)))
        )
    if above is not None:
        return Tested(float(above.p_above), float(above.p_below))
    return (
        Tested(float(below.p_below), float(below.p_above))
        if below is not None
        else None
    )


def _observed(fact: Fact) -> int:
    """What must not be few: cases, or customers who answered."""
    return fact.n if fact.unit in SCORE_UNITS else fact.cases


def _one_sided(fact: Fact, value: float, limit: float) -> OneSided:
    """Tests of the value of a fact against a limit, by its kind."""
    if fact.spread is not None:
        return one_sided_mean(value, fact.spread, fact.n, limit)
    n = max(fact.n, 1)
    return one_sided_share(value * n, n, limit)


def _adjust(
    tests: Sequence[Tested | None], families: Sequence[bool]
) -> list[Tested | None]:
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
        Tested(float(row[0]), float(row[1])) if test else None
        for test, row in zip(tests, adjusted, strict=True)
    ]


def _next_alpha(
    adjusted: Sequence[Tested | None], families: Sequence[bool], rate: float
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


def _segments(
    claims: Sequence[Claimed], evidence: Evidence, rate: float
) -> dict[int, tuple[tuple[str, str], ...]]:
    """Settled segments of each claim, by its index; adjusted over all claims and segments."""
    table: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in evidence.facts:
        if fact.segment and _observed(fact) >= MIN_SEGMENT_CASES:
            table.setdefault((fact.subject, fact.measure, fact.target), []).append(fact)
    pairs = [
        (index, fact)
        for index, claim in enumerate(claims)
        if claim.fact and not claim.blocked
        for fact in table.get(claim.fact, ())
    ]
    adjusted = _adjust(
        [_test(claims[index], fact) for index, fact in pairs],
        [claims[index].is_implied for index, _ in pairs],
    )
    settled: dict[int, tuple[tuple[str, str], ...]] = {}
    for (index, fact), test in zip(pairs, adjusted, strict=True):
        word = _word(test, rate)
        if word != "unknown":
            settled[index] = (*settled.get(index, ()), (fact.segment, word))
    return settled


def _word(test: Tested | None, rate: float) -> VerdictWord:
    if test is None:
        return "unknown"
    if test.p_inside <= rate:
        return "confirmed"
    return "refuted" if test.p_outside <= rate else "unknown"


def _verdict(
    claim: Claimed,
    fact: Fact | None,
    test: Tested | None,
    segments: tuple[tuple[str, str], ...],
    evidence: Evidence,
    rate: float,
    alpha: float,
) -> Verdict:
    word: VerdictWord = _word(test, rate)
    if not claim.kind:
        word = "untestable"
    elif opposed(segments):
        word = "mixed"
    further = _further(claim, fact, evidence, alpha) if word == "unknown" else None
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
        reason=_reason(claim, fact, word, segments, further, evidence),
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


def _further(
    claim: Claimed, fact: Fact | None, evidence: Evidence, alpha: float
) -> int | None:
    """Further cases of the whole log at which a value like the present one would be settled.

    For a score: further customers who answer.
    """
    if fact is None or fact.value is None or fact.n < 1 or fact.cases < 1:
        return None
    value = fact.value
    limits = [one for one in (claim.at_least, claim.at_most) if one is not None]
    nearest = min(limits, key=lambda limit: abs(value - limit))
    if fact.unit in SCORE_UNITS:
        if fact.spread is None:
            return None
        more = further_cases_mean(value, fact.spread, fact.n, nearest, alpha)
        return more if more is None else max(more, MIN_CASES - fact.n, 1)
    needed = further_cases_share(value * fact.n, fact.n, nearest, alpha)
    if needed is None:
        return None
    here = max(needed * fact.cases / fact.n, MIN_CASES - fact.cases, 1)
    return int(np.ceil(here * evidence.cases / fact.cases))


def _shown(claim: Claimed, fact: Fact | None, evidence: Evidence) -> Fact | None:
    """The number a reader wants: for a time claim the time itself."""
    if fact is None or claim.kind != "time" or claim.fact is None:
        return fact
    is_median = MOST in (claim.at_least, claim.at_most)
    quantile = "time" if is_median else "time_p90"
    return evidence.find(fact.subject, quantile, target=fact.target) or fact


def _reason(
    claim: Claimed,
    fact: Fact | None,
    word: VerdictWord,
    segments: tuple[tuple[str, str], ...],
    further: int | None,
    evidence: Evidence,
) -> str:
    if word == "untestable":
        return "it claims nothing that could be counted"
    if fact is None:
        if claim.kind == "score" and not claim.blocked:
            return NOBODY_SCORED if "feedback" in evidence.sources else NO_FEEDBACK
        is_about_events = claim.kind in ("reach", "share", "time")
        return claim.blocked or (NEVER_SEEN if is_about_events else NOT_MEASURED)
    if word == "mixed":
        listed = ", ".join(f"{name} {verdict}" for name, verdict in opposed(segments))
        return f"segments disagree: {listed}"
    if word == "unknown":
        return _why_unknown(fact, further)
    side = "inside" if word == "confirmed" else "outside"
    return f"the evidence lies {side} what is claimed"


def _why_unknown(fact: Fact, further: int | None) -> str:
    is_score = fact.unit in SCORE_UNITS
    what = "customers answered" if is_score else "cases are here"
    if is_score and fact.n == 1:
        what = "customer answered"
    count = fact.n if is_score else fact.cases
    if count < MIN_CASES:
        return f"only {count} {what}; fewer than {MIN_CASES} settle nothing"
    if fact.value is None:
        return "observation stops before the time claimed"
    if further is None:
        of = "answers" if is_score else "cases"
        return f"the value is so near the limit that no number of {of} would settle it"
    more = "answers" if is_score else "cases"
    return f"too little evidence: about {further:,} further {more} would settle it"


def _notes(evidence: Evidence) -> tuple[str, ...]:
    notes = []
    if evidence.open_cases:
        notes.append(
            f"{evidence.open_cases:,} of {evidence.cases:,} cases may still go on; they are left out of drop-off."
        )
    if evidence.customers < evidence.cases:
        notes.append(
            f"{evidence.customers:,} customers have {evidence.cases:,} cases; n is the effective number of independent cases."
        )
    notes += [
        f"{name[:1].upper()}{name[1:]}: {text}."
        for name, text in evidence.sources.items()
        if name.startswith(("feedback joined", "feedback placed", "scores as"))
    ]
    return tuple(notes)
