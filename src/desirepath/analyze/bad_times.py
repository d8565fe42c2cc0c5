"""Bad times: days or weeks in which a step lost more customers than before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from desirepath.analyze.bad_times_of_some import bad_times_of_some
from desirepath.analyze.basis import Basis, Effect, affected, measured, unshown
from desirepath.analyze.finding import (
    BAD_TIMES,
    Finding,
    Said,
    Section,
    section_of,
)
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.sentences.phrase import Phrase, listed, share
from desirepath.stats.alike import shares_alike
from desirepath.stats.two_groups import share_differences

NAME = BAD_TIMES
MIN_CASES = 30
MIN_SPANS = 3
RIPE, DAY_S = 3.0, 86400.0
PLAIN = 0.001  # so sure it must be that a later step stands out, to name it instead
# measure, sentence, and the sign of what is bad
ASKED = (("drop_off", "times.leave", 1), ("goal", "times.goal", -1))
CODES = {"drop_off": "A1701", "goal": "A1702"}


@dataclass(frozen=True, slots=True)
class Span:
    """Cases that began in a stretch of time.

    Attributes:
        first: First day.
        last: Last day on which the next stretch had not begun.
        hits: Effective number for which it holds.
        n: Effective number of cases.
        cases: Cases.
    """

    first: str
    last: str
    hits: float
    n: float
    cases: int


@dataclass(frozen=True, slots=True)
class Timed:
    """A finding with the stretch it is about: first day, and the day on which it was over."""

    finding: Finding
    first: str
    until: str


def bad_times(
    journey_map: JourneyMap, evidence: Evidence, *, quotes: Iterable[Said] = ()
) -> Section:
    """Steps at which some stretch of time went worse than the rest."""
    basis = Basis(journey_map, evidence, quotes)
    asked = 0
    found: list[Timed] = []
    ripe_to = _ripe_to(basis)
    for measure, key, bad in ASKED:
        for subject, spans in _by_step(evidence, measure, ripe_to):
            asked += 1
            found += _of_step(basis, subject, (measure, key, bad), spans)
    findings = [
        *(_further_on(one, found, basis) for one in found),
        *bad_times_of_some(basis, NAME, ripe_to),
    ]
    needs = () if asked or findings else unshown(journey_map, "needs.weeks")
    return section_of(NAME, tuple(findings), needs)


def _further_on(one: Timed, found: list[Timed], basis: Basis) -> Finding:
    """The finding; only to look at where the same weeks stand out at a later step too.

    Who does not get through a later step is missing in the share of every step before it.
    """
    finding = one.finding
    order = {f"step:{step}": index for index, step in enumerate(basis.steps)}
    later = [
        other.finding
        for other in found
        if finding.code == other.finding.code == CODES["goal"]
        and order[other.finding.subject] > order[finding.subject]
        and (other.finding.p or 0.0) <= PLAIN
        and one.first < other.until
        and other.first < one.until
    ]
    if not later:
        return finding
    last = max(later, key=lambda other: order[other.subject])
    further = Phrase("times.further", place=last.place)
    words = listed([finding.words, further], "gap")
    return replace(finding, kind="look", words=words)


def _ripe_to(basis: Basis) -> str:
    """Day from which on cases had too little time to end: three times what reaching the goal takes."""
    takes = basis.fact("map", "time", "goal")
    end = basis.evidence.window_to
    if takes is None or takes.value is None or not end:
        return end
    days = int(np.ceil(RIPE * takes.value / DAY_S))
    return str(np.datetime64(end, "D") - np.timedelta64(days, "D"))


def _by_step(
    evidence: Evidence, measure: str, ripe_to: str
) -> Iterator[tuple[str, list[Span]]]:
    """Stretches of at least 30 cases, in order, of each step; without those that may still go on."""
    found: dict[str, list[Fact]] = {}
    for fact in evidence.select(None, measure, target="", segment=""):
        if fact.subject.startswith("step:"):
            found.setdefault(fact.subject, []).append(fact)
    for subject, facts in found.items():
        # the first one is about the whole window
        ripe = [one for one in facts[1:] if one.window_from < ripe_to]
        spans = _merged(sorted(ripe, key=lambda fact: fact.window_from))
        if len(spans) >= MIN_SPANS:
            yield subject, spans


def _merged(facts: list[Fact]) -> list[Span]:
    spans: list[Span] = []
    first, hits, n, cases = "", 0.0, 0.0, 0
    for fact in facts:
        first = first or fact.window_from
        hits += (fact.value or 0.0) * fact.n
        n += fact.n
        cases += fact.cases
        if n >= MIN_CASES:
            spans.append(Span(first, fact.window_from, hits, n, cases))
            first, hits, n, cases = "", 0.0, 0.0, 0
    return spans


def _of_step(
    basis: Basis, subject: str, asked: tuple[str, str, int], spans: list[Span]
) -> Iterator[Timed]:
    measure, key, bad = asked
    hits, n = (
        np.array([getattr(one, name) for one in spans]) for name in ("hits", "n")
    )
    start, end = _worst(hits * 1.0, n * 1.0, bad)
    inside = slice(start, end)
    k1, n1 = hits[inside].sum(), n[inside].sum()
    k2, n2 = hits.sum() - k1, n.sum() - n1
    found = share_differences(k2, n2, k1, n1)
    effect = Effect(
        float(found.value),
        float(found.low),
        float(found.high),
        int(min(n1, n2)),
        shares_alike(hits, n),
        float(k1 / n1),
        float(k2 / n2),
    )
    if np.isnan(effect.value):
        return
    until = spans[end].first if end < len(spans) else _ripe_to(basis)
    here = basis.some(sum(one.cases for one in spans[inside]))
    place = basis.name(subject)
    finding = Finding(
        analysis=NAME,
        code=CODES[measure],
        subject=subject,
        place=place,
        words=Phrase(
            key,
            first=spans[start].first,
            until=until,
            inside=share(effect.first),
            place=place,
            outside=share(effect.second),
        ),
        **affected(here),
        **measured(effect),
        severity=abs(effect.value),
        p=effect.p if effect.value * bad > 0 else 1.0,
        evidence=((subject, measure, ""),),
        quotes=basis.quotes(subject, "fix"),
        warning=Phrase("mind.times"),
        to_know_more=Phrase("more.times"),
    )
    yield Timed(finding, spans[start].first, until)


def _worst(
    hits: np.ndarray[tuple[int], np.dtype[np.float64]],
    n: np.ndarray[tuple[int], np.dtype[np.float64]],
    bad: int,
) -> tuple[int, int]:
    """Start and end of the stretch, up to half of the time, that stands out most."""
    total_hits, total = np.append(0, np.cumsum(hits)), np.append(0, np.cumsum(n))
    best, most = (0, 1), -np.inf
    for start in range(len(n)):
        for end in range(start + 1, min(start + len(n) // 2, len(n)) + 1):
            m = total[end] - total[start]
            k = total_hits[end] - total_hits[start]
            rest = (total_hits[-1] - k) / max(total[-1] - m, 1.0)
            spread = np.sqrt(
                max(rest * (1 - rest), 1e-6) * (1 / m + 1 / max(total[-1] - m, 1.0))
            )
            far = bad * (k / m - rest) / spread
            if far > most:
                best, most = (start, end), far
    return best
