"""Ups and downs of what customers felt, step by step: where it dips, where it peaks, how it ends."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.analyze.basis import FULL_SWING, Basis, affected
from desirepath.analyze.finding import Finding, Kind
from desirepath.evidence.facts import Fact
from desirepath.sentences.phrase import Phrase, listed, mood
from desirepath.stats.two_groups import mean_differences

MIN_ANSWERS = 10


def scored_steps(basis: Basis) -> list[Fact]:
    """Measured feelings in map order, of steps where at least ten customers answered."""
    found = []
    for step in basis.steps:
        fact = basis.fact(f"step:{step}", "score", "emotion")
        if fact and fact.value is not None and fact.n >= MIN_ANSWERS:
            found.append(fact)
    return found


def turning_points(
    basis: Basis, analysis: str, code: str, kind: Kind
) -> Iterator[Finding]:
    """Steps whose feeling lies below (``fix``) or above (``keep``) both neighbors.

    Tested against each neighbor; the weaker of the two p-values counts. A step with one neighbor only
    is compared with that one.
    """
    facts = scored_steps(basis)
    sign = -1 if kind == "fix" else 1
    for index, fact in enumerate(facts):
        beside = [facts[at] for at in (index - 1, index + 1) if 0 <= at < len(facts)]
        if not beside:
            continue
        tests = [_differs(fact, one) for one in beside]
        is_turn = all(difference * sign > 0 for difference, *_ in tests)
        value, low, high, _ = min(tests, key=lambda test: abs(test[0]))
        yield _finding(
            basis,
            fact,
            beside,
            (analysis, code, kind),
            (value, low, high),
            max(test[3] for test in tests) if is_turn else 1.0,
        )


def the_end(basis: Basis, analysis: str, code: str) -> Iterator[Finding]:
    """The last feeling against those before it: what customers remember most."""
    facts = scored_steps(basis)
    if len(facts) < 2:  # noqa: PLR2004 - an end needs something before it
        return
    last, before = facts[-1], facts[:-1]
    total = sum(one.n for one in before)
    mean = sum((one.value or 0.0) * one.n for one in before) / total
    spread = (sum((one.spread or 0.0) ** 2 * one.n for one in before) / total) ** 0.5
    found = mean_differences(
        mean, spread, total, last.value or 0.0, last.spread or 0.0, last.n
    )
    kind: Kind = "keep" if float(found.value) > 0 else "fix"
    here = basis.heard(last.subject)
    place = basis.name(last.subject)
    yield Finding(
        analysis=analysis,
        code=code,
        subject=last.subject,
        place=place,
        words=Phrase(
            "curve.end_up" if kind == "keep" else "curve.end_down",
            place=place,
            last=mood(last.value),
            before=mood(mean),
        ),
        **affected(here),
        value=float(found.value),
        unit="emotion",
        low=float(found.low),
        high=float(found.high),
        n=last.n,
        severity=min(abs(float(found.value)) / FULL_SWING, 1.0),
        kind=kind,
        p=float(found.p),
        evidence=((last.subject, "score", "emotion"),),
        quotes=basis.quotes(last.subject, kind),
        to_know_more=Phrase("more.later"),
    )


def _differs(fact: Fact, other: Fact) -> tuple[float, float, float, float]:
    found = mean_differences(
        other.value or 0.0, other.spread or 0.0, other.n,
        fact.value or 0.0, fact.spread or 0.0, fact.n,
    )  # fmt: skip
    return float(found.value), float(found.low), float(found.high), float(found.p)


def _finding(
    basis: Basis,
    fact: Fact,
    beside: list[Fact],
    named: tuple[str, str, Kind],
    effect: tuple[float, float, float],
    p: float,
) -> Finding:
    analysis, code, kind = named
    here = basis.heard(fact.subject)
    place = basis.name(fact.subject)
    around = listed(
        (
            Phrase("curve.at", mood=mood(one.value), place=basis.name(one.subject))
            for one in beside
        ),
        "and",
    )
    return Finding(
        analysis=analysis,
        code=code,
        subject=fact.subject,
        place=place,
        words=Phrase(
            "curve.dip" if kind == "fix" else "curve.peak",
            place=place,
            mood=mood(fact.value),
            around=around,
        ),
        **affected(here),
        value=effect[0],
        unit="emotion",
        low=effect[1],
        high=effect[2],
        n=fact.n,
        severity=min(abs(effect[0]) / FULL_SWING, 1.0),
        kind=kind,
        p=p,
        evidence=tuple((one.subject, "score", "emotion") for one in (fact, *beside)),
        quotes=basis.quotes(fact.subject, kind),
        warning=Phrase("mind.answers"),
        to_know_more=Phrase("more.read"),
    )
